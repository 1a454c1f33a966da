"""Commands on recordings: import, fetch, list, check, show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter

from longshore.cli.client import Data, data_folder
from longshore.cli.connect import ccxt_config
from longshore.cli.output import CliError, Json, WrongUsage, emit, progress_bar, table
from longshore.world.feeds import recording as shipped
from longshore.world.recordings import drawing, fetching, importing, library, manifest
from longshore.world.recordings.manifest import LEVELS, Check, Manifest
from longshore.world.recordings.problem import RecordingError
from longshore.world.recordings.sources import Wanted
from longshore.world.recordings.values import Times

Out = Annotated[
    Path | None,
    Parameter(help="The folder for recordings; without it `recordings` in the data folder."),
]
COLUMNS, LINES = 100, 24
PAGE_COLUMNS = 240
GAPS_SHOWN = 20


class Imported(msgspec.Struct, frozen=True):
    """What `data import --json` prints."""

    recordings: list[Manifest]
    folders: list[str]
    left_out: list[str]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Said:
    """What the caller says of files that do not say it themselves."""

    venue: Annotated[str, Parameter(help="Whose prices; without it as the names say.")] = ""
    symbol: Annotated[str, Parameter(help="The venue's symbol; of several, only this one.")] = ""
    market: Annotated[str, Parameter(help="spot, perp, …: goes into the name.")] = ""
    kind: Annotated[
        manifest.Kind | None,
        Parameter(help="Bars may be mark or index prices: then say so."),
    ] = None
    contract: Annotated[
        str, Parameter(help="Sizes count contracts of so many units of the quote.")
    ] = ""
    source: Annotated[str, Parameter(help="Where the files are from.")] = "not stated"
    licence: Annotated[str, Parameter(help="Under which terms.")] = "not stated"


SAID = Said()


def import_(
    paths: Annotated[list[Path], Parameter(name="FILE|DIR")],
    /,
    *,
    said: Said = SAID,
    out: Out = None,
    data: Data = None,
    replace: Annotated[
        bool, Parameter(negative=(), help="Write a recording anew that exists already.")
    ] = False,
    json: Json = False,
) -> None:
    """Import files as recordings: Parquet with a manifest, one folder a market.

    CSV, NDJSON, JSON and Parquet, packed or not: bars, trades, funding, best prices, books by
    snapshot and changes, streams of messages; the forms that venues publish in their archives. What
    a file holds is told by its columns. What is wrong with it is told by file, line and column, and
    then nothing is written. Gaps are listed and never filled.
    """
    folder = out or data_folder(data) / library.FOLDER
    wanted = Wanted(said.venue, said.symbol, said.market, said.kind)
    terms = importing.Terms(said.source, said.licence, said.contract, replace)
    try:
        with progress_bar("import") as progress:
            made = importing.import_files(paths, folder, wanted, terms, progress)
    except (RecordingError, OSError) as error:
        raise CliError(str(error)) from error
    rows = [_line(each) for each in made.manifests]
    emit(
        Imported(made.manifests, [str(f) for f in made.folders], made.left_out),
        json,
        table(f"Imported into {folder}", HEADINGS, rows),
        *(f"left out {told}" for told in made.left_out),
        *(line for each in made.manifests for line in _unsound(each.name, each.checks)),
    )


HEADINGS = ("recording", "level", "rows", "from", "to", "missing", "checks")


def _line(each: Manifest) -> tuple[object, ...]:
    missing = sum(gap.missing for gap in each.gaps)
    sound = sum(check.is_sound for check in each.checks)
    rows, ends = f"{each.rows:,}", each.ends[:16]
    told = f"{sound} of {len(each.checks)}"
    return (
        each.name,
        each.level,
        rows,
        each.begins[:16],
        ends,
        f"{missing:,}" if missing else "",
        told,
    )


def _unsound(name: str, checks: list[Check]) -> list[str]:
    return [f"{name}: {_told(check)}" for check in checks if not check.is_sound]


def _told(check: Check) -> str:
    note = f" ({check.note})" if check.note and check.passed < check.total else ""
    return f"{check.name}: {check.passed:,} of {check.total:,}{note}"


class Known(msgspec.Struct, frozen=True):
    """One line of `data list --json`."""

    name: str
    where: str
    level: str
    venue: str
    symbol: str
    begins: str
    ends: str
    licence: str


def list_recordings(*, out: Out = None, data: Data = None, json: Json = False) -> None:
    """The recordings there are: those of the package, and those imported."""
    folder = out or data_folder(data) / library.FOLDER
    try:
        found = [_known("the package", library.opened(each).manifest) for each in shipped.names()]
        found += [_known(str(path), manifest.read(path)) for path in library.imported(folder)]
    except RecordingError as error:
        raise CliError(str(error)) from error
    rows = [(k.name, k.level, k.venue, k.symbol, k.begins[:16], k.ends[:16]) for k in found]
    headings = ("recording", "level", "venue", "symbol", "from", "to")
    emit(found, json, table("", headings, rows), f"Imported ones are in {folder}")


def _known(where: str, m: Manifest) -> Known:
    return Known(m.name, where, m.level, m.venue, m.symbol, m.begins, m.ends, m.licence)


class Checked(msgspec.Struct, frozen=True):
    """What `data check --json` prints."""

    name: str
    level: str
    sound: bool
    checks: dict[str, list[Check]]
    gaps: list[manifest.Gap]


def check(name: str, /, *, data: Data = None, json: Json = False) -> None:
    """Look at a recording again: digests of its files, every check, its gaps.

    NAME is a folder, or a name that `data list` shows. Exit code 1 when it is not sound.
    """
    try:
        recorded = _opened(name, data)
        known, found = recorded.manifest, recorded.checks()
    except RecordingError as error:
        raise CliError(str(error)) from error
    rows = [
        (kind, each.name, f"{each.passed:,} of {each.total:,}", _verdict(each))
        for kind, checks in found.items()
        for each in checks
    ]
    sound = all(each.is_sound for checks in found.values() for each in checks)
    emit(
        Checked(known.name, known.level, sound, found, known.gaps),
        json,
        f"{known.name}: {known.begins} to {known.ends}, {known.rows:,} rows",
        LEVELS[known.level],
        table("Checks", ("series", "check", "passed", ""), rows),
        *_gap_lines(known),
    )
    if not sound:
        raise CliError(f"{known.name} is not sound")


def _verdict(each: Check) -> str:
    if each.passed == each.total:
        return "good"
    return "not sound" if each.must else each.note or "told, not required"


def _gap_lines(known: Manifest) -> list[str]:
    gaps = known.gaps
    if not gaps:
        return ["No gaps."]
    missing = sum(gap.missing for gap in gaps)
    lines = [f"{len(gaps):,} gaps, {missing:,} missing; they stay gaps in a replay:"]
    lines += [f"  {g.begins} to {g.ends}: {g.missing:,}, {g.reason}" for g in gaps[:GAPS_SHOWN]]
    if len(gaps) > GAPS_SHOWN:
        lines.append(f"  and {len(gaps) - GAPS_SHOWN:,} more, in the manifest")
    return lines


class Shown(msgspec.Struct, frozen=True):
    """What `data show --json` prints: the picture's columns, null where nothing was recorded."""

    recording: Manifest
    kind: str
    decimals: int
    columns: list[drawing.Candle | None]


def show(
    name: str,
    /,
    *,
    html: Annotated[Path | None, Parameter(help="Write a page instead of lines.")] = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Draw a recording's prices, in the terminal or on a page. Gaps stay empty."""
    try:
        recorded = _opened(name, data)
        known = recorded.manifest
        shape = drawing.picture(recorded, COLUMNS if html is None else PAGE_COLUMNS)
        if html is not None:
            html.write_text(drawing.page(shape, known), encoding="utf-8")
    except (RecordingError, OSError) as error:
        raise CliError(str(error)) from error
    lines = [f"written to {html}"] if html is not None else drawing.drawn(shape, LINES)
    title = f"{known.venue} {known.symbol} · {shape.kind} · {LEVELS[known.level]}"
    emit(Shown(known, shape.kind, shape.scale, shape.columns), json, title, *lines)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which series, and where from."""

    what: Annotated[fetching.What, Parameter(help="Which series.")] = "bars"
    timeframe: Annotated[str, Parameter(help="The length of a bar.")] = "1m"
    url: Annotated[str, Parameter(help="Another Longshore as the venue, by its address.")] = ""


WISH = Wish()


def fetch(
    place: Annotated[tuple[str, str], Parameter(name="VENUE SYMBOL", help="As ccxt names them.")],
    span: Annotated[tuple[str, str], Parameter(name="FROM TO", help="In UTC; TO is outside.")],
    /,
    *,
    wish: Wish = WISH,
    data: Data = None,
    json: Json = False,
) -> None:
    """Fetch a series from a venue through ccxt, and import it.

    What was broken off goes on where it stood when it is run again. Needs ccxt (`pip install
    ccxt`), and the internet unless another Longshore is the venue.
    """
    venue, symbol = place
    folder = data_folder(data) / library.FOLDER
    try:
        from_ms, to_ms = (Times().us(text) // 1_000 for text in span)
    except ValueError as error:
        raise WrongUsage(str(error)) from error
    asked = fetching.Asked(venue, symbol, from_ms, to_ms, wish.what, wish.timeframe)
    try:
        job = fetching.Fetch(_client(venue, wish.url), asked, folder)
        with progress_bar(f"{venue} {symbol}") as progress:
            made = job.run(progress)
    except (RecordingError, OSError) as error:
        raise CliError(str(error)) from error
    rows = [_line(each) for each in made.manifests]
    printed = Imported(made.manifests, [str(f) for f in made.folders], [])
    emit(printed, json, table(f"Fetched into {folder}", HEADINGS, rows))


def _client(venue: str, url: str) -> fetching.Client:
    """ccxt's client of a venue. CliError: no ccxt, or it knows no such venue."""
    from importlib import import_module

    try:
        ccxt = import_module("ccxt")
    except ImportError as error:
        raise CliError("fetching needs ccxt: pip install ccxt") from error
    if venue not in ccxt.exchanges:
        raise CliError(f"ccxt knows no venue {venue!r}")
    config = ccxt_config(url.rstrip("/"), "", "") if url else {}
    return fetching.Client(getattr(ccxt, venue)(config), (ccxt.NetworkError,))


def _opened(name: str, data: Path | None) -> library.Opened:
    return library.opened(name, data_folder(data) / library.FOLDER)
