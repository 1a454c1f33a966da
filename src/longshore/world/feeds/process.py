"""The synthetic market as a process: correlated prices, changing volatility, jumps, daily hours.

One step of any length, in integers. A return is kept at 10**-12, log-volatility at 10**-9. The feed
takes short steps and the world's past longer ones; both are this process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

import msgspec

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

SECOND_US = 1_000_000
SATURDAY = 2  # days since the first of January 1970, a Thursday, modulo 7
WEEKEND_DAYS = 2
_LOG_MAX_E9 = 2_000_000_000

JUMP_GREAT_OF = 20  # one jump in so many is great:
JUMP_GREAT_TIMES = 5
MARKET_VOL_PPM = 470_000

SETTING_MAX = 100_000_000
PRICE_MIN_SUBTICKS = 10_000
PRICE_MAX_SUBTICKS = 10**17
_DRAWS = 16  # steps of the stream kept for one step of the process


class ProcessTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a world's file may say of the process; what it does not say is an ordinary year."""

    vol_ppm: int = PPM  # multiplies every asset's volatility
    fast_s: int = 7_200  # how long a burst of volatility lasts
    slow_s: int = 345_600  # how long a calm or stormy spell lasts
    spread_ppm: int = 350_000  # stationary deviation of each of these two parts of log-volatility
    jumps_a_day: int = 4
    jump_ppm: int = 3_000  # a usual jump's deviation, at the market's usual volatility
    jump_stir_ppm: int = 400_000  # what a jump adds to the fast part of log-volatility
    weekend_ppm: int = PPM  # multiplies volatility on Saturdays and Sundays
    drift_day_ppm: int = 0  # what an asset wholly of the market gains a day
    storms_week: int = 0  # a second regime: how often in seven days it begins
    storm_s: int = 14_400  # how long it lasts
    storm_vol_ppm: int = 2_500_000  # what it multiplies volatility by
    storm_drift_day_ppm: int = 0

    @property
    def spread_e9(self) -> int:
        """The deviation of each part of log-volatility."""
        return self.spread_ppm * 1_000

    @property
    def mean_e9(self) -> int:
        """Added to log-volatility, it keeps the mean square of its exponential at one."""
        return -2 * self.spread_e9 * self.spread_e9 // E9


USUAL = ProcessTerms()


def checked(terms: ProcessTerms) -> ProcessTerms:
    """The terms. ValueError names what cannot be."""
    if min(terms.fast_s, terms.slow_s, terms.storm_s) < 1:
        raise ValueError("feed: fast_s, slow_s and storm_s are above zero")
    signed = {"drift_day_ppm", "storm_drift_day_ppm"}
    for key in terms.__struct_fields__:
        value = getattr(terms, key)
        if (value < 0 and key not in signed) or abs(value) > SETTING_MAX:
            raise ValueError(f"feed: {key} is {value}, too far from what can be")
    if terms.spread_ppm > PPM:
        raise ValueError("feed: spread_ppm is at most 1000000")
    return terms


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

    def __init__(self, assets: Sequence[Asset], key: int, terms: ProcessTerms = USUAL) -> None:
        """At the assets' first prices, with usual volatility; draws from the stream of `key`."""
        self.terms = terms
        self.storm = 0  # 1: in the second regime
        self.assets = tuple(assets)
        self.prices_subticks = [asset.price_subticks for asset in assets]
        self.fast_e9 = 0
        self.slow_e9 = 0
        self.step = 0
        self._key = key
        assert len(self.assets) <= _DRAWS - 6, "more assets than draws kept for a step"

    def advance(self, time_us: int, span_us: int) -> None:
        """One step of `span_us` that ends at `time_us`."""
        at = self.step * _DRAWS
        self.step += 1
        root_e9 = isqrt(span_us * E9 * E9 // YEAR_US)
        stir_ppm = self._stir(at, span_us) * hour_ppm(time_us) // PPM
        stir_ppm = stir_ppm * self._spell_ppm(at, time_us, span_us) // PPM
        drift_e12 = self._drift_e12(span_us)
        market_ppm = normal_ppm(self._key, at)
        jump_ppm = self._jump(at, span_us)
        for i, asset in enumerate(self.assets):
            own_ppm = normal_ppm(self._key, at + 5 + i)
            mixed = asset.market_ppm * market_ppm + asset.own_ppm * own_ppm  # at 10**-12
            change_e12 = asset.vol_ppm * root_e9 // 1_000 * stir_ppm // PPM * mixed // E12
            change_e12 += jump_ppm * asset.vol_ppm // MARKET_VOL_PPM * PPM
            change_e12 += drift_e12 * asset.market_ppm // PPM
            self.move(i, change_e12)

    def move(self, i: int, change_e12: int) -> None:
        """One price moved by a return."""
        price = self.prices_subticks[i]
        price += price * change_e12 // E12
        self.prices_subticks[i] = max(PRICE_MIN_SUBTICKS, min(PRICE_MAX_SUBTICKS, price))

    def _stir(self, at: int, span_us: int) -> int:
        """Both parts of log-volatility a step further, and the multiple they make, in ppm."""
        terms = self.terms
        fast, slow = (normal_ppm(self._key, at + part) for part in (1, 2))
        self.fast_e9 = self._reverted(self.fast_e9, span_us, terms.fast_s, fast)
        self.slow_e9 = self._reverted(self.slow_e9, span_us, terms.slow_s, slow)
        return exp_ppm(self.fast_e9 + self.slow_e9 + terms.mean_e9)

    def _reverted(self, value_e9: int, span_us: int, memory_s: int, draw_ppm: int) -> int:
        """An Ornstein-Uhlenbeck step: a part of the value is forgotten, a draw is added."""
        share_e9 = min(E9, span_us * E9 // (memory_s * SECOND_US))
        shock_e9 = self.terms.spread_e9 * isqrt(2 * share_e9 * E9) // E9
        return value_e9 - value_e9 * share_e9 // E9 + shock_e9 * draw_ppm // PPM

    def _spell_ppm(self, at: int, time_us: int, span_us: int) -> int:
        """The multiple of volatility of the regime and the weekday; regimes change by chance."""
        terms = self.terms
        if terms.storms_week:
            chance = uniform(self._key, at + _DRAWS - 1, 7 * DAY_US)
            often = 7 * DAY_US // (terms.storm_s * SECOND_US) if self.storm else terms.storms_week
            self.storm ^= int(chance < often * span_us)
        day = time_us // DAY_US % 7
        weekend_ppm = terms.weekend_ppm if SATURDAY <= day < SATURDAY + WEEKEND_DAYS else PPM
        return weekend_ppm * terms.storm_vol_ppm // PPM if self.storm else weekend_ppm

    def _drift_e12(self, span_us: int) -> int:
        """What prices gain in a step besides chance."""
        terms = self.terms
        day_ppm = terms.storm_drift_day_ppm if self.storm else terms.drift_day_ppm
        return day_ppm * PPM * span_us // DAY_US

    def _jump(self, at: int, span_us: int) -> int:
        """The size of a jump in this step in ppm, nearly always zero; one stirs up volatility."""
        chance = uniform(self._key, at + 3, DAY_US)
        if chance >= self.terms.jumps_a_day * span_us:
            return 0
        self.fast_e9 += self.terms.jump_stir_ppm * 1_000
        great = chance % JUMP_GREAT_OF == 0
        size_ppm = self.terms.jump_ppm * (JUMP_GREAT_TIMES if great else 1)
        return size_ppm * normal_ppm(self._key, at + 4) // PPM


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
