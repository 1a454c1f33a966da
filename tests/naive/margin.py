"""Article 03: margin, the question every wallet is asked.

Chosen: with the basis MARK the notional is the size of floor(mark x size). Markets of the flex
wallet are those the account trades cross. MRGN-004 looks at the requirement of the order's market;
the equity after an order counts each fill's fee rounded up by itself, no conversion. An isolated
order is instead refused when what must move into its wallet is not free in the flex wallet: equity
of a position just opened at its leverage is always a little short of its own requirement.

Isolated wallets (MRGN-007). B is the balance, O the part kept for open orders, P = B - O the
position's margin. Two targets say everything:
  O* = requirement(larger side with orders) - requirement(position)
       + ceil(taker rate x value of all open orders that could add);
  P* = P, changed only by fills, added margin and realised funding, thus:
    funding is realised: P* += funding, before all that follows;
    an opening fill:     P* += max(tier(|entry after|) - tier(|entry before|),
                         ceil(value / leverage)); the fee comes from the flex wallet (through O);
    a closing fill, share = floor(P x closed / size), net = share + profit - fee:
                         P* = P - share + min(0, net), so a positive net goes to the flex wallet;
    a close of the whole: P* = 0; a turn: P* = the margin of the opened rest.
After every fill and every change of orders one transfer brings B to P* + O*: to the flex wallet as
far as B is positive, from it as far as it has money free; what is lacking then is lacking in O.
The fills of a liquidation move nothing: its wallet keeps all until the ladder is left. An
interval's funding changes P and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import ceil, isqrt

from longshore.engine.codes import (
    MarginBasis,
    MarketKind,
    OrderState,
    Side,
    TierUnit,
    WalletKind,
)
from longshore.engine.rows import Market
from tests.naive import worth
from tests.naive.fees import taker_ppm
from tests.naive.funding import accrued_parts
from tests.naive.ledger import balance, collateral_value, held, move
from tests.naive.prices import is_stale, mark_value
from tests.naive.state import PPM, Position, State, up

Side_ = tuple[int, int]
"""Value and lots."""

Part = tuple[int, bool, int]
"""What one market asks: the coin, whether on the long side, and how much."""


def tier_requirement(s: State, market: Market, notional: int, lots: int, field: str) -> int:
    """What tiers or a size ask, and open interest; `field`: initial_ppm or maintenance_ppm."""
    asked = by_size_or_tiers(s, market, notional, lots, field)
    if field == "initial_ppm" and market.interest_high_atoms:  # MRGN-015
        held = [p.qty_lots for (_, m), p in s.positions.items() if m == market.market_id]
        worth_now = abs(mark_value(market, sum(q for q in held if q > 0)))
        low, high = market.interest_low_atoms, market.interest_high_atoms
        share = min(Fraction(1), max(Fraction(0), Fraction(worth_now - low, high - low)))
        asked += ceil(max(0, notional - asked) * share)
    return asked


def by_root(market: Market, tier, lots: int, field: str) -> Fraction:
    """MRGN-016: the rate, as the engine rounds it on the way."""
    thousandths = isqrt(lots * 10**6)
    thousandths += thousandths * thousandths < lots * 10**6
    rate = Fraction(up(market.margin_root_e12 * thousandths, 1_000), 10**12)
    rate = max(min(rate, Fraction(1)), Fraction(tier.initial_ppm, PPM))
    if field == "initial_ppm":
        return rate
    share = Fraction(tier.maintenance_ppm, tier.initial_ppm)
    return Fraction(ceil(rate * share * 10**12), 10**12)


def multiplied(market: Market, rate: Fraction, field: str, parts: int) -> Fraction:
    """MRGN-019, in the parts that the engine counts a rate in."""
    initial = field == "initial_ppm"
    factor = market.initial_factor_ppm if initial else market.maintenance_factor_ppm
    if not factor:
        return rate
    return min(Fraction(1), Fraction(ceil(rate * Fraction(factor, PPM) * parts), parts))


def by_size_or_tiers(s: State, market: Market, notional: int, lots: int, field: str) -> int:
    """MRGN-001, MRGN-013, MRGN-016."""
    tiers = s.tiers[market.market_id]
    if market.margin_root_e12:
        return ceil(
            notional * multiplied(market, by_root(market, tiers[0], lots, field), field, 10**12)
        )
    if market.margin_slope_e12:  # MRGN-013
        share = Fraction(getattr(tiers[0], field), PPM)
        share += Fraction(lots * market.margin_slope_e12, 10**12)
        return ceil(notional * multiplied(market, min(Fraction(1), share), field, 10**12))
    size = lots if market.tier_unit == TierUnit.LOTS else notional
    if market.tier_whole:
        reached = [t for t in tiers if t.from_size < size or t is tiers[0]]
        rate = Fraction(getattr(reached[-1], field), PPM)
        return ceil(notional * multiplied(market, rate, field, PPM))
    total = 0
    for number, tier in enumerate(tiers):
        if tier.from_size >= size:
            break
        last = number + 1 == len(tiers)
        upper = size if last else min(size, tiers[number + 1].from_size)
        part = up(notional * (upper - tier.from_size), size)
        total += ceil(part * multiplied(market, Fraction(getattr(tier, field), PPM), field, PPM))
    return total


def raised(
    s: State, account_id: int, market: Market, notional: int, lots: int, field: str = "initial_ppm"
) -> int:
    """MRGN-017: what the method asks, and what a risk limit above the base adds."""
    steps = s.accounts[account_id].risk_steps[market.market_id]
    added = up(notional * steps * s.tiers[market.market_id][0].maintenance_ppm, PPM)
    return tier_requirement(s, market, notional, lots, field) + added


def reach(market: Market, held: Side_, sides: dict[int, Side_]) -> int:
    """MRGN-018: the larger side's value."""
    return larger_side(held, sides[Side.BUY], sides[Side.SELL])[0]


def risk_limit(s: State, account_id: int, market: Market) -> int:
    """MRGN-017."""
    steps = s.accounts[account_id].risk_steps[market.market_id]
    return market.risk_base_atoms + steps * market.risk_step_atoms


def initial(s: State, account_id: int, market: Market, notional: int, lots: int) -> int:
    """Initial requirement, cross or isolated (MRGN-001, MODE-001)."""
    tiered = raised(s, account_id, market, notional, lots)
    leverage = s.leverage(account_id, market.market_id)
    return max(tiered, up(notional * PPM, leverage)) if leverage else tiered


def basis(market: Market, qty_lots: int, entry_atoms: int) -> int:
    """The signed notional margin is charged on."""
    if market.margin_basis == MarginBasis.ENTRY:
        size = abs(entry_atoms)
    else:
        size = abs(mark_value(market, qty_lots))
    return size if qty_lots >= 0 else -size


def open_value(s: State, account_id: int, market: Market, side: int) -> int:
    """Value of the open orders of a side that could add (MRGN-003)."""
    return both_sides(s, account_id, market)[side][0]


def adding(s: State, account_id: int, market_id: int) -> list:
    """Resting orders that are not reduce-only."""
    return [
        o
        for o in s.orders.values()
        if o.account_id == account_id
        and o.where == market_id
        and o.state == OrderState.RESTING
        and not o.reduce_only
    ]


def larger_side(held: Side_, buys: Side_, sells: Side_) -> Side_:
    """MRGN-003: the larger of the two sides by value, and its lots, no fewer than are held."""
    bought = max(0, held[0] + buys[0])
    sold = max(0, sells[0] - held[0])
    if sold > bought:
        return sold, max(abs(held[1]), sells[1] - held[1])
    return bought, max(abs(held[1]), held[1] + buys[1])


def both_sides(s: State, account_id: int, market: Market) -> dict[int, Side_]:
    """Value and lots of the open orders of each side that could add."""
    orders = adding(s, account_id, market.market_id)
    sides = {side: [o for o in orders if o.side == side] for side in (Side.BUY, Side.SELL)}
    return {
        side: (
            sum(worth.value(market, o.price_ticks, o.qty_lots) for o in each),
            sum(o.qty_lots for o in each),
        )
        for side, each in sides.items()
    }


def initial_with_orders(s: State, account_id: int, market: Market) -> int:
    """The market's initial margin with orders; nothing asks for nothing."""
    position = s.positions[account_id, market.market_id]
    sides = both_sides(s, account_id, market)
    if not (position.qty_lots or sides[Side.BUY][1] or sides[Side.SELL][1]):
        return 0
    held = basis(market, position.qty_lots, position.entry_atoms), position.qty_lots
    return initial(s, account_id, market, *larger_side(held, sides[Side.BUY], sides[Side.SELL]))


def wallet_markets(s: State, account_id: int, kind: int) -> list[Market]:
    """The perpetual markets that hang on a wallet."""
    return [m for m in s.margined(account_id) if s.margin_wallet(account_id, m.market_id) == kind]


def wallet_positions(s: State, account_id: int, kind: int) -> list[Market]:
    """Those of them with a position."""
    return [
        m
        for m in s.margined(account_id)
        if s.positions[account_id, m.market_id].qty_lots
        and s.margin_wallet(account_id, m.market_id) == kind
    ]


def profit(s: State, account_id: int, market: Market) -> int:
    """Unrealised profit at mark, rounded down."""
    position = s.positions[account_id, market.market_id]
    return mark_value(market, position.qty_lots) - position.entry_atoms


def equity(s: State, account_id: int, kind: int, at_us: int = -1) -> int:
    """MRGN-002."""
    total = balance(s, (account_id, kind), s.unit(kind))
    if WalletKind.ISOLATED <= kind < WalletKind.COIN:
        total -= s.positions[account_id, kind - WalletKind.ISOLATED].order_margin_atoms
    for asset in s.assets.values() if kind == WalletKind.FLEX else ():
        amount = balance(s, (account_id, kind), asset.asset_id)
        if amount and asset.asset_id != s.settlement:
            total += collateral_value(asset, amount)
    now = s.time_us if at_us < 0 else at_us
    for market in wallet_positions(s, account_id, kind):
        total += profit(s, account_id, market)
        total += accrued_parts(s, account_id, market, now) // market.atom_parts
    return total


def maintenance(s: State, account_id: int, market: Market) -> int:
    """One market's maintenance margin (MRGN-014: with the fee of closing)."""
    return maintenance_of(s, account_id, market, s.positions[account_id, market.market_id])


def maintenance_of(s: State, account_id: int, market: Market, position: Position) -> int:
    """The same of a position as it might be."""
    size = abs(basis(market, position.qty_lots, position.entry_atoms))
    closing = up(size * market.maintenance_fee_ppm, PPM)
    lots = abs(position.qty_lots)
    return closing + raised(s, account_id, market, size, lots, "maintenance_ppm")


def wallet_maintenance(s: State, account_id: int, kind: int) -> int:
    """A wallet's maintenance margin."""
    return netted(s, maintenance_parts(s, account_id, kind).values())


def wallet_initial(s: State, account_id: int, kind: int) -> int:
    """A wallet's initial margin with orders."""
    return netted(s, initial_parts(s, account_id, kind).values())


def netted(s: State, parts: Iterable[Part]) -> int:
    """MRGN-020: of each coin the larger side, or everything."""
    if not s.netting:
        return sum(asked for _, _, asked in parts)
    sides: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for coin, is_long, asked in parts:
        sides[coin][is_long] += asked
    return sum(max(both) for both in sides.values())


def maintenance_parts(s: State, account_id: int, kind: int) -> dict[int, Part]:
    """What each position of a wallet asks to be kept."""
    return {
        m.market_id: (
            m.base_asset_id,
            s.positions[account_id, m.market_id].qty_lots > 0,
            maintenance(s, account_id, m),
        )
        for m in wallet_positions(s, account_id, kind)
    }


def initial_parts(s: State, account_id: int, kind: int) -> dict[int, Part]:
    """What each market of a wallet asks, orders included."""
    found = {}
    for market in wallet_markets(s, account_id, kind):
        qty = s.positions[account_id, market.market_id].qty_lots
        values = {k: v[0] for k, v in both_sides(s, account_id, market).items()}
        asked = initial_with_orders(s, account_id, market)
        found[market.market_id] = market.base_asset_id, counts_long(qty, values), asked
    return found


def counts_long(qty_lots: int, values: dict[int, int]) -> bool:
    """MRGN-020: the side that margin with orders counts on."""
    return qty_lots > 0 or (qty_lots == 0 and values[Side.BUY] >= values[Side.SELL])


def free(s: State, account_id: int, kind: int, asset_id: int) -> int:
    """LEDG-003, LEDG-007: what may leave a wallet.

    An isolated wallet: what neither its position's requirement nor its open orders need. A coin in
    a flex wallet without requirement and debt is free whatever it is worth.
    """
    have = balance(s, (account_id, kind), asset_id)
    if kind == WalletKind.CASH:
        return max(0, have - held(s, account_id, asset_id))
    if any(is_stale(s, m, s.time_us) for m in wallet_positions(s, account_id, kind)):
        return 0
    if WalletKind.ISOLATED <= kind < WalletKind.COIN:
        market = s.markets[kind - WalletKind.ISOLATED]
        position = s.positions[account_id, market.market_id]
        kept = position.order_margin_atoms
        signed = basis(market, position.qty_lots, position.entry_atoms)
        lots = abs(position.qty_lots)
        spare = equity(s, account_id, kind) - initial(s, account_id, market, abs(signed), lots)
        return max(0, min(have - kept, spare))
    needed = wallet_initial(s, account_id, kind)
    if (
        asset_id != s.unit(kind)
        and not needed
        and balance(s, (account_id, kind), s.settlement) >= 0
    ):
        return max(0, have)
    spare = equity(s, account_id, kind) - needed
    return max(0, min(have, spare if asset_id == s.unit(kind) else bought(s, asset_id, spare)))


def bought(s: State, asset_id: int, value: int) -> int:
    """LEDG-007: how much of an asset makes up for this much equity."""
    asset = s.assets[asset_id]
    if asset.haircut_ppm == PPM or asset.index_subticks == 0:
        return 0
    gross = value * PPM // (PPM - asset.haircut_ppm)
    return gross * asset.value_divisor // asset.index_subticks


def order_margin_target(s: State, account_id: int, market: Market) -> int:
    """O*: what an isolated wallet should keep for its open orders."""
    position = s.positions[account_id, market.market_id]
    signed = basis(market, position.qty_lots, position.entry_atoms)
    alone = initial(s, account_id, market, abs(signed), abs(position.qty_lots))
    more = initial_with_orders(s, account_id, market) - alone
    rate = taker_ppm(s, account_id, market)
    value = sum(open_value(s, account_id, market, side) for side in (Side.BUY, Side.SELL))
    return more + up(value * rate, PPM)


def rebalance(s: State, account_id: int, market: Market, position_margin: int) -> None:
    """One transfer between flex and isolated wallet, to P* + O* (MRGN-007)."""
    if market.kind == MarketKind.SPOT or not s.isolated(account_id, market.market_id):
        return
    place = account_id, WalletKind.ISOLATED + market.market_id
    home = account_id, s.cross_kind(market.market_id)
    target = order_margin_target(s, account_id, market)
    unit = market.settle_asset_id
    have = balance(s, place, unit)
    wanted = position_margin + target - have
    wanted = min(wanted, free(s, *home, unit)) if wanted > 0 else -min(-wanted, max(0, have))
    move(s, unit, home, place, wanted)
    kept = min(target, max(0, have + wanted - position_margin))
    s.positions[account_id, market.market_id].order_margin_atoms = kept


def position_margin(s: State, account_id: int, market: Market) -> int:
    """P: the isolated balance without what is kept for orders."""
    place = account_id, WalletKind.ISOLATED + market.market_id
    kept = s.positions[account_id, market.market_id].order_margin_atoms
    return balance(s, place, market.settle_asset_id) - kept


def orders_changed(s: State, account_id: int, market: Market) -> None:
    """To be called when open orders changed: the position's margin stays as it is."""
    rebalance(s, account_id, market, position_margin(s, account_id, market))


def opening_margin(s: State, account_id: int, market: Market, before: Position, fill) -> int:
    """What an opening fill keeps with an isolated position."""
    entry, held = abs(before.entry_atoms), abs(before.qty_lots)
    value = fill.opened_atoms
    lots = abs(fill.after.qty_lots) - held
    tiered = raised(s, account_id, market, entry + value, held + lots)
    tiered -= raised(s, account_id, market, entry, held)
    return max(tiered, initial(s, account_id, market, value, lots))
