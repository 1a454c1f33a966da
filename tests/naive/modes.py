"""Article 13: margin mode and leverage."""

from __future__ import annotations

from longshore.engine.codes import MarginMode, MarketKind, Reject, WalletKind
from longshore.engine.rows import Command, Market
from tests.naive import margin
from tests.naive.ledger import balance, move
from tests.naive.state import PPM, State


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
    place = c.account_id, c.market_id
    other = isolated != s.isolated(*place)
    orders = [o for o in s.orders.values() if (o.account_id, o.market_id) == place]
    if s.positions[place].qty_lots or orders:
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
