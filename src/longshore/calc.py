"""The engine's rules as calculators on decimals: what a rule says, without a venue around it.

Numbers may be given as text, integers or decimals, never as floats. Money is USD, sizes are signed
base units (long above zero), rates are fractions. Nothing is rounded except where a rule rounds.

    >>> margin("84000", levels("PF_XBTUSD"))
    Margin(initial=Decimal('840'), maintenance=Decimal('420'))
    >>> liquidation_price("1", "84000", balance="10000", maintenance="420")
    Decimal('74420')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, Decimal, localcontext
from typing import Literal, NamedTuple

from longshore import rulebooks

Number = Decimal | int | str

RATE_STEP = Decimal(1).scaleb(-18)
WORKING_DIGITS = 50


class Tier(NamedTuple):
    """A margin tier: from this notional, these rates."""

    from_usd: Decimal
    initial: Decimal
    maintenance: Decimal


class Margin(NamedTuple):
    """What a position must keep."""

    initial: Decimal
    maintenance: Decimal


class Collateral(NamedTuple):
    """An asset in the wallet: how much, at which index price, with which haircut."""

    quantity: Decimal
    index_price: Decimal
    haircut: Decimal


class Open(NamedTuple):
    """A position: signed size, entry price and mark price."""

    size: Decimal
    entry: Decimal
    mark: Decimal


class FlexAccount(NamedTuple):
    """The figures of a multi-collateral wallet, named as the venue names them."""

    balance_value: Decimal
    collateral_value: Decimal
    pnl: Decimal
    total_unrealized: Decimal
    portfolio_value: Decimal
    margin_equity: Decimal
    initial_margin: Decimal
    initial_margin_with_orders: Decimal
    maintenance_margin: Decimal
    available_margin: Decimal


def levels(symbol: str, rulebook: str = "kraken") -> tuple[Tier, ...]:
    """The margin tiers of a perpetual in a rulebook. Raises RulebookError, UnknownSymbolError.

    >>> levels("PF_XBTUSD")[1]
    Tier(from_usd=Decimal('1000000'), initial=Decimal('0.02'), maintenance=Decimal('0.01'))
    """
    return tuple(
        Tier(terms.notional_usd, terms.initial, terms.maintenance)
        for terms in rulebooks.load(rulebook).margin_tiers(symbol)
    )


def position_value(size: Number, price: Number) -> Decimal:
    """What a position is worth at a price, without sign.

    >>> position_value("-0.05", "59845")
    Decimal('2992.25')
    """
    return _plain(abs(_decimal(size)) * _decimal(price))


def margin(
    notional: Number, tiers: Sequence[Tier], method: Literal["slice", "whole"] = "slice"
) -> Margin:
    """Initial and maintenance margin of a notional (MRGN-001).

    `slice`: each tier's rate on the part of the notional inside it. `whole`: the rate of the tier
    reached on all of it.

    >>> margin("1680000", levels("PF_XBTUSD"))
    Margin(initial=Decimal('23600'), maintenance=Decimal('11800'))
    >>> margin("1680000", levels("PF_XBTUSD"), "whole")
    Margin(initial=Decimal('33600'), maintenance=Decimal('16800'))
    """
    value = _decimal(notional)
    if method == "whole":
        tier = next(tier for tier in reversed(tiers) if value >= tier.from_usd)
        return Margin(_plain(value * tier.initial), _plain(value * tier.maintenance))
    parts = _slices(value, tiers)
    initial = sum((part * tier.initial for part, tier in parts), Decimal(0))
    maintenance = sum((part * tier.maintenance for part, tier in parts), Decimal(0))
    return Margin(_plain(initial), _plain(maintenance))


def _slices(value: Decimal, tiers: Sequence[Tier]) -> list[tuple[Decimal, Tier]]:
    ends = [tier.from_usd for tier in tiers[1:]] + [value]
    return [
        (max(Decimal(0), min(value, end) - tier.from_usd), tier)
        for tier, end in zip(tiers, ends, strict=True)
    ]


def liquidation_price(
    size: Number,
    entry: Number,
    balance: Number,
    maintenance: Number,
    collateral: Number = 0,
    haircut: Number = 0,
) -> Decimal | None:
    """The mark at which equity equals maintenance margin, for a linear position (LIQD-001).

    `balance` is the wallet's dollars (isolated: the position's own margin), `collateral` its coins
    of the same base, valued at the same price less the haircut. Margin is charged on entry
    notional, so equity is a straight line in the price:

        balance + collateral * (1 - haircut) * P + size * (P - entry) = maintenance

    None when no price above zero solves it.

    >>> liquidation_price("1", "84000", balance="2000", maintenance="420")
    Decimal('82420')
    >>> price = liquidation_price("1", "84000", "5000", "420", collateral="0.2", haircut="0.01")
    >>> round(price, 1)
    Decimal('66293.8')
    """
    coins = _decimal(collateral) * (1 - _decimal(haircut))
    slope = _decimal(size) + coins
    lacking = _decimal(maintenance) - _decimal(balance) + _decimal(size) * _decimal(entry)
    if slope == 0 or lacking / slope <= 0:
        return None
    return _plain(lacking / slope)


def zero_equity_price(
    size: Number,
    entry: Number,
    balance: Number,
    collateral: Number = 0,
    haircut: Number = 0,
) -> Decimal | None:
    """The price at which closing leaves nothing: no maintenance asked (LIQD-006).

    >>> zero_equity_price("1", "84000", balance="10000")
    Decimal('74000')
    >>> round(zero_equity_price("1", "84000", "5000", collateral="0.2", haircut="0.01"), 1)
    Decimal('65943.2')
    """
    return liquidation_price(size, entry, balance, 0, collateral, haircut)


def funding_rate_relative(mean_premium: Number, divisor: Number, cap: Number) -> Decimal:
    """The interval's rate: mean premium / divisor, to 18 decimals toward zero, capped (FUND-002).

    >>> funding_rate_relative(mean_premium="0.08", divisor=8, cap="0.005")
    Decimal('0.005')
    """
    limit = _decimal(cap)
    with localcontext() as context:
        context.prec = WORKING_DIGITS
        rate = (_decimal(mean_premium) / _decimal(divisor)).quantize(RATE_STEP, ROUND_DOWN)
    return _plain(max(-limit, min(limit, rate)))


def funding_payment(size: Number, relative_rate: Number, index: Number, hours: Number) -> Decimal:
    """What a position gets over some hours: below zero when it pays (FUND-004, FUND-005).

    >>> funding_payment(size="2", relative_rate="0.00001875", index="84000", hours="1")
    Decimal('-3.15')
    """
    absolute = _decimal(relative_rate) * _decimal(index)
    return _plain(-_decimal(size) * absolute * _decimal(hours))


def fee(value: Number, rate: Number) -> Decimal:
    """The fee of a fill; below zero: a rebate (FEES-001).

    >>> fee(position_value("0.001", "3162"), "0.0005")
    Decimal('0.001581')
    """
    return _plain(_decimal(value) * _decimal(rate))


def break_even(
    size: Number,
    entry: Number,
    open_rate: Number,
    close_rate: Number,
    funding_paid: Number = 0,
) -> Decimal:
    """The price at which closing ends at zero, both fees and the funding paid so far included.

    >>> round(break_even("0.05", "59845", "0.0005", "0.0005"), 2)
    Decimal('59904.87')
    """
    way = 1 if _decimal(size) > 0 else -1
    paid = _decimal(entry) * (1 + way * _decimal(open_rate))
    paid += _decimal(funding_paid) / _decimal(size)
    return _plain(paid / (1 - way * _decimal(close_rate)))


def flex_account(
    balances: Iterable[Collateral],
    position: Open,
    tiers: Sequence[Tier],
    funding: Number = 0,
    order_value: Number = 0,
) -> FlexAccount:
    """A multi-collateral wallet with one position and resting orders on the same side (MRGN-002).

    >>> held = [Collateral(Decimal(5000), Decimal(1), Decimal(0)),
    ...         Collateral(Decimal("0.2"), Decimal(84000), Decimal("0.01"))]
    >>> account = flex_account(held, Open(Decimal(1), Decimal(84000), Decimal(83000)),
    ...                        levels("PF_XBTUSD"), funding="-1.2", order_value="41000")
    >>> account.margin_equity, account.available_margin
    (Decimal('20630.8'), Decimal('19380.8'))
    """
    held = list(balances)
    value = sum((each.quantity * each.index_price for each in held), Decimal(0))
    haircut = sum((each.quantity * each.index_price * each.haircut for each in held), Decimal(0))
    pnl = position.size * (position.mark - position.entry)
    unrealized = pnl + _decimal(funding)
    notional = position_value(position.size, position.entry)
    kept = margin(notional, tiers)
    with_orders = margin(notional + _decimal(order_value), tiers).initial
    equity = value - haircut + unrealized
    return FlexAccount(
        balance_value=_plain(value),
        collateral_value=_plain(value - haircut),
        pnl=_plain(pnl),
        total_unrealized=_plain(unrealized),
        portfolio_value=_plain(value + unrealized),
        margin_equity=_plain(equity),
        initial_margin=kept.initial,
        initial_margin_with_orders=with_orders,
        maintenance_margin=kept.maintenance,
        available_margin=_plain(equity - with_orders),
    )


def _decimal(number: Number) -> Decimal:
    """A number as a decimal; a float is refused, for it is not what was meant."""
    if isinstance(number, float):
        raise TypeError(f"{number!r} is a float; give text or a Decimal")
    return Decimal(number)


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    bare = number.normalize()
    exponent = bare.as_tuple().exponent
    return bare.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else bare
