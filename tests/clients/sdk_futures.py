"""python-kraken-sdk's futures clients: their calls and the feeds of their socket."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import kraken.exceptions
import pytest
from kraken.futures import Funding, FuturesWSClient, Market, Trade, User

from tests.clients.covering import Client
from tests.clients.sdk_client import Heard, SdkCalls, methods
from tests.dialects.book import Book
from tests.dialects.desk import SYMBOL, Trader

REST = (Market, Trade, User, Funding)
FEEDS = [
    *FuturesWSClient.get_available_public_subscription_feeds(),
    *FuturesWSClient.get_available_private_subscription_feeds(),
]
SDK = Client(
    "python-kraken-sdk futures",
    {
        "REST": [name for kind in REST for name in methods(kind)],
        "socket over TLS": [*methods(FuturesWSClient), *(f"feed {name}" for name in FEEDS)],
    },
)
REFUSED_FEED = {"event": "alert", "message": "Couldn't subscribe to invalid feed"}


@SDK.passes(
    *("Market.get_instruments", "Market.get_instruments_status", "Market.get_tickers"),
    *("Market.get_orderbook", "Market.get_fee_schedules", "Market.get_fee_schedules_vol"),
)
async def market(x: SdkCalls, book: Book) -> None:
    instruments = x.Market.get_instruments()["instruments"]
    assert [row["symbol"] for row in instruments] == [SYMBOL, "PF_ETHUSD"]
    assert x.Market.get_instruments_status(SYMBOL)["experiencingDislocation"] is False
    ticker = x.Market.get_tickers()["tickers"][0]
    assert (ticker["bid"], ticker["ask"]) == (book.bid, book.ask)
    assert x.Market.get_orderbook(SYMBOL)["orderBook"]["asks"] == [[book.ask, 1]]
    with pytest.warns(DeprecationWarning, match="fee"):
        (schedule,) = x.Market.get_fee_schedules()["feeSchedules"]
    assert schedule["tiers"][0]["takerFee"] == 0.05
    x.Trade.create_order("mkt", 0.1, SYMBOL, "buy")
    with pytest.warns(DeprecationWarning, match="fee"):
        volumes = x.Market.get_fee_schedules_vol()["volumesByFeeSchedule"]
    assert volumes[schedule["uid"]] == pytest.approx(0.1 * book.ask)


@SDK.passes(
    *("Market.get_tick_types", "Market.get_tradeable_products", "Market.get_resolutions"),
    *("Market.get_ohlc", "Market.get_trade_history", "Market.get_public_execution_events"),
    *("Market.get_historical_funding_rates", "Funding.get_historical_funding_rates"),
)
async def past(x: SdkCalls, book: Book) -> None:
    x.Trade.create_order("mkt", 0.1, SYMBOL, "buy")
    assert x.Market.get_tick_types() == ["mark", "spot", "trade"]
    assert SYMBOL in x.Market.get_tradeable_products("trade")
    assert "1m" in x.Market.get_resolutions("mark", SYMBOL)
    assert x.Market.get_ohlc("trade", SYMBOL, "1h")["candles"][-1]["close"] == str(book.ask)
    newest = x.Market.get_trade_history(SYMBOL)["history"][0]
    assert (newest["price"], newest["size"], newest["side"]) == (book.ask, 0.1, "buy")
    element = x.Market.get_public_execution_events(SYMBOL)["elements"][0]
    execution = element["event"]["Execution"]["execution"]
    assert (execution["price"], execution["quantity"]) == (str(book.ask), "0.1")
    rates = x.Market.get_historical_funding_rates(SYMBOL)["rates"]
    assert x.Funding.get_historical_funding_rates(SYMBOL)["rates"] == rates
    assert all(abs(rate["relativeFundingRate"]) <= 0.005 for rate in rates)


@SDK.passes(
    *("Trade.create_order", "Trade.edit_order", "Trade.get_orders_status", "Trade.cancel_order"),
    *("Trade.create_batch_order", "Trade.cancel_all_orders", "Trade.dead_mans_switch"),
    *("User.get_open_orders", "User.get_order_events"),
)
async def orders(x: SdkCalls, book: Book) -> None:
    trade = x.Trade
    sent = trade.create_order("lmt", 0.5, SYMBOL, "buy", "a b&c", book.bid - 100)["sendStatus"]
    assert (sent["status"], sent["cliOrdId"]) == ("placed", "a b&c")
    edited = trade.edit_order(cliOrdId="a b&c", size=0.4, limitPrice=book.bid - 90)
    assert edited["editStatus"]["status"] == "edited"
    (resting,) = x.User.get_open_orders()["openOrders"]
    assert (resting["unfilledSize"], resting["limitPrice"]) == (0.4, book.bid - 90)
    (found,) = trade.get_orders_status(orderIds=[sent["order_id"]])["orders"]
    assert found["status"] == "ENTERED_BOOK"
    assert trade.cancel_order(cliOrdId="a b&c")["cancelStatus"]["status"] == "cancelled"
    line = {"order": "send", "orderType": "lmt", "symbol": SYMBOL, "side": "buy", "size": 0.1}
    lines = [line | {"order_tag": str(n), "limitPrice": book.bid - n} for n in (1, 2)]
    told = trade.create_batch_order(lines)["batchStatus"]
    assert [each["status"] for each in told] == ["placed", "placed"]
    assert len(trade.cancel_all_orders()["cancelStatus"]["cancelledOrders"]) == 2
    assert trade.dead_mans_switch(0)["status"]["triggerTime"] == "0"
    names = [next(iter(each["event"])) for each in x.User.get_order_events()["elements"]]
    assert names[:2] == ["OrderCancelled", "OrderCancelled"]


@SDK.passes(
    *("Trade.get_fills", "User.get_open_positions", "User.get_execution_events"),
    *("User.get_trigger_events", "User.get_account_log", "User.get_unwind_queue"),
    *("User.get_wallets", "User.get_account_log_csv"),
)
async def traded(x: SdkCalls, book: Book) -> None:
    x.Trade.create_order("mkt", 0.2, SYMBOL, "buy")
    x.Trade.create_order("stp", 0.2, SYMBOL, "sell", stopPrice=book.bid - 50, triggerSignal="spot")
    (fill,) = x.Trade.get_fills()["fills"]
    assert (fill["price"], fill["size"], fill["fillType"]) == (book.ask, 0.2, "taker")
    (position,) = x.User.get_open_positions()["openPositions"]
    assert (position["side"], position["size"], position["price"]) == ("long", 0.2, book.ask)
    (own,) = x.User.get_execution_events()["elements"]
    assert own["event"]["Execution"]["execution"]["price"] == str(book.ask)
    (trigger,) = x.User.get_trigger_events()["elements"]
    options = trigger["event"]["OrderTriggerPlaced"]["order"]["triggerOptions"]
    assert options["triggerSignal"] == "spot_price"
    cash = next(row for row in x.User.get_account_log()["logs"] if row["asset"] == "usd")
    assert cash["fee"] == pytest.approx(0.2 * book.ask * 0.0005)
    table = list(csv.DictReader(io.StringIO(x.User.get_account_log_csv().text)))
    told = {float(row["fee"]) for row in table if row["symbol"] == "usd" and row["fee"]}
    assert told == {cash["fee"]}
    (ranked,) = x.User.get_unwind_queue()["queue"]
    assert (ranked["symbol"], ranked["percentile"] % 20) == (SYMBOL, 0)
    margin = x.User.get_wallets()["accounts"]["flex"]["initialMargin"]
    assert margin == pytest.approx(0.2 * book.ask * 0.01)


@SDK.passes(
    *("Market.get_leverage_preference", "Market.set_leverage_preference"),
    *("Funding.initiate_wallet_transfer", "Funding.initiate_withdrawal_to_spot_wallet"),
)
async def leverage_and_transfer(x: SdkCalls, book: Book) -> None:
    x.Market.set_leverage_preference(SYMBOL, 5)
    preferences = x.Market.get_leverage_preference()["leveragePreferences"]
    assert preferences == [{"symbol": SYMBOL, "maxLeverage": 5}]
    x.Funding.initiate_wallet_transfer(10, "flex", "cash", "usd")
    assert x.User.get_wallets()["accounts"]["cash"]["balances"]["usd"] == 10
    assert x.Funding.initiate_withdrawal_to_spot_wallet(5, "USD", "flex")["uid"]
    assert x.User.get_wallets()["accounts"]["cash"]["balances"]["usd"] == 15


@SDK.passes(
    *("User.get_notifications", "User.get_subaccounts", "Market.get_pnl_preference"),
    "Market.set_pnl_preference",
    reason="an account has no sub-accounts, the venue no announcements, and profit is in dollars",
)
async def single(x: SdkCalls, book: Book) -> None:
    assert x.User.get_notifications()["notifications"] == []
    assert x.User.get_subaccounts()["subaccounts"] == []
    assert x.Market.set_pnl_preference(SYMBOL, "USD")["result"] == "success"
    assert x.Market.get_pnl_preference()["preferences"] == []
    with pytest.raises(Exception, match=r"pnlPreference|400"):
        x.Market.set_pnl_preference(SYMBOL, "BTC")


@SDK.refuses(
    *("User.check_trading_enabled_on_subaccount", "User.set_trading_on_subaccount"),
    "Funding.initiate_subaccount_transfer",
    reason="an account has no sub-accounts",
)
async def subaccounts(x: SdkCalls, book: Book) -> None:
    with pytest.raises(kraken.exceptions.KrakenNotFoundError):
        x.User.check_trading_enabled_on_subaccount("nobody")
    with pytest.raises(kraken.exceptions.KrakenNotFoundError):
        x.User.set_trading_on_subaccount("nobody", trading_enabled=True)
    with pytest.raises(kraken.exceptions.KrakenInvalidAccountError):
        x.Funding.initiate_subaccount_transfer(1, "flex", "anna", "flex", "nobody", "usd")


@SDK.lacks(
    *("Market.get_public_order_events", "Market.get_public_mark_price_events"),
    reason="the public past is trades, candles and funding",
)
async def absent(x: SdkCalls, book: Book) -> None:
    for call in (
        lambda: x.Market.get_public_order_events(SYMBOL),
        lambda: x.Market.get_public_mark_price_events(SYMBOL),
    ):
        with pytest.raises(Exception, match="404"):
            call()


class Socket:
    """The SDK's socket client, over TLS, with what it has heard."""

    def __init__(self, x: SdkCalls, trader: Trader, url: str) -> None:
        self._made = x.made
        self.heard = Heard()
        names = {"key": trader.key, "secret": trader.secret, "url": url}
        self.client = FuturesWSClient(**names, callback=self.heard)

    async def follow(self, feed: str, products: list[str] | None = None) -> None:
        """Subscribe, and be told so."""
        self._made.add(f"feed {feed}".replace("_", ""))
        self._made.add("futureswsclient.subscribe")
        await self.client.subscribe(feed=feed, products=products)
        await self.heard.until(lambda m: (m.get("event"), m.get("feed")) == ("subscribed", feed))

    async def told(self, feed: str) -> dict:
        """The next message of a feed."""
        return await self.heard.until(lambda m: m.get("feed") == feed)


@SDK.passes(
    *("feed book", "feed trade", "feed ticker", "feed ticker_lite", "feed heartbeat"),
    *("FuturesWSClient.subscribe", "FuturesWSClient.unsubscribe"),
    "FuturesWSClient.get_active_subscriptions",
    "FuturesWSClient.get_available_public_subscription_feeds",
    "FuturesWSClient.get_available_private_subscription_feeds",
)
async def public_feeds(x: SdkCalls, book: Book) -> None:
    async with connected(x, book) as socket:
        for feed in ("ticker", "ticker_lite"):
            await socket.follow(feed, [SYMBOL])
            told = await socket.told(feed)
            assert (told["bid"], told["ask"]) == (book.bid, book.ask)
        await socket.follow("heartbeat")
        assert (await socket.told("heartbeat"))["time"] > 0
        await socket.follow("book", [SYMBOL])
        snapshot = await socket.told("book_snapshot")
        assert snapshot["bids"] == [{"price": book.bid, "qty": 1}]
        await socket.follow("trade", [SYMBOL])
        await asyncio.to_thread(x.Trade.create_order, "mkt", 0.3, SYMBOL, "buy")
        level = await socket.told("book")
        assert (level["side"], level["price"], level["qty"]) == ("sell", book.ask, 0.7)
        trade = await socket.told("trade")
        assert (trade["price"], trade["qty"], trade["side"]) == (book.ask, 0.3, "buy")
        active = {each["feed"] for each in socket.client.get_active_subscriptions()}
        assert active == set(socket.client.get_available_public_subscription_feeds())
        await socket.client.unsubscribe(feed="trade", products=[SYMBOL])
        await socket.heard.until(lambda m: m.get("event") == "unsubscribed")
        assert "fills" in socket.client.get_available_private_subscription_feeds()
        x.made |= {f"futureswsclient.{name}" for name in USED}


USED = (
    *("unsubscribe", "getactivesubscriptions", "getavailablepublicsubscriptionfeeds"),
    "getavailableprivatesubscriptionfeeds",
)


@SDK.passes(
    *("feed fills", "feed open_positions", "feed open_orders", "feed open_orders_verbose"),
    *("feed balances", "feed account_log", "feed notifications_auth"),
)
async def private_feeds(x: SdkCalls, book: Book) -> None:
    async with connected(x, book) as socket:
        for feed in ("fills", "open_orders", "open_orders_verbose", "account_log"):
            await socket.follow(feed)
            await socket.told(f"{feed}_snapshot")
        await socket.follow("notifications_auth")
        assert (await socket.told("notifications_auth"))["notifications"] == []
        await socket.follow("balances")
        balances = await socket.told("balances_snapshot")
        assert balances["flex_futures"]["currencies"]["USD"]["quantity"] == 100_000
        await socket.follow("open_positions")
        assert (await socket.told("open_positions"))["positions"] == []
        x.Trade.create_order("lmt", 0.1, SYMBOL, "buy", "mine", book.ask)
        told = await told_of_all(socket)
        (fill,) = told["fills"]["fills"]
        assert (fill["price"], fill["qty"], fill["fill_type"]) == (book.ask, 0.1, "taker")
        assert fill["fee_paid"] == pytest.approx(0.1 * book.ask * 0.0005)
        (position,) = told["open_positions"]["positions"]
        assert (position["instrument"], position["balance"]) == (SYMBOL, 0.1)


async def told_of_all(socket: Socket) -> dict[str, dict]:
    """What the fill makes two of the feeds say, in whatever order."""
    told: dict[str, dict] = {}
    while set(told) != {"fills", "open_positions"}:
        message = await socket.heard.until(lambda m: m.get("feed") in ("fills", "open_positions"))
        if message["feed"] == "fills" or message["positions"]:
            told[message["feed"]] = message
    return told


OLDER = [feed for feed in FEEDS if feed in ("deposits_withdrawals", "account_balances_and_margins")]


@SDK.lacks(
    *(f"feed {feed}" for feed in OLDER),
    reason="older feeds; balances and the account log tell the same",
)
async def absent_feeds(x: SdkCalls, book: Book) -> None:
    async with connected(x, book) as socket:
        for feed in OLDER:
            x.made.add(f"feed {feed}".replace("_", ""))
            await socket.client.subscribe(feed=feed)
            assert await socket.heard.until(lambda m: m.get("event") == "alert") == REFUSED_FEED


@asynccontextmanager
async def connected(x: SdkCalls, book: Book) -> AsyncIterator[Socket]:
    """A socket over TLS, closed in the end."""
    socket = Socket(x, x.client["trader"], f"{book.desk.tls}/ws/v1")
    await socket.client.start()
    try:
        yield socket
    finally:
        await socket.client.close()
