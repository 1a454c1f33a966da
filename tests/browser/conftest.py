"""A real browser on a real venue; without a browser these tests are skipped, on CI they fail."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Venue, started, started_world
from tools import browsers

expect.set_options(timeout=30_000)  # what is awaited comes; a busy machine takes its time
STATIC = Path(__file__).parents[2] / "src/longshore/venue/static/index.html"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser."""
    path = browsers.had("chromium")
    reason = "" if path else "no Chromium: python tools/browsers.py chromium"
    if not STATIC.is_file():
        reason = "the screen is not built: make ui"
    if reason and os.environ.get("CI") == "true":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """Without a GPU: one that is imitated costs a third of the time."""
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"}


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Venue]:
    """A venue with a seeded world whose clock stands still until it is stepped."""
    data = tmp_path_factory.mktemp("venue")
    with started(data, "--seed", "7", "--clock", "manual", "--engine", "plain") as venue:
        yield venue


@pytest.fixture(scope="session")
def running_crash(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Venue]:
    """A venue whose main world is March 2020, from 12 March 00:00, its clock standing still."""
    data = tmp_path_factory.mktemp("crash")
    world = ("--world", "march-2020", "--clock", "manual", "--engine", "plain")
    with started(data, *world) as venue:
        yield venue


@pytest.fixture
def crash(running_crash: Venue) -> Venue:
    """March 2020, with an account that holds nothing."""
    running_crash.flatten()
    return running_crash


@pytest.fixture
def venue(running: Venue) -> Venue:
    """The venue, with an account that holds nothing."""
    running.flatten()
    return running


@pytest.fixture
def three_markets(tmp_path: Path, chromium: str) -> Iterator[Venue]:
    """A new world of three perpetuals, in its first, partial hour."""
    with started_world("three-markets", tmp_path) as venue:
        yield venue


@pytest.fixture
def first_bar(tmp_path: Path, chromium: str) -> Iterator[Venue]:
    """A new world at the beginning of its recording: it has no past."""
    with started_world("first-bar", tmp_path) as venue:
        yield venue


@pytest.fixture
def the_fall(tmp_path: Path, chromium: str) -> Iterator[Venue]:
    """A new world a few minutes before the fall of 12 March 2020."""
    with started_world("the-fall", tmp_path) as venue:
        yield venue


@pytest.fixture
def visit(page: Page, venue: Venue) -> Iterator[Callable[..., Page]]:
    """Open a page of the screen, as one who has been here before."""

    def to(
        route: str = "trade",
        again: bool = True,
        at: Venue = venue,
        form: str = "simple",
        guided: bool = False,
    ) -> Page:
        if again:
            page.add_init_script("localStorage.setItem('longshore.visited', 'trade')")
        if form == "pro":
            page.add_init_script("localStorage.setItem('longshore.form', 'pro')")
        if guided:
            page.add_init_script("localStorage.setItem('longshore.guided', 'on')")
        page.goto(at.url)
        page.goto(f"{at.origin}/#/{route}")
        return page

    yield to
    page.unroute_all(behavior="ignoreErrors")  # what is still being answered is of no use
