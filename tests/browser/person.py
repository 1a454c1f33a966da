"""Somebody at the keyboard who reads what a step says: no pointer, a focus that is seen."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from longshore.explain.glossary import hard_words
from longshore.explain.sentences import speaking
from tests.browser.desk import until
from tests.browser.test_keys import FOCUS

PATIENT_MS = 120_000
"""The world of a lesson is a process that has just been started."""
STEP_S = 20
"""So long a page may take until it stands as it stays."""
STILL_MS = 1_000
TABS_MAX = 300
WORDS_MAX = 120
FOCUS_LEAST_PX = 3
CONTROLS = "button:not([data-term]), label, legend, summary"
"""Names of what can be done: they may hold hard words, and are no text to be read."""
TOLD = """(region, names) => {
  const skip = names + 'table, dl, svg, option, .hidden, [role=meter], [data-testid=chart]';
  const walk = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
  const texts = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const on = node.parentElement;
    if (on.checkVisibility({visibilityProperty: true}) && !on.closest(skip)) texts.push(node.data);
  }
  return texts.join('').replace(/\\s+/g, ' ');
}"""
LEADS = """() => {
  const open = [...document.querySelectorAll('dialog[open]')].at(-1);
  return [...(open ?? document).querySelectorAll('.primary')]
    .filter((each) => each.checkVisibility())
    .map((each) => each.textContent.trim() + (each.matches(':disabled') ? ' (not now)' : ''));
}"""
COVERED = """(region) => {
  const isFoot = ({left, bottom, height}) =>
    left === 0 && bottom === innerHeight && height < innerHeight / 8;
  const over = [...document.querySelectorAll('[role=status], [role=alert]')]
    .filter((each) => getComputedStyle(each).position === 'fixed' && !region.contains(each))
    .map((each) => each.getBoundingClientRect()).filter((each) => each.height && !isFoot(each));
  const lies = (text) => over.some(({left, right, top, bottom}) =>
    text.bottom > top && text.top < bottom && text.right > left && text.left < right);
  const walk = document.createTreeWalker(region, NodeFilter.SHOW_TEXT), range = new Range();
  const under = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
    range.selectNodeContents(node);
    if ([...range.getClientRects()].some(lies)) under.push(node.data.trim());
  }
  return under;
}"""
"""What of a region lies under a notice; a line at the foot of the window only makes it shorter."""
TABS_AWAY = """(each) => {
  const open = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
  const stops = [...open.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
    .filter((one) => one.tabIndex >= 0 && !one.matches(':disabled') && one.checkVisibility())
    .filter((one) => one.type !== 'radio' || one.checked || one === each ||
      !open.querySelector(`[name="${one.name}"]:checked`));
  return stops.indexOf(each) - stops.indexOf(document.activeElement);
}"""
PLACE = """(region) => {
  const margin = region.matches('dialog') ? 0 : 8;
  const box = (region.closest('.panel') ?? region).getBoundingClientRect();
  const x = Math.max(0, box.left + scrollX - margin), y = Math.max(0, box.top + scrollY - margin);
  return {x, y, width: box.right + scrollX + margin - x, height: box.bottom + scrollY + margin - y};
}"""
UNDER = """(each) => {
  const {left, top, width, height} = each.getBoundingClientRect();
  const upper = document.elementFromPoint(left + width / 2, top + height / 2);
  return Boolean(upper?.closest('.notices')) && !each.closest('.notices');
}"""
HAS_FOCUS = "(each) => each === document.activeElement"


class Person:
    """One who has only keys. `pictures` is where each step is kept; None: nowhere."""

    def __init__(self, page: Page, pictures: Path | None = None) -> None:
        self.page = page
        self.pictures = pictures
        self.steps: list[str] = []

    def at(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    def held(self, symbol: str) -> Locator:
        """The card of a position."""
        return self.at("position").and_(self.page.locator(f'[data-symbol="{symbol}"]'))

    def to(self, what: str | Locator) -> Locator:
        """Tab until a control has the focus, and see that it has."""
        there = self.at(what) if isinstance(what, str) else what
        expect(there).to_be_enabled(timeout=PATIENT_MS)
        pressed = 0
        while not there.evaluate(HAS_FOCUS) and pressed < TABS_MAX:
            away = there.evaluate(TABS_AWAY) or 1
            for _ in range(abs(away)):
                self.page.keyboard.press("Tab" if away > 0 else "Shift+Tab")
            pressed += abs(away)
        found = self.page.evaluate(FOCUS)
        assert there.evaluate(HAS_FOCUS), f"{what} is not reached by {TABS_MAX} tabs: {found}"
        assert found["width"] >= FOCUS_LEAST_PX, found
        assert not there.evaluate(UNDER), f"{what} is under a notice"
        return there

    def press(self, what: str | Locator, key: str = "Enter") -> None:
        self.to(what)
        self.page.keyboard.press(key)

    def write(self, what: str | Locator, text: str) -> None:
        self.to(what)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def choose(self, what: str, value: str) -> None:
        """One of a list, by the arrow keys."""
        there = self.at(what)
        wanted = there.locator(f'option[value="{value}"]')
        expect(wanted).to_be_attached(timeout=PATIENT_MS)
        self.to(there)
        values = there.locator("option").evaluate_all("all => all.map((each) => each.value)")
        away = values.index(value) - values.index(there.input_value())
        for _ in range(abs(away)):
            self.page.keyboard.press("ArrowDown" if away > 0 else "ArrowUp")
        expect(there).to_have_value(value)

    def side(self, side: str) -> None:
        """Long or short in the ticket: what is chosen already needs no key."""
        chosen = self.page.locator("[name=side]:checked")
        if chosen.input_value() != side:
            self.to(chosen)
            self.page.keyboard.press("ArrowRight")
        expect(self.page.locator("[name=side]:checked")).to_have_value(side)

    def reads(self, testid: str, pattern: str = ".") -> str:
        """What stands there, once there is something like it."""
        there = self.at(testid)
        expect(there).to_have_text(re.compile(pattern), timeout=PATIENT_MS)
        return there.inner_text()

    def settled(self, testid: str) -> str:
        """What stands there once it is the same for a second."""
        said = [self.reads(testid)]

        def still() -> bool:
            self.page.wait_for_timeout(STILL_MS)
            said.append(self.reads(testid))
            return said[-1] == said[-2]

        until(still, STEP_S)
        return said[-1]

    def number(self, testid: str) -> float:
        return float(re.sub(r"[^0-9.-]", "", self.reads(testid, r"\d")))

    def step(self, name: str, testid: str, whole: bool = False) -> None:
        """One thing stands out and can be pressed; few words, no hard one bare.

        Nothing lies over them, but for a line at the foot of the window. The picture is of the
        part that asks, or of the `whole` window.
        """
        there = self.at(testid)
        expect(there).to_be_visible(timeout=PATIENT_MS)
        assert there.evaluate(COVERED) == [], (name, "under a notice")
        until(lambda: not self._faults(there), STEP_S)
        faults = self._faults(there)
        assert faults == [], (name, faults, there.evaluate(TOLD, ""))
        self.steps.append(name)
        if self.pictures:
            path = self.pictures / f"{len(self.steps):02}-{name}.png"
            at = None if whole else there.evaluate(PLACE)
            self.page.screenshot(
                path=path, animations="disabled", caret="initial", clip=at, full_page=at is not None
            )

    def _faults(self, there: Locator) -> list[str]:
        leads = self.page.evaluate(LEADS)
        read = there.evaluate(TOLD, f"{CONTROLS}, ")
        told = there.evaluate(TOLD, "")
        words = re.findall(r"[^\W\d_][\w'-]*", read)
        tips = "all => all.map((each) => each.dataset.term)"
        choices = " / ".join(there.locator("option").all_text_contents())
        bare = terms_in(f"{told} / {choices}") - set(
            there.locator("[data-term]").evaluate_all(tips)
        )
        return [
            *([f"these stand out: {leads}"] if len(leads) != 1 or "not now" in leads[0] else []),
            *([f"{len(words)} words"] if len(words) > WORDS_MAX else []),
            *([f"bare: {bare}"] if bare else []),
        ]


def terms_in(text: str) -> set[str]:
    """The terms of the glossary whose hard words stand in a text."""
    with speaking("en"):
        hard = hard_words()
    words = "|".join(re.escape(word) for word in sorted(hard, key=len, reverse=True))
    found = re.findall(rf"(?<![\w-])({words})(?![\w-])", text, re.IGNORECASE)
    return {hard[word.lower()] for word in found}
