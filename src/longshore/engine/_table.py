"""Rows and tables: the one declaration from which every layout is derived.

A row is declared once, one line a field, unit last. From that line come the plain class (slots, no
dictionary), the NumPy record layout of the compiled engine, the documentation table and the golden
layout file. `Slot` marks a place in a table: it is bookkeeping and never part of a state digest.
"""

from __future__ import annotations

import typing
from typing import Annotated, Any, ClassVar, Generic, TypeVar

I64 = int
"""A 64-bit signed integer; the unit is the last word of the field's name."""
Slot = Annotated[int, "slot"]
"""A place in a table, 0 meaning nowhere. Not part of any digest."""

NIL = 0
"""The slot and the id that mean nothing: row 0 of every table is never used."""


class RowType(type):
    """Turns the annotated fields of a row class into slots that start at zero."""

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> RowType:
        """Collect the fields in the order they are written."""
        fields = {k: v for k, v in space.get("__annotations__", {}).items() if "ClassVar" not in v}
        space["FIELDS"] = tuple(fields)
        space["SLOTS"] = frozenset(k for k, v in fields.items() if v == "Slot")
        space["__slots__"] = tuple(fields)
        if fields:
            space |= _row_methods(tuple(fields))
        return super().__new__(mcs, name, bases, space)


def _row_methods(fields: tuple[str, ...]) -> dict[str, Any]:
    """A row's constructors written out field by field: loops over names are ten times slower."""
    zeros = "".join(f"    self.{f} = 0\n" for f in fields)
    targets = ", ".join(f"row.{f}" for f in fields)
    source = (
        f"def __init__(self, **values):\n{zeros}"
        "    for field, value in values.items():\n        setattr(self, field, value)\n"
        "def of(cls, values):\n    row = cls.__new__(cls)\n"
        f"    ({targets},) = values\n    return row\n"
        f"def values(self):\n    return ({targets.replace('row.', 'self.')},)\n"
    )
    made: dict[str, Any] = {}
    exec(source, made)  # noqa: S102  the text is ours: field names from a class body
    made["of"] = classmethod(made["of"])
    return {name: made[name] for name in ("__init__", "of", "values")}


class Row(metaclass=RowType):
    """One line of a table. All fields are integers and start at zero."""

    FIELDS: ClassVar[tuple[str, ...]]
    SLOTS: ClassVar[frozenset[str]]

    if typing.TYPE_CHECKING:

        def __init__(self, **values: int) -> None:
            """Every field zero, then the values named."""

        @classmethod
        def of(cls, values: tuple[int, ...]) -> typing.Self:
            """A row from its fields' values in declared order."""

        def values(self) -> tuple[int, ...]:
            """The fields' values in declared order."""

    def __repr__(self) -> str:
        """Only what is not zero, for reading in a debugger."""
        body = ", ".join(f"{f}={getattr(self, f)}" for f in self.FIELDS if getattr(self, f))
        return f"{type(self).__name__}({body})"


R = TypeVar("R", bound=Row)


class Table(dict[int, R], Generic[R]):
    """Rows by slot, made when first touched; a slot outside the capacity is our own error."""

    def __init__(self, row: type[R], capacity: int) -> None:
        """An empty table of `capacity` rows."""
        super().__init__()
        self.row = row
        self.capacity = capacity

    def __missing__(self, slot: int) -> R:
        """The row at a slot not yet touched: all zeros."""
        assert 0 <= slot < self.capacity, f"{self.row.__name__} slot {slot} of {self.capacity}"
        made = self[slot] = self.row()
        return made


class TableField(typing.NamedTuple):
    """How a table sits in the state: its row, its size, and which rows are in use."""

    row: type[Row]
    capacity: int
    used: str
    per: int


def table(row: type[R], capacity: int, used: str = "", per: int = 1) -> Table[R]:
    """Declare a table of the state.

    `used` names the state's field that counts what is in use; rows [0, (count + 1) * per) may be
    anything but zero. Empty: the whole table may be.
    """
    return typing.cast("Table[R]", TableField(row, capacity, used, per))


class Root:
    """The state: scalars and tables, declared like rows. Plain form; `layout` gives the record."""

    SCALARS: ClassVar[tuple[str, ...]]
    TABLES: ClassVar[dict[str, TableField]]

    def __init_subclass__(cls) -> None:
        """Split the declaration into scalars and tables."""
        cls.TABLES = {k: v for k, v in vars(cls).items() if isinstance(v, TableField)}
        cls.SCALARS = tuple(k for k in cls.__annotations__ if k not in cls.TABLES)

    def __init__(self) -> None:
        """Every scalar zero, every table empty."""
        for name in self.SCALARS:
            setattr(self, name, 0)
        for name, field in self.TABLES.items():
            setattr(self, name, Table(field.row, field.capacity))


def row_dtype(row: type[Row]) -> Any:
    """The NumPy record layout of one row: every field a 64-bit signed integer."""
    import numpy as np

    return np.dtype([(f, np.int64) for f in row.FIELDS])


def root_dtype(root: type[Root]) -> Any:
    """The NumPy record layout of a whole state: scalars, then tables as nested records."""
    import numpy as np

    scalars: list[Any] = [(name, np.int64) for name in root.SCALARS]
    tables = [(k, row_dtype(f.row), (f.capacity,)) for k, f in root.TABLES.items()]
    return np.dtype(scalars + tables)


def used_rows(count: int, field: TableField) -> int:
    """How many rows from the start of a table may hold something."""
    return min(field.capacity, (count + 1) * field.per) if field.used else field.capacity
