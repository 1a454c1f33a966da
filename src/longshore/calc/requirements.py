"""What a position must keep, and what collateral counts for, asked of the engine's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from longshore.calc.desk import Desk, coins_of, money, subticks, worth_code
from longshore.calc.given import (
    Coin,
    Position,
    Standing,
    Symbol,
    Why,
    above_zero,
    finite,
    named,
)
from longshore.calc.numbers import MONEY_DIGITS, PPM_DIGITS, Number, plain, unscaled
from longshore.engine import rows
from longshore.engine.codes import Reject, TierUnit
from longshore.engine.limits import AMOUNT_MAX_ATOMS, QTY_MAX_LOTS, VALUE_MAX_ATOMS
from longshore.engine.margin import (
    collateral_value_atoms,
    initial_requirement,
    maintenance_if,
)
from longshore.engine.risk_limits import set_risk_limit
from longshore.engine.rows import Command, Market, Tier
from longshore.engine.units import mul_div_floor

ALONE = Standing()
"""Nothing open in the market, no risk limit chosen."""


@dataclass(frozen=True)
class Requirement:
    """What a position must keep.

    `notional`, `initial`, `maintenance` and `deduction` are money of the asset `unit`. The rates
    are fractions, those of the tier reached; `tier` counts from 1. `deduction` is what maintenance
    is below its rate of the whole notional: zero in the first tier.
    """

    unit: str
    notional: Decimal
    initial: Decimal
    maintenance: Decimal
    initial_rate: Decimal
    maintenance_rate: Decimal
    tier: int
    deduction: Decimal
    why: tuple[Why, ...]


@dataclass(frozen=True)
class CollateralValue:
    """Coins in a wallet, in USD: at index, and as margin after the haircuts."""

    value: Decimal
    collateral: Decimal
    why: tuple[Why, ...]


def margin(
    *,
    symbol: Symbol,
    qty: Number,
    price: Number,
    leverage: Number | None = None,
    at: Standing = ALONE,
    rulebook: str = "kraken",
) -> Requirement:
    """Initial and maintenance margin of a size at a price (MRGN-001, MRGN-007, MRGN-015 to 017).

    With `leverage` it is isolated: initial margin is value / leverage where that is more than the
    tiers ask. `at` gives what else margin may hang on: open interest, a chosen risk limit.

    >>> asked = margin(symbol="PF_XBTUSD", qty="20", price="84000")
    >>> asked.initial, asked.maintenance, asked.tier, asked.deduction
    (Decimal('23600'), Decimal('11800'), 2, Decimal('5000'))
    >>> margin(symbol="PF_XBTUSD", qty="1", price="84000", leverage="10").initial
    Decimal('8400')
    """
    desk = Desk(rulebook, [symbol])
    market, listed = desk.market(symbol), desk.listed(symbol)
    position = Position(symbol=symbol, side="long", qty=qty, entry=price, leverage=leverage)
    account_id = desk.account()
    _choose_limit(desk, symbol, account_id, at)
    row = desk.open(account_id, position)
    _stand_open(desk, symbol, subticks("price", price), at)
    lots, notional = row.qty_lots, desk.fill_atoms(symbol, row.qty_lots, subticks("price", price))
    initial = initial_requirement(desk.state, market, row, notional, lots)
    kept = maintenance_if(desk.state, market, row, notional)
    number, tier = _tier_reached(desk, market, notional, lots)
    rates = unscaled(tier.initial_ppm, PPM_DIGITS), unscaled(tier.maintenance_ppm, PPM_DIGITS)
    if _beyond_tiers(market, row):
        number, rates = 1, (_share(initial, notional), _share(kept, notional))
    deduction = plain(money(notional) * rates[1] - money(kept))
    how = "rate × notional" if market.tier_whole else "sum over tiers of rate × the part inside"
    more = f"; at least notional / {leverage}" if leverage is not None else ""
    code = "MRGN-001" if leverage is None else "MRGN-007"
    why = (
        Why("notional", money(notional), listed.unit, "size × price", worth_code(market)),
        Why("tier", Decimal(number), "", "the highest whose bound is reached", "MRGN-001"),
        Why("initial rate", rates[0], "fraction", "the tier's", "MRGN-001"),
        Why("maintenance rate", rates[1], "fraction", "the tier's", "MRGN-001"),
        Why("initial margin", money(initial), listed.unit, how + more, code),
        Why("maintenance margin", money(kept), listed.unit, how, "MRGN-001"),
        Why("deduction", deduction, listed.unit, "rate × notional − maintenance", "MRGN-001"),
    )
    return Requirement(
        listed.unit, money(notional), money(initial), money(kept), *rates, number, deduction, why
    )


def _choose_limit(desk: Desk, symbol: Symbol, account_id: int, at: Standing) -> None:
    """The owner's risk limit, before anything is open (MRGN-017)."""
    if at.risk_limit is None:
        return
    wanted = above_zero("risk_limit", at.risk_limit)
    command = Command(
        account_id=account_id,
        market_id=desk.market(symbol).market_id,
        amount_atoms=named("risk_limit", wanted, MONEY_DIGITS, VALUE_MAX_ATOMS),
    )
    refused = Reject(set_risk_limit(desk.state, command))
    desk.state.events_count = 0
    if refused == Reject.NOT_MARGINABLE:
        raise ValueError(f"{desk.listed(symbol).name} has no risk limits")
    if refused != Reject.NONE:
        raise ValueError(f"risk_limit {wanted:f} would ask more than 100 %")


def _stand_open(desk: Desk, symbol: Symbol, price: int, at: Standing) -> None:
    """What is open in the market, all sides of it, at a price (MRGN-015)."""
    listed, market = desk.listed(symbol), desk.market(symbol)
    lots = finite("open_interest", at.open_interest) / listed.lot * listed.lots_per_lot
    market.open_lots = named("open_interest", lots, 0, QTY_MAX_LOTS)
    if market.open_lots < 0:
        raise ValueError("open_interest is not below zero")
    market.mark_subticks = price


def _beyond_tiers(market: Market, row: rows.Position) -> bool:
    """Whether rates are not those of a tier: they are told as they come out."""
    by_size = market.margin_root_e12 > 0 or market.margin_slope_e12 > 0
    return by_size or market.interest_high_atoms > 0 or row.risk_steps > 0


def _share(atoms: int, notional: int) -> Decimal:
    """A rate that comes out, to 10**-12."""
    return plain(round(Decimal(atoms) / notional, 12))


def _tier_reached(desk: Desk, market: Market, notional: int, lots: int) -> tuple[int, Tier]:
    size = lots if market.tier_unit == TierUnit.LOTS else notional
    rows = [desk.state.tiers[market.tier_first + at] for at in range(market.tier_count)]
    return [(at, row) for at, row in enumerate(rows, 1) if size >= row.from_size][-1]


def collateral_value(
    *, collateral: Mapping[str, Number | Coin], rulebook: str = "kraken"
) -> CollateralValue:
    """What coins are worth, and what they count for as margin (MRGN-002).

    The rulebook's dollar needs no price; every other coin has one: `Coin(quantity=, price=)`.

    >>> held = {"USD": "5000", "XBT": Coin(quantity="0.2", price="84000")}
    >>> found = collateral_value(collateral=held)
    >>> found.value, found.collateral
    (Decimal('21800'), Decimal('21632'))
    """
    desk = Desk(rulebook, [])
    value = counted = 0
    why: list[Why] = []
    for symbol, coin in coins_of(collateral).items():
        desk.price_coin(symbol, coin)
        asset = desk.asset(symbol)
        what = f"quantity of {symbol}"
        atoms = named(what, finite(what, coin.quantity), MONEY_DIGITS, AMOUNT_MAX_ATOMS)
        if asset.is_settlement == 1:
            worth = after = atoms
        elif asset.index_subticks == 0:
            raise ValueError(f"{symbol} needs an index price to be worth anything")
        else:
            worth = mul_div_floor(atoms, asset.index_subticks, asset.value_divisor)
            after = collateral_value_atoms(asset, atoms)
        value += worth
        counted += after
        haircut = unscaled(asset.haircut_ppm, PPM_DIGITS)
        how = f"{coin.quantity} × index × (1 − {haircut:f})"
        why.append(Why(f"{symbol} as margin", money(after), desk.listing.dollar, how, "MRGN-002"))
    why.append(
        Why("collateral value", money(counted), desk.listing.dollar, "the sum of all", "MRGN-002")
    )
    return CollateralValue(money(value), money(counted), tuple(why))
