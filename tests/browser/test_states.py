"""States of the screen photographed, fields given nonsense, and lines that break."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import SYMBOL

STATES = {
    "empty": "Nothing yet.",
    "loading": "Reading…",
    "error": "No answer came from the venue.",
    "recalculating": "recalculating",
    "no-orders": "State",
    "stale": "Prices are 4 s old",
    "reconnecting": "trying again",
    "offline": "offline",
    "halted": "halted",
}
NONSENSE = ("many", "1,5", "1.000,5", "\u0663", "-1", "0", "1" * 40, "1e999", "0.00000001", "NaN")
STORAGE_OFF = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('off', 'SecurityError'); }
});"""


def test_every_state_has_its_picture(visit, page, tmp_path):
    """UX-63: each with words; none is an empty picture, dark or light."""
    visit("states")
    for name, words in STATES.items():
        expect(page.get_by_test_id(f"state-{name}")).to_contain_text(words)
        pictures = set()
        for theme in ("dark", "light"):
            page.get_by_test_id("theme").select_option(theme)
            picture = page.get_by_test_id(f"state-{name}").screenshot(
                path=tmp_path / f"{name}-{theme}.png"
            )
            assert len(picture) > 1_000
            pictures.add(picture)
        assert len(pictures) == 2


def test_nonsense_in_a_field_is_named_and_sends_nothing(visit, venue, page):
    """UX-02, UX-11: letters, other separators and digits, far too many, too few, too fine."""
    visit("trade")
    size, submit = page.get_by_test_id("size"), page.get_by_test_id("submit")
    for text in NONSENSE:
        size.fill(text)
        expect(page.get_by_test_id("ticket-reason")).not_to_be_empty()
        expect(size).to_have_attribute("aria-invalid", "true")
        expect(submit).to_be_disabled()
        size.fill("0.02")
        expect(submit).to_be_enabled()
    size.fill("")
    expect(submit).to_be_disabled()
    size.fill("  0.02  ")
    expect(submit).to_contain_text("0.02")
    expect(submit).to_be_enabled()
    page.get_by_test_id("to-welcome").click()
    page.go_back()
    expect(page.get_by_test_id("size")).to_have_value("  0.02  ")
    assert venue.get("/account")["positions"] == []


def test_an_answer_that_is_lost_is_asked_for_again_and_the_order_is_one(visit, venue, page):
    """UX-20: the socket and the reply break while it is sent; the second try finds the first."""
    visit("trade")
    page.get_by_test_id("size").fill("0.02")
    expect(page.get_by_test_id("submit")).to_contain_text("0.02")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    lost = []

    def swallow(route) -> None:
        route.fetch()
        lost.append(route.request.post_data_json["client_id"])
        route.abort()

    page.route("**/api/v1/orders", swallow, times=1)
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("outcome")).to_contain_text("No answer")
    with page.expect_request("**/api/v1/orders") as again:
        page.get_by_test_id("submit").click()
    assert again.value.post_data_json["client_id"] == lost[0]
    expect(page.get_by_test_id("outcome")).to_contain_text("filled")
    assert venue.position()["size"] == "0.02"
    other = page.context.new_page()
    other.goto(f"{venue.origin}/#/trade")
    expect(other.get_by_test_id("position")).to_contain_text("0.02")
    venue.flatten()
    for tab in (page, other):
        expect(tab.get_by_test_id("position")).to_have_count(0)


def test_without_storage_and_with_a_wrong_clock_it_works(visit, venue, page):
    """UX-06: times are the world's; what cannot be kept lasts as long as the page."""
    page.add_init_script(STORAGE_OFF)
    page.add_init_script("Date.now = () => 0")
    visit("trade", again=False)
    page.get_by_test_id("form-pro").click()
    expect(page.get_by_test_id("type")).to_be_attached()
    page.get_by_test_id("theme").select_option("light")
    page.get_by_test_id("guided").click()  # a page that remembers nothing takes everybody for new
    expect(page.get_by_test_id("submit")).to_be_enabled()
    world_ms = venue.get("/clock")["world_time"]
    expect(page.get_by_test_id("world-time")).to_contain_text(
        page.evaluate("ms => new Date(ms).toISOString().slice(0, 10)", world_ms)
    )


def hears(page: Page, change) -> list:
    """Let the stream pass through a hand that may change or cut it."""
    lines = []

    def pass_on(socket) -> None:
        server = socket.connect_to_server()
        lines.append(socket)

        def changed(message: str) -> None:
            told = json.loads(message)
            change(told)
            socket.send(json.dumps(told))

        server.on_message(changed)

    page.route_web_socket(re.compile("/api/v1/stream"), pass_on)
    return lines


def test_a_halted_market_and_a_lost_line_are_said(visit, venue, page):
    """UX-05: what is not as usual stands on the page while it is so."""
    halted = {"on": False}

    def change(told) -> None:
        market = told.get("market", told)
        if halted["on"] and market.get("symbol") == SYMBOL and "state" in market:
            market |= {"state": "halted", "state_text": "Trading is halted here."}

    hears(page, change)
    visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    expect(page.get_by_test_id("market")).to_have_count(0)
    halted["on"] = True
    venue.step(1_000)
    expect(page.get_by_test_id("market")).to_have_text("Trading is halted here.")
    halted["on"] = False
    venue.step(1_000)
    expect(page.get_by_test_id("market")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(page.get_by_test_id("offline")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_test_id("offline")).to_have_count(0)


@pytest.mark.alone
def test_a_lost_line_is_tried_again_until_it_stands(visit, page):
    """UX-05: without a reload."""
    lines = hears(page, lambda told: None)
    visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    page.evaluate("window.loadedOnce = true")
    seen = page.evaluate_handle(
        """() => { const seen = [];
          new MutationObserver(() => {
            if (document.querySelector('[data-testid=lost]')) seen.push(1);
          }).observe(document.body, {subtree: true, childList: true});
          return seen; }"""
    )
    lines[-1].close()
    expect(page.get_by_test_id("lost")).to_have_count(0, timeout=10_000)
    page.wait_for_timeout(1_500)
    assert seen.json_value()
    assert len(lines) > 1
    expect(page.get_by_test_id("submit")).to_be_enabled()
    assert page.evaluate("window.loadedOnce")
