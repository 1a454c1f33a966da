"""Where a state lives: plain objects, or one NumPy record; both dump to and load a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from struct import Struct
from typing import Any, cast

import numpy as np

from longshore.engine._table import Row, TableField, root_dtype, used_rows
from longshore.engine.rows import Command, Event
from longshore.engine.snapshot import SCRATCH, Snapshot, TablePart
from longshore.engine.state import State

_COMMAND = Struct(f"{len(Command.FIELDS)}q")
STORED = {name: field for name, field in State.TABLES.items() if name not in SCRATCH}
SCALAR_AT = {name: at for at, name in enumerate(State.SCALARS)}


class PlainMemory:
    """The state as Python objects."""

    def __init__(self) -> None:
        """An empty state."""
        self.state = State()

    def view(self) -> State:
        """The state itself."""
        return self.state

    def entry(self) -> Any:
        """What the entry rule is called with."""
        return [self.state]

    def scalar(self, name: str) -> int:
        """One scalar."""
        return cast("int", getattr(self.state, name))

    def set_scalar(self, name: str, value: int) -> None:
        """Set one scalar."""
        setattr(self.state, name, value)

    def load_inbox(self, commands: Sequence[Command]) -> None:
        """Hand commands over."""
        self.state.inbox.clear()
        self.state.inbox.update(enumerate(commands))
        self.state.command_at = 0

    def take_events(self) -> list[Event]:
        """Take the events out; the rows are the caller's from now on."""
        count = self.state.events_count
        self.state.events_count = 0
        return [self.state.events.pop(at) for at in range(count)]

    def dump(self) -> Snapshot:
        """Everything that is not zero."""
        scalars = {name: int(getattr(self.state, name)) for name in State.SCALARS}
        tables = {name: self._dump_table(name, field) for name, field in STORED.items()}
        return Snapshot(scalars, tables)

    def _dump_table(self, name: str, field: TableField) -> TablePart:
        rows = sorted((slot, row.values()) for slot, row in getattr(self.state, name).items())
        kept = [(slot, values) for slot, values in rows if any(values)]
        width = len(field.row.FIELDS)
        matrix = np.array([v for _, v in kept], np.int64).reshape(-1, width)
        return TablePart(field.row.FIELDS, np.array([s for s, _ in kept], np.int64), matrix)

    def load(self, snapshot: Snapshot) -> None:
        """Become a snapshot."""
        for name, value in snapshot.scalars.items():
            setattr(self.state, name, value)
        for name, part in snapshot.tables.items():
            table = getattr(self.state, name)
            table.clear()
            for slot, values in zip(part.slots.tolist(), part.rows.tolist(), strict=True):
                table[slot] = STORED[name].row(**dict(zip(part.fields, values, strict=True)))


class RecordMemory:
    """The state as one NumPy record, for compiled rules. Pages are taken when first touched."""

    def __init__(self) -> None:
        """An empty record."""
        self.record = np.zeros(1, root_dtype(State))
        self._tables = {name: self.record[name][0] for name in State.TABLES}
        self._inbox = _words(self._tables["inbox"])
        self._events = _words(self._tables["events"])
        self._view = cast("State", RecordView(self.record, self._tables))

    def view(self) -> State:
        """The record with the state's attributes."""
        return self._view

    def entry(self) -> Any:
        """What the entry rule is called with."""
        return self.record

    def scalar(self, name: str) -> int:
        """One scalar."""
        return int(self.record[name][0])

    def set_scalar(self, name: str, value: int) -> None:
        """Set one scalar."""
        self.record[name][0] = value

    def load_inbox(self, commands: Sequence[Command]) -> None:
        """Hand commands over."""
        packed = b"".join([_COMMAND.pack(*c.values()) for c in commands])
        words = np.frombuffer(packed, np.int64)
        self._inbox[: len(commands)] = words.reshape(-1, len(Command.FIELDS))
        self.record["command_at"][0] = 0

    def take_events(self) -> list[Event]:
        """Copies of the events, as rows."""
        count = int(self.record["events_count"][0])
        self.record["events_count"][0] = 0
        return [Event.of(values) for values in self._events[:count].tolist()]

    def dump(self) -> Snapshot:
        """Everything that is not zero."""
        scalars = {name: self.scalar(name) for name in State.SCALARS}
        return Snapshot(scalars, {name: self._dump_table(name, f) for name, f in STORED.items()})

    def _dump_table(self, name: str, field: TableField) -> TablePart:
        count = self.scalar(field.used) if field.used else 0
        matrix = _words(self._tables[name])[: used_rows(count, field)]
        slots = np.flatnonzero(matrix.any(axis=1))
        return TablePart(field.row.FIELDS, slots, matrix[slots])

    def load(self, snapshot: Snapshot) -> None:
        """Become a snapshot."""
        for name, value in snapshot.scalars.items():
            self.set_scalar(name, value)
        for name, part in snapshot.tables.items():
            table = self._tables[name]
            for at, field in enumerate(part.fields):
                table[field][part.slots] = part.rows[:, at]


def _words(table: Any) -> Any:
    """A table of a record as a matrix of 64-bit words, a row a line; nothing is copied."""
    return table.view(np.int64).reshape(len(table), -1)


class RecordView:
    """A record read like the plain state."""

    def __init__(self, record: Any, tables: dict[str, Any]) -> None:
        """A view of a record and its tables; nothing is copied."""
        self.__dict__["_words"] = memoryview(record.view(np.int64))
        views = {name: TableView(table, State.TABLES[name].row) for name, table in tables.items()}
        self.__dict__.update(views)

    def __getattr__(self, name: str) -> int:
        """A scalar."""
        return cast("int", self.__dict__["_words"][SCALAR_AT[name]])

    def __setattr__(self, name: str, value: int) -> None:
        """Only estimates write, to scratch."""
        self.__dict__["_words"][SCALAR_AT[name]] = value


class TableView:
    """A table of a record, rows by slot."""

    def __init__(self, table: Any, row: type[Row]) -> None:
        """A view of one table."""
        self._words = memoryview(_words(table).reshape(-1))
        self._row = _row_view(row)
        self._width = len(row.FIELDS)

    def __getitem__(self, slot: int) -> RowView:
        """The row at a slot."""
        return self._row(self._words, slot * self._width)


class RowView:
    """A row of a record: its table's words, and where it begins. Its heirs have the fields."""

    __slots__ = ("start", "words")

    def __init__(self, words: memoryview, start: int) -> None:
        """A view of one row; nothing is copied."""
        self.words = words
        self.start = start


@cache
def _row_view(row: type[Row]) -> type[RowView]:
    """The view of one kind of row, with a property a field: screens and agents read many."""
    fields = {name: _field(place) for place, name in enumerate(row.FIELDS)}
    return type(f"{row.__name__}View", (RowView,), {"__slots__": ()} | fields)


def _field(place: int) -> property:
    """The field at a place of its row."""

    def get(row: RowView) -> int:
        return row.words[row.start + place]

    def put(row: RowView, value: int) -> None:
        """Only estimates write, to scratch."""
        row.words[row.start + place] = value

    return property(get, put)
