"""The engine as Python sees it: commands in, events out, snapshots, digests, views.

`plain` runs the rules as they are written; `jit` and `checked` run them compiled on one record.
All give the same digest for the same commands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, cast

from longshore.engine import apply as rules
from longshore.engine import indexes, marks, premiums, rates  # noqa: F401  in every program: there is one digest
from longshore.engine._compile import Mode, load_program, source_digest
from longshore.engine.lifecycle import Setup, fill_state
from longshore.engine.limits import COMMANDS_MAX, EVENTS_MAX
from longshore.engine.memory import PlainMemory, RecordMemory
from longshore.engine.rows import Command, Event
from longshore.engine.snapshot import Snapshot
from longshore.engine.state import State

DIGEST_TABLES = (
    "assets", "markets", "bases", "tiers", "fee_tiers", "accounts", "volume_days", "wallets",
    "balances", "positions", "orders", "client_ids", "downtimes",
)  # fmt: skip
"""What a state digest covers. The book and every index are derived from orders and positions."""

DIGEST_SCALARS = (
    "settlement_asset_id", "cancel_on_initial", "netting", "accounts_count", "orders_count",
    "venue_state",
)  # fmt: skip
SORTED_BY = {"orders": ("order_id",), "client_ids": ("owner", "hi", "lo")}
"""Tables whose slots are chance: sorted by these fields, the slot left out."""


def engine_digest() -> str:
    """The digest of all rules: a journal names the engine that wrote it by this."""
    return source_digest()


class Engine:
    """One deterministic venue. Not thread-safe: one writer calls `apply`."""

    def __init__(
        self, setup: Setup | None, mode: Mode = "plain", events_limit: int = EVENTS_MAX
    ) -> None:
        """An engine laid out by a setup; `None` leaves it empty, for `restore`.

        `events_limit` is how many event rows are filled before they are handed out.
        """
        self.mode: Mode = mode
        self.events_limit = events_limit
        plain = PlainMemory()
        if setup is not None:
            fill_state(plain.state, setup)
        if mode == "plain":
            self._memory: PlainMemory | RecordMemory = plain
            self._run: Any = rules.run_inbox
        else:
            self._memory = RecordMemory()
            self._memory.load(plain.dump())
            self._run = load_program(mode).run_inbox
        self._memory.set_scalar("events_limit", events_limit)

    @property
    def view(self) -> State:
        """The state, for reading. Pure rules take it in every mode."""
        return self._memory.view()

    @property
    def seq(self) -> int:
        """The sequence number of the last command."""
        return self._memory.scalar("seq")

    @property
    def time_us(self) -> int:
        """World time of the last command."""
        return self._memory.scalar("time_us")

    def apply(self, commands: Sequence[Command]) -> list[Event]:
        """Carry out commands in order; every event they caused, in order.

        Each command has its `seq` (consecutive), `time_us` and `origin` set. An AssertionError or
        OverflowError is our own error: the state is then undefined and must be thrown away.
        """
        events: list[Event] = []
        for start in range(0, len(commands), COMMANDS_MAX):
            part = commands[start : start + COMMANDS_MAX]
            self._memory.load_inbox(part)
            while self._run(self._memory.entry(), len(part)) == rules.MORE:
                events += self._memory.take_events()
            events += self._memory.take_events()
        return events

    def warm_up(self) -> None:
        """Compile what is not yet compiled, without changing anything."""
        self._memory.load_inbox([])
        self._run(self._memory.entry(), 0)

    def snapshot(self) -> Snapshot:
        """Everything that is not zero, by table, field and slot."""
        return self._memory.dump()

    @classmethod
    def restore(
        cls, snapshot: Snapshot, mode: Mode = "plain", events_limit: int = EVENTS_MAX
    ) -> Engine:
        """An engine that goes on from a snapshot, in any mode."""
        engine = cls(None, mode, events_limit)
        engine._memory.load(snapshot)
        engine._memory.set_scalar("events_limit", events_limit)
        return engine

    def digest(self) -> str:
        """The state digest: canonical, the same in every mode and for every slot layout."""
        snapshot = self.snapshot()
        digest = hashlib.blake2b(digest_size=16)
        for name in DIGEST_SCALARS:
            digest.update(snapshot.scalars.get(name, 0).to_bytes(8, "little", signed=True))
        for name in DIGEST_TABLES:
            digest.update(name.encode())
            digest.update(canonical(name, snapshot))
        return digest.hexdigest()


def canonical(name: str, snapshot: Snapshot) -> bytes:
    """A table's rows in key order, without fields that are places."""
    import numpy as np

    row = State.TABLES[name].row
    part = snapshot.tables[name]
    keep = [i for i, f in enumerate(row.FIELDS) if f not in row.SLOTS]
    rows = part.rows[:, keep]
    if name in SORTED_BY:
        names = [f for f in row.FIELDS if f not in row.SLOTS]
        rows = rows[rows[:, names.index("taken" if "taken" in names else names[0])] != 0]
        if "priority" in names:
            rows[:, names.index("priority")] = ranks(rows[:, names.index("priority")])
        columns = [rows[:, names.index(f)] for f in reversed(SORTED_BY[name])]
        return cast("bytes", rows[np.lexsort(columns)].tobytes())
    used = rows.any(axis=1)
    return cast("bytes", part.slots[used].tobytes() + rows[used].tobytes())


def ranks(numbers: Any) -> Any:
    """The place of each number among the different ones: who is first, not how many came before."""
    import numpy as np

    return np.unique(numbers, return_inverse=True)[1]
