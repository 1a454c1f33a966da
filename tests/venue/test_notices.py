"""What the stream says by itself: fills, funding, a sinking buffer; each once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from longshore.engine.codes import Role, Side
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.venue.dialects.native.account import account_reply
from longshore.venue.dialects.native.told import Buffers, Falls, notices
from tests.venue.desk import UNHURRIED, Desk, desk_on, in_loop


def heard(desk: Desk, events: list[Event]) -> list[tuple[str, str]]:
    account_id = desk.station.venue.accounts.account_id("learner")
    return [(each.code, each.text) for each in notices(desk.station.venue, account_id, events)]


async def events_of(desk: Desk) -> list[Event]:
    account_id = desk.station.venue.accounts.account_id("learner")
    return (await desk.station.venue.history.account_events(account_id))[::-1]


@in_loop
async def test_fills_are_told_by_order_and_funding_at_its_hour(tmp_path: Path) -> None:
    late_in_the_hour = UNHURRIED.replace("T00:00:30Z", "T00:58:00Z")
    async with desk_on(tmp_path, late_in_the_hour) as desk:
        reply: Any = await desk.order(size="2", leverage="20")
        size = reply["order"]["filled"]
        assert len(reply["fills"]) > 1
        told = heard(desk, await events_of(desk))
        price = Decimal(reply["order"]["average_price"]).quantize(Decimal(1))
        assert told == [("FILLED", f"You bought {size} BTC at {price:,}.")]
        await desk.step(3_730)
        paid = [row for row in await desk.get("/funding-payments") if Decimal(row["amount"])]
        told = heard(desk, await events_of(desk))[1:]
        assert [code for code, _ in told] == ["FUNDING_PAID"] * len(paid) != []
        assert all(text.startswith(("You paid $", "You received $")) for _, text in told)


@in_loop
async def test_who_is_deleveraged_is_told_that_it_was_not_their_fault(folder: Path) -> None:
    """T20: and this is no fill of their own."""
    async with desk_on(folder) as desk:
        event = Event(kind=EventKind.TRADED, side=Side.SELL, role=Role.UNWIND_COUNTERPARTY)
        event.account_id = desk.station.venue.accounts.account_id("learner")
        event.market_id, event.qty_lots, event.price_ticks = 1, 100, 84_000
        [(code, text)] = heard(desk, [event])
        assert code == "DELEVERAGED"
        assert "You were not at fault" in text


def test_the_parts_of_one_fall_are_told_once() -> None:
    """LIQD-002: a new position's liquidation is news, and so is one an hour later."""
    minute = 60_000_000
    falls = Falls()

    def is_told(at_minute: int, market_id: int = 1) -> bool:
        part = Event(kind=EventKind.LIQUIDATION_STARTED, wallet=1, market_id=market_id)
        part.time_us = at_minute * minute
        return falls.news([part]) == [part]

    assert [is_told(0), is_told(2), is_told(61), is_told(122)] == [True, False, False, True]
    assert is_told(122, market_id=2)
    opening = Event(kind=EventKind.TRADED, wallet=1, market_id=1, side=Side.BUY)
    opening.position_lots = opening.qty_lots = 7
    assert falls.news([opening]) == [opening]
    assert [is_told(123), is_told(124)] == [True, False]


@in_loop
async def test_a_sinking_buffer_is_told_once_a_level(folder: Path) -> None:
    """UX-16: below half, a quarter, a tenth; not again while it stays, again after it rose."""
    async with desk_on(folder) as desk:
        await desk.order(size="0.1", leverage="10")
        account = desk.station.venue.accounts.account_id("learner")
        reply = await account_reply(desk.station.venue, "learner", account)
        buffers = Buffers()
        counts = []
        for level in ("full", "half", "half", "tenth", "quarter", "tenth", "full"):
            reply.positions[0].buffer_level = level
            counts.append([notice.text for notice in buffers.sunk(reply)])
        assert [len(each) for each in counts] == [0, 1, 0, 1, 0, 1, 0]
        assert "less than half" in counts[1][0]
        assert "less than a tenth" in counts[3][0]
