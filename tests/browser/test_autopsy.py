"""Why was I liquidated: every line of the timeline, every cause, and a sum that comes out."""

from __future__ import annotations

import re
from decimal import Decimal

from playwright.sync_api import expect

from tests.browser.desk import Venue, everyone_can_use, until

LINES = (
    "Mark (this one counts)",
    "Last trade",
    "Index",
    "Equity",
    "Required (maintenance margin)",
)


def fall_to_the_end(venue: Venue) -> str:
    """A long, made larger on the way, falls until nothing is left; the liquidation's id."""
    venue.order("buy", "0.3")
    venue.step(60_000)
    venue.order("buy", "0.1", leverage=None)
    while venue.position() is not None:
        venue.step(10_000)
    return until(lambda: venue.get("/liquidations"))[0]["id"]


def amounts(text: str) -> list[Decimal]:
    return [Decimal(found.replace(",", "")) for found in re.findall(r"\$([\d,.]*\d)", text)]


def test_the_autopsy_draws_all_tells_all_and_adds_up(visit, the_fall):
    """UX-32: lines, causes in their order, the trigger's source; parts add up to what went."""
    reference = fall_to_the_end(the_fall)
    told = the_fall.get(f"/explain?liquidation={reference}")
    page = visit(f"liquidation/{reference}", at=the_fall)
    for line in LINES:
        points = page.locator(f'polyline[data-line="{line}"]').get_attribute("points")
        assert len(points.split()) > 2, line
    moments = page.get_by_test_id("timeline-events").locator("td:last-child")
    expect(moments).to_have_text([moment["text"] for moment in told["moments"]])
    story = " ".join(moments.all_text_contents())
    causes = ("You bought 0.3 BTC", "You bought 0.1 BTC", "fell below the required", "at mark")
    places = [story.index(cause) for cause in causes]
    assert places == sorted(places)
    expect(page.get_by_test_id("explanation").locator("p")).to_have_text(told["sentences"])
    said = " ".join(told["sentences"])
    assert re.search(
        r"You were closed on the mark price, [\d,]+\. The last trade was [\d,]+\.", said
    )
    parts = page.get_by_test_id("explanation-numbers").locator("dd").all_text_contents()
    signs = [-1 if part.startswith("-") else 1 for part in parts]
    total = sum(sign * amounts(part)[0] for sign, part in zip(signs, parts, strict=True))
    assert total == amounts(re.search(r"Where (.*?) went", said)[1])[0]
    everyone_can_use(page)
    [put_in] = [sentence for sentence in told["sentences"] if "you put in" in sentence]
    start, *back = amounts(put_in)
    assert start - (back[0] if back else 0) == total
    page.get_by_test_id("dispute").click()
    expect(page.get_by_test_id("ticket-liquidation")).to_have_value(reference)
    page.get_by_role("textbox").fill("The mark was wrong.")
    page.get_by_test_id("ticket-send").click()
    expect(page.get_by_test_id("ticket-autopsy").locator("p")).to_have_text(told["sentences"])
    expect(page.get_by_test_id("ticket-events")).to_contain_text(f"liquidation {reference}")
