"""A market's premium and its rate by its rulebook, asked of the engine's rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from longshore.calc.desk import Desk
from longshore.calc.given import Symbol, Why, above_zero, finite, named
from longshore.calc.numbers import HOUR_US, RATE_DIGITS, Number, plain, unscaled
from longshore.calc.premiums import Method, premium_sample
from longshore.engine.codes import PremiumMethod
from longshore.engine.rates import RATE_MAX_E18, damped_e18, interval_rate_e18, paid_rate_e18
from longshore.engine.rows import Market
from longshore.engine.value import has_funding

METHODS: dict[int, Method] = {
    PremiumMethod.IMPACT_MID: "mid_vs_index",
    PremiumMethod.IMPACT_INDEX: "impact_vs_index",
    PremiumMethod.IMPACT_MARK: "impact_vs_mark",
    PremiumMethod.MARK: "mark_vs_index",
}
Need = Literal["bid", "ask", "mark"]
NEEDS: dict[Method, tuple[Need, ...]] = {
    "mid_vs_index": ("bid", "ask"),
    "impact_vs_index": ("bid", "ask"),
    "impact_vs_mark": ("bid", "ask", "mark"),
    "mark_vs_index": ("mark",),
}


@dataclass(frozen=True)
class Premium:
    """One sample as the market takes it: a fraction of the index, and the same in quote money."""

    method: str
    relative: Decimal
    quote: Decimal
    why: tuple[Why, ...]


@dataclass(frozen=True)
class FundingRate:
    """What a mean premium makes: the rate, and the part of it that one interval pays.

    All are fractions; `rate` is for `rate_hours`, `paid` for `interval_hours`.
    """

    raw: Decimal
    rate: Decimal
    paid: Decimal
    rate_hours: Decimal
    interval_hours: Decimal
    why: tuple[Why, ...]


def premium(
    *,
    symbol: Symbol,
    index: Number,
    bid: Number | None = None,
    ask: Number | None = None,
    mark: Number | None = None,
    rulebook: str = "kraken",
) -> Premium:
    """A premium sample by the market's own method (FUND-001, RATE-001 to RATE-003).

    `bid` and `ask` are what selling and buying the impact size comes to; which prices it needs is
    said by the rulebook.

    >>> premium(symbol="PF_XBTUSD", index="84000", bid="84007.2", ask="84018").relative
    Decimal('0.00015')
    """
    market = _with_funding(Desk(rulebook, [symbol]), symbol)
    method = METHODS[market.premium_method]
    given = {"bid": bid, "ask": ask, "mark": mark}
    for name in NEEDS[method]:
        if given[name] is None:
            raise ValueError(f"{name}: this market's premium is of {' and '.join(NEEDS[method])}")
    prices = {name: above_zero(name, given[name] or 0) for name in NEEDS[method]}
    at = above_zero("index", index)
    basis = Decimal(0)
    if method == "impact_vs_mark":
        basis = premium_sample("mark_vs_index", index=at, mark=prices["mark"]).relative
    found = premium_sample(method, index=at, fair_basis=basis, **prices)
    how = f"{method.replace('_', ' ')}, a fraction of the index"
    why = (
        Why("premium", found.relative, "fraction", how, "FUND-001"),
        Why("in quote money", found.quote, "USD", "premium × index", "RATE-001"),
    )
    return Premium(method, found.relative, found.quote, why)


def funding_rate(
    *, symbol: Symbol, premium: Number, previous: Number = 0, rulebook: str = "kraken"
) -> FundingRate:
    """The rate of an interval whose samples have this mean (FUND-002, RATE-008 to RATE-012).

    `previous` is the rate before, for the same time as `rate`.

    >>> found = funding_rate(symbol="BTCUSDT", premium="0.0008", rulebook="binance_usdm")
    >>> found.rate, found.paid, found.interval_hours
    (Decimal('0.0003'), Decimal('0.0003'), Decimal('8'))
    """
    market = _with_funding(Desk(rulebook, [symbol]), symbol)
    mean, before = (
        named(name, finite(name, given), RATE_DIGITS, RATE_MAX_E18)
        for name, given in (("premium", premium), ("previous", previous))
    )
    low, high = market.damper_low_e18, market.damper_high_e18
    raw = damped_e18(mean, market.interest_e18, low, high, market.rate_added_e18)
    rate = interval_rate_e18(mean, before, market)
    paid = paid_rate_e18(rate, market.funding_interval_us, market.rate_interval_us)
    for_hours, an_interval = _hours(market.rate_interval_us), _hours(market.funding_interval_us)
    drawn = "premium, drawn to interest within the damper, and the addend"
    share = unscaled(market.rate_share_ppm, 6)
    held = f"{share:f} of it, the rest of the one before; then within the caps"
    why = (
        Why("raw", _rate(raw), f"{for_hours:f} h", drawn, "RATE-008"),
        Why("rate", _rate(rate), f"{for_hours:f} h", held, "RATE-012"),
        Why("paid", _rate(paid), f"{an_interval:f} h", "rate × interval / its time", "RATE-011"),
    )
    return FundingRate(_rate(raw), _rate(rate), _rate(paid), for_hours, an_interval, why)


def _with_funding(desk: Desk, symbol: Symbol) -> Market:
    market = desk.market(symbol)
    if not has_funding(market):
        raise ValueError(f"{desk.listed(symbol).name} is a dated future: it has no funding")
    return market


def _rate(rate_e18: int) -> Decimal:
    return unscaled(rate_e18, RATE_DIGITS)


def _hours(time_us: int) -> Decimal:
    return plain(Decimal(time_us) / HOUR_US)
