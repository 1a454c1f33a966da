"""The files of an import, read and sorted by the market and the series they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from longshore.world.recordings import hints
from longshore.world.recordings.checks import interval_us
from longshore.world.recordings.files import is_importable, is_parquet, lines, stem
from longshore.world.recordings.manifest import Kind
from longshore.world.recordings.problem import RecordingError, refused
from longshore.world.recordings.streams import Streams, messages
from longshore.world.recordings.table import Table
from longshore.world.recordings.tables import TableFile, exact


class Market(NamedTuple):
    """Whose prices: venue, kind of market, symbol, and of bars their kind and length."""

    venue: str
    market: str
    symbol: str
    kind: str = ""
    interval_us: int = 0


class Wanted(NamedTuple):
    """What was asked for; empty where the files are to tell."""

    venue: str = ""
    symbol: str = ""
    market: str = ""
    kind: Kind | None = None


@dataclass
class Part:
    """The tables for one market of one file, or of several that go on from each other."""

    paths: list[Path]
    tables: list[Table]
    blank: int = 0


@dataclass
class Sources:
    """Parts by market, in the order of time; files that hold something else."""

    parts: dict[Market, list[Part]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def read(paths: Sequence[Path], wanted: Wanted) -> Sources:
    """Everything that can be imported. RecordingError: something is wrong with a file of it."""
    sources = Sources()
    streamed: list[tuple[int, Path]] = []
    for path in _files(paths):
        if not is_parquet(path) and _is_json(path):
            _sort_stream(path, streamed, sources, alone=len(paths) == 1 and paths[0] == path)
        else:
            _read_table(path, wanted, sources)
    _read_streams([path for _, path in sorted(streamed)], wanted, sources)
    if not sources.parts:
        told = "; ".join(sources.left_out)
        raise refused(paths[0], f"nothing in it can be imported{': ' if told else ''}{told}")
    for parts in sources.parts.values():
        parts.sort(key=lambda part: part.tables[0].time_us[0])
    return sources


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.iterdir() if p.is_file() and is_importable(p))
        elif path.is_file():
            found.append(path)
        else:
            raise refused(path, "there is no such file")
    if not found:
        raise refused(paths[0], "holds no file that can be imported")
    return found


def _is_json(path: Path) -> bool:
    """Whether the first line begins as JSON does, or as a time with JSON after it."""
    _, first = next(lines(path), (0, ""))
    return first.lstrip()[:1] in {"{", "["} or first.partition(" ")[2][:1] == "{"


def _sort_stream(
    path: Path, streamed: list[tuple[int, Path]], sources: Sources, *, alone: bool
) -> None:
    """Streams are read in the order of their times; other JSON is left out, or refused alone."""
    try:
        _, time_us, _ = next(messages(path))
    except StopIteration:
        raise refused(path, "holds no message that was received") from None
    except RecordingError as error:
        if alone:
            raise
        sources.left_out.append(f"{path.name}: {error.reason}")
        return
    streamed.append((time_us, path))


def _read_streams(paths: Sequence[Path], wanted: Wanted, sources: Sources) -> None:
    streams = Streams()
    files: dict[tuple[str, str, str], list[Path]] = {}
    for path in paths:
        touched = streams.read(path)
        for key in touched:
            files.setdefault(key, []).append(path)
        if not touched:
            sources.left_out.append(f"{path.name}: no message of a book, best prices or trades")
    for key, collected in streams.markets.items():
        if wanted.symbol and key[2] != wanted.symbol:
            continue
        if collected.updates and not any(update.is_snapshot for update in collected.updates):
            reason = f"changes of the book of {key[2]} and no snapshot: give the file before it too"
            raise refused(files[key][0], reason)
        try:
            tables = collected.tables()
        except ValueError as error:
            raise refused(files[key][0], f"{key[2]}: {error}") from error
        market = Market(wanted.venue or key[0], key[1], key[2], "book")
        sources.parts[market] = [Part(files[key], tables)]


def _read_table(path: Path, wanted: Wanted, sources: Sources) -> None:
    hint = hints.of_name(stem(path))
    file = TableFile(path, wanted.symbol)
    for (venue, symbol), read in file.read().items():
        if wanted.venue and venue and venue.lower() != wanted.venue.lower():
            continue
        kind = _kind(path, file, wanted, hint)
        if not read.time_us:
            continue
        table = exact(path, kind, read)
        whose = Market(
            (venue or wanted.venue or hint.venue).lower(),
            wanted.market or hint.market,
            symbol or wanted.symbol or hint.symbol,
            kind,
            interval_us(table) if kind != "funding" else 0,
        )
        if not whose.venue:
            raise refused(
                path, "its name does not begin with a venue: say whose prices with --venue"
            )
        if not whose.symbol:
            raise refused(path, "neither a column nor its name says the market: give --symbol")
        sources.parts.setdefault(whose, []).append(Part([path], [table], read.blank))


def _kind(path: Path, file: TableFile, wanted: Wanted, hint: hints.Hints) -> Kind:
    """Bars without a volume may be those of mark or index: the name or the caller says so."""
    kind = file.layout.kind
    if wanted.kind is not None and wanted.kind != kind:
        if kind != "bars" or wanted.kind not in {"mark", "index"}:
            raise refused(path, f"holds {kind}, not {wanted.kind}")
        return wanted.kind
    return hint.kind if kind == "bars" and hint.kind else kind
