"""A socket of version 1, which older connectors speak: tickers, books and trades, in arrays."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import msgspec

from longshore.engine.codes import Side
from longshore.venue.dialects.kraken_spot.api import price_text, size_text
from longshore.venue.dialects.kraken_spot.book_copy import BookCopy, Change, Levels
from longshore.venue.dialects.kraken_spot.checksum import TextLevel
from longshore.venue.dialects.kraken_spot.market_data import SIDE_LETTERS
from longshore.venue.dialects.kraken_spot.names import pair_wsname
from longshore.venue.dialects.kraken_spot.socket import Messages, Socket
from longshore.venue.dialects.kraken_spot.system import system_status
from longshore.venue.dialects.kraken_spot.tickers import both_days
from longshore.venue.dialects.kraken_spot.values import SECOND_DECIMALS, Json

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from longshore.engine.rows import Event
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.streams import Delivery

VERSION = "1.9.6"
DEPTHS = (10, 25, 100, 500, 1_000)
PAIRS_MAX = 200
CHANNELS_PER_PAIR = 32
"""Numbers of channels are a pair's number times this, and the channel's place."""
MALFORMED = {"errorMessage": "Malformed request", "event": "error"}


class Wanted(msgspec.Struct):
    """What of a pair is wanted."""

    name: str
    depth: int = DEPTHS[0]


class Request(msgspec.Struct):
    """A subscription, its end, or a ping."""

    event: Literal["subscribe", "unsubscribe", "ping"]
    pair: list[str] = []
    subscription: Wanted | None = None
    reqid: int | None = None


class RefusedError(Exception):
    """A subscription refused; the message is Kraken's text."""


class Book:
    """Levels, and the checksum after each change of them."""

    def __init__(self, api: Api, market: MarketInfo, depth: int) -> None:
        """Nothing is sent before `snapshot`."""
        self.name = f"book-{depth}"
        self.number = market.market_id * CHANNELS_PER_PAIR + 1 + DEPTHS.index(depth)
        self._api = api
        self._market = market
        self._copy = BookCopy(api, market, depth, level_text)

    async def snapshot(self) -> Messages:
        """The best levels as they stand."""
        return self._whole()

    def _whole(self) -> Messages:
        change = self._copy.read()
        return [self._row({"as": self._levels(change.asks), "bs": self._levels(change.bids)})]

    async def messages(self, delivery: Delivery) -> Messages:
        """What changed of them; all of them where too much has."""
        if self._market.market_id in delivery.stale_books:
            return self._whole()
        mine = [each for each in delivery.levels if each.market_id == self._market.market_id]
        change = self._copy.follow(mine)
        return [] if change.is_empty else [self._row(*self._parts(change))]

    def _parts(self, change: Change) -> list[Json]:
        """A part for each side that changed; the last one has the checksum."""
        sides = (("a", change.asks), ("b", change.bids))
        parts: list[Json] = [{name: self._levels(found)} for name, found in sides if found]
        parts[-1]["c"] = str(self._copy.checksum)
        return parts

    def _row(self, *parts: Json) -> list[object]:
        return [self.number, *parts, self.name, pair_wsname(self._market)]

    def _levels(self, levels: Levels) -> list[list[str]]:
        now = time_text(self._api.venue.now_us)
        return [[*level_text(self._market, *level), now] for level in levels]


class Trades:
    """Matches as they happen."""

    name = "trade"

    def __init__(self, market: MarketInfo) -> None:
        """Of one pair."""
        self.number = market.market_id * CHANNELS_PER_PAIR
        self._market = market

    async def snapshot(self) -> Messages:
        """None."""
        return []

    async def messages(self, delivery: Delivery) -> Messages:
        """New matches, in one message."""
        mine = [each for each in delivery.trades if each.market_id == self._market.market_id]
        rows = [self._trade(each) for each in mine]
        return [[self.number, rows, self.name, pair_wsname(self._market)]] if rows else []

    def _trade(self, event: Event) -> list[str]:
        """The public record does not say which type of order took: all are told as market."""
        level = level_text(self._market, event.price_ticks, event.qty_lots)
        return [*level, time_text(event.time_us), SIDE_LETTERS[Side(event.side)], "m", ""]


class Ticker:
    """The pair now, today and over 24 hours, at first and after each trade."""

    name = "ticker"

    def __init__(self, api: Api, market: MarketInfo) -> None:
        """Of one pair."""
        self.number = market.market_id * CHANNELS_PER_PAIR + 1 + len(DEPTHS)
        self._api = api
        self._market = market

    async def snapshot(self) -> Messages:
        """The pair as it stands."""
        told = await both_days(self._api, self._market)
        return [[self.number, told, self.name, pair_wsname(self._market)]]

    async def messages(self, delivery: Delivery) -> Messages:
        """The pair once more, when it was traded."""
        if all(each.market_id != self._market.market_id for each in delivery.trades):
            return []
        await self._api.venue.history.reached(delivery.seq)  # the last price is kept there
        return await self.snapshot()


Channel = Book | Ticker | Trades


class V1(Socket):
    """One public connection."""

    def __init__(self, api: Api, websocket: WebSocket) -> None:
        """Nothing is followed yet."""
        super().__init__(api, websocket)
        self._channels: dict[tuple[str, str], Channel] = {}

    def status(self) -> Messages:
        """Who answers, and how the venue is."""
        told = {"event": "systemStatus", "status": system_status(self._api), "version": VERSION}
        return [{"connectionID": self._number, **told}]

    def pulse(self) -> Messages:
        """A sign of life to whoever follows anything."""
        return [{"event": "heartbeat"}] if self._channels else []

    async def tell(self, delivery: Delivery) -> Messages:
        """What each channel has to tell, in the order they were joined."""
        told: Messages = []
        for channel in self._channels.values():
            told += await channel.messages(delivery)
        return told

    async def answer(self, text: str) -> Messages:
        """Each pair is answered alone, then its snapshot follows."""
        try:
            request = msgspec.json.decode(text, type=Request)
        except (msgspec.DecodeError, RecursionError):
            return [MALFORMED]
        tail: Json = {} if request.reqid is None else {"reqid": request.reqid}
        if request.event == "ping":
            return [{"event": "pong", **tail}]
        wanted = request.subscription
        if wanted is None or not 1 <= len(request.pair) <= PAIRS_MAX:
            return [MALFORMED | tail]
        told: Messages = []
        for name in request.pair:
            told += await self._change(request.event == "subscribe", name, wanted, tail)
        return told

    async def _change(self, joins: bool, name: str, wanted: Wanted, tail: Json) -> Messages:
        head: Json = {"event": "subscriptionStatus", "pair": name, **tail}
        about: Json = {"name": wanted.name}
        try:
            channel = self._joined(name, wanted) if joins else self._left(name, wanted)
        except RefusedError as error:
            refused = {"errorMessage": str(error), "status": "error", "subscription": about}
            return [head | refused]
        if wanted.name == "book":
            about["depth"] = wanted.depth
        status = "subscribed" if joins else "unsubscribed"
        told = {"channelID": channel.number, "channelName": channel.name, "status": status}
        return [head | told | {"subscription": about}, *(await channel.snapshot() if joins else [])]

    def _joined(self, name: str, wanted: Wanted) -> Channel:
        made = self._made(self._pair(name), wanted)
        if (name, wanted.name) in self._channels:
            raise RefusedError("Already subscribed")
        self._channels[name, wanted.name] = made
        self._listen_to()
        return made

    def _left(self, name: str, wanted: Wanted) -> Channel:
        gone = self._channels.pop((name, wanted.name), None)
        if gone is None:
            raise RefusedError("Subscription Not Found")
        self._listen_to()
        return gone

    def _made(self, market: MarketInfo, wanted: Wanted) -> Channel:
        if wanted.name == "trade":
            return Trades(market)
        if wanted.name == "ticker":
            return Ticker(self._api, market)
        if wanted.name != "book":
            raise RefusedError("Subscription name invalid")
        if wanted.depth not in DEPTHS:
            raise RefusedError("Subscription depth not supported")
        return Book(self._api, market, wanted.depth)

    def _pair(self, name: str) -> MarketInfo:
        """Only by the name this version has for it."""
        for market in self._api.pairs:
            if pair_wsname(market) == name:
                return market
        raise RefusedError(f"Currency pair not supported {name}")

    def _listen_to(self) -> None:
        self._subscription.markets = {self._pair(name).market_id for name, _ in self._channels}


def level_text(market: MarketInfo, ticks: int, lots: int) -> TextLevel:
    """A level as this version prints it, and counts it in its checksum."""
    return price_text(market, market.price(ticks)), size_text(market, lots)


def time_text(time_us: int) -> str:
    """A time in seconds, to the microsecond."""
    return f"{Decimal(time_us).scaleb(-SECOND_DECIMALS):.{SECOND_DECIMALS}f}"
