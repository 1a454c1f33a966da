"""Events of a run as a Parquet file: one column a field, one row an event, in order."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import Any

import msgspec

from longshore.engine.events import EventKind
from longshore.engine.rows import Event

GROUP_ROWS = 50_000
_values = attrgetter(*Event.FIELDS)


class EventFile:
    """Writes events as they come. The kinds' names are in the file's metadata, under `kinds`."""

    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        kinds = msgspec.json.encode({kind.value: kind.name for kind in EventKind})
        columns = [(field, pa.int64()) for field in Event.FIELDS]
        self._schema = pa.schema(columns, metadata={"kinds": kinds})
        self._writer: Any = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[tuple[int, ...]] = []
        self.count = 0

    def add(self, events: list[Event]) -> None:
        """Append events."""
        self._rows += [_values(event) for event in events]
        self.count += len(events)
        if len(self._rows) >= GROUP_ROWS:
            self._write()

    def close(self) -> None:
        """Write what is left, and the file's end."""
        self._write()
        self._writer.close()

    def _write(self) -> None:
        import pyarrow as pa

        if self._rows:
            columns = [pa.array(column, pa.int64()) for column in zip(*self._rows, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))
            self._rows.clear()
