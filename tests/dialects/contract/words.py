"""The words, names and numbers of either dialect, as its venue documents them.

A name with a parent before it, as `order.type`, stands for that place alone.
"""

from __future__ import annotations

from tests.dialects.contract.forms import Rules

GET_INSTRUMENTS = "docs.kraken.com, get-instruments"
SEND_ORDER = "docs.kraken.com, send-order"
BUY_SELL = frozenset({"buy", "sell"})
SIGNALS = frozenset({"last", "mark", "index", "spot", "mark_price", "last_price", "spot_price"})
ORDER_TYPES = frozenset(
    [
        "lmt",
        "mkt",
        "ioc",
        "post",
        "liquidation",
        "assignment",
        "stp",
        "take_profit",
        "unwind",
        "block",
        "fok",
    ]
)
SEND_STATUSES = frozenset(
    [
        "placed",
        "partiallyFilled",
        "filled",
        "cancelled",
        "edited",
        "marketSuspended",
        "marketInactive",
        "invalidPrice",
        "invalidSize",
        "tooManySmallOrders",
        "insufficientAvailableFunds",
        "wouldCauseLiquidation",
        "clientOrderIdAlreadyExist",
        "clientOrderIdTooBig",
        "maxPositionViolation",
        "outsidePriceCollar",
        "wouldIncreasePriceDislocation",
        "notFound",
        "orderForEditNotAStop",
        "orderForEditNotFound",
        "postWouldExecute",
        "iocWouldNotExecute",
        "selfFill",
        "wouldNotReducePosition",
        "marketIsPostOnly",
        "tooManyOrders",
        "fixedLeverageTooHigh",
        "clientOrderIdInvalid",
        "cannotEditTriggerPriceOfTrailingStop",
        "cannotEditLimitPriceOfTrailingStop",
        "wouldProcessAfterSpecifiedTime",
        "untouched",
    ]
)
FEED_REASONS = frozenset(
    [
        "new_placed_order_by_user",
        "liquidation",
        "stop_order_triggered",
        "limit_order_from_stop",
        "partial_fill",
        "full_fill",
        "cancelled_by_user",
        "edited_by_user",
        "contract_expired",
        "not_enough_margin",
        "market_inactive",
        "cancelled_by_admin",
        "dead_man_switch",
        "ioc_order_failed_because_it_would_not_be_executed",
        "post_order_failed_because_it_would_filled",
        "would_execute_self",
        "would_not_reduce_position",
        "order_for_edit_not_found",
    ]
)
FEEDS = frozenset(
    f"{feed}{end}"
    for feed in [
        "book",
        "trade",
        "open_orders",
        "open_orders_verbose",
        "fills",
        "ticker",
        "ticker_lite",
    ]
    for end in ("", "_snapshot")
)
FILL_TYPES = frozenset(
    [
        "maker",
        "taker",
        "liquidation",
        "partialLiquidation",
        "assignor",
        "assignee",
        "takerAfterEdit",
        "unwindBankrupt",
        "unwindCounterparty",
    ]
)

FUTURES = Rules(
    words={
        "result": frozenset({"success", "error"}),
        "event": frozenset(["info", "subscribed", "subscribe", "alert", "challenge", "error"]),
        "feed": FEEDS,
        "side": BUY_SELL,
        "openPositions[].side": frozenset({"long", "short"}),
        "direction": frozenset({"Buy", "Sell"}),
        "fillType": FILL_TYPES,
        "fill_type": FILL_TYPES,
        "tag": frozenset(["perpetual", "month", "quarter", "semiannual", "week"]),
        "status": SEND_STATUSES,
        "triggerSignal": SIGNALS,
        "triggerSide": frozenset({"trigger_above", "trigger_below"}),
        "order.type": ORDER_TYPES | {"limit", "stop"},
        "orderTrigger.type": ORDER_TYPES,
        "orderType": frozenset({"lmt", "stp", "take_profit"}),
        "instruments[].type": frozenset({"flexible_futures", "futures_inverse", "spot index"}),
        "orderEvents[].type": frozenset(["PLACE", "CANCEL", "EDIT", "REJECT", "EXECUTION"]),
        "trades[].type": frozenset(["fill", "liquidation", "assignment", "termination", "block"]),
        "type": frozenset(["fill", "liquidation", "assignment", "termination", "block"]),
        "orders[].type": frozenset(["limit", "stop", "take_profit"]),
        "fills[].order_type": frozenset(["limit", "market", "ioc", "post"]),
        "fills[].taker_order_type": frozenset(["limit", "market", "ioc"]),
        "reason": FEED_REASONS,
        "pnlCurrency": frozenset(["USD", "EUR", "GBP", "USDC", "USDT", "BTC", "ETH"]),
    }
    | {"[].type": frozenset({"fill"}), "makerOrder.orderType": frozenset({"Limit", "Post"})}
    | {"takerOrder.orderType": frozenset(["Limit", "Post", "IoC", "Market"])},
    free=frozenset(
        [
            "symbol",
            "base",
            "quote",
            "pair",
            "product_id",
            "instrument",
            "tradeable",
            "cliOrdId",
            "cli_ord_id",
            "account",
            "username",
            "continuationToken",
            "leverage",
            "fee_currency",
            "underlying",
            "product_ids[0]",
        ]
    ),
    more={
        "serverTime": "every success has it, dossier 7.2",
        "tags": GET_INSTRUMENTS,
        "openingDate": GET_INSTRUMENTS,
        "feeScheduleUid": GET_INSTRUMENTS,
        "cliOrdId": SEND_ORDER,
        "cli_ord_id": "docs.kraken.com, open_orders feed",
        "receivedTime": SEND_ORDER,
        "orderEvents": SEND_ORDER,
        "order_id": SEND_ORDER,
        "orderTrigger": SEND_ORDER,
        "reducedQuantity": SEND_ORDER,
        "realized_pnl": "docs.kraken.com, fills",
        "sequence_id": "docs.kraken.com, fills",
        "unrealizedPnl": "docs.kraken.com, get-open-positions",
        "pnlCurrency": "docs.kraken.com, get-open-positions",
        "vwap24h": "live tickers of 2026, dossier 7.3",
        "volumeQuote": "live messages of 2026, dossier 7.5",
        **dict.fromkeys(
            [
                "impactMidSize",
                "maxPositionSize",
                "numNonContractUnits",
                "contractValueTradePrecision",
                "postOnly",
                "mtf",
                "base",
                "quote",
                "pair",
            ],
            "recorded in 2025, beside the answer of 2021 that lacks it",
        ),
    },
    whole=frozenset(
        ["time", "timestamp", "seq", "last_update_time", "lastUpdateTimestamp", "len", "dtm"]
    )
    | {"next_funding_rate_time", "maturityTime", "version", "direction"},
    plain=frozenset(
        ["open", "high", "low", "close", "volume", "quantity", "price", "markPrice", "limitPrice"]
    ),
)

CHANNELS = frozenset(
    ["book", "ticker", "trade", "ohlc", "status", "heartbeat", "level3", "executions", "balances"]
)
METHODS = frozenset(
    [
        "add_order",
        "amend_order",
        "edit_order",
        "cancel_order",
        "cancel_all",
        "batch_add",
        "batch_cancel",
        "subscribe",
        "unsubscribe",
        "pong",
    ]
)
SPOT_TYPES = frozenset(
    [
        "limit",
        "market",
        "iceberg",
        "stop-loss",
        "take-profit",
        "stop-loss-limit",
        "take-profit-limit",
        "trailing-stop",
        "trailing-stop-limit",
        "settle-position",
    ]
)

SPOT = Rules(
    words={
        ".type": frozenset({"snapshot", "update"}),
        "[].type": frozenset({"snapshot", "update"}),
        "*.type": BUY_SELL,
        "descr.type": BUY_SELL,
        "side": BUY_SELL,
        "ordertype": SPOT_TYPES,
        "ord_type": SPOT_TYPES,
        "order_type": SPOT_TYPES,
        "orders[].status": frozenset(["pending", "open", "closed", "canceled", "expired"]),
        "leverage": frozenset({"none", "0"}),
        "oflags": frozenset({"", "fciq", "fcib", "post", "fciq,post", "nompp", "viqc"}),
        "method": METHODS,
        "channel": CHANNELS,
        "event": frozenset(["systemStatus", "subscriptionStatus", "heartbeat", "subscribe"]),
        "aclass_base": frozenset({"currency", "tokenized_asset"}),
        "aclass_quote": frozenset({"currency"}),
        "lot": frozenset({"unit"}),
        "fee_volume_currency": frozenset({"ZUSD"}),
        "execution_venue": frozenset({"international"}),
        "status": frozenset(
            [
                "online",
                "maintenance",
                "cancel_only",
                "post_only",
                "limit_only",
                "reduce_only",
                "subscribed",
                "unsubscribed",
                "error",
                "open",
                "closed",
                "canceled",
                "expired",
                "pending",
            ]
        ),
        "[1][][3]": frozenset({"b", "s"}),
        "[1][][4]": frozenset({"m", "l"}),
        "subscription.name": frozenset(["book", "ticker", "trade", "ohlc", "spread"]),
        "event_trigger": frozenset({"bbo", "trades"}),
        "bids[].event": frozenset({"add", "modify", "delete"}),
        "asks[].event": frozenset({"add", "modify", "delete"}),
    },
    free=frozenset(
        [
            "altname",
            "wsname",
            "base",
            "quote",
            "pair",
            "symbol",
            "order",
            "version",
            "channelName",
            "rfc1123",
            "error",
            "order_id",
            "cl_ord_id",
            "[][2]",
            "[][3]",
            "[][4]",
            "reason",
        ]
    ),
    more={
        "execution_venue": "recorded in 2025, beside the pair that lacks it",
        "leverage": "docs.kraken.com, get-trade-history",
        "event_trigger": "docs.kraken.com, v2 ticker",
        "order_userref": "docs.kraken.com, v2 batch_add",
        "timestamp": "docs.kraken.com, v2 book and ohlc",
        **dict.fromkeys(
            ["cost_decimals", "costmin", "tick_size", "status"],
            "recorded in 2025, beside the answer of 2021 that lacks it",
        ),
    },
    whole=frozenset(
        [
            "checksum",
            "trade_id",
            "count",
            "unixtime",
            "interval",
            "trades",
            "userref",
            "order_userref",
        ]
    )
    | {"lot_decimals", "pair_decimals", "cost_decimals", "lot_multiplier", "starttm", "expiretm"},
    plain=frozenset(["ordermin", "costmin", "tick_size", "b[][0]", "[][1][][0]"]),
)

SPOT_TRADES = SPOT._replace(
    words={
        **SPOT.words,
        "*[][3]": frozenset({"b", "s"}),
        "*[][4]": frozenset({"m", "l"}),
    }
)
"""Rows of trades, where others hold prices in the same places."""


def rules_of(name: str) -> Rules:
    """What holds for a recording."""
    if name == "http_trades":
        return SPOT_TRADES
    return FUTURES if "futures" in name else SPOT
