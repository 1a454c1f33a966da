"""python-kraken-sdk's spot clients: their calls, their sockets and the order book it keeps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import kraken.exceptions
import pytest
from kraken.spot import (
    Earn,
    Funding,
    Market,
    SpotOrderBookClient,
    SpotWSClient,
    Trade,
    User,
)

from tests.clients.covering import Client, plain
from tests.clients.sdk_client import Heard, SdkCalls, methods
from tests.dialects.spot import PAIR, PAIR_ID, SpotBook

REST = (Market, Trade, User, Funding, Earn)
CHANNELS = (
    *("ticker", "book", "trade", "ohlc", "instrument", "level3"),
    *("executions", "balances"),
)
SENT = (
    *("add_order", "amend_order", "edit_order", "cancel_order", "cancel_all"),
    *("cancel_all_orders_after", "batch_add", "batch_cancel"),
)
SDK_SPOT = Client(
    "python-kraken-sdk spot",
    {
        "REST": [name for kind in REST for name in methods(kind)],
        "socket over TLS": [
            *methods(SpotWSClient),
            *methods(SpotOrderBookClient),
            *(f"channel {name}" for name in CHANNELS),
            *(f"method {name}" for name in SENT),
        ],
    },
)
FEE_TAKER = 0.004


@SDK_SPOT.passes(
    *("Market.get_asset_pairs", "Market.get_assets", "Market.get_system_status"),
    *("Market.get_ticker", "Market.get_order_book", "Market.get_ohlc"),
    *("Market.get_recent_trades", "Market.get_recent_spreads"),
)
async def market(x: SdkCalls, book: SpotBook) -> None:
    pair = x.Market.get_asset_pairs(PAIR)[PAIR]
    assert (pair["wsname"], pair["pair_decimals"], pair["tick_size"]) == ("XBT/USD", 1, "0.1")
    assert x.Market.get_assets("XBT")["XXBT"]["altname"] == "XBT"
    assert x.Market.get_system_status()["status"] == "online"
    x.Trade.create_order("market", "buy", pair=PAIR_ID, volume=0.25)
    levels = x.Market.get_order_book(PAIR_ID)[PAIR_ID]
    assert [level[:2] for level in levels["bids"]] == [[f"{book.bid}.00000", "1.000"]]
    assert x.Market.get_ohlc(PAIR_ID)[PAIR_ID][-1][4] == f"{book.ask}.0"
    trade = x.Market.get_recent_trades(PAIR_ID)[PAIR_ID][-1]
    assert (trade[0], trade[1], trade[3]) == (f"{book.ask}.00000", "0.25000000", "b")
    assert x.Market.get_recent_spreads(PAIR_ID)[PAIR_ID][-1][1] == f"{book.bid}.00000"
    ticker = x.Market.get_ticker(PAIR_ID)[PAIR_ID]
    assert (ticker["a"][0], ticker["c"][1]) == (f"{book.ask}.00000", "0.25000000")


@SDK_SPOT.passes(
    *("Trade.create_order", "Trade.amend_order", "Trade.edit_order", "Trade.cancel_order"),
    *("Trade.create_order_batch", "Trade.cancel_order_batch", "Trade.cancel_all_orders"),
    *("Trade.cancel_all_orders_after_x", "User.get_open_orders", "User.get_closed_orders"),
)
async def orders(x: SdkCalls, book: SpotBook) -> None:
    """ORDR-003, ORDR-012"""
    trade, price = x.Trade, book.bid - 100
    terms = {"pair": PAIR_ID, "volume": 0.5, "price": price, "userref": 9}
    (txid,) = trade.create_order("limit", "buy", **terms)["txid"]
    assert trade.amend_order(txid=txid, extra_params={"limit_price": str(price - 10)})["amend_id"]
    assert trade.edit_order(txid=txid, pair=PAIR_ID, volume=0.6, price=price - 20)["txid"] == txid
    (order,) = x.User.get_open_orders(userref=9)["open"].values()
    assert (order["vol"], order["descr"]["price"]) == ("0.60000000", f"{price - 20}.0")
    line = {"ordertype": "limit", "type": "buy", "volume": "0.1", "price": str(price)}
    batch = trade.create_order_batch(orders=[line, line], pair=PAIR_ID)["orders"]
    assert trade.cancel_order_batch(orders=[each["txid"] for each in batch]) == {"count": 2}
    assert trade.cancel_order(txid=txid) == {"count": 1}
    assert trade.cancel_all_orders() == {"count": 0}
    assert trade.cancel_all_orders_after_x(0)["triggerTime"] == "0"
    closed = x.User.get_closed_orders()
    assert {order["status"] for order in closed["closed"].values()} == {"canceled"}
    with pytest.raises(kraken.exceptions.KrakenUnknownOrderError):
        trade.cancel_order(txid=txid)


@SDK_SPOT.passes(
    *("User.get_orders_info", "User.get_trades_history", "User.get_trades_info"),
    *("User.get_ledgers_info", "User.get_ledgers", "User.get_account_balance"),
    *("User.get_balances", "User.get_balance", "User.get_trade_balance"),
    *("User.get_trade_volume", "User.get_open_positions"),
)
async def traded(x: SdkCalls, book: SpotBook) -> None:
    """FEES-001"""
    user = x.User
    (txid,) = x.Trade.create_order("market", "buy", pair=PAIR_ID, volume=0.5)["txid"]
    (order,) = user.get_orders_info(txid=txid, trades=True).values()
    assert (order["status"], order["vol_exec"]) == ("closed", "0.50000000")
    assert set(user.get_trades_history()["trades"]) == set(order["trades"])
    (fill,) = user.get_trades_info(txid=order["trades"]).values()
    assert float(fill["fee"]) == pytest.approx(0.5 * book.ask * FEE_TAKER)
    rows = user.get_ledgers_info(type_="trade")["ledger"]
    assert {row["refid"] for row in rows.values()} == set(order["trades"])
    assert set(user.get_ledgers(id_=next(iter(rows)))) <= set(rows)
    assert user.get_account_balance()["XXBT"] == "1.50000000"
    assert user.get_balances()["XXBT"]["balance"] == "1.50000000"
    assert float(user.get_balance("XXBT")["available_balance"]) == 1.5
    assert float(user.get_trade_balance()["e"]) > 100_000
    assert float(user.get_trade_volume()["volume"]) == pytest.approx(0.5 * book.ask)
    assert user.get_open_positions() == []


def legacy(call: Callable[[], Any]) -> Any:
    """The SDK warns that Kraken has newer methods for money."""
    with pytest.warns(DeprecationWarning, match="legacy endpoint"):
        return call()


@SDK_SPOT.passes(
    *("Funding.get_deposit_methods", "Funding.get_deposit_address"),
    *("Funding.get_recent_deposits_status", "Funding.withdraw_methods"),
    *("Funding.get_withdrawal_info", "Funding.withdraw_funds"),
    *("Funding.get_recent_withdraw_status", "Funding.wallet_transfer"),
)
async def money(x: SdkCalls, book: SpotBook) -> None:
    funding = x.Funding
    (method,) = legacy(lambda: funding.get_deposit_methods(asset="XBT"))
    (known,) = legacy(lambda: funding.get_deposit_address("XBT", method["method"]))
    assert "practice" in known["address"]
    (deposit,) = legacy(lambda: funding.get_recent_deposits_status(asset="XBT"))
    assert (deposit["amount"], deposit["status"]) == ("1.00000000", "Success")
    assert legacy(lambda: funding.withdraw_methods(asset="XBT"))[0]["asset"] == "XXBT"
    told = legacy(lambda: funding.get_withdrawal_info("XBT", "practice", "0.25"))
    assert float(told["amount"]) + float(told["fee"]) == 0.25
    made = legacy(lambda: funding.withdraw_funds("XBT", "practice", "0.25"))
    (row,) = legacy(lambda: funding.get_recent_withdraw_status(asset="XBT"))
    assert (row["refid"], row["status"]) == (made["refid"], "Success")
    moved = legacy(lambda: funding.wallet_transfer("XBT", "Spot Wallet", "Futures Wallet", "0.25"))
    assert moved["refid"]
    assert x.User.get_account_balance()["XXBT"] == "0.50000000"


@SDK_SPOT.passes(
    "Funding.withdraw_addresses",
    reason="the SDK asks for the methods here, as it does on the real venue",
)
async def addresses(x: SdkCalls, book: SpotBook) -> None:
    assert legacy(lambda: x.Funding.withdraw_addresses(asset="XBT"))


@SDK_SPOT.refuses(
    "Funding.cancel_withdraw",
    reason="under the key `practice` money is gone at once; over a made-up chain one that waits is "
    "cancelled",
)
async def too_late(x: SdkCalls, book: SpotBook) -> None:
    with pytest.raises(kraken.exceptions.KrakenUnknownReferenceIdError):
        legacy(lambda: x.Funding.cancel_withdraw("XBT", "nothing"))


def unknown(call: Callable[[], Any]) -> None:
    """Refused as the real venue refuses a method that it does not know."""
    with pytest.raises(kraken.exceptions.KrakenUnknownMethodError):
        call()


@SDK_SPOT.lacks(
    *(name for name in methods(Earn)),
    reason="nothing earns anything here",
)
async def earning(x: SdkCalls, book: SpotBook) -> None:
    unknown(lambda: x.Earn.allocate_earn_funds(1, "one"))
    unknown(lambda: x.Earn.deallocate_earn_funds(1, "one"))
    unknown(lambda: x.Earn.get_allocation_status("one"))
    unknown(lambda: x.Earn.get_deallocation_status("one"))
    unknown(x.Earn.list_earn_allocations)
    unknown(x.Earn.list_earn_strategies)


@SDK_SPOT.lacks(
    *("User.account_transfer", "User.create_subaccount"),
    reason="an account has no sub-accounts",
)
async def subaccounts(x: SdkCalls, book: SpotBook) -> None:
    unknown(lambda: x.User.account_transfer("XBT", 1, "a", "b"))
    unknown(lambda: x.User.create_subaccount("nobody", "nobody@example.invalid"))


@SDK_SPOT.lacks(
    *("User.request_export_report", "User.get_export_report_status", "User.retrieve_export"),
    *("User.delete_export_report", "User.get_order_amends"),
    reason="the ledger, the trades and the orders are told as JSON; an order as it stands now",
)
async def reports(x: SdkCalls, book: SpotBook) -> None:
    unknown(lambda: x.User.request_export_report("trades", "mine"))
    unknown(lambda: x.User.get_export_report_status("trades"))
    unknown(lambda: x.User.delete_export_report("one"))
    unknown(lambda: x.User.get_order_amends("OABCDE-ABCDE-ABCDEF"))
    told = x.User.retrieve_export("one")  # as it comes: the SDK does not look into it
    assert told.json()["error"] == ["EGeneral:Unknown method"]


class Socket:
    """The SDK's socket client, over TLS, with what it has heard."""

    def __init__(self, x: SdkCalls) -> None:
        self._x = x
        self.heard = Heard()
        urls = dict.fromkeys(("ws_url", "auth_ws_url"), f"wss://{x.client['tls']}")
        names = {"key": x.client["trader"].key, "secret": x.client["trader"].secret}
        rest = {"rest_url": x.client["origin"]}
        self.client = SpotWSClient(**names, **urls, **rest, callback=self.heard)

    async def follow(self, channel: str, **params: Any) -> dict[str, Any]:
        """Subscribe, and be told so; its snapshot."""
        self._x.made |= {plain(f"channel {channel}"), plain("SpotWSClient.subscribe")}
        await self.client.subscribe(params={"channel": channel, **params})
        await self.heard.until(lambda m: m.get("method") == "subscribe" and m["success"])
        return await self.heard.until(lambda m: m.get("channel") == channel)

    async def update(self, channel: str) -> dict[str, Any]:
        """What a channel says next."""
        wanted = (channel, "update")
        found = await self.heard.until(lambda m: (m.get("channel"), m.get("type")) == wanted)
        return found["data"][0]

    async def send(self, method: str, **params: Any) -> dict[str, Any]:
        """A method, and its result."""
        self._x.made.add(plain(f"method {method}"))
        await self.client.send_message({"method": method, "params": params})
        answer = await self.heard.until(lambda m: m.get("method") == method)
        assert answer["success"], answer
        return answer["result"]


@asynccontextmanager
async def connected(x: SdkCalls) -> AsyncIterator[Socket]:
    """A socket over TLS, closed in the end."""
    socket = Socket(x)
    await socket.client.start()
    try:
        yield socket
    finally:
        await socket.client.close()


@SDK_SPOT.passes(
    *(f"channel {name}" for name in ("ticker", "book", "trade", "ohlc", "instrument", "level3")),
    *("SpotWSClient.subscribe", "SpotWSClient.unsubscribe", "SpotWSClient.get_ws_token"),
)
async def public_channels(x: SdkCalls, book: SpotBook) -> None:
    pair = {"symbol": [PAIR]}
    async with connected(x) as socket:
        assert (await socket.client.get_ws_token())["token"]
        ticker = (await socket.follow("ticker", **pair))["data"][0]
        assert (ticker["bid"], ticker["ask"]) == (book.bid, book.ask)
        assert (await socket.follow("instrument"))["data"]["pairs"][0]["symbol"] == PAIR
        levels = (await socket.follow("book", **pair))["data"][0]
        assert levels["asks"] == [{"price": book.ask, "qty": 1}]
        (resting,) = (await socket.follow("level3", **pair))["data"][0]["asks"]
        assert (resting["limit_price"], resting["order_qty"]) == (book.ask, 1)
        await socket.follow("trade", **pair, snapshot=True)
        await socket.follow("ohlc", **pair, interval=1)
        await asyncio.to_thread(x.Trade.create_order, "market", "buy", pair=PAIR_ID, volume=0.3)
        assert (await socket.update("ticker"))["last"] == book.ask
        await socket.client.unsubscribe(params={"channel": "trade", **pair})
        await socket.heard.until(lambda m: m.get("method") == "unsubscribe" and m["success"])
        x.made |= {plain(f"SpotWSClient.{name}") for name in ("unsubscribe", "get_ws_token")}


@SDK_SPOT.passes(*("channel executions", "channel balances"), *(f"method {name}" for name in SENT))
async def private_channels(x: SdkCalls, book: SpotBook) -> None:
    """ORDR-003, ORDR-012: orders over the socket, and what it tells of them."""
    order = {"order_type": "limit", "side": "buy", "symbol": PAIR}
    async with connected(x) as socket:
        await socket.follow("executions")
        held = (await socket.follow("balances"))["data"]
        assert {row["asset"]: row["balance"] for row in held} == {"USD": 200_000, "BTC": 1}
        placed = await socket.send("add_order", **order, order_qty=0.5, limit_price=book.bid - 9)
        name = placed["order_id"]
        await socket.send("amend_order", order_id=name, order_qty=0.4)
        await socket.send("edit_order", order_id=name, symbol=PAIR, order_qty=0.3)
        await socket.send("cancel_order", order_id=[name])
        line = {"order_type": "limit", "side": "buy", "order_qty": 0.1}
        lines = [line | {"limit_price": book.bid - each} for each in (5, 6, 7)]
        made = await socket.send("batch_add", symbol=PAIR, orders=lines)
        await socket.send("batch_cancel", orders=[each["order_id"] for each in made[:2]])
        await socket.send("cancel_all_orders_after", timeout=0)
        assert await socket.send("cancel_all") == {"count": 1}
        taken = order | {"order_type": "market"}
        await socket.send("add_order", **taken, order_qty=0.2)
        row = await filled(socket)
        assert (row["last_price"], row["last_qty"], row["cum_qty"]) == (book.ask, 0.2, 0.2)


async def filled(socket: Socket) -> dict[str, Any]:
    """The row of the trade, after all that led to it; some were heard while waiting for answers."""
    while (row := await socket.update("executions"))["exec_type"] != "trade":
        pass
    return row


@SDK_SPOT.passes(*methods(SpotOrderBookClient))
async def kept_book(x: SdkCalls, book: SpotBook) -> None:
    """ORDR-002: the book that the SDK keeps, its checksums compared by itself."""
    heard = Heard()

    async def told(pair: str, message: dict[str, Any]) -> None:
        await heard(message)

    client = SpotOrderBookClient(depth=10, callback=told)
    await client.start()
    try:
        await client.add_book(pairs=[PAIR])
        await heard.until(lambda m: m.get("type") == "snapshot")
        for each in range(12):
            await asyncio.to_thread(book.quote, "buy", 0.1, book.bid - 1 - each)
        await asyncio.to_thread(x.Trade.create_order, "market", "sell", pair=PAIR_ID, volume=1.0)
        best = f"{book.bid - 1}.0"
        kept = client.get(PAIR)
        while next(iter(kept["bid"]), None) != best:
            message = await heard.until(lambda m: True)
            assert "error" not in message
            kept = client.get(PAIR)
        assert kept["valid"]
        assert client.get_first(next(iter(kept["bid"].items()))) == book.bid - 1
        await client.remove_book(pairs=[PAIR])
        x.made |= {plain(name) for name in methods(SpotOrderBookClient)}
    finally:
        await client.close()
