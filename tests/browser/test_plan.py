"""Guided practice: a plan comes before an order that opens risk, and gives it its size."""

from __future__ import annotations

from decimal import Decimal

from playwright.sync_api import Page, expect

from tests.browser.desk import SYMBOL, everyone_can_use, until


def planned(page: Page, reason: str = "trend") -> None:
    """A plan with the values to start from."""
    page.get_by_test_id(f"reason-{reason}").check(force=True)
    page.get_by_test_id("plan-fill").click()
    expect(page.get_by_test_id("submit")).to_be_enabled()


def test_nothing_is_opened_before_why_where_how_much_and_when_are_said(visit, venue):
    """UX-10: three actions with the values to start from; the plan is kept with the order."""
    known = {plan["order_id"] for plan in venue.get("/plans")}
    page = visit("trade", guided=True)
    submit = page.get_by_test_id("submit")
    missing = page.get_by_test_id("plan-missing")
    expect(missing).to_have_text(
        "Still to say: why, where you are wrong, the most you accept to lose, an exit."
    )
    expect(submit).to_be_disabled()
    planned(page)
    expect(missing).to_have_count(0)
    for name in ("target", "plan-loss", "stop"):
        field = page.get_by_test_id(name)
        kept = field.input_value()
        field.fill("")
        expect(submit).to_be_disabled()
        field.fill(kept)
        expect(submit).to_be_enabled()
    stop = page.get_by_test_id("stop").input_value()
    submit.click()
    held = until(venue.position)
    assert held["stop"]["trigger_price"] == stop
    [plan] = until(lambda: [p for p in venue.get("/plans") if p["order_id"] not in known])
    assert (plan["reason"], plan["size"]) == ("trend", held["size"])
    assert plan["stop_price"] == stop
    page.locator(".sell").click()
    expect(page.get_by_test_id("plan")).to_have_count(0)
    page.get_by_test_id("size").fill(held["size"])
    expect(submit).to_have_text(f"Close long: sell {held['size']} BTC")
    expect(submit).to_be_enabled()


def test_the_size_is_what_may_be_lost_and_the_venue_says_it(visit, venue):
    """UX-15: another limit, another size; the sentence and the order are the venue's."""
    page = visit("trade", guided=True)
    planned(page)
    asked = {
        "symbol": SYMBOL,
        "side": "buy",
        "stop_price": page.get_by_test_id("stop").input_value(),
        "target_price": page.get_by_test_id("target").input_value(),
        "max_loss": page.get_by_test_id("plan-loss").input_value(),
    }
    full = venue.post("/plan", asked)
    told = page.get_by_test_id("plan-told")
    expect(told).to_contain_text(full["sentences"][0])
    expect(page.get_by_test_id("after-size")).to_contain_text(f"{full['size']} BTC")
    page.get_by_test_id("plan-loss").fill("20")
    less = venue.post("/plan", asked | {"max_loss": "20"})
    expect(told).to_contain_text(less["sentences"][0])
    expect(page.get_by_test_id("after-size")).to_contain_text(f"{less['size']} BTC")
    assert Decimal(less["size"]) < Decimal(full["size"]) / 4
    page.get_by_test_id("plan-loss").fill("0.001")
    expect(told).to_contain_text("Even the smallest size")
    expect(page.get_by_test_id("submit")).to_be_disabled()


def test_a_stop_past_liquidation_is_refused_with_both_prices(visit, venue):
    """UX-10: T16, in the venue's words."""
    page = visit("trade", guided=True)
    planned(page)
    page.get_by_test_id("leverage-number").fill("20")
    stop = str(int(Decimal(page.get_by_test_id("stop").input_value()) * 8 / 10))
    page.get_by_test_id("stop").fill(stop)
    expect(page.get_by_test_id("ticket-reason")).to_contain_text("would come after liquidation at")
    expect(page.get_by_test_id("submit")).to_be_disabled()
    page.get_by_test_id("guided").click()
    expect(page.get_by_test_id("plan")).to_have_count(0)
    expect(page.get_by_test_id("size")).to_be_visible()


def test_everyone_can_plan(visit, venue):
    """UX-60: axe, and no sideways scroll on the smallest phone."""
    page = visit("trade", guided=True)
    planned(page)
    everyone_can_use(page)
    page.set_viewport_size({"width": 320, "height": 740})
    page.get_by_test_id("view-trade").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
