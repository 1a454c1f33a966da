"""Drills and exercises on the screen: from an address to a pass, wrong turns told on the way."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import Venue, everyone_can_use, started_world, until

PATIENT_MS = 120_000
"""The world of a lesson is a process that has just been started."""
HOUR_MS = 3_600_000
NETWORKS = "wrong-network"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exercises")


@pytest.fixture(scope="module")
def quiet(data: Path, chromium: str) -> Iterator[Venue]:
    """A venue whose main world has little to do."""
    with started_world("first-bar", data) as venue:
        yield venue


def begun(page: Page, venue: Venue, address: str) -> Venue:
    """Open the address that starts it; its world."""
    page.add_init_script("localStorage.setItem('longshore.visited', 'trade')")
    page.set_default_navigation_timeout(PATIENT_MS)
    page.goto(venue.url)
    page.goto(f"{venue.origin}/#/{address}")
    return entered(page, venue)


def entered(page: Page, venue: Venue, but: str = "") -> Venue:
    """The world that the page has gone to."""
    expect(page.get_by_test_id("lesson-heading")).to_be_visible(timeout=PATIENT_MS)

    def at() -> str:
        found = re.search(r"/w/([^/]+)/", page.url)
        return found[1] if found and found[1] != but else ""

    return venue.in_world(until(at))


def finished(page: Page) -> None:
    page.get_by_test_id("lesson-finish").click(timeout=PATIENT_MS)
    expect(page.get_by_test_id("lesson-level")).to_have_text("Practised", timeout=PATIENT_MS)


def stopped(venue: Venue, world: Venue) -> None:
    venue.http.post(f"/api/v1/worlds/{world.world}/stop")


def passed_networks(quiet: Venue) -> dict[str, object]:
    """Pass the exercise with the toy wallet once, over the API; its line in the list."""
    started = quiet.post(f"/lessons/{NETWORKS}/start", {"anyway": True})
    world = quiet.in_world(started["name"])
    path = f"/lessons/{NETWORKS}"
    venue = next(
        each["address"]
        for each in world.get(f"{path}/state")["toy"]["addresses"]
        if each["holder"] == "venue"
    )
    for question, answer in (
        ("toy", f"send 0.1 {venue} Harbour"),
        ("toy", f"send 0.9 {venue} Harbour"),
        ("key", "who holds the key there"),
    ):
        world.post(f"{path}/answers", {"question": question, "answer": answer})
    found = quiet.post(f"{path}/pass", {"world": started["name"]})
    stopped(quiet, world)
    return found


def aged(data: Path, hours: int) -> None:
    """Let so many hours pass on the wall, as far as passes are concerned."""
    for file in (data / "lessons").glob("*.json"):
        book = json.loads(file.read_text("utf-8"))
        for entries in book.values():
            for entry in entries:
                entry["at_ms"] -= hours * HOUR_MS
        file.write_text(json.dumps(book), "utf-8")


@pytest.mark.timeout(400)
def test_levels_rise_with_time_between_and_fall_with_a_reason(page: Page, quiet: Venue, data: Path):
    """UX-45: a second pass within 16 hours raises nothing; free play takes a level back."""
    assert passed_networks(quiet)["level_name"] == "Practised"
    aged(data, 15)
    again = passed_networks(quiet)
    assert (again["level_name"], again["next_wall"] > time.time() * 1_000) == ("Practised", True)
    aged(data, 2)
    assert passed_networks(quiet)["level_name"] == "Solid"

    [file] = (data / "lessons").glob("*.json")
    book = json.loads(file.read_text("utf-8"))
    seq = quiet.get("/worlds")["worlds"][0]["seq"]
    book["define-the-risk"] = [
        {"kind": "passed", "at_ms": 0, "world": "w", "seqs": [1, 2], "free_seq": seq}
    ]
    file.write_text(json.dumps(book), "utf-8")
    page.add_init_script("localStorage.setItem('longshore.visited', 'trade')")
    page.goto(quiet.url)
    page.goto(f"{quiet.origin}/#/learn")
    expect(page.get_by_test_id("learn-due")).to_contain_text("Define the risk", timeout=PATIENT_MS)
    evidence = page.get_by_test_id(f"evidence-{NETWORKS}")
    evidence.locator("summary").click()
    expect(evidence.locator("li")).to_have_count(2)
    expect(evidence).to_contain_text("counts from")
    everyone_can_use(page)

    quiet.step(60_000)  # until there is a price
    quiet.order("buy", "0.0010", leverage="2")
    page.reload()
    fallen = page.get_by_test_id("evidence-define-the-risk")
    expect(fallen).to_contain_text("opened without a stop", timeout=PATIENT_MS)
    quiet.flatten()


@pytest.mark.timeout(400)
def test_toy_coins_on_the_wrong_network_are_where_the_key_says(page: Page, quiet: Venue):
    """UX-47: three networks, one way of writing addresses, a test send, and no real address."""
    world = begun(page, quiet, f"start/{NETWORKS}")
    told = page.get_by_test_id("toy-told").locator("li")
    venue = page.get_by_test_id("toy-address-venue").inner_text()
    own = page.get_by_test_id("toy-address-you").inner_text()
    assert (own[:8], own[-5:]) == (venue[:8], venue[-5:])

    def send(coins: str, address: str, network: str) -> None:
        page.get_by_test_id("toy-coins").fill(coins)
        page.get_by_test_id("toy-address").fill(address)
        page.get_by_test_id("toy-network").select_option(network)
        page.get_by_test_id("toy-send").click()

    send("0.1", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "Harbour")
    alert = page.get_by_test_id("lesson-panel").get_by_role("alert")
    expect(alert).to_contain_text("never a real one", timeout=PATIENT_MS)
    expect(page.get_by_test_id("toy-wallet")).to_have_text("1 toy coins")

    send("0.05", venue, "Lighthouse")
    expect(told.last).to_contain_text("The venue holds the key", timeout=PATIENT_MS)
    expect(page.get_by_test_id("lesson-feedback")).to_contain_text("Only it can get them out")
    send("0.05", own, "Harbour")
    expect(told.last).to_contain_text("they can be recovered", timeout=PATIENT_MS)
    page.get_by_test_id("toy-recover").click()
    expect(told.last).to_contain_text("The key was yours", timeout=PATIENT_MS)
    send("0.05", venue, "Harbour")
    expect(page.get_by_test_id("lesson-heading")).to_have_text("The rest", timeout=PATIENT_MS)
    everyone_can_use(page)
    send("0.9", venue, "Harbour")
    expect(page.get_by_test_id("lesson-heading")).to_have_text("What decides", timeout=PATIENT_MS)
    page.get_by_test_id("language").select_option("de")
    answer = page.get_by_test_id("answer-key")
    expect(answer).to_contain_text("wer dort den Schlüssel hat", timeout=PATIENT_MS)
    answer.select_option("who holds the key there")
    page.get_by_test_id("language").select_option("en")
    page.get_by_test_id("answer").click()
    expect(page.get_by_test_id("lesson-right")).to_contain_text("you ask", timeout=PATIENT_MS)
    page.get_by_test_id("lesson-finish").click()
    expect(page.get_by_test_id("lesson-level")).to_be_visible(timeout=PATIENT_MS)
    stopped(quiet, world)
