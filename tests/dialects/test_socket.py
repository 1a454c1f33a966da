"""`/ws/v1` as bytes on a wire: challenge, sequence numbers, snapshots, refusals."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager

import pytest
from websockets.sync.client import connect

from longshore.venue.dialects.kraken_futures import auth
from tests.dialects.desk import SYMBOL, UNIFIED

WAIT_S = 10


class Line:
    """One raw socket."""

    def __init__(self, socket) -> None:
        self._socket = socket
        self.challenge = ""

    def say(self, **message) -> None:
        self._socket.send(json.dumps(message))

    def say_text(self, text) -> None:
        self._socket.send(text)

    def next(self):
        return json.loads(self._socket.recv(WAIT_S))

    def until(self, feed):
        """The next message of a feed or an event."""
        while True:
            message = self.next()
            if feed in (message.get("feed"), message.get("event")):
                return message

    def private(self, trader, feed, challenge=""):
        """Ask for a private feed with a signed challenge."""
        if not challenge:
            self.say(event="challenge", api_key=trader.key)
            challenge = self.challenge = self.until("challenge")["message"]
        signed = auth.signature(trader.secret, challenge.encode())
        named = {"api_key": trader.key, "original_challenge": challenge}
        self.say(event="subscribe", feed=feed, signed_challenge=signed, **named)


@contextmanager
def line_to(desk):
    """A socket that has been greeted."""
    with connect(desk.socket) as socket:
        line = Line(socket)
        assert line.next() == {"event": "info", "version": 1}
        yield line


def test_book_sequence_numbers_have_no_gap(book):
    """ORDR-002: and the book rebuilt from them is the book."""
    with line_to(book.desk) as line:
        line.say(event="subscribe", feed="book", product_ids=[SYMBOL.lower()])
        answer = {"event": "subscribed", "feed": "book", "product_ids": [SYMBOL]}
        assert line.next() == answer
        snapshot = line.next()
        assert (snapshot["feed"], snapshot["tickSize"]) == ("book_snapshot", None)
        sides = {
            "buy": {level["price"]: level["qty"] for level in snapshot["bids"]},
            "sell": {level["price"]: level["qty"] for level in snapshot["asks"]},
        }
        for distance in (1, 2, 3):
            book.quote("buy", 0.1 * distance, book.bid - distance)
        book.maker.cancel_order(book.quote("sell", 0.5, book.ask + 9)["id"])
        seq = snapshot["seq"]
        while (book.ask + 9) not in sides["sell"] or sides["sell"][book.ask + 9]:
            message = line.until("book")
            assert message["seq"] == seq + 1
            seq = message["seq"]
            sides[message["side"]][message["price"]] = message["qty"]
        standing = book.maker.fetch_order_book(UNIFIED)
        for side, levels in (("buy", standing["bids"]), ("sell", standing["asks"])):
            assert {price: qty for price, qty in sides[side].items() if qty} == dict(levels)


def test_trades_are_told_once(book):
    with line_to(book.desk) as line:
        line.say(event="subscribe", feed="trade", product_ids=[SYMBOL])
        line.until("subscribed")
        snapshot = line.next()
        seqs = [trade["seq"] for trade in snapshot["trades"]]
        assert seqs == sorted(seqs, reverse=True)
        assert len(seqs) == len(set(seqs)) == 100
        book.trader().create_order(UNIFIED, "market", "buy", 0.1)
        trade = line.until("trade")
        assert trade["seq"] > seqs[0]
        assert (trade["price"], trade["qty"], trade["side"]) == (book.ask, 0.1, "buy")
        history = book.desk.public("/derivatives/api/v3/history", symbol=SYMBOL)["history"]
        assert (history[0]["uid"], history[0]["sequence_id"]) == (trade["uid"], trade["seq"])


@pytest.mark.parametrize("feed", ["ticker", "ticker_lite"])
def test_a_ticker_comes_every_second(book, feed):
    with line_to(book.desk) as line:
        line.say(event="subscribe", feed=feed, product_ids=[SYMBOL])
        line.until("subscribed")
        for message in (line.until(feed), line.until(feed)):
            assert (message["bid"], message["ask"]) == (book.bid, book.ask)
        line.say(event="subscribe", feed="heartbeat")
        assert line.until("heartbeat")


def test_a_stale_or_foreign_challenge_is_refused(book):
    trader = book.desk.trader(USD="1000")
    thief = book.desk.trader(USD="1000")
    with line_to(book.desk) as line:
        line.private(trader, "open_orders")
        assert line.until("subscribed")["original_challenge"] == line.challenge
        assert line.until("open_orders_snapshot")["orders"] == []
        stale = line.challenge
    refused = {"event": "alert", "message": "Failed to subscribe to authenticated feed"}
    with line_to(book.desk) as line:
        line.private(trader, "fills", stale)
        assert line.next() == refused
        line.say(event="challenge", api_key=trader.key)
        fresh = line.until("challenge")["message"]
        signed = auth.signature(thief.secret, fresh.encode())
        named = {"api_key": trader.key, "original_challenge": fresh}
        line.say(event="subscribe", feed="fills", signed_challenge=signed, **named)
        assert line.next() == refused
        line.say(event="subscribe", feed="fills")
        assert line.next() == refused


def test_private_feeds_are_the_accounts_own(book):
    """FEES-001: one account's fills do not reach another's socket."""
    mine, other = book.desk.trader(USD="100000"), book.desk.trader(USD="100000")
    exchange = book.exchange(mine)
    with line_to(book.desk) as watching, line_to(book.desk) as foreign:
        for line, trader in ((watching, mine), (foreign, other)):
            line.private(trader, "fills")
            assert line.until("fills_snapshot")["fills"] == []
        exchange.create_order(UNIFIED, "market", "buy", 0.1)
        (fill,) = watching.until("fills")["fills"]
        assert (fill["price"], fill["qty"], fill["fill_type"]) == (book.ask, 0.1, "taker")
        assert fill["fee_paid"] == pytest.approx(0.1 * book.ask * 0.0005)
        foreign.say(event="ping")
        assert foreign.next() == {"event": "pong"}
    exchange.session.close()


def test_open_orders_tell_every_change(book):
    """ORDR-009, ORDR-012: in Kraken's words, reason by reason."""
    trader = book.desk.trader(USD="100000")
    exchange = book.exchange(trader)
    with line_to(book.desk) as line:
        line.private(trader, "open_orders_verbose")
        line.until("open_orders_verbose_snapshot")
        order = exchange.create_order(UNIFIED, "limit", "buy", 0.5, book.bid + 5)
        exchange.edit_order(order["id"], UNIFIED, "limit", "buy", 0.4, book.bid + 6)
        seller = book.trader()
        seller.create_order(UNIFIED, "limit", "sell", 0.1, book.bid + 6)
        seller.create_order(UNIFIED, "limit", "sell", 0.3, book.bid + 6)
        params = {"triggerPrice": book.bid, "triggerSignal": "last", "reduceOnly": True}
        exchange.create_order(UNIFIED, "market", "sell", 0.4, None, params)
        seller.create_order(UNIFIED, "market", "sell", 0.1)
        told = [line.until("open_orders_verbose") for _ in range(6)]
    exchange.session.close()
    assert [(message["reason"], message["is_cancel"]) for message in told] == [
        ("new_placed_order_by_user", False),
        ("edited_by_user", False),
        ("partial_fill", False),
        ("full_fill", True),
        ("new_placed_order_by_user", False),
        ("stop_order_triggered", True),
    ]
    sizes = [(each["order"]["qty"], each["order"]["filled"]) for each in told[:4]]
    assert sizes == [(0.5, 0), (0.4, 0), (0.3, 0.1), (0, 0.4)]
    stop = told[4]["order"]
    assert (stop["type"], stop["stop_price"], stop["direction"]) == ("stop", book.bid, 1)


def test_candles_follow_trades_and_are_those_of_the_charts(book):
    trader = book.trader()
    with line_to(book.desk) as line:
        trader.create_order(UNIFIED, "market", "buy", 0.1)
        line.say(event="subscribe", feed="candles_trade_1m", product_ids=[SYMBOL])
        answer = {"event": "subscribed", "feed": "candles_trade_1m", "product_ids": [SYMBOL]}
        assert line.next() == answer
        candle = trader.charts_get_price_type_symbol_interval(CHART)["candles"][-1]
        told = {"candle": candle, "product_id": SYMBOL}
        assert line.next() == {"feed": "candles_trade_1m_snapshot"} | told
        trader.create_order(UNIFIED, "market", "sell", 0.2)
        more = line.until("candles_trade_1m")["candle"]
        assert more == trader.charts_get_price_type_symbol_interval(CHART)["candles"][-1]
        assert float(more["volume"]) == pytest.approx(float(candle["volume"]) + 0.2)
        line.say(event="unsubscribe", feed="candles_trade_1m", product_ids=[SYMBOL])
        line.until("unsubscribed")
        line.say(event="subscribe", feed="candles_trade_2m", product_ids=[SYMBOL])
        assert line.next()["message"] == "Couldn't subscribe to invalid feed"


CHART = {"price_type": "trade", "symbol": SYMBOL, "interval": "1m"}


def test_the_account_log_is_a_table_too(book):
    trader = book.trader()
    trader.create_order(UNIFIED, "market", "buy", 0.1)
    log = trader.history_get_account_log()["logs"]
    rows = list(csv.DictReader(io.StringIO(trader.history_get_accountlogcsv())))
    assert [row["uid"] for row in rows] == [row["booking_uid"] for row in log]
    for row, entry in zip(rows, log, strict=True):
        change = float(entry["new_balance"]) - float(entry["old_balance"])
        assert float(row["change"]) == pytest.approx(change)
        assert row["type"] == entry["info"]
        assert row["dateTime"] == entry["date"][:19].replace("T", " ")
        assert float(row["fee"] or 0) == float(entry["fee"] or 0)


def test_the_account_log_follows(book):
    trader = book.desk.trader(USD="100000")
    exchange = book.exchange(trader)
    with line_to(book.desk) as line:
        line.private(trader, "account_log")
        (deposit,) = line.until("account_log_snapshot")["logs"]
        assert (deposit["info"], deposit["new_balance"]) == ("cross-exchange transfer", 100_000)
        exchange.create_order(UNIFIED, "market", "buy", 0.1)
        position, cash = (line.until("account_log")["new_entry"] for _ in range(2))
    exchange.session.close()
    assert (position["asset"], position["new_balance"]) == (SYMBOL.lower(), 0.1)
    assert (cash["asset"], cash["fee"]) == ("usd", pytest.approx(0.1 * book.ask * 0.0005))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ('{"event":"subscribe","feed":"gossip"}', "Couldn't subscribe to invalid feed"),
        ('{"event":"subscribe","feed":"book","product_ids":["PF_NO"]}', "Invalid product id"),
        ('{"event":"subscribe","feed":"book"}', "Invalid product id"),
        ('{"event":"dance"}', "Json Error"),
        ('{"event":', "Json Error"),
        ("[]", "Json Error"),
        ('{"event":"ping","more":' + "[" * 9_000, "Json Error"),
        (b'{"event":"ping"}', "Json Error"),
    ],
)
def test_what_cannot_be_done_is_said(desk, sent, words):
    with line_to(desk) as line:
        line.say_text(sent)
        assert line.next()["message"] == words
        line.say(event="ping")
        assert line.next() == {"event": "pong"}


def test_subscribing_again_sends_the_snapshot_again(book):
    with line_to(book.desk) as line:
        for _ in range(2):
            line.say(event="subscribe", feed="book", product_ids=[SYMBOL])
        assert line.until("book_snapshot")["seq"] == 1
        assert line.next()["message"] == "Already subscribed to feed, re-requesting"
        assert line.until("book_snapshot")
        line.say(event="unsubscribe", feed="book", product_ids=[SYMBOL])
        assert line.until("unsubscribed")["product_ids"] == [SYMBOL]
        book.quote("buy", 0.1, book.bid - 1)
        line.say(event="ping")
        assert line.next() == {"event": "pong"}
