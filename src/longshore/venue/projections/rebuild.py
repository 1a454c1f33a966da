"""History from the journal: what the projections have not yet seen is carried out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.engine import Engine
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.snapshot import Snapshot
from longshore.journal.replay import replay, replay_start
from longshore.world.world import WorldState

if TYPE_CHECKING:
    from collections.abc import Callable

    from longshore.journal.batch import Batch
    from longshore.journal.snapshots import Snapshot as KeptSnapshot
    from longshore.venue.projections.projector import Projector
    from longshore.world.world import World

COMMANDS_AT_ONCE = 4_096


def catch_up(world: World, projector: Projector, progress: Callable[[int], None]) -> None:
    """Bring history to the journal's end; `progress` is told the seq reached.

    An engine beside the world's own goes through the journal from the last snapshot at or before
    the projections' cursor.
    """
    if projector.seq == world.journal.seq:
        return
    begin = _begin(world, projector.seq)
    engine = _engine(world, begin)
    writer = _Writer(projector, progress)
    replay(world.journal, lambda commands, _: engine.apply(commands), begin, on_batch=writer.take)
    writer.write()


def _begin(world: World, seq: int) -> KeptSnapshot | None:
    journal = world.journal
    kept = journal.snapshots.before(journal.row_until(seq, TIME_MAX_US))
    return replay_start(journal) if kept is None else kept


def _engine(world: World, begin: KeptSnapshot | None) -> Engine:
    if begin is None:
        return Engine(world.parts.setup)
    state = msgspec.msgpack.decode(begin.state, type=WorldState)
    return Engine.restore(Snapshot.from_bytes(state.engine))


class _Writer:
    """Gathers batches into transactions of a useful size."""

    def __init__(self, projector: Projector, progress: Callable[[int], None]) -> None:
        self._projector = projector
        self._progress = progress
        self._batches: list[Batch] = []
        self._commands = 0

    def take(self, batch: Batch) -> None:
        """One batch of the journal with its events."""
        self._batches.append(batch)
        self._commands += batch.count
        if self._commands >= COMMANDS_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what has gathered."""
        self._projector.write(self._batches)
        self._progress(self._projector.seq)
        self._batches, self._commands = [], 0
