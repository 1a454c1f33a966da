"""What may differ from the recordings, and why.

A difference that is listed and is none any more fails, so that no reason outlives its cause.
"""

from __future__ import annotations

BY_HAND = "edited by hand in the sample: the documented field has another name or no place there"
NOT_PUBLIC = "of an order of another account, of which the public record here keeps size and price"
KRAKENS_OWN = "a fact of the real venue's listing that a practice venue does not have"
INVERSE = "of inverse contracts, which these routes do not offer"
OF_2021 = "in the answers of 2021 only"
NO_LENDING = "nothing is lent here"
SMALLEST_PART = "money is told to the smallest part that is booked here, which is finer"
FIVE_DECIMALS = "of five decimals at least, as the live API has it; the sample's were shortened"
MICROSECONDS = "to the microsecond, as documented and recorded; the sample's were shortened"
ERROR_PATH = "the sample is made for a client's error path: `unknown` is no word of the real venue"
STOP_EVENT = "a stop has an event of its own, `orderTrigger`, as documented; the sample mixes them"

Reasons = dict[str, str]


def _all(reason: str, *paths: str) -> Reasons:
    return dict.fromkeys(paths, reason)


_INSTRUMENTS = _all(KRAKENS_OWN, ".instruments[].isin") | _all(
    INVERSE, ".instruments[].underlying", ".instruments[].marginLevels[].contracts"
)
_EXECUTION = ".elements[].event.Execution.execution"
_LENDS = tuple(f".result.*.leverage_{side}[]" for side in ("buy", "sell"))
_LENT = _all(
    NO_LENDING,
    *_LENDS,
    *(f".result.*.{side}_position_limit" for side in ("long", "short")),
)
_RETAIL = ".instruments[].retailMarginLevels"

APART: dict[str, Reasons] = {
    "http_futures_instruments": _INSTRUMENTS,
    "http_futures_instrument_no_fee_schedule": _all(KRAKENS_OWN, ".instruments[].isin"),
    "kraken_futures_rest_instruments_2021-07-22": _INSTRUMENTS
    | _all(OF_2021, _RETAIL)
    | _all("of dated contracts, which these routes do not offer", ".instruments[].lastTradingTime"),
    "http_futures_public_executions": _all(
        NOT_PUBLIC,
        f"{_EXECUTION}.makerOrder.orderType",
        f"{_EXECUTION}.makerOrder.reduceOnly",
        f"{_EXECUTION}.takerOrder.orderType",
        f"{_EXECUTION}.takerOrder.reduceOnly",
        f"{_EXECUTION}.takerOrder.limitPrice",
        f"{_EXECUTION}.limitFilled",
    ),
    "http_futures_fills": _all(
        BY_HAND, ".fills[].fee_paid", ".fills[].fee_currency", ".fills[].cli_ord_id"
    ),
    "http_futures_open_orders": _all(BY_HAND, ".openOrders[].cli_ord_id"),
    "http_send_order_futures": _all(BY_HAND, ".sendStatus.cli_ord_id"),
    "http_futures_order_events": _all(STOP_EVENT, ".orderEvents[].order.stopPrice")
    | _all(BY_HAND, ".orderEvents[].order.orderId", ".orderEvents[].type"),
    "http_futures_order_events_unknown": _all(
        ERROR_PATH, ".orderEvents[].order.orderId", ".orderEvents[].order.type"
    ),
    "http_send_order_futures_unknown_trigger": _all(
        ERROR_PATH,
        *(
            f".sendStatus.orderEvents[].orderTrigger.{name}"
            for name in ("uid", "type", "triggerSide", "triggerSignal")
        ),
    ),
    "http_asset_pairs": _LENT,
    "http_asset_pairs_tokenized": _LENT,
    "kraken_spot_rest_AssetPairs_2021-04-17": _all(NO_LENDING, _LENDS[0], _LENDS[1]),
    "http_open_orders": _all(SMALLEST_PART, ".result.open.*.cost", ".result.open.*.fee")
    | _all(FIVE_DECIMALS, ".result.open.*.price"),
    "http_closed_orders": _all(SMALLEST_PART, ".result.closed.*.cost", ".result.closed.*.fee")
    | _all(FIVE_DECIMALS, ".result.closed.*.price")
    | _all("null where the order was filled, as documented", ".result.closed.*.reason"),
    "http_trades_history": _all(
        SMALLEST_PART, *(f".result.trades.*.{name}" for name in ("cost", "fee", "margin"))
    )
    | _all(FIVE_DECIMALS, ".result.trades.*.price")
    | _all("only where the request asks for it, which ours cannot", ".result.trades.*.ledgers"),
    "http_spot_balance": _all(SMALLEST_PART, ".result.*"),
    "http_spot_trade_balance": _all(
        "of two decimals in the sample, of four as documented",
        *(f".result.{name}" for name in ("eb", "tb", "m", "uv", "n", "c", "v", "e", "mf")),
    )
    | _all(NO_LENDING, ".result.ml"),
    "http_spot_open_positions": _all(NO_LENDING, ".result.*"),
    "ws_add_order_response_failure": _all(MICROSECONDS, ".time_in", ".time_out"),
    "ws_add_order_response_success": _all(MICROSECONDS, ".time_in", ".time_out"),
    "ws_book_update": _all("the sample's one message has bids alone", "[].data[].asks[]"),
    "ws_batch_add_response_partial": _all(MICROSECONDS, ".time_in", ".time_out")
    | _all("a list of orders, as documented; the sample holds it in an object", ".result"),
    "http_add_order_spot": _all(
        BY_HAND,
        *(
            f".result.descr.{name}"
            for name in ("pair", "type", "ordertype", "price", "price2", "leverage")
        ),
    ),
}
