"""The same money three ways on one page: curves, and a table of six rows, by keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.desk import Venue, everyone_can_use

PATIENT_MS = 60_000
ROWS = 6


def test_coins_go_on_where_the_perpetual_has_ended(page: Page, visit, venue: Venue):
    """UX-22: the same 500 dollars through the same prices, and what differs in six rows."""
    visit("three-ways")
    told = page.get_by_test_id("ways-told-perpetual")
    expect(told).to_contain_text("closed for you (liquidation)", timeout=PATIENT_MS)
    expect(page.get_by_test_id("ways-told-spot")).to_contain_text("still there")
    rows = page.get_by_test_id("ways-table").locator("tbody tr")
    expect(rows).to_have_count(ROWS)
    for cell in rows.locator("td").all_inner_texts():
        assert cell.strip()
    shown = venue.get("/ways?leverage=10")
    ends = {way["kind"]: way["points"][-1]["time"] for way in shown["ways"]}
    assert ends["perpetual"] < ends["spot"]
    lines = page.locator("polyline[data-line]")
    expect(lines).to_have_count(len(shown["ways"]))
    widths = lines.evaluate_all("lines => lines.map(line => line.getBBox().width)")
    assert widths[2] < widths[0] / 4
    everyone_can_use(page)


def test_another_leverage_is_run_by_keyboard_and_refused_in_words(page: Page, visit):
    """UX-22"""
    visit("three-ways")
    field = page.get_by_test_id("ways-leverage")
    expect(page.get_by_test_id("ways-run")).to_be_enabled(timeout=PATIENT_MS)
    field.fill("1")
    field.press("Enter")
    told = page.get_by_test_id("ways-told-perpetual")
    expect(told).to_contain_text("still there", timeout=PATIENT_MS)
    field.fill("1000")
    field.press("Enter")
    problem = page.get_by_test_id("ways-problem")
    expect(problem).to_contain_text("from 1 to 50", timeout=PATIENT_MS)
