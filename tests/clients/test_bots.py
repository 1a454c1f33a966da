"""What `make clients` compares would be found if it differed, and its page tells what it sets."""

from __future__ import annotations

import copy
import json
import re
from importlib import resources
from pathlib import Path

import pytest

from longshore import rulebooks
from tools.bots import holding, trading
from tools.bots.agreement import Books
from tools.bots.venue import Served

PAGE = Path(__file__).parents[2] / "docs/how-to/connect-bots.md"
TRADE = {
    "id": 1,
    "is_open": 0,
    "is_short": 0,
    "fee_open": 0.0005,
    "fee_close_cost": 0.6,
    "funding_fees": -0.25,
    "close_profit_abs": 8.65,
}
ENTRY = {"ft_trade_id": 1, "ft_order_side": "buy", "order_id": "7", "side": "buy"}
STOP = {"ft_trade_id": 1, "ft_order_side": "stoploss", "order_id": "8", "side": "sell"}
EXIT = {"ft_trade_id": 1, "ft_order_side": "sell", "order_id": "9", "side": "sell"}
AT = {"symbol": "ETHUSDT", "time": "2026-11-27T09:00:00+00:00"}
LATER = {"symbol": "ETHUSDT", "time": "2026-11-27T09:02:00.250000+00:00"}
BOUGHT = AT | {"order_id": "7", "side": "buy", "role": "taker"}
SOLD = LATER | {"order_id": "9", "side": "sell", "role": "liquidation"}
RUN = {
    "minutes": 20,
    "trades": [TRADE],
    "orders": [
        ENTRY | {"filled": 2.0, "cost": 1000.0, "average": 500.0},
        STOP | {"filled": 0.0, "cost": None, "average": None},
        EXIT | {"filled": 2.0, "cost": 1010.0, "average": 505.0},
    ],
    "fills": [
        BOUGHT | {"size": "2", "value": "1000", "fee": "0.5", "pnl": "0"},
        SOLD | {"size": "1.5", "value": "757.5", "fee": "0.45", "pnl": "7.5"},
        SOLD | {"size": "0.5", "value": "252.5", "fee": "0.15", "pnl": "2.5"},
    ],
    "funding": [{"symbol": "ETHUSDT", "time": "2026-11-27T09:01:00+00:00", "amount": "-0.25"}],
    "liquidations": [{"symbol": "ETHUSDT"}],
    "account": {"positions": []},
}


def different(run):
    return [found for line in Books(run).lines() for found in line.different]


def test_books_that_tell_the_same_agree():
    assert different(RUN) == []
    assert all(line.compared for line in Books(RUN).lines())


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "found"),
    [
        ("orders", 0, "filled", 1.999, "order 7 size"),
        ("orders", 0, "side", "sell", "order 7 side"),
        ("orders", 2, "cost", 1010.001, "order 9 value"),
        ("orders", 2, "average", 505.01, "order 9 average"),
        ("orders", 2, "order_id", "10", "order 10 is filled on one side only"),
        ("trades", 0, "fee_open", 0.0004, "trade 1 entry"),
        ("trades", 0, "fee_close_cost", 0.4, "trade 1 exit"),
        ("trades", 0, "funding_fees", 0.25, "trade 1: freqtrade"),
        ("trades", 0, "close_profit_abs", 8.0, "trade 1: freqtrade 8.0"),
        ("trades", 0, "is_open", 1, "trades left open: 1"),
        ("funding", 0, "time", "2026-11-27T09:03:00+00:00", "trade 1: freqtrade"),
        ("fills", 2, "fee", "0.1", "trade 1 exit"),
    ],
)
def test_a_difference_is_found(table, row, column, value, found):
    run = copy.deepcopy(RUN)
    run[table][row][column] = value
    assert [each for each in different(run) if each.startswith(found)]


def test_a_book_that_was_not_ours_once_is_found():
    book = {"snapshots": 1, "quietest_s": 2.0, "compared": 10, "equal": 10}
    run = {"missing": 0, "books": {"PF_XBTUSD.KRAKEN": book}}
    assert not [line for line in holding.lines(run) if line.different]
    for name, value in (("snapshots", 2), ("quietest_s", 31.0), ("equal", 9), ("compared", 0)):
        worse = {"missing": 0, "books": {"PF_XBTUSD.KRAKEN": book | {name: value}}}
        assert [line for line in holding.lines(worse) if line.different], name
    assert [line for line in holding.lines(run | {"missing": 1}) if line.different]


def test_the_rulebook_of_the_run_is_binances_but_for_when_it_pays():
    folder = resources.files("longshore.rulebooks")
    text = folder.joinpath(trading.RULEBOOK).read_text("utf-8")
    often = rulebooks.parse(trading.rulebook_paying_often(text)).terms
    assert often.name == trading.OFTEN
    assert often.perpetual.funding_interval_s.value == 1800
    assert often.perpetuals == rulebooks.parse(text).terms.perpetuals


def test_the_page_sets_what_the_run_sets(tmp_path):
    (block,) = re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    told = json.loads(block)
    venue = Served("http://127.0.0.1:8000/?token=x")
    used = trading.config(venue, {"key": "…", "secret": "…"}, tmp_path, 0)
    assert told == {name: used[name] for name in told}
