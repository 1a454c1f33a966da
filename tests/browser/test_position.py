"""The position card: what is held, in words; the buffer; funding; closing and turning."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Venue, until


@pytest.mark.parametrize(("side", "word"), [("buy", "falls"), ("sell", "rises")])
def test_the_card_says_what_the_venue_says(visit, venue, side, word):
    """UX-12: the card's sentences are `/explain?position=`; the side words follow the side."""
    venue.order(side, "0.1")
    page = visit("trade")
    told = venue.get("/explain?position=PF_XBTUSD")["sentences"]
    expect(page.get_by_test_id("position-sentences").locator("p")).to_have_text(told)
    text = " ".join(told)
    for part in ("contract", word, "(liquidation)", "funding", "end at zero", "The most this"):
        assert part in text


def test_the_buffer_is_a_meter(visit, venue):
    """UX-16."""
    venue.order("buy", "0.1")
    page = visit("trade")
    meter = page.get_by_test_id("buffer-meter")
    card = venue.position()
    expect(meter).to_have_attribute("role", "meter")
    expect(meter).to_have_attribute("aria-valuenow", card["buffer_pct"])
    said = meter.get_attribute("aria-valuetext")
    for part in ("%", "$", "daily moves"):
        assert part in said


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("full", "More than half"),
        ("half", "Less than half"),
        ("quarter", "Less than a quarter"),
        ("tenth", "Less than a tenth"),
    ],
)
def test_each_buffer_level_has_its_own_words_and_shape(visit, venue, page, level, words):
    """UX-16: not only another colour. The level is set in the venue's own messages."""
    venue.order("buy", "0.1")

    def at_level(socket) -> None:
        server = socket.connect_to_server()
        server.on_message(
            lambda text: socket.send(
                text.replace('"buffer_level":"full"', f'"buffer_level":"{level}"')
            )
        )

    page.route_web_socket("**/api/v1/stream**", at_level)
    visit("trade")
    shown = page.get_by_test_id("buffer-level")
    expect(shown).to_contain_text(words)
    expect(shown.locator("svg")).to_be_visible()


def paid_at(venue: Venue, time_ms: int) -> Any:
    """The funding payment of that moment, once it is in history."""
    rows = venue.get("/funding-payments")
    return next((row for row in rows if row["time"] == time_ms), None)


def test_funding_is_told_in_money_and_comes_as_told(visit, crash):
    """UX-18: pay or receive, how much, when; the payment then is what was projected."""
    page = visit("trade", at=crash)
    for side in ("buy", "sell"):
        crash.flatten()
        crash.order(side, "1")
        card = crash.position()["funding_next"]
        pays = card["amount"].startswith("-")
        sentences = page.get_by_test_id("position-sentences")
        expect(sentences).to_contain_text("You own no" if side == "buy" else "You owe no")
        expect(sentences).to_contain_text("you pay about" if pays else "you receive about")
        crash.step(card["next_ms"] - crash.get("/clock")["world_time"] + 1_000)
        payment = until(partial(paid_at, crash, card["next_ms"]))
        assert abs(Decimal(payment["amount"]) - Decimal(card["amount"])) <= Decimal("0.01")
        page.get_by_test_id("tab-funding").click()
        told = page.get_by_test_id("history-funding").locator("tbody tr").first
        expect(told).to_contain_text("you paid $" if pays else "you received $")
        page.get_by_test_id("tab-positions").click()


def test_the_other_side_of_funding_reads_the_other_way(visit, crash):
    """UX-18: at one moment, one side pays and the other receives."""
    page = visit("trade", at=crash)
    said = []
    for side, first in (("buy", "You own no"), ("sell", "You owe no")):
        crash.flatten()
        crash.order(side, "1")
        sentences = page.get_by_test_id("position-sentences")
        expect(sentences).to_contain_text(first)
        said.append("you pay about" in sentences.text_content())
    assert sorted(said) == [False, True]


def test_closing_takes_two_actions_and_can_only_reduce(visit, venue, page):
    """UX-20."""
    venue.order("buy", "0.1")
    visit("trade")
    with page.expect_request("**/positions/PF_XBTUSD/close") as sent:
        page.get_by_test_id("close").click()
        page.get_by_test_id("close-confirm").dblclick()
    assert sent.value.post_data_json["client_id"]
    expect(page.get_by_test_id("position")).to_have_count(0)
    assert venue.position() is None
    newest = venue.get("/orders")["history"][0]
    assert newest["reduce_only"]
    assert newest["filled"] == "0.1"


def test_flipping_shows_both_legs(visit, venue, page):
    """UX-20."""
    venue.order("buy", "0.1")
    visit("trade")
    page.get_by_test_id("flip").click()
    legs = page.get_by_test_id("flip-leg")
    expect(legs).to_have_text(["Close long 0.1 PF_XBTUSD", "Open short 0.1 PF_XBTUSD"])
    page.get_by_test_id("flip-confirm").dblclick()
    expect(page.get_by_test_id("position")).to_contain_text("Short")
    card = venue.position()
    assert (card["side"], card["size"]) == ("short", "0.1")


def test_margin_can_be_added(visit, venue, page):
    """UX-16: more margin moves liquidation further away."""
    venue.order("buy", "0.1")
    before = Decimal(venue.position()["liquidation"]["distance_usd"])
    visit("trade")
    page.get_by_test_id("add-margin").click()
    page.get_by_test_id("margin-amount").fill("50")
    page.get_by_test_id("margin-confirm").click()
    expect(page.get_by_test_id("margin-dialog")).to_have_count(0)
    assert Decimal(venue.position()["liquidation"]["distance_usd"]) > before
