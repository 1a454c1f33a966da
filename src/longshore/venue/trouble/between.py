"""Stands between the network and a dialect's routes; not everything gets through."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from longshore.venue.trouble.terms import CALM, TroubleTerms
from longshore.world.random import stream_key, uniform

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LIMITED, AWAY, LOST = 429, 503, 500
CUT_CODE = 1012  # the server restarts
CUT = {"type": "websocket.disconnect", "code": CUT_CODE}
Bodies = Mapping[int, object]


class Trouble:
    """The trouble that a venue is in; with `CALM` terms it is in none."""

    def __init__(self) -> None:
        """Calm at first."""
        self.terms: TroubleTerms = CALM
        self._drawn: dict[str, int] = {}
        self._sockets: set[asyncio.Event] = set()

    def become(self, terms: TroubleTerms) -> None:
        """From now on this, drawn from its first number."""
        self.terms = terms
        self._drawn.clear()

    def cut(self) -> int:
        """Cut every open socket now; how many there were."""
        for socket in self._sockets:
            socket.set()
        return len(self._sockets)

    @property
    def open_sockets(self) -> int:
        """How many there are now."""
        return len(self._sockets)

    def opened(self) -> asyncio.Event:
        """A new socket: set when it is to be cut."""
        cut = asyncio.Event()
        self._sockets.add(cut)
        return cut

    def closed(self, cut: asyncio.Event) -> None:
        """A socket is gone."""
        self._sockets.discard(cut)

    def happens(self, what: str, percent: int) -> bool:
        """Whether it befalls the next one. Every kind of trouble has chance of its own."""
        return percent > 0 and self._draw(what, 100) < percent

    def pause_s(self, what: str) -> float:
        """How much later the next one comes."""
        jitter_ms = self._draw(what, self.terms.jitter_ms + 1) if self.terms.jitter_ms else 0
        return (self.terms.delay_ms + jitter_ms) / 1_000

    def _draw(self, what: str, bound: int) -> int:
        step = self._drawn[what] = self._drawn.get(what, 0) + 1
        return uniform(stream_key(self.terms.seed, f"trouble {what}"), step, bound)


def troubled(routes: Iterable[BaseRoute], trouble: Trouble, bodies: Bodies) -> Iterable[BaseRoute]:
    """The routes with trouble before them; `bodies` are the dialect's own answers by status."""
    for route in routes:
        route.app = Between(route.app, trouble, bodies)  # type: ignore[attr-defined]
        yield route


class Between:
    """One route's application, and what comes between it and its client."""

    def __init__(self, app: ASGIApp, trouble: Trouble, bodies: Bodies) -> None:
        """In front of an application."""
        self._app = app
        self._trouble = trouble
        self._bodies = bodies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what gets through."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif self._trouble.terms is CALM:
            await self._app(scope, receive, send)
        else:
            await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        trouble, terms = self._trouble, self._trouble.terms
        await asyncio.sleep(trouble.pause_s("request"))
        if trouble.happens("limited", terms.limited_percent):
            await self._answer(send, LIMITED)
        elif trouble.happens("away", terms.away_percent):
            await self._answer(send, AWAY)
        elif trouble.happens("lost", terms.lost_percent):
            await self._app(scope, receive, _nowhere)
            await self._answer(send, LOST)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, send: Send, status: int) -> None:
        body = msgspec.json.encode(self._bodies[status])
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A socket that can be cut, and whose messages may be late, lost or doubled."""
        if self._trouble.happens("socket away", self._trouble.terms.away_percent):
            await _turn_away(receive, send)
            return
        cut = self._trouble.opened()
        line = _Line(self._trouble, cut, receive, send)
        try:
            await self._app(scope, line.receive, line.send)
        finally:
            self._trouble.closed(cut)


async def _turn_away(receive: Receive, send: Send) -> None:
    """No socket opens on a venue that is away."""
    await receive()
    await send({"type": "websocket.http.response.start", "status": AWAY, "headers": []})
    await send({"type": "websocket.http.response.body", "body": b""})


class _Line:
    """One socket's line."""

    def __init__(self, trouble: Trouble, cut: asyncio.Event, receive: Receive, send: Send) -> None:
        self._trouble = trouble
        self._cut = cut
        self._receive = receive
        self._send = send
        self._sent = 0
        self._is_closed = False

    async def receive(self) -> Message:
        """What the client says next; that it is gone, once the line is cut."""
        said = asyncio.ensure_future(self._receive())
        cut = asyncio.ensure_future(self._cut.wait())
        try:
            done, _ = await asyncio.wait({said, cut}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            cut.cancel()
            if not said.done():
                said.cancel()
        if said in done:
            return said.result()
        await self._close()
        return dict(CUT)

    async def send(self, message: Message) -> None:
        """A message to the client, if it gets through."""
        if self._cut.is_set():
            return
        if message["type"] != "websocket.send":
            await self._send(message)
            return
        for _ in range(await self._copies()):
            await self._send(message)

    async def _copies(self) -> int:
        """How often the next message arrives, when it does."""
        trouble, terms = self._trouble, self._trouble.terms
        if terms is CALM:
            return 1
        self._sent += 1
        if terms.cut_after and self._sent > terms.cut_after:
            self._cut.set()
            return 0
        await asyncio.sleep(trouble.pause_s("message"))
        if trouble.happens("dropped", terms.dropped_percent):
            return 0
        return 1 + trouble.happens("repeated", terms.repeated_percent)

    async def _close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            await self._send({"type": "websocket.close", "code": CUT_CODE})


async def _nowhere(message: Message) -> None:
    """An answer that nobody gets."""
