"""LIQD-001: a liquidation, as the account and everybody else is told of it."""

from __future__ import annotations

import asyncio

from longshore.engine.commands import CommandKind
from tests.dialects.binance_usdm.clients import SYMBOL
from tests.dialects.binance_usdm.inside import inside
from tests.venue.desk import Socket

FALL_PERCENT = 2


async def fallen(venue):
    """Bitcoin's index falls at once, and the mark with it."""
    asset_id = venue.venue.catalog.asset("XBT").asset_id
    index = int(venue.venue.view.assets[asset_id].index_subticks)
    await venue.command(
        kind=CommandKind.PUBLISH_INDEX,
        asset_id=asset_id,
        price_subticks=index * (100 - FALL_PERCENT) // 100,
        sources=1,
    )
    await venue.step(1)


async def said(socket, wanted):
    """The next message of a kind."""
    while (message := await socket.message()).get("e") != wanted:
        pass
    return message


def test_a_liquidation_is_told(tmp_path):
    async def tell():
        async with inside(tmp_path) as venue:
            maker = await venue.trader("maker", USD="1000000")
            trader = await venue.trader("trader", USD="2000")
            price = await venue.mark()
            await venue.send(maker, "SELL", "2", str(price))
            await venue.send(maker, "BUY", "5", str(price * 99 // 100))
            bought = await venue.send(trader, "BUY", "2")
            assert bought["status"] == "FILLED"
            socket = Socket(venue.router, f"/ws/{SYMBOL.lower()}@forceOrder", {})
            await socket.open()
            await fallen(venue)
            public = (await said(socket, "forceOrder"))["o"]
            await socket.close()
            (own, *_) = await venue.get(trader, "forceOrders")
            none = await venue.get(maker, "forceOrders")
            return bought, public, own, none

    bought, public, own, none = asyncio.run(tell())
    assert (public["s"], public["S"], public["X"]) == (SYMBOL, "SELL", "FILLED")
    assert 0 < float(public["q"]) <= 2
    assert (own["symbol"], own["side"], own["status"]) == (SYMBOL, "SELL", "FILLED")
    assert own["orderId"] != bought["orderId"]
    assert float(own["executedQty"]) >= float(public["q"])
    assert own["avgPrice"].startswith(public["p"].partition(".")[0])
    assert none == []
