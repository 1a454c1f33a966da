"""Sockets of version 2: what is said first, every channel, orders, and what is refused."""

from __future__ import annotations

import asyncio
import json
from decimal import Decimal

import pytest

from longshore.engine.codes import MarketState
from longshore.engine.commands import CommandKind
from longshore.venue.dialects.kraken_spot.checksum import checksum
from tests.dialects.spot_inside import spot_inside
from tests.venue.desk import Socket

PAIR = "BTC/USD"
INDEX = 84_000
ARGS = "EGeneral:Invalid arguments"


class Line:
    """A client of version 2 that speaks to the application directly."""

    def __init__(self, spot, path="/v2"):
        self._socket = Socket(spot.app, path, {})

    async def open(self):
        assert (await self._socket.open())["type"] == "websocket.accept"
        return await self._socket.message()

    async def say(self, method, req_id=None, **params):
        request = {"method": method, "params": params}
        await self._socket._in.put(
            {"type": "websocket.receive", "text": json.dumps(request | with_id(req_id))}
        )
        return await self.reply("pong" if method == "ping" else method)

    async def raw(self, text):
        await self._socket._in.put({"type": "websocket.receive", "text": text})
        while (message := await self._socket.message()) == {"event": "heartbeat"}:
            pass
        return message

    async def reply(self, method):
        """The next answer, whatever the channels say before it."""
        while "method" not in (message := await self._socket.message()):
            pass
        assert message["method"] == method, message
        return message

    async def data(self):
        """The next array of version 1."""
        while not isinstance(message := await self._socket.message(), list):
            pass
        return message

    async def next(self, channel):
        """The next message of a channel."""
        while (message := await self._socket.message()).get("channel") != channel:
            pass
        return message

    async def close(self):
        await self._socket.close()


def with_id(req_id):
    return {} if req_id is None else {"req_id": req_id}


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """One venue for the whole file: what each scene saw."""
    seen = {}

    async def tell():
        async with spot_inside(tmp_path_factory.mktemp("socket")) as spot:
            maker = await spot.trader("maker", USD="5000000", XBT="50")
            trader = await spot.trader("trader", USD="300000", XBT="2")
            for scene in (public_scene, private_scene, refusals_scene, old_scene):
                seen[scene.__name__] = await scene(spot, maker, trader)
                await spot.result(maker, "CancelAll")
                await spot.result(trader, "CancelAll")

    asyncio.run(tell())
    return seen


async def quote(spot, key, side, volume, price, **more):
    order = {"pair": "XBTUSD", "type": side, "ordertype": "limit"}
    return await spot.result(key, "AddOrder", **order, volume=volume, price=price, **more)


async def public_scene(spot, maker, trader):
    line = Line(spot)
    seen = {"status": await line.open(), "pong": await line.say("ping", req_id=7)}
    for each in range(12):
        await quote(spot, maker, "sell", "0.5", str(INDEX + 10 + each))
        await quote(spot, maker, "buy", "0.25", str(INDEX - 10 - each))
    for channel in ("ticker", "trade", "ohlc", "instrument", "book"):
        of = {} if channel == "instrument" else {"symbol": [PAIR], "snapshot": True}
        seen[f"{channel} told"] = await line.say("subscribe", channel=channel, req_id=1, **of)
        seen[channel] = [await line.next(channel)]
    book = [seen["book"][0]]
    await quote(spot, trader, "buy", "1.2", str(INDEX + 12))
    for channel in ("ticker", "trade", "ohlc", "book"):
        seen[channel].append(await line.next(channel))
    book.append(seen["book"][1])
    await quote(spot, trader, "buy", "0.1", str(INDEX - 5))
    book.append(await line.next("book"))
    await spot.result(trader, "CancelAll")
    book.append(await line.next("book"))
    seen["books"] = book
    market_id = spot.venue.catalog.market("XBT/USD").market_id
    for state in (MarketState.POST_ONLY, MarketState.ACTIVE):
        kind = CommandKind.SET_MARKET_STATE
        await spot.inside.command(kind=kind, market_id=market_id, value=state)
        seen["instrument"].append(await line.next("instrument"))
    seen["gone"] = await line.say("unsubscribe", channel="book", symbol=[PAIR])
    await line.close()
    return seen


def test_it_says_who_it_is_and_answers(story):
    seen = story["public_scene"]
    (about,) = seen["status"]["data"]
    assert (about["system"], about["api_version"]) == ("online", "v2")
    assert seen["pong"]["req_id"] == 7
    told = seen["ticker told"]
    assert (told["success"], told["req_id"], told["result"]["symbol"]) == (True, 1, PAIR)
    assert seen["book told"]["result"]["depth"] == 10
    assert seen["gone"]["success"]


def test_ticker_trade_and_candle_follow_a_trade(story):
    seen = story["public_scene"]
    before, after = (message["data"][0] for message in seen["ticker"])
    assert (before["bid"], before["ask"]) == (INDEX - 10, INDEX + 10)
    assert (before["bid_qty"], before["ask_qty"]) == (0.25, 0.5)
    assert (after["last"], after["ask"]) == (INDEX + 12, INDEX + 12)
    assert after["volume"] - before["volume"] == pytest.approx(1.2)
    snapshot, update = seen["trade"]
    assert (snapshot["type"], len(snapshot["data"])) == ("snapshot", 50)
    assert [(t["price"], t["qty"], t["side"]) for t in update["data"]] == [
        (INDEX + 10, 0.5, "buy"),
        (INDEX + 11, 0.5, "buy"),
        (INDEX + 12, 0.2, "buy"),
    ]
    candle = seen["ohlc"][1]["data"][-1]
    assert (candle["close"], candle["trades"], candle["interval"]) == (INDEX + 12, 3, 1)
    assert candle["volume"] == 1.2


def test_a_client_that_follows_the_book_has_its_checksum(story):
    """As python-kraken-sdk keeps it: cut at the depth after each level."""
    copy = {"asks": {}, "bids": {}}
    for message in story["public_scene"]["books"]:
        (told,) = message["data"]
        for side, best in (("asks", min), ("bids", max)):
            for level in told[side]:
                take(copy[side], Decimal(str(level["price"])), level["qty"], best)
        asks = [texts(*each) for each in sorted(copy["asks"].items())]
        bids = [texts(*each) for each in sorted(copy["bids"].items(), reverse=True)]
        assert checksum(asks, bids) == told["checksum"]
    assert min(copy["asks"]) == INDEX + 12
    assert (max(copy["bids"]), len(copy["bids"]), len(copy["asks"])) == (INDEX - 10, 10, 10)


def take(side, price, qty, best):
    worst = max if best is min else min
    side.pop(price, None)
    if qty:
        side[price] = qty
    if len(side) > 10:
        del side[worst(side)]


def texts(price, qty):
    return f"{price:.1f}", f"{qty:.7f}"


def test_instruments_tell_their_steps_and_states(story):
    snapshot, post_only, active = story["public_scene"]["instrument"]
    pairs = {pair["symbol"]: pair for pair in snapshot["data"]["pairs"]}
    assert pairs[PAIR]["price_increment"] == 0.1
    assert pairs[PAIR]["qty_precision"] == 7
    assert {asset["id"] for asset in snapshot["data"]["assets"]} >= {"BTC", "USD", "DOGE"}
    assert [m["data"]["pairs"][0]["status"] for m in (post_only, active)] == ["post_only", "online"]


async def private_scene(spot, maker, trader):
    line = Line(spot)
    await line.open()
    token = (await spot.result(trader, "GetWebSocketsToken"))["token"]
    seen = {"orders": [], "says": []}

    async def do(method, **params):
        reply = await line.say(method, token=token, req_id=3, **params)
        seen["says"].append(reply)
        return reply

    await quote(spot, trader, "buy", "0.1", str(INDEX - 300), userref="5")
    await do("subscribe", channel="executions", snap_trades=True)
    seen["snapshots"] = [await line.next("executions") for _ in range(2)]
    await do("subscribe", channel="balances")
    seen["balances"] = [await line.next("balances")]
    await quote(spot, maker, "sell", "1", str(INDEX + 20))
    order = {"order_type": "limit", "side": "buy", "symbol": PAIR}
    placed = await do("add_order", **order, order_qty=1.5, limit_price=INDEX + 20, cl_ord_id="me")
    seen["placed"] = placed["result"]
    seen["orders"] += [await line.next("executions") for _ in range(3)]
    seen["balances"].append(await line.next("balances"))
    await do("amend_order", order_id=placed["result"]["order_id"], order_qty=1.25)
    seen["orders"].append(await line.next("executions"))
    await do("edit_order", order_id=placed["result"]["order_id"], symbol=PAIR, order_qty=1.2)
    seen["orders"].append(await line.next("executions"))
    await do("cancel_order", cl_ord_id=["me"])
    seen["orders"].append(await line.next("executions"))
    lines = [{**order, "order_qty": 0.1, "limit_price": INDEX - each} for each in (50, 60)]
    batch = [{name: value for name, value in each.items() if name != "symbol"} for each in lines]
    made = await do("batch_add", symbol=PAIR, orders=batch)
    ids = [each["order_id"] for each in made["result"]]
    await do("batch_cancel", orders=ids[:1])
    await do("cancel_all_orders_after", timeout=60)
    await do("cancel_all_orders_after", timeout=0)
    await do("cancel_all")
    await line.close()
    seen["again"] = await spot.result(trader, "QueryOrders", txid=placed["result"]["order_id"])
    return seen


def test_orders_and_their_executions(story):
    """ORDR-003, ORDR-012"""
    seen = story["private_scene"]
    assert all(reply["success"] for reply in seen["says"]), seen["says"]
    assert seen["placed"]["cl_ord_id"] == "me"
    rows = [message["data"][0] for message in seen["orders"]]
    assert [row["exec_type"] for row in rows] == [
        *("pending_new", "new", "trade", "amended", "amended", "canceled"),
    ]
    assert {row["order_id"] for row in rows} == {seen["placed"]["order_id"]}
    trade = rows[2]
    assert (trade["last_qty"], trade["last_price"], trade["liquidity_ind"]) == (1, INDEX + 20, "t")
    assert (trade["cum_qty"], trade["cum_cost"]) == (1, INDEX + 20)
    assert [row["order_qty"] for row in rows[3:]] == [1.25, 1.2, 1.2]
    assert (rows[-1]["order_status"], rows[-1]["reason"]) == ("canceled", "User requested")
    sequences = [message["sequence"] for message in seen["orders"]]
    assert sequences == list(range(3, 9))
    (stored,) = seen["again"].values()
    assert (stored["vol"], stored["vol_exec"]) == ("1.20000000", "1.00000000")


def test_snapshots_and_balances(story):
    seen = story["private_scene"]
    orders, trades = seen["snapshots"]
    (resting,) = orders["data"]
    assert (resting["order_userref"], resting["exec_type"]) == (5, "new")
    assert all(row["exec_type"] == "trade" for row in trades["data"])
    snapshot, update = seen["balances"]
    held = {row["asset"]: row["balance"] for row in snapshot["data"]}
    coins, dollars = update["data"]
    assert (coins["asset"], coins["amount"], coins["type"]) == ("BTC", 1, "trade")
    assert coins["balance"] == pytest.approx(held["BTC"] + 1)
    assert (dollars["asset"], dollars["amount"]) == ("USD", -(INDEX + 20))
    paid = INDEX + 20 + dollars["fee"]
    assert dollars["balance"] == pytest.approx(held["USD"] - paid)
    assert dollars["ref_id"] == coins["ref_id"]


def refusals(token, reading):
    """What is sent, and why it is refused: with a trading token, and one that only reads."""
    order = {"order_type": "limit", "side": "buy", "symbol": PAIR, "order_qty": 1}
    limit = order | {"limit_price": INDEX - 500, "token": token}
    return (
        ("subscribe", {"channel": "level9"}, "Subscription name invalid"),
        ("subscribe", {}, f"{ARGS}:channel"),
        ("subscribe", {"channel": "book"}, f"{ARGS}:symbol"),
        (
            "subscribe",
            {"channel": "book", "symbol": ["XBT/USD"]},
            "Currency pair not supported XBT/USD",
        ),
        (
            "subscribe",
            {"channel": "book", "symbol": [PAIR], "depth": 11},
            "Subscription depth not supported",
        ),
        (
            "subscribe",
            {"channel": "ohlc", "symbol": [PAIR], "interval": 2},
            "Subscription ohlc interval not supported",
        ),
        ("subscribe", {"channel": "executions"}, "ESession:Invalid session"),
        ("unsubscribe", {"channel": "instrument"}, "Subscription Not Found"),
        ("fly", {}, "Malformed request"),
        ("add_order", order, "ESession:Invalid session"),
        ("add_order", limit | {"token": reading}, "EGeneral:Permission denied"),
        ("add_order", limit | {"symbol": "A/B"}, "EQuery:Unknown asset pair"),
        ("add_order", limit | {"order_qty": 0}, f"{ARGS}:order_qty"),
        ("add_order", limit | {"limit_price": 1.23}, "EOrder:Tick size check failed"),
        ("add_order", limit | {"order_qty": 100}, "EOrder:Insufficient funds"),
        ("add_order", limit | {"triggers": {}}, f"{ARGS}:triggers"),
        (
            "add_order",
            limit | {"cash_order_qty": 5},
            f"{ARGS}:cash_order_qty",
        ),
        ("add_order", limit | {"expire_time": "x"}, f"{ARGS}:expire_time"),
        ("add_order", limit | {"margin": True}, "EOrder:Cannot open position"),
        ("cancel_order", {"token": token}, f"{ARGS}:order_id"),
        ("cancel_order", {"token": token, "order_id": ["x"]}, "EOrder:Unknown order"),
        (
            "batch_add",
            {"token": token, "symbol": PAIR, "orders": []},
            f"{ARGS}:orders",
        ),
        (
            "amend_order",
            {"token": token, "cl_ord_id": "x", "order_qty": 1},
            "EOrder:Unknown order",
        ),
    )


async def refusals_scene(spot, maker, trader):
    line = Line(spot)
    await line.open()
    token = (await spot.result(trader, "GetWebSocketsToken"))["token"]
    reader = spot.venue.accounts.create_key("trader", ("read",))
    reading = (await spot.result(reader, "GetWebSocketsToken"))["token"]
    before = spot.digest
    said = [
        (await line.say(method, **params), text)
        for method, params, text in refusals(token, reading)
    ]
    raw = [await line.raw(text) for text in ("", "{", "[]", '{"method":5}', "[" * 9_000)]
    assert spot.digest == before
    await line.close()
    return said, raw


def test_what_is_wrong_is_refused_by_name(story):
    said, raw = story["refusals_scene"]
    for reply, text in said:
        assert (reply["error"], reply["success"]) == (text, False)
    assert {reply["error"] for reply in raw} == {"Malformed request"}


async def old_scene(spot, maker, trader):
    line = Line(spot, "/")
    seen = {"status": await line.open()}
    for each in range(3):
        await quote(spot, maker, "sell", "0.5", str(INDEX + 10 + each))
        await quote(spot, maker, "buy", "0.5", str(INDEX - 10 - each))
    book = {"name": "book", "depth": 10}
    ask = {"event": "subscribe", "pair": ["XBT/USD"], "reqid": 4, "subscription": book}
    seen["told"] = await line.raw(json.dumps(ask))
    seen["rows"] = [await line.data()]
    seen["again"] = await line.raw(json.dumps(ask))
    for change in ({"pair": ["BTC/USD"]}, {"subscription": {"name": "book", "depth": 11}}):
        seen[str(change)] = await line.raw(json.dumps(ask | change))
    await quote(spot, trader, "buy", "0.75", str(INDEX + 11))
    seen["rows"].append(await line.data())
    await line.raw(json.dumps(ask | {"subscription": {"name": "trade"}}))
    await quote(spot, trader, "sell", "0.25", str(INDEX - 10))
    seen["rows"] += [await line.data(), await line.data()]
    seen["ticker told"] = await line.raw(json.dumps(ask | {"subscription": {"name": "ticker"}}))
    seen["tickers"] = [await line.data()]
    await quote(spot, trader, "sell", "0.125", str(INDEX - 10))
    while (row := await line.data())[-2] != "ticker":
        pass
    seen["tickers"].append(row)
    seen["raw"] = [await line.raw(text) for text in ("{", "[]", '{"event":"subscribe"}')]
    seen["gone"] = await line.raw(json.dumps(ask | {"event": "unsubscribe"}))
    await line.close()
    return seen


def test_the_older_version_tells_books_and_trades(story):
    seen = story["old_scene"]
    assert (seen["status"]["event"], seen["status"]["status"]) == ("systemStatus", "online")
    assert (seen["told"]["status"], seen["told"]["channelName"]) == ("subscribed", "book-10")
    assert seen["told"]["reqid"] == 4
    snapshot, update, *later = seen["rows"]
    assert snapshot[-2:] == ["book-10", "XBT/USD"]
    best = snapshot[1]["as"][0]
    assert best[:2] == [f"{INDEX + 10}.00000", "0.50000000"]
    copy = {side: {level[0]: level[1] for level in snapshot[1][f"{side}s"]} for side in "ab"}
    follow(copy, update)
    assert [level[:2] for level in update[1]["a"]] == [
        [f"{INDEX + 10}.00000", "0.00000000"],
        [f"{INDEX + 11}.00000", "0.25000000"],
    ]
    (trades,) = [row for row in later if row[-2] == "trade"]
    (book,) = [row for row in later if row[-2] == "book-10"]
    follow(copy, book)
    ((price, size, _, side, *_),) = trades[1]
    assert (price, size, side) == (f"{INDEX - 10}.00000", "0.25000000", "s")


def follow(copy, row):
    """Take an update, and compare checksums."""
    for part in row[1:-2]:
        for side in "ab":
            for price, size, _ in part.get(side, ()):
                copy[side][price] = size
                if not float(size):
                    del copy[side][price]
    asks = sorted(copy["a"].items(), key=lambda level: float(level[0]))
    bids = sorted(copy["b"].items(), key=lambda level: -float(level[0]))
    assert str(checksum(asks, bids)) == row[-3]["c"]


def test_the_older_version_tells_tickers(story):
    seen = story["old_scene"]
    number = seen["ticker told"]["channelID"]
    (first, now, *names), (again, later, *_) = seen["tickers"]
    assert (first, again, *names) == (number, number, "ticker", "XBT/USD")
    assert now["a"] == [f"{INDEX + 11}.00000", 1, "0.25000000"]
    assert now["b"] == [f"{INDEX - 10}.00000", 1, "0.25000000"]
    assert later["c"] == [f"{INDEX - 10}.00000", "0.12500000"]
    assert later["b"] == [f"{INDEX - 10}.00000", 1, "0.12500000"]
    assert Decimal(later["v"][1]) >= Decimal(now["v"][1]) + Decimal("0.125")
    assert later["t"][1] > now["t"][1]


def test_the_older_version_refuses_by_name(story):
    seen = story["old_scene"]
    assert {reply["errorMessage"] for reply in seen["raw"]} == {"Malformed request"}
    assert seen["again"]["errorMessage"] == "Already subscribed"
    assert seen["gone"]["status"] == "unsubscribed"
    refused = [seen[key]["errorMessage"] for key in seen if key.startswith("{")]
    assert refused == ["Currency pair not supported BTC/USD", "Subscription depth not supported"]
