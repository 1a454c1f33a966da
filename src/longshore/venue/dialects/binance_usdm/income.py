"""`income`: what moved money of the futures wallets, and why.

Profits and fees are told by fills, funding by its payments, everything else by the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from longshore.engine.codes import Reason, WalletKind
from longshore.venue.dialects.binance_usdm.api import amount_text
from longshore.venue.dialects.binance_usdm.decode import LIMIT_MAX, IncomeList
from longshore.venue.dialects.binance_usdm.errors import not_valid
from longshore.venue.dialects.binance_usdm.ids import event_number
from longshore.venue.dialects.binance_usdm.spans import gathered, span_of
from longshore.venue.dialects.binance_usdm.values import Json, millis

if TYPE_CHECKING:
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.history import Span
    from longshore.venue.projections.records import FillRecord, FundingPayment, LedgerRecord, Record

PROFIT, FEE, FUNDING = "REALIZED_PNL", "COMMISSION", "FUNDING_FEE"
MOVES: dict[int, str] = {
    Reason.DEPOSIT: "TRANSFER",
    Reason.WITHDRAWAL: "TRANSFER",
    Reason.TRANSFER: "TRANSFER",
    Reason.CONVERSION: "AUTO_EXCHANGE",
    Reason.SETTLEMENT: "DELIVERED_SETTELMENT",
    Reason.SETTLEMENT_FEE: "COMMISSION",
    Reason.COVER: "INSURANCE_CLEAR",
    Reason.BANKRUPTCY: "INSURANCE_CLEAR",
    Reason.TAKEOVER: "INSURANCE_CLEAR",
    Reason.SHARED_LOSS: "INSURANCE_CLEAR",
}
"""Moves that no fill and no payment tells of. One of these names is spelt as Binance spells it.

What a liquidation costs is in its fills' fees and is not told again.
"""
TYPES = frozenset((PROFIT, FEE, FUNDING, *MOVES.values()))


class Income(msgspec.Struct):
    """One move of money, whatever told of it."""

    row: Record
    type: str
    asset_id: int
    amount_atoms: int
    market_id: int = 0
    trade_id: int = 0


class Wanted(NamedTuple):
    """Which income is asked for; market 0: of all."""

    account_id: int
    market_id: int
    types: frozenset[str]
    span: Span


async def income(api: Api, call: Call) -> list[Json]:
    """GET income, oldest first. Moves between an account's own futures wallets are none."""
    asked = call.form(IncomeList)
    if asked.income_type is not None and asked.income_type not in TYPES:
        raise not_valid("incomeType")
    types = TYPES if asked.income_type is None else frozenset((asked.income_type,))
    market_id = api.market_id(asked.symbol)
    span = span_of(asked.start_time, asked.end_time, min(asked.limit, LIMIT_MAX))
    wanted = Wanted(call.account_id, market_id, types, span)
    found = [each for source in (_traded, _paid, _moved) for each in await source(api, wanted)]
    found.sort(key=lambda each: (each.row.seq, each.row.index))
    chosen = found[: span.limit] if span.ascending else found[-span.limit :]
    return [_told(api, each) for each in chosen]


async def _traded(api: Api, wanted: Wanted) -> list[Income]:
    """Profits and fees."""
    if wanted.types.isdisjoint((PROFIT, FEE)):
        return []
    settle = api.venue.catalog.settlement.asset_id

    async def read(part: Span) -> list[FillRecord]:
        return await api.venue.history.fills(wanted.account_id, part, wanted.market_id)

    def told(fill: FillRecord) -> list[Income]:
        made = _of_fill(fill, settle) if api.known(fill.market_id) else ()
        return [each for each in made if each.type in wanted.types]

    fills = await gathered(read, lambda fill: bool(told(fill)), wanted.span)
    return [each for fill in fills for each in told(fill)]


def _of_fill(fill: FillRecord, settle: int) -> Iterator[Income]:
    trade_id = event_number(fill.seq, fill.index)
    for kind, atoms in ((PROFIT, fill.pnl_atoms), (FEE, -fill.fee_atoms)):
        if atoms:
            yield Income(fill, kind, settle, atoms, fill.market_id, trade_id)


async def _paid(api: Api, wanted: Wanted) -> list[Income]:
    """Funding."""
    if FUNDING not in wanted.types:
        return []
    settle = api.venue.catalog.settlement.asset_id

    async def read(part: Span) -> list[FundingPayment]:
        return await api.venue.history.funding_payments(wanted.account_id, part, wanted.market_id)

    payments = await gathered(read, lambda paid: api.known(paid.market_id), wanted.span)
    return [Income(paid, FUNDING, settle, paid.funding_atoms, paid.market_id) for paid in payments]


async def _moved(api: Api, wanted: Wanted) -> list[Income]:
    """Everything else; it is of no market."""
    reasons = {reason for reason, name in MOVES.items() if name in wanted.types}
    if wanted.market_id or not reasons:
        return []

    async def read(part: Span) -> list[LedgerRecord]:
        return await api.venue.history.ledger(wanted.account_id, part)

    def is_told(row: LedgerRecord) -> bool:
        return row.reason in reasons and _is_outward(row)

    rows = await gathered(read, is_told, wanted.span)
    return [Income(row, MOVES[row.reason], row.asset_id, row.amount_atoms) for row in rows]


def _is_outward(row: LedgerRecord) -> bool:
    """Whether money came into the futures wallets from elsewhere, or went there."""
    if row.wallet == WalletKind.CASH:
        return False
    return row.other_account_id != row.account_id or row.other_wallet == WalletKind.CASH


def _told(api: Api, each: Income) -> Json:
    asset = api.venue.catalog.asset(each.asset_id)
    market = each.market_id and api.venue.catalog.market(each.market_id).symbol
    return {
        "symbol": market or "",
        "incomeType": each.type,
        "income": amount_text(asset, each.amount_atoms),
        "asset": asset.code,
        "info": str(each.trade_id) if each.trade_id else each.type,
        "time": millis(each.row.time_us),
        "tranId": event_number(each.row.seq, each.row.index),
        "tradeId": str(each.trade_id) if each.trade_id else "",
    }
