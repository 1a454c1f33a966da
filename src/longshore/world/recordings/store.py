"""Tables as Parquet: times as timestamps, decimals as exact decimals, ids as whole numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from longshore.world.recordings.files import sha256
from longshore.world.recordings.manifest import Series
from longshore.world.recordings.problem import refused
from longshore.world.recordings.table import Table

PRECISION = 38
ROWS_A_GROUP = 1 << 17
WORDS = {("trades", "side")}


def write(path: Path, table: Table) -> str:
    """One series into one file; its digest."""
    import pyarrow as pa
    from pyarrow import parquet

    arrays = {"time": pa.array(table.time_us, pa.timestamp("us", tz="UTC"))}
    for name, values in table.columns.items():
        if name in table.scales:
            arrays[name] = _decimals(values, table.scales[name])
        else:
            arrays[name] = pa.array(
                values, pa.string() if (table.kind, name) in WORDS else pa.int64()
            )
    made = pa.table(arrays)
    parquet.write_table(made, path, compression="zstd", row_group_size=ROWS_A_GROUP)
    return sha256(path)


def _decimals(values: list[Any], scale: int) -> Any:
    """Whole numbers as decimals with so many places: the same 128 bits, read otherwise."""
    from decimal import Decimal

    import pyarrow as pa

    whole = [None if value is None else Decimal(value) for value in values]
    array = pa.array(whole, pa.decimal128(PRECISION, 0))
    return pa.Array.from_buffers(pa.decimal128(PRECISION, scale), len(array), array.buffers())


def read(folder: Path, series: Series) -> Table:
    """One series of a recording. RecordingError: it is not there, or not what was written."""
    import pyarrow as pa
    from pyarrow import parquet

    path = folder / series.file
    if not path.is_file():
        raise refused(path, "the manifest names it, and it is not there")
    if sha256(path) != series.sha256:
        raise refused(path, "it is not the file that was imported: its digest differs")
    try:
        found = parquet.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise refused(path, f"cannot be read: {error}") from error
    times = found.column("time").cast(pa.int64()).to_pylist()
    table = Table(series.kind, times, depth=series.depth)
    for name in found.column_names:
        column = found.column(name)
        if pa.types.is_decimal(column.type):
            table.scales[name] = column.type.scale
            table.columns[name] = _whole(column)
        elif name != "time":
            table.columns[name] = column.to_pylist()
    return table


def _whole(column: Any) -> list[int | None]:
    """Decimals as the whole numbers they are at their scale."""
    import pyarrow as pa

    made: list[int | None] = []
    for chunk in column.chunks:
        bits = pa.Array.from_buffers(
            pa.decimal128(PRECISION, 0), len(chunk), chunk.buffers(), offset=chunk.offset
        )
        made += [None if value is None else int(value) for value in bits.to_pylist()]
    return made
