"""Commands and keys: everything by keyboard, nothing sent by one key, one voice on request."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

FOCUS = """() => {
  const on = document.activeElement, style = getComputedStyle(on);
  const box = on.closest('label') ?? on;
  return {
    text: on.textContent.trim(),
    testid: on.dataset.testid ?? '',
    width: Math.max(parseFloat(style.outlineWidth), parseFloat(getComputedStyle(box).outlineWidth)),
    chart: Boolean(on.closest('[data-testid=chart] .canvas')),
  };
}"""


def test_a_whole_trade_by_keyboard(visit, venue):
    """UX-61: skip link first, a focus that is seen, open, protect, close; nothing by one key."""
    page = visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(FOCUS))
    assert seen[0]["text"] == "Skip to the page"
    assert all(each["width"] >= 3 for each in seen), [e for e in seen if e["width"] < 3]
    assert not any(each["chart"] for each in seen)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("armed")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_test_id("keys")).to_contain_text("locked")
    page.get_by_test_id("hotkeys").press("Space")
    expect(page.get_by_test_id("keys")).not_to_contain_text("locked")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("submit")).to_contain_text("Open short")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    assert venue.position() is None
    page.keyboard.press("a")
    expect(page.get_by_test_id("armed")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("armed")).to_have_count(0)
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("position")).to_contain_text("Short")
    page.keyboard.press("k")
    stop = f"{float(venue.get('/markets')[0]['mark']) * 1.04:.0f}"
    page.get_by_test_id("protect-stop").press_sequentially(stop)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("protect-dialog")).to_have_count(0)
    assert venue.position()["stop"]["trigger_price"] == stop
    page.keyboard.press("c")
    page.get_by_test_id("close-confirm").press("Enter")
    expect(page.get_by_test_id("position")).to_have_count(0)
    check_palette(page)


def check_palette(page: Page) -> None:
    """Any command by a part of its name."""
    page.keyboard.press("ControlOrMeta+K")
    page.keyboard.type("eth perp")
    expect(page.get_by_test_id("palette").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("symbol")).to_have_value("PF_ETHUSD")
    page.keyboard.press("ControlOrMeta+K")
    page.keyboard.type("no such thing")
    expect(page.get_by_text("There is no such command.")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("palette")).to_have_count(0)


def test_a_screen_reader_is_told_when_asked_and_not_flooded(visit, venue):
    """UX-62: tables with captions, no live book, Alt+S says market and position."""
    venue.order("buy", "0.1")
    page = visit("trade")
    expect(page.get_by_test_id("position-sentences")).to_be_visible()
    speech = page.get_by_test_id("speech")
    expect(speech).to_contain_text("You would")  # the ticket's, said once it stands
    page.keyboard.press("Alt+S")
    expect(speech).to_contain_text("BTC perpetual, mark ")
    for sentence in venue.get("/explain?position=PF_XBTUSD")["sentences"]:
        expect(speech).to_contain_text(sentence)
    live = page.evaluate(
        "[...document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]')]"
        ".filter(e => e.closest('table, [data-testid=book], [data-testid=trades], dl')).length"
    )
    assert live == 0
    assert page.locator("[data-testid=book] caption").count() == 1
    bare = "[...document.querySelectorAll('table:not(:has(caption), .canvas table)')].length"
    assert page.evaluate(bare) == 0


def test_alerts_are_heard_once_and_bad_ones_refused(visit, venue):
    """UX-17: a price is asked for by number, drawn on the chart, told, and listed."""
    page = visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    page.get_by_test_id("tab-alerts").click()
    for price in ("", "-5", "0"):
        page.get_by_test_id("alert-price").fill(price)
        page.get_by_test_id("alert-add").click()
        expect(page.get_by_test_id("activity").get_by_role("alert")).to_contain_text("above zero")
    mark = float(venue.get("/markets")[0]["mark"])
    far = f"{mark * 1.5:.0f}"
    for price in (f"{mark + 2:.0f}", f"{mark - 2:.0f}", far):
        page.get_by_test_id("alert-price").fill(price)
        page.get_by_test_id("alert-add").click()
        expect(page.get_by_test_id(f"line-alert-mark-{price}")).to_be_attached()
    while page.get_by_test_id("alerts").locator("li").count() == 3:
        venue.step(30_000)
        page.wait_for_timeout(200)
    page.reload()
    page.get_by_test_id("tab-alerts").click()
    expect(page.get_by_test_id("alerts")).to_contain_text(f"{float(far):,.0f}")
    page.evaluate("localStorage.setItem('longshore.alerts', '{broken')")
    page.reload()
    expect(page.get_by_test_id("submit")).to_be_enabled()
    expect(page.get_by_test_id("tab-alerts")).to_have_text("Alerts")


SMALL = """least => [...document.querySelectorAll('button, a, input, select, summary, [role=tab]')]
  .filter(e => e.checkVisibility() && !e.closest('.hidden, .canvas, p') && !e.matches('.skip'))
  .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.width < least || box.height < least))
  .map(([e, box]) => [e.outerHTML.slice(0, 80), box.width, box.height])"""
COLOURED = """[...document.querySelectorAll('.up, .down')]
  .filter(e => e.checkVisibility() && !e.matches('tbody'))
  .filter(e => !e.querySelector('svg') && !/long|short|bought|sold/i.test(e.textContent))
  .map(e => e.outerHTML.slice(0, 120))"""


def test_nothing_is_too_small_nor_said_by_colour_alone(visit, venue):
    """UX-63, UX-65: 24 pixels everywhere; shape or word beside every up and down."""
    venue.order("buy", "0.1")
    page = visit("trade", form="pro")
    expect(page.get_by_test_id("position")).to_be_visible()
    assert page.evaluate(SMALL, 24) == []
    assert page.evaluate(COLOURED) == []


@pytest.mark.alone
def test_market_data_stands_still_when_asked(visit, venue, page):
    """UX-64: two paints a second for who wants less motion; none while paused; own news goes on."""
    page.emulate_media(reduced_motion="reduce")
    visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    venue.post("/clock", {"action": "speed", "speed": "20"})
    venue.post("/clock", {"action": "resume"})
    paints = """() => new Promise(done => {
      let paints = 0;
      const all = {subtree: true, childList: true, characterData: true, attributes: true};
      new MutationObserver(() => (paints += 1))
        .observe(document.querySelector('[data-testid=bids]'), all);
      setTimeout(() => done(paints), 3000);
    })"""
    assert 1 <= page.evaluate(paints) <= 7
    page.get_by_test_id("freeze").click()
    page.wait_for_timeout(600)
    assert page.evaluate(paints) == 0
    venue.order("buy", "0.05")
    expect(page.get_by_test_id("position")).to_be_visible()
    page.get_by_test_id("tab-messages").click()
    expect(page.get_by_test_id("messages")).to_contain_text("You bought 0.05 BTC")
    page.get_by_test_id("freeze").click()
    assert page.evaluate(paints) >= 1
    venue.post("/clock", {"action": "pause"})
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--motion')") in (
        "0s",
        "0ms",
    )
