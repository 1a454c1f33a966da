"""When an order was received and when it last changed, in every place that tells both."""

from __future__ import annotations

import asyncio

from longshore.venue.dialects.kraken_futures.api import Api
from longshore.venue.dialects.kraken_futures.order_feed import OrderFeed
from longshore.venue.dialects.kraken_futures.values import iso, parsed_iso_us
from tests.dialects.desk import SYMBOL
from tests.dialects.inside import V3, inside

MS = 1_000


async def told(venue, key):
    """(received, last changed) of the only open order, as each place has it."""
    (row,) = (await venue.get(key, "openorders"))["openOrders"]
    (status,) = (await venue.get(key, "orders/status", orderIds=row["order_id"]))["orders"]
    (snapshot,) = await OrderFeed(Api(venue.venue), key.account_id, verbose=False).snapshot()
    (fed,) = snapshot["orders"]
    return {
        "openorders": (row["receivedTime"], row["lastUpdateTime"]),
        "orders/status": (status["order"]["timestamp"], status["order"]["lastUpdateTimestamp"]),
        "open_orders": (iso(fed["time"] * MS), iso(fed["last_update_time"] * MS)),
    }


def test_a_change_moves_the_second_time_and_not_the_first(tmp_path):
    """ORDR-012: an edit, then a partial fill, each a second after the one before."""

    async def tell():
        async with inside(tmp_path) as venue:
            ticker = (await venue.http.get(f"{V3}/tickers/{SYMBOL}")).json()["ticker"]
            price = int(ticker["indexPrice"]) - 50
            owner = await venue.trader("owner", USD="100000")
            other = await venue.trader("other", USD="100000")
            sent = await venue.send(owner, "buy", "0.5", str(price))
            received = sent["receivedTime"]
            for place, times in (await told(venue, owner)).items():
                assert times == (received, received), place
            await venue.step(1)
            body = f"orderId={sent['order_id']}&size=0.4"
            reply = (await venue.call(owner, "POST", f"{V3}/editorder", body=body)).json()
            edited = reply["editStatus"]["receivedTime"]
            assert parsed_iso_us(edited) - parsed_iso_us(received) == 1_000_000
            for place, times in (await told(venue, owner)).items():
                assert times == (received, edited), place
            await venue.step(1)
            filled = (await venue.send(other, "sell", "0.1", str(price)))["receivedTime"]
            assert filled > edited
            for place, times in (await told(venue, owner)).items():
                assert times == (received, filled), place

    asyncio.run(tell())
