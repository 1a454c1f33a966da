"""The figures that the facts are judged by: each takes a tape and gives a number, or none."""

from __future__ import annotations

import numpy as np

from longshore.lab.market import stats
from longshore.lab.market.tape import MINUTE_S, Floats, Tape, Track, floats, none

NAN = float("nan")
RETURNS_MIN = 60
TRADES_MIN = 200
FLOW_LAGS = (1, 20)  # trades
FLOW_WINDOW_S = 10.0
LEAD_WINDOW_S = 300.0
LEAD_STEP_S = 1.0
LEAD_CLEAR = 2.0  # deviations of what chance alone would give
INTEREST = 0.0001  # what eight hours of funding come to where the premium is small
CLAMP = 0.0005  # how far a premium may be from the interest and not be noticed
CASCADE_WINDOW_S = 60.0


def minute_returns(tape: Tape) -> Floats:
    """Returns of the main market by the minute, or by its bars where those are longer."""
    track = tape.any()
    if track is None:
        return none()
    made = stats.returns(track.closes())
    return made if made.size >= RETURNS_MIN else none()


def kurtosis(tape: Tape) -> float:
    """Excess kurtosis of returns."""
    made = minute_returns(tape)
    return stats.excess_kurtosis(made) if made.size else NAN


def tail(tape: Tape) -> float:
    """Exponent of the tail of returns."""
    made = minute_returns(tape)
    return stats.hill(made) if made.size else NAN


def clustering(tape: Tape) -> float:
    """Mean autocorrelation of the sizes of returns over the next ten."""
    made = minute_returns(tape)
    return stats.mean_autocorrelation(np.abs(made), 1, 10) if made.size else NAN


def memory(tape: Tape) -> float:
    """Autocorrelation of returns with the next one."""
    made = minute_returns(tape)
    return stats.autocorrelation(made, 1) if made.size else NAN


def spread(tape: Tape) -> float:
    """Median spread in basis points."""
    return _median(tape, "spread_bp")


def spread_wide(tape: Tape) -> float:
    """The spread that one in twenty moments exceeds, in basis points."""
    track = tape.any()
    seen = none() if track is None else track.spread_bp
    return float(np.nanpercentile(seen, 95)) if seen.size else NAN


def depth(tape: Tape) -> float:
    """Median of what rests within ten basis points a side, in dollars; whole books only."""
    track = tape.any()
    if track is None or not track.has_book() or tape.name.startswith("kraken"):
        return NAN
    return float(np.nanmedian(track.depth_usd))


def slippage(tape: Tape) -> float:
    """Median cost of taking 10,000 dollars, in basis points from the mid."""
    return _median(tape, "slippage_bp")


def _median(tape: Tape, field: str) -> float:
    track = tape.any()
    seen = none() if track is None else getattr(track, field)
    return float(np.nanmedian(seen)) if seen.size else NAN


def meta_sizes(tape: Tape) -> tuple[Floats, Floats]:
    """Large orders over the mean of their market, and how far each moved its price, so scaled."""
    sizes, effects = [none()], [none()]
    for symbol in sorted({meta.symbol for meta in tape.metas}):
        usd = np.array([meta.usd for meta in tape.metas if meta.symbol == symbol])
        moved = np.array([meta.moved for meta in tape.metas if meta.symbol == symbol])
        sizes.append(usd / usd.mean())
        effects.append(moved / (np.abs(moved).mean() or 1.0))
    return np.concatenate(sizes), np.concatenate(effects)


def meta_impact(tape: Tape) -> float:
    """Exponent of what a large order moves the price on its size."""
    return stats.power(*meta_sizes(tape), bins=6)


def flows(tape: Tape) -> tuple[Floats, Floats]:
    """Net value taken in windows of ten seconds, without sign, and how far the mid went with it."""
    track = tape.any()
    if track is None or track.trade_s.size < TRADES_MIN:
        return none(), none()
    per = round(FLOW_WINDOW_S / track.step_s)
    ends = track.mid[::per]
    moved = np.diff(np.log(ends))
    place = ((track.trade_s - track.start_s) // FLOW_WINDOW_S).astype(np.int64)
    within = (place >= 0) & (place < moved.size)
    net = np.bincount(place[within], track.trade_usd[within], minlength=moved.size)
    seen = np.isfinite(moved) & (net != 0)
    return np.abs(net[seen]), (moved * np.sign(net))[seen]


def flow_impact(tape: Tape) -> float:
    """Exponent of a ten seconds' move on its net flow."""
    return stats.power(*flows(tape), bins=6)


def flow_memory(tape: Tape) -> float:
    """Mean autocorrelation of the sides of takers over the next twenty trades."""
    track = tape.any()
    if track is None or track.trade_usd.size < TRADES_MIN:
        return NAN
    return stats.mean_autocorrelation(np.sign(track.trade_usd), *FLOW_LAGS)


def basis(track: Track | None) -> Floats:
    """The perpetual over its index, less one, by the minute."""
    if track is None or not track.index.size:
        return none()
    per = max(1, round(MINUTE_S / track.step_s))
    apart = (track.mid / track.index - 1)[::per]
    return apart[np.isfinite(apart)]


def basis_spread(tape: Tape) -> float:
    """Standard deviation of the basis in basis points, or of hours' means where only those are."""
    apart = basis(tape.main())
    if not tape.tracks:
        apart = tape.premium_hours
    return float(apart.std()) * 10_000 if apart.size >= RETURNS_MIN else NAN


def basis_half_life(tape: Tape) -> float:
    """In how many minutes half of a deviation of the basis is gone."""
    track = tape.main()
    apart = basis(track)
    if track is None or apart.size < RETURNS_MIN:
        return NAN
    return stats.half_life(apart, max(MINUTE_S, track.step_s)) / MINUTE_S


def clamped(tape: Tape) -> float:
    """The share of hours whose premium is so small that funding is the interest."""
    seen = tape.premium_hours
    return float((np.abs(seen - INTEREST) <= CLAMP).mean()) if seen.size else NAN


def burst(tape: Tape) -> float:
    """The greatest distance of an hour's premium from the interest, in widths of the clamp."""
    seen = tape.premium_hours
    return float(np.abs(seen - INTEREST).max()) / CLAMP if seen.size else NAN


def cascading(tape: Tape) -> float:
    """How many liquidations a liquidation brings about, by how they bunch in minutes."""
    return stats.branching(tape.liquidation_s, CASCADE_WINDOW_S)


def leads(tape: Tape) -> Floats:
    """By window of five minutes: how clearly the perpetual leads its spot market, or lags it."""
    perp, spot = tape.main(), tape.main(perpetual=False)
    if perp is None or spot is None or perp.step_s > LEAD_STEP_S:
        return none()
    start_s = max(perp.start_s, spot.start_s)
    a, b = (_changes(track, start_s) for track in (perp, spot))
    size = round(LEAD_WINDOW_S / LEAD_STEP_S)
    chance = float(np.sqrt(6 / size))
    made = [
        stats.lead(a[at : at + size], b[at : at + size]) / chance
        for at in range(0, min(a.size, b.size) - size + 1, size)
        if np.isfinite(a[at : at + size]).all() and np.isfinite(b[at : at + size]).all()
    ]
    return floats(made)


def _changes(track: Track, start_s: float) -> Floats:
    """By the second, from a time on that all tracks have reached."""
    first = round((start_s - track.start_s) / track.step_s)
    return np.diff(np.log(track.mid[first :: round(LEAD_STEP_S / track.step_s)]))


def lead_clear(tape: Tape) -> float:
    """The share of windows in which one market clearly leads."""
    made = leads(tape)
    return float((np.abs(made) > LEAD_CLEAR).mean()) if made.size else NAN


def lead_perpetual(tape: Tape) -> float:
    """Of those, the share in which it is the perpetual."""
    made = leads(tape)
    clear = made[np.abs(made) > LEAD_CLEAR]
    return float((clear > 0).mean()) if clear.size else NAN
