"""A state at rest: what is not zero, by table, field and slot.

Fields are mapped by name when a snapshot is loaded, so that a row may gain fields later.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np

SCRATCH = frozenset(
    {
        *("inbox", "events", "tasks", "estimates", "drafts", "afters", "matches", "scales"),
        *("mark_inputs", "candidates"),
    }
)
"""Tables that mean nothing between two commands."""


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
        return zlib.compress(msgspec.msgpack.encode((self.scalars, tables)), 1)

    @classmethod
    def from_bytes(cls, data: bytes) -> Snapshot:
        """The opposite of `to_bytes`; zlib.error or msgspec errors where the bytes are damaged."""
        kind = tuple[dict[str, int], dict[str, tuple[tuple[str, ...], bytes, bytes]]]
        scalars, tables = msgspec.msgpack.decode(zlib.decompress(data), type=kind)
        return cls(scalars, {name: _part(*packed) for name, packed in tables.items()})


def _part(fields: tuple[str, ...], slots: bytes, rows: bytes) -> TablePart:
    matrix = np.frombuffer(rows, np.int64).reshape(-1, len(fields))
    return TablePart(fields, np.frombuffer(slots, np.int64), matrix)
