"""What the spot dialect says wherever the real venue was recorded."""

from __future__ import annotations

from typing import Any

from longshore.venue.accounts import ApiKey
from tests.dialects.contract.wire import Wire
from tests.dialects.spot_inside import SpotInside

PAIR, OLD_PAIR = "BTC/USD", "XBT/USD"
INDEX = 84_000
ORDER = {"pair": "XBTUSD", "ordertype": "limit", "volume": "0.5"}
V1 = "kraken_spot_ws_v1_2021-04-17_6pairs"
V2 = "kraken_spot_ws_v2_book_BTC-USD"
PUBLIC: dict[str, tuple[str, dict[str, str]]] = {
    "http_asset_pairs": ("AssetPairs", {"pair": "XBTUSD"}),
    "http_ticker": ("Ticker", {"pair": "XBTUSD"}),
    "http_ohlc": ("OHLC", {"pair": "XBTUSD"}),
    "http_order_book": ("Depth", {"pair": "XBTUSD"}),
    "http_trades": ("Trades", {"pair": "XBTUSD"}),
    "http_server_time": ("Time", {}),
    "http_system_status": ("SystemStatus", {}),
}
PRIVATE = {
    "http_open_orders": "OpenOrders",
    "http_closed_orders": "ClosedOrders",
    "http_trades_history": "TradesHistory",
    "http_spot_balance": "Balance",
    "http_spot_trade_balance": "TradeBalance",
    "http_spot_open_positions": "OpenPositions",
}


async def rest(spot: SpotInside) -> dict[str, Any]:
    """Every answer there is a recording of, from an account that did a little of everything."""
    maker = await spot.trader("spot-maker", XBT="10", USD="1000000")
    trader = await spot.trader("spot-trader", USD="100000", XBT="1")
    for side, price in (("sell", 100), ("buy", -1_000), ("sell", 200)):
        await spot.ask(maker, "AddOrder", **ORDER, type=side, price=str(INDEX + price))
    placed = await spot.ask(trader, "AddOrder", **ORDER, type="buy", price=str(INDEX + 100))
    gone = await spot.result(trader, "AddOrder", **ORDER, type="buy", price="82000")
    cancelled = await spot.ask(trader, "CancelOrder", txid=gone["txid"][0])
    market = {"pair": "XBTUSD", "ordertype": "market", "volume": "0.1"}
    await spot.result(trader, "AddOrder", **market, type="sell")
    await spot.ask(trader, "AddOrder", **ORDER, type="buy", price="82000", userref=7)
    public = {name: await spot.public(path, **asked) for name, (path, asked) in PUBLIC.items()}
    private = {name: await spot.ask(trader, path) for name, path in PRIVATE.items()}
    orders = {"http_add_order_spot": placed, "http_cancel_order_spot": cancelled}
    return {**public, **private, **orders}


class Line(Wire):
    """A socket of the spot venue."""

    async def call(self, method: str, req_id: int = 1, **params: Any) -> Any:
        """A method of version 2, and its answer."""
        request = {"method": method, "params": params, "req_id": req_id}
        return await self.ask(request, lambda message: "method" in message)

    async def channel(self, name: str, kind: str) -> Any:
        """The next message of a channel of version 2."""
        return await self.until(lambda m: (m.get("channel"), m.get("type")) == (name, kind))


async def sockets(spot: SpotInside) -> dict[str, Any]:
    """Every message of version 2 there is a recording of."""
    maker = await spot.trader("socket-spot-maker", XBT="10", USD="1000000")
    line = Line(spot.app, "/v2")
    await line.open()
    told = {"ws_pong": await line.ask({"method": "ping", "req_id": 42}, lambda m: "method" in m)}
    names = {"ticker": "ws_ticker_snapshot", "book": "ws_book_snapshot", "trade": "", "ohlc": ""}
    for channel, name in names.items():
        said = await line.call("subscribe", channel=channel, symbol=[PAIR], snapshot=True)
        told |= {"ws_subscribe_response": said} if channel == "ticker" else {}
        told |= {name: await line.channel(channel, "snapshot")} if name else {}
    await quote(spot, maker, "sell", "0.5", INDEX + 40)
    asks = await line.channel("book", "update")
    await quote(spot, maker, "buy", "0.5", INDEX - 1_040)
    told["ws_book_update"] = [asks, await line.channel("book", "update")]
    await quote(spot, await spot.trader("taker", USD="90000"), "buy", "0.1", INDEX + 40)
    for channel in ("trade", "ohlc"):
        told[f"ws_{channel}_update"] = await line.channel(channel, "update")
    await line.close()
    told[f"{V2} snapshot"] = told["ws_book_snapshot"]
    told[f"{V2} update"] = told["ws_book_update"]
    return told


async def quote(spot: SpotInside, key: ApiKey, side: str, volume: str, price: int) -> None:
    """A limit order."""
    order = {"pair": "XBTUSD", "type": side, "ordertype": "limit"}
    await spot.result(key, "AddOrder", **order, volume=volume, price=str(price))


async def methods(spot: SpotInside, requests: dict[str, Any]) -> dict[str, Any]:
    """Answers to the recorded requests, the prices and the token alone made ours."""
    trader = await spot.trader("method-trader", USD="90000")
    token = (await spot.result(trader, "GetWebSocketsToken"))["token"]
    line = Line(spot.app, "/v2")
    await line.open()
    told: dict[str, Any] = {}
    for name, request in requests.items():
        mine = request["params"] | {"token": token}
        if "order_id" in mine:
            known = told["ws_add_order_request"]["result"]["order_id"]
            mine["order_id"] = known if name.startswith("ws_amend") else [known]
        told[name] = await line.call(request["method"], request["req_id"], **mine)
    order = {"order_type": "limit", "side": "buy", "symbol": PAIR, "token": token}
    dear = await line.call("add_order", **order, order_qty=10.0, limit_price=INDEX)
    batch = [{"order_type": "limit", "side": "buy", "order_qty": 0.01, "limit_price": 30000.0}]
    batch += [batch[0] | {"order_qty": 9.0, "limit_price": 83_000.0, "cl_ord_id": "O-D"}]
    batch[0] |= {"cl_ord_id": "O-C"}
    part = await line.call("batch_add", symbol=PAIR, orders=batch, token=token)
    await line.close()
    return told | {
        "ws_add_order_response_success": told["ws_add_order_request"],
        "ws_add_order_response_failure": dear,
        "ws_batch_add_response_partial": part,
    }


async def older(spot: SpotInside, depth: int) -> dict[str, Any]:
    """Every message of version 1 there is a recording of."""
    maker = await spot.trader("older-maker", XBT="10", USD="1000000")
    line = Line(spot.app, "/")
    told = {f"{V1} systemStatus": await line.open()}
    book = {"name": "book", "depth": depth}
    for wanted in ({"name": "ticker"}, book, {"name": "trade"}):
        ask = {"event": "subscribe", "pair": [OLD_PAIR], "subscription": wanted}
        said = await line.ask(ask, lambda m: isinstance(m, dict) and m["event"] != "heartbeat")
        told.setdefault(f"{V1} subscriptionStatus", []).append(said)
        if wanted["name"] != "trade":
            name = said["channelName"]
            told[f"{V1} {name}"] = [await line.until(lambda m: isinstance(m, list))]
    await quote(spot, maker, "sell", "0.5", INDEX + 30)
    name = f"book-{depth}"
    told[f"{V1} {name}"].append(await rows_of(line, name))
    taker = await spot.trader("older-taker", USD="90000")
    await quote(spot, taker, "buy", "0.1", INDEX - 50)
    told[f"{V1} {name}"].append(await rows_of(line, name))
    await quote(spot, taker, "buy", "0.6", INDEX + 30)
    both = [await line.until(lambda m: isinstance(m, list)) for _ in range(3)]
    told[f"{V1} {name}"] += [row for row in both if row[-2] == name]
    told[f"{V1} trade"] = [row for row in both if row[-2] == "trade"]
    told[f"{V1} heartbeat"] = await line.until(lambda m: isinstance(m, dict))
    await line.close()
    return told


async def rows_of(line: Line, name: str) -> Any:
    """The next array of a channel of version 1."""
    return await line.until(lambda m: isinstance(m, list) and m[-2] == name)


async def each_order(spot: SpotInside) -> dict[str, Any]:
    """Every message of `level3` there is a recording of."""
    maker = await spot.trader("level3-maker", XBT="10", USD="1000000")
    bid = {"pair": "XBTUSD", "ordertype": "limit", "type": "buy", "volume": "0.5"}
    ask = bid | {"type": "sell", "price": str(INDEX + 20)}
    resting = (await spot.result(maker, "AddOrder", **ask))["txid"][0]
    line = Line(spot.app, "/v2")
    await line.open()
    token = (await spot.result(maker, "GetWebSocketsToken"))["token"]
    await line.call("subscribe", channel="level3", symbol=[PAIR], token=token)
    told = {"ws_l3_snapshot": await line.channel("level3", "snapshot")}
    placed = await spot.result(maker, "AddOrder", **bid, price=str(INDEX - 1_010))
    told["ws_l3_update_add"] = await line.channel("level3", "update")
    moved = {"txid": placed["txid"][0], "limit_price": str(INDEX - 1_011)}
    for name, method, asked in (
        ("modify_price", "AmendOrder", moved),
        ("modify_qty", "AmendOrder", {"txid": resting, "order_qty": "0.4"}),
        ("delete", "CancelOrder", {"txid": resting}),
    ):
        await spot.result(maker, method, **asked)
        told[f"ws_l3_update_{name}"] = await line.channel("level3", "update")
    await line.close()
    return told


async def told(spot: SpotInside, requests: dict[str, Any], depth: int) -> dict[str, Any]:
    """All of it, by the name of the recording."""
    answers = await rest(spot) | await sockets(spot)
    answers |= await methods(spot, requests) | await older(spot, depth)
    answers |= await each_order(spot)
    alike = ("http_asset_pairs_tokenized", "kraken_spot_rest_AssetPairs_2021-04-17")
    return answers | dict.fromkeys(alike, answers["http_asset_pairs"])
