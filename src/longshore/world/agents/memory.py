"""Where a crowd lives: plain rows, or one record for the compiled rules; read and set by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longshore.engine._compile import Mode
from longshore.engine._table import root_dtype, used_rows
from longshore.engine.rows import Command, Event
from longshore.world.agents import rows
from longshore.world.agents.crowd import Crowd

SCRATCH = frozenset({"turns", "words", "quotes", "wanted", "changes", "heard", "out"})
HEARD_FIELDS = ("kind", "time_us", "account_id", "market_id", "asset_id", "position_lots",
                "index_subticks")  # fmt: skip
"""What of an event the rules look at."""

KEPT: dict[str, tuple[str, ...]] = {
    "agents": ("step", "next_us", "arrives_us", "purse_count", "sent_count", "first_sent",
               "last_sent"),
    "purses": rows.Purse.FIELDS,
    "sent": rows.Sent.FIELDS,
    "makers": ("asset_id", "seen_subticks", "wander_ppm", "fear_ppm", "decided_us", "habit_atoms",
               "away_until_us"),
    "trends": ("fast_subticks", "slow_subticks"),
    "metaorders": ("left_atoms",),
    "hedgers": ("strike_subticks", "strike_us"),
    "hunters": ("way", "until_us"),
    "retails": ("slow_subticks", "since_step", "lives_spent"),
}  # fmt: skip
"""What a state holds: all that is not made again from the scenario."""
KEPT_SCALARS = ("sent_high", "sent_free")


class PlainCrowd:
    """The crowd as Python objects."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd

    def entry(self) -> Any:
        """What the entry rule is called with."""
        return [self.crowd]

    def scalar(self, name: str) -> int:
        """One scalar."""
        return int(getattr(self.crowd, name))

    def set_scalar(self, name: str, value: int) -> None:
        """Set one scalar."""
        setattr(self.crowd, name, value)

    def cell(self, table: str, slot: int, field: str) -> int:
        """One number."""
        return int(getattr(getattr(self.crowd, table)[slot], field))

    def set_cell(self, table: str, slot: int, field: str, value: int) -> None:
        """Set one number."""
        setattr(getattr(self.crowd, table)[slot], field, value)

    def column(self, table: str, field: str, count: int) -> list[int]:
        """A field of the first rows of a table."""
        rows = getattr(self.crowd, table)
        return [int(getattr(rows[slot], field)) for slot in range(count)]

    def set_column(self, table: str, field: str, values: list[int]) -> None:
        """Set a field of the first rows."""
        rows = getattr(self.crowd, table)
        for slot, value in enumerate(values):
            setattr(rows[slot], field, value)

    def take_out(self, count: int) -> list[Command]:
        """What was sent; the rows are the caller's from now on."""
        return [self.crowd.out.pop(at) for at in range(count)]

    def hear(self, events: list[Event]) -> None:
        """What happened elsewhere, to be heeded."""
        self.crowd.heard.clear()
        self.crowd.heard.update(enumerate(events))


class RecordCrowd:
    """The crowd as one NumPy record."""

    def __init__(self) -> None:
        import numpy as np

        self.record = np.zeros(1, root_dtype(Crowd))
        self._tables = {name: self.record[name][0] for name in Crowd.TABLES}

    def entry(self) -> Any:
        """What the entry rule is called with."""
        return self.record

    def scalar(self, name: str) -> int:
        """One scalar."""
        return int(self.record[name][0])

    def set_scalar(self, name: str, value: int) -> None:
        """Set one scalar."""
        self.record[name][0] = value

    def cell(self, table: str, slot: int, field: str) -> int:
        """One number."""
        return int(self._tables[table][field][slot])

    def set_cell(self, table: str, slot: int, field: str, value: int) -> None:
        """Set one number."""
        self._tables[table][field][slot] = value

    def column(self, table: str, field: str, count: int) -> list[int]:
        """A field of the first rows of a table."""
        made: list[int] = self._tables[table][field][:count].tolist()
        return made

    def set_column(self, table: str, field: str, values: list[int]) -> None:
        """Set a field of the first rows."""
        self._tables[table][field][: len(values)] = values

    def take_out(self, count: int) -> list[Command]:
        """What was sent, as rows."""
        return [Command.of(values) for values in self._tables["out"][:count].tolist()]

    def hear(self, events: list[Event]) -> None:
        """What happened elsewhere, to be heeded."""
        for field in HEARD_FIELDS:
            values = [getattr(event, field) for event in events]
            self._tables["heard"][field][: len(events)] = values


Memory = PlainCrowd | RecordCrowd


def moved(memory: Memory, mode: Mode) -> Memory:
    """The same crowd where rules of another mode can read it."""
    made: Memory = PlainCrowd(Crowd()) if mode == "plain" else RecordCrowd()
    for name in Crowd.SCALARS:
        made.set_scalar(name, memory.scalar(name))
    for table, field in Crowd.TABLES.items():
        if table not in SCRATCH:
            count = used_rows(memory.scalar(field.used), field)
            for name in field.row.FIELDS:
                made.set_column(table, name, memory.column(table, name, count))
    take_turns(made)
    return made


def take_turns(memory: Memory) -> None:
    """Who is due when, and first among how many, from what each has before it."""
    leaves, count = memory.scalar("leaves"), memory.scalar("agents_count") + 1
    columns = (memory.column("agents", f, count) for f in ("first_sent", "next_us", "arrives_us"))
    due_us = [arrives if sent else then for sent, then, arrives in zip(*columns, strict=True)]
    turns = [0] * leaves + [*range(1, count)] + [0] * (leaves - count + 1)
    for at in reversed(range(1, leaves)):
        left, right = turns[2 * at], turns[2 * at + 1]
        turns[at] = left if not right or due_us[left] <= due_us[right] else right
    memory.set_column("agents", "due_us", due_us)
    memory.set_column("turns", "agent", turns)


def dump(memory: Memory) -> dict[str, int | list[int]]:
    """What traders remember and have on their way, by table and field."""
    made: dict[str, int | list[int]] = {name: memory.scalar(name) for name in KEPT_SCALARS}
    for table, fields in KEPT.items():
        declared = Crowd.TABLES[table]
        count = used_rows(memory.scalar(declared.used), declared)
        for field in fields:
            made[f"{table}.{field}"] = memory.column(table, field, count)
    return made


def load(memory: Memory, kept: Mapping[str, int | list[int]]) -> None:
    """Go on from what was dumped; what it does not name stays as it was made."""
    for name, value in kept.items():
        if isinstance(value, int):
            memory.set_scalar(name, value)
        else:
            table, field = name.split(".")
            memory.set_column(table, field, value)
    take_turns(memory)
