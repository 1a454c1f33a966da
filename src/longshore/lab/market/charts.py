"""What the report draws: the world beside recordings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from longshore.lab.market import measures, stats
from longshore.lab.market.plot import Chart, Line
from longshore.lab.market.tape import MINUTE_S, Floats, Tape, floats

LAGS = range(1, 31)
METAS_MIN = 18
REAL_MAX = 3
"""Recordings in one chart: more would hide the world."""


def charts(world: Tape, recorded: Sequence[Tape]) -> Iterator[Chart]:
    """All that have something to show."""
    both = [world, *recorded]
    yield prices(world)
    yield Chart(
        "Returns by how rare they are", "size, in deviations", "share that is larger",
        tuple(_each(both, "tails")), powers=True,
    )  # fmt: skip
    yield Chart(
        "Autocorrelation of the sizes of returns", "lag, min", "",
        tuple(_each(both, "clustering")),
    )  # fmt: skip
    yield Chart(
        "Spread by how often it is exceeded", "share of time", "bp", tuple(_each(both, "spread"))
    )
    yield Chart(
        "Depth by how often it is exceeded", "share of time", "dollars within 10 bp",
        tuple(_each(both, "depth")),
    )  # fmt: skip
    yield impact(world, recorded)
    yield Chart("Autocorrelation of takers' sides", "lag, trades", "", tuple(_each(both, "sides")))
    yield basis(world)
    yield Chart(
        "An hour's premium by how often it is exceeded", "share of hours", "bp",
        tuple(_each(both, "premium")),
    )  # fmt: skip
    yield liquidations(world)
    yield Chart(
        "By how much the perpetual leads", "five minutes, in order", "deviations of chance",
        tuple(_each(both, "leads")),
    )  # fmt: skip


def _each(both: Sequence[Tape], what: str) -> Iterator[Line]:
    """The world's line and the first few recordings'."""
    drawn = 0
    for place, tape in enumerate(both):
        x, y = SHAPES[what](tape)
        if x.size and (place == 0 or drawn < REAL_MAX):
            drawn += place > 0
            yield Line(tape.name, x, y, f"real{drawn}" if place else "sim")


def _nothing() -> tuple[Floats, Floats]:
    return floats([]), floats([])


def _tails(tape: Tape) -> tuple[Floats, Floats]:
    made = measures.minute_returns(tape)
    if not made.size:
        return _nothing()
    sizes = np.sort(np.abs(made) / made.std())
    return sizes, 1 - np.arange(sizes.size) / sizes.size


def _clustering(tape: Tape) -> tuple[Floats, Floats]:
    made = np.abs(measures.minute_returns(tape))
    if not made.size:
        return _nothing()
    return floats(LAGS), floats([stats.autocorrelation(made, lag) for lag in LAGS])


def _sides(tape: Tape) -> tuple[Floats, Floats]:
    track = tape.any()
    if track is None or track.trade_usd.size < measures.TRADES_MIN:
        return _nothing()
    signs = np.sign(track.trade_usd)
    return floats(LAGS), floats([stats.autocorrelation(signs, lag) for lag in LAGS])


def _exceeded(values: Iterable[float]) -> tuple[Floats, Floats]:
    """Values from the greatest down, over the share of moments that exceed them."""
    made = floats(list(values))
    made = np.sort(made[np.isfinite(made)])[::-1]
    return (np.arange(made.size) + 0.5) / max(1, made.size), made


def _of_track(tape: Tape, field: str) -> tuple[Floats, Floats]:
    track = tape.any()
    return _nothing() if track is None else _exceeded(getattr(track, field))


def _leads(tape: Tape) -> tuple[Floats, Floats]:
    made = measures.leads(tape)
    return floats(range(made.size)), made


SHAPES = {
    "tails": _tails,
    "clustering": _clustering,
    "spread": lambda tape: _of_track(tape, "spread_bp"),
    "depth": lambda tape: _of_track(tape, "depth_usd"),
    "sides": _sides,
    "premium": lambda tape: _exceeded(tape.premium_hours * 10_000),
    "leads": _leads,
}


def prices(world: Tape) -> Chart:
    """The main market's mids by the minute."""
    track = world.any()
    closes = floats([]) if track is None else track.closes()
    line = Line(world.name, floats(range(closes.size)) / 60, closes)
    return Chart("Price", "hours", "dollars", (line,))


def impact(world: Tape, recorded: Sequence[Tape]) -> Chart:
    """Large orders in bins of size, and a root through the middle of them."""
    sizes, effects = measures.meta_sizes(world)
    lines = []
    if sizes.size >= METAS_MIN:
        x, y, _ = stats.binned(sizes, effects, 6)
        lines.append(Line("large orders", x, y, "sim", dots=True))
        scale = float(np.nanmedian(y / np.sqrt(x)))
        lines.append(Line("root of size", x, scale * np.sqrt(x), "guide"))
    return Chart(
        "What a large order moves", "size over the mean", "move over the mean", tuple(lines),
        powers=True,
    )  # fmt: skip


def basis(world: Tape) -> Chart:
    """Perpetual over index by the minute."""
    apart = measures.basis(world.main()) * 10_000
    return Chart("Basis", "min", "bp", (Line(world.name, floats(range(apart.size)), apart),))


def liquidations(world: Tape) -> Chart:
    """Their number by the minute."""
    times = world.liquidation_s
    if not times.size:
        return Chart("Liquidations", "min", "", ())
    counts = np.bincount(((times - times.min()) // MINUTE_S).astype(np.int64)).astype(np.float64)
    return Chart(
        "Liquidations a minute", "min", "", (Line("", floats(range(counts.size)), counts),)
    )
