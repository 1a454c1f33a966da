"""What a client says on the socket, decoded strictly."""

from __future__ import annotations

from typing import Literal

import msgspec

from longshore.venue.dialects.kraken_futures.charts import RESOLUTIONS_S

CANDLE_FEEDS = {f"candles_trade_{name}": name for name in RESOLUTIONS_S}
PUBLIC_FEEDS = ("book", "trade", "ticker", "ticker_lite", "heartbeat", *CANDLE_FEEDS)
PRIVATE_FEEDS = (
    "fills",
    "open_orders",
    "open_orders_verbose",
    "open_positions",
    "balances",
    "account_log",
    "notifications_auth",
)
MESSAGE_MAX_CHARS = 65_536


class Request(msgspec.Struct):
    """A challenge, a subscription, its end, or a ping."""

    event: Literal["challenge", "subscribe", "unsubscribe", "ping"]
    feed: str = ""
    product_ids: list[str] = []
    api_key: str = ""
    original_challenge: str = ""
    signed_challenge: str = ""


def decoded(text: str) -> Request | None:
    """A message as a request; None when it is none."""
    if len(text) > MESSAGE_MAX_CHARS:
        return None
    try:
        return msgspec.json.decode(text, type=Request)
    except (msgspec.DecodeError, RecursionError):  # the latter from brackets in brackets in …
        return None
