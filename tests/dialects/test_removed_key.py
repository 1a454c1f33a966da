"""A key that was removed opens nothing any more, and what it had opened is closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from starlette.routing import Router

from longshore.venue.dialects.kraken_futures.auth import signature
from longshore.venue.dialects.kraken_futures.routes import routes as futures_routes
from tests.dialects.spot_inside import spot_inside
from tests.venue.desk import Socket, in_loop

CLOSED = (1008, "KEY_REMOVED")


class Talker(Socket):
    """A client of a dialect's socket."""

    async def say(self, **message: object) -> None:
        await self._in.put({"type": "websocket.receive", "text": json.dumps(message)})

    async def heard(self, name: str, value: str) -> Any:
        """The next message that says this."""
        message = await self.message()
        while message.get(name) != value:
            message = await self.message()
        return message

    async def closed(self) -> tuple[int, str]:
        """How the venue ends it."""
        message = await self.message()
        while message.get("type") != "websocket.close":
            message = await self.message()
        return message["code"], message["reason"]


@in_loop
async def test_a_token_of_a_removed_key_trades_and_tells_nothing(tmp_path: Path) -> None:
    async with spot_inside(tmp_path) as venue:
        key = await venue.trader("anna", USD="10000")
        token = (await venue.result(key, "GetWebSocketsToken"))["token"]
        first, second = (Talker(venue.app, "/v2", {"host": "127.0.0.1"}) for _ in range(2))
        for socket in (first, second):
            assert (await socket.open())["type"] == "websocket.accept"
        private = {"channel": "executions", "token": token}
        await first.say(method="subscribe", params=private)
        assert (await first.heard("method", "subscribe"))["success"] is True
        before = venue.digest
        venue.venue.accounts.delete_key(key.key)
        assert await first.closed() == CLOSED
        order = {"symbol": "BTC/USD", "side": "buy", "order_type": "limit", "order_qty": 0.01}
        await second.say(method="add_order", params={**order, "limit_price": 100, "token": token})
        assert "Invalid session" in (await second.heard("method", "add_order"))["error"]
        await second.say(method="subscribe", params=private)
        assert "Invalid session" in (await second.heard("method", "subscribe"))["error"]
        assert venue.digest == before
        await second.close()


@in_loop
async def test_orders_of_a_book_end_with_the_key_they_were_asked_for_by(tmp_path: Path) -> None:
    async with spot_inside(tmp_path) as venue:
        key = await venue.trader("anna", USD="10000")
        token = (await venue.result(key, "GetWebSocketsToken"))["token"]
        socket = Talker(venue.app, "/v2", {"host": "127.0.0.1"})
        assert (await socket.open())["type"] == "websocket.accept"
        asked = {"channel": "level3", "symbol": ["BTC/USD"], "token": token}
        await socket.say(method="subscribe", params=asked)
        assert (await socket.heard("method", "subscribe"))["success"] is True
        venue.venue.accounts.delete_key(key.key)
        assert await socket.closed() == CLOSED


@in_loop
async def test_a_private_feed_of_a_removed_key_ends(tmp_path: Path) -> None:
    async with spot_inside(tmp_path) as venue:
        key = await venue.trader("anna", USD="10000")
        socket = Talker(Router(futures_routes(venue.venue)), "/ws/v1", {"host": "127.0.0.1"})
        assert (await socket.open())["type"] == "websocket.accept"
        await socket.say(event="challenge", api_key=key.key)
        challenge = (await socket.heard("event", "challenge"))["message"]
        signed = signature(key.secret, challenge.encode())
        shown = {"api_key": key.key, "original_challenge": challenge, "signed_challenge": signed}
        await socket.say(event="subscribe", feed="fills", **shown)
        assert (await socket.heard("event", "subscribed"))["feed"] == "fills"
        venue.venue.accounts.delete_key(key.key)
        assert await socket.closed() == CLOSED
