"""The synthetic market's settings, fitted to recorded bars, and how far the fit goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from longshore.lab.market import stats
from longshore.lab.market.recordings import DataError, bars
from longshore.lab.market.tape import Floats, Track, floats
from longshore.world.feeds.process import (
    HOURS_PPM,
    JUMP_GREAT_OF,
    JUMP_GREAT_TIMES,
    SATURDAY,
    WEEKEND_DAYS,
    Asset,
    Process,
    ProcessTerms,
)
from longshore.world.feeds.sim import DEFAULTS
from longshore.world.random import PPM

DAY_S = 86_400
YEAR_S = 365 * DAY_S
BARS_MIN = 1_000
LOCAL_BARS = 60
JUMP_FROM = 8.0  # times the usual size of the bars around
MEDIAN_OF_NORMAL = 0.6745
FAST_S = (600, 1_200, 2_400, 4_800, 7_200, 14_400)
SLOW_DAYS = (0.5, 1, 2, 4, 8)
SPREAD_MOST_PPM = 700_000
WEEKEND_DAYS_MIN = 13
START_PRICE = 10**14
STREAM_KEY = 7
FIGURES: dict[str, Callable[[Floats, float], float]] = {
    "volatility a year": lambda r, step_s: float(np.sqrt((r**2).mean() * YEAR_S / step_s)),
    "excess kurtosis": lambda r, step_s: stats.excess_kurtosis(r),
    "tail exponent": lambda r, step_s: stats.hill(r),
    "autocorrelation of sizes, lags 1 to 10": lambda r, step_s: stats.mean_autocorrelation(
        np.abs(r), 1, 10
    ),
    "autocorrelation of sizes, lags 50 to 60": lambda r, step_s: stats.mean_autocorrelation(
        np.abs(r), 50, 60
    ),
    "autocorrelation of returns, lag 1": lambda r, step_s: stats.autocorrelation(r, 1),
    "greatest return, %": lambda r, step_s: float(np.abs(r).max()) * 100,
}


@dataclass(frozen=True)
class Fit:
    """Settings, and figures of the data beside those of a run of the fitted process."""

    name: str
    asset: str
    bars: int
    settings: dict[str, int]
    figures: list[tuple[str, float, float]]


def fit(path: Path, asset: str = "XBT", since: str = "", until: str = "") -> Fit:
    """Fit a file of bars, or those of its bars from one time to another. Raises DataError."""
    if asset not in DEFAULTS:
        raise DataError(f"no asset {asset!r}; there are: {', '.join(DEFAULTS)}")
    try:
        track = _cut(bars(path), since, until)
    except (OSError, EOFError, KeyError, ValueError, IndexError) as error:
        raise DataError(f"{path}: {error or type(error).__name__}") from error
    made = stats.returns(track.mid)
    if made.size < BARS_MIN:
        raise DataError(f"{path}: {made.size} bars; at least {BARS_MIN} are needed")
    settings = fitted(track, DEFAULTS[asset][1])
    run = simulated(settings, asset, track)
    figures = [(key, f(made, track.step_s), f(run, track.step_s)) for key, f in FIGURES.items()]
    return Fit(path.name.removesuffix(".csv.gz"), asset, made.size, settings, figures)


def _cut(track: Track, since: str, until: str) -> Track:
    """The bars between two moments, each a date or a time."""
    times = track.start_s + track.step_s * np.arange(track.mid.size)
    low = _moment(since) if since else -np.inf
    high = _moment(until) if until else np.inf
    keep = (times >= low) & (times < high)
    if not keep.any():
        raise ValueError("no bars in this time")
    start_s = float(times[keep][0])
    return Track(track.symbol, track.base, track.perpetual, start_s, track.step_s, track.mid[keep])


def _moment(text: str) -> float:
    """A day or a moment, UTC where it names no zone."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def fitted(track: Track, usual_vol_ppm: int) -> dict[str, int]:
    """The settings: jumps are taken out first, then the hours, then two memories are fitted."""
    changes = np.diff(np.log(track.mid))
    seen = np.isfinite(changes)
    times = floats((track.start_s + track.step_s * np.arange(1, track.mid.size))[seen])
    made = changes[seen]
    jumps = np.abs(made) > JUMP_FROM * _local(made)
    days = made.size * track.step_s / DAY_S
    even = made / _hours(times)
    weekend = (times // DAY_S % 7 >= SATURDAY) & (times // DAY_S % 7 < SATURDAY + WEEKEND_DAYS)
    settings: dict[str, int] = {}
    if days >= WEEKEND_DAYS_MIN:
        ratio = min(1.5, float(np.std(even[weekend & ~jumps]) / np.std(even[~weekend & ~jumps])))
        even = np.where(weekend, even / ratio, even)
        settings["weekend_ppm"] = round(ratio * PPM)
    calm = even[~jumps]
    vol = float(np.sqrt((calm**2).mean() * YEAR_S / track.step_s))
    settings["vol_ppm"] = round(vol * PPM / usual_vol_ppm * PPM)
    settings |= _memories(np.log(np.abs(calm[calm != 0])), track.step_s)
    settings |= _jump_settings(made[jumps], days, vol * PPM)
    settings["drift_day_ppm"] = round(float(made.sum()) / days * PPM)
    return settings


def _local(made: Floats) -> Floats:
    """The usual size of the bars around each, by the median of its hour or so."""
    blocks = [made[at : at + LOCAL_BARS] for at in range(0, made.size, LOCAL_BARS)]
    sizes = [float(np.median(np.abs(block))) / MEDIAN_OF_NORMAL for block in blocks]
    floor = float(np.median(np.abs(made))) / MEDIAN_OF_NORMAL / 4
    return np.repeat(np.maximum(sizes, floor), [block.size for block in blocks])


def _hours(times: Floats) -> Floats:
    """The multiple of the hour of each time."""
    return floats(HOURS_PPM)[(times // 3_600 % 24).astype(np.int64)] / PPM


def _jump_settings(jumps: Floats, days: float, vol_ppm: float) -> dict[str, int]:
    """How often, and how large at the market's usual volatility; some are great."""
    if not jumps.size:
        return {"jumps_a_day": 0}
    great = (JUMP_GREAT_OF - 1 + JUMP_GREAT_TIMES**2) / JUMP_GREAT_OF
    size = float(np.sqrt((jumps**2).mean() / great)) / (vol_ppm / DEFAULTS["XBT"][1])
    return {"jumps_a_day": max(1, round(jumps.size / days)), "jump_ppm": round(size * PPM)}


def _memories(sizes: Floats, step_s: float) -> dict[str, int]:
    """Deviation of the two parts of log-volatility, and how long each lasts.

    The covariance of logarithms of sizes is that of log-volatility alone at every lag above zero:
    s² (exp(−lag / fast) + exp(−lag / slow)).
    """
    apart = sizes - sizes.mean()
    top = max(2, int(min(sizes.size // 4, 2 * DAY_S / step_s)))
    lags = np.unique(np.geomspace(1, top, 40).astype(np.int64))
    seen = floats([(apart[:-lag] * apart[lag:]).mean() for lag in lags])
    best, least = (FAST_S[0], SLOW_DAYS[0], 0.0), float("inf")
    for fast_s in FAST_S:
        for slow_days in SLOW_DAYS:
            shape = np.exp(-lags * step_s / fast_s) + np.exp(-lags * step_s / slow_days / DAY_S)
            square = max(0.0, float((shape * seen).sum() / (shape**2).sum()))
            left = float(((seen - square * shape) ** 2).sum())
            if left < least:
                best, least = (fast_s, slow_days, square), left
    fast_s, slow_days, square = best
    return {
        "fast_s": int(fast_s),
        "slow_s": round(slow_days * DAY_S),
        "spread_ppm": min(SPREAD_MOST_PPM, round(float(np.sqrt(square)) * PPM)),
    }


def simulated(settings: Mapping[str, int], asset: str, track: Track) -> Floats:
    """Returns of the fitted process over as many bars, from a seed of its own."""
    terms = ProcessTerms(**settings)
    vol_ppm = DEFAULTS[asset][1] * terms.vol_ppm // PPM
    process = Process([Asset(1, START_PRICE, vol_ppm, PPM)], STREAM_KEY, terms)
    step_us = round(track.step_s * PPM)
    start_us = round(track.start_s * PPM)
    prices = []
    for step in range(track.mid.size):
        process.advance(start_us + step * step_us, step_us)
        prices.append(process.prices_subticks[0])
    return stats.returns(floats(prices))


def preset_text(fit: Fit, about: str) -> str:
    """The file a scenario's feed names as its preset."""
    lines = [f"# {about}", f"# {fit.bars:,} bars of {fit.name}; `longshore fit`.", "", "[settings]"]
    lines += [f"{key} = {value}" for key, value in fit.settings.items()]
    lines += ["", "[figures] # of the data, of the fit"]
    lines += [f'"{key}" = [{data:.4g}, {run:.4g}]' for key, data, run in fit.figures]
    return "\n".join(lines) + "\n"
