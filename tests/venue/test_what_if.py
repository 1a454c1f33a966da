"""What if, asked at the venue: nobody else's, nothing changed, bad numbers named."""

from __future__ import annotations

import pytest

from tests.venue.desk import SYMBOL, desk_on, in_loop

PATH = f"/positions/{SYMBOL}/what-if"


@in_loop
async def test_a_position_elsewhere_changes_nothing_and_its_parts_add_up(folder):
    """UX-14: price, funding and fees are told; the state is as it was."""
    async with desk_on(folder) as desk:
        await desk.order(leverage="10", size="0.1")
        digest = desk.digest()
        found = await desk.get(f"{PATH}?mark_percent=-3&hours=8&funding=2")
        assert desk.digest() == digest
        assert not found["closed"]
        assert "price cost $" in found["text"]
        assert found["result"].startswith("-")
        assert [point["closed"] for point in found["curve"]].count(True) > 0
        [at] = [point for point in found["curve"] if point["percent"] == "0"]
        assert at["price"] == found["mark"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("mark_percent=-91", "mark_percent"),
        ("hours=soon", "hours"),
        ("funding=11", "funding"),
        ("funding=1e50", "funding"),
    ],
)
def test_a_number_out_of_bounds_is_named(folder, query, field):
    @in_loop
    async def ask():
        async with desk_on(folder) as desk:
            await desk.order(leverage="10", size="0.1")
            reply = await desk.client.get(f"/api/v1{PATH}?{query}&account=learner")
            assert (reply.status_code, reply.json()["field"]) == (400, field)

    ask()


@in_loop
async def test_there_is_nothing_to_ask_about_without_a_position(folder):
    async with desk_on(folder) as desk:
        await desk.account("other")
        await desk.order(leverage="10", size="0.1")
        reply = await desk.client.get(f"/api/v1{PATH}?account=other")
        assert (reply.status_code, reply.json()["code"]) == (404, "UNKNOWN_POSITION")
