"""The position card: what is held, in words; the buffer; funding; closing and turning."""

from __future__ import annotations

import re
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


LEVELS = {
    "full": (50, "More than half is left"),
    "half": (25, "Less than half is left"),
    "quarter": (10, "Less than a quarter is left"),
    "tenth": (0, "Less than a tenth is left"),
}


def fallen(venue: Venue, below_pct: Decimal) -> Any:
    """The card once its buffer has fallen below so many percent, five seconds at a time."""
    while Decimal((card := venue.position())["buffer_pct"]) >= below_pct:
        venue.step(5_000)
    return card


def test_each_buffer_level_has_its_own_words_and_shape(visit, the_fall):
    """UX-16: as a falling price eats the buffer, words and icon change at 50, 25 and 10 %."""
    the_fall.order("buy", "0.5")
    page = visit("trade", at=the_fall)
    shown, meter = page.get_by_test_id("buffer-level"), page.get_by_test_id("buffer-meter")
    shapes = set()
    below = Decimal(101)
    for level, (least, words) in LEVELS.items():
        card = fallen(the_fall, below)
        assert card["buffer_level"] == level
        assert least <= Decimal(card["buffer_pct"]) < below
        expect(shown).to_have_text(words)
        expect(meter).to_have_attribute("aria-valuenow", card["buffer_pct"])
        expect(meter).to_have_attribute("aria-valuetext", re.compile(re.escape(words)))
        expect(shown.locator("svg")).to_be_visible()
        shapes.add(shown.locator("path").get_attribute("d"))
        below = Decimal(least)
    assert len(shapes) == len(LEVELS)
    card = fallen(the_fall, Decimal(1))
    expect(page.get_by_test_id("buffer")).to_have_text("<1%")
    expect(meter).to_have_attribute("aria-valuenow", card["buffer_pct"])
    assert 0 < Decimal(card["buffer_pct"]) < 1


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


def test_in_a_young_world_what_is_told_of_funding_is_what_comes(visit, three_markets):
    """UX-18: header, card, ticket and history agree that nothing is due; and nothing is paid."""
    young = three_markets
    young.step(60_000)
    young.order("buy", "0.2")
    funding = young.get("/markets/PF_XBTUSD/funding?limit=1")
    assert funding["now"]["rate"] == funding["rates"][0]["rate"] == "0"
    page = visit("trade", at=young)
    expect(page.get_by_test_id("funding")).to_have_text(funding["now"]["text"])
    assert "nobody pays funding" in funding["now"]["text"]
    expect(page.get_by_test_id("position-sentences")).to_contain_text("No funding is due in")
    expect(page.get_by_test_id("ticket-sentence")).to_contain_text("No funding is due in")
    expect(page.get_by_test_id("costs")).to_contain_text("Funding per day $0.00")
    due_ms = funding["now"]["next_ms"]
    assert young.position()["funding_next"]["next_ms"] == due_ms
    young.step(due_ms - young.get("/clock")["world_time"] + 60_000)
    [set_then] = young.get("/markets/PF_XBTUSD/funding?limit=1")["rates"]
    assert set_then["time"] == due_ms
    assert set_then["rate"] != "0"
    assert Decimal(young.position()["funding"]).quantize(Decimal("0.01")) == 0
    assert all(Decimal(row["amount"]) == 0 for row in young.get("/funding-payments"))
    expect(page.get_by_test_id("funding")).to_contain_text(re.compile("(longs|shorts) pay"))
    expect(page.get_by_test_id("position-sentences")).to_contain_text(
        re.compile("you (pay|receive) about")
    )


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
    venue.order("sell", "0.05", leverage=None)
    again = venue.post("/positions/PF_XBTUSD/close", sent.value.post_data_json)
    assert again["order"]["id"] == newest["id"]
    assert venue.position()["size"] == "0.05"


def test_flipping_shows_both_legs(visit, venue, page):
    """UX-20."""
    venue.order("buy", "0.1")
    visit("trade")
    page.get_by_test_id("flip").click()
    legs = page.get_by_test_id("flip-leg")
    expect(legs).to_have_text(["Close long 0.1 PF_XBTUSD", "Open short 0.1 PF_XBTUSD"])
    with page.expect_request("**/api/v1/orders") as sent:
        page.get_by_test_id("flip-confirm").dblclick()
    expect(page.get_by_test_id("position")).to_contain_text("Short")
    venue.post("/orders", sent.value.post_data_json)
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
