"""python-kraken-sdk's futures clients, only their URL changed."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from kraken.exceptions import KrakenAuthenticationError, KrakenInsufficientAvailableFundsError
from kraken.futures import Funding, Market, Trade, User

from tests.dialects.desk import SYMBOL

ODD_ID = "a b&c+d%41é"


@pytest.fixture
def sdk(book):
    """The clients of one account, by class."""
    trader = book.desk.trader(USD="100000")
    names = {"key": trader.key, "secret": trader.secret, "url": book.desk.origin}
    with ExitStack() as open_clients:
        made = {kind: kind(**names) for kind in (Market, Trade, User, Funding)}
        for client in made.values():
            session = client._FuturesClient__session
            open_clients.callback(session.close)
        yield made
        made[Trade].cancel_all_orders()


def test_the_market(book, sdk):
    market = sdk[Market]
    sdk[Trade].create_order("mkt", 0.1, SYMBOL, "buy")
    assert market.get_orderbook(SYMBOL)["orderBook"]["bids"] == [[book.bid, 1]]
    assert [row["symbol"] for row in market.get_tickers()["tickers"]] == [SYMBOL, "PF_ETHUSD"]
    assert market.get_instruments()["instruments"][0]["contractValueTradePrecision"] == 4
    assert market.get_instruments_status(SYMBOL)["tradeable"] == SYMBOL
    assert market.get_tick_types() == ["mark", "spot", "trade"]
    assert SYMBOL in market.get_tradeable_products("trade")
    assert "1m" in market.get_resolutions("mark", SYMBOL)
    assert len(market.get_ohlc("trade", SYMBOL, "1h")["candles"]) > 24
    assert len(market.get_historical_funding_rates(SYMBOL)["rates"]) > 24
    (newest, *older) = market.get_public_execution_events(SYMBOL)["elements"]
    execution = newest["event"]["Execution"]["execution"]
    assert (execution["price"], execution["quantity"]) == (str(book.ask), "0.1")
    assert len(older) >= 100
    assert len(market.get_trade_history(SYMBOL)["history"]) == 100


def test_an_order_and_its_end(book, sdk):
    trade, user = sdk[Trade], sdk[User]
    sent = trade.create_order("lmt", 0.5, SYMBOL, "buy", ODD_ID, book.bid - 100)["sendStatus"]
    assert (sent["status"], sent["cliOrdId"]) == ("placed", ODD_ID)
    (resting,) = user.get_open_orders()["openOrders"]
    assert (resting["order_id"], resting["unfilledSize"]) == (sent["order_id"], 0.5)
    edited = trade.edit_order(cliOrdId=ODD_ID, size=0.4, limitPrice=book.bid - 90)["editStatus"]
    assert (edited["status"], edited["orderId"]) == ("edited", sent["order_id"])
    (found,) = trade.get_orders_status(orderIds=[sent["order_id"]])["orders"]
    assert (found["status"], found["order"]["quantity"]) == ("ENTERED_BOOK", 0.4)
    gone = trade.cancel_order(cliOrdId=ODD_ID)["cancelStatus"]
    assert (gone["status"], gone["order_id"]) == ("cancelled", sent["order_id"])
    assert trade.cancel_all_orders()["cancelStatus"]["status"] == "noOrdersToCancel"
    assert trade.dead_mans_switch(0)["status"]["triggerTime"] == "0"


def test_a_trade_and_what_it_leaves(book, sdk):
    trade, user = sdk[Trade], sdk[User]
    trade.create_order("mkt", 0.2, SYMBOL, "buy")
    trade.create_order("stp", 0.2, SYMBOL, "sell", stopPrice=book.bid - 50, triggerSignal="spot")
    (fill,) = trade.get_fills()["fills"]
    assert (fill["price"], fill["size"], fill["fillType"]) == (book.ask, 0.2, "taker")
    (position,) = user.get_open_positions()["openPositions"]
    assert (position["side"], position["size"]) == ("long", 0.2)
    names = [next(iter(each["event"])) for each in user.get_order_events()["elements"]]
    assert names == ["OrderPlaced"]
    (element,) = user.get_trigger_events()["elements"]
    options = element["event"]["OrderTriggerPlaced"]["order"]["triggerOptions"]
    assert options["triggerSignal"] == "spot_price"
    (own,) = user.get_execution_events()["elements"]
    assert own["event"]["Execution"]["execution"]["price"] == str(book.ask)
    infos = [row["info"] for row in user.get_account_log()["logs"]]
    assert infos == ["futures trade", "futures trade", "cross-exchange transfer"]
    assert user.get_wallets()["accounts"]["flex"]["initialMargin"] > 0


def test_a_batch_with_numbers(book, sdk):
    line = {"order": "send", "orderType": "lmt", "symbol": SYMBOL, "side": "buy"}
    batch = [
        line | {"order_tag": "1", "size": 0.1, "limitPrice": book.bid, "cliOrdId": ODD_ID},
        {"order": "edit", "cliOrdId": ODD_ID, "size": 0.2},
        {"order": "cancel", "cliOrdId": ODD_ID},
    ]
    told = sdk[Trade].create_batch_order(batch)["batchStatus"]
    assert [each["status"] for each in told] == ["placed", "edited", "cancelled"]
    assert len({each["order_id"] for each in told}) == 1


def test_leverage_and_transfer(sdk):
    sdk[Market].set_leverage_preference(SYMBOL, 5)
    preferences = sdk[Market].get_leverage_preference()["leveragePreferences"]
    assert preferences == [{"symbol": SYMBOL, "maxLeverage": 5}]
    sdk[Market].set_leverage_preference(SYMBOL)
    assert sdk[Market].get_leverage_preference()["leveragePreferences"] == []
    sdk[Funding].initiate_wallet_transfer(10, "flex", "cash", "usd")
    assert sdk[User].get_wallets()["accounts"]["cash"]["balances"]["usd"] == 10


def test_refusals_raise_what_the_sdk_knows(book, sdk):
    with pytest.raises(KrakenInsufficientAvailableFundsError):
        sdk[Trade].create_order("lmt", 500, SYMBOL, "buy", limitPrice=book.bid)
    sdk[User]._secret = sdk[User]._secret[:-8] + "AAAAAA=="
    with pytest.raises(KrakenAuthenticationError):
        sdk[User].get_wallets()
