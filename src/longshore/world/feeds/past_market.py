"""One market's past beside its index: premium, volumes, last trades, funding rates."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from longshore.engine.codes import MarketKind, Side
from longshore.engine.funding import lot_pays_parts
from longshore.engine.rates import interval_rate_e18, paid_rate_e18
from longshore.engine.rows import Market
from longshore.engine.value import has_funding
from longshore.world.feeds.candles import HOUR_S, MINUTE_S, SECOND_US, Candle, Stretches
from longshore.world.feeds.past_index import DAYS
from longshore.world.feeds.process import DAY_US, HOUR_US
from longshore.world.random import PPM, normal_ppm, stream_key, uniform

PREMIUM_MEAN_PPM = 40  # what longs usually pay for
PREMIUM_STEP_PPM = 25  # the deviation of what an hour adds
PREMIUM_KEPT_OF_16 = 15  # and how much of the last hour's distance from the mean is left
PREMIUM_FADES_H = 3  # so many hours lead to none in the last whole hour: see `_wandering`

TURNOVER_A_MINUTE_ATOMS = 75_000 * 10**8
TRADE_ATOMS = 2_000 * 10**8
TRADES_MINUTES = 20  # the last trades are those of so many minutes,
TRADES_A_MINUTE = 5  # so many in each

E18_IN_PPM = 10**12
MICRO = 10**6
SUBTICKS = 10**10  # of one dollar


@dataclass(frozen=True, slots=True)
class PastTrade:
    """One match of the past; `side` is the taker's."""

    time_us: int
    side: int
    price_ticks: int
    qty_lots: int


@dataclass(frozen=True, slots=True)
class PastFunding:
    """The rate of the interval that began at `start_us`, and what one long lot paid over it."""

    start_us: int
    rate_e18: int
    index_subticks: int
    mark_subticks: int
    lot_parts: int


@dataclass(frozen=True, slots=True)
class MarketPast:
    """One market's past: candles by length in seconds, oldest first, the unfinished one last."""

    market_id: int
    trade: dict[int, list[Candle]]
    mark: dict[int, list[Candle]]
    index: dict[int, list[Candle]]
    trades: list[PastTrade] = field(default_factory=list)
    funding: list[PastFunding] = field(default_factory=list)


class Premium:
    """A perpetual's distance from its index over the past, hour by hour; a spot market has none."""

    def __init__(self, market: Market, seed: int, start_us: int) -> None:
        """Drawn from the market's own stream; nothing at the world's start."""
        self._from_us = start_us - start_us % DAY_US - DAYS * DAY_US
        hours = (start_us - self._from_us) // HOUR_US + 2
        key = stream_key(seed, f"past premium of market {market.market_id}")
        self._hours_ppm = [0] * hours
        if market.kind != MarketKind.SPOT:
            self._hours_ppm = _wandering(key, hours)

    def at_ppm(self, time_us: int) -> int:
        """The premium at a time, on a straight line between two hours."""
        hour, rest_us = divmod(time_us - self._from_us, HOUR_US)
        here, there = self._hours_ppm[hour], self._hours_ppm[hour + 1]
        return here + (there - here) * rest_us // HOUR_US

    def applied(self, candle: Candle, interval_s: int) -> Candle:
        """An index candle as the mark's: its ends moved, its extremes never inside its ends."""
        last_us = len(self._hours_ppm) * HOUR_US + self._from_us - HOUR_US - 1
        end_us = min(last_us, candle.start_us + interval_s * SECOND_US)
        first_ppm, last_ppm = self.at_ppm(candle.start_us), self.at_ppm(end_us)
        opened = _moved(candle.open_subticks, first_ppm)
        closed = _moved(candle.close_subticks, last_ppm)
        middle_ppm = (first_ppm + last_ppm) // 2
        return replace(
            candle,
            open_subticks=opened,
            high_subticks=max(_moved(candle.high_subticks, middle_ppm), opened, closed),
            low_subticks=min(_moved(candle.low_subticks, middle_ppm), opened, closed),
            close_subticks=closed,
        )


def _wandering(key: int, hours: int) -> list[int]:
    """Hourly premiums that wander about their mean and fade to zero at the end, in ppm.

    The last whole hour has none at all, so that the rate it sets is the one the market begins with:
    zero, for it has taken no sample.
    """
    away = 0
    made = []
    for hour in range(hours):
        away = away * PREMIUM_KEPT_OF_16 // 16 + PREMIUM_STEP_PPM * normal_ppm(key, hour) // PPM
        left = max(0, min(PREMIUM_FADES_H, hours - 3 - hour))
        made.append((PREMIUM_MEAN_PPM + away) * left // PREMIUM_FADES_H)
    return made


def _moved(price: int, ppm: int) -> int:
    """A price and a premium on it."""
    return price + price * ppm // PPM


def market_past(market: Market, index: Stretches, seed: int, start_us: int) -> MarketPast:
    """The past of one market of a synthetic world."""
    premium = Premium(market, seed, start_us)
    key = stream_key(seed, f"past trades of market {market.market_id}")
    mark = index.mapped(premium.applied)
    trade = mark.mapped(lambda c, interval_s: _traded(market, c, interval_s, key))
    marks, indexes = mark.by_interval(), index.by_interval()
    last = trade.minutes[-TRADES_MINUTES:]
    return MarketPast(
        market.market_id,
        trade.by_interval(),
        marks,
        indexes,
        [t for candle in last for t in _trades(market, candle, key)],
        _funding(market, premium, _openings(indexes[HOUR_S], marks[HOUR_S], start_us)),
    )


def lots_of_value(market: Market, value_atoms: int, price_subticks: int) -> int:
    """How many whole lots a value buys at a price."""
    if market.inverse_factor:  # a lot is worth the same sum of dollars at any price
        return value_atoms * SUBTICKS // market.inverse_factor
    return value_atoms * market.value_divisor // price_subticks


def _traded(market: Market, candle: Candle, interval_s: int, key: int) -> Candle:
    """A mark candle as the trades': prices on ticks, and more volume the wider it ranges."""
    minutes = interval_s // MINUTE_S
    range_ppm = (candle.high_subticks - candle.low_subticks) * PPM // candle.open_subticks
    share_ppm = 300_000 + uniform(key, candle.start_us, 900_000) + 400 * range_ppm // minutes
    turnover_atoms = TURNOVER_A_MINUTE_ATOMS * minutes * share_ppm // PPM
    tick = market.tick_subticks
    return Candle(
        candle.start_us,
        candle.open_subticks // tick * tick,
        candle.high_subticks // tick * tick,
        candle.low_subticks // tick * tick,
        candle.close_subticks // tick * tick,
        lots_of_value(market, turnover_atoms, candle.open_subticks),
        turnover_atoms // TRADE_ATOMS,
    )


def _trades(market: Market, candle: Candle, key: int) -> list[PastTrade]:
    """A minute's trades: its open, high, low and close among them, its volume shared out."""
    rising = candle.close_subticks >= candle.open_subticks
    extremes = [candle.low_subticks, candle.high_subticks]
    turns = extremes if rising else extremes[::-1]
    middle = (candle.high_subticks + candle.low_subticks) // 2
    prices = [candle.open_subticks, turns[0], middle, turns[1], candle.close_subticks]
    made = []
    for i, price in enumerate(prices):
        up = price > prices[i - 1] if i else rising
        time_us = candle.start_us + i * MINUTE_S * SECOND_US // TRADES_A_MINUTE
        time_us += uniform(key, time_us, SECOND_US)
        qty_lots = max(1, candle.volume_lots // TRADES_A_MINUTE)
        side = Side.BUY if up else Side.SELL
        made.append(PastTrade(time_us, side, price // market.tick_subticks, qty_lots))
    return made


def _openings(index: list[Candle], mark: list[Candle], start_us: int) -> list[tuple[int, int, int]]:
    """When each hour began, at which index and mark; the start's hour may have no candle yet."""
    made = [
        (there.start_us, there.open_subticks, here.open_subticks)
        for there, here in zip(index, mark, strict=True)
    ]
    hour_us = start_us - start_us % HOUR_US
    if made[-1][0] < hour_us:
        made.append((hour_us, index[-1].close_subticks, mark[-1].close_subticks))
    return made


def _funding(
    market: Market, premium: Premium, openings: list[tuple[int, int, int]]
) -> list[PastFunding]:
    """Every interval's rate, of the last hour's mean premium; none without funding."""
    if market.kind == MarketKind.SPOT or not has_funding(market):
        return []
    made = []
    pay_us, rate_us = market.funding_interval_us, market.rate_interval_us
    for start_us, index, mark in openings:
        if start_us % pay_us != 0:
            continue
        before_ppm = (premium.at_ppm(start_us - HOUR_US) + premium.at_ppm(start_us)) // 2
        whole_e18 = interval_rate_e18(before_ppm * E18_IN_PPM, 0, market)
        rate_e18 = paid_rate_e18(whole_e18, pay_us, rate_us)
        lot_parts = lot_pays_parts(market, rate_e18, index)
        made.append(PastFunding(start_us, rate_e18, index, mark, lot_parts))
    return made
