"""Guided practice at the screen: what it asks, what it leaves alone, what it remembers."""

from __future__ import annotations

import json
from decimal import Decimal

from playwright.sync_api import Page, expect

from tests.browser.desk import SYMBOL, Venue, everyone_can_use, until
from tests.browser.test_plan import planned
from tests.browser.test_position import fallen

DESK = {"width": 1366, "height": 768}


def opened(page: Page, venue: Venue) -> Decimal:
    """A planned long, opened at the page; where its stop is."""
    planned(page)
    page.get_by_test_id("submit").click()
    held = until(venue.position)
    return Decimal(held["stop"]["trigger_price"])


def test_a_stop_moved_away_asks_why_and_shows_what_more_is_at_risk(visit, venue):
    """UX-52: in the dialog and on the chart; closer asks nothing."""
    page: Page = visit("trade", guided=True)
    stop = opened(page, venue)
    order = venue.position()["stop"]["id"]
    page.get_by_test_id("protect").click()
    dialog = page.get_by_test_id("protect-dialog")
    field, confirm = dialog.get_by_test_id("protect-stop"), dialog.get_by_test_id("protect-confirm")
    more = dialog.get_by_test_id("stop-more")
    field.fill(str(stop + 20))
    expect(confirm).to_be_enabled()
    expect(more).to_have_count(0)
    field.fill(str(stop - 300))
    told = venue.get(f"/orders/{order}/move?trigger_price={stop - 300}")
    expect(more).to_have_text(told["text"])
    assert Decimal(told["more"]) > 0
    expect(confirm).to_be_disabled()
    everyone_can_use(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(DESK)
    dialog.get_by_test_id("stop-why-news").focus()
    page.keyboard.press("Space")
    expect(confirm).to_be_enabled()
    field.press("Enter")
    expect(dialog).to_have_count(0)
    assert until(lambda: Decimal(venue.position()["stop"]["trigger_price"]) == stop - 300)


def test_on_the_chart_it_asks_too(visit, venue):
    """UX-52: dragging and arrow keys come to the same question; closer asks nothing."""
    stop = _below(venue, 200)
    venue.order("buy", "0.1", stop_price=stop)
    page: Page = visit("trade", guided=True)
    handle, bar = page.get_by_test_id("handle-stop"), page.get_by_test_id("move-bar")
    handle.press("ArrowDown")
    expect(bar.get_by_test_id("stop-more")).to_contain_text("more of your practice money")
    expect(bar.get_by_test_id("move-confirm")).to_be_disabled()
    handle.press("ArrowUp")
    handle.press("ArrowUp")
    expect(bar.get_by_test_id("stop-more")).to_have_count(0)
    bar.get_by_test_id("move-confirm").click()
    expect(bar).to_have_count(0)
    assert venue.position()["stop"]["trigger_price"] == str(int(stop) + 1)
    handle.press("PageDown")
    bar.get_by_test_id("stop-why-level").check(force=True)
    bar.get_by_test_id("move-confirm").click()
    expect(bar).to_have_count(0)
    assert venue.position()["stop"]["trigger_price"] == str(int(stop) - 9)


def test_the_debrief_lists_every_move_of_the_stop(visit, venue):
    """UX-52: why, what more was at risk, and, once all was chosen, what came of it."""
    page: Page = visit("trade", guided=True)
    stop = opened(page, venue)
    venue.step(61_000)
    page.get_by_test_id("protect").click()
    page.get_by_test_id("protect-stop").fill(str(stop - 400))
    page.get_by_test_id("stop-why-room").check(force=True)
    page.get_by_test_id("protect-confirm").click()
    expect(page.get_by_test_id("protect-dialog")).to_have_count(0)
    venue.step(61_000)
    page.get_by_test_id("close").click()
    page.get_by_test_id("close-confirm").click()
    moves = page.get_by_test_id("debrief-moves").locator("tbody tr")
    expect(moves).to_have_count(1)
    expect(moves).to_contain_text("It needs more room")
    expect(moves).to_contain_text("Told after the choices above")
    [move] = venue.get(f"/debriefs/{venue.get('/debriefs')[0]['id']}")["moves"]
    expect(moves.locator("td.number")).to_have_text(move["more"])
    expect(page.get_by_test_id("debrief-guided")).to_have_text(
        "Guided practice was on when this was opened."
    )
    for place in range(1, 4):
        page.get_by_test_id(f"moment-{place}").get_by_test_id("choice-did").click()
    expect(moves).not_to_contain_text("Told after the choices above")
    assert f"{int(stop):,}" in moves.locator("td").last.text_content()
    everyone_can_use(page)


def test_without_guided_nothing_is_asked(visit, venue):
    """UX-52: one setting for all of it; the debrief says that it was off."""
    venue.order("buy", "0.1", stop_price=_below(venue, 500))
    page: Page = visit("trade", form="pro")
    stop = Decimal(venue.position()["stop"]["trigger_price"])
    page.get_by_test_id("protect").click()
    page.get_by_test_id("protect-stop").fill(str(stop - 100))
    page.get_by_test_id("protect-confirm").click()
    expect(page.get_by_test_id("protect-dialog")).to_have_count(0)
    assert Decimal(venue.position()["stop"]["trigger_price"]) == stop - 100
    venue.post(f"/positions/{SYMBOL}/close", {})
    told = venue.get(f"/debriefs/{venue.get('/debriefs')[0]['id']}")
    assert not told["guided"]
    assert "was off" in told["guided_text"]


def _below(venue: Venue, by: int) -> str:
    """A price so far below the best bid."""
    return str(int(Decimal(venue.get(f"/markets/{SYMBOL}/book")["bids"][0][0])) - by)


def test_near_liquidation_there_are_four_choices_and_none_is_preset(visit, the_fall):
    """UX-55: at each level once, each choice with its buffer; what was chosen is on record."""
    page: Page = visit("trade", at=the_fall, guided=True)
    expect(page.get_by_test_id("guided")).to_have_attribute("aria-pressed", "true")
    the_fall.order("buy", "0.5")
    dialog = page.get_by_test_id("near-dialog")
    fallen(the_fall, Decimal(50))
    expect(dialog).to_be_visible()
    told = the_fall.get(f"/positions/{SYMBOL}/near")
    expect(dialog.get_by_test_id("near-text")).to_have_text(told["text"])
    for option in told["options"]:
        button = dialog.get_by_test_id(f"near-{option['choice']}")
        expect(button.locator("strong")).to_have_text(option["label"])
        expect(button.locator("span")).to_have_text(option["after"])
    assert page.evaluate("document.activeElement.tagName") == "DIALOG"
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(dialog).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    everyone_can_use(page)
    dialog.get_by_test_id("near-keep").focus()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    fallen(the_fall, Decimal(25))
    expect(dialog.get_by_test_id("near-text")).to_contain_text("a quarter")
    size = Decimal(the_fall.position()["size"])
    dialog.get_by_test_id("near-reduce").click()
    expect(dialog).to_have_count(0)
    assert Decimal(the_fall.position()["size"]) == size / 2
    the_fall.post(f"/positions/{SYMBOL}/close", {})
    expect(page.get_by_test_id("debrief-near").locator("li")).to_have_count(2)


def lose(venue: Venue, times: int) -> None:
    """Positions opened and closed at once: each ends with a loss of its costs."""
    for _ in range(times):
        venue.order("buy", "0.01", leverage="2")
        venue.post(f"/positions/{SYMBOL}/close", {})


def test_after_losses_the_ticket_counts_down_and_closing_is_possible(visit, the_fall):
    """UX-50: world time counts; the end can be asked for, and comes after a delay."""
    page: Page = visit("trade", at=the_fall, guided=True)
    planned(page)
    lose(the_fall, 3)
    page.get_by_test_id("debrief-skip").click()
    pause = page.get_by_test_id("pause-line")
    expect(pause).to_contain_text("New risk waits 15 min; closing and reducing always work.")
    planned_again(page)
    expect(page.get_by_test_id("ticket-reason")).to_contain_text("New risk waits 15 min more")
    expect(page.get_by_test_id("submit")).to_be_disabled()
    everyone_can_use(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(DESK)
    page.get_by_test_id("guided").click()
    expect(page.get_by_test_id("guided-problem")).to_contain_text("can be switched off after it")
    expect(page.get_by_test_id("guided")).to_have_attribute("aria-pressed", "true")
    the_fall.order("buy", "0.02", leverage="2")
    page.get_by_test_id("close").click()
    page.get_by_test_id("close-confirm").click()
    page.get_by_test_id("debrief-skip").click()
    assert until(lambda: the_fall.position() is None)
    the_fall.step(5 * 60_000)
    expect(pause).to_contain_text("waits 10 min")
    page.get_by_test_id("pause-override").focus()
    page.keyboard.press("Enter")
    expect(pause).to_contain_text("ends in 1 min, as you asked")
    expect(page.get_by_test_id("pause-override")).to_have_count(0)
    the_fall.step(61_000)
    expect(pause).to_have_count(0)
    planned_again(page)
    expect(page.get_by_test_id("submit")).to_be_enabled()


def planned_again(page: Page) -> None:
    """A plan, whether or not it may be sent."""
    page.get_by_test_id("reason-trend").check(force=True)
    page.get_by_test_id("plan-fill").click()


def test_limits_are_set_before_and_hold(visit, the_fall):
    """UX-53: by keyboard; what they hold up is said by the ticket, and when they may be set."""
    page: Page = visit("trade", at=the_fall, guided=True)
    page.get_by_role("tab", name="Session").click()
    expect(page.get_by_test_id("session-told")).to_contain_text("No limits are set.")
    for name, value in (("loss", "20"), ("trades", "1"), ("leverage", "1.5")):
        page.get_by_test_id(f"limit-{name}").fill(value)
    page.keyboard.press("Enter")
    told = page.get_by_test_id("session-told").locator("li")
    expect(told).to_have_text(the_fall.get("/guardrails")["text"])
    expect(told.first).to_have_text("Lost so far: $0.00 of $20.00 in practice money.")
    expect(page.get_by_test_id("limits-set")).to_be_disabled()
    expect(page.get_by_test_id("limits-fixed")).to_contain_text("in 10 min")
    everyone_can_use(page)
    page.set_viewport_size(DESK)
    planned_again(page)
    reason = page.get_by_test_id("ticket-reason")
    expect(reason).to_contain_text("Above the 1.5x that you set")
    expect(page.get_by_test_id("submit")).to_be_disabled()
    page.get_by_test_id("leverage").fill("1")
    expect(reason).to_contain_text("more than the $20.00 that this session may still lose")
    page.get_by_test_id("plan-loss").fill("15")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    lose(the_fall, 1)
    page.get_by_test_id("debrief-skip").click()
    planned_again(page)
    page.get_by_test_id("leverage").fill("1")
    page.get_by_test_id("plan-loss").fill("15")
    expect(reason).to_contain_text("1 trades are opened")


def test_somebodys_trade_opens_as_a_plan_without_reason_and_limit(visit, venue):
    """UX-54: from a text and from a link; it is not sent before both were said."""
    start = venue.get(f"/plan?symbol={SYMBOL}&side=sell")
    trade = {"symbol": SYMBOL, "side": "sell", "stop_price": start["stop_price"], "hours": "4"}
    page: Page = visit("trade", guided=True)
    page.get_by_test_id("reason-trend").check(force=True)
    page.get_by_test_id("plan-loss").fill("50")
    page.get_by_test_id("copy-open").focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("copy-text").fill("nonsense")
    page.get_by_test_id("copy-trade").click()
    expect(page.get_by_test_id("copy-problem")).to_have_text("No trade can be read from this here.")
    page.get_by_test_id("copy-text").fill(json.dumps(trade))
    page.get_by_test_id("copy-trade").click()
    expect(page.get_by_test_id("copied")).to_contain_text("are yours to say")
    expect(page.get_by_test_id("stop")).to_have_value(start["stop_price"])
    expect(page.get_by_test_id("plan-hours")).to_have_value("4")
    expect(page.get_by_test_id("plan-loss")).to_have_value("")
    missing, submit = page.get_by_test_id("plan-missing"), page.get_by_test_id("submit")
    expect(missing).to_have_text("Still to say: why, the most you accept to lose.")
    expect(submit).to_be_disabled()
    everyone_can_use(page)
    page.set_viewport_size(DESK)
    page.get_by_test_id("plan-fill").click()
    expect(page.get_by_test_id("target")).not_to_have_value("")
    expect(page.get_by_test_id("plan-loss")).to_have_value("")
    page.get_by_test_id("reason-copied").check(force=True)
    expect(submit).to_be_disabled()
    page.get_by_test_id("plan-loss").fill("40")
    expect(submit).to_be_enabled()
    submit.click()
    held = until(venue.position)
    assert held["side"] == "short"
    page.get_by_test_id("close").click()
    page.get_by_test_id("close-confirm").click()
    page.get_by_test_id("trade-text-open").click()
    link = page.get_by_test_id("trade-link").input_value()
    page.goto(link)
    expect(page.get_by_test_id("copied")).to_contain_text("are yours to say")
    expect(page.get_by_test_id("stop")).to_have_value(start["stop_price"])
    expect(submit).to_be_disabled()
    assert page.url.endswith("#/trade")
