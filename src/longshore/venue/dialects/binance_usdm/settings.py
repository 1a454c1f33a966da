"""How an account trades: one position a market or two, isolated margin, what it pays."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, Reason, Reject, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.fees import fee_rate_ppm
from longshore.engine.rows import Command
from longshore.rulebooks import ConversionError
from longshore.venue import views
from longshore.venue.dialects.binance_usdm.accounts import config
from longshore.venue.dialects.binance_usdm.api import money_text
from longshore.venue.dialects.binance_usdm.decode import (
    LIMIT_MAX,
    MaybeSymbol,
    PositionMargin,
    PositionMode,
    Symbol,
    Times,
)
from longshore.venue.dialects.binance_usdm.drafts import refused
from longshore.venue.dialects.binance_usdm.errors import (
    AMOUNT,
    CROSS_SHORT,
    ISOLATED_SHORT,
    NO_POSITION,
    NOT_ALLOWED,
    NOT_ISOLATED,
    ORDERS_HOLD_MODE,
    POSITION_HOLDS_MODE,
    SAME_SIDE_MODE,
    ApiError,
    missing,
    not_valid,
    rejected,
)
from longshore.venue.dialects.binance_usdm.leverage import (
    DONE,
    leverage_of,
    max_notional_text,
)
from longshore.venue.dialects.binance_usdm.spans import gathered, span_of
from longshore.venue.dialects.binance_usdm.values import Json, fraction, millis

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.history import Span
    from longshore.venue.projections.records import LedgerRecord

ADD, TAKE = 1, 2
ISOLATED_MOVES = (Reason.TRANSFER, Reason.MARGIN_TOP_UP)


async def position_mode(api: Api, call: Call) -> Json:
    """GET positionSide/dual."""
    return {"dualSidePosition": api.view.accounts[call.account_id].hedged == 1}


async def set_position_mode(api: Api, call: Call) -> Json:
    """POST positionSide/dual."""
    wanted = int(call.form(PositionMode).dual_side_position)
    if api.view.accounts[call.account_id].hedged == wanted:
        raise ApiError(SAME_SIDE_MODE)
    command = Command(
        kind=CommandKind.SET_POSITION_MODE,
        origin=Origin.USER,
        account_id=call.account_id,
        value=wanted,
    )
    reject = await refused(api, command)
    if reject == Reject.HAS_OPEN_RISK:
        held = any(views.positions(api.view, call.account_id))
        raise ApiError(POSITION_HOLDS_MODE if held else ORDERS_HOLD_MODE)
    if reject in (Reject.HEDGE_NOT_ALLOWED, Reject.HEDGE_IS_CROSS):
        raise ApiError(NOT_ALLOWED)
    if reject != Reject.NONE:
        raise rejected(reject)
    return dict(DONE)


async def set_position_margin(api: Api, call: Call) -> Json:
    """POST positionMargin: money into an isolated position's own wallet, or out of it."""
    asked = call.form(PositionMargin)
    market = api.market(asked.symbol)
    if asked.type not in (ADD, TAKE):
        raise not_valid("type")
    position = views.position(api.view, call.account_id, market.market_id)
    if not position.isolated:
        raise ApiError(NOT_ISOLATED)
    if not position.qty_lots:
        raise ApiError(NO_POSITION)
    own, home = WalletKind.ISOLATED + market.market_id, WalletKind.FLEX
    command = Command(
        kind=CommandKind.TRANSFER,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=market.settle.asset_id,
        from_wallet=home if asked.type == ADD else own,
        to_wallet=own if asked.type == ADD else home,
        amount_atoms=_atoms(market, asked.amount),
    )
    reject = await refused(api, command)
    if reject in (Reject.INSUFFICIENT_FUNDS, Reject.INSUFFICIENT_MARGIN, Reject.WOULD_LIQUIDATE):
        raise ApiError(CROSS_SHORT if asked.type == ADD else ISOLATED_SHORT)
    if reject != Reject.NONE:
        raise rejected(reject)
    told = {"amount": float(asked.amount), "type": asked.type}
    return {**told, "code": 200, "msg": "Successfully modify position margin."}


def _atoms(market: MarketInfo, amount: Decimal) -> int:
    if amount <= 0:
        raise ApiError(AMOUNT)
    try:
        return market.settle.atoms(amount)
    except ConversionError:
        raise not_valid("amount") from None


async def position_margin_history(api: Api, call: Call) -> list[Json]:
    """GET positionMargin/history: what came into the own wallet and left it, oldest first.

    By hand or by topping up, but not by trading.
    """
    asked = call.form(Times)
    if asked.symbol is None:
        raise missing("symbol")
    market = api.market(asked.symbol)
    span = span_of(asked.start_time, asked.end_time, min(asked.limit, LIMIT_MAX))
    own = WalletKind.ISOLATED + market.market_id

    async def read(part: Span) -> list[LedgerRecord]:
        return await api.venue.history.ledger(call.account_id, part)

    def wanted(row: LedgerRecord) -> bool:
        return row.wallet == own and row.reason in ISOLATED_MOVES

    return [_move(market, row) for row in await gathered(read, wanted, span)]


def _move(market: MarketInfo, row: LedgerRecord) -> Json:
    return {
        "symbol": market.symbol,
        "type": ADD if row.amount_atoms > 0 else TAKE,
        "deltaType": "USER_ADJUST",
        "amount": money_text(market, abs(row.amount_atoms)),
        "asset": market.settle.code,
        "time": millis(row.time_us),
        "positionSide": "BOTH",
    }


async def multi_assets(api: Api, call: Call) -> Json:
    """GET multiAssetsMargin: each asset stands for itself."""
    return {"multiAssetsMargin": False}


async def account_config(api: Api, call: Call) -> Json:
    """GET accountConfig."""
    hedged = api.view.accounts[call.account_id].hedged == 1
    return {**config(api, call.account_id), "dualSidePosition": hedged}


async def symbol_config(api: Api, call: Call) -> list[Json]:
    """GET symbolConfig: margin mode and leverage in each market."""
    markets = api.markets(call.form(MaybeSymbol).symbol)
    return [_symbol_config(api, call.account_id, market) for market in markets]


def _symbol_config(api: Api, account_id: int, market: MarketInfo) -> Json:
    position = views.position(api.view, account_id, market.market_id)
    return {
        "symbol": market.symbol,
        "marginType": "ISOLATED" if position.isolated else "CROSSED",
        "isAutoAddMargin": position.tops_up == 1,
        "leverage": leverage_of(market, position),
        "maxNotionalValue": max_notional_text(api, market, position),
    }


async def commission_rate(api: Api, call: Call) -> Json:
    """GET commissionRate: what the account's volume makes it pay."""
    market = api.market(call.form(Symbol).symbol)
    row = api.row(market)
    maker, taker = (fee_rate_ppm(api.view, call.account_id, row, made) for made in (True, False))
    return {
        "symbol": market.symbol,
        "makerCommissionRate": fraction(maker),
        "takerCommissionRate": fraction(taker),
    }
