"""Kraken's order objects, each form of them, from `OrderFacts`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import OrderType, Side, Signal
from longshore.venue.dialects.kraken_futures.api import price, size
from longshore.venue.dialects.kraken_futures.values import Json, iso, millis, text

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.facts import OrderFacts

SIDES: dict[int, str] = {Side.BUY: "buy", Side.SELL: "sell"}
DIRECTIONS: dict[int, str] = {Side.BUY: "Buy", Side.SELL: "Sell"}

EVENT_TYPES: dict[int, str] = {
    OrderType.LIMIT: "lmt",
    OrderType.MARKET: "ioc",
    OrderType.POST_ONLY: "post",
    OrderType.IOC: "ioc",
    OrderType.FOK: "fok",
    OrderType.STOP: "stp",
    OrderType.TAKE_PROFIT: "take_profit",
    OrderType.LIQUIDATION: "liquidation",
}
"""Order types in the events of a reply: a market order is an immediate-or-cancel one."""

HISTORY_TYPES: dict[int, str] = {
    OrderType.LIMIT: "Limit",
    OrderType.MARKET: "IoC",
    OrderType.POST_ONLY: "Post",
    OrderType.IOC: "IoC",
    OrderType.FOK: "FoK",
    OrderType.STOP: "Stop",
    OrderType.TAKE_PROFIT: "TakeProfit",
    OrderType.LIQUIDATION: "Liquidation",
}
"""Order types of `/api/history`, which knows no market order either."""

FEED_TYPES: dict[int, str] = {
    OrderType.STOP: "stop",
    OrderType.TAKE_PROFIT: "take_profit",
}
"""Types in the feed of open orders; anything else is `limit`."""

OPEN_TYPES: dict[int, str] = {
    OrderType.STOP: "stp",
    OrderType.TAKE_PROFIT: "take_profit",
}
"""Types in `openorders`; anything else is `lmt`."""

SIGNALS: dict[int, str] = {Signal.MARK: "mark", Signal.INDEX: "index", Signal.LAST: "last"}
FEED_SIGNALS: dict[int, str] = {Signal.MARK: "mark", Signal.INDEX: "spot", Signal.LAST: "last"}
EVENT_SIGNALS: dict[int, str] = {
    Signal.MARK: "mark_price",
    Signal.INDEX: "spot_price",
    Signal.LAST: "last_price",
}


def trigger_side(facts: OrderFacts) -> str:
    """A buy stop and a sell take-profit wait above, the others below."""
    above = (facts.type == OrderType.STOP) == (facts.side == Side.BUY)
    return "trigger_above" if above else "trigger_below"


def event_order(api: Api, facts: OrderFacts) -> Json:
    """The `order` of an order event."""
    return {
        "orderId": api.ids.order(facts.order_id),
        "cliOrdId": facts.client_id or None,
        "type": EVENT_TYPES[facts.type],
        "symbol": facts.market.symbol,
        "side": SIDES[facts.side],
        "quantity": size(facts.market, facts.total_lots),
        "filled": size(facts.market, facts.filled_lots),
        "limitPrice": price(facts.market, facts.price_ticks) if facts.price_ticks else None,
        **_stop_price(facts),
        "reduceOnly": facts.reduce_only,
        "timestamp": iso(facts.placed_us),
        "lastUpdateTimestamp": iso(facts.updated_us),
    }


def _stop_price(facts: OrderFacts) -> Json:
    return {"stopPrice": price(facts.market, facts.trigger_ticks)} if facts.is_waiting else {}


def event_trigger(api: Api, facts: OrderFacts) -> Json:
    """The `orderTrigger` of a PLACE event. `type` is what the order becomes."""
    return {
        "uid": api.ids.order(facts.order_id),
        "clientId": facts.client_id or None,
        "type": "lmt" if facts.price_ticks else "ioc",
        "symbol": facts.market.symbol,
        "side": SIDES[facts.side],
        "quantity": size(facts.market, facts.open_lots),
        "limitPrice": price(facts.market, facts.price_ticks) if facts.price_ticks else None,
        "triggerPrice": price(facts.market, facts.trigger_ticks),
        "triggerSide": trigger_side(facts),
        "triggerSignal": EVENT_SIGNALS[facts.signal],
        "reduceOnly": facts.reduce_only,
        "timestamp": iso(facts.placed_us),
        "lastUpdateTimestamp": iso(facts.updated_us),
        "startTime": None,
    }


def open_order(api: Api, facts: OrderFacts) -> Json:
    """A row of `openorders`."""
    return {
        "order_id": api.ids.order(facts.order_id),
        **({"cliOrdId": facts.client_id} if facts.client_id else {}),
        "symbol": facts.market.symbol,
        "side": SIDES[facts.side],
        "orderType": OPEN_TYPES.get(facts.type, "lmt"),
        **_open_prices(facts),
        "unfilledSize": size(facts.market, facts.open_lots),
        "filledSize": size(facts.market, facts.filled_lots),
        "receivedTime": iso(facts.placed_us),
        "status": "partiallyFilled" if facts.filled_lots else "untouched",
        "reduceOnly": facts.reduce_only,
        "lastUpdateTime": iso(facts.updated_us),
    }


def _open_prices(facts: OrderFacts) -> Json:
    prices: Json = {}
    if facts.price_ticks:
        prices["limitPrice"] = price(facts.market, facts.price_ticks)
    if facts.is_waiting:
        prices["stopPrice"] = price(facts.market, facts.trigger_ticks)
        prices["triggerSignal"] = SIGNALS[facts.signal]
    return prices


def status_order(api: Api, facts: OrderFacts) -> Json:
    """The `order` of `orders/status`."""
    return {
        "type": "TRIGGER_ORDER" if facts.is_waiting else "ORDER",
        "orderId": api.ids.order(facts.order_id),
        "cliOrdId": facts.client_id or None,
        "symbol": facts.market.symbol,
        "side": SIDES[facts.side],
        "quantity": size(facts.market, facts.total_lots),
        "filled": size(facts.market, facts.filled_lots),
        "limitPrice": price(facts.market, facts.price_ticks) if facts.price_ticks else None,
        "reduceOnly": facts.reduce_only,
        "timestamp": iso(facts.placed_us),
        "lastUpdateTimestamp": iso(facts.updated_us),
        **_status_trigger(facts),
    }


def _status_trigger(facts: OrderFacts) -> Json:
    if not facts.is_waiting:
        return {}
    options = {
        "triggerPrice": price(facts.market, facts.trigger_ticks),
        "triggerSignal": EVENT_SIGNALS[facts.signal].upper(),
        "triggerSide": trigger_side(facts).upper(),
    }
    return {"priceTriggerOptions": options, "triggerTime": None}


def feed_order(api: Api, facts: OrderFacts) -> Json:
    """An order of the feed `open_orders`."""
    waiting = {"triggerSignal": FEED_SIGNALS[facts.signal]} if facts.is_waiting else {}
    return {
        "instrument": facts.market.symbol,
        "time": millis(facts.placed_us),
        "last_update_time": millis(facts.updated_us),
        "qty": size(facts.market, facts.open_lots),
        "filled": size(facts.market, facts.filled_lots),
        "limit_price": price(facts.market, facts.price_ticks),
        "stop_price": price(facts.market, facts.trigger_ticks),
        "type": FEED_TYPES.get(facts.type, "limit"),
        "order_id": api.ids.order(facts.order_id),
        **({"cli_ord_id": facts.client_id} if facts.client_id else {}),
        "direction": 0 if facts.side == Side.BUY else 1,
        "reduce_only": facts.reduce_only,
        **waiting,
    }


def history_order(api: Api, facts: OrderFacts, account_id: int) -> Json:
    """An order of `/api/history`: numbers as text, `quantity` what is still open."""
    return {
        "uid": api.ids.order(facts.order_id),
        "accountUid": api.ids.account(account_id),
        "tradeable": facts.market.symbol,
        "direction": DIRECTIONS[facts.side],
        "quantity": text(facts.market.size(facts.open_lots)),
        "filled": text(facts.market.size(facts.filled_lots)),
        "timestamp": millis(facts.placed_us),
        **_history_price(facts),
        "orderType": HISTORY_TYPES[facts.type],
        "clientId": facts.client_id,
        "reduceOnly": facts.reduce_only,
        "lastUpdateTimestamp": millis(facts.updated_us),
        **_history_trigger(facts),
    }


def _history_price(facts: OrderFacts) -> Json:
    """The limit, where there is one: a stop that takes as a market order has none yet."""
    limit = facts.market.price(facts.price_ticks)
    return {"limitPrice": text(limit)} if facts.price_ticks else {}


def _history_trigger(facts: OrderFacts) -> Json:
    if not facts.is_waiting:
        return {}
    options = {
        "triggerPrice": text(facts.market.price(facts.trigger_ticks)),
        "triggerSignal": EVENT_SIGNALS[facts.signal],
        "triggerSide": trigger_side(facts),
    }
    return {"triggerOptions": options}
