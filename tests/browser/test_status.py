"""Maintenance on the screen: an operator plans it, a trader meets it, the status page says so."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from longshore.explain.sentences import say
from tests.browser.desk import Venue, everyone_can_use, until

REASON = "A new matching engine"
MINUTE_MS = 61_000
"""And the second in which a world whose clock is held takes its next command."""


def plan(page: Page, **minutes: int) -> None:
    """On the operator's console, with a reason for the log."""
    for name, value in minutes.items():
        page.get_by_test_id(f"maintenance-{name.strip('_')}").fill(str(value))
    page.get_by_test_id("maintenance-reason").fill(REASON)
    page.get_by_test_id("maintenance-plan").click()
    expect(page.get_by_test_id("act-effects")).to_contain_text(say("downtime-ends"))
    page.get_by_test_id("act-why").fill("planned long ago")
    page.get_by_test_id("act-confirm").click()
    expect(page.get_by_test_id("planned")).to_contain_text(REASON)


def order(page: Page) -> None:
    page.get_by_test_id("size").fill("0.01")
    page.get_by_test_id("submit").click()


def test_maintenance_is_planned_met_and_over(visit, venue: Venue):
    page = visit("operator")
    plan(page, in_=2, down=1, closing=1, opening=1)
    page.goto(f"{venue.origin}/#/trade")
    line = page.get_by_test_id("maintenance")
    expect(line).to_contain_text("the venue stops taking new orders in")
    venue.step(MINUTE_MS)
    expect(line).to_contain_text("orders can only be cancelled now")
    venue.step(MINUTE_MS)
    expect(line).to_contain_text("The venue is down for maintenance until")
    reply = venue.http.post(
        "/api/v1/orders",
        json={"symbol": "PF_XBTUSD", "side": "buy", "type": "market", "size": "0.01"},
    )
    assert reply.json()["code"] == "VENUE_IN_MAINTENANCE"
    page.get_by_test_id("size").fill("0.01")
    expect(page.get_by_text(say("reject-venue-in-maintenance"))).to_be_visible()
    expect(page.get_by_test_id("submit")).to_be_disabled()
    line.get_by_role("link").click()
    whole = page.get_by_test_id("status-whole")
    expect(whole).to_have_attribute("data-state", "down")
    expect(page.get_by_test_id("status-planned")).to_contain_text(REASON)
    everyone_can_use(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    venue.step(2 * MINUTE_MS)
    expect(whole).to_have_attribute("data-state", "up")
    told = page.get_by_test_id("incident").first
    expect(told).to_contain_text(REASON)
    expect(told).to_contain_text("3 min")
    page.goto(f"{venue.origin}/#/trade")
    expect(line).to_have_count(0)
    order(page)
    assert until(venue.position)


def test_the_status_page_by_keyboard_and_what_an_operator_tells(visit, venue: Venue):
    page = visit("operator")
    text = "Everything is <b>well</b>."
    page.get_by_test_id("notice-text").fill(text)
    page.get_by_test_id("notice-send").click()
    page.get_by_test_id("act-why").fill("so that everybody knows")
    page.get_by_test_id("act-confirm").click()
    expect(page.get_by_test_id("operator-said")).to_contain_text(text)
    page.get_by_test_id("console-maintenance").get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("status-notices")).to_contain_text(text)
    expect(page.get_by_test_id("status-whole")).to_have_attribute("data-state", "up")
