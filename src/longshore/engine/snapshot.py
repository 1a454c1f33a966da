"""A state at rest: what is not zero, by table, field and slot.

Fields are mapped by name when a snapshot is loaded, so that a row may gain fields later.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

from longshore.engine.limits import MARKETS_MAX, POSITIONS_PER_ACCOUNT

SCRATCH = frozenset(
    {
        *("inbox", "events", "tasks", "estimates", "drafts", "afters", "matches", "scales"),
        *("mark_inputs", "candidates", "nets"),
    }
)
"""Tables that mean nothing between two commands."""

LAYOUT = 2
"""Raised when slots are counted otherwise or a stored field means something else; 1 wrote none."""


@dataclass
class TablePart:
    """The rows of one table that are not zero: `rows[i]` lies in slot `slots[i]`."""

    fields: tuple[str, ...]
    slots: Any
    rows: Any


@dataclass
class Snapshot:
    """Scalars by name and tables by name."""

    scalars: dict[str, int]
    tables: dict[str, TablePart]

    def to_bytes(self) -> bytes:
        """A compressed form for disk or another process."""
        tables = {
            name: (part.fields, part.slots.tobytes(), part.rows.tobytes())
            for name, part in self.tables.items()
        }
        return zlib.compress(msgspec.msgpack.encode((self.scalars, tables, LAYOUT)), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> Snapshot:
        """The opposite of `to_bytes`; zlib.error or msgspec errors where the bytes are damaged."""
        kind = tuple[dict[str, int], dict[str, tuple[tuple[str, ...], bytes, bytes]]]
        scalars, tables, *layout = msgspec.msgpack.decode(zlib.decompress(data))
        scalars, tables = msgspec.convert((scalars, tables), kind)
        made = cls(scalars, {name: _part(*packed) for name, packed in tables.items()})
        if not layout:
            _widen_positions(made.tables["positions"])
        return made


def _widen_positions(part: TablePart) -> None:
    """From layout 1: one place a market and account, and a leverage meant an isolated position."""
    part.slots = part.slots // MARKETS_MAX * POSITIONS_PER_ACCOUNT + part.slots % MARKETS_MAX
    isolated = part.rows[:, part.fields.index("leverage_ppm")] != 0
    part.fields = (*part.fields, "isolated")
    part.rows = np.column_stack([part.rows, isolated.astype(np.int64)])


def _part(fields: tuple[str, ...], slots: bytes, rows: bytes) -> TablePart:
    matrix = np.frombuffer(rows, np.int64).reshape(-1, len(fields))
    return TablePart(fields, np.frombuffer(slots, np.int64), matrix)
