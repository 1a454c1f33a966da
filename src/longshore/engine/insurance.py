"""Who stands behind a liquidation: the pool, the insurance account, the venue.

LIQD-008, LIQD-010, LIQD-011
"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Reason, Role, System
from longshore.engine.events import EventKind
from longshore.engine.ledger import settlement_atoms, system_wallet, transfer
from longshore.engine.margin import equity_atoms, position_wallet
from longshore.engine.positions import signed
from longshore.engine.rows import Market, Order
from longshore.engine.state import State, next_event, wallet_account, wallet_kind
from longshore.engine.units import clamp, larger, smaller


@rule
def covers(order: Order) -> bool:
    """Whether a liquidation order's slippage is paid by a fund."""
    return order.role == Role.COVERED


@rule
def covering_wallet(order: Order) -> I64:
    """The fund that pays a covered order's slippage."""
    return system_wallet(order.fund_id)


@rule
def slippage_atoms(market: Market, order: Order, price_ticks: I64, lots: I64) -> I64:
    """How much worse than the order's guaranteed price a fill is.

    (guaranteed - price) * lots for a sale, the other way for a purchase.
    """
    worse = signed(order.side, price_ticks - order.guaranteed_ticks)
    return larger(0, worse) * lots * market.atoms_per_tick_lot


@rule
def affordable_lots(state: State, market: Market, taker: Order, price_ticks: I64, lots: I64) -> I64:
    """How much of a fill its fund can cover; all of it for any other order."""
    if not covers(taker):
        return lots
    per_lot = slippage_atoms(market, taker, price_ticks, 1)
    if per_lot == 0:
        return lots
    return clamp(settlement_atoms(state, covering_wallet(taker)) // per_lot, 0, lots)


@rule
def pay_difference(state: State, market: Market, taker: Order) -> None:
    """The fund pays a covered fill's slippage to the wallet being liquidated."""
    if not covers(taker):
        return
    match = state.matches[0]
    amount = slippage_atoms(market, taker, match.price_ticks, match.qty_lots)
    wallet = position_wallet(state, taker.account_id, taker.market_id)
    fund = covering_wallet(taker)
    transfer(state, state.settlement_asset_id, fund, wallet, amount, Reason.COVER)


@rule
def bear_shortfall(state: State, wallet: I64) -> None:
    """Bring a wallet with nothing open back to zero: pool, insurance, then the venue.   LIQD-011"""
    missing = larger(0, -equity_atoms(state, wallet))
    for fund in range(System.INSURANCE, System.POOL + 1):
        # The pool pays first, the insurance account next: 5, then 4.
        payer = System.POOL + System.INSURANCE - fund
        available = larger(0, settlement_atoms(state, system_wallet(payer)))
        missing -= bear(state, wallet, payer, smaller(missing, available))
    bear(state, wallet, System.VENUE, missing)


@rule
def bear(state: State, wallet: I64, payer_id: I64, amount_atoms: I64) -> I64:
    """One payer's part of a shortfall; the part."""
    if amount_atoms > 0:
        source = system_wallet(payer_id)
        asset_id = state.settlement_asset_id
        transfer(state, asset_id, source, wallet, amount_atoms, Reason.BANKRUPTCY)
        event = next_event(state, EventKind.SHORTFALL_BORNE)
        event.account_id = wallet_account(wallet)
        event.wallet = wallet_kind(wallet)
        event.other_account_id = payer_id
        event.amount_atoms = amount_atoms
    return amount_atoms
