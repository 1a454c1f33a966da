"""One world in its folder: made, opened again, run without a server, saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import msgspec

from longshore.engine._compile import Mode
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine, engine_digest
from longshore.engine.snapshot import Snapshot
from longshore.explain.board import Board, BoardState
from longshore.journal.batch import Batch
from longshore.journal.entry import Version
from longshore.journal.errors import OtherEngineError
from longshore.journal.replay import replay
from longshore.journal.store import Journal
from longshore.rulebooks import Catalog, Rulebook
from longshore.world.build import Parts, build, rulebook_text, sources_digest
from longshore.world.clock import PPM, Clock
from longshore.world.marks import Marks
from longshore.world.scenario import Scenario, check_unattended, parse, with_start
from longshore.world.source import Source
from longshore.world.stepper import Stepper
from longshore.world.until import Until

JOURNAL_FILE = "journal.db"
BATCH_COMMANDS = 1_024
"""A headless run writes a row whenever this many commands have come together."""
SLICE_US = 10_000_000
_CLOCK = "clock"


class ClockState(msgspec.Struct, frozen=True):
    """What of the clock outlives the process."""

    time_us: int
    speed_ppm: int
    paused: bool


class WorldState(msgspec.Struct, frozen=True):
    """The state of a world, as snapshots hold it."""

    engine: bytes
    sources: dict[str, dict[str, int | list[int]]]
    accounts: dict[str, int]
    reached_us: int
    board: BoardState | None = None
    """None in states from before there was one."""


class World:
    """An engine, the journal it can be made again from, a clock, and what moves its market."""

    def __init__(self, parts: Parts, journal: Journal, mode: Mode = "plain") -> None:
        self.parts = parts
        self.journal = journal
        self.mode: Mode = mode
        start_us = parts.scenario.start_us
        self.board = Board(parts.catalog, parts.setup, parts.stops)
        engine = Engine(parts.setup, mode=mode)
        self.stepper = Stepper(engine, parts.cast, start_us, self.board)
        self.clock = Clock(parts.scenario.opens_us, int(parts.scenario.speed * PPM))
        self.marks = Marks()

    @classmethod
    def create(
        cls, folder: Path, scenario_text: str, mode: Mode = "plain", *, is_told: bool = False
    ) -> Self:
        """A new world in a folder; its first commands, which make its accounts, are in hand.

        `is_told`: somebody is there to tell it live prices. Raises ScenarioError, also where
        nobody is; RulebookError; JournalError when there is a world already.
        """
        text = with_start(scenario_text, datetime.now(UTC))
        scenario = parse(text)
        if not is_told:
            check_unattended(scenario)
        parts = build(text, rulebook_text(scenario.rulebook))
        world = cls(parts, Journal.create(folder / JOURNAL_FILE, version_of(parts)), mode)
        world._be_born()
        return world

    @classmethod
    def open(cls, folder: Path, mode: Mode = "plain") -> Self:
        """The world of a folder as it was left, sources included, every row since checked.

        Raises JournalError: damaged, halted, or written by another engine and not saved at its end.
        """
        journal = Journal.open(folder / JOURNAL_FILE)
        version = journal.version()
        world = cls(build(version.world, version.rulebook), journal, mode)
        if version.engine == engine_digest():
            world._catch_up(version)
        else:
            world._begin_epoch(version)
        world._restore_clock()
        return world

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self.scenario.name

    @property
    def scenario(self) -> Scenario:
        """What the world was made from."""
        return self.parts.scenario

    @property
    def rulebook(self) -> Rulebook:
        """The rules, with their sources, for the markets of this world."""
        return self.parts.rulebook

    @property
    def catalog(self) -> Catalog:
        """Symbols, ids and units."""
        return self.parts.rulebook.catalog

    @property
    def engine(self) -> Engine:
        """The engine in use; it may be handed over, so ask each time."""
        return self.stepper.engine

    @property
    def sources(self) -> tuple[Source, ...]:
        """What makes commands by itself, in order of rank."""
        return self.parts.cast.sources

    @property
    def accounts(self) -> dict[str, int]:
        """Account numbers by name, as the journal has them."""
        return self.stepper.accounts

    def unverified(self) -> list[str]:
        """Paths of the rulebook's unverified values that count here; empty: faithful."""
        view = self.engine.view
        assets = self.catalog.assets.values()
        held = (a.symbol for a in assets if view.assets[a.asset_id].supply_atoms > 0)
        makes_index = bool(self.scenario.constituent)
        return self.rulebook.unverified_used(self.catalog.markets, held, makes_index=makes_index)

    @property
    def end_us(self) -> int:
        """When it ends: the scenario's end, or where its feed has no more prices."""
        scenario_end_us = self.scenario.end_us
        feed_end_us = self.parts.feed.end_us
        return feed_end_us if scenario_end_us is None else min(scenario_end_us, feed_end_us)

    def run(
        self,
        until_us: int,
        on_batch: Callable[[Batch], None] | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Go on until a time as fast as it goes, into the journal; `progress` is told the time."""
        stepper = self.stepper
        while stepper.reached_us < until_us:
            stepper.advance(min(until_us, stepper.reached_us + SLICE_US))
            if stepper.pending() >= BATCH_COMMANDS or stepper.reached_us >= until_us:
                self.write(on_batch)
                if progress is not None:
                    progress(stepper.reached_us)

    def run_until(
        self, until: Until, to_us: int, on_batch: Callable[[Batch], None] | None = None
    ) -> bool:
        """Go on until something has happened, or a time; whether it has."""
        met = False
        while not met and self.stepper.reached_us < to_us:
            slice_us = min(to_us, self.stepper.reached_us + SLICE_US)
            met = self.stepper.seek(until, slice_us)
            if met or slice_us == to_us or self.stepper.pending() >= BATCH_COMMANDS:
                self.write(on_batch)
        return met

    def state(self) -> bytes:
        """Everything needed to go on from here."""
        state = WorldState(
            engine=self.engine.snapshot().to_bytes(),
            sources=self.parts.cast.states(),
            accounts=self.accounts,
            reached_us=self.stepper.reached_us,
            board=self.board.state,
        )
        return msgspec.msgpack.encode(state)

    def restore(self, state: bytes) -> None:
        """Go on from such a state."""
        kept = msgspec.msgpack.decode(state, type=WorldState)
        snapshot = Snapshot.from_bytes(kept.engine)
        self.stepper.adopt(Engine.restore(snapshot, self.mode))
        self.stepper.accounts = dict(kept.accounts)
        self.stepper.reached_us = kept.reached_us
        self.parts.cast.restore(kept.sources)
        if kept.board is None:
            self.board.begin(self.engine.view)
        else:
            self.board.state = kept.board

    def save(self) -> None:
        """Keep the state at the journal's end, and the clock."""
        self.journal.save_snapshot(self.state())
        self.save_clock()

    def save_clock(self) -> None:
        """Keep where the clock stands and how it runs."""
        state = ClockState(self.clock.now_us(), self.clock.speed_ppm, self.clock.paused)
        self.journal.set_note(_CLOCK, msgspec.msgpack.encode(state))

    def write(self, on_batch: Callable[[Batch], None] | None = None) -> None:
        """Put what was carried out into the journal, and the state where one is due."""
        batch = self.stepper.take_batch()
        if batch is None:
            return
        self.journal.append(batch)
        if on_batch is not None:
            on_batch(batch)
        state = self.marks.taken(batch.count, self.state)
        if state is not None:
            self.journal.save_snapshot(state)

    def close(self) -> None:
        """Release the journal."""
        self.journal.close()

    def hand_over(self, mode: Mode) -> None:
        """Go on with the engine in another mode, from here; the digests must be equal."""
        before = self.engine.digest()
        engine = Engine.restore(self.engine.snapshot(), mode)
        assert engine.digest() == before, f"the {mode} engine came to another state"
        self.stepper.adopt(engine)
        self.mode = mode

    def _be_born(self) -> None:
        """The first commands: accounts, named, and the money there is from the start."""
        names = list(self.parts.accounts)
        for command in self.parts.genesis:
            command.time_us = self.scenario.start_us
        created = [c for c in self.parts.genesis if c.kind == CommandKind.CREATE_ACCOUNT]
        assert len(created) == len(names), "every account of the scenario is created"
        self.stepper.carry_out(self.parts.genesis, dict(enumerate(names)))
        assert self.accounts == self.parts.accounts, "accounts are numbered as foreseen"

    def _catch_up(self, version: Version) -> None:
        """From the last snapshot to the journal's end, the sources acting again on the way."""
        kept = self.journal.snapshots.latest()
        if kept is not None:
            self.restore(kept.state)
        same = version.sources == sources_digest()
        replay(self.journal, self.stepper.follow if same else self.stepper.drive, kept)
        if self.journal.seq == 0:
            self._be_born()
        if not same:
            self.journal.note_version(version_of(self.parts))

    def _begin_epoch(self, version: Version) -> None:
        """Under other rules: from the final snapshot, with an epoch row."""
        kept = self.journal.snapshots.latest()
        if kept is None or kept.row != self.journal.row:
            raise OtherEngineError(version.engine, engine_digest())
        self.restore(kept.state)
        self.journal.begin_epoch(version_of(self.parts), self.state())

    def _restore_clock(self) -> None:
        """World time stood still while the world was down."""
        note = self.journal.note(_CLOCK)
        opens_us = self.scenario.opens_us
        reached_us = max(self.journal.time_us, self.stepper.reached_us, opens_us)
        if note is None:
            self.clock = Clock(reached_us, self.clock.speed_ppm)
            return
        kept = msgspec.msgpack.decode(note, type=ClockState)
        self.clock = Clock(max(kept.time_us, reached_us), kept.speed_ppm, kept.paused)


def version_of(parts: Parts) -> Version:
    """What the journal's version row says of a world made here and now."""
    return Version(
        engine=engine_digest(),
        sources=sources_digest(),
        rulebook=parts.rulebook_text,
        world=parts.scenario_text,
    )
