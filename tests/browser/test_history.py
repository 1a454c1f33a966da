"""What has happened: linked orders, who closed, files and the statement."""

from __future__ import annotations

import csv
import io

import pytest
from playwright.sync_api import Page, expect

from longshore.custody.reserves import check, read_proof
from tests.browser.desk import Venue


def bracketed(venue: Venue, stop: int, target: int) -> None:
    """A long with a stop and a target so many dollars below and above the mark."""
    mark = float(venue.get("/markets")[0]["mark"])
    near = {"stop_price": f"{mark - stop:.0f}", "target_price": f"{mark + target:.0f}"}
    venue.order("buy", "0.05", **near)
    assert len(venue.get("/orders")["open"]) == 2


def until_flat(venue: Venue) -> None:
    while venue.position():
        assert venue.post("/clock/run", {"until": "fill"})["met"]


def newest_pill(page: Page) -> str:
    page.get_by_test_id("tab-closes").click()
    pill = page.get_by_test_id("history-closes").locator("tbody tr .pill").first
    expect(pill).to_be_visible()
    return pill.text_content()


@pytest.mark.parametrize(("stop", "target", "cause"), [(5, 9000, "Stop"), (9000, 5, "Target")])
def test_what_fires_ends_the_other_and_is_named(visit, venue, stop, target, cause):
    """UX-21, UX-25: stop and target are one pair; who closed is on the row."""
    bracketed(venue, stop, target)
    page = visit("trade")
    page.get_by_test_id("tab-orders").click()
    expect(page.get_by_test_id("open-order")).to_have_count(2)
    towards = {"symbol": "PF_XBTUSD", "percent": "0.1" if cause == "Target" else "-0.1"}
    while venue.position():  # left alone, a market may take hours to come to either
        venue.post("/operator/index", towards)
        venue.post("/clock/run", {"until": "fill", "limit_ms": 5_000})
    expect(page.get_by_test_id("open-order")).to_have_count(0)
    other = "take_profit" if cause == "Stop" else "stop"
    [ended] = [o for o in venue.get("/orders")["history"][:3] if o["type"] == other]
    assert (ended["status"], ended["reason"]) == ("ended", "LINKED")
    assert newest_pill(page) == cause


def test_closing_by_hand_leaves_no_order_behind(visit, venue, page):
    """UX-21, UX-25: neither of the pair may open a position again."""
    bracketed(venue, 3000, 3000)
    visit("trade")
    page.get_by_test_id("close").click()
    page.get_by_test_id("close-confirm").click()
    expect(page.get_by_test_id("position")).to_have_count(0)
    assert venue.get("/orders")["open"] == []
    assert newest_pill(page) == "You"
    with page.expect_download() as kept:
        page.get_by_test_id("export-csv").click()
    rows = list(csv.DictReader(io.StringIO(kept.value.path().read_text())))
    assert [row["id"] for row in rows] == [r["id"] for r in venue.get("/closes?limit=2000")][::-1]
    with page.context.expect_page() as opened:
        page.get_by_test_id("statement").click()
    expect(opened.value.locator("h1")).to_have_text("Statement of learner")
    expect(opened.value.get_by_text("practice money").first).to_be_visible()
    with page.expect_download() as kept:
        page.get_by_test_id("tax-lots").click()
    assert kept.value.path().read_text().startswith("id,symbol,side,acquired,")
    with page.expect_download() as kept:
        page.get_by_test_id("reserves").click()
    check(read_proof(kept.value.path().read_bytes()))


def test_a_liquidation_is_named_on_the_row(visit, the_fall):
    """UX-25."""
    the_fall.order("buy", "0.5")
    until_flat(the_fall)
    page = visit("trade", at=the_fall)
    assert newest_pill(page) == "Liquidation"
    assert {row["cause"] for row in the_fall.get("/closes")} == {"liquidation"}
