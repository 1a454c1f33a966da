"""After a close: the debrief opens, adds up, asks before it tells, and lets one try again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import SYMBOL, Venue, everyone_can_use
from tests.browser.test_plan import planned

PATIENT_MS = 120_000
"""A branch is a world in a process of its own, which must start."""


def planned_order(venue: Venue) -> dict:
    """A planned long, its stop moved away after a minute."""
    start = venue.get(f"/plan?symbol={SYMBOL}&side=buy")
    asked = {
        "symbol": SYMBOL,
        "side": "buy",
        "stop_price": start["stop_price"],
        "max_loss": start["max_loss"],
    }
    size = venue.post("/plan", asked)["size"]
    placed = venue.order(
        "buy",
        size,
        leverage="2",
        stop_price=start["stop_price"],
        plan={"reason": "fade", "max_loss": start["max_loss"], "hours": "8"},
    )
    venue.step(61_000)
    return placed["stop"]


def widened(venue: Venue) -> str:
    """A planned long, its stop moved away and closed by hand a minute later; its debrief."""
    stop = planned_order(venue)
    price = str(int(Decimal(stop["trigger_price"])) - 500)
    reply = venue.http.patch(f"/api/v1/orders/{stop['id']}", json={"trigger_price": price})
    assert reply.is_success, reply.text
    venue.step(61_000)
    venue.post(f"/positions/{SYMBOL}/close", {})
    return venue.get("/debriefs")[0]["id"]


def money(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(",", ""))


def test_it_opens_after_a_close_and_its_parts_add_up(visit, venue):
    """UX-30, UX-34: plan beside what happened; skipped, and opened again from the list."""
    page: Page = visit("trade", guided=True)
    planned(page)
    page.get_by_test_id("submit").click()
    page.get_by_test_id("close").click()
    page.get_by_test_id("close-confirm").click()
    debrief = page.get_by_test_id("debrief")
    expect(debrief).to_be_visible()
    told = venue.get(f"/debriefs/{venue.get('/debriefs')[0]['id']}")
    expect(page.get_by_test_id("debrief-headline")).to_have_text(told["headline"])
    cells = page.get_by_test_id("debrief-parts").locator("tbody td.number")
    expect(cells).to_have_count(len(told["parts"]))
    result = page.get_by_test_id("debrief-result")
    assert sum(map(money, cells.all_text_contents())) == money(result.text_content())
    exact = [Decimal(cell.get_attribute("title")) for cell in cells.all()]
    assert sum(exact) == Decimal(result.get_attribute("title")) == Decimal(told["result"])
    lines = page.get_by_test_id("debrief-lines").locator("tbody tr")
    expect(lines).to_have_count(6)
    stop = told["plan"]["stop_price"]
    cells = lines.nth(1).locator("td")
    expect(cells).to_have_text([f"{int(stop):,}", f"{int(stop):,}", "✓ kept"])
    expect(page.get_by_test_id("debrief-reason")).to_have_text("Trend")
    expect(page.get_by_test_id("debrief-score")).to_have_text("4 of 5")
    everyone_can_use(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.get_by_test_id("debrief-skip").click()
    page.get_by_role("tab", name="Closed").click()
    page.get_by_test_id("to-debrief").first.click()
    expect(page.get_by_test_id("debrief-headline")).to_have_text(told["headline"])
    page.get_by_test_id("debrief-done").click()
    expect(page.get_by_test_id("trade-page")).to_be_visible()
    assert venue.get(f"/debriefs/{told['id']}")["score"] == 5


def test_a_choice_comes_before_the_outcome(visit, venue):
    """UX-31: the chart ends at the moment, nothing after it is told, the choice is kept."""
    key = widened(venue)
    told = venue.get(f"/debriefs/{key}")
    page: Page = visit(f"debrief/{key}")
    first = page.get_by_test_id("moment-1")
    expect(first).to_contain_text(told["moments"][0]["text"])
    expect(page.get_by_test_id("moment-2")).to_have_count(0)
    expect(page.get_by_test_id("moment-after")).to_have_count(0)
    until = page.get_by_test_id("debrief-chart").get_attribute("data-until")
    assert int(until) <= told["moments"][0]["time"]
    first.get_by_test_id("choice-did").click()
    expect(first.get_by_test_id("moment-after")).to_contain_text("You opened it.")
    second = page.get_by_test_id("moment-2")
    second.get_by_test_id("choice-leave").click()
    expect(second.get_by_test_id("moment-after")).to_contain_text("You moved the stop away, from")
    expect(page.get_by_test_id("fact-stop")).to_have_attribute("data-kept", "false")
    expect(page.get_by_test_id("debrief-rule")).to_contain_text("a stop moves closer, never away")
    expect(page.get_by_test_id("debrief-practise")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("moment-2")).to_contain_text("You chose: Change nothing")
    expect(page.get_by_test_id("moment-3").get_by_test_id("choice-did")).to_be_visible()
    everyone_can_use(page)
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.timeout(400)
def test_another_way_is_tried_from_a_moment_and_compared(visit, venue):
    """UX-33: run again by the venue, or by hand in a branch; the original stays as it is."""
    key = widened(venue)
    told = venue.get(f"/debriefs/{key}")
    path = f"/debriefs/{key}/choices"
    for moment in told["moments"]:
        venue.post(path, {"moment": moment["id"], "choice": "did"})
    seq = venue.get("/account")["seq"]
    page: Page = visit(f"debrief/{key}")
    second = page.get_by_test_id("moment-2")
    second.get_by_test_id("again-close").click()
    expect(second.get_by_test_id("again-told").locator("p").first).to_contain_text(
        "USD kept.", timeout=PATIENT_MS
    )
    expect(second.get_by_test_id("again-told")).to_contain_text("close")
    second.get_by_test_id("retry").click()
    expect(page.get_by_test_id("trade-page")).to_be_visible(timeout=PATIENT_MS)
    branch = page.url.split("/w/")[1].split("/")[0]
    there = venue.in_world(branch)
    held = there.position()
    assert held["stop"]["trigger_price"] == told["plan"]["stop_price"]
    assert there.get("/plans")[0]["order_id"] == told["plan"]["order_id"]
    there.post(f"/positions/{SYMBOL}/close", {})
    assert venue.get("/account")["seq"] == seq
    page.goto(f"{venue.origin}/#/debrief/{key}")
    branches = page.get_by_test_id("branches")
    expect(branches.get_by_test_id("branch")).to_have_text([branch], timeout=PATIENT_MS)
    expect(branches.locator("polyline[data-line]")).to_have_count(2, timeout=PATIENT_MS)
