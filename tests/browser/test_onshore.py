"""The walk through the gates on the screen, with pictures of it where they are asked for.

`LONGSHORE_PICTURES=docs/onshore` writes them; without it nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from longshore.venue.onshore.questions import BANK
from tests.browser.desk import SYMBOL, WORLDS, Venue, everyone_can_use, started

PICTURES = os.environ.get("LONGSHORE_PICTURES", "")
KEPT = (
    *("us-0-refused", "us-2-identity", "us-3-disclosure", "us-5-open", "us-6-five-times"),
    *("eea-4-questions", "eea-5-open"),
)


def venue_of(tmp_path_factory: pytest.TempPathFactory, regime: str) -> Iterator[Venue]:
    """A venue with onshore rules, its clock standing still."""
    world = ("--world", str(WORLDS / "first-bar.toml"), "--clock", "manual", "--engine", "plain")
    with started(tmp_path_factory.mktemp(regime), *world, "--onshore", regime) as venue:
        venue.step(60_000)
        yield venue


@pytest.fixture(scope="module")
def american(tmp_path_factory, chromium) -> Iterator[Venue]:
    yield from venue_of(tmp_path_factory, "kraken")


@pytest.fixture(scope="module")
def european(tmp_path_factory, chromium) -> Iterator[Venue]:
    yield from venue_of(tmp_path_factory, "cautious")


def entered(browser: Browser, venue: Venue, route: str) -> Page:
    """A page of the venue, opened by its operator's address."""
    page = browser.new_context(viewport={"width": 1366, "height": 900}).new_page()
    page.add_init_script("localStorage.setItem('longshore.visited', 'trade')")
    page.goto(venue.url)
    page.goto(f"{venue.origin}/#/{route}")
    return page


def picture(page: Page, name: str) -> None:
    if PICTURES and name in KEPT:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def step(page: Page, name: str, state: str) -> None:
    expect(page.get_by_test_id(f"step-{name}")).to_have_attribute("data-state", state)


def walk(page: Page, country: str, state: str, person: str, prefix: str) -> None:
    """From nothing known to all questions answered rightly."""
    step(page, "residence-", "todo")
    picture(page, f"{prefix}-1-residence")
    page.get_by_test_id("gate-country").select_option(country)
    if state:
        page.get_by_test_id("gate-us-state").select_option(state)
    page.get_by_test_id("gate-live").click()
    step(page, "residence-", "done")
    page.get_by_test_id(f"person-{person}").check()
    picture(page, f"{prefix}-2-identity")
    page.get_by_test_id("gate-show").click()
    step(page, "identity-", "done")
    expect(page.get_by_test_id("gate-document")).to_contain_text("How it can cost you money")
    picture(page, f"{prefix}-3-disclosure")
    page.get_by_test_id("gate-read").check()
    page.get_by_test_id("gate-agree").click()
    step(page, "disclosure-perpetual", "done")
    expect(page.get_by_test_id("gate-answer")).to_be_visible()
    for name, right in BANK.items():
        choice = page.get_by_test_id(f"{name}-{right}")
        if choice.count():
            choice.check()
    picture(page, f"{prefix}-4-questions")
    page.get_by_test_id("gate-answer").click()
    step(page, "questions-", "done")


def test_a_person_in_the_united_states_from_sign_up_to_five_times(browser, american):
    """Each refusal names its gate and leads to it; what comes after is a 5x perpetual."""
    page = entered(browser, american, "trade")
    page.get_by_test_id("size").fill("0.1")
    expect(page.get_by_test_id("ticket-reason")).to_contain_text("where you live")
    picture(page, "us-0-refused")
    page.get_by_test_id("to-gate").click()
    expect(page.get_by_test_id("account-page")).to_be_visible()
    walk(page, "US", "TX", "ada", "us")
    expect(page.get_by_test_id("gate-perpetual")).to_contain_text("up to 10x")
    picture(page, "us-5-open")
    american.order("buy", "0.1", leverage="5")
    page.get_by_test_id("gate-trade").click()
    expect(page.get_by_test_id("buffer-meter").first).to_be_visible()
    picture(page, "us-6-five-times")
    assert american.position() is not None


def test_a_retail_person_in_the_eea_is_refused_ten_times(browser, european):
    page = entered(browser, european, "account")
    walk(page, "DE", "", "lena", "eea")
    expect(page.get_by_test_id("gate-warning")).to_contain_text("Most retail accounts lose money")
    expect(page.get_by_test_id("gate-perpetual")).to_contain_text("up to 2x")
    body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.1", "leverage": "10"}
    reply = european.http.post("/api/v1/orders", json=body)
    assert (reply.status_code, reply.json()["code"]) == (422, "LEVERAGE_CAPPED")
    picture(page, "eea-5-open")


def test_the_page_is_for_everybody(browser, european):
    page = entered(browser, european, "account")
    expect(page.get_by_test_id("account-page").locator("h2").first).to_be_visible()
    everyone_can_use(page)


def test_a_world_without_rules_says_so(visit):
    page = visit("account")
    expect(page.get_by_test_id("account-page")).to_contain_text("everybody may trade everything")
