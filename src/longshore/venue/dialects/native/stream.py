"""The socket of a screen: one market, one account, coalesced to twenty messages a second."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import msgspec

from longshore.engine.codes import Side
from longshore.engine.events import EventKind
from longshore.engine.prices import index_subticks
from longshore.explain.sentences import speaking
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.about import clock_state
from longshore.venue.dialects.native.account import account_reply
from longshore.venue.dialects.native.board import committed, concerns, held_coins, message
from longshore.venue.dialects.native.errors import ApiError
from longshore.venue.dialects.native.markets import (
    bar,
    funding_now,
    index_age_ms,
    levels,
    state_of,
    state_told,
)
from longshore.venue.dialects.native.notices import handed_over
from longshore.venue.dialects.native.schema.account import Fill
from longshore.venue.dialects.native.schema.markets import Trade
from longshore.venue.dialects.native.schema.stream import (
    AccountMessage,
    ClockMessage,
    MarketMessage,
    NoticeMessage,
    SnapshotMessage,
    StreamMessage,
)
from longshore.venue.dialects.native.told import Buffers, Falls, notices
from longshore.venue.dialects.native.wire import account_of, asked_to_speak
from longshore.venue.projections.executions import execution_of
from longshore.venue.projections.fills import fill_of
from longshore.venue.projections.projector import market_units
from longshore.venue.sockets import serve_together
from longshore.venue.views import positions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

    from longshore.engine.rows import Event
    from longshore.explain.sentences import Language, Voice
    from longshore.rulebooks import MarketInfo
    from longshore.venue.caller import Caller, Door
    from longshore.venue.context import Venue
    from longshore.venue.streams import Delivery, Subscription

DEPTH = 15
PAUSE_S = 0.05
ACCOUNT_PAUSE_S = 0.25  # between two messages that only a moved mark is the reason for
CLOCK_PAUSE_S = 1.0
NO_TOKEN_CODE, UNKNOWN_CODE = 4401, 4404
_ENCODER = msgspec.json.Encoder()


class Stream:
    """The endpoint: checks who asks, then talks until the other side goes."""

    def __init__(self, venue: Venue, door: Door) -> None:
        """Streams of one venue."""
        self._venue = venue
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket."""
        await receive()
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        caller = self._door.caller(scope)
        if caller is None:
            reason = self._door.refused.code
            await send({"type": "websocket.close", "code": NO_TOKEN_CODE, "reason": reason})
            return
        account = self._account(caller, query.get("account"))
        info = self._market(query.get("symbol", ""))
        speech = _speech(query, scope)
        if info is None or account is None or speech is None:
            await send({"type": "websocket.close", "code": UNKNOWN_CODE, "reason": "UNKNOWN"})
        else:
            await send({"type": "websocket.accept"})
            with speaking(*speech):
                await _talk(Talk(self._venue, info, *account), receive, send)

    def _account(self, caller: Caller, asked: str | None) -> tuple[str, int] | None:
        """Whose events are told; None where that is not for this caller."""
        try:
            return account_of(self._venue, caller, asked)
        except ApiError:
            return None

    def _market(self, symbol: str) -> MarketInfo | None:
        markets = self._venue.catalog.markets
        return markets.get(symbol) if symbol else next(iter(markets.values()))


def _speech(query: dict[str, str], scope: Scope) -> tuple[Language, Voice] | None:
    """Language and voice of a socket; None when one is asked for that is not here."""
    try:
        return asked_to_speak(query, scope)
    except ApiError:
        return None


async def _talk(talk: Talk, receive: Receive, send: Send) -> None:
    """Send messages until the other side goes or does not keep up."""
    subscription = talk.subscribe()

    async def say() -> None:
        async for said in talk.messages(subscription):
            await send({"type": "websocket.send", "text": _ENCODER.encode(said).decode()})

    async def hear() -> None:
        while (await receive())["type"] != "websocket.disconnect":
            continue

    async def close(code: int, reason: str) -> None:
        await send({"type": "websocket.close", "code": code, "reason": reason})

    try:
        await serve_together(subscription, (say, hear), close)
    finally:
        talk.unsubscribe(subscription)


class Talk:
    """What is said on one socket."""

    def __init__(self, venue: Venue, info: MarketInfo, name: str, account_id: int) -> None:
        """One market and one account."""
        self._venue = venue
        self._info = info
        self._name = name
        self._account_id = account_id
        self._units = market_units(venue.view)
        self._clock_at = self._account_at = 0.0
        self._account_owed = False  # marks have moved since the account was last told
        self._mode = venue.world.mode
        self._told_seq = int(venue.world.journal.seq)
        self._buffers = Buffers()
        self._falls = Falls()

    def subscribe(self) -> Subscription:
        """Listen to the market and the account."""
        return self._venue.streams.subscribe([self._info.market_id], [self._account_id])

    def unsubscribe(self, subscription: Subscription) -> None:
        """Stop listening."""
        self._venue.streams.unsubscribe(subscription)

    async def messages(self, subscription: Subscription) -> AsyncIterator[StreamMessage]:
        """A snapshot, then whatever changes."""
        yield await self._snapshot()
        while True:
            delivery = await _next(subscription, self._patience_s())
            if delivery is not None:
                async for message in self._of(delivery):
                    yield message
            for said in self._board():
                yield said
            if self._account_is_due():
                async for standing in self._standing([]):
                    yield standing
            if self._mode != self._venue.world.mode:
                self._mode = self._venue.world.mode
                yield handed_over(self._venue)
            if time.monotonic() - self._clock_at >= CLOCK_PAUSE_S:
                yield self._clock()
            await asyncio.sleep(PAUSE_S)

    async def _of(self, delivery: Delivery) -> AsyncIterator[StreamMessage]:
        news = self._falls.news(delivery.private)
        for said in notices(self._venue, self._account_id, news):
            yield said
        yield self._market([self._trade(event) for event in delivery.trades])
        if delivery.private:
            async for message in self._standing(delivery.private):
                yield message
        else:
            self._account_owed = any(positions(self._venue.view, self._account_id))

    def _board(self) -> list[NoticeMessage]:
        """What the notice board has said since the last time, of this market and this account."""
        fresh = committed(self._venue, self._told_seq)
        self._told_seq = max((each.seq for each in fresh), default=self._told_seq)
        held = held_coins(self._venue, self._account_id) if fresh else set()
        told = (each for each in fresh if concerns(each, self._info, held))
        return [message(self._venue, each) for each in told]

    def _patience_s(self) -> float:
        """How long to wait for a delivery: what is owed is told also when nothing more comes."""
        return ACCOUNT_PAUSE_S if self._account_owed else CLOCK_PAUSE_S

    def _account_is_due(self) -> bool:
        """Whether a position's value may have moved, and long enough ago was the last telling."""
        return self._account_owed and time.monotonic() - self._account_at >= ACCOUNT_PAUSE_S

    async def _snapshot(self) -> SnapshotMessage:
        return SnapshotMessage(
            seq=int(self._venue.view.seq),
            world_time=render.ms(self._venue.now_us),
            market=self._market([]),
            account=await self._account([]),
            clock=clock_state(self._venue),
        )

    def _clock(self) -> ClockMessage:
        self._clock_at = time.monotonic()
        return ClockMessage(
            seq=int(self._venue.view.seq),
            world_time=render.ms(self._venue.now_us),
            clock=clock_state(self._venue),
        )

    def _market(self, trades: list[Trade]) -> MarketMessage:
        venue, info = self._venue, self._info
        row = venue.view.markets[info.market_id]
        candle = venue.history.open_minute(info.market_id)
        return MarketMessage(
            seq=int(venue.view.seq),
            world_time=render.ms(venue.now_us),
            symbol=info.symbol,
            state=state_of(row),
            state_text=state_told(row),
            mark=render.mark(info, row.mark_subticks),
            last=render.price_or_none(info, row.last_ticks),
            index=render.mark(info, index_subticks(venue.view, row)),
            index_age_ms=index_age_ms(venue, info),
            funding=funding_now(venue, info),
            bids=levels(venue, info, Side.BUY, DEPTH),
            asks=levels(venue, info, Side.SELL, DEPTH),
            trades=trades,
            candle=None if candle is None else bar(info, candle),
        )

    async def _standing(self, events: list[Event]) -> AsyncIterator[StreamMessage]:
        """The account, and a warning for each buffer that sank since it was told last."""
        told = await self._account(events)
        yield told
        for warning in self._buffers.sunk(told.account):
            yield warning

    async def _account(self, events: list[Event]) -> AccountMessage:
        self._account_at = time.monotonic()
        self._account_owed = False
        account = await account_reply(self._venue, self._name, self._account_id)
        return AccountMessage(
            seq=account.seq,
            world_time=account.world_time,
            account=account,
            fills=[self._fill(event) for event in events if self._is_own_fill(event)],
        )

    def _is_own_fill(self, event: Event) -> bool:
        return event.kind == EventKind.TRADED and event.account_id == self._account_id

    def _fill(self, event: Event) -> Fill:
        client_id = self._venue.client_ids.text(event.client_hi, event.client_lo)
        record = fill_of(event, client_id, self._units[event.market_id])
        return render.fill(self._venue.catalog, record)

    def _trade(self, event: Event) -> Trade:
        return render.trade(self._info, execution_of(event))


async def _next(subscription: Subscription, patience_s: float) -> Delivery | None:
    """What came, or None when nothing did for so long."""
    try:
        async with asyncio.timeout(patience_s):
            return await subscription.take()
    except TimeoutError:
        return None
