"""Time on the screen: step, run on, go back, branch; sessions that outlive a restart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Venue, everyone_can_use, started_world, until

PATIENT_MS = 60_000
"""A world that is made is a process that is started."""
MINUTE_MS = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("replay")


@pytest.fixture(scope="module")
def recorded(folder: Path, chromium: str) -> Iterator[Venue]:
    """The first minutes of a recording, as the main world of a venue."""
    with started_world("first-bar", folder) as venue:
        yield venue


def visit(page: Page, venue: Venue, route: str = "trade") -> Page:
    """Open a page as one who has been here before and has unlocked the keys."""
    page.add_init_script(
        "localStorage.setItem('longshore.visited', 'trade');"
        "localStorage.setItem('longshore.hotkeys', 'on')"
    )
    page.goto(venue.url)
    page.goto(f"{venue.origin}/#/{route}")
    expect(page.get_by_test_id("mode")).to_be_visible(timeout=PATIENT_MS)
    return page


def world_of(page: Page) -> str:
    """The world that the screen looks at, once it looks at a further one."""
    page.wait_for_url(re.compile(r"#/w/"), timeout=PATIENT_MS)
    return re.search(r"#/w/([^/]+)/", page.url)[1]


def time_of(venue: Venue) -> int:
    return venue.get("/clock")["world_time"]


def came_to(venue: Venue, time_ms: int) -> Any:
    """Whether a world's clock comes to a time."""
    return until(lambda: time_of(venue) == time_ms)


def digest(venue: Venue) -> str:
    return venue.get("/clock/state")["digest"]


@pytest.mark.timeout(300)
def test_time_is_held_by_keyboard_and_goes_the_same_way_again(page: Page, recorded: Venue):
    """UX-40: step, speed, back, forward to the same state; a branch takes any order."""
    visit(page, recorded)
    expect(page.get_by_test_id("mode")).to_contain_text("Paused", timeout=PATIENT_MS)
    page.keyboard.press("Space")
    expect(page.get_by_test_id("mode")).to_contain_text("Replay")
    page.keyboard.press("]")
    expect(page.get_by_test_id("speed")).to_have_value("5")
    page.keyboard.press("[")
    page.keyboard.press("[")  # at once: each press counts from what came of the last
    expect(page.get_by_test_id("speed")).to_have_value("0.25")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("mode")).to_contain_text("Paused")
    began = time_of(recorded)
    page.keyboard.press("n")
    assert until(lambda: time_of(recorded) > began)
    expect(page.get_by_test_id("replay-doing")).to_have_count(0, timeout=PATIENT_MS)
    passed = time_of(recorded) + MINUTE_MS
    page.keyboard.press(".")
    assert came_to(recorded, passed)
    shown = page.evaluate("t => new Date(t).toISOString().slice(11, 19)", passed)
    expect(page.get_by_test_id("world-time")).to_contain_text(shown, timeout=PATIENT_MS)
    first = digest(recorded)

    page.keyboard.press(",")
    name = world_of(page)
    branch = recorded.in_world(name)
    assert time_of(branch) == passed - MINUTE_MS
    assert digest(branch) != first
    expect(page.get_by_test_id("mode")).to_contain_text("Paused", timeout=PATIENT_MS)
    page.keyboard.press(".")
    assert came_to(branch, passed)
    assert digest(branch) == first

    branch.order("buy", "0.0100", type="limit", price="1000")
    branch.order("sell", "0.0100", type="stop", trigger_price="1000")
    branch.order("buy", "0.0100")
    assert len(branch.get("/orders")["open"]) == 2
    assert (time_of(recorded), digest(recorded)) == (passed, first)


@pytest.mark.timeout(300)
def test_a_moment_is_named_by_its_time_or_by_what_happens(page: Page, recorded: Venue):
    """UX-40: seek, run on until, and a branch with a name; what does not come is said."""
    visit(page, recorded)
    expect(page.get_by_test_id("mode")).to_contain_text("Paused", timeout=PATIENT_MS)
    began = time_of(recorded)
    page.keyboard.press("g")
    expect(page.get_by_test_id("state")).to_have_attribute("data-digest", digest(recorded))
    later = page.evaluate("t => new Date(t).toISOString().slice(0, 19)", began + 2 * MINUTE_MS)
    page.get_by_test_id("go-time").fill(later)
    page.get_by_test_id("go-there").click()
    expect(page.get_by_test_id("time")).to_have_count(0)
    assert time_of(recorded) // 1000 == (began + 2 * MINUTE_MS) // 1000
    page.get_by_test_id("time-dialog").click()
    page.get_by_test_id("until").select_option("funding")
    page.get_by_test_id("run-until").click()
    expect(page.get_by_test_id("time")).to_have_count(0, timeout=3 * PATIENT_MS)
    assert time_of(recorded) % 3_600_000 == 0
    page.get_by_test_id("time-dialog").click()
    page.get_by_test_id("branch-title").fill("Lower leverage")
    page.get_by_test_id("branch").click()
    world_of(page)
    expect(page.get_by_test_id("world-picker")).to_be_visible(timeout=PATIENT_MS)
    page.goto(f"{recorded.origin}/#/worlds")
    expect(page.get_by_test_id("worlds-page")).to_contain_text("Lower leverage")


@pytest.mark.timeout(300)
def test_a_session_is_there_again_after_a_restart(page: Page, tmp_path: Path, chromium: str):
    """UX-40: saved as it goes, opened from the list, renamed, rested, carried, deleted."""
    with started_world("first-bar", tmp_path) as venue:
        visit(page, venue)
        expect(page.get_by_test_id("mode")).to_contain_text("Paused", timeout=PATIENT_MS)
        venue.step(3 * MINUTE_MS)
        page.get_by_test_id("back").click()
        name = world_of(page)
        branch = venue.in_world(name)
        branch.order("buy", "0.0100")
        left = digest(branch)
    with started_world("first-bar", tmp_path) as venue:
        visit(page, venue, "worlds")
        row = page.get_by_test_id(f"world-{name}")
        expect(row).to_contain_text("branched from", timeout=PATIENT_MS)
        everyone_can_use(page)
        page.get_by_test_id(f"title-{name}").fill("My second try")
        page.get_by_test_id(f"title-{name}").press("Tab")
        expect(page.get_by_test_id("worlds-said")).to_contain_text("My second try")
        expect(page.get_by_test_id(f"save-{name}")).to_be_enabled()
        page.wait_for_timeout(500)  # it stays told
        expect(page.get_by_test_id("worlds-said")).to_contain_text("My second try")
        page.get_by_test_id(f"save-{name}").click()
        expect(page.get_by_test_id("worlds-said")).to_contain_text(
            f"{name}.world", timeout=PATIENT_MS
        )
        page.get_by_test_id(f"open-{name}").click()
        assert world_of(page) == name
        expect(page.get_by_test_id("position")).to_contain_text("Long", timeout=PATIENT_MS)
        assert digest(venue.in_world(name)) == left
        page.goto(f"{venue.origin}/#/worlds")
        page.get_by_test_id(f"end-{name}").click()
        expect(row).to_contain_text("resting", timeout=PATIENT_MS)
        page.get_by_test_id(f"delete-{name}").click()
        assert name in {world["name"] for world in venue.get("/worlds")["worlds"]}
        page.get_by_test_id(f"delete-{name}").click()
        expect(row).to_have_count(0)
        page.get_by_test_id("import-file").fill(f"{name}.world")
        page.get_by_test_id("import").click()
        expect(page.get_by_test_id("worlds-said")).to_contain_text("Opened as", timeout=PATIENT_MS)


def test_crashes_say_whose_prices_they_are_and_hide_their_future(page: Page, recorded: Venue):
    """UX-41: source, licence, gaps, what is made, a twin; nothing later, nothing from elsewhere."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, recorded)
    page.get_by_test_id("world-picker").click()
    shipped = recorded.get("/worlds")["scenarios"]
    days = [each for each in shipped if each["recorded"]]
    names = {each["name"] for each in shipped}
    assert len(days) >= 5
    for day in days:
        assert day["name"].startswith("book-") or f"{day['name']}-twin" in names
        told = page.get_by_test_id(f"prices-{day['name']}")
        told.locator("summary").click()
        for words in (day["prices"], day["licence"]):
            assert words
            expect(told).to_contain_text(words)
        assert re.search(r"[Gg]ap|No minute is missing", day["prices"])
        assert re.search(r"made up|queue behind", day["prices"])
    for symbol in recorded.get("/markets"):
        path = f"/markets/{symbol['symbol']}/candles?kind=trade&interval_s=60&limit=500"
        assert all(bar["time"] <= time_of(recorded) for bar in recorded.get(path))
    assert all(url.startswith((recorded.origin, "data:", "blob:")) for url in asked)
