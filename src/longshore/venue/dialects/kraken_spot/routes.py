"""Every path of the dialect, readable top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount, WebSocketRoute

from longshore.venue.dialects.kraken_spot import (
    adding,
    amending,
    assets,
    balances,
    cancelling,
    charts,
    funding,
    ledgers,
    market_data,
    order_lists,
    outside,
    system,
    tickers,
    tokens,
    trade_lists,
    volumes,
)
from longshore.venue.dialects.kraken_spot.api import Api
from longshore.venue.dialects.kraken_spot.call import Operation
from longshore.venue.dialects.kraken_spot.rest import Rest, Table
from longshore.venue.dialects.kraken_spot.v1 import V1
from longshore.venue.dialects.kraken_spot.v2 import V2

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from longshore.venue.context import Venue

REST: Table = {
    "public/Time": Operation(system.time),
    "public/SystemStatus": Operation(system.status),
    "public/MaintenanceSchedule": Operation(system.schedule),
    "public/Assets": Operation(assets.assets),
    "public/AssetPairs": Operation(assets.asset_pairs),
    "public/Ticker": Operation(tickers.ticker),
    "public/OHLC": Operation(charts.ohlc),
    "public/Depth": Operation(market_data.depth),
    "public/Trades": Operation(market_data.trades),
    "public/Spread": Operation(market_data.spread),
    "private/Balance": Operation(balances.balance, "read"),
    "private/BalanceEx": Operation(balances.balance_ex, "read"),
    "private/TradeBalance": Operation(balances.trade_balance, "read"),
    "private/OpenPositions": Operation(balances.open_positions, "read"),
    "private/OpenOrders": Operation(order_lists.open_orders, "read"),
    "private/ClosedOrders": Operation(order_lists.closed_orders, "read"),
    "private/QueryOrders": Operation(order_lists.query_orders, "read"),
    "private/TradesHistory": Operation(trade_lists.trades_history, "read"),
    "private/QueryTrades": Operation(trade_lists.query_trades, "read"),
    "private/Ledgers": Operation(ledgers.ledgers, "read"),
    "private/QueryLedgers": Operation(ledgers.query_ledgers, "read"),
    "private/TradeVolume": Operation(volumes.trade_volume, "read"),
    "private/GetWebSocketsToken": Operation(tokens.websockets_token, "read"),
    "private/AddOrder": Operation(adding.add_order, "trade"),
    "private/AddOrderBatch": Operation(adding.add_order_batch, "trade"),
    "private/AmendOrder": Operation(amending.amend_order, "trade"),
    "private/EditOrder": Operation(amending.edit_order, "trade"),
    "private/CancelOrder": Operation(cancelling.cancel_order, "trade"),
    "private/CancelOrderBatch": Operation(cancelling.cancel_order_batch, "trade"),
    "private/CancelAll": Operation(cancelling.cancel_all, "trade"),
    "private/CancelAllOrdersAfter": Operation(cancelling.cancel_all_after, "trade"),
    "private/DepositMethods": Operation(outside.deposit_methods, "read"),
    "private/DepositAddresses": Operation(outside.deposit_addresses, "read"),
    "private/DepositStatus": Operation(funding.deposit_status, "read"),
    "private/WithdrawMethods": Operation(outside.withdraw_methods, "read"),
    "private/WithdrawAddresses": Operation(outside.withdraw_addresses, "read"),
    "private/WithdrawInfo": Operation(outside.withdraw_info, "read"),
    "private/WithdrawStatus": Operation(funding.withdraw_status, "read"),
    "private/Withdraw": Operation(outside.withdraw, "transfer"),
    "private/WithdrawCancel": Operation(outside.withdraw_cancel, "transfer"),
    "private/WalletTransfer": Operation(funding.wallet_transfer, "transfer"),
}


def routes(venue: Venue) -> list[BaseRoute]:
    """The dialect's routes for one venue, from the root of its world's address."""
    api = Api(venue)

    async def version_2(websocket: WebSocket) -> None:
        await V2(api, websocket).run()

    async def version_1(websocket: WebSocket) -> None:
        await V1(api, websocket).run()

    return [
        Mount("/0", Rest(api, REST)),
        WebSocketRoute("/v2", version_2),
        WebSocketRoute("/", version_1),
    ]
