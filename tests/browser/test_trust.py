"""Rules of the screen that hold everywhere: whose numbers, how old, what kind of money."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import replaced, until

ROUTES = ("trade", "welcome", "show-me", "bots", "liquidation/none")


@pytest.mark.parametrize("route", ROUTES)
def test_the_practice_banner_is_on_every_route_and_says_what_this_is_not(visit, route):
    """UX-01."""
    page = visit(route)
    banner = page.get_by_test_id("banner")
    said = banner.text_content().lower()
    for words in ("practice", "education", "not financial advice", "not connected with"):
        assert words in said
    for width in (320, 390, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        expect(banner).to_be_in_viewport()
    page.set_viewport_size({"width": 1366, "height": 768})
    line = page.get_by_test_id("banner-words")
    assert line.bounding_box()["height"] <= 24
    assert line.evaluate("e => e.scrollWidth <= e.clientWidth")
    page.set_viewport_size({"width": 390, "height": 800})
    chip = banner.locator("summary")
    assert chip.bounding_box()["height"] <= 32
    chip.click()
    expect(banner.locator("details p")).to_be_in_viewport()


def test_nothing_asks_for_a_real_wallet_card_or_address(visit):
    """UX-01."""
    page = visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    named = page.evaluate(
        "[...document.querySelectorAll('button, a, input, label')]"
        ".map(e => e.textContent + (e.name || '') + (e.autocomplete || '')).join(' ').toLowerCase()"
    )
    assert not re.search(r"connect wallet|deposit|withdraw|card number|cc-number|iban", named)


def test_the_screen_shows_the_venues_numbers_and_no_others(visit, page):
    """UX-02: a sentinel sent as the liquidation price is what every place shows."""

    def sentinel(reply) -> None:
        reply["liquidation"] = (reply["liquidation"] or {}) | {"state": "price", "price": "12345"}
        reply["sentences"] = ["The venue closes this for you at 12,345."]
        for row in reply["rows"]:
            if row["key"] == "liquidation":
                row["after"] = "12,345"

    replaced(page, "**/api/v1/preview", sentinel)
    page = visit("trade")
    expect(page.get_by_test_id("after-liquidation")).to_contain_text("12,345")
    expect(page.get_by_test_id("ticket-sentence")).to_contain_text("12,345")
    expect(page.get_by_test_id("line-after")).to_contain_text("12,345")
    expect(page.get_by_test_id("pill-after")).to_contain_text("12,345")


def test_without_the_venues_preview_there_are_no_numbers_and_no_order(visit, page):
    """UX-02."""
    visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    page.route("**/api/v1/preview", lambda route: route.abort())
    page.get_by_test_id("size").fill("0.02")
    expect(page.get_by_test_id("ticket-sentence")).to_contain_text("—, recalculating")
    expect(page.get_by_test_id("receipt")).to_contain_text("—, recalculating")
    expect(page.get_by_test_id("submit")).to_be_disabled()
    page.unroute("**/api/v1/preview")
    expect(page.get_by_test_id("submit")).to_be_enabled()


@pytest.mark.parametrize(
    ("side", "size", "leverage"), [("buy", "0.1", "10"), ("sell", "0.4", "5"), ("buy", "1", "20")]
)
def test_one_value_everywhere(visit, venue, side, size, leverage):
    """UX-03: card, header, chart and the venue's own answer show the same."""
    page = visit("trade")
    venue.order(side, size, leverage=leverage)
    venue.step(2_000)
    page.get_by_test_id("position").locator("summary").click()
    shown = page.get_by_test_id("position-sentences").locator("p")

    def agree() -> bool:
        return shown.all_text_contents() == venue.get("/explain?position=PF_XBTUSD")["sentences"]

    assert until(agree, within_s=10)
    card = venue.position()
    price = f"{int(card['liquidation']['price']):,}"
    for place in ("position-liquidation", "header-liquidation"):
        expect(page.get_by_test_id(place)).to_have_text(price)
    for place in ("line-liquidation", "pill-liquidation", "position-sentences"):
        expect(page.get_by_test_id(place)).to_contain_text(price)
    expect(page.get_by_test_id("buffer")).to_have_text(f"{card['buffer_pct']}%")
    expect(page.get_by_test_id("position-sentences")).to_contain_text(f"{card['buffer_pct']}%")
    profit = page.get_by_test_id("position-pnl").text_content().replace("-", "")
    expect(page.get_by_test_id("position-sentences")).to_contain_text(profit)


def test_old_prices_are_called_old_and_stop_orders(visit, page):
    """UX-05: silence for three seconds says so and disables Submit; it recovers by itself."""
    held = {"silent": False}

    def pass_on(socket) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: None if held["silent"] else socket.send(message))

    page.route_web_socket(re.compile("/api/v1/stream"), pass_on)
    visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    held["silent"] = True
    expect(page.get_by_test_id("stale")).to_have_text("Prices are 3 s old", timeout=8_000)
    expect(page.get_by_test_id("submit")).to_be_disabled()
    held["silent"] = False
    expect(page.get_by_test_id("stale")).to_have_count(0, timeout=8_000)
    expect(page.get_by_test_id("submit")).to_be_enabled()


def test_the_mode_chip_says_what_the_clock_says(visit, venue):
    """UX-06."""
    page = visit("trade")
    chip = page.get_by_test_id("mode")
    for action, shown in [("pause", "Paused"), ("resume", "Live sim"), ("pause", "Paused")]:
        venue.post("/clock", {"action": action})
        assert venue.get("/clock")["paused"] == (action == "pause")
        expect(chip).to_have_text(shown)


def test_what_this_leaves_out_is_one_click_away_in_the_venues_words(visit, venue):
    """UX-08."""
    page = visit("trade")
    page.get_by_test_id("realism").click()
    expect(page.get_by_test_id("realism-text")).to_have_text(venue.get("/about")["realism"])
