"""A recording's prices as a picture: candles of characters, or a page with a drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from longshore.world.recordings.library import Opened
from longshore.world.recordings.manifest import Manifest, moment_us
from longshore.world.recordings.problem import RecordingError
from longshore.world.recordings.table import Table
from longshore.world.recordings.values import shown

WIDTH, HEIGHT = 960, 420
LEFT, TOP, BOTTOM = 90, 20, 40
BODY, WICK, NONE = "█", "│", " "
MARGIN = 12  # characters left of the drawing, for prices
PRICED = {"bars": "close", "mark": "close", "index": "close", "trades": "price", "funding": "rate"}


class Candle(NamedTuple):
    """A column of the picture; None: nothing was recorded then."""

    open: int
    high: int
    low: int
    close: int


class Picture(NamedTuple):
    """Columns from the first moment to the last."""

    kind: str
    begins: str
    ends: str
    scale: int
    columns: list[Candle | None]

    @property
    def low(self) -> int:
        """The lowest price in it."""
        return min(c.low for c in self.columns if c)

    @property
    def high(self) -> int:
        """The highest."""
        return max(c.high for c in self.columns if c)


def picture(recorded: Opened, columns: int) -> Picture:
    """The first series that has a price, in so many columns. RecordingError: none has."""
    known = recorded.manifest
    series = known.one("bars", "mark", "index", "trades", "top", "funding")
    if series is None:
        raise RecordingError(f"{known.name}: nothing in it is a price to be drawn")
    table = recorded.table(series)
    begins, ends = moment_us(series.begins), max(moment_us(series.ends), table.time_us[-1] + 1)
    span = max(1, -(-(ends - begins) // columns), series.interval_s * 1_000_000)
    made: list[Candle | None] = [None] * -(-(ends - begins) // span)
    points, scale = _points(table)
    for at, group in groupby(points, key=lambda point: (point[0] - begins) // span):
        rows = [candle for _, candle in group]
        made[at] = Candle(
            rows[0].open, max(r.high for r in rows), min(r.low for r in rows), rows[-1].close
        )
    return Picture(series.kind, series.begins, series.ends, scale, made)


def _points(table: Table) -> tuple[Iterator[tuple[int, Candle]], int]:
    """Every row as a candle, at one scale."""
    if "open" in table.columns:
        names = ("open", "high", "low", "close")
    else:
        names = (PRICED.get(table.kind, "bid"),) * 4
    scale = max(table.scales[name] for name in names)
    lifted = [
        [value * 10 ** (scale - table.scales[name]) for value in table.ints(name)] for name in names
    ]
    rows = zip(table.time_us, *lifted, strict=True)
    return ((time_us, Candle(*prices)) for time_us, *prices in rows), scale


def drawn(shape: Picture, height: int) -> list[str]:
    """Lines of text, the highest price first; a gap is an empty column."""
    low, high = shape.low, shape.high
    step = max(1, -(-(high - low + 1) // height))
    lines = []
    for row in reversed(range(height)):
        bottom, top = low + row * step, low + (row + 1) * step
        cells = "".join(_cell(candle, bottom, top) for candle in shape.columns)
        label = shown(bottom, shape.scale) if row % 4 == 0 else ""
        lines.append(f"{label[: MARGIN - 1]:>{MARGIN - 1}} {cells}".rstrip())
    width = len(shape.columns)
    ends = shape.ends[:16]
    lines.append(f"{'':{MARGIN}}{shape.begins[:16]}{ends:>{max(len(ends) + 1, width - 16)}}")
    return lines


def _cell(candle: Candle | None, bottom: int, top: int) -> str:
    if candle is None or candle.low >= top or candle.high < bottom:
        return NONE
    least, most = sorted((candle.open, candle.close))
    return BODY if least < top and most >= bottom else WICK


def page(shape: Picture, known: Manifest) -> str:
    """A page that stands alone: the drawing, and what the manifest says."""
    title = f"{known.venue} {known.symbol} · {shape.kind} · {shape.begins} to {shape.ends}"
    gaps = [f"{g.begins} to {g.ends}: {g.missing:,} missing, {g.reason}" for g in known.gaps]
    facts = [f"Source: {known.source}. Licence: {known.licence}.", f"Gaps: {len(gaps)}.", *gaps]
    body = "".join(f"<p>{escape(fact)}</p>\n" for fact in facts)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style>\n<h1>{escape(title)}</h1>\n{svg(shape, title)}\n{body}</html>\n"
    )


STYLE = (
    "body{font:15px system-ui,sans-serif;margin:2rem;color-scheme:light dark}h1{font-size:1.1rem}"
    "svg{max-width:100%}.up{stroke:#197d5b;fill:#197d5b}.down{stroke:#b3364a;fill:#b3364a}"
    "text{font-size:12px;fill:currentColor}"
)


def svg(shape: Picture, title: str) -> str:
    """Candles, the lowest and the highest price beside them."""
    low, high = shape.low, shape.high
    across = (WIDTH - LEFT) / len(shape.columns)

    def y(price: int) -> float:
        return TOP + (high - price) / ((high - low) or 1) * (HEIGHT - TOP - BOTTOM)

    marks = [_mark(c, LEFT + (i + 0.5) * across, across, y) for i, c in enumerate(shape.columns)]
    labels = [
        f'<text x="{LEFT - 6}" y="{y(p) + 4:.1f}" text-anchor="end">{shown(p, shape.scale)}</text>'
        for p in (high, (high + low) // 2, low)
    ]
    times = (
        f'<text x="{LEFT}" y="{HEIGHT - 12}">{shape.begins[:16]}</text>'
        f'<text x="{WIDTH}" y="{HEIGHT - 12}" text-anchor="end">{shape.ends[:16]}</text>'
    )
    inner = "".join([*filter(None, marks), *labels, times])
    label = escape(title, quote=True)
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}">{inner}</svg>'


def _mark(candle: Candle | None, x: float, across: float, y: Callable[[int], float]) -> str:
    """A line from high to low and a body from open to close."""
    if candle is None:
        return ""
    top, bottom = y(max(candle.open, candle.close)), y(min(candle.open, candle.close))
    name = "up" if candle.close >= candle.open else "down"
    wide = max(0.6, across * 0.7)
    return (
        f'<g class="{name}"><path d="M{x:.1f} {y(candle.high):.1f}V{y(candle.low):.1f}"/>'
        f'<rect x="{x - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}" '
        f'height="{max(0.6, bottom - top):.1f}"/></g>'
    )
