"""Every field of the recorded spot payloads is there, of the same kind and number format.

The recordings lie beside the repository and are skipped where they are not.
"""

from __future__ import annotations

import asyncio
import json
import re

import pytest

from longshore.venue.dialects.kraken_spot.channels import (
    BookChannel,
    OhlcChannel,
    TickerChannel,
    TradeChannel,
)
from longshore.venue.dialects.kraken_spot.values import encode
from tests.dialects.spot_inside import spot_inside
from tests.dialects.test_shapes import PAYLOADS, assert_shaped, needs_payloads, sample

KRAKENS_OWN = {
    *("ledgers", "ml", "leverage_buy", "leverage_sell"),
    *("long_position_limit", "short_position_limit"),
}
"""A trade's entries in the ledger, which carry its id here; the rest is of lending."""
EDITED_BY_HAND = {
    "http_add_order_spot": {"pair", "type", "ordertype", "price", "price2", "leverage"}
}
"""Fields of samples that the live API does not send there."""
ORDER = {"pair": "XBTUSD", "ordertype": "limit", "volume": "0.5"}
DIGITS = re.compile(r"-?\d+(\.\d+)?")


def unkeyed(value):
    """Objects that are keyed by ids or pairs, as lists: their keys are data."""
    if not isinstance(value, dict):
        return value
    if any(re.search(r"[A-Z]{3}", name) for name in value):
        return [unkeyed(each) for each in value.values() if not isinstance(each, str | int)]
    return {name: unkeyed(each) for name, each in value.items()}


async def told(folder):
    """Every answer there is a recording of."""
    async with spot_inside(folder) as spot:
        maker = await spot.trader("maker", XBT="10", USD="1000000")
        trader = await spot.trader("trader", USD="100000", XBT="1")
        sell = {"type": "sell", "price": "84100"}
        await spot.ask(maker, "AddOrder", **ORDER, **sell)
        await spot.ask(maker, "AddOrder", **ORDER, type="buy", price="83000")
        await spot.ask(maker, "AddOrder", **ORDER, type="sell", price="84200")
        placed = await spot.ask(trader, "AddOrder", **ORDER, type="buy", price="84100")
        gone = await spot.ask(trader, "AddOrder", **ORDER, type="buy", price="82000")
        cancelled = await spot.ask(trader, "CancelOrder", txid=gone["result"]["txid"][0])
        await spot.ask(trader, "AddOrder", **ORDER, type="buy", price="82000", userref=7)
        answers = {
            "http_asset_pairs": await spot.public("AssetPairs"),
            "http_ticker": await spot.public("Ticker"),
            "http_ohlc": await spot.public("OHLC", pair="XBTUSD"),
            "http_order_book": await spot.public("Depth", pair="XBTUSD"),
            "http_trades": await spot.public("Trades", pair="XBTUSD"),
            "http_server_time": await spot.public("Time"),
            "http_system_status": await spot.public("SystemStatus"),
            "http_add_order_spot": placed,
            "http_cancel_order_spot": cancelled,
            "http_open_orders": await spot.ask(trader, "OpenOrders"),
            "http_closed_orders": await spot.ask(trader, "ClosedOrders"),
            "http_trades_history": await spot.ask(trader, "TradesHistory"),
            "http_spot_trade_balance": await spot.ask(trader, "TradeBalance"),
        }
        return answers | await socket_messages(spot)


async def socket_messages(spot):
    """Snapshots of channels, which have the same rows as updates."""
    api = spot.app.routes[1].endpoint.__closure__
    (api,) = [cell.cell_contents for cell in api if hasattr(cell.cell_contents, "pairs")]
    market = api.pairs[0]
    channels = {
        "ws_book_snapshot": BookChannel(api, market, 10),
        "ws_ticker_snapshot": TickerChannel(api, market, "trades"),
        "ws_trade_update": TradeChannel(api, market),
        "ws_ohlc_update": OhlcChannel(api, market, 1),
    }
    made = {name: (await each.snapshot())[0] for name, each in channels.items()}
    return {name: json.loads(encode(message)) for name, message in made.items()}


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    return asyncio.run(told(tmp_path_factory.mktemp("shapes")))


@needs_payloads
def test_recorded_shapes(answers):
    for name, ours in answers.items():
        theirs = sample(name)
        without = KRAKENS_OWN | EDITED_BY_HAND.get(name, set())
        assert_shaped(unkeyed(ours), unkeyed(theirs), without, name)


@needs_payloads
def test_recorded_number_formats(answers):
    """A text of digits stays one, with as many decimals, where Kraken fixes their count."""
    for name, path in (
        ("http_ticker", "abcvplh"),
        ("http_order_book", ("asks", "bids")),
    ):
        (theirs,) = sample(name)["result"].values()
        ours = next(iter(answers[name]["result"].values()))
        for field in path:
            assert forms(ours[field]) == forms(theirs[field]), (name, field)
    theirs = next(iter(sample("http_trades")["result"].values()))
    ours = answers["http_trades"]["result"]["XXBTZUSD"]
    assert forms(ours[0]) == forms(theirs[0])


def forms(value):
    """The decimals of each text of digits, through lists; a first row stands for all."""
    if isinstance(value, list):
        rows = value[:1] if value and isinstance(value[0], list) else value
        return [forms(each) for each in rows]
    if isinstance(value, str) and DIGITS.fullmatch(value):
        return len(value.partition(".")[2])
    return type(value).__name__ if isinstance(value, str) else "number"


def test_the_recordings_were_looked_for():
    assert PAYLOADS.name == "futures_spot_adapter_samples"
