"""Opening what can be imported: text, gzip, zip with one file in it, Parquet."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from longshore.world.recordings.problem import refused

ENDINGS = (".csv", ".ndjson", ".jsonl", ".json", ".parquet", ".zip", ".txt")
BLOCK = 1 << 20


def is_importable(path: Path) -> bool:
    """Whether its name ends as one that can be read."""
    return path.name.removesuffix(".gz").endswith(ENDINGS)


def stem(path: Path) -> str:
    """The name without its endings."""
    name = path.name.removesuffix(".gz")
    return next((name.removesuffix(e) for e in ENDINGS if name.endswith(e)), name)


def is_parquet(path: Path) -> bool:
    """Whether the content is Parquet."""
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Line numbers from 1 and lines of a text, unpacked. RecordingError: it cannot be read."""
    number = 0
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                yield number, line
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise refused(path, f"cannot be read: {error}", number + 1) from error
    except UnicodeDecodeError as error:
        raise refused(path, "is no text", number + 1) from error


def _opened(path: Path) -> io.TextIOBase:
    with path.open("rb") as file:
        head = file.read(4)
    if head[:2] == b"\x1f\x8b":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    if head == b"PK\x03\x04":
        archive = zipfile.ZipFile(path)
        names = [name for name in archive.namelist() if not name.endswith("/")]
        if len(names) != 1:
            raise refused(path, f"holds {len(names)} files; unpack it and import the folder")
        return io.TextIOWrapper(archive.open(names[0]), "utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def table_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells, the header among them; of Parquet the rows after its names."""
    if is_parquet(path):
        yield from _parquet_rows(path)
        return
    found = lines(path)
    reader = csv.reader(line for _, line in found)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise refused(path, f"is no CSV: {error}", reader.line_num) from error


def _parquet_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            yield 1, list(file.schema_arrow.names)
            line = 1
            for batch in file.iter_batches():
                columns = [_texts(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    line += 1
                    yield line, list(cells)
    except (OSError, pa.ArrowException) as error:
        raise refused(path, f"cannot be read: {error}") from error


def _texts(column: object) -> list[str]:
    """A column as texts, exactly: a time in microseconds, a float as its shortest decimal."""
    import pyarrow as pa

    array = column
    if pa.types.is_timestamp(array.type):  # type: ignore[attr-defined]
        array = array.cast(pa.timestamp("us")).cast(pa.int64())  # type: ignore[attr-defined]
    values = array.to_pylist()  # type: ignore[attr-defined]
    return ["" if v is None else repr(v) if isinstance(v, float) else str(v) for v in values]


def sha256(path: Path) -> str:
    """The digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
