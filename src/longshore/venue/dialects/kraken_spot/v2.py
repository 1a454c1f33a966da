"""`/v2`: a socket of version 2, which subscribes, and sends orders as well."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from longshore.venue.dialects.kraken_spot import decode
from longshore.venue.dialects.kraken_spot.channels import (
    BookChannel,
    Channel,
    InstrumentChannel,
    OhlcChannel,
    Params,
    TickerChannel,
    TradeChannel,
)
from longshore.venue.dialects.kraken_spot.charts import INTERVALS_MIN
from longshore.venue.dialects.kraken_spot.errors import (
    INVALID_SESSION,
    PERMISSION_DENIED,
    UNAVAILABLE,
    ApiError,
    invalid,
)
from longshore.venue.dialects.kraken_spot.level3 import DEPTHS, OrdersChannel
from longshore.venue.dialects.kraken_spot.names import pair_symbol
from longshore.venue.dialects.kraken_spot.private_channels import (
    BalancesChannel,
    ExecutionsChannel,
    Private,
)
from longshore.venue.dialects.kraken_spot.socket import Messages, Socket
from longshore.venue.dialects.kraken_spot.system import system_status
from longshore.venue.dialects.kraken_spot.v2_methods import METHODS, Asked
from longshore.venue.dialects.kraken_spot.values import Json

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from longshore.rulebooks import MarketInfo
    from longshore.venue.accounts import ApiKey
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.streams import Delivery

VERSION = "2.0.10"
MALFORMED = "Malformed request"
BOOK_DEPTHS = ("10", "25", "100", "500", "1000")
TRIGGERS = ("trades", "bbo")
PAIR_CHANNELS = ("book", "ticker", "trade", "ohlc", "level3")
QUIET_CHANNELS = ("trade",)
"""Channels that send a snapshot only when they are asked to."""
PAIRS_MAX = 200

Key = tuple[str, int, str]
"""A channel, a pair's number (0 where it is of none), and the length of its candles."""


class Request(msgspec.Struct):
    """Any message of a client's."""

    method: str
    params: msgspec.Raw = msgspec.Raw(b"{}")
    req_id: int | None = None


class V2(Socket):
    """One connection, public and private at once."""

    def __init__(self, api: Api, websocket: WebSocket) -> None:
        """Nothing is followed yet."""
        super().__init__(api, websocket)
        self._channels: dict[Key, Channel] = {}

    def status(self) -> Messages:
        """Who answers, and how the venue is."""
        about: Json = {"version": VERSION, "system": system_status(self._api)}
        about |= {"api_version": "v2", "connection_id": self._number}
        return [{"channel": "status", "type": "update", "data": [about]}]

    def pulse(self) -> Messages:
        """A sign of life to whoever follows anything."""
        return [{"channel": "heartbeat"}] if self._channels else []

    async def tell(self, delivery: Delivery) -> Messages:
        """What each channel has to tell, in the order they were joined."""
        told: Messages = []
        for channel in self._channels.values():
            told += await channel.messages(delivery)
        return told

    async def answer(self, text: str) -> Messages:
        """One or more replies; then the snapshots a subscription brings."""
        time_in = _now()
        try:
            request = msgspec.json.decode(text, type=Request)
        except (msgspec.DecodeError, RecursionError):
            request = Request("")
        replies, more = await self._replies(request)
        tail: Json = {"time_in": time_in, "time_out": _now()}
        if request.req_id is not None:
            tail["req_id"] = request.req_id
        method = {"method": request.method}
        return [*({**method, **reply, **tail} for reply in replies), *more]

    async def _replies(self, request: Request) -> tuple[list[Json], Messages]:
        if request.method == "ping":
            request.method = "pong"
            return [{}], []
        try:
            values = decode.json_object(bytes(request.params))
            if request.method in ("subscribe", "unsubscribe"):
                params = decode.shaped(values, Params)
                return await self._change(params, request.method == "subscribe")
            return await self._carry_out(request.method, values), []
        except ApiError as error:
            return [_refused(error)], []

    async def _carry_out(self, method: str, values: decode.Values) -> list[Json]:
        """An order, a cancel: whoever shows a token may trade by it."""
        handler = METHODS.get(method)
        if handler is None:
            raise ApiError(MALFORMED)
        key = self._key(str(values.get("token", "")), "trade")
        if self._api.venue.is_down:
            raise ApiError(UNAVAILABLE)
        outcomes = await handler(Asked(self._api, key.account_id, values))
        return [
            _refused(each) if isinstance(each, ApiError) else {"result": each, "success": True}
            for each in outcomes
        ]

    def _key(self, token: str, permission: str) -> ApiKey:
        key = self._api.tokens.key(token)
        if key is None:
            raise ApiError(INVALID_SESSION)
        if permission not in key.permissions:
            raise ApiError(PERMISSION_DENIED)
        return key

    async def _change(self, params: Params, joins: bool) -> tuple[list[Json], Messages]:
        """Follow a channel, or no more; each pair is answered alone."""
        if params.channel in PAIR_CHANNELS:
            if not 1 <= len(params.symbol) <= PAIRS_MAX:
                raise invalid("symbol")
            return await self._change_pairs(params, joins)
        if params.channel == "instrument":
            made: Channel = InstrumentChannel(self._api)
        elif params.channel in ("executions", "balances"):
            made = self._private(params)
        else:
            raise ApiError("Subscription name invalid")
        return await self._one(params, (params.channel, 0, ""), made, joins)

    def _private(self, params: Params) -> ExecutionsChannel | BalancesChannel:
        key = self._shown_key(params)
        if params.channel == "balances":
            return BalancesChannel(self._api, key.account_id)
        return ExecutionsChannel(self._api, key.account_id, params.snap_orders, params.snap_trades)

    def _shown_key(self, params: Params) -> ApiKey:
        """The key a channel is joined by: once it is removed, the connection ends."""
        key = self._key(params.token, "read")
        self._shown.add(key.key)
        return key

    async def _change_pairs(self, params: Params, joins: bool) -> tuple[list[Json], Messages]:
        replies: list[Json] = []
        more: Messages = []
        for symbol in params.symbol:
            try:
                market = self._pair(symbol)
                length = params.interval if params.channel == "ohlc" else ""
                key = (params.channel, market.market_id, length)
                told, snapshot = await self._one(params, key, self._public(params, market), joins)
            except ApiError as error:
                told, snapshot = [_refused(error) | {"symbol": symbol}], []
            replies += told
            more += snapshot
        return replies, more

    def _pair(self, symbol: str) -> MarketInfo:
        """Only by the name this version has for it."""
        for market in self._api.pairs:
            if pair_symbol(market) == symbol:
                return market
        raise ApiError(f"Currency pair not supported {symbol}")

    def _public(self, params: Params, market: MarketInfo) -> Channel:
        if params.channel == "book":
            if params.depth not in BOOK_DEPTHS:
                raise ApiError("Subscription depth not supported")
            return BookChannel(self._api, market, int(params.depth))
        if params.channel == "level3":
            self._shown_key(params)
            if params.depth not in DEPTHS:
                raise ApiError("Subscription depth not supported")
            return OrdersChannel(self._api, market, int(params.depth))
        if params.channel == "ohlc":
            if params.interval not in map(str, INTERVALS_MIN):
                raise ApiError("Subscription ohlc interval not supported")
            return OhlcChannel(self._api, market, int(params.interval))
        if params.channel == "ticker":
            if params.event_trigger not in TRIGGERS:
                raise invalid("event_trigger")
            return TickerChannel(self._api, market, params.event_trigger)
        return TradeChannel(self._api, market)

    async def _one(
        self, params: Params, key: Key, made: Channel, joins: bool
    ) -> tuple[list[Json], Messages]:
        """Join or leave one channel."""
        if joins and key in self._channels:
            raise ApiError("Already subscribed")
        if not joins and self._channels.pop(key, None) is None:
            raise ApiError("Subscription Not Found")
        unless_said = params.channel not in QUIET_CHANNELS
        wanted = unless_said if params.snapshot is None else params.snapshot
        if joins:
            self._channels[key] = made
        self._listen_to()
        snapshot = await made.snapshot() if joins else []
        told = {"result": _echo(params, self._api.pairs, key, wanted), "success": True}
        return [told], [*snapshot] if wanted else []

    def _listen_to(self) -> None:
        """What the stream is to deliver to all channels together."""
        everywhere = {market.market_id for market in self._api.pairs}
        named = {market_id for _, market_id, _ in self._channels if market_id}
        all_pairs = ("instrument", 0, "") in self._channels
        self._subscription.markets = everywhere if all_pairs else named
        private = [each for each in self._channels.values() if isinstance(each, Private)]
        self._subscription.accounts = {each.account_id for each in private}


def _echo(params: Params, pairs: list[MarketInfo], key: Key, snapshot: bool) -> Json:
    """What a subscription is told back."""
    told: Json = {"channel": params.channel}
    for market in pairs:
        if market.market_id == key[1]:
            told["symbol"] = pair_symbol(market)
    if params.channel in ("book", "level3"):
        told["depth"] = int(params.depth)
    elif params.channel == "ohlc":
        told["interval"] = int(params.interval)
    elif params.channel == "ticker":
        told["event_trigger"] = params.event_trigger
    elif params.channel == "executions":
        told |= {"snap_orders": params.snap_orders, "snap_trades": params.snap_trades}
    return told | {"snapshot": snapshot}


def _refused(error: ApiError) -> Json:
    return {"error": error.text, "success": False}


def _now() -> str:
    """The wall clock: how long an answer took is no matter of the world's time."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
