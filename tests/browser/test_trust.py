"""Rules of the screen that hold everywhere: whose numbers, how old, what kind of money."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import replaced

WIDTHS = (320, 360, 390, 600, 759, 760, 1024, 1199, 1200, 1366, 1600, 1920)
DESK_FROM = 760
ROUTES = ("trade", "welcome", "show-me", "bots", "worlds", "liquidation/none", "states")


@pytest.mark.parametrize("route", ROUTES)
def test_the_practice_banner_is_on_every_route_and_says_what_this_is_not(visit, route):
    """UX-01."""
    page = visit(route)
    banner = page.get_by_test_id("banner")
    said = banner.text_content().lower()
    for words in ("practice", "education", "not financial advice", "not connected with"):
        assert words in said
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        expect(banner).to_be_in_viewport(ratio=1)
        expect(banner.get_by_text("Practice money").first).to_be_in_viewport(ratio=1)
        if width >= DESK_FROM:
            expect(page.get_by_test_id("banner-words")).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1366, "height": 768})
    line = page.get_by_test_id("banner-words")
    assert line.bounding_box()["height"] <= 24
    assert line.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    chip = banner.locator("summary")
    for width in (width for width in WIDTHS if width < DESK_FROM):
        page.set_viewport_size({"width": width, "height": 800})
        assert chip.bounding_box()["height"] <= 32
        chip.click()
        told = banner.locator("details p")
        expect(told).to_be_in_viewport(ratio=1)
        for words in ("education", "not financial advice", "not connected with"):
            assert words in told.text_content().lower()
        chip.click()


@pytest.mark.parametrize("route", ROUTES)
def test_nothing_asks_for_a_real_wallet_card_or_address(visit, route):
    """UX-01: not on any route."""
    page = visit(route)
    if route == "trade":
        expect(page.get_by_test_id("submit")).to_be_enabled()
    expect(page.locator("h1").first).to_be_attached()
    named = page.evaluate(
        "[...document.querySelectorAll('button, a, input, select, textarea, label')]"
        ".map(e => [e.textContent, e.name, e.autocomplete, e.placeholder, e.ariaLabel].join(' '))"
        ".join(' ').toLowerCase()"
    )
    asked = r"wallet|deposit|withdraw|top up|card number|cc-|iban|bank|paypal|pay with|seed phrase"
    assert not re.search(asked, named)


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


@pytest.mark.alone
def test_old_prices_are_called_old_and_stop_orders(visit, page):
    """UX-05: silence for three seconds says so and disables Submit; it recovers by itself."""
    held = {"silent": False}

    def pass_on(socket) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: None if held["silent"] else socket.send(message))

    page.route_web_socket(re.compile("/api/v1/stream"), pass_on)
    visit("trade")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    page.evaluate("window.loadedOnce = true")
    held["silent"] = True
    expect(page.get_by_test_id("stale")).to_have_text("Prices are 3 s old", timeout=8_000)
    expect(page.get_by_test_id("submit")).to_be_disabled()
    held["silent"] = False
    expect(page.get_by_test_id("stale")).to_have_count(0, timeout=8_000)
    expect(page.get_by_test_id("submit")).to_be_enabled()
    assert page.evaluate("window.loadedOnce")


@pytest.mark.parametrize(("world", "going"), [("venue", "Live sim"), ("crash", "Replay")])
def test_the_mode_chip_says_what_the_clock_says(visit, request, world, going):
    """UX-06: also while time goes on."""
    at = request.getfixturevalue(world)
    page = visit("trade", at=at)
    chip = page.get_by_test_id("mode")
    for action, shown in [("pause", "Paused"), ("resume", going), ("pause", "Paused")]:
        at.post("/clock", {"action": action})
        assert at.get("/clock")["paused"] == (action == "pause")
        expect(chip).to_have_text(shown)


@pytest.mark.parametrize(("world", "prices"), [("venue", "seeded random"), ("crash", "bars")])
def test_what_this_leaves_out_is_one_click_away_in_the_venues_words(visit, request, world, prices):
    """UX-08: fills, prices, unverified values, other traders, feelings; on trade and debrief."""
    at = request.getfixturevalue(world)
    about = at.get("/about")
    for part in ("Fills:", prices, "unverified", "traders are programs", "fear"):
        assert part in about["realism"]
    for route in ("trade", "liquidation/none"):
        page = visit(route, at=at)
        page.get_by_test_id("realism").click()
        expect(page.get_by_test_id("realism-text")).to_have_text(about["realism"])
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("realism-dialog")).to_have_count(0)


TOLD = "Nothing new from atlantis since 12:00:00 UTC; trying again."


def test_a_world_with_live_prices_says_how_they_are_heard(page, visit):
    """The state beside the clock while they do not come, and in what is left out always."""
    live = {"venue": "atlantis", "state": "stale", "since": 0, "outages": 1, "text": TOLD}

    def listen(socket):
        server = socket.connect_to_server()

        def changed(message):
            said = json.loads(message)
            if "clock" in said:
                said["clock"]["live"] = live
            socket.send(json.dumps(said))

        server.on_message(changed)

    page.route_web_socket(re.compile(r"/api/v1/"), listen)
    visit("trade")
    expect(page.get_by_test_id("live")).to_have_text(TOLD)
    expect(page.get_by_test_id("mode")).to_contain_text("Paused")
    page.get_by_test_id("realism").click()
    expect(page.get_by_test_id("realism-live")).to_have_text(TOLD)
    page.keyboard.press("Escape")
    live["state"] = "connected"
    expect(page.get_by_test_id("live")).to_have_count(0)
