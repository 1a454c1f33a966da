"""A stop and a target by money and by percent: where they stand, and that it comes to that."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.venue.desk import SYMBOL, Desk, desk_on, in_loop

ORDER = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.05", "leverage": "5"}
BAD = [
    ({"stop_loss": "20", "stop_price": "80000"}, "stop_loss"),
    ({"stop_loss": "20", "stop_percent": "1"}, "stop_percent"),
    ({"stop_loss": "much"}, "stop_loss"),
    ({"stop_loss": "-20"}, "stop_loss"),
    ({"stop_loss": "0"}, "stop_loss"),
    ({"stop_loss": "0.5"}, "stop_loss"),
    ({"stop_loss": "1e9"}, "stop_loss"),
    ({"stop_percent": "100"}, "stop_percent"),
    ({"stop_percent": "-1"}, "stop_percent"),
    ({"target_profit": "1e9"}, "target_profit"),
    ({"target_percent": "NaN"}, "target_percent"),
    ({"target_profit": "5", "reduce_only": True}, "target_profit"),
]


@in_loop
async def test_bad_amounts_are_refused_by_name_and_change_nothing(folder: Path) -> None:
    async with desk_on(folder) as desk:
        before = desk.digest()
        for change, field in BAD:
            for path in ("/preview", "/orders"):
                reply = await desk.post(path, ORDER | change)
                assert (reply.status_code, reply.json()["field"]) == (400, field), change
        assert desk.digest() == before


def kept(fills: list[Any], exit_price: Decimal, way: int, rate: Decimal) -> Decimal:
    """What closing at a price leaves, by hand."""
    size = sum(Decimal(fill["size"]) for fill in fills)
    entry = sum(Decimal(fill["size"]) * Decimal(fill["price"]) for fill in fills)
    fees = sum(Decimal(fill["fee"]) for fill in fills) + size * exit_price * rate
    return way * (size * exit_price - entry) - fees


@pytest.mark.parametrize(("side", "way"), [("buy", 1), ("sell", -1)])
def test_money_comes_to_that_and_percent_is_of_the_entry(folder: Path, side: str, way: int) -> None:
    """At the price found the loss, with both fees, is what was asked, within a tick."""

    @in_loop
    async def check() -> None:
        async with desk_on(folder) as desk:
            rate = Decimal((await desk.get(f"/markets/{SYMBOL}"))["taker_fee_pct"]) / 100
            asked = ORDER | {"side": side, "stop_loss": "50", "target_profit": "80"}
            shown = (await desk.post("/preview", asked)).json()
            placed = (await desk.post("/orders", asked)).json()
            for kind, amount in (("stop", Decimal(-50)), ("target", Decimal(80))):
                price = Decimal(placed[kind]["trigger_price"])
                assert shown[kind]["price"] == placed[kind]["trigger_price"]
                found = kept(placed["fills"], price, way, rate)
                further = kept(placed["fills"], price - way, way, rate)
                assert further < amount <= found, (kind, found)
            assert shown["stop"]["text"].startswith("At ")
            assert "lose about $49.9" in shown["stop"]["text"]
            assert "keep about $80.0" in shown["target"]["text"]
            await by_percent(desk, side, way)

    check()


async def by_percent(desk: Desk, side: str, way: int) -> None:
    asked = ORDER | {"side": side, "stop_percent": "2", "target_percent": "4"}
    placed = (await desk.post("/orders", asked | {"leverage": None})).json()
    entry = Decimal(placed["order"]["average_price"])
    for kind, share in (("stop", Decimal("-0.02")), ("target", Decimal("0.04"))):
        exact = entry * (1 + way * share)
        assert abs(Decimal(placed[kind]["trigger_price"]) - exact) <= Decimal("0.51")
