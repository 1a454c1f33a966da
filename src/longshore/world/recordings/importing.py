"""From files of other venues and tools to recordings in folders."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from longshore import __version__
from longshore.world.recordings import hints, manifest, sources, store
from longshore.world.recordings.checks import checks, gaps, interval_us
from longshore.world.recordings.files import sha256
from longshore.world.recordings.manifest import Check, Manifest, Origin, Series, utc
from longshore.world.recordings.problem import refused
from longshore.world.recordings.sources import Market, Part, Sources, Wanted
from longshore.world.recordings.table import BARS, Table

MICRO = 1_000_000
APART_US = 7 * 86_400 * MICRO
"""Files of one market with more than this between them are recordings of their own."""
LENGTHS = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))


class Terms(NamedTuple):
    """What the caller says of the files; empty: not stated."""

    source: str = "not stated"
    licence: str = "not stated"
    contract: str = ""
    """Sizes count contracts of so many units of the quote."""
    replace: bool = False


class Imported(NamedTuple):
    """The recordings that were made, and which files held something else."""

    folders: list[Path]
    manifests: list[Manifest]
    left_out: list[str]


def import_files(
    paths: Sequence[Path],
    out: Path,
    wanted: Wanted,
    terms: Terms,
    progress: Callable[[float], None] = lambda _: None,
) -> Imported:
    """Import files and folders into folders below `out`, one a market.

    All or nothing: RecordingError, and nothing was written.
    """
    found = sources.read(paths, wanted)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".import-") as work:
        made = []
        stretches = [(m, s) for m, parts in found.parts.items() for s in stretched(parts)]
        for at, (market, parts) in enumerate(stretches):
            progress(at / len(stretches))
            made.append(_made(Path(work), market, parts, terms))
        return _placed(out, Path(work), made, found, terms)


def _placed(out: Path, work: Path, made: list[Manifest], found: Sources, terms: Terms) -> Imported:
    """The finished folders moved to their names."""
    names = [each.name for each in made]
    doubled = next((name for name in names if names.count(name) > 1), None)
    if doubled is not None:
        raise refused(out / doubled, "two markets of the import would have this name")
    taken = [name for name in names if (out / name).exists()]
    if taken and not terms.replace:
        raise refused(out / taken[0], "exists already; --replace writes it anew")
    for name in names:
        shutil.rmtree(out / name, ignore_errors=True)
        (work / name).rename(out / name)
    return Imported([out / name for name in names], made, found.left_out)


def _made(work: Path, market: Market, parts: list[Part], terms: Terms) -> Manifest:
    """One market's folder."""
    tables = joined(parts)
    begins = utc(min(table.time_us[0] for table in tables))
    name = _name(market, begins)
    folder = work / name
    folder.mkdir()
    base, quote = hints.base_and_quote(market.symbol)
    unit, contract = hints.sizes(market.venue, market.symbol, tables[0].kind)
    if terms.contract:
        unit, contract = "quote", terms.contract
    by_kind = {table.kind: table for table in tables}
    blank = sum(part.blank for part in parts)
    made = Manifest(
        name=name,
        venue=market.venue,
        symbol=market.symbol,
        market=market.market,
        asset=base if quote in hints.DOLLARS else "",
        quote=quote,
        qty_unit=unit,
        contract=contract,
        source=terms.source,
        licence=terms.licence,
        imported_by=f"longshore {__version__}",
        origins=[Origin(p.name, sha256(p)) for part in parts for p in part.paths],
        series=[_series(folder, table, by_kind.get("top"), blank) for table in tables],
    )
    manifest.write(folder, made)
    return made


def _series(folder: Path, table: Table, top: Table | None, blank: int) -> Series:
    """One table written, with what was found in it."""
    file = f"{table.kind}.parquet"
    digest = store.write(folder / file, table)
    found = checks(table, top)
    if blank:
        note = "others were written down without a price: they are gaps"
        found.append(Check("rows with a price", len(table), len(table) + blank, False, note))
    span_us = interval_us(table)
    is_bars = table.kind in BARS
    return Series(
        kind=table.kind,
        file=file,
        sha256=digest,
        rows=len(table),
        begins=utc(table.time_us[0]),
        ends=utc(table.time_us[-1] + (span_us if is_bars else 0)),
        interval_s=span_us // MICRO,
        depth=table.depth,
        gaps=gaps(table),
        checks=found,
    )


def stretched(parts: list[Part]) -> list[list[Part]]:
    """Parts in groups: one that begins long after the end of the one before starts another."""
    made = [[parts[0]]]
    for before, part in pairwise(parts):
        ended = before.tables[0].time_us[-1]
        if part.tables[0].time_us[0] - ended > APART_US:
            made.append([])
        made[-1].append(part)
    return made


def joined(parts: list[Part]) -> list[Table]:
    """Parts that go on from each other as one. RecordingError: they overlap or do not fit."""
    whole = parts[0].tables
    for before, part in pairwise(parts):
        for left, right in zip(whole, part.tables, strict=True):
            if right.time_us[0] < left.time_us[-1] or (
                right.kind in {*BARS, "funding"} and right.time_us[0] == left.time_us[-1]
            ):
                reason = f"overlaps {before.paths[-1].name}, which ends at {utc(left.time_us[-1])}"
                raise refused(part.paths[0], reason)
            _append(left, right, part)
    return whole


def _append(left: Table, right: Table, part: Part) -> None:
    if left.columns.keys() != right.columns.keys():
        raise refused(part.paths[0], "has other columns than the file before it")
    for name in right.columns:
        if name in left.scales:
            scale = max(left.scales[name], right.scales[name])
            _lift(left, name, scale)
            _lift(right, name, scale)
        left.columns[name] = left.columns[name] + right.columns[name]
    left.time_us = left.time_us + right.time_us


def _lift(table: Table, name: str, scale: int) -> None:
    power = 10 ** (scale - table.scales[name])
    table.scales[name] = scale
    if power != 1:
        table.columns[name] = [None if v is None else v * power for v in table.columns[name]]


def _name(market: Market, begins: str) -> str:
    """Venue, market, symbol, what it is and its first day."""
    symbol = "".join(c if c.isalnum() else "-" for c in market.symbol.lower())
    kind = {"bars": ""}.get(market.kind, market.kind)
    words = [market.venue, market.market, symbol, kind, length(market.interval_us), begins[:10]]
    return "-".join(word for word in words if word)


def length(interval_us: int) -> str:
    """The length of a bar as people say it."""
    seconds = interval_us // MICRO
    if not seconds:
        return ""
    return next(f"{seconds // unit}{word}" for unit, word in LENGTHS if seconds % unit == 0)
