"""The rows of the account log, from fills, funding payments and moves of money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Reason, Side, WalletKind
from longshore.venue.dialects.kraken_futures.positions import average_price
from longshore.venue.dialects.kraken_futures.roles import LOG_INFOS
from longshore.venue.dialects.kraken_futures.row_ids import leg_number
from longshore.venue.dialects.kraken_futures.values import (
    E18_DECIMALS,
    Json,
    iso,
    money,
    number,
    scaled,
)

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.projections.records import FillRecord, FundingPayment, LedgerRecord, Record

MOVE_INFOS: dict[int, str] = {
    Reason.DEPOSIT: "cross-exchange transfer",
    Reason.WITHDRAWAL: "cross-exchange transfer",
    Reason.TRANSFER: "transfer",
    Reason.ISOLATED_MARGIN: "transfer",
    Reason.MARGIN_TOP_UP: "transfer",
    Reason.CONVERSION: "conversion",
    Reason.COVER: "covered liquidation",
    Reason.BANKRUPTCY: "covered liquidation",
    Reason.TAKEOVER: "covered liquidation",
    Reason.SHARED_LOSS: "covered liquidation",
}
"""Moves with a row of their own; the others are parts of trades and funding."""

TRADE_REASONS = (Reason.TRADE_PNL, Reason.FEE, Reason.LIQUIDATION_FEE, Reason.FUNDING)


def rows_of_log(
    api: Api,
    fills: list[FillRecord],
    payments: list[FundingPayment],
    moves: list[LedgerRecord],
) -> Iterator[Json]:
    """Every row, in no order."""
    perpetual = [f for f in fills if api.venue.catalog.market(f.market_id).is_dollar_perpetual]
    balances = _balances_after(perpetual, moves)
    for fill in perpetual:
        yield _position_leg(api, fill)
        yield _cash_leg(api, fill, balances[fill.seq, fill.index])
    traded = {(fill.seq, fill.market_id) for fill in perpetual if fill.funding_atoms}
    for payment in payments:
        if (payment.seq, payment.market_id) not in traded:
            yield _funding(api, payment)
    for move in moves:
        if move.reason in MOVE_INFOS:
            yield _move(api, move)


def _balances_after(
    fills: list[FillRecord], moves: list[LedgerRecord]
) -> dict[tuple[int, int], int]:
    """The balance each trade left, before what it owed was paid by selling collateral.

    That is the balance of the trade's last own move of money; a trade that moved none left the
    balance it states.
    """
    own: dict[tuple[int, int], list[LedgerRecord]] = defaultdict(list)
    for move in sorted(moves, key=_key):
        if move.reason in TRADE_REASONS:
            own[move.seq, move.wallet].append(move)
    return {_key(fill): _balance_after(fill, own[fill.seq, fill.wallet]) for fill in fills}


def _balance_after(fill: FillRecord, moves: list[LedgerRecord]) -> int:
    before = [move.balance_atoms for move in moves if move.index < fill.index]
    return before[-1] if before else fill.balance_atoms


def _key(record: Record) -> tuple[int, int]:
    return record.seq, record.index


def _head(api: Api, record: Record, leg: int, kind: int, info: str) -> Json:
    return {
        "id": leg_number(record.seq, record.index, leg),
        "date": iso(record.time_us),
        "booking_uid": api.ids.booking(record.seq, record.index, leg),
        "info": info,
        "margin_account": _account(api, kind),
    }


def _account(api: Api, kind: int) -> str:
    """Kraken has one flex account; an isolated position's own wallet is named by its market."""
    if kind in (WalletKind.CASH, WalletKind.FLEX):
        return WalletKind(kind).name.lower()
    return f"flex:{api.venue.catalog.market(kind - WalletKind.ISOLATED).symbol.lower()}"


def _blank() -> Json:
    names = (
        "contract", "execution", "old_average_entry_price", "new_average_entry_price",
        "trade_price", "mark_price", "funding_rate", "realized_pnl", "fee", "realized_funding",
        "collateral", "conversion_spread_percentage", "liquidation_fee", "position_uid",
    )  # fmt: skip
    return dict.fromkeys(names)


def _trade(api: Api, market: MarketInfo, fill: FillRecord) -> Json:
    """What both rows of a trade say."""
    return {
        "contract": market.symbol.lower(),
        "execution": api.ids.event(fill.seq, fill.index),
        "trade_price": number(market.price(fill.price_ticks)),
        "mark_price": number(market.mark(fill.mark_subticks)),
        "collateral": market.quote.symbol,
    }


def _position_leg(api: Api, fill: FillRecord) -> Json:
    """Signed size and average entry before and after."""
    market = api.venue.catalog.market(fill.market_id)
    signed = fill.qty_lots if fill.side == Side.BUY else -fill.qty_lots
    value = fill.value_atoms if fill.side == Side.BUY else -fill.value_atoms
    entry_before = fill.entry_value_atoms - value - fill.pnl_atoms
    before = fill.position_lots - signed
    return {
        **_blank(),
        **_head(api, fill, 0, fill.wallet, LOG_INFOS[fill.role]),
        **_trade(api, market, fill),
        "asset": market.symbol.lower(),
        "old_balance": number(market.size(before)),
        "new_balance": number(market.size(fill.position_lots)),
        "old_average_entry_price": average_price(api, market, entry_before, before),
        "new_average_entry_price": _entry_after(api, market, fill),
    }


def _entry_after(api: Api, market: MarketInfo, fill: FillRecord) -> Decimal:
    return average_price(api, market, fill.entry_value_atoms, fill.position_lots)


def _cash_leg(api: Api, fill: FillRecord, balance_atoms: int) -> Json:
    """Dollars before and after, and what made the difference."""
    market = api.venue.catalog.market(fill.market_id)
    change = fill.pnl_atoms - fill.fee_atoms + fill.funding_atoms
    return {
        **_blank(),
        **_head(api, fill, 1, fill.wallet, LOG_INFOS[fill.role]),
        **_trade(api, market, fill),
        "asset": market.quote.symbol.lower(),
        "old_balance": money(balance_atoms - change),
        "new_balance": money(balance_atoms),
        "realized_pnl": money(fill.pnl_atoms),
        "fee": money(fill.fee_atoms),
        "realized_funding": money(fill.funding_atoms),
    }


def _funding(api: Api, payment: FundingPayment) -> Json:
    """Funding realised at the end of an interval."""
    market = api.venue.catalog.market(payment.market_id)
    return {
        **_blank(),
        **_head(api, payment, 0, payment.wallet, "funding rate change"),
        "asset": market.quote.symbol.lower(),
        "contract": market.symbol.lower(),
        "old_balance": money(payment.balance_atoms - payment.funding_atoms),
        "new_balance": money(payment.balance_atoms),
        "funding_rate": scaled(payment.rate_e18, E18_DECIMALS),
        "fee": 0,
        "realized_funding": money(payment.funding_atoms),
    }


def _move(api: Api, move: LedgerRecord) -> Json:
    """A deposit, a transfer, a conversion."""
    asset = api.venue.catalog.asset(move.asset_id)
    return {
        **_blank(),
        **_head(api, move, move.leg, move.wallet, MOVE_INFOS[move.reason]),
        "asset": asset.symbol.lower(),
        "old_balance": number(asset.amount(move.balance_atoms - move.amount_atoms)),
        "new_balance": number(asset.amount(move.balance_atoms)),
    }
