"""The trade page as somebody wants it: arranged, kept under a name, chosen, renamed, removed."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.desk import AXE, everyone_can_use
from tests.browser.test_states import STORAGE_OFF

STORAGE_FULL = "Storage.prototype.setItem = () => { throw new DOMException('full') }"
PANELS = {"chart": "chart", "book": "book", "trades": "trades", "activity": "activity"}


def shown(page: Page) -> set[str]:
    """The panels that can be seen."""
    return {name for name in PANELS if page.get_by_test_id(name).is_visible()}


def command(page: Page, words: str) -> None:
    """Give a command by keyboard alone."""
    page.keyboard.press("Control+k")
    expect(page.get_by_test_id("palette-find")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def saved_as(page: Page, name: str) -> None:
    """Without trades and account, under a name, all by keyboard."""
    command(page, "Layout: arrange")
    for panel in ("trades", "activity"):
        page.get_by_test_id(f"panel-{panel}").focus()
        page.keyboard.press("Space")
    page.get_by_test_id("layout-name").focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("layout-said")).to_have_text(f"Saved as {name}")
    page.keyboard.press("Escape")


def test_a_layout_is_saved_chosen_renamed_and_removed_by_keyboard(visit):
    """UX-61: and is there again the next time."""
    page = visit("trade")
    assert shown(page) == PANELS.keys()
    saved_as(page, "narrow")
    assert shown(page) == {"chart", "book"}
    command(page, "as it was at first")
    assert shown(page) == PANELS.keys()
    command(page, "Layout: narrow")
    assert shown(page) == {"chart", "book"}
    page.reload()
    expect(page.get_by_test_id("chart")).to_be_visible()
    assert shown(page) == {"chart", "book"}
    page.get_by_test_id("layout").click()
    page.get_by_label("Name of narrow").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("for one screen")
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("layout-for one screen")).to_be_visible()
    page.get_by_label("Name of for one screen").fill("")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Name of for one screen")).to_have_value("for one screen")
    page.get_by_label("Remove for one screen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Saved layouts").locator("li")).to_have_count(0)
    page.reload()
    page.get_by_test_id("layout").click()
    expect(page.get_by_label("Saved layouts").locator("li")).to_have_count(0)


def test_every_arrangement_fills_the_page_and_moves_nothing_out_of_it(visit):
    """UX-67: whatever is left out, the rest is in view, the ticket on its side."""
    page = visit("trade")
    page.get_by_test_id("layout").click()
    for width in (800, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        for side in ("left", "right"):
            page.get_by_test_id("layout-ticket").select_option(side)
            for panels in (["chart"], ["chart", "activity"], ["book", "trades"], ["trades"]):
                toggled(page, panels)
                boxes = {n: page.get_by_test_id(n).bounding_box() for n in (*PANELS, "ticket")}
                seen = {name: box for name, box in boxes.items() if box}
                assert seen.keys() == {*PANELS, "ticket"} - set(panels)
                assert all(box["width"] > 150 for box in seen.values()), (width, panels, seen)
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
                if "chart" in seen:
                    is_left = seen["ticket"]["x"] < seen["chart"]["x"]
                    assert is_left == (side == "left")
                toggled(page, panels)


def toggled(page: Page, panels: list[str]) -> None:
    for panel in panels:
        page.get_by_test_id(f"panel-{panel}").click()


@pytest.mark.parametrize("storage", [STORAGE_OFF, STORAGE_FULL])
def test_where_nothing_can_be_kept_it_lasts_as_long_as_the_page(visit, page, storage):
    page.add_init_script(storage)
    visit("trade", again=False)
    expect(page.get_by_test_id("chart")).to_be_visible()
    saved_as(page, "for now")
    command(page, "as it was at first")
    command(page, "Layout: for now")
    assert shown(page) == {"chart", "book"}


@pytest.mark.parametrize("kept", ["{broken", "7", '[{"name": 3}, null]', '{"chart": "no"}'])
def test_what_somebody_else_wrote_is_left_out(visit, page, kept):
    for key in ("layout", "layouts"):
        page.add_init_script(f"localStorage.setItem('longshore.{key}', {kept!r})")
    visit("trade")
    expect(page.get_by_test_id("chart")).to_be_visible()
    assert shown(page) == PANELS.keys()


def test_a_phone_shows_one_part_at_a_time_whatever_was_arranged(visit):
    page = visit("trade")
    saved_as(page, "narrow")
    page.set_viewport_size({"width": 390, "height": 800})
    assert shown(page) == {"chart", "book", "trades"}
    page.get_by_test_id("view-position").click()
    expect(page.get_by_test_id("activity")).to_be_visible()
    expect(page.get_by_test_id("layout")).to_be_hidden()


def test_everyone_can_arrange(visit):
    """UX-60: axe finds nothing in the window of layouts, nor on the page that comes of it."""
    page = visit("trade")
    saved_as(page, "narrow")
    everyone_can_use(page)
    for theme in ("dark", "light"):
        page.get_by_test_id("theme").select_option(theme)
        command(page, "Layout: arrange")
        expect(page.get_by_test_id("layout-narrow")).to_be_visible()
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, found.generate_report()
        page.keyboard.press("Escape")
