"""A person who knows nothing, from the first page to the debrief of a trade that was stopped out.

By keyboard alone: a press is a key that does something, Tab only carries the focus there. What a
step says is all visible text of the part that asks for something (the page, the lesson, the ticket,
the position, a dialog), but for names of controls, tables and drawings of numbers: at most 120
words. Each of the glossary's hard words in it, those of controls and choices too, can be asked for
there: where it stands first, or in a line below.

`LONGSHORE_PICTURES=docs/tutorial` keeps the pictures that docs/tutorial.md shows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Venue, started_world
from tests.browser.first_lessons import (
    FUTURE,
    PERP,
    SPOT,
    begin,
    buy,
    finish,
    heading,
    liquidation_is_a_rule,
    owning_and_exposure,
    profit_three_ways,
    say_what_you_hold,
    size_margin_leverage,
    wait,
    watch_the_fall,
)
from tests.browser.person import PATIENT_MS, Person

ROOT = Path(__file__).parents[2]
SIZE = {"width": 920, "height": 660}
FALLS_AFTER_MINUTES = 10


@pytest.fixture
def quiet(tmp_path: Path, chromium: str) -> Iterator[Venue]:
    """A venue with a quiet market, and one fall in it."""
    with started_world("newcomer", tmp_path) as venue:
        yield venue


@pytest.fixture
def newcomer(page: Page, quiet: Venue) -> Person:
    """Somebody who opens the address that `make run` opens, for the first time."""
    page.set_viewport_size(SIZE)
    page.set_default_timeout(PATIENT_MS)
    page.goto(quiet.url)
    return Person(page)


def pictures() -> Path | None:
    """The folder that the pictures are asked for in, with nothing in it."""
    if not (name := os.environ.get("LONGSHORE_PICTURES", "")):
        return None
    folder = ROOT / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    return folder


@pytest.mark.timeout(1_800)
def test_from_the_first_page_to_the_debrief(newcomer: Person):
    """UX-61: one thing to do on each step, few words, no hard one without its meaning."""
    me = newcomer
    me.pictures = pictures()
    me.step("start", "welcome", whole=True)
    me.press("to-learn")
    me.step("learn", "learn", whole=True)
    me.press("learn-next")
    owning_and_exposure(me)
    me.press("lesson-after")
    size_margin_leverage(me)
    me.press("lesson-after")
    profit_three_ways(me)
    me.press("lesson-after")
    liquidation_is_a_rule(me)
    me.press("to-market")
    fill_plan(me)
    send_plan(me)
    stopped_out(me)


@pytest.mark.timeout(1_800)
def test_three_wrong_turns_and_back(newcomer: Person):
    """UX-61: each is put right by two presses at most, and what was done before is still there."""
    me = newcomer
    me.press("to-learn")
    me.press("learn-next")
    begin(me)
    buy(me, SPOT)
    leave_and_return(me)
    reload(me)
    buy(me, FUTURE)
    buy(me, PERP, side="sell")
    me.press(me.held(PERP).get_by_test_id("flip"))
    me.press("flip-confirm")
    expect(me.held(PERP)).to_contain_text("Long", timeout=PATIENT_MS)
    watch_the_fall(me)
    say_what_you_hold(me)
    finish(me)
    me.press("to-market")
    fill_plan(me)
    plan_for_the_wrong_side(me)
    send_plan(me)
    stopped_out(me)


def leave_and_return(me: Person) -> None:
    """The first that can be reached on the page of lessons is the one that was left."""
    me.press("to-learn")
    expect(me.at("learn-next")).to_have_text("Go on with: Owning and exposure", timeout=PATIENT_MS)
    me.step("left", "learn")
    me.page.keyboard.press("Tab")
    me.page.keyboard.press("Enter")
    heading(me, "Buy the same three ways")
    has_coins(me)


def reload(me: Person) -> None:
    """No press at all: the same step, the same coins."""
    me.page.reload()
    heading(me, "Buy the same three ways")
    me.step("reloaded", "lesson-panel")
    has_coins(me)


def has_coins(me: Person) -> None:
    expect(me.at("holdings").locator("tbody tr")).to_have_count(2, timeout=PATIENT_MS)


def plan_for_the_wrong_side(me: Person) -> None:
    """One arrow key each way; what was filled in follows."""
    mark, stop = me.number("mark"), me.at("stop")
    assert float(stop.input_value()) < mark
    me.to(me.page.locator("[name=side]:checked"))
    me.page.keyboard.press("ArrowRight")
    expect(me.at("submit")).to_contain_text("Open short", timeout=PATIENT_MS)
    assert float(stop.input_value()) > mark
    me.page.keyboard.press("ArrowLeft")
    expect(me.at("submit")).to_contain_text("Open long", timeout=PATIENT_MS)
    assert float(stop.input_value()) < mark


def fill_plan(me: Person) -> None:
    """A plan in the open market, from the values to start from."""
    me.step("plan", "ticket")
    me.press("reason-lesson", key="Space")
    me.press("plan-fill")
    expect(me.at("submit")).to_be_enabled(timeout=PATIENT_MS)
    me.step("plan-filled", "ticket")


def send_plan(me: Person) -> None:
    """The order that follows from it."""
    me.press("submit")
    expect(me.at("position")).to_be_visible(timeout=PATIENT_MS)
    expect(me.at("notice")).to_contain_text("You bought")
    me.step("position", "position")


def stopped_out(me: Person) -> None:
    """The fall comes, the stop closes, the debrief opens by itself."""
    wait(me, *["step-60000"] * (FALLS_AFTER_MINUTES - 1))
    me.press("step-60000")
    expect(me.at("debrief-headline")).to_contain_text("ended by: Stop", timeout=PATIENT_MS)
    expect(me.at("notice")).to_be_visible()
    me.step("debrief", "debrief", whole=True)
    me.press("choice-did")
    expect(me.at("moment-after").first).to_be_visible(timeout=PATIENT_MS)
    me.to("debrief-done")
    me.step("debrief-again", "debrief", whole=True)
    me.press("debrief-done")
    expect(me.at("trade-page")).to_be_visible()
