"""What streams tell, and when: read from the feeds themselves, so that no moment is missed."""

from __future__ import annotations

import asyncio

import pytest
from starlette.websockets import WebSocket

from longshore.engine.codes import WalletKind
from longshore.venue.dialects.binance_usdm.api import Api
from longshore.venue.dialects.binance_usdm.connection import Socket
from longshore.venue.dialects.binance_usdm.kline_feed import ENDED_MAX, KlineFeed
from longshore.venue.dialects.binance_usdm.user_feed import UserFeed
from longshore.venue.dialects.native.operator import deposit_command
from tests.dialects.binance_usdm.clients import SYMBOL
from tests.dialects.binance_usdm.inside import SECOND_US, inside

MINUTE_S = 60


def test_what_was_done_before_is_not_told_again(tmp_path):
    """A batch on its way to the disk is in the engine already when a stream begins."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="100000")
            other = await venue.trader("other", USD="100000")
            account_id = trader.account_id
            heard = venue.venue.streams.subscribe(accounts=[account_id])
            early = UserFeed(Api(venue.venue), account_id, "key")
            price = str(await venue.mark())
            await venue.send(trader, "BUY", "0.2", price)
            await venue.send(other, "SELL", "0.1")
            late = UserFeed(Api(venue.venue), account_id, "key")
            delivery = await heard.take()
            told = [each["o"]["x"] for each in await early.deliver(delivery) if "o" in each]
            assert told == ["NEW", "TRADE"]
            assert await late.deliver(delivery) == []
            await venue.send(other, "SELL", "0.1")
            match, _ = await late.deliver(await heard.take())
            assert (match["o"]["z"], float(match["o"]["ap"])) == ("0.200", float(price))

    asyncio.run(tell())


def test_the_spot_wallet_is_not_told_of(tmp_path):
    """LEDG-004: only what comes from it into the futures wallet, or goes there."""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="100")
            account_id = trader.account_id
            heard = venue.venue.streams.subscribe(accounts=[account_id])
            feed = UserFeed(Api(venue.venue), account_id, "key")
            spot = deposit_command(venue.venue, account_id, "USD", "50", WalletKind.CASH)
            await venue.venue.submit([spot])
            assert await feed.deliver(await heard.take()) == []
            sent = {"type": "MAIN_UMFUTURE", "asset": "USDT", "amount": "20"}
            await venue.call(trader, "POST", "/sapi/v1/asset/transfer", **sent)
            (told,) = await feed.deliver(await heard.take())
            (balance,) = told["a"]["B"]
            assert (told["a"]["m"], balance["wb"], balance["bc"]) == (
                *("DEPOSIT", "120.00000000"),
                "20.00000000",
            )

    asyncio.run(tell())


def test_an_order_is_told_with_the_orders_of_its_own_leg(tmp_path):
    """MODE-004"""

    async def tell():
        async with inside(tmp_path) as venue:
            trader = await venue.trader("trader", USD="100000")
            await venue.call(trader, "POST", "positionSide/dual", dualSidePosition="true")
            heard = venue.venue.streams.subscribe(accounts=[trader.account_id])
            feed = UserFeed(Api(venue.venue), trader.account_id, "key")
            await venue.send(trader, "BUY", "0.1", "83000", positionSide="LONG")
            await venue.send(trader, "SELL", "0.2", "85000", positionSide="SHORT")
            long, short = [each["o"] for each in await feed.deliver(await heard.take())]
            assert (long["ps"], long["b"], long["a"]) == ("LONG", "8300.00000000", "0.00000000")
            assert (short["ps"], short["b"], short["a"]) == (
                "SHORT",
                "0.00000000",
                "17000.00000000",
            )

    asyncio.run(tell())


def test_every_candle_that_ends_is_told_once(tmp_path):
    """However many do between two looks; after a leap the newest of them."""

    async def tell():
        async with inside(tmp_path) as venue:
            api = Api(venue.venue)
            feed = KlineFeed.make(api, [api.market(SYMBOL)], ("1m",))
            maker = await venue.trader("maker", USD="100000")
            taker = await venue.trader("taker", USD="100000")
            await venue.send(maker, "SELL", "0.1", str(await venue.mark()))
            await venue.send(taker, "BUY", "0.1")
            (first,) = [each["k"] for each in await feed.pulse()]
            assert (first["x"], first["v"]) == (False, "0.100")

            async def leap(minutes):
                venue.station.world.clock.step(minutes * MINUTE_S * SECOND_US)
                await venue.step(1)
                *ended, now = [each["k"] for each in await feed.pulse()]
                assert (now["x"], {each["x"] for each in ended}) == (False, {True})
                return [each["t"] for each in (*ended, now)]

            times = await leap(3)
            assert times == [first["t"] + 60_000 * minute for minute in range(4)]
            later = await leap(ENDED_MAX + 20)
            assert len(later) == ENDED_MAX + 1
            assert later[-1] == times[-1] + 60_000 * (ENDED_MAX + 20)
            assert await feed.pulse() == []

    asyncio.run(tell())


def test_who_goes_before_the_socket_is_open_is_not_followed(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            before = venue.venue.streams.count

            async def receive():
                return {"type": "websocket.connect"}

            async def send(message):
                raise OSError("gone")

            scope = {"type": "websocket", "path": "/ws", "headers": [], "query_string": b""}
            with pytest.raises(OSError, match="gone"):
                await Socket(Api(venue.venue), WebSocket(scope, receive, send)).run()
            assert venue.venue.streams.count == before

    asyncio.run(tell())
