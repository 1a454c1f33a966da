"""Lessons 1 to 4 as somebody does them who has only keys."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.person import PATIENT_MS, Person

SPOT, FUTURE, PERP = "XBT/USD", "FF_XBTUSD_261225", "PF_XBTUSD"
ORDERS = re.compile(r"/api/v1/orders$")
MINUTE, TEN_SECONDS = "pass-60000", "pass-10000"
ENOUGH_LEFT = 70
"""Percent of the safety buffer at which the third fall is left."""
CAME_TO = re.compile(
    r"You are (up|down) \$([\d.,]+) before costs: -?([\d.]+)% of your margin, -?([\d.]+)%"
)


def begin(me: Person, name: str = "") -> None:
    """From a lesson's page into its world."""
    if name:
        me.step(name, "lesson")
    me.press("lesson-start")
    expect(me.at("lesson-heading")).to_be_visible(timeout=PATIENT_MS)
    expect(me.at("submit")).to_be_visible()


def order(me: Person, size: str, leverage: int = 0, side: str = "buy") -> None:
    """What is in the ticket, sent."""
    me.side(side)
    if leverage:
        me.write("leverage-number", str(leverage))
    me.write("size", size)
    expect(me.at("submit")).to_contain_text(size.rstrip("0"), timeout=PATIENT_MS)
    with me.page.expect_response(ORDERS):
        me.press("submit")
    expect(me.at("outcome")).to_contain_text("filled", timeout=PATIENT_MS)


def close(me: Person) -> None:
    me.press("close")
    me.press("close-confirm")
    expect(me.at("position")).to_have_count(0, timeout=PATIENT_MS)


def wait(me: Person, *buttons: str) -> None:
    """Let time pass, and see that it has."""
    for each in buttons:
        before = me.reads("world-time")
        me.press(each)
        expect(me.at("world-time")).not_to_have_text(before, timeout=PATIENT_MS)


def say(me: Person, step: str = "", **answers: str) -> None:
    """Write the answers to a lesson's questions, and say them."""
    for name, answer in answers.items():
        me.write(f"answer-{name}", answer)
    if step:
        me.step(step, "lesson-panel")
    me.press("answer")
    expect(me.at("answer")).to_be_enabled(timeout=PATIENT_MS)
    for name, answer in answers.items():
        expect(me.at(f"said-{name}")).to_contain_text(answer, timeout=PATIENT_MS)


def finish(me: Person, name: str = "") -> None:
    expect(me.at("lesson-finish")).to_be_visible(timeout=PATIENT_MS)
    if name:
        me.step(name, "lesson-panel")
    me.press("lesson-finish")
    expect(me.at("lesson-level")).to_have_text("Practised", timeout=PATIENT_MS)


def heading(me: Person, text: str) -> None:
    expect(me.at("lesson-heading")).to_have_text(text, timeout=PATIENT_MS)


def buy(me: Person, symbol: str, side: str = "buy") -> None:
    """500 dollars of a market."""
    me.choose("symbol", symbol)
    expect(me.at("submit")).to_be_enabled(timeout=PATIENT_MS)
    order(me, f"{500 / me.number('index'):.4f}", leverage=0 if symbol == SPOT else 6, side=side)


def owning_and_exposure(me: Person) -> None:
    """Lesson 1."""
    begin(me, "lesson-1")
    me.step("lesson-1-buy", "lesson-panel", whole=True)
    for symbol in (SPOT, FUTURE, PERP):
        buy(me, symbol)
    watch_the_fall(me)
    say_what_you_hold(me)
    finish(me, "lesson-1-passed")


def watch_the_fall(me: Person) -> None:
    heading(me, "Watch one fall")
    me.step("lesson-1-wait", "lesson-panel")
    wait(me, MINUTE, MINUTE, MINUTE)
    read_liquidation(me, "lesson-1-liquidated")


def read_liquidation(me: Person, step: str = "") -> None:
    """What the venue says once nothing is left; it says so again for each part that it closes."""
    expect(me.at("position")).to_have_count(0, timeout=PATIENT_MS)
    dialog = me.at("liquidation-dialog")
    expect(dialog).to_be_visible(timeout=PATIENT_MS)
    if step:
        me.step(step, "liquidation-dialog")
    me.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def say_what_you_hold(me: Person) -> None:
    heading(me, "Say what you hold")
    for question, answer in (
        ("withdraw", "the coins"),
        ("closed_for_me", "the future and the perpetual"),
        ("ends", "the future"),
    ):
        me.choose(f"answer-{question}", answer)
    me.step("lesson-1-answer", "lesson-panel")
    me.press("answer")


def size_margin_leverage(me: Person) -> None:
    """Lesson 2."""
    begin(me, "lesson-2")
    for leverage in (2, 5, 10):
        margin = f"{me.number('mark') * 0.01 / leverage:.2f}"
        say(me, "" if leverage > 2 else "lesson-2-say", margin=margin)
        order(me, "0.0100", leverage)
        if leverage < 10:
            close(me)
    finish(me)


def profit_three_ways(me: Person) -> None:
    """Lesson 3. After each move it is quiet, so that what is read is what will be closed at."""
    begin(me, "lesson-3")
    order(me, "0.0500", 10)
    wait(me, MINUTE, MINUTE, TEN_SECONDS)
    tell_profit(me, "lesson-3-say")
    close(me)
    order(me, "0.0500", 10, "sell")
    wait(me, MINUTE, MINUTE, MINUTE, TEN_SECONDS)
    tell_profit(me)
    close(me)
    finish(me)


def tell_profit(me: Person, step: str = "") -> None:
    """As the position's sentence has it."""
    way, usd, of_margin, of_price = CAME_TO.search(me.settled("position-sentences")).groups()
    sign = "" if way == "up" else "-"
    say(me, step, usd=sign + usd, of_price=sign + of_price, of_margin=sign + of_margin)


def liquidation_is_a_rule(me: Person) -> None:
    """Lesson 4: two falls that are let come, the third left in time."""
    begin(me, "lesson-4")
    for step, more in (("lesson-4-say", [TEN_SECONDS, TEN_SECONDS]), ("", [])):
        order(me, "0.0500", 20)
        say(me, step, liquidation=f"{me.number('header-liquidation'):.0f}")
        wait(me, MINUTE, *more)
        wait(me, MINUTE)  # in this one the venue closes it, part by part
        read_liquidation(me)
        wait(me, MINUTE)
    heading(me, "Act in time")
    order(me, "0.0500", 20)
    while me.number("header-buffer") > ENOUGH_LEFT:
        wait(me, TEN_SECONDS)
    me.step("lesson-4-act", "lesson-panel")
    close(me)
    finish(me)
