"""A stranger's first minutes, the crash of March 2020 told, and starting again after it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Venue


def test_a_stranger_sees_one_sentence_and_three_choices(visit):
    """UX-07: and the choice is remembered, and reachable again from the header."""
    page = visit("", again=False)
    welcome = page.get_by_test_id("welcome")
    expect(welcome.locator("h1")).to_contain_text("practice money")
    expect(welcome.locator("button:not([data-term])")).to_have_text(
        ["Show me (3 minutes)", "I know perps: open the market", "Connect a bot"]
    )
    expect(welcome.locator(".primary")).to_have_count(1)
    page.get_by_test_id("choose-market").click()
    expect(page.get_by_test_id("trade-page")).to_be_visible()
    page.goto(page.url.split("#")[0])
    expect(page.get_by_test_id("trade-page")).to_be_visible()
    page.get_by_test_id("to-welcome").click()
    expect(welcome).to_be_visible()


def test_back_and_skip_always_work(visit):
    """UX-07."""
    page = visit("show-me")
    page.get_by_test_id("back").click()
    expect(page.get_by_test_id("welcome")).to_be_visible()
    page.get_by_test_id("choose-show-me").click()
    expect(page.locator(".primary")).to_have_count(1)
    page.get_by_test_id("skip").click()
    expect(page.get_by_test_id("trade-page")).to_be_visible()


@pytest.mark.timeout(300)
def test_show_me_runs_to_the_liquidation_and_says_why(visit, venue):
    """UX-07, UX-32: a small long in March 2020, read, run, liquidated, explained."""
    page: Page = visit("show-me")
    page.get_by_test_id("show-next").click()
    expect(page.locator("h1")).to_have_text("Before you open it", timeout=60_000)
    expect(page.locator(".primary")).to_have_count(1)
    expect(page.get_by_test_id("show-me")).to_contain_text("You would hold a contract")
    page.get_by_test_id("show-next").click()
    expect(page.locator("h1")).to_have_text("What you hold now", timeout=20_000)
    expect(page.locator(".primary")).to_have_count(1)
    expect(page.get_by_test_id("show-me")).to_contain_text("You hold a contract")
    page.get_by_test_id("show-next").click()
    expect(page.locator("h1")).to_have_text("The clock runs", timeout=20_000)
    expect(page.locator(".primary")).to_have_text("Pause the clock")
    page.get_by_test_id("show-clock").click()
    expect(page.get_by_test_id("show-clock")).to_have_text("Resume the clock")
    expect(page.get_by_test_id("back")).to_be_enabled()
    expect(page.get_by_test_id("skip")).to_be_visible()
    page.get_by_test_id("show-clock").click()
    expect(page.locator("h1")).to_have_text("Why it ended", timeout=200_000)
    expect(page.locator(".primary")).to_have_count(1)
    world = venue.in_world(re.search(r"/w/([^/]+)/", page.url)[1])
    row = world.get("/liquidations")[0]
    told = world.get(f"/explain?liquidation={row['id']}")
    expect(page.get_by_test_id("explanation").locator("p")).to_have_text(told["sentences"])
    page.get_by_role("link", name="See the timeline").click()
    expect(page.get_by_test_id("explanation-numbers").locator("dd")).to_have_text(
        [figure["value"] for figure in told["numbers"]]
    )
    expect(page.get_by_test_id("timeline").locator("svg").first).to_be_visible()
    expect(page.get_by_test_id("timeline")).to_contain_text("required $")
    for line in ("Mark (this one counts)", "Equity", "Required (maintenance margin)"):
        drawn = page.locator(f'polyline[data-line="{line}"]').get_attribute("points")
        assert len(drawn.split()) > 2
    told_in_order = [moment["text"] for moment in told["moments"]]
    expect(page.get_by_test_id("timeline-events").locator("td:last-child")).to_have_text(
        told_in_order
    )
    assert any("of funding" in text for text in told_in_order)
    assert any("fell below the required" in text for text in told_in_order)
    expect(page.get_by_test_id("realism")).to_be_visible()
    assert "!" not in page.get_by_test_id("autopsy").inner_text()


def spend_everything(venue: Venue) -> None:
    """Buy without leverage until not even the smallest order can be paid."""
    leverage = "1"
    while not (account := venue.get("/account"))["can_start_fresh"]:
        mark = float(venue.get("/markets")[0]["mark"])
        size = max(float(account["free"]) * 0.99 / mark, 0.0001)
        venue.order("buy", f"{size:.4f}", leverage=leverage)
        leverage = None


def test_with_nothing_left_there_is_a_fresh_start(visit, crash):
    """UX-09: one button; what happened stays; the restart is counted."""
    page = visit("trade", at=crash)
    expect(page.get_by_test_id("fresh-start-button")).to_have_count(0)
    for count in (1, 2):
        spend_everything(crash)
        before = float(crash.get("/account")["free"])
        fills = crash.get("/fills?limit=2000")
        page.get_by_test_id("fresh-start-button").click()
        expect(page.get_by_test_id("fresh-start-button")).to_have_count(0)
        expect(page.get_by_test_id("fresh-starts")).to_have_text(f"Fresh starts so far: {count}")
        account = crash.get("/account")
        assert account["fresh_starts"] == count
        assert 9_999 < float(account["free"]) - before <= 10_000
        assert crash.get("/fills?limit=2000") == fills
    page.reload()
    expect(page.get_by_test_id("fresh-starts")).to_have_text("Fresh starts so far: 2")
