"""Signing in on the screen, the account page, and a class in three browsers at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from longshore.explain.sentences import say
from tests.browser.desk import SYMBOL, Venue, everyone_can_use
from tests.browser.people import (
    PAGES_OF_PEOPLE,
    PASSWORD,
    PATIENT_MS,
    Browsers,
    asked,
    fill,
    started_town,
)

NEW = "another long word"
ORDER = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01", "leverage": "10"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Venue]:
    """A venue where people sign in."""
    with started_town(tmp_path_factory.mktemp("town")) as venue:
        yield venue


@pytest.fixture
def browsers(browser: Browser, town: Venue) -> Iterator[Browsers]:
    with Browsers(browser, town) as opened:
        yield opened


def test_nothing_is_shown_before_somebody_signs_in(browsers: Browsers):
    """UX-61: by keyboard alone, with the refusal at its field."""
    page = browsers.signed_up("kim")
    page.get_by_test_id("to-me").click()
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_test_id("sign-in").locator(".primary")).to_have_count(1)
    for route in ("trade", "me", "learn", "class/any"):
        page.goto(f"{browsers.venue.origin}/#/{route}")
        expect(page.get_by_test_id("sign-in")).to_be_visible()
        assert asked(page, "GET", "/api/v1/account").status == 401
    page.get_by_test_id("field-name").focus()
    page.keyboard.type("kim")
    page.keyboard.press("Tab")
    page.keyboard.type("not the word")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(say("people-wrong"))
    expect(page.get_by_test_id("field-password")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("to-me")).to_have_text("kim")


def test_a_new_name_is_refused_at_its_field(browsers: Browsers):
    """The venue's own sentence, in the language that was chosen."""
    page = browsers.open("sign-up", locale="en-GB")
    page.evaluate("localStorage.setItem('longshore.language', 'de')")
    page.reload()
    fill(page, name="x", password=PASSWORD)
    page.get_by_test_id("sign-up-send").click()
    expect(page.get_by_role("alert")).to_contain_text("3 bis 32 kleine Buchstaben")
    expect(page.get_by_test_id("field-name")).to_have_attribute("aria-invalid", "true")


def test_the_account_page_makes_keys_codes_and_ends_other_sessions(browsers: Browsers):
    here, there = browsers.signed_up("lou", "trader"), browsers.open()
    fill(there, name="lou", password=PASSWORD)
    there.get_by_test_id("sign-in-send").click()
    expect(there.get_by_test_id("to-me")).to_have_text("lou")
    here.get_by_test_id("to-me").click()
    here.get_by_test_id("permission-trade").uncheck()
    here.get_by_test_id("key-make").click()
    expect(here.get_by_test_id("key-secret")).to_have_text(re.compile(r"[\w+/=]{80,}"))
    expect(here.get_by_test_id("key")).to_contain_text("read")
    here.get_by_test_id("key").get_by_role("button").click()
    expect(here.get_by_test_id("key")).to_have_count(0)
    here.get_by_test_id("password-form").locator("summary").click()
    form = here.get_by_test_id("password-form")
    form.get_by_test_id("field-password").fill(PASSWORD)
    form.get_by_test_id("field-new_password").fill(NEW)
    here.get_by_test_id("password-send").click()
    expect(here.get_by_test_id("password-done")).to_be_visible()
    expect(there.get_by_test_id("sign-in")).to_be_visible()  # by itself, at once
    codes = here.get_by_test_id("code-form")
    codes.locator("summary").click()
    codes.get_by_test_id("field-password").fill(NEW)
    here.get_by_test_id("code-send").click()
    totp = pyotp.TOTP(here.get_by_test_id("code-secret").inner_text())
    codes.get_by_test_id("field-code").fill(totp.now())
    here.get_by_test_id("code-send").click()
    expect(codes.locator("summary")).to_have_text("One-time codes: on")
    fill(there, name="lou", password=NEW)
    there.get_by_test_id("sign-in-send").click()
    expect(there.get_by_role("alert")).to_have_text(say("people-code-needed"))
    expect(there.get_by_test_id("field-code")).to_be_focused()


def test_everyone_can_use_the_pages_of_people(browsers: Browsers):
    """UX-60, UX-67: axe finds nothing, and nothing scrolls sideways from 320 px on."""
    page = browsers.signed_up("max", "teacher")
    made = asked(page, "POST", "/api/v1/classes", {"title": "Perps"}).json()
    lesson = asked(page, "GET", "/api/v1/lessons").json()["lessons"][0]["name"]
    asked(page, "PUT", f"/api/v1/classes/{made['id']}/lessons/{lesson}")
    for route in PAGES_OF_PEOPLE:
        argument = made["id"] if route == "class" else ""
        page.goto(f"{browsers.venue.origin}/#/{route}/{argument}")
        expect(page.get_by_test_id(route).locator(".primary")).to_have_count(1)
        page.evaluate("document.querySelectorAll('main details').forEach(d => (d.open = true))")
        everyone_can_use(page)
        nothing_scrolls_sideways(page)
    page.goto(f"{browsers.venue.origin}/#/me")
    page.get_by_test_id("sign-out").click()
    expect(page.get_by_test_id("sign-in")).to_be_visible()
    everyone_can_use(page)
    nothing_scrolls_sideways(page)


def nothing_scrolls_sideways(page: Page) -> None:
    for width in (320, 390, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


@pytest.mark.timeout(300)
def test_two_learners_and_a_teacher_in_browsers_of_their_own(browsers: Browsers):
    """A class from its code to its export, while nobody sees what another trades."""
    tess = browsers.signed_up("tess", "teacher")
    anna, bert = browsers.signed_up("anna"), browsers.signed_up("bert")
    tess.get_by_test_id("to-classes").click()
    fill(tess, title="Perps on Monday")
    tess.get_by_test_id("class-make").click()
    code = tess.get_by_test_id("class-code").inner_text()
    tess.get_by_test_id("assign").get_by_role("button").click()
    expect(tess.get_by_test_id("learners").locator("thead th")).to_have_count(3)
    for page in (anna, bert):
        page.get_by_test_id("to-classes").click()
        fill(page, code=code.lower())
        page.get_by_test_id("join").click()
        expect(page.get_by_test_id("joined")).to_contain_text("Perps on Monday · tess")
    tess.reload()
    for name in ("anna", "bert"):
        expect(tess.get_by_test_id(f"learner-{name}")).to_contain_text("New")
    with tess.expect_download() as file:
        tess.get_by_test_id("export-csv").click()
    assert file.value.suggested_filename.endswith(".csv")
    browsers.venue.step(60_000)  # until there is a price
    for page in (anna, bert):
        page.goto(f"{browsers.venue.origin}/#/trade")
        expect(page.get_by_test_id("submit")).to_be_enabled(timeout=PATIENT_MS)
    bought = asked(anna, "POST", "/api/v1/orders", ORDER)
    assert bought.ok, bought.text()
    expect(anna.get_by_test_id("buffer-meter")).to_be_attached()
    expect(bert.get_by_test_id("buffer-meter")).to_have_count(0)
    for page in (bert, tess):
        for path in ("/account", "/fills", "/ledger", "/orders"):
            assert asked(page, "GET", f"/api/v1{path}?account=anna").status == 404
        assert asked(page, "GET", "/api/v1/account").json()["positions"] == []
    expect(bert.get_by_test_id("pause")).to_have_count(0)  # the clock is not a learner's
    expect(bert.get_by_test_id("resume")).to_have_count(0)
