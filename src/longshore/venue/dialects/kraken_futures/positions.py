"""`openpositions`, and the same facts as the feed `open_positions` tells them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.margin import (
    accrued_atoms,
    equity_atoms,
    initial_of,
    initial_with_orders_of,
    maintenance_of,
    position_wallet,
    unrealised_atoms,
)
from longshore.engine.value import value_at
from longshore.venue import views
from longshore.venue.dialects.kraken_futures.api import size
from longshore.venue.dialects.kraken_futures.values import (
    PPM_DECIMALS,
    Json,
    iso,
    money,
    number,
    ratio,
    scaled,
)

if TYPE_CHECKING:
    from longshore.engine.rows import Position
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call

RATIO_DECIMALS = Decimal(1).scaleb(-12)


async def open_positions(api: Api, call: Call) -> Json:
    """GET openpositions. The list is there even when it is empty: ccxt insists."""
    held = views.positions(api.view, call.account_id)
    return {"openPositions": [_position(api, market_id, position) for market_id, position in held]}


def _position(api: Api, market_id: int, position: Position) -> Json:
    market = api.venue.catalog.market(market_id)
    row = api.row(market)
    leverage = {"maxFixedLeverage": scaled(position.leverage_ppm, PPM_DECIMALS)}
    return {
        "side": "long" if position.qty_lots > 0 else "short",
        "symbol": market.symbol,
        "price": entry_price(api, market, position),
        "fillTime": iso(position.opened_us),
        "size": size(market, abs(position.qty_lots)),
        "unrealizedPnl": money(unrealised_atoms(row, position)),
        "unrealizedFunding": money(accrued_atoms(api.view, row, position)),
        "pnlCurrency": "USD",
        **(leverage if position.isolated else {}),
    }


def entry_price(api: Api, market: MarketInfo, position: Position) -> Decimal:
    """The average price of the open part."""
    return average_price(api, market, position.entry_value_atoms, position.qty_lots)


def average_price(api: Api, market: MarketInfo, value_atoms: int, qty_lots: int) -> Decimal:
    """Value over size as a price, to a hundred-millionth of a tick at most; 0 without a size."""
    if not qty_lots:
        return Decimal(0)
    per_tick = api.row(market).atoms_per_tick_lot
    price = ratio(value_atoms, qty_lots) / per_tick * market.tick_size
    return number(price.quantize(market.tick_size / 10**8))


def feed_position(api: Api, account_id: int, market_id: int, position: Position) -> Json:
    """A position of the feed `open_positions`."""
    market = api.venue.catalog.market(market_id)
    state = api.view
    initial = initial_of(state, account_id, market_id)
    profit = unrealised_atoms(api.row(market), position)
    return {
        "instrument": market.symbol,
        "balance": size(market, position.qty_lots),
        "pnl": money(profit),
        "entry_price": entry_price(api, market, position),
        "mark_price": api.mark(market),
        "index_price": api.index(market),
        "liquidation_threshold": 0,
        "effective_leverage": _effective_leverage(api, account_id, market, position),
        "return_on_equity": number(ratio(profit, initial).quantize(RATIO_DECIMALS)),
        "unrealized_funding": money(accrued_atoms(state, api.row(market), position)),
        "initial_margin": money(initial),
        "initial_margin_with_orders": money(initial_with_orders_of(state, account_id, market_id)),
        "maintenance_margin": money(maintenance_of(state, account_id, market_id)),
        "pnl_currency": "USD",
        **_fixed_leverage(position),
    }


def _fixed_leverage(position: Position) -> Json:
    leverage = scaled(position.leverage_ppm, PPM_DECIMALS)
    return {"max_fixed_leverage": leverage} if position.isolated else {}


def _effective_leverage(
    api: Api, account_id: int, market: MarketInfo, position: Position
) -> Decimal:
    """The value at mark against the equity of the wallet that margins it."""
    row = api.row(market)
    value = abs(value_at(row, row.mark_subticks, position.qty_lots))
    wallet = position_wallet(api.view, account_id, market.market_id)
    equity = equity_atoms(api.view, wallet)
    return number(ratio(value, max(equity, 0)).quantize(RATIO_DECIMALS))
