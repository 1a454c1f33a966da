"""Article 07: liquidation.

Chosen. Every wallet of every customer is asked, account by account, wallet kind by wallet kind,
and from the first again after each liquidation or breach. A wallet with a position in a market
whose index is stale, or which is halted, is left alone, its orders too. The partial step chooses
the largest position again each time it is repeated; its share is of that position's size when the
ladder was entered. The zero-equity price is clamped to [1, the largest price]. In CANCEL_ORDERS an
isolated wallet's order margin returns to flex. COVERED: a match happens as far as the pool can pay
it whole, and it pays after the fill is booked. UNWIND ranks in millionths, each quotient rounded
down; positions in loss by their loss alone; the lowest id where equal. No last price is made by
assignment and unwinding. MRGN-009: the newest of the orders that add risk ends, until none adds.
A wallet that is still liquidatable after its ladder is not asked again in the same settlement.
"""

from __future__ import annotations

from collections.abc import Callable

from longshore.engine.codes import (
    AdlPrice,
    AdlRank,
    Leg,
    MarketKind,
    MarketState,
    OrderState,
    OrderType,
    Reason,
    Role,
    Side,
    Step,
    System,
    TierUnit,
    WalletKind,
)
from longshore.engine.limits import ACCOUNTS_SYSTEM, PRICE_MAX_SUBTICKS, PRICE_MAX_TICKS
from longshore.engine.rows import Market
from tests.naive import gates, margin, ranks, worth
from tests.naive.book import best_opposite, others, room_to_reduce, shows, sign, walk
from tests.naive.fills import book_both, end_order, end_reduce_only, match
from tests.naive.halts import runs_away, stop
from tests.naive.ledger import balance, clearing, move, venue_purse
from tests.naive.orders import take
from tests.naive.prices import is_stale, mark_value
from tests.naive.ranks import rank
from tests.naive.state import PPM, SHORT, Order, State, up

Wallet = tuple[int, int]
HOUR_US = 3_600_000_000


def wallets(s: State) -> list[Wallet]:
    """All wallets that are asked the margin question: with something open, or in debt."""
    asked = {
        (account_id, int(s.margin_wallet(account_id, market_id)))
        for (account_id, market_id), position in s.positions.items()
        if position.qty_lots
    }
    asked |= {
        (o.account_id, int(s.margin_wallet(o.account_id, o.market_id)))
        for o in s.orders.values()
        if o.state == OrderState.RESTING and s.markets[o.market_id].kind != MarketKind.SPOT
    }
    asked |= {(a, k) for (a, k, _), amount in s.balances.items() if amount < 0}
    return sorted(w for w in asked if w[0] > ACCOUNTS_SYSTEM and w[1] != WalletKind.CASH)


def held_positions(s: State, wallet: Wallet) -> list[Market]:
    """Markets with a position that can be closed now, the largest maintenance margin first."""
    markets = [m for m in margin.wallet_positions(s, *wallet) if not stands_still(s, m, s.time_us)]
    return sorted(markets, key=lambda m: (-margin.maintenance(s, wallet[0], m), m.market_id))


def is_below(s: State, wallet: Wallet) -> bool:
    """LIQD-001, of a wallet whose ladder does not wait (LIQD-018)."""
    if wallet in s.paused:
        return False
    return margin.equity(s, *wallet) < margin.wallet_maintenance(s, *wallet)


def is_liquidatable(s: State, wallet: Wallet) -> bool:
    """LIQD-001, of a wallet that is not frozen."""
    return not is_frozen(s, wallet, s.time_us) and is_below(s, wallet)


def is_frozen(s: State, wallet: Wallet, at_us: int) -> bool:
    """All its positions' indices are stale (PRIC-005) or their markets halted (ORDR-014)."""
    held = margin.wallet_positions(s, *wallet)
    return bool(held) and all(stands_still(s, m, at_us) for m in held)


STILL = (MarketState.HALTED, MarketState.AUCTION)


def stands_still(s: State, market: Market, at_us: int) -> bool:
    """Nobody is liquidated where the index is stale, nothing is matched, or the venue is down."""
    down = s.venue_state != MarketState.ACTIVE
    return down or is_stale(s, market, at_us) or market.state in STILL


def liquidate(s: State, wallet: Wallet) -> None:
    """LIQD-002: the ladder, as often as there are positions to take down it."""
    if not is_below(s, wallet):
        return
    s.ladders.append(wallet)
    entered = {m: abs(p.qty_lots) for (a, m), p in s.positions.items() if a == wallet[0]}
    while is_below(s, wallet):
        before = len(held_positions(s, wallet))
        go_down(s, wallet, entered)
        if len(held_positions(s, wallet)) in (0, before):
            break
    shared = s.shared.pop(wallet, None)
    if not margin.wallet_positions(s, *wallet):
        bear_shortfall(s, wallet, shared)
        return_rest(s, wallet)


def go_down(s: State, wallet: Wallet, entered: dict[int, int]) -> None:
    """One position down the ladder, until it is closed or the wallet is cured."""
    market = None
    for step in s.ladder:
        held = held_positions(s, wallet)
        asked = takes_parts if step == Step.PARTIAL else is_below
        if not asked(s, wallet) or (market is not None and market not in held):
            return
        if step == Step.CANCEL_ORDERS:
            cancel_orders(s, wallet)
        elif step == Step.PARTIAL:
            partial(s, wallet, entered)
        elif step == Step.CUT_TIERS:
            cut_tiers(s, wallet)
        elif held:
            market = market or held[0]
            if step == Step.FULL or acts(s, wallet, market):
                STEPS[step](s, wallet, market)


def acts(s: State, wallet: Wallet, market: Market) -> bool:
    """LIQD-021: whether others may take a position over; if it is too early, the pause begins."""
    if not is_below(s, wallet):
        return False
    kept = margin.wallet_maintenance(s, *wallet) * market.backstop_ppm
    if market.backstop_ppm and margin.equity(s, *wallet) * PPM >= kept:
        s.paused[wallet] = s.time_us + market.pause_us
        return False
    return True


def cancel_orders(s: State, wallet: Wallet) -> None:
    """LIQD-003."""
    ids = [m.market_id for m in margin.wallet_markets(s, *wallet)]
    for order in s.newest_first(wallet[0]):
        if order.market_id in ids:
            end_order(s, order, Reason.LIQUIDATED)


def zero_equity_ticks(s: State, wallet: Wallet, market: Market) -> int:
    """LIQD-006: rest + price x size - entry value = 0, rounded for the creditors."""
    position = s.positions[wallet[0], market.market_id]
    rest = margin.equity(s, *wallet) - margin.profit(s, wallet[0], market)
    owed = position.entry_atoms - rest
    if market.inverse_factor:
        return zero_inverse(market, position.qty_lots, owed)
    lots = position.qty_lots * market.atoms_per_tick_lot
    exact = up(owed, lots) if lots > 0 else owed // lots
    return max(1, min(highest_ticks(market), exact))


def highest_ticks(market: Market) -> int:
    """The highest price there is in a market."""
    return min(PRICE_MAX_TICKS, PRICE_MAX_SUBTICKS // market.tick_subticks)


def zero_inverse(market: Market, qty: int, owed: int) -> int:
    """CONT-006: -lots x factor / price = owed; without an answer the highest price there is."""
    highest = highest_ticks(market)
    if qty * owed >= 0:
        return highest
    worth_of = abs(owed) * market.tick_subticks
    money = abs(qty) * market.inverse_factor
    exact = up(money, worth_of) if qty > 0 else money // worth_of
    return max(1, min(highest, exact))


def ladder_order(s: State, wallet: Wallet, market: Market, qty: int, ticks: int) -> Order:
    """An order of the ladder against the wallet's position."""
    side = Side.SELL if s.positions[wallet[0], market.market_id].qty_lots > 0 else Side.BUY
    number, leg = market.market_id % SHORT, Leg.SHORT * (market.market_id > SHORT)
    order = Order(s.new_order_id(), wallet[0], number, side, OrderType.LIQUIDATION, ticks, qty)
    order.leg = leg
    order.state = OrderState.TAKING
    return order


def run_order(s: State, order: Order, role: int) -> int:
    """Takes what it can; what is left."""
    s.orders[order.order_id] = order
    take(s, order, role)
    end_order(s, order, Reason.LIQUIDATED if order.qty_lots else Reason.FILLED)
    return order.qty_lots


def partial(s: State, wallet: Wallet, entered: dict[int, int]) -> None:
    """LIQD-004, LIQD-017, LIQD-018."""
    while takes_parts(s, wallet):
        market = held_positions(s, wallet)[0]
        last = s.partial_us.get(wallet)
        if market.pause_us and last == s.time_us:
            s.paused[wallet] = s.time_us + market.pause_us
            return
        have = abs(s.positions[wallet[0], market.market_id].qty_lots)
        tired = last is not None and s.time_us < last + market.partial_rest_us
        if tired or 0 < abs(mark_value(market, have)) <= market.partial_above_atoms:
            return
        share = max(1, entered[market.market_id] * market.partial_ppm // PPM)
        s.partial_us[wallet] = s.time_us
        if close_part(s, wallet, market, min(share, have)):
            return


def takes_parts(s: State, wallet: Wallet) -> bool:
    """Whether there is a position of which a part is to be closed.   LIQD-019"""
    held = held_positions(s, wallet)
    if not held or not held[0].partial_to_initial:
        return bool(held) and is_below(s, wallet)
    parts = []
    for market in margin.wallet_positions(s, *wallet):
        position = s.positions[wallet[0], market.market_id]
        size = abs(margin.basis(market, position.qty_lots, position.entry_atoms))
        need = margin.initial(s, wallet[0], market, size, abs(position.qty_lots))
        parts.append((market.base_asset_id, position.qty_lots > 0, need))
    return margin.equity(s, *wallet) < margin.netted(s, parts)


def cut_tiers(s: State, wallet: Wallet) -> None:
    """LIQD-020."""
    while is_below(s, wallet) and held_positions(s, wallet):
        market = held_positions(s, wallet)[0]
        position = s.positions[wallet[0], market.market_id]
        have = abs(position.qty_lots)
        size = have
        if market.tier_unit != TierUnit.LOTS:
            size = abs(margin.basis(market, position.qty_lots, position.entry_atoms))
        bounds = [tier.from_size for tier in s.tiers[market.market_id] if tier.from_size <= size]
        if len(bounds) <= market.cut_tiers:
            return
        kept = have * (bounds[-market.cut_tiers] - 1) // size
        if close_part(s, wallet, market, max(1, have - kept), market.cut_whole):
            return


def close_part(s: State, wallet: Wallet, market: Market, qty: int, whole: int = 0) -> int:
    """A size inside the band and no worse than the zero-equity price; what is left of it."""
    zero = zero_equity_ticks(s, wallet, market)
    mark, tick = market.mark_subticks, market.tick_subticks * PPM
    if s.positions[wallet[0], market.market_id].qty_lots > 0:
        limit = max(zero, up(mark * (PPM - market.partial_band_ppm), tick))
    else:
        limit = min(zero, mark * (PPM + market.partial_band_ppm) // tick)
    order = ladder_order(s, wallet, market, qty, max(1, limit))
    if whole and not fills_whole(s, order):
        return qty
    return run_order(s, order, Role.PARTIAL_LIQUIDATION)


def fills_whole(s: State, order: Order) -> bool:
    """LIQD-020: as a fill-or-kill order would be taken."""
    fills, _ = walk(s, order)
    market = s.markets[order.market_id]
    away = any(runs_away(s, market, maker.price_ticks) for maker, _ in fills)
    return sum(qty for _, qty in fills) == order.qty_lots and not away


def full(s: State, wallet: Wallet, market: Market) -> None:
    """LIQD-005."""
    qty = abs(s.positions[wallet[0], market.market_id].qty_lots)
    zero = zero_equity_ticks(s, wallet, market)
    run_order(s, ladder_order(s, wallet, market, qty, zero), Role.LIQUIDATION)


def transact(
    s: State, wallet: Wallet, other: int, market: Market, deal: tuple[int, int], roles: tuple
) -> None:
    """A trade of a size at a price without the book."""
    qty, ticks = deal
    way = -1 if s.positions[wallet[0], market.market_id].qty_lots > 0 else 1
    takes = -way if roles[0] == Role.ASSIGNOR else way
    theirs = s.leg(other, market, takes)
    sides = [(wallet[0], market, way * qty, roles[0]), (other, theirs, -way * qty, roles[1])]
    market.volume_lots += qty
    for account_id, leg in book_both(s, sides, ticks):
        end_reduce_only(s, account_id, leg)


def assign(s: State, wallet: Wallet, market: Market) -> None:
    """LIQD-007: in rounds, the lowest id first, a share of what is left each."""
    last = 0
    while (
        acts(s, wallet, market)
        and (rooms := room(s, wallet, market))
        and in_band(s, wallet, market)
    ):
        to_come = {a: lots for a, lots in rooms.items() if a > last} or rooms
        last, most = min(to_come.items())
        left = abs(s.positions[wallet[0], market.market_id].qty_lots)
        qty = min(most, up(left, len(to_come)))
        zero = zero_equity_ticks(s, wallet, market)
        transact(s, wallet, last, market, (qty, zero), (Role.ASSIGNOR, Role.ASSIGNEE))


def in_band(s: State, wallet: Wallet, market: Market) -> bool:
    """Whether the zero-equity price is on the provider's side of mark, inside the band."""
    ticks = zero_equity_ticks(s, wallet, market)
    gain = market.mark_subticks - ticks * market.tick_subticks
    if s.positions[wallet[0], market.market_id].qty_lots < 0:
        gain = -gain
    return 0 <= gain * PPM <= market.mark_subticks * market.assign_band_ppm


def room(s: State, wallet: Wallet, market: Market) -> dict[int, int]:
    """How much each provider can take, if its margin carries all of that."""
    found = {}
    qty = s.positions[wallet[0], market.market_id].qty_lots
    way = 1 if qty > 0 else -1
    for number, account in sorted(s.accounts.items()):
        most = min(account.assign_max_lots, market.position_max_lots)
        leg = s.leg(number, market, way)
        left = most - way * s.positions[number, leg.market_id].qty_lots
        cross = not s.isolated(number, market.market_id)
        lots = min(left, abs(qty))
        barred = not account.assign_max_lots or gates.may_open(s, number, market)
        if not barred and cross and lots > 0 and number != wallet[0]:
            found |= {number: lots} if carries(s, leg, number, way * lots) else {}
    return found


def carries(s: State, market: Market, account_id: int, lots: int) -> bool:
    """Whether a provider's cross wallet has the initial margin on a signed size at mark."""
    home = s.cross_kind(market.market_id)
    parts = list(margin.initial_parts(s, account_id, home).values())
    way, lots = lots > 0, abs(lots)
    position = s.positions[account_id, market.market_id]
    signed = abs(margin.basis(market, position.qty_lots, position.entry_atoms))
    held = signed, abs(position.qty_lots)
    more = signed + abs(mark_value(market, lots)), held[1] + lots
    added = margin.initial(s, account_id, market, *more)
    added -= margin.initial(s, account_id, market, *held)
    needed = margin.netted(s, [*parts, (market.base_asset_id, way, added)])
    return margin.equity(s, account_id, home) >= needed


def covered(s: State, wallet: Wallet, market: Market) -> None:
    """LIQD-008."""
    cover(s, wallet, market, System.POOL, market.cover_band_ppm)


def insured(s: State, wallet: Wallet, market: Market) -> None:
    """LIQD-010."""
    if not fund_has_fallen(s, market):
        cover(s, wallet, market, System.INSURANCE, 0)


def taken_over(s: State, wallet: Wallet, market: Market) -> None:
    """LIQD-016."""
    if not fund_has_fallen(s, market):
        cover(s, wallet, market, System.INSURANCE, 0, Role.TAKEN_OVER)


def surplus(s: State, wallet: Wallet, market: Market, more: int) -> None:
    """LIQD-016: what a sale brought above the price of the takeover, as far as it is there."""
    asset = market.settle_asset_id
    amount = min(more, balance(s, wallet, asset), margin.equity(s, *wallet))
    if amount > 0:
        move(s, asset, wallet, venue_purse(System.INSURANCE), amount)


def cover(
    s: State, wallet: Wallet, market: Market, payer: int, band_ppm: int, role: int = Role.COVERED
) -> None:
    """Fills in the book; the wallet gets the zero-equity price, the payer the difference."""
    qty = abs(s.positions[wallet[0], market.market_id].qty_lots)
    zero = zero_equity_ticks(s, wallet, market)
    side = Side.SELL if s.positions[wallet[0], market.market_id].qty_lots > 0 else Side.BUY
    best = best_opposite(s, market.market_id % SHORT, side)
    if best == 0:
        return
    limit = cover_limit(side, best, band_ppm)
    if payer == System.POOL and market.cover_mark_ppm:
        mark, tick = market.mark_subticks, market.tick_subticks * PPM
        if side == Side.SELL:
            limit = max(limit, up(mark * (PPM - market.cover_mark_ppm), tick))
        else:
            limit = min(limit, mark * (PPM + market.cover_mark_ppm) // tick)
    order = ladder_order(s, wallet, market, qty, limit)
    s.orders[order.order_id] = order
    while order.qty_lots and (far := others(s, order)):
        maker = far[0]
        if runs_away(s, market, maker.price_ticks):
            stop(s, market)
            break
        taken = min(order.qty_lots, shows(maker))
        funds = max(0, balance(s, venue_purse(payer), market.settle_asset_id))
        lacking = slippage(market, order, maker.price_ticks, zero)
        if lacking(taken) > funds:
            taken = taken * funds // lacking(taken)
        if taken == 0:
            break
        price = maker.price_ticks
        match(s, order, maker, taken, role)
        paid = min(funds, lacking(taken))
        move(s, market.settle_asset_id, venue_purse(payer), wallet, paid)
        if role == Role.TAKEN_OVER:
            gained = worth.value(market, price, taken) - worth.value(market, zero, taken)
            surplus(s, wallet, market, -worth.way(market, sign(order.side)) * gained)
    end_order(s, order, Reason.LIQUIDATED if order.qty_lots else Reason.FILLED)


def slippage(market: Market, order: Order, ticks: int, zero: int) -> Callable[[int], int]:
    """By how much a size is worth less at a price than at the zero-equity price, to its owner."""

    def lacking(lots: int) -> int:
        less = worth.value(market, ticks, lots) - worth.value(market, zero, lots)
        return max(0, worth.way(market, sign(order.side)) * less)

    return lacking


def cover_limit(side: int, best: int, band_ppm: int) -> int:
    """The worst price of a covered close; without a band any price."""
    if side == Side.BUY:
        return best * (PPM + band_ppm) // PPM if band_ppm else PRICE_MAX_TICKS
    return up(best * (PPM - band_ppm), PPM) if band_ppm else 1


def unwind_ticks(s: State, wallet: Wallet, market: Market) -> int:
    """LIQD-024."""
    zero = zero_equity_ticks(s, wallet, market)
    price = s.mark_before[market.market_id]
    if market.adl_price != AdlPrice.PREVIOUS_MARK:
        purses = venue_purse(System.POOL), venue_purse(System.INSURANCE)
        held = sum(max(0, balance(s, purse, s.unit(wallet[1]))) for purse in purses)
        enough = margin.equity(s, *wallet) + held >= 0
        price = market.mark_subticks if market.adl_price and enough else 0
    if not price:
        return zero
    long = s.positions[wallet[0], market.market_id].qty_lots > 0
    ticks = up(price, market.tick_subticks) if long else price // market.tick_subticks
    return max(1, min(highest_ticks(market), ticks))


def socialise(s: State, wallet: Wallet, market: Market) -> None:
    """LIQD-022: at any price."""
    s.shared[wallet] = market
    qty = s.positions[wallet[0], market.market_id].qty_lots
    limit = 1 if qty > 0 else highest_ticks(market)
    run_order(s, ladder_order(s, wallet, market, abs(qty), limit), Role.LIQUIDATION)


def share_loss(s: State, wallet: Wallet, market: Market) -> None:
    """LIQD-022: from the profits, lowest id first."""
    profits = {}
    for (account_id, number), position in sorted(s.positions.items()):
        if (number - market.market_id) % SHORT == 0 and position.qty_lots:
            leg = s.markets[number]
            profits[account_id, number] = max(0, margin.profit(s, account_id, leg))
    left = min(max(0, -margin.equity(s, *wallet)), sum(profits.values()))
    to_come = sum(profits.values())
    for winner, profit in profits.items():
        if profit:
            part = left * profit // to_come
            s.positions[winner].entry_atoms += part
            move(s, market.settle_asset_id, clearing(market.market_id), wallet, part)
            left, to_come = left - part, to_come - profit


def fund_has_fallen(s: State, market: Market) -> bool:
    """LIQD-025."""
    if not market.fund_drop_ppm:
        return False
    asset, hour = market.settle_asset_id, s.time_us // HOUR_US
    now = balance(s, venue_purse(System.INSURANCE), asset)
    levels = [level for a, at, level in s.fund_levels if a == asset and at // HOUR_US > hour - 8]
    return now * PPM <= max([now, *levels]) * (PPM - market.fund_drop_ppm)


def unwind(s: State, wallet: Wallet, market: Market) -> None:
    """LIQD-009: one after the other, the question asked after each."""
    while acts(s, wallet, market) and (have := s.positions[wallet[0], market.market_id].qty_lots):
        others = [
            (a, s.markets[m])
            for (a, m), p in s.positions.items()
            if (m - market.market_id) % SHORT == 0 and p.qty_lots * have < 0
        ]
        if not others:
            return
        score = RANKS[market.adl_rank]
        first, leg = min(others, key=lambda o: (-score(s, *o), o[0]))
        qty = min(abs(have), abs(s.positions[first, leg.market_id].qty_lots))
        roles = Role.UNWIND_BANKRUPT, Role.UNWIND_COUNTERPARTY
        deal = qty, unwind_ticks(s, wallet, market)
        transact(s, wallet, first, market, deal, roles)


def bear_shortfall(s: State, wallet: Wallet, shared: Market | None = None) -> None:
    """LIQD-011: pool, insurance, the winners of a market (LIQD-022), venue."""
    for payer in (System.POOL, System.INSURANCE, System.VENUE):
        if payer == System.VENUE and shared:
            share_loss(s, wallet, shared)
        lacking = -margin.equity(s, *wallet)
        funds = balance(s, venue_purse(payer), s.unit(wallet[1]))
        paid = lacking if payer == System.VENUE else min(lacking, max(0, funds))
        if paid > 0:
            move(s, s.unit(wallet[1]), venue_purse(payer), wallet, paid)


def return_rest(s: State, wallet: Wallet) -> None:
    """LIQD-014."""
    if not WalletKind.ISOLATED <= wallet[1] < WalletKind.COIN:
        return
    market_id = wallet[1] - WalletKind.ISOLATED
    if any(o.account_id == wallet[0] and o.market_id == market_id for o in s.orders.values()):
        return
    s.positions[wallet[0], market_id].order_margin_atoms = 0
    rest = balance(s, wallet, s.unit(wallet[1]))
    move(s, s.unit(wallet[1]), wallet, (wallet[0], s.cross_kind(market_id)), rest)


def breach(s: State, wallet: Wallet) -> bool:
    """MRGN-009: ends the orders that add risk, the newest first, if equity asks for it."""
    orders = could_breach(s, wallet)
    if not orders or wallet in s.paused or is_frozen(s, wallet, s.time_us):
        return False
    if margin.equity(s, *wallet) >= margin.wallet_initial(s, *wallet):
        return False
    while orders:
        end_order(s, max(orders, key=lambda o: o.order_id), Reason.MARGIN_BREACH)
        orders = could_breach(s, wallet)
    return True


def could_breach(s: State, wallet: Wallet) -> list[Order]:
    """The orders that add risk on a cross wallet, where the rulebook ends such orders."""
    if not s.cancel_on_initial or WalletKind.ISOLATED <= wallet[1] < WalletKind.COIN:
        return []
    return [o for m in margin.wallet_markets(s, *wallet) for o in riskier(s, wallet[0], m)]


def riskier(s: State, account_id: int, market: Market) -> list[Order]:
    """Orders of a side of which more are open than what would close the position."""
    position = s.positions[account_id, market.market_id]
    orders = margin.adding(s, account_id, market.market_id)
    found = []
    for side in (Side.BUY, Side.SELL):
        mine = [o for o in orders if o.side == side]
        if sum(o.qty_lots for o in mine) > room_to_reduce(position.qty_lots, side):
            found += mine
    return found


def mark_total(s: State, market: Market) -> int:
    """Sum of all positions' values at mark, for tests."""
    sizes = [p.qty_lots for (_, m), p in s.positions.items() if m == market.market_id]
    return sum(mark_value(market, size) for size in sizes)


STEPS = {
    Step.FULL: full,
    Step.ASSIGN: assign,
    Step.COVERED: covered,
    Step.INSURANCE: insured,
    Step.TAKEOVER: taken_over,
    Step.UNWIND: unwind,
    Step.SOCIALISE: socialise,
}
RANKS = {
    AdlRank.PROFIT_LEVERAGE: rank,
    AdlRank.PROFIT_BY_LEVERAGE: ranks.loss_by_leverage,
    AdlRank.PRICE_LEVERAGE: ranks.price_leverage,
    AdlRank.PROFIT_MARGIN_RATIO: ranks.margin_ratio,
    AdlRank.RANDOM: ranks.drawn,
}
