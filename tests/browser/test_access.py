"""Everyone can use it: axe on every route, every width without sideways scrolling."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import everyone_can_use

ROUTES = ("trade", "welcome", "show-me", "bots", "worlds", "liquidation/none", "states")


@pytest.mark.parametrize("route", ROUTES)
def test_axe_finds_nothing(visit, venue, route):
    """UX-60: on the routes of this slice, dark and light, on a desk and a phone."""
    if route == "trade":
        venue.order("buy", "0.1")
    page = visit(route)
    if route == "trade":
        expect(page.get_by_test_id("buffer-meter")).to_be_attached()
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
