"""Everyone can use it: axe on every route, every width without sideways scrolling."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import SYMBOL, everyone_can_use
from tests.browser.people import PAGES_OF_PEOPLE

ROUTER = Path(__file__).parents[2] / "ui/src/router.svelte.ts"
ARGUMENTS = {
    "contract": SYMBOL,
    "lesson": "funding",
    "liquidation": "none",
    "say-back": SYMBOL,
    "start": "no-such-lesson",
}
"""What stands behind a route's name; a debrief's is made by the test, the others need nothing."""
SEEN = {
    "trade": "buffer-meter",
    "say-back": "blank-holds",
    "lesson": "lesson-goal",
    "debrief": "debrief-headline",
    "operator": "check-conservation",
}
"""What has to have come before a page is looked at."""


def pages() -> list[str]:
    """Every route of the screen; those that only people have are looked at with people."""
    listed = re.search(r"const PAGES = \[(.*?)\]", ROUTER.read_text(), re.DOTALL)
    assert listed is not None
    return [each for each in re.findall(r'"([a-z-]+)"', listed[1]) if each not in PAGES_OF_PEOPLE]


def debrief_of(venue) -> str:
    """A position opened and closed: its debrief."""
    venue.order("buy", "0.1")
    venue.post(f"/positions/{SYMBOL}/close", {})
    return venue.get("/debriefs")[0]["id"]


@pytest.mark.parametrize("route", pages())
def test_axe_finds_nothing(visit, venue, route):
    """UX-60: on every route, dark and light, on a desk and a phone."""
    argument = debrief_of(venue) if route == "debrief" else ARGUMENTS.get(route, "")
    if route in ("trade", "say-back"):
        venue.order("buy", "0.1")
    page = visit(f"{route}/{argument}")
    expect(page.locator("main h1, main h2").first).to_be_attached()
    if route in SEEN:
        expect(page.get_by_test_id(SEEN[route]).first).to_be_attached()
    everyone_can_use(page)


def test_nothing_scrolls_sideways(visit, venue):
    """UX-67: from the smallest phone to a wide desk."""
    venue.order("buy", "0.1")
    page = visit("trade")
    expect(page.get_by_test_id("buffer-meter")).to_be_attached()
    for width in (320, 360, 390, 768, 1024, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_a_phone_closes_in_two_taps_from_its_strip(visit, venue):
    """UX-20, UX-67: the strip stays in view; the sentence is above the numbers."""
    venue.order("buy", "0.1")
    page = visit("trade")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.get_by_test_id("position-strip")).to_be_in_viewport()
    page.get_by_test_id("view-trade").click()
    expect(page.get_by_test_id("ticket-sentence")).to_be_in_viewport(ratio=1)
    page.get_by_test_id("view-position").click()
    page.get_by_test_id("close").click()
    page.get_by_test_id("close-confirm").click()
    expect(page.get_by_test_id("position-strip")).to_have_count(0)
    assert venue.position() is None


@pytest.mark.alone
def test_the_market_is_painted_at_most_ten_times_a_second(visit, venue):
    """UX-66: however fast the venue sends."""
    page = visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    venue.post("/clock", {"action": "speed", "speed": "20"})
    venue.post("/clock", {"action": "resume"})
    paints = page.evaluate(
        """() => new Promise(done => {
          let paints = 0;
          const book = document.querySelector('[data-testid=book]');
          const watch = new MutationObserver(() => (paints += 1));
          const all = {subtree: true, childList: true, characterData: true, attributes: true};
          watch.observe(book, all);
          setTimeout(() => done(paints), 3000);
        })"""
    )
    venue.post("/clock", {"action": "pause"})
    assert 1 <= paints <= 31
