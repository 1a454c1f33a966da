"""`/api/history/v3/positions`: what changed the caller's positions, or was realised on them.

A trade tells the position before and after it. Funding paid without a trade leaves the position as
it was; its average entry is that of the last trade before.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Role, Side
from longshore.venue.dialects.kraken_futures.fills import own_fills
from longshore.venue.dialects.kraken_futures.order_history import asked_market_id
from longshore.venue.dialects.kraken_futures.pages import Key, gathered, page_of, span_of
from longshore.venue.dialects.kraken_futures.positions import average_price
from longshore.venue.dialects.kraken_futures.values import Json, millis, money, text
from longshore.venue.history import Span
from longshore.venue.projections.records import FillRecord, FundingPayment

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call

Change = FillRecord | FundingPayment
FILLS_MAX = 100_000
"""More than one page of payments has trades between its ends."""

TRADE_TYPES: dict[int, str] = {
    Role.LIQUIDATION: "liquidation",
    Role.PARTIAL_LIQUIDATION: "partialLiquidation",
    Role.COVERED: "liquidation",
    Role.TAKEN_OVER: "liquidation",
    Role.ASSIGNOR: "assignment",
    Role.ASSIGNEE: "assignment",
    Role.UNWIND_BANKRUPT: "unwind",
    Role.UNWIND_COUNTERPARTY: "unwind",
}
"""`tradeType` by role; anything else is `userExecution`."""


class Wanted(msgspec.Struct):
    """Which changes are asked for; none named: all of them."""

    opened: bool = False
    closed: bool = False
    increased: bool = False
    decreased: bool = False
    reversed: bool = False
    no_change: bool = False
    trades: bool = False
    funding_realization: bool = False
    settlement: bool = False  # perpetuals have none, so it asks for nothing more

    def has(self, change: str, reason: str) -> bool:
        """Whether a change of this kind, for this reason, is asked for."""
        kinds = {
            "open": self.opened,
            "close": self.closed,
            "increase": self.increased,
            "decrease": self.decreased,
            "reverse": self.reversed,
            "noChange": self.no_change,
        }
        reasons = {"trade": self.trades, "fundingRealisation": self.funding_realization}
        asked = any((*kinds.values(), *reasons.values(), self.settlement))
        return not asked or kinds[change] or reasons[reason]


async def positions(api: Api, call: Call) -> Json:
    """GET positions."""
    span, wanted = span_of(call), call.form(Wanted)
    account_id, market_id = call.account_id, asked_market_id(api, call)

    async def read(part: Span) -> list[Change]:
        return await _changes(api, account_id, part, market_id)

    async def told(rows: list[Change]) -> list[tuple[Key, Json]]:
        with_trade = await _with_trade(api, account_id, rows)
        updates = [
            ((row.seq, row.index), await _update(api, row))
            for row in rows
            if isinstance(row, FillRecord) or (row.seq, row.market_id) not in with_trade
        ]
        return [
            (key, _element(api, key, update))
            for key, update in updates
            if wanted.has(update["positionChange"], update["updateReason"])
        ]

    page = page_of(await gathered(read, told, span), span)
    return {"accountUid": api.ids.account(account_id), "serverTime": api.now_iso(), **page}


async def _changes(api: Api, account_id: int, span: Span, market_id: int) -> list[Change]:
    """Trades and payments of funding, in the order asked for."""
    rows: list[Change] = [
        *await own_fills(api, account_id, span, market_id),
        *await api.venue.history.funding_payments(account_id, span, market_id),
    ]
    rows.sort(key=lambda row: (row.seq, row.index), reverse=not span.ascending)
    return rows[: span.limit]


async def _with_trade(api: Api, account_id: int, rows: list[Change]) -> set[tuple[int, int]]:
    """The commands and markets whose funding a trade tells, wherever a page ends."""
    paid = [row.seq for row in rows if isinstance(row, FundingPayment)]
    if not paid:
        return set()
    span = Span(after_key=(min(paid), 0), before_key=(max(paid) + 1, 0), limit=FILLS_MAX)
    fills = await own_fills(api, account_id, span)
    return {(fill.seq, fill.market_id) for fill in fills if fill.funding_atoms}


def _element(api: Api, key: Key, update: Json) -> Json:
    uid = api.ids.event(*key)
    return {"uid": uid, "timestamp": update["timestamp"], "event": {"PositionUpdate": update}}


async def _update(api: Api, row: Change) -> Json:
    market = api.venue.catalog.market(row.market_id)
    if isinstance(row, FillRecord):
        return _traded(api, market, row)
    return await _funded(api, market, row)


def _traded(api: Api, market: MarketInfo, fill: FillRecord) -> Json:
    sign = 1 if fill.side == Side.BUY else -1
    before = fill.position_lots - sign * fill.qty_lots
    entry_before = fill.entry_value_atoms - sign * fill.value_atoms - fill.pnl_atoms
    funding = {"realizedFunding": text(money(fill.funding_atoms))} if fill.funding_atoms else {}
    return {
        **_head(api, market, fill),
        "oldPosition": text(market.size(before)),
        "oldAverageEntryPrice": text(average_price(api, market, entry_before, before)),
        "newPosition": text(market.size(fill.position_lots)),
        "newAverageEntryPrice": text(
            average_price(api, market, fill.entry_value_atoms, fill.position_lots)
        ),
        "fillTime": millis(fill.time_us),
        "fee": text(money(fill.fee_atoms)),
        "feeCurrency": market.quote.symbol,
        "realizedPnL": text(money(fill.pnl_atoms)),
        "positionChange": change_of(before, fill.position_lots),
        "executionUid": api.ids.event(fill.seq, fill.index),
        "executionPrice": text(market.price(fill.price_ticks)),
        "executionSize": text(market.size(fill.qty_lots)),
        "tradeType": TRADE_TYPES.get(fill.role, "userExecution"),
        **funding,
        "updateReason": "trade",
    }


async def _funded(api: Api, market: MarketInfo, payment: FundingPayment) -> Json:
    size = text(market.size(payment.position_lots))
    entry = text(await _entry_before(api, market, payment))
    return {
        **_head(api, market, payment),
        "oldPosition": size,
        "oldAverageEntryPrice": entry,
        "newPosition": size,
        "newAverageEntryPrice": entry,
        "positionChange": "noChange",
        "fundingRealizationTime": millis(payment.time_us),
        "realizedFunding": text(money(payment.funding_atoms)),
        "updateReason": "fundingRealisation",
    }


def _head(api: Api, market: MarketInfo, row: Change) -> Json:
    return {
        "accountUid": api.ids.account(row.account_id),
        "tradeable": market.symbol,
        "timestamp": millis(row.time_us),
    }


async def _entry_before(api: Api, market: MarketInfo, payment: FundingPayment) -> Decimal:
    """The average entry that the last trade before left."""
    span = Span(before_key=(payment.seq, payment.index), limit=1)
    last = await own_fills(api, payment.account_id, span, market.market_id)
    if not last:
        return Decimal(0)
    return average_price(api, market, last[0].entry_value_atoms, last[0].position_lots)


def change_of(before: int, after: int) -> str:
    """What became of a position, by its signed sizes."""
    if before == after:
        return "noChange"
    if before == 0:
        return "open"
    if after == 0:
        return "close"
    if (before > 0) != (after > 0):
        return "reverse"
    return "increase" if abs(after) > abs(before) else "decrease"
