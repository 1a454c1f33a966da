"""Formulas as specification pages print them, in exact decimals: what the engine is held to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from longshore import calc
from longshore.calc.numbers import decimal, plain


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


def position_value(size: calc.Number, price: calc.Number) -> Decimal:
    """What a position is worth at a price, without sign.

    >>> position_value("-0.05", "59845")
    Decimal('2992.25')
    """
    return plain(abs(decimal(size)) * decimal(price))


def margin(
    notional: calc.Number, tiers: Sequence[calc.Tier], method: Literal["slice", "whole"] = "slice"
) -> Margin:
    """Initial and maintenance margin of a notional (MRGN-001).

    `slice`: each tier's rate on the part of the notional inside it. `whole`: the rate of the tier
    reached on all of it.

    >>> margin("1680000", calc.levels("PF_XBTUSD"))
    Margin(initial=Decimal('23600'), maintenance=Decimal('11800'))
    >>> margin("1680000", calc.levels("PF_XBTUSD"), "whole")
    Margin(initial=Decimal('33600'), maintenance=Decimal('16800'))
    """
    value = decimal(notional)
    if method == "whole":
        tier = next(tier for tier in reversed(tiers) if value >= tier.from_usd)
        return Margin(plain(value * tier.initial), plain(value * tier.maintenance))
    parts = _slices(value, tiers)
    initial = sum((part * tier.initial for part, tier in parts), Decimal(0))
    maintenance = sum((part * tier.maintenance for part, tier in parts), Decimal(0))
    return Margin(plain(initial), plain(maintenance))


def _slices(value: Decimal, tiers: Sequence[calc.Tier]) -> list[tuple[Decimal, calc.Tier]]:
    ends = [tier.from_usd for tier in tiers[1:]] + [value]
    return [
        (max(Decimal(0), min(value, end) - tier.from_usd), tier)
        for tier, end in zip(tiers, ends, strict=True)
    ]


def liquidation_price(
    size: calc.Number,
    entry: calc.Number,
    balance: calc.Number,
    maintenance: calc.Number,
    collateral: calc.Number = 0,
    haircut: calc.Number = 0,
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
    coins = decimal(collateral) * (1 - decimal(haircut))
    slope = decimal(size) + coins
    lacking = decimal(maintenance) - decimal(balance) + decimal(size) * decimal(entry)
    if slope == 0 or lacking / slope <= 0:
        return None
    return plain(lacking / slope)


def zero_equity_price(
    size: calc.Number,
    entry: calc.Number,
    balance: calc.Number,
    collateral: calc.Number = 0,
    haircut: calc.Number = 0,
) -> Decimal | None:
    """The price at which closing leaves nothing: no maintenance asked (LIQD-006).

    >>> zero_equity_price("1", "84000", balance="10000")
    Decimal('74000')
    >>> round(zero_equity_price("1", "84000", "5000", collateral="0.2", haircut="0.01"), 1)
    Decimal('65943.2')
    """
    return liquidation_price(size, entry, balance, 0, collateral, haircut)


def fee(value: calc.Number, rate: calc.Number) -> Decimal:
    """The fee of a fill; below zero: a rebate (FEES-001).

    >>> fee(position_value("0.001", "3162"), "0.0005")
    Decimal('0.001581')
    """
    return plain(decimal(value) * decimal(rate))


def break_even(
    size: calc.Number,
    entry: calc.Number,
    open_rate: calc.Number,
    close_rate: calc.Number,
    funding_paid: calc.Number = 0,
) -> Decimal:
    """The price at which closing ends at zero, both fees and the funding paid so far included.

    >>> round(break_even("0.05", "59845", "0.0005", "0.0005"), 2)
    Decimal('59904.87')
    """
    way = 1 if decimal(size) > 0 else -1
    paid = decimal(entry) * (1 + way * decimal(open_rate))
    paid += decimal(funding_paid) / decimal(size)
    return plain(paid / (1 - way * decimal(close_rate)))


def flex_account(
    balances: Iterable[Collateral],
    position: Open,
    tiers: Sequence[calc.Tier],
    funding: calc.Number = 0,
    order_value: calc.Number = 0,
) -> FlexAccount:
    """A multi-collateral wallet with one position and resting orders on the same side (MRGN-002).

    >>> held = [Collateral(Decimal(5000), Decimal(1), Decimal(0)),
    ...         Collateral(Decimal("0.2"), Decimal(84000), Decimal("0.01"))]
    >>> account = flex_account(held, Open(Decimal(1), Decimal(84000), Decimal(83000)),
    ...                        calc.levels("PF_XBTUSD"), funding="-1.2", order_value="41000")
    >>> account.margin_equity, account.available_margin
    (Decimal('20630.8'), Decimal('19380.8'))
    """
    held = list(balances)
    value = sum((each.quantity * each.index_price for each in held), Decimal(0))
    haircut = sum((each.quantity * each.index_price * each.haircut for each in held), Decimal(0))
    pnl = position.size * (position.mark - position.entry)
    unrealized = pnl + decimal(funding)
    notional = position_value(position.size, position.entry)
    kept = margin(notional, tiers)
    with_orders = margin(notional + decimal(order_value), tiers).initial
    equity = value - haircut + unrealized
    return FlexAccount(
        balance_value=plain(value),
        collateral_value=plain(value - haircut),
        pnl=plain(pnl),
        total_unrealized=plain(unrealized),
        portfolio_value=plain(value + unrealized),
        margin_equity=plain(equity),
        initial_margin=kept.initial,
        initial_margin_with_orders=with_orders,
        maintenance_margin=kept.maintenance,
        available_margin=plain(equity - with_orders),
    )
