"""Who stands behind a liquidation: the pool, the insurance account, the venue.

LIQD-008, LIQD-010, LIQD-011
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Reason, Role, System
from longshore.engine.events import EventKind
from longshore.engine.ledger import balance_atoms, system_wallet, transfer, unit_asset
from longshore.engine.margin import equity_atoms, position_wallet
from longshore.engine.peaks import note_fund
from longshore.engine.rows import Market, Order
from longshore.engine.state import State, next_event, wallet_account, wallet_kind
from longshore.engine.units import larger, mul_div_floor, smaller
from longshore.engine.value import signed_value, value_atoms


@rule
def covers(order: Order) -> bool:
    """Whether a liquidation order's slippage is paid by a fund."""
    return order.role == Role.COVERED or order.role == Role.TAKEN_OVER


@rule
def covering_wallet(order: Order) -> I64:
    """The fund that pays a covered order's slippage."""
    return system_wallet(order.fund_id)


@rule
def slippage_atoms(market: Market, order: Order, price_ticks: I64, lots: I64) -> I64:
    """How much worse than at the order's guaranteed price a fill is.

    The value at the guaranteed price less that at the fill's, for a sale; the other way for a
    purchase.
    """
    paid = value_atoms(market, price_ticks, lots)
    worse = paid - value_atoms(market, order.guaranteed_ticks, lots)
    return larger(0, signed_value(market, order.side, worse))


@rule
def affordable_lots(state: State, market: Market, taker: Order, price_ticks: I64, lots: I64) -> I64:
    """How much of a fill its fund can cover; all of it for any other order."""
    if not covers(taker):
        return lots
    slippage = slippage_atoms(market, taker, price_ticks, lots)
    fund = larger(0, balance_atoms(state, covering_wallet(taker), market.settle_asset_id))
    if slippage <= fund:
        return lots
    return mul_div_floor(lots, fund, slippage)


@rule
def pay_difference(state: State, market: Market, taker: Order) -> None:
    """The fund pays a covered fill's slippage to the wallet being liquidated, as far as it can."""
    if not covers(taker):
        return
    match = state.matches[0]
    amount = slippage_atoms(market, taker, match.price_ticks, match.qty_lots)
    wallet = position_wallet(state, taker.account_id, taker.market_id)
    fund = covering_wallet(taker)
    amount = smaller(amount, larger(0, balance_atoms(state, fund, market.settle_asset_id)))
    note_fund(state, market.settle_asset_id)
    transfer(state, market.settle_asset_id, fund, wallet, amount, Reason.COVER)
    if taker.role == Role.TAKEN_OVER:
        take_surplus(state, market, taker, wallet)


@rule
def take_surplus(state: State, market: Market, taker: Order, wallet: I64) -> None:
    """What a position that was taken over is sold for above its price is the fund's.   LIQD-016

    No more than the wallet's equity, nor than it holds in what the market settles in.
    """
    match = state.matches[0]
    paid = value_atoms(market, match.price_ticks, match.qty_lots)
    more = value_atoms(market, taker.guaranteed_ticks, match.qty_lots) - paid
    surplus = signed_value(market, taker.side, more)
    held = balance_atoms(state, wallet, market.settle_asset_id)
    amount = larger(0, smaller(surplus, smaller(held, equity_atoms(state, wallet))))
    fund = covering_wallet(taker)
    transfer(state, market.settle_asset_id, wallet, fund, amount, Reason.TAKEOVER)


@rule
def bear_shortfall(state: State, wallet: I64) -> None:
    """Bring a wallet with nothing open back to zero: pool, insurance, then the venue.   LIQD-011"""
    bear(state, wallet, System.VENUE, bear_from_funds(state, wallet))


@rule
def bear_from_funds(state: State, wallet: I64) -> I64:
    """What the pool, then the insurance account can pay of a shortfall; what is left of it."""
    missing = larger(0, -equity_atoms(state, wallet))
    asset_id = unit_asset(state, wallet)
    note_fund(state, asset_id)
    for fund in range(System.INSURANCE, System.POOL + 1):
        # The pool pays first, the insurance account next: 5, then 4.
        payer = System.POOL + System.INSURANCE - fund
        available = larger(0, balance_atoms(state, system_wallet(payer), asset_id))
        missing -= bear(state, wallet, payer, smaller(missing, available))
    return missing


@rule
def bear(state: State, wallet: I64, payer_id: I64, amount_atoms: I64) -> I64:
    """One payer's part of a shortfall; the part."""
    if amount_atoms > 0:
        source = system_wallet(payer_id)
        asset_id = unit_asset(state, wallet)
        transfer(state, asset_id, source, wallet, amount_atoms, Reason.BANKRUPTCY)
        event = next_event(state, EventKind.SHORTFALL_BORNE)
        event.account_id = wallet_account(wallet)
        event.wallet = wallet_kind(wallet)
        event.other_account_id = payer_id
        event.amount_atoms = amount_atoms
    return amount_atoms
