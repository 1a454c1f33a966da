"""python-kraken-sdk's spot clients, only their URL changed."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from kraken.exceptions import (
    KrakenInsufficientFundsError,
    KrakenUnknownOrderError,
    KrakenUnknownWithdrawKeyError,
)
from kraken.spot import Funding, Market, Trade, User

from tests.dialects.spot import PAIR_ID, known_spot_book, spot_trader


@pytest.fixture
def book(desk):
    with known_spot_book(desk) as quoted:
        yield quoted


@pytest.fixture
def sdk(book):
    """The clients of one account, by class."""
    trader = spot_trader(book.desk, USD="200000", XBT="1")
    with ExitStack() as open_clients:
        names = {"key": trader.key, "secret": trader.secret, "url": book.desk.origin}
        made = {kind: kind(**names) for kind in (Market, Trade, User, Funding)}
        for client in made.values():
            open_clients.callback(client._SpotClient__session.close)
        yield made
        made[Trade].cancel_all_orders()


def test_an_order_from_placement_to_ledger(book, sdk):
    """ORDR-003, FEES-001"""
    trade, user, market = sdk[Trade], sdk[User], sdk[Market]
    assert market.get_order_book(PAIR_ID)[PAIR_ID]["bids"][0][0] == f"{book.bid}.00000"
    assert market.get_asset_pairs("BTC/USD")["BTC/USD"]["wsname"] == "XBT/USD"
    made = trade.create_order("limit", "buy", volume=0.5, pair=PAIR_ID, price=book.ask)
    (txid,) = made["txid"]
    assert made["descr"]["order"] == f"buy 0.50000000 XBTUSD @ limit {book.ask}.0"
    (order,) = user.get_orders_info(txid=txid, trades=True).values()
    assert (order["status"], order["vol_exec"]) == ("closed", "0.50000000")
    (fill,) = user.get_trades_info(txid=order["trades"]).values()
    assert (fill["ordertxid"], fill["cost"]) == (txid, order["cost"])
    rows = user.get_ledgers_info(type_="trade")["ledger"]
    assert {row["refid"] for row in rows.values()} == set(order["trades"])
    assert user.get_ledgers(id_=next(iter(rows)))
    assert user.get_account_balance()["XXBT"] == "1.50000000"
    assert float(user.get_trade_balance()["e"]) > 100_000
    assert user.get_open_positions() == []  # by market, as the SDK asks


def test_orders_are_changed_and_cancelled(book, sdk):
    """ORDR-012"""
    trade, user = sdk[Trade], sdk[User]
    price = book.bid - 100
    order = {"volume": 0.5, "pair": PAIR_ID, "price": price, "userref": 9}
    (txid,) = trade.create_order("limit", "buy", **order)["txid"]
    assert trade.amend_order(txid=txid, extra_params={"limit_price": str(price - 10)})["amend_id"]
    edited = trade.edit_order(txid=txid, pair=PAIR_ID, volume=0.6, price=price - 20)
    assert (edited["status"], edited["txid"]) == ("ok", txid)
    (order,) = user.get_open_orders(userref=9)["open"].values()
    assert (order["vol"], order["descr"]["price"]) == ("0.60000000", f"{price - 20}.0")
    lines = [
        {"ordertype": "limit", "type": "buy", "volume": "0.1", "price": str(price - each)}
        for each in range(2)
    ]
    batch = trade.create_order_batch(orders=lines, pair=PAIR_ID)["orders"]
    ids = [line["txid"] for line in batch]
    assert trade.cancel_order_batch(orders=ids) == {"count": 2}
    assert trade.cancel_order(txid=txid) == {"count": 1}
    assert trade.cancel_all_orders() == {"count": 0}
    closed = user.get_closed_orders()
    assert closed["count"] == 3
    with pytest.raises(KrakenUnknownOrderError):
        trade.cancel_order(txid=txid)
    with pytest.raises(KrakenInsufficientFundsError):
        trade.create_order("limit", "buy", volume=50, pair=PAIR_ID, price=price)


def legacy(call):
    """The SDK warns that Kraken has newer methods for money."""
    with pytest.warns(DeprecationWarning, match="legacy endpoint"):
        return call()


def test_money_moves_between_the_wallets(book, sdk):
    funding = sdk[Funding]
    moved = legacy(lambda: funding.wallet_transfer("XBT", "Spot Wallet", "Futures Wallet", "0.25"))
    assert moved["refid"].startswith("F")
    assert sdk[User].get_account_balance()["XXBT"] == "0.75000000"
    (deposit,) = legacy(lambda: funding.get_recent_deposits_status(asset="XBT"))
    assert (deposit["amount"], deposit["status"]) == ("1.00000000", "Success")
    with pytest.raises(KrakenUnknownWithdrawKeyError):
        legacy(lambda: funding.withdraw_funds("XBT", "mine", "0.1"))
