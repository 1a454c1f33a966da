"""The queue of unwinding, whose positions it closes, and where nothing is left: as printed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from longshore import calc
from longshore.cli.app import run_app


def held(name: str, qty: object, entry: object, side: str = "long") -> calc.Holder:
    """A holder isolated at 10x."""
    position = calc.Position(
        symbol="PF_XBTUSD",
        side=side,
        qty=qty,
        entry=entry,
        leverage=10,  # type: ignore[arg-type]
    )
    return calc.Holder(name=name, position=position)


@pytest.mark.parametrize("rank", ["profit_leverage", "profit_by_leverage"])
def test_bitmex_example_of_six_longs(rank):
    """LIQD-009, BM5: of scores 3, 6, 1, 4, 5 and 2 the second and the fifth close 10 each."""
    sizes, scores = (10, 10, 20, 30, 20, 10), (3, 6, 1, 4, 5, 2)
    crowd = [
        held(str(place), qty, 645 - score)
        for place, (qty, score) in enumerate(zip(sizes, scores, strict=True), 1)
    ]
    queue = calc.adl_rank(holders=crowd, mark=650, rank=rank)
    assert [each.name for each in queue] == ["2", "5", "4", "1", "6", "3"]
    closed = calc.deleverage(holders=crowd, mark=650, qty=20, rank=rank)
    assert [(each.name, each.qty, each.left) for each in closed] == [("2", 10, 0), ("5", 10, 10)]


def test_in_loss_the_lower_leverage_comes_last_by_one_rank_and_first_by_the_other():
    """LIQD-023: the same loss, divided by leverage."""

    def loser(name: str, leverage: int) -> calc.Holder:
        position = calc.Position(
            symbol="PF_XBTUSD", side="long", qty=1, entry=84_000, leverage=leverage
        )
        return calc.Holder(name=name, position=position)

    both = [loser("calm", 2), loser("bold", 10)]
    plain = calc.adl_rank(holders=both, mark=83_000)
    divided = calc.adl_rank(holders=both, mark=83_000, rank="profit_by_leverage")
    assert [each.name for each in plain] == ["calm", "bold"]
    assert [each.name for each in divided] == ["bold", "calm"]
    assert plain[0].why[0].article == "LIQD-009"
    assert divided[0].why[0].article == "LIQD-023"


def test_a_size_above_all_positions_is_refused():
    with pytest.raises(ValueError, match="more than all holders"):
        calc.deleverage(holders=[held("a", 1, 84_000)], mark=84_000, qty=2)
    with pytest.raises(ValueError, match="there are none"):
        calc.deleverage(holders=[], mark=84_000, qty=2)
    with pytest.raises(ValueError, match="rank is one of"):
        calc.adl_rank(holders=[held("a", 1, 84_000)], mark=84_000, rank="luck")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("side", "wallet", "price", "order"),
    [
        ("long", "1000.3", "83499.85", "83500"),
        ("short", "1000.3", "84500.15", "84500"),
        ("long", "200000", None, "1"),
    ],
)
def test_the_order_price_is_rounded_for_the_creditors(side, wallet, price, order):
    """LIQD-006: 2 BTC from 84,000; ticks of a dollar."""
    position = calc.Position(symbol="PF_XBTUSD", side=side, qty=2, entry=84_000)
    found = calc.bankruptcy_price(position=position, wallet=calc.Cross(balance=wallet))
    assert found.price == (None if price is None else Decimal(price))
    assert found.order_price == Decimal(order)


def test_the_command_line_asks_the_same(capsys):
    """LIQD-009, LIQD-023"""
    crowd = ("--holder", "a=1@79000x10", "--holder", "b=2@76000x10", "--holder", "c=1@78000:9000")
    asked = ("--symbol", "PF_XBTUSD", "--side", "long", *crowd, "--mark", "80000", "--json")
    assert run_app(["calc", "adl-rank", *asked]) == 0
    assert [each["name"] for each in json.loads(capsys.readouterr().out)] == ["b", "c", "a"]
    assert run_app(["calc", "deleverage", *asked, "--qty", "2.5"]) == 0
    closed = json.loads(capsys.readouterr().out)
    assert closed == [
        {"name": "b", "qty": "2", "left": "0"},
        {"name": "c", "qty": "0.5", "left": "0.5"},
    ]
    assert run_app(["calc", "adl-rank", *asked, "--holder", "d=1"]) == 2
    assert "a holder is NAME=QTY" in capsys.readouterr().err + capsys.readouterr().out
