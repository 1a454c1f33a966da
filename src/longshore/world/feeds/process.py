"""The synthetic market as a process: correlated prices, changing volatility, jumps, daily hours.

One step of any length, in integers. A return is kept at 10**-12, log-volatility at 10**-9. The feed
takes short steps and the world's past longer ones; both are this process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from longshore.world.random import PPM, normal_ppm, uniform

E9 = 1_000_000_000
E12 = 1_000_000_000_000
DAY_US = 86_400_000_000
HOUR_US = 3_600_000_000
YEAR_US = 365 * DAY_US

# The 24 hours of a UTC day as multiples of the mean volatility, in ppm: quiet before Europe wakes,
# liveliest when New York opens.
HOURS_PPM = (
    950_000, 900_000, 870_000, 830_000, 800_000, 800_000, 840_000, 920_000,
    980_000, 1_000_000, 980_000, 970_000, 1_050_000, 1_250_000, 1_400_000, 1_350_000,
    1_250_000, 1_130_000, 1_050_000, 1_000_000, 1_000_000, 960_000, 930_000, 940_000,
)  # fmt: skip

FAST_US = 2 * HOUR_US  # how long a burst of volatility lasts
SLOW_US = 4 * DAY_US  # how long a calm or stormy spell lasts
SPREAD_E9 = 350_000_000  # stationary deviation of each of the two parts of log-volatility
_MEAN_E9 = -2 * SPREAD_E9 * SPREAD_E9 // E9  # keeps the mean square of exp(log-volatility) at one
_LOG_MAX_E9 = 2_000_000_000

JUMPS_A_DAY = 4
JUMP_PPM = 3_000  # the usual jump's deviation, of the price of an asset of the market's volatility
JUMP_GREAT_OF = 20  # one jump in so many is great:
JUMP_GREAT_TIMES = 5
JUMP_STIR_E9 = 400_000_000  # what a jump adds to the fast part of log-volatility
MARKET_VOL_PPM = 470_000

PRICE_MIN_SUBTICKS = 10_000
PRICE_MAX_SUBTICKS = 10**17
_DRAWS = 16  # steps of the stream kept for one step of the process


@dataclass(frozen=True, slots=True)
class Asset:
    """One asset's part: its volatility a year, and how much of it is the whole market's."""

    asset_id: int
    price_subticks: int
    vol_ppm: int
    market_ppm: int

    @property
    def own_ppm(self) -> int:
        """The part that is its own, so that the squares of both add up to one."""
        return isqrt(PPM * PPM - self.market_ppm * self.market_ppm)


class Process:
    """Prices of several assets and the volatility they share."""

    def __init__(self, assets: Sequence[Asset], key: int) -> None:
        """At the assets' first prices, with usual volatility; draws from the stream of `key`."""
        self.assets = tuple(assets)
        self.prices_subticks = [asset.price_subticks for asset in assets]
        self.fast_e9 = 0
        self.slow_e9 = 0
        self.step = 0
        self._key = key
        assert len(self.assets) <= _DRAWS - 5, "more assets than draws kept for a step"

    def advance(self, time_us: int, span_us: int) -> None:
        """One step of `span_us` that ends at `time_us`."""
        at = self.step * _DRAWS
        self.step += 1
        root_e9 = isqrt(span_us * E9 * E9 // YEAR_US)
        stir_ppm = self._stir(at, span_us) * hour_ppm(time_us) // PPM
        market_ppm = normal_ppm(self._key, at)
        jump_ppm = self._jump(at, span_us)
        for i, asset in enumerate(self.assets):
            own_ppm = normal_ppm(self._key, at + 5 + i)
            mixed = asset.market_ppm * market_ppm + asset.own_ppm * own_ppm  # at 10**-12
            change_e12 = asset.vol_ppm * root_e9 // 1_000 * stir_ppm // PPM * mixed // E12
            change_e12 += jump_ppm * asset.vol_ppm // MARKET_VOL_PPM * PPM
            self._move(i, change_e12)

    def _move(self, i: int, change_e12: int) -> None:
        """One price moved by a return."""
        price = self.prices_subticks[i]
        price += price * change_e12 // E12
        self.prices_subticks[i] = max(PRICE_MIN_SUBTICKS, min(PRICE_MAX_SUBTICKS, price))

    def _stir(self, at: int, span_us: int) -> int:
        """Both parts of log-volatility a step further, and the multiple they make, in ppm."""
        self.fast_e9 = _reverted(self.fast_e9, span_us, FAST_US, normal_ppm(self._key, at + 1))
        self.slow_e9 = _reverted(self.slow_e9, span_us, SLOW_US, normal_ppm(self._key, at + 2))
        return exp_ppm(self.fast_e9 + self.slow_e9 + _MEAN_E9)

    def _jump(self, at: int, span_us: int) -> int:
        """The size of a jump in this step in ppm, nearly always zero; one stirs up volatility."""
        chance = uniform(self._key, at + 3, DAY_US)
        if chance >= JUMPS_A_DAY * span_us:
            return 0
        self.fast_e9 += JUMP_STIR_E9
        great = chance % JUMP_GREAT_OF == 0
        size_ppm = JUMP_PPM * JUMP_GREAT_TIMES if great else JUMP_PPM
        return size_ppm * normal_ppm(self._key, at + 4) // PPM


def _reverted(value_e9: int, span_us: int, memory_us: int, draw_ppm: int) -> int:
    """An Ornstein-Uhlenbeck step: a part of the value is forgotten, a draw is added."""
    share_e9 = min(E9, span_us * E9 // memory_us)
    shock_e9 = SPREAD_E9 * isqrt(2 * share_e9 * E9) // E9
    return value_e9 - value_e9 * share_e9 // E9 + shock_e9 * draw_ppm // PPM


def exp_ppm(log_e9: int) -> int:
    """e to a small power, in ppm, as (1 + x/64) to the 64th; the power is cut to ± 2."""
    x = max(-_LOG_MAX_E9, min(_LOG_MAX_E9, log_e9))
    value_e12 = E12 + x * 1_000 // 64
    for _ in range(6):
        value_e12 = value_e12 * value_e12 // E12
    return value_e12 // PPM


def hour_ppm(time_us: int) -> int:
    """The hour's multiple of volatility, on a straight line from this hour's to the next's."""
    hour, rest_us = divmod(time_us % DAY_US, HOUR_US)
    here, there = HOURS_PPM[hour], HOURS_PPM[(hour + 1) % 24]
    return here + (there - here) * rest_us // HOUR_US
