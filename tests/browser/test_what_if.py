"""What if: price, time and funding are moved, and the venue says what comes of it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.desk import everyone_can_use


def test_sliders_show_what_would_become_of_a_position(visit, venue):
    """UX-14: the text and the curve are the venue's; keys move by one and by ten; nothing moves."""
    venue.order("buy", "0.1")
    held = venue.get("/account")
    page = visit("trade")
    page.get_by_test_id("what-if").locator("summary").click()
    text = page.get_by_test_id("what-if-text")
    expect(text).to_have_text(venue.get("/positions/PF_XBTUSD/what-if")["text"])
    mark, hours = page.get_by_test_id("what-if-mark"), page.get_by_test_id("what-if-hours")
    mark.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("what-if-mark-number")).to_have_value("-1")
    page.keyboard.press("PageUp")
    expect(mark).to_have_value("9")
    hours.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    asked = venue.get("/positions/PF_XBTUSD/what-if?mark_percent=9&hours=11&funding=1")
    expect(text).to_have_text(asked["text"])
    higher = r"the mark price rises 9% to [\d,]+ in 11 h, closing leaves you"
    assert re.search(higher, asked["text"])
    expect(page.get_by_test_id("what-if-shut")).not_to_have_count(0)
    page.get_by_test_id("what-if-mark-number").fill("-30")
    expect(text).to_contain_text("The venue closes this for you (liquidation) on the way")
    page.get_by_test_id("what-if-mark-number").fill("-300")
    expect(text).to_have_text("This is from -90 to 200.")
    page.get_by_test_id("what-if-mark-number").fill("0")
    page.get_by_test_id("what-if-funding").press("PageDown")
    turned = venue.get("/positions/PF_XBTUSD/what-if?mark_percent=0&hours=11&funding=-9")
    expect(text).to_have_text(turned["text"])
    now = venue.get("/account")
    assert (now["equity"], now["positions"], now["seq"]) == (
        held["equity"],
        held["positions"],
        held["seq"],
    )
    everyone_can_use(page)
