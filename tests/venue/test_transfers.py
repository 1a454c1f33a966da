"""Practice money between the money for spot and the money for futures."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.venue.desk import desk_on, in_loop

GOOD = {"asset": "USD", "amount": "100", "source": "flex", "target": "cash"}
BAD = [
    ({"asset": "GOLD"}, 404, "UNKNOWN_ASSET", "asset"),
    ({"amount": "a lot"}, 400, "BAD_VALUE", "amount"),
    ({"amount": "0"}, 422, "AMOUNT_NOT_POSITIVE", "amount"),
    ({"amount": "-1"}, 422, "AMOUNT_NOT_POSITIVE", "amount"),
    ({"amount": "20000"}, 422, "INSUFFICIENT_FUNDS", "amount"),
    ({"amount": "0.000000001"}, 400, "BAD_VALUE", "amount"),
    ({"target": "flex"}, 400, "BAD_VALUE", "target"),
    ({"target": "bank"}, 400, "BAD_VALUE", "target"),
]


@in_loop
async def test_money_moves_both_ways_and_buys_spot(folder: Path) -> None:
    """To the cent, and no more than there is; the symbol of spot may hold a slash in a path."""
    async with desk_on(folder) as desk:
        reply: Any = (await desk.post("/transfers", GOOD)).json()
        assert reply == {"asset": "USD", "cash": "100", "flex": "9900"}
        spot = await desk.get("/markets/XBT%2FUSD")
        assert (spot["symbol"], spot["kind"]) == ("XBT/USD", "spot")
        assert len(await desk.get("/markets/XBT%2FUSD/trades?limit=5")) == 5
        await desk.order(symbol="XBT/USD", size="0.001")
        cash = [w for w in (await desk.get("/account"))["wallets"] if w["wallet"] == "cash"]
        assert {w["asset"] for w in cash} == {"USD", "XBT"}
        left = next(w["amount"] for w in cash if w["asset"] == "USD")
        back = GOOD | {"amount": left, "source": "cash", "target": "flex"}
        reply = (await desk.post("/transfers", back)).json()
        assert reply["cash"] == "0"
        assert Decimal(reply["flex"]) == 9900 + Decimal(left)


@in_loop
async def test_bad_transfers_are_refused_by_name_and_change_nothing(folder: Path) -> None:
    async with desk_on(folder) as desk:
        before = desk.digest()
        for change, status, code, field in BAD:
            reply = await desk.post("/transfers", GOOD | change)
            got = (reply.status_code, reply.json()["code"], reply.json()["field"])
            assert got == (status, code, field), (change, reply.text)
        assert desk.digest() == before
