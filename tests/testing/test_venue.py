"""The venue that other people's tests hold in their hand: a ccxt bot, its class unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import ccxt
import pytest

from longshore.testing.venue import Account, TestingError, Venue, open_venue, part

XBT, UNIFIED = "PF_XBTUSD", "BTC/USD:USD"


@pytest.fixture(scope="module")
def venue() -> Iterator[Venue]:
    """One for the file: every test brings its own account."""
    with open_venue(XBT=60_000) as opened:
        yield opened


@pytest.fixture
def anna(venue: Venue) -> Account:
    """Somebody with 10,000 dollars."""
    return venue.account()


@pytest.fixture
def exchange(venue: Venue, anna: Account) -> ccxt.krakenfutures:
    """Her client."""
    return venue.ccxt("krakenfutures", anna)


def test_prices_stand_where_they_were_put(venue):
    venue.move_mark(XBT, 60_000 / venue.mark(XBT) - 1)
    before = venue.mark(XBT)
    venue.step(30)
    assert venue.mark(XBT) == before
    assert abs(before - 60_000) <= 1


def test_the_mark_moves_by_a_part_of_itself_and_the_book_with_it(venue, exchange):
    before = venue.mark(XBT)
    after = venue.move_mark(XBT, "-12%")
    assert abs(after - before * Decimal("0.88")) <= 1
    ticker = exchange.fetch_ticker(UNIFIED)
    assert ticker["bid"] < after < ticker["ask"]
    assert abs(Decimal(str(ticker["info"]["markPrice"])) - after) < 1
    assert venue.move_mark(XBT, 0.05) > after


def test_an_order_is_filled_at_its_price_in_part_and_whole(venue, anna, exchange):
    price = int(venue.mark(XBT) * Decimal("0.9"))
    order = exchange.create_order(UNIFIED, "limit", "buy", 0.1, price)
    assert venue.fill(order, "0.04") == Decimal("0.04")
    assert exchange.fetch_order(order["id"], UNIFIED)["filled"] == 0.04
    assert venue.fill(order["id"]) == Decimal("0.06")
    assert exchange.fetch_open_orders(UNIFIED) == []
    assert {trade["price"] for trade in exchange.fetch_my_trades(UNIFIED)} == {price}
    assert venue.position(anna, XBT).entry_price == price


def test_an_order_is_filled_part_by_part_with_time_between(venue, exchange):
    price = int(venue.mark(XBT) * Decimal("0.9"))
    order = exchange.create_order(UNIFIED, "limit", "buy", 0.1, price)
    parts = venue.fill_slowly(order, ["0.02", "0.03", "0.07"], every_s=30)
    assert parts == [Decimal("0.02"), Decimal("0.03"), Decimal("0.05")]
    trades = exchange.fetch_my_trades(UNIFIED)
    assert [trade["amount"] for trade in trades] == [0.02, 0.03, 0.05]
    assert [after["timestamp"] - at["timestamp"] for at, after in pairwise(trades)] == [30_000] * 2


def test_an_order_that_waits_for_a_price_cannot_be_filled(venue, exchange):
    trigger = int(venue.mark(XBT) / 2)
    stop = exchange.create_order(
        UNIFIED, "market", "sell", 0.1, None, {"stopLossPrice": trigger, "reduceOnly": True}
    )
    with pytest.raises(TestingError, match="move the mark"):
        venue.fill(stop)
    with pytest.raises(TestingError, match="no such order"):
        venue.fill("5b1ca0ea-6b5b-4d0e-8b5e-000000000000")


def test_an_account_is_liquidated_as_its_rulebook_says(venue, anna, exchange):
    exchange.create_order(UNIFIED, "market", "buy", 0.5)
    venue.liquidate(anna, XBT)
    left = venue.position(anna, XBT)
    assert 0 < abs(left.size) < Decimal("0.5")  # Kraken closes ten percent at a time
    fills = [trade["info"]["fillType"] for trade in exchange.fetch_my_trades(UNIFIED)]
    assert sorted(fills) == ["partialLiquidation", "taker"]  # in one millisecond, so in any order


def test_a_short_is_liquidated_until_nothing_is_left(venue, anna, exchange):
    exchange.create_order(UNIFIED, "market", "sell", 0.5)
    venue.liquidate(anna, XBT, whole=True)
    assert venue.position(anna, XBT) is None
    [closed] = exchange.fetch_positions_history([UNIFIED])
    assert (closed["side"], closed["info"]["positionChange"]) == ("short", "close")
    assert closed["info"]["tradeType"] in ("liquidation", "partialLiquidation")


def test_a_winner_is_closed_out_against_somebody_bankrupt(venue, anna, exchange):
    exchange.create_order(UNIFIED, "market", "buy", 0.5)
    assert venue.adl(anna, XBT) == Decimal("0.5")
    assert venue.position(anna, XBT) is None
    assert exchange.fetch_my_trades(UNIFIED)[-1]["info"]["fillType"] == "unwindCounterparty"
    assert exchange.fetch_order_book(UNIFIED)["bids"]  # the house is back


def test_a_halted_market_refuses_in_the_venues_words_until_it_goes_on(venue, exchange):
    venue.halt(XBT)
    with pytest.raises(ccxt.ExchangeNotAvailable, match="marketSuspended"):
        exchange.create_order(UNIFIED, "market", "buy", 0.1)
    venue.resume(XBT)
    assert exchange.create_order(UNIFIED, "market", "buy", 0.1)["filled"] == 0.1


def test_an_empty_book_stays_empty_until_the_house_quotes(venue, exchange):
    venue.empty_book(XBT)
    assert exchange.fetch_order_book(UNIFIED)["bids"] == []
    venue.quote(XBT)
    assert len(exchange.fetch_order_book(UNIFIED)["bids"]) == 5


def test_what_cannot_be_is_said(venue, anna):
    with pytest.raises(TestingError, match="no market 'PF_X'; this venue has PF_XBTUSD"):
        venue.move_mark("PF_X", "1%")
    with pytest.raises(TestingError, match="less than the whole"):
        venue.move_mark(XBT, "-100%")
    with pytest.raises(TestingError, match="holds nothing in PF_XBTUSD"):
        venue.liquidate(anna, XBT)
    with pytest.raises(TestingError, match="no API of 'binance' here"):
        venue.ccxt("binance")
    with pytest.raises(TestingError, match="ccxt comes as sync, async, pro"):
        venue.ccxt("krakenfutures", kind="fast")


@pytest.mark.parametrize(
    ("text", "number"), [("-12%", "-0.12"), (" 0.5 % ", "0.005"), (-0.1, "-0.1")]
)
def test_a_part_is_written_as_a_percentage_or_a_number(text, number):
    assert part(text) == Decimal(number)


def test_what_is_no_part_is_refused():
    with pytest.raises(TestingError, match='neither like "-12%"'):
        part("much")


def test_spot_is_traded_by_its_own_client():
    with open_venue(markets=["XBT/USD"], XBT=60_000) as venue:
        anna = venue.account(spot={"USD": 20_000})
        exchange = venue.ccxt("kraken", anna)
        order = exchange.create_order("BTC/USD", "limit", "buy", 0.1, 50_000)
        assert venue.fill(order, "0.04") == Decimal("0.04")
        assert exchange.fetch_order(order["id"], "BTC/USD")["filled"] == 0.04
        assert exchange.fetch_balance()["BTC"]["total"] == 0.04
        assert abs(venue.move_mark("XBT/USD", "10%") - 66_000) < 1
        with venue.trouble(limited_percent=100), pytest.raises(ccxt.DDoSProtection):
            exchange.fetch_balance()
