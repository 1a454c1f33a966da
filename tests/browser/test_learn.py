"""Lessons on the screen: the list, one done to its end, a wrong turn told, the checklist."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Venue, everyone_can_use, started_world, until

NAME = "size-margin-leverage"
PATIENT_MS = 60_000
"""The world of a lesson is a process that has just been started."""


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Venue]:
    """A venue whose main world has little to do."""
    with started_world("first-bar", tmp_path_factory.mktemp("learn")) as venue:
        yield venue


def visit(page: Page, venue: Venue, route: str) -> Page:
    """Open a page as one who has been here before; this venue alone is started for it."""
    page.add_init_script("localStorage.setItem('longshore.visited', 'trade')")
    page.set_default_navigation_timeout(120_000)
    page.goto(venue.url)
    page.goto(f"{venue.origin}/#/{route}")
    expect(page.get_by_test_id(route).locator(".primary")).to_have_count(1, timeout=PATIENT_MS)
    return page


def open_and_say(page: Page, world: Venue, leverage: str) -> None:
    """Say the margin for a leverage, open the position, and wait until it is seen."""
    said = len(world.get(f"/lessons/{NAME}/state")["answers"])
    mark = float(world.get("/markets")[0]["mark"])
    page.get_by_test_id("answer-margin").fill(f"{mark * 0.01 / float(leverage):.2f}")
    page.get_by_test_id("answer").click()
    expect(page.get_by_test_id("answer")).to_be_enabled(timeout=PATIENT_MS)
    until(lambda: len(world.get(f"/lessons/{NAME}/state")["answers"]) == said + 1)
    world.order("buy", "0.0100", leverage=leverage)
    world.step(1_000)


@pytest.mark.timeout(300)
def test_a_lesson_is_passed_by_what_happens_and_not_by_asking(page: Page, quiet: Venue):
    """UX-43: the page cannot mark it; the world's events do, and it is told with its evidence."""
    visit(page, quiet, "learn")
    expect(page.get_by_test_id("learn-next")).to_contain_text("Lesson 1")
    page.get_by_test_id("group-lesson").locator("summary").first.click()
    page.get_by_test_id(f"lesson-{NAME}").get_by_role("link").click()
    expect(page.get_by_test_id("lesson").locator(".primary")).to_have_text(
        "Start anyway", timeout=PATIENT_MS
    )
    locked = quiet.http.post(f"/api/v1/lessons/{NAME}/start", json={})
    assert (locked.status_code, locked.json()["code"]) == (409, "LESSON_LOCKED")
    page.get_by_test_id("lesson-start").click()
    expect(page.get_by_test_id("lesson-heading")).to_have_text(
        "Say it before you see it", timeout=120_000
    )
    name = re.search(r"/w/([^/]+)/", page.url)[1]
    refused = quiet.http.post(f"/api/v1/lessons/{NAME}/pass", json={"world": name})
    assert (refused.status_code, refused.json()["code"]) == (409, "LESSON_NOT_PASSED")

    world = quiet.in_world(name)
    assert world.get("/clock")["paused"]
    world.order("buy", "0.0100", leverage="4")
    expect(page.get_by_test_id("lesson-feedback")).to_contain_text(
        "before you said its margin", timeout=PATIENT_MS
    )
    world.flatten()
    for leverage in ("2", "5", "10"):
        open_and_say(page, world, leverage)
        world.flatten()
    expect(page.get_by_test_id("lesson-right")).to_contain_text(
        "One size, three leverages", timeout=PATIENT_MS
    )
    page.get_by_test_id("lesson-finish").click()
    expect(page.get_by_test_id("lesson-level")).to_have_text("Practised", timeout=PATIENT_MS)
    expect(page.get_by_test_id("lesson-evidence")).to_contain_text(name)
    quiet.http.post(f"/api/v1/worlds/{name}/stop")


def test_the_checklist_is_ticked_by_events_alone(page: Page, quiet: Venue):
    visit(page, quiet, "checklist")
    items = page.get_by_test_id("checklist-item")
    expect(items).to_have_count(5, timeout=PATIENT_MS)
    expect(items.first).to_have_attribute("data-done", "false")
    everyone_can_use(page)
