"""The channel `level3`: every order, its queue, and the checksum of a client that follows it."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal
from zlib import crc32

import pytest

from tests.dialects.spot_inside import spot_inside
from tests.dialects.test_spot_socket import INDEX, PAIR, Line

SHOWN = 10


class Copy:
    """Orders as a client keeps them: by price, in their queue, cut at its depth after a message."""

    def __init__(self, depth=SHOWN):
        self.depth = depth
        self.sides = {"bids": {}, "asks": {}}

    def take(self, told):
        for side, book in self.sides.items():
            for row in told[side]:
                self.put(book, row)
            for price in self.prices(side)[self.depth :]:
                del book[price]

    def put(self, book, row):
        name, price = row["order_id"], Decimal(str(row["limit_price"]))
        event = row.get("event", "add")
        at = next((p for p, queue in book.items() if name in queue), None)
        assert (at is None) == (event == "add"), row
        if event == "delete" or (at is not None and at != price):
            del book[at][name]
            if not book[at]:
                del book[at]
        if event != "delete":
            book.setdefault(price, {})[name] = row["order_qty"]

    def prices(self, side):
        return sorted(self.sides[side], reverse=side == "bids")

    @property
    def checksum(self):
        digits = [
            f"{text.replace('.', '').lstrip('0')}"
            for side in ("asks", "bids")
            for price in self.prices(side)[:10]
            for qty in self.sides[side][price].values()
            for text in (f"{price:.1f}", f"{qty:.7f}")
        ]
        return crc32("".join(digits).encode())


async def placed(spot, key, side, volume, price):
    order = {"pair": "XBTUSD", "type": side, "ordertype": "limit", "price": str(price)}
    return (await spot.result(key, "AddOrder", **order, volume=volume))["txid"][0]


async def story_of(spot):
    """What one client was told while orders came, changed, traded and went."""
    maker = await spot.trader("maker", USD="9000000", XBT="90")
    taker = await spot.trader("taker", USD="900000", XBT="9")
    for each in range(11):
        await placed(spot, maker, "buy", "0.5", INDEX - 10 - each)
        await placed(spot, maker, "sell", "0.5", INDEX + 10 + each)
    first = await placed(spot, taker, "buy", "0.25", INDEX - 10)
    second = await placed(spot, maker, "buy", "0.75", INDEX - 10)
    line = Line(spot)
    await line.open()
    token = (await spot.result(taker, "GetWebSocketsToken"))["token"]
    asked = {"channel": "level3", "symbol": [PAIR]}
    said = await line.say("subscribe", req_id=1, token=token, **asked)
    seen = [await line.next("level3")]

    async def then(method, key, **named):
        await spot.result(key, method, **named)
        seen.append(await line.next("level3"))

    amend = {"txid": first}
    await then("AmendOrder", taker, **amend, order_qty="0.2")
    await then("AmendOrder", taker, **amend, order_qty="0.3")
    await then("AmendOrder", taker, **amend, limit_price=str(INDEX - 12))
    await then("CancelOrder", maker, txid=second)
    order = {"pair": "XBTUSD", "ordertype": "limit"}
    await then("AddOrder", taker, **order, type="sell", volume="0.6", price=str(INDEX - 11))
    await then("AddOrder", taker, **order, type="sell", volume="0.1", price=str(INDEX + 5))
    refused = [
        (await line.say("subscribe", **asked | change))["error"]
        for change in ({}, {"token": token, "depth": 25}, {"token": token})
    ]
    left = await line.say("unsubscribe", token=token, **asked)
    await line.close()
    return said, seen, refused, left, (first, second)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    async def tell():
        async with spot_inside(tmp_path_factory.mktemp("level3")) as spot:
            return await story_of(spot)

    return asyncio.run(tell())


def test_the_snapshot_has_every_order_in_its_queue(story):
    said, (snapshot, *_), _, _, (first, second) = story
    assert said["result"] == {"channel": "level3", "symbol": PAIR, "depth": 10, "snapshot": True}
    (told,) = snapshot["data"]
    assert (snapshot["type"], len(told["asks"]), len(told["bids"])) == ("snapshot", 10, 12)
    best = [row for row in told["bids"] if row["limit_price"] == INDEX - 10]
    assert [row["order_qty"] for row in best] == [0.5, 0.25, 0.75]
    assert [row["order_id"] for row in best[1:]] == [first, second]


def test_a_client_that_follows_has_the_checksum(story):
    _, seen, _, _, _ = story
    copy = Copy()
    for message in seen:
        (told,) = message["data"]
        copy.take(told)
        assert copy.checksum == told["checksum"], json.dumps(told)
    assert copy.prices("asks")[0] == INDEX + 5
    assert (len(copy.prices("asks")), len(copy.prices("bids"))) == (10, 10)


def test_what_happened_is_told_by_its_event(story):
    """A smaller size keeps the place, a bigger one goes last, a new price to another queue."""
    _, (_, *updates), _, _, (first, second) = story
    events = [
        [(row["event"], row["order_id"]) for row in told["bids"] + told["asks"]]
        for told in (message["data"][0] for message in updates)
    ]
    assert events[0] == [("modify", first)]
    assert events[1] == [("delete", first), ("add", first)]
    assert events[2] == [("modify", first)]
    assert events[3] == [("delete", second)]
    assert updates[2]["data"][0]["bids"][0]["limit_price"] == INDEX - 12
    assert updates[3]["data"][0]["bids"][0]["order_qty"] == 0
    traded = dict.fromkeys(event for event, _ in events[4])
    assert "delete" in traded
    assert "add" in traded  # the level that came within the depth


def test_what_is_refused(story):
    _, _, refused, left, _ = story
    assert refused == [
        "ESession:Invalid session",
        "Subscription depth not supported",
        "Already subscribed",
    ]
    assert left["success"]
