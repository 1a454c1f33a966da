"""Article 13: margin mode, leverage, top-up, position mode."""

from __future__ import annotations

from longshore.engine.codes import MarginMode, MarketKind, Reject, WalletKind
from longshore.engine.rows import Command, Market
from tests.naive import gates, margin
from tests.naive.ledger import balance, move
from tests.naive.state import PPM, SHORT, State, up


def set_leverage(s: State, c: Command) -> Reject:
    """MODE-001, MODE-002."""
    market = s.markets[c.market_id]
    if market.kind == MarketKind.SPOT:
        return Reject.NOT_MARGINABLE
    if c.value not in list(MarginMode):
        return Reject.BAD_VALUE
    isolated = c.value == MarginMode.ISOLATED or (c.value == 0 and c.leverage_ppm > 0)
    if c.leverage_ppm < PPM and (isolated or c.leverage_ppm):
        return Reject.BAD_VALUE
    if c.leverage_ppm * s.tiers[c.market_id][0].initial_ppm > PPM * PPM:
        return Reject.LEVERAGE_TOO_HIGH
    if gates.capped(s, c.account_id, market, c.leverage_ppm):
        return Reject.LEVERAGE_CAPPED
    if isolated and s.hedged(c.account_id, c.market_id):
        return Reject.HEDGE_IS_CROSS
    place = c.account_id, c.market_id
    other = isolated != s.isolated(*place)
    orders = [o for o in s.orders.values() if (o.account_id, o.market_id) == place]
    held = s.positions[place].qty_lots or s.positions[c.account_id, c.market_id + SHORT].qty_lots
    if held or orders:
        if other or (c.value == 0 and c.leverage_ppm != s.leverage(*place)):
            return Reject.HAS_OPEN_RISK
        change = with_margin if isolated else with_equity
        return change(s, c.account_id, market, c.leverage_ppm)
    give_back(s, c.account_id, market)
    s.accounts[c.account_id].leverage_ppm[c.market_id] = c.leverage_ppm
    mine = s.accounts[c.account_id].isolated
    (mine.add if isolated else mine.discard)(c.market_id)
    return Reject.NONE


def give_back(s: State, account_id: int, market: Market) -> None:
    """What is left in an isolated wallet without a position."""
    place = account_id, WalletKind.ISOLATED + market.market_id
    unit = market.settle_asset_id
    move(s, unit, place, (account_id, s.cross_kind(market.market_id)), balance(s, place, unit))


def with_equity(s: State, account_id: int, market: Market, leverage: int) -> Reject:
    """MODE-002."""
    home = s.cross_kind(market.market_id)
    chosen = s.accounts[account_id].leverage_ppm
    before, needed = chosen[market.market_id], margin.wallet_initial(s, account_id, home)
    chosen[market.market_id] = leverage
    after = margin.wallet_initial(s, account_id, home)
    if needed < after and margin.equity(s, account_id, home) < after:
        chosen[market.market_id] = before
        return Reject.INSUFFICIENT_MARGIN
    return Reject.NONE


def with_margin(s: State, account_id: int, market: Market, leverage: int) -> Reject:
    """MODE-003."""
    kind, home = WalletKind.ISOLATED + market.market_id, s.cross_kind(market.market_id)
    unit, chosen = market.settle_asset_id, s.accounts[account_id].leverage_ppm
    position, before = s.positions[account_id, market.market_id], chosen[market.market_id]
    size = abs(margin.basis(market, position.qty_lots, position.entry_atoms))
    alone = [size, abs(position.qty_lots)]
    more = -margin.initial(s, account_id, market, *alone)
    chosen[market.market_id] = leverage
    more += margin.initial(s, account_id, market, *alone)
    if leverage > before:
        more = max(more, -margin.free(s, account_id, kind, unit))
    wanted = margin.position_margin(s, account_id, market) + more
    target = wanted + margin.order_margin_target(s, account_id, market)
    lacking = target - balance(s, (account_id, kind), unit)
    if leverage < before and lacking > margin.free(s, account_id, home, unit):
        chosen[market.market_id] = before
        return Reject.INSUFFICIENT_MARGIN
    if leverage != before:
        margin.rebalance(s, account_id, market, wanted)
    return Reject.NONE


def set_top_up(s: State, c: Command) -> Reject:
    """MODE-008."""
    if c.value not in (0, 1):
        return Reject.BAD_VALUE
    if not s.markets[c.market_id].top_up_allowed:
        return Reject.TOP_UP_NOT_ALLOWED
    mine = s.accounts[c.account_id].topped_up
    (mine.add if c.value else mine.discard)(c.market_id)
    return Reject.NONE


def top_up(s: State, account_id: int, kind: int) -> None:
    """MODE-008: free money for a wallet that is to be liquidated."""
    number = kind - WalletKind.ISOLATED
    position = s.positions[account_id, number]
    isolated = WalletKind.ISOLATED <= kind < WalletKind.COIN
    if not isolated or number not in s.accounts[account_id].topped_up or not position.qty_lots:
        return
    market = s.markets[number]
    size = abs(margin.basis(market, position.qty_lots, position.entry_atoms))
    each = max(1, margin.initial(s, account_id, market, size, abs(position.qty_lots)))
    short = margin.maintenance(s, account_id, market) - margin.equity(s, account_id, kind)
    unit, home = market.settle_asset_id, s.cross_kind(number)
    most = min(
        size - margin.position_margin(s, account_id, market), margin.free(s, account_id, home, unit)
    )
    move(s, unit, (account_id, home), (account_id, kind), max(0, min(up(short, each) * each, most)))


def set_position_mode(s: State, c: Command) -> Reject:
    """MODE-004."""
    account = s.accounts[c.account_id]
    if c.value not in (0, 1):
        return Reject.BAD_VALUE
    if c.value == account.hedged:
        return Reject.NONE
    held = any(p.qty_lots for (a, _), p in s.positions.items() if a == c.account_id)
    if held or s.newest_first(c.account_id):
        return Reject.HAS_OPEN_RISK
    allowed = {m.market_id for m in s.perpetuals() if m.hedge_allowed}
    if c.value and not allowed:
        return Reject.HEDGE_NOT_ALLOWED
    if c.value and allowed & account.isolated:
        return Reject.HEDGE_IS_CROSS
    account.hedged = c.value
    return Reject.NONE
