"""A client that reads nothing: the venue lets go of it at once, and by name if it can be told."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest

from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.venue import sockets, streams
from longshore.venue.app import build
from longshore.venue.auth import OperatorToken
from tests.dialects.desk import SCENARIO
from tests.dialects.inside import inside
from tests.dialects.test_floods import SOCKETS, WORLDS
from tests.venue.desk import Socket

SCREEN = "/api/v1/stream"
TOKEN = "t" * 40
HEADERS = {"Host": "localhost", "Authorization": f"Bearer {TOKEN}"}


class Stalled(Socket):
    """Takes what it is sent while `reads` is set."""

    def __init__(self, app, path):
        super().__init__(app, path, HEADERS)
        self.reads = asyncio.Event()
        self.reads.set()
        app_itself = self._app

        async def stalling(scope, receive, send):
            async def when_read(message):
                await self.reads.wait()
                await send(message)

            await app_itself(scope, receive, when_read)

        self._app = stalling


@asynccontextmanager
async def stalled_socket(folder, path):
    """A venue and one socket on it that has stopped reading."""
    async with inside(folder, WORLDS.get(path, SCENARIO)) as venue:
        app = build(venue.station, OperatorToken(TOKEN), ["localhost"])
        line = Stalled(app, path)
        await line.open()
        await asyncio.sleep(0.1)
        line.reads.clear()
        yield venue.venue.streams, line


def flood(hub):
    """More events of the socket's own account than are kept for it."""
    (subscription,) = hub._subscriptions
    subscription.accounts.add(99)
    event = Event(kind=EventKind.SELF_TRADE_SET, account_id=99)
    for seq in range(streams.PRIVATE_MAX + 2):
        hub.publish([event], seq, seq)


@pytest.mark.parametrize("path", [*SOCKETS, SCREEN])
def test_who_never_reads_again_is_let_go(tmp_path, monkeypatch, path):
    monkeypatch.setattr(sockets, "FAREWELL_S", 0.1)

    async def tell():
        async with stalled_socket(tmp_path, path) as (hub, line):
            flood(hub)
            await asyncio.wait_for(line._task, 5)
            assert hub.count == 0

    asyncio.run(tell())


@pytest.mark.parametrize("path", [*SOCKETS, SCREEN])
def test_who_reads_again_is_told_why_it_was_left_behind(tmp_path, path):
    async def tell():
        async with stalled_socket(tmp_path, path) as (hub, line):
            flood(hub)
            await asyncio.sleep(0.1)
            line.reads.set()
            message = {"type": ""}
            while message.get("type") != "websocket.close":
                message = await line.message()
                message = message if isinstance(message, dict) else {}
            assert (message["code"], message["reason"]) == (4008, "SLOW_CONSUMER")
            await asyncio.wait_for(line._task, 5)
            assert hub.count == 0

    asyncio.run(tell())
