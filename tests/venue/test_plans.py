"""Plans: the size follows from the loss, each is kept with its order, and nobody else sees it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.venue.desk import SYMBOL, desk_on, in_loop

NOTE = {"reason": "breakout", "max_loss": "50", "hours": "8"}


async def begun(desk, side="buy"):
    """A plan's order as a screen would send it: the values to start from, the size they give."""
    start = await desk.get(f"/plan?symbol={SYMBOL}&side={side}")
    asked = {
        "symbol": SYMBOL,
        "side": side,
        "stop_price": start["stop_price"],
        "max_loss": start["max_loss"],
        "target_price": start["target_price"],
    }
    reply = await desk.post("/plan", asked)
    assert reply.status_code == 200, reply.text
    order = {
        "side": side,
        "size": reply.json()["size"],
        "leverage": "2",
        "stop_price": start["stop_price"],
        "target_price": start["target_price"],
        "plan": {"reason": "trend", "max_loss": start["max_loss"]},
    }
    return start, reply.json(), order


@pytest.mark.parametrize("side", ["buy", "sell"])
def test_a_plan_gives_a_size_and_is_kept_with_its_order(folder, side):
    """UX-10, UX-15: its stop and target are the order's own; it is there after a restart."""

    @in_loop
    async def plan():
        async with desk_on(folder) as desk:
            start, sized, order = await begun(desk, side)
            assert [choice["code"] for choice in start["reasons"]][0] == "lesson"
            assert Decimal(start["max_loss"]) == 100
            assert sized["ok"]
            assert 98 <= Decimal(sized["loss"]) <= 100
            assert Decimal(sized["fees"]) > 0
            placed = await desk.order(**order)
            assert placed["stop"]["trigger_price"] == start["stop_price"]
            assert placed["target"]["trigger_price"] == start["target_price"]
            [kept] = await desk.get("/plans")
            assert kept["order_id"] == placed["order"]["id"]
            assert (kept["reason"], kept["max_loss"]) == ("trend", "100")
            assert kept["stop_price"] == start["stop_price"]
            filled = Decimal(placed["fills"][0]["price"])
            assert abs(Decimal(kept["entry_price"]) - filled) < filled / 1_000
        async with desk_on(folder) as desk:
            assert await desk.get("/plans") == [kept]
            await desk.account("other")
            assert await desk.get("/plans", "other") == []

    plan()


@in_loop
async def test_an_order_sent_again_keeps_its_first_plan(folder):
    """UX-10: one order, one plan."""
    async with desk_on(folder) as desk:
        _, _, order = await begun(desk)
        first = await desk.order(**order, client_id="once")
        changed = order | {"plan": NOTE}
        again = await desk.order(**changed, client_id="once")
        assert again["duplicate"]
        assert again["order"]["id"] == first["order"]["id"]
        [kept] = await desk.get("/plans")
        assert kept["reason"] == "trend"


BAD = [
    ({"plan": NOTE | {"reason": "hunch"}}, "plan.reason"),
    ({"plan": NOTE | {"max_loss": "0"}}, "plan.max_loss"),
    ({"plan": NOTE | {"max_loss": "much"}}, "plan.max_loss"),
    ({"plan": NOTE | {"hours": "-1"}}, "plan.hours"),
    ({"plan": NOTE | {"note": "x" * 201}}, "plan.note"),
    ({"plan": NOTE, "stop_price": None}, "stop_price"),
    ({"plan": NOTE | {"hours": None}, "target_price": None}, "target_price"),
    ({"plan": NOTE, "reduce_only": True, "stop_price": None, "target_price": None}, "plan"),
]


@pytest.mark.parametrize(("changed", "field"), BAD)
def test_a_plan_that_is_none_is_refused_by_its_field_and_nothing_is_sent(folder, changed, field):
    """UX-10: reason, wrong at, most to lose and exit, or no order."""

    @in_loop
    async def ask():
        async with desk_on(folder) as desk:
            _, _, order = await begun(desk)
            digest = desk.digest()
            body = {"symbol": SYMBOL, "type": "market"} | order | changed
            reply = await desk.post("/orders", body)
            assert (reply.status_code, reply.json()["field"]) == (400, field)
            assert desk.digest() == digest
            assert await desk.get("/plans") == []

    ask()


ASKED = {"symbol": SYMBOL, "side": "buy", "max_loss": "50"}


@in_loop
async def test_a_size_that_cannot_be_is_explained(folder):
    """UX-15: a stop on the wrong side, a loss too small for one lot, spot."""
    async with desk_on(folder) as desk:
        ask = Decimal((await desk.get(f"/markets/{SYMBOL}/book?depth=1"))["asks"][0][0])
        above, below = str(int(ask) + 100), str(int(ask) - 1_000)
        wrong = (await desk.post("/plan", ASKED | {"stop_price": above})).json()
        assert (wrong["ok"], wrong["field"]) == (False, "stop_price")
        least = (await desk.post("/plan", ASKED | {"stop_price": below, "max_loss": "0.01"})).json()
        assert (least["ok"], least["field"]) == (False, "max_loss")
        assert least["reason"].startswith("Even the smallest size")
        spot = await desk.post("/plan", ASKED | {"symbol": "XBT/USD", "stop_price": below})
        assert (spot.status_code, spot.json()["field"]) == (400, "symbol")
        held = await desk.post("/plan", ASKED | {"stop_price": below, "hours": "8"})
        assert "You mean to close after 8 h at the latest." in " ".join(held.json()["sentences"])


@in_loop
async def test_a_plan_can_be_refused_by_its_stop_beyond_liquidation(folder):
    """UX-10, T16: the preview says so, with both prices."""
    async with desk_on(folder) as desk:
        ask = Decimal((await desk.get(f"/markets/{SYMBOL}/book?depth=1"))["asks"][0][0])
        far = str(int(ask * 8 / 10))
        sized = (await desk.post("/plan", ASKED | {"stop_price": far})).json()
        body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": sized["size"]}
        shown = (await desk.post("/preview", body | {"stop_price": far, "leverage": "10"})).json()
        assert shown["reject"] == "STOP_BEYOND_LIQUIDATION"
        assert "could not act" in shown["reason"]
