"""Every path of the dialect, readable top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount, WebSocketRoute

from longshore.venue.dialects.binance_usdm import (
    accounts,
    algo,
    batch,
    cancelling,
    exchange_info,
    fills,
    funding,
    income,
    klines,
    leverage,
    listen_keys,
    market_data,
    order_lists,
    orders,
    positions,
    settings,
    tickers,
    wallet,
)
from longshore.venue.dialects.binance_usdm.api import Api
from longshore.venue.dialects.binance_usdm.call import Operation
from longshore.venue.dialects.binance_usdm.connection import Socket
from longshore.venue.dialects.binance_usdm.rest import Rest, Table

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from longshore.venue.context import Venue

FUTURES: Table = {
    "GET v1/ping": Operation(exchange_info.ping),
    "GET v1/time": Operation(exchange_info.time),
    "GET v1/exchangeInfo": Operation(exchange_info.exchange_info),
    "GET v1/depth": Operation(market_data.depth),
    "GET v1/trades": Operation(market_data.trades),
    "GET v1/historicalTrades": Operation(market_data.trades, "read", signed=False),
    "GET v1/aggTrades": Operation(market_data.agg_trades),
    "GET v1/klines": Operation(klines.klines),
    "GET v1/markPriceKlines": Operation(klines.mark_klines),
    "GET v1/indexPriceKlines": Operation(klines.index_klines),
    "GET v1/premiumIndex": Operation(funding.premium_index),
    "GET v1/fundingRate": Operation(funding.rates),
    "GET v1/fundingInfo": Operation(funding.info),
    "GET v1/openInterest": Operation(funding.open_interest),
    "GET v1/ticker/24hr": Operation(tickers.day),
    "GET v1/ticker/price": Operation(tickers.price),
    "GET v2/ticker/price": Operation(tickers.price),
    "GET v1/ticker/bookTicker": Operation(tickers.book_ticker),
    "POST v1/order": Operation(orders.place, "trade"),
    "POST v1/order/test": Operation(orders.test, "trade"),
    "PUT v1/order": Operation(orders.amend, "trade"),
    "DELETE v1/order": Operation(orders.cancel, "trade"),
    "GET v1/order": Operation(orders.one, "read"),
    "GET v1/openOrder": Operation(orders.one_open, "read"),
    "GET v1/openOrders": Operation(order_lists.open_orders, "read"),
    "GET v1/allOrders": Operation(order_lists.all_orders, "read"),
    "GET v1/forceOrders": Operation(order_lists.force_orders, "read"),
    "DELETE v1/allOpenOrders": Operation(cancelling.cancel_all, "trade"),
    "POST v1/countdownCancelAll": Operation(cancelling.countdown, "trade"),
    "POST v1/batchOrders": Operation(batch.place, "trade"),
    "PUT v1/batchOrders": Operation(batch.amend, "trade"),
    "DELETE v1/batchOrders": Operation(batch.cancel, "trade"),
    "POST v1/algoOrder": Operation(algo.place, "trade"),
    "DELETE v1/algoOrder": Operation(algo.cancel, "trade"),
    "GET v1/algoOrder": Operation(algo.one, "read"),
    "GET v1/openAlgoOrders": Operation(algo.open_orders, "read"),
    "GET v1/allAlgoOrders": Operation(algo.all_orders, "read"),
    "DELETE v1/algoOpenOrders": Operation(cancelling.cancel_all_algo, "trade"),
    "GET v1/userTrades": Operation(fills.user_trades, "read"),
    "GET v1/income": Operation(income.income, "read"),
    "GET v2/account": Operation(accounts.account_v2, "read"),
    "GET v3/account": Operation(accounts.account, "read"),
    "GET v2/balance": Operation(accounts.balance, "read"),
    "GET v3/balance": Operation(accounts.balance, "read"),
    "GET v2/positionRisk": Operation(positions.risk_v2, "read"),
    "GET v3/positionRisk": Operation(positions.risk, "read"),
    "GET v1/adlQuantile": Operation(positions.adl_quantile, "read"),
    "GET v1/leverageBracket": Operation(leverage.brackets, "read"),
    "POST v1/leverage": Operation(leverage.set_leverage, "trade"),
    "POST v1/marginType": Operation(leverage.set_margin_type, "trade"),
    "GET v1/positionSide/dual": Operation(settings.position_mode, "read"),
    "POST v1/positionSide/dual": Operation(settings.set_position_mode, "trade"),
    "POST v1/positionMargin": Operation(settings.set_position_margin, "trade"),
    "GET v1/positionMargin/history": Operation(settings.position_margin_history, "read"),
    "GET v1/multiAssetsMargin": Operation(settings.multi_assets, "read"),
    "GET v1/accountConfig": Operation(settings.account_config, "read"),
    "GET v1/symbolConfig": Operation(settings.symbol_config, "read"),
    "GET v1/commissionRate": Operation(settings.commission_rate, "read"),
    "POST v1/listenKey": Operation(listen_keys.start, "read", signed=False),
    "PUT v1/listenKey": Operation(listen_keys.keep, "read", signed=False),
    "DELETE v1/listenKey": Operation(listen_keys.close, "read", signed=False),
}

WALLET: Table = {
    "GET v1/system/status": Operation(wallet.status),
    "GET v1/capital/config/getall": Operation(wallet.coins, "read"),
    "GET v1/margin/allPairs": Operation(wallet.no_margin_pairs, "read", signed=False),
    "GET v1/asset/transfer": Operation(wallet.transfers, "read"),
    "POST v1/asset/transfer": Operation(wallet.transfer, "transfer"),
}


SOCKETS = ("", "/public", "/market", "/private")
"""Streams lie under one of these, whichever; older clients name none."""


def routes(venue: Venue) -> list[BaseRoute]:
    """The dialect's routes for one venue, from the root of its world's address.

    Of Binance's statistics (`/futures/data`) there are none: they are told not to be there.
    """
    api = Api(venue)

    async def socket(websocket: WebSocket) -> None:
        await Socket(api, websocket).run()

    streams = [
        WebSocketRoute(f"{prefix}/{path}", socket)
        for prefix in SOCKETS
        for path in ("ws", "ws/{streams:path}", "stream")
    ]
    return [
        *streams,
        Mount("/fapi", Rest(api, FUTURES, "/fapi")),
        Mount("/sapi", Rest(api, WALLET, "/sapi")),
        Mount("/futures/data", Rest(api, {}, "/futures/data")),
    ]
