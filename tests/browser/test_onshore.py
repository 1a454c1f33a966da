"""The walk through the gates on the screen, with pictures of it where they are asked for.

`LONGSHORE_PICTURES=docs/onshore` writes them; without it nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from longshore.venue.onshore.questions import BANK
from tests.browser import pictures
from tests.browser.desk import SYMBOL, WORLDS, Venue, everyone_can_use, started
from tests.browser.people import Browsers

pytestmark = pytest.mark.timeout(900)  # a day of the world goes by
KEPT = (
    *("us-0-refused", "us-2-identity", "us-3-disclosure", "us-5-open", "us-6-five-times"),
    *(
        "us-7-book",
        "us-8-own-wallet",
        "us-9-bait",
        "eea-4-questions",
        "eea-5-open",
        "eea-6-refused",
    ),
)


def venue_of(tmp_path_factory: pytest.TempPathFactory, regime: str, *more: str) -> Iterator[Venue]:
    """A venue with onshore rules, its clock standing still."""
    world = ("--world", str(WORLDS / "onshore.toml"), "--clock", "manual", "--engine", "plain")
    with started(tmp_path_factory.mktemp(regime), *world, "--onshore", regime, *more) as venue:
        venue.step(60_000)
        yield venue


@pytest.fixture(scope="module")
def american(tmp_path_factory, chromium) -> Iterator[Venue]:
    yield from venue_of(tmp_path_factory, "kraken", "--accounts")


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
    if name in KEPT:
        pictures.picture(page, name)


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


def order(page: Page, size: str, leverage: str) -> None:
    """What is written into the ticket, not sent."""
    page.get_by_test_id("leverage-number").fill(leverage)
    page.get_by_test_id("size").fill(size)


def test_a_person_in_the_united_states_from_sign_up_to_their_own_wallet(browser, american):
    """Each refusal names its gate and leads to it; then a 5x perpetual, and coins taken out."""
    page = Browsers(browser, american).signed_up("ada", "trader")
    page.goto(f"{american.origin}/#/trade")
    order(page, "0.1", "5")
    expect(page.get_by_test_id("ticket-reason")).to_contain_text("where you live")
    picture(page, "us-0-refused")
    page.get_by_test_id("to-gate").click()
    walk(page, "US", "TX", "ada", "us")
    expect(page.get_by_test_id("gate-perpetual")).to_contain_text("up to 10x")
    picture(page, "us-5-open")
    page.get_by_test_id("gate-trade").click()
    order(page, "0.1", "5")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("position")).to_contain_text("5x")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    picture(page, "us-6-five-times")
    page.goto(f"{american.origin}/#/account")
    page.get_by_test_id("gate-wallet").click()
    take_out(page, american)
    page.context.close()


def take_out(page: Page, venue: Venue) -> None:
    """Practice dollars to a wallet of one's own: the book, a day, a code, and the chain."""
    page.get_by_test_id("wallet-new").click()
    expect(page.get_by_test_id("wallet-words")).to_have_text(re.compile(r"(\w+ ){11}\w+"))
    mine = page.get_by_test_id("mine-ferry-USD")
    address = mine.locator(".address").inner_text()
    page.get_by_test_id("book-add").click()
    page.get_by_test_id("book-name").fill("mine")
    page.get_by_test_id("book-network").select_option("ferry")
    page.get_by_test_id("book-address").fill(address)
    page.get_by_test_id("book-keep").click()
    entry = page.get_by_test_id("entry")
    expect(entry).to_have_attribute("data-usable", "false")
    picture(page, "us-7-book")
    withdrawal(page)
    expect(page.get_by_test_id("out-problem")).to_contain_text("waits for a day")
    for _ in range(24):
        venue.step(3_600_000)
    expect(entry).to_have_attribute("data-usable", "true", timeout=30_000)
    withdrawal(page)
    sent = page.get_by_test_id("withdrawal")
    expect(sent).to_have_attribute("data-stage", "waiting")
    venue.step(3_600_000)
    expect(sent).to_have_attribute("data-stage", "done", timeout=30_000)
    expect(mine).to_contain_text("149.9 USD", timeout=30_000)
    picture(page, "us-8-own-wallet")
    everyone_can_use(page)
    believe(page, venue)


def believe(page: Page, venue: Venue) -> None:
    """Of six messages one is told apart and one believed, which takes what is in the wallet."""
    words = page.get_by_test_id("wallet-words").inner_text()
    page.get_by_role("button", name="Bait: Deposits desk").click()
    expect(page.get_by_test_id("verdict-moved")).to_have_attribute("data-right", "true")
    page.get_by_test_id("bait-words").fill(words)
    page.get_by_test_id("bait-send").click()
    expect(page.get_by_test_id("verdict-restore")).to_contain_text("Gone: 149.8")
    venue.step(3_600_000)
    expect(page.get_by_test_id("mine-ferry-USD")).to_contain_text(" 0 USD", timeout=30_000)
    page.get_by_test_id("verdict-restore").scroll_into_view_if_needed()
    picture(page, "us-9-bait")


def withdrawal(page: Page) -> None:
    """150 dollars to the one address of the book, with the code of the practice message."""
    page.get_by_test_id("out-name").select_option("mine")
    page.get_by_test_id("out-asset").select_option("USD")
    page.get_by_test_id("out-amount").fill("150")
    with page.expect_response(lambda reply: "/custody/withdrawals/code" in reply.url) as told:
        page.get_by_test_id("out-code").click()
    code = told.value.json()["code"]
    expect(page.get_by_test_id("out-message")).to_contain_text(code)
    page.get_by_test_id("out-typed").fill(code)
    page.get_by_test_id("out-go").click()


def test_a_retail_person_in_the_eea_is_refused_ten_times(browser, european):
    page = entered(browser, european, "account")
    walk(page, "DE", "", "lena", "eea")
    expect(page.get_by_test_id("gate-warning")).to_contain_text("Most retail accounts lose money")
    expect(page.get_by_test_id("gate-perpetual")).to_contain_text("up to 2x")
    picture(page, "eea-5-open")
    body = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.1", "leverage": "10"}
    reply = european.http.post("/api/v1/orders", json=body)
    assert (reply.status_code, reply.json()["code"]) == (422, "LEVERAGE_CAPPED")
    page.get_by_test_id("gate-trade").click()
    order(page, "0.1", "10")
    expect(page.get_by_test_id("ticket-reason")).to_contain_text("above your cap")
    expect(page.get_by_test_id("submit")).to_be_disabled()
    picture(page, "eea-6-refused")


def test_the_page_is_for_everybody(browser, european):
    page = entered(browser, european, "account")
    expect(page.get_by_test_id("account-page").locator("h2").first).to_be_visible()
    everyone_can_use(page)


def test_a_world_without_rules_says_so(visit):
    page = visit("account")
    expect(page.get_by_test_id("account-page")).to_contain_text("everybody may trade everything")
