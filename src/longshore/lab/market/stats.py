"""Estimators that the facts are measured with, each a few lines over arrays."""

from __future__ import annotations

import numpy as np

from longshore.lab.market.tape import Floats, floats

EVENTS_MIN = 10


def returns(closes: Floats) -> Floats:
    """Logarithmic changes from each price to the next; none across a gap."""
    changes = np.diff(np.log(closes))
    return changes[np.isfinite(changes)]


def excess_kurtosis(values: Floats) -> float:
    """Fourth moment over the square of the second, less the three of a normal distribution."""
    apart = values - values.mean()
    square = float((apart**2).mean())
    return float((apart**4).mean()) / square**2 - 3 if square > 0 else 0.0


def hill(values: Floats, part: float = 0.05) -> float:
    """Exponent of the tail of sizes, by Hill, over the largest `part` of them."""
    sizes = np.sort(np.abs(values))[::-1]
    count = max(5, int(sizes.size * part))
    if sizes.size <= count or sizes[count] <= 0:
        return float("nan")
    return 1 / float(np.log(sizes[:count] / sizes[count]).mean())


def correlation(a: Floats, b: Floats) -> float:
    """Of two rows of the same length; zero where one does not change."""
    a, b = a - a.mean(), b - b.mean()
    sizes = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum()) / sizes if sizes > 0 else 0.0


def autocorrelation(values: Floats, lag: int) -> float:
    """With itself, `lag` places later."""
    return correlation(values[:-lag], values[lag:]) if values.size > lag + 2 else float("nan")


def mean_autocorrelation(values: Floats, first: int, last: int) -> float:
    """The mean over lags."""
    return float(np.mean([autocorrelation(values, lag) for lag in range(first, last + 1)]))


def half_life(values: Floats, step_s: float) -> float:
    """In how many seconds half of a distance from the mean is gone; infinity: never.

    By the slope of each value on the one before.
    """
    apart = values - values.mean()
    before = float((apart[:-1] ** 2).sum())
    kept = float((apart[:-1] * apart[1:]).sum()) / before if before > 0 else 1.0
    if kept <= 0:
        return step_s / 2
    return step_s * float(np.log(0.5) / np.log(kept)) if kept < 1 else float("inf")


def power(sizes: Floats, effects: Floats, bins: int = 8) -> float:
    """The exponent d of effect ~ size**d, through the means of bins of equal count.

    A bin whose mean effect is not above zero counts in the fit of least squares, which is over
    effects and not over their logarithms, so that noise does not choose the bins.
    """
    if sizes.size < bins * 3:
        return float("nan")
    x, y, weight = binned(sizes, effects, bins)
    best, least = float("nan"), float("inf")
    for exponent in np.arange(0.0, 1.5001, 0.01):
        shape = x**exponent
        scale = float((weight * shape * y).sum() / (weight * shape**2).sum())
        left = float((weight * (y - scale * shape) ** 2).sum())
        if scale > 0 and left < least:
            best, least = float(exponent), left
    return best


def binned(sizes: Floats, effects: Floats, bins: int = 8) -> tuple[Floats, Floats, Floats]:
    """Means of size and effect in bins of equal count, and how sure each mean effect is."""
    order = np.argsort(sizes)
    groups = np.array_split(order, bins)
    x = floats([sizes[group].mean() for group in groups])
    y = floats([effects[group].mean() for group in groups])
    noise = floats([effects[group].var() / group.size for group in groups])
    floor = max(float(noise.mean()) * 0.05, 1e-18)
    return x, y, 1 / np.maximum(noise, floor)


def branching(times_s: Floats, window_s: float) -> float:
    """How many events an event brings about, from how uneven their counts are.

    For events that set off others with probability n, variance over mean of counts in long windows
    is 1 / (1 - n)**2; independent events have n = 0.
    """
    if times_s.size < EVENTS_MIN:
        return float("nan")
    first = float(times_s.min())
    counts = np.bincount(((times_s - first) // window_s).astype(np.int64))
    uneven = float(counts.var() / counts.mean())
    return max(0.0, 1 - 1 / float(np.sqrt(uneven))) if uneven > 0 else 0.0


def lead(first: Floats, second: Floats, lags: int = 3) -> float:
    """How much more the first's returns tell of the second's to come than the other way round."""
    ahead = [correlation(first[:-lag], second[lag:]) for lag in range(1, lags + 1)]
    behind = [correlation(second[:-lag], first[lag:]) for lag in range(1, lags + 1)]
    return float(np.sum(ahead) - np.sum(behind))
