"""Two operators in browsers of their own, and an auditor who looks on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from longshore.explain.operator import did
from longshore.explain.sentences import say
from tests.browser.desk import SYMBOL, WORLDS, Venue, everyone_can_use, started
from tests.browser.people import PASSWORD, PATIENT_MS, Browsers, asked

HALT = {"symbol": SYMBOL, "state": "halted"}
OPEN = {"symbol": SYMBOL, "state": "active"}
DEPOSIT = {"account": "learner", "asset": "USD", "amount": "5"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Venue]:
    """A venue where operators act in twos."""
    arguments = ("--world", str(WORLDS / "first-bar.toml"), "--clock", "manual")
    flags = ("--accounts", "--four-eyes", "--engine", "plain")
    with started(tmp_path_factory.mktemp("twos"), *flags, *arguments) as venue:
        yield venue


@pytest.fixture(scope="module")
def people(browser: Browser, town: Venue) -> Iterator[dict[str, Page]]:
    """Consoles of two operators and of an auditor."""
    pages = {}
    with Browsers(browser, town) as browsers:
        for name, role in (("ada", "operator"), ("bob", "operator"), ("eve", "auditor")):
            page = pages[name] = browsers.signed_up(name, role)
            page.get_by_test_id("to-operator").click()
            expect(page.get_by_test_id("check-conservation")).to_be_visible(timeout=PATIENT_MS)
        yield pages


def confirm(page: Page, why: str) -> None:
    page.get_by_test_id("act-why").fill(why)
    page.get_by_test_id("act-confirm").click()
    expect(page.get_by_test_id("act")).to_have_count(0)


def state(page: Page, wanted: str) -> None:
    market = page.get_by_test_id(f"console-{SYMBOL}")
    expect(market).to_have_attribute("data-state", wanted)


def test_one_halts_and_two_open_again(people: dict[str, Page]):
    ada, bob = people["ada"], people["bob"]
    expect(ada.get_by_test_id("console-approvals")).to_contain_text("Nothing waits")
    ada.get_by_test_id(f"set-halted-{SYMBOL}").click()
    expect(ada.get_by_test_id("act-effects")).not_to_contain_text(say("operator-takes-two"))
    ada.get_by_test_id("act-name").fill(SYMBOL)
    confirm(ada, "it burns")
    state(ada, "halted")
    ada.get_by_test_id(f"set-active-{SYMBOL}").click()
    expect(ada.get_by_test_id("act-effects")).to_contain_text(say("operator-takes-two"))
    confirm(ada, "the fire is out")
    expect(ada.get_by_test_id("operator-said")).to_contain_text("Proposal 1 waits")
    expect(ada.get_by_test_id("operator-said")).to_contain_text(did("state", OPEN))
    expect(ada.get_by_test_id("withdraw-1")).to_be_visible()
    expect(ada.get_by_test_id("approve-1")).to_have_count(0)
    state(ada, "halted")
    line = bob.get_by_test_id("proposal-1")
    for text in ("ada", did("state", OPEN), "the fire is out"):
        expect(line).to_contain_text(text)
    bob.get_by_test_id("approve-1").focus()
    bob.keyboard.press("Enter")
    expect(bob.get_by_test_id("act-text")).to_have_text(did("state", OPEN))
    expect(bob.get_by_test_id("act-effects")).to_contain_text(say("operator-state-active"))
    bob.get_by_test_id("act-why").focus()
    bob.keyboard.type("seen it")
    bob.keyboard.press("Enter")
    expect(bob.get_by_test_id("act")).to_have_count(0)
    state(bob, "active")
    expect(line).to_have_count(0)
    expect(bob.get_by_test_id("deed").nth(1)).to_contain_text("ada, approved by bob")
    state(ada, "active")
    expect(ada.get_by_test_id("deed").first).to_contain_text(did("approve", {"id": 1}))


def test_one_is_declined_and_one_taken_back(people: dict[str, Page]):
    ada, bob = people["ada"], people["bob"]
    for _ in range(2):
        kept = asked(ada, "POST", "/api/v1/operator/deposits?why=a+prize", DEPOSIT)
        assert kept.status == 202
    refused = bob.get_by_test_id("decline-2")
    refused.click()
    expect(bob.get_by_test_id("act-text")).to_have_text(did("deposit", DEPOSIT))
    confirm(bob, "no prize today")
    expect(bob.get_by_test_id("operator-said")).to_have_text(did("deposit", DEPOSIT))
    expect(refused).to_have_count(0)
    ada.get_by_test_id("withdraw-3").click()
    confirm(ada, "then not")
    expect(ada.get_by_test_id("console-approvals")).to_contain_text("Nothing waits")
    newest = ada.get_by_test_id("deed").first
    expect(newest).to_contain_text(did("withdraw", {"id": 3}))


def test_an_auditor_sees_it_all_and_can_press_nothing(people: dict[str, Page]):
    ada, eve = people["ada"], people["eve"]
    assert asked(ada, "POST", "/api/v1/operator/deposits?why=a+prize", DEPOSIT).status == 202
    waiting = eve.get_by_test_id("console-approvals").get_by_role("button")
    expect(waiting.first).to_be_visible(timeout=PATIENT_MS)
    expect(eve.get_by_test_id("looks-only")).to_be_visible()
    expect(eve.get_by_test_id("deed").first).to_be_visible()
    acts = eve.locator("main fieldset button")
    assert acts.count() >= 12
    for at in range(acts.count()):
        expect(acts.nth(at)).to_be_disabled()
    expect(eve.get_by_test_id("rules-market")).to_be_enabled()
    eve.get_by_test_id("rules-against").select_option(index=1)
    expect(eve.get_by_test_id("rules-differences").locator("tbody tr").first).to_be_visible()
    refused = asked(eve, "PUT", "/api/v1/operator/state?why=me", HALT)
    assert refused.status == 403
    assert refused.json()["message"] == say("people-needs-auditor")


def test_whoever_approves_is_shown_what_is_told_once(town: Venue, people: dict[str, Page]):
    kim = {"name": "kim", "password": PASSWORD}
    assert httpx.post(f"{town.origin}/api/v1/people", json=kim).is_success
    ada, bob = people["ada"], people["bob"]
    kept = asked(ada, "POST", "/api/v1/operator/people/kim/password?why=lost+it")
    number = kept.json()["proposal"]
    bob.get_by_test_id(f"approve-{number}").click()
    expect(bob.get_by_test_id("act-effects")).to_contain_text(say("operator-means-password"))
    confirm(bob, "she asked")
    expect(bob.get_by_test_id("operator-said")).to_have_text(re.compile(r"password: \S{16}$"))


def test_in_anothers_world_an_act_waits_as_well(people: dict[str, Page]):
    ada, bob = people["ada"], people["bob"]
    assert asked(ada, "POST", "/api/v1/worlds/main/branch", {"name": "adas"}).ok
    path = "/w/adas/api/v1/operator/deposits?why=a+prize"
    assert asked(ada, "POST", path, DEPOSIT).status == 200
    assert asked(bob, "POST", path, DEPOSIT).status == 202


def test_everyone_can_use_it(people: dict[str, Page]):
    """UX-60, UX-67: dark and light, on a desk and a phone."""
    for page in (people["eve"], people["bob"]):
        expect(page.get_by_test_id("console-approvals")).to_be_visible(timeout=PATIENT_MS)
        for width in (320, 390, 1366):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    everyone_can_use(people["bob"])
