"""Every path of the dialect, readable top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount, WebSocketRoute

from longshore.venue.dialects.kraken_futures import (
    account_log,
    accounts,
    batch,
    cancelling,
    charts,
    executions,
    fee_schedules,
    fills,
    instruments,
    leverage,
    log_csv,
    market_data,
    notices,
    order_history,
    orders,
    position_history,
    positions,
    single,
    standing,
    status,
    tickers,
)
from longshore.venue.dialects.kraken_futures.api import Api
from longshore.venue.dialects.kraken_futures.call import Operation
from longshore.venue.dialects.kraken_futures.connection import Socket
from longshore.venue.dialects.kraken_futures.parts import Charts, Derivatives, History, Table

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from longshore.venue.context import Venue

DERIVATIVES: Table = {
    "GET v3/instruments": Operation(instruments.instruments),
    "GET v3/instruments/status": Operation(instruments.statuses),
    "GET v3/instruments/{symbol}/status": Operation(instruments.status),
    "GET v3/tickers": Operation(tickers.tickers),
    "GET v3/tickers/{symbol}": Operation(tickers.one_ticker),
    "GET v3/orderbook": Operation(market_data.order_book),
    "GET v3/history": Operation(market_data.trade_history),
    "GET v4/historicalfundingrates": Operation(market_data.funding_rates),
    "GET v4/historical-funding-rates": Operation(market_data.funding_rates),
    "GET v3/historical-funding-rates": Operation(market_data.funding_rates),
    "GET v3/feeschedules": Operation(fee_schedules.fee_schedules),
    "GET v3/feeschedules/volumes": Operation(fee_schedules.fee_volumes, "read"),
    "GET v3/accounts": Operation(accounts.accounts, "read"),
    "GET v3/openpositions": Operation(positions.open_positions, "read"),
    "GET v3/openorders": Operation(status.open_orders, "read"),
    "GET v3/orders/status": Operation(status.orders_status, "read"),
    "POST v3/orders/status": Operation(status.orders_status, "read"),
    "GET v3/fills": Operation(fills.fills, "read"),
    "GET v3/leveragepreferences": Operation(leverage.preferences, "read"),
    "PUT v3/leveragepreferences": Operation(leverage.set_preference, "trade"),
    "POST v3/sendorder": Operation(orders.send_order, "trade"),
    "POST v3/editorder": Operation(orders.edit_order, "trade"),
    "POST v3/cancelorder": Operation(orders.cancel_order, "trade"),
    "POST v3/batchorder": Operation(batch.batch_order, "trade"),
    "POST v3/cancelallorders": Operation(cancelling.cancel_all, "trade"),
    "POST v3/cancelallordersafter": Operation(cancelling.cancel_all_after, "trade"),
    "POST v3/transfer": Operation(accounts.transfer, "transfer"),
    "POST v3/withdrawal": Operation(accounts.withdraw, "transfer"),
    "POST v3/transfer/subaccount": Operation(single.subaccount_transfer, "transfer"),
    "GET v3/notifications": Operation(notices.notifications, "read"),
    "GET v3/subaccounts": Operation(single.subaccounts, "read"),
    "GET v3/subaccount/{uid}/trading-enabled": Operation(single.no_subaccount, "read"),
    "PUT v3/subaccount/{uid}/trading-enabled": Operation(single.no_subaccount, "trade"),
    "GET v3/pnlpreferences": Operation(single.pnl_preferences, "read"),
    "PUT v3/pnlpreferences": Operation(single.set_pnl_preference, "trade"),
    "GET v3/unwindqueue": Operation(standing.unwind_queue, "read"),
    "GET v3/self-trade-strategy": Operation(standing.strategy, "read"),
    "PUT v3/self-trade-strategy": Operation(standing.set_strategy, "trade"),
}

HISTORY: Table = {
    "GET v2/market/{symbol}/executions": Operation(executions.market_executions),
    "GET v3/market/{symbol}/executions": Operation(executions.market_executions),
    "GET v2/executions": Operation(executions.own_executions, "read"),
    "GET v3/executions": Operation(executions.own_executions, "read"),
    "GET v2/orders": Operation(order_history.orders, "read"),
    "GET v3/orders": Operation(order_history.orders, "read"),
    "GET v2/triggers": Operation(order_history.triggers, "read"),
    "GET v3/triggers": Operation(order_history.triggers, "read"),
    "GET v3/positions": Operation(position_history.positions, "read"),
    "GET v2/account-log": Operation(account_log.account_log, "read"),
    "GET v3/account-log": Operation(account_log.account_log, "read"),
    "GET v2/accountlogcsv": Operation(log_csv.account_log_csv, "read"),
    "GET v3/accountlogcsv": Operation(log_csv.account_log_csv, "read"),
}

CHARTS: Table = {
    "GET v1": Operation(charts.tick_types),
    "GET v1/{tick_type}": Operation(charts.symbols),
    "GET v1/{tick_type}/{symbol}": Operation(charts.resolutions),
    "GET v1/{tick_type}/{symbol}/{resolution}": Operation(charts.candles),
}


def routes(venue: Venue) -> list[BaseRoute]:
    """The dialect's routes for one venue, from the root of its world's address."""
    api = Api(venue)

    async def socket(websocket: WebSocket) -> None:
        await Socket(api, websocket).run()

    return [
        Mount("/derivatives/api", Derivatives(api, DERIVATIVES, "/api")),
        Mount("/api/history", History(api, HISTORY, "/api/history")),
        Mount("/api/charts", Charts(api, CHARTS, "/api/charts")),
        WebSocketRoute("/ws/v1", socket),
    ]
