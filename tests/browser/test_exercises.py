"""Drills and exercises on the screen: from an address to a pass, wrong turns told on the way."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import SYMBOL, Venue, everyone_can_use, started_world, until

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
        venue.step(60_000)  # until there is a price
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
        found = re.search(r"/w/([^/]+)/", page.evaluate("location.hash"))
        return found[1] if found and found[1] != but else ""

    return venue.in_world(until(at, PATIENT_MS / 1_000))


def finished(page: Page) -> None:
    page.get_by_test_id("lesson-finish").click(timeout=PATIENT_MS)
    expect(page.get_by_test_id("lesson-level")).to_have_text("Practised", timeout=PATIENT_MS)


def stopped(venue: Venue, world: Venue) -> None:
    venue.http.post(f"/api/v1/worlds/{world.world}/stop")


@pytest.mark.timeout(400)
def test_a_drill_starts_from_an_address_and_again_with_a_new_seed(
    page: Page, quiet: Venue, data: Path
):
    """UX-42: brief, goal, condition, what went wrong, another seed; only events pass it."""
    world = begun(page, quiet, "start/flash-crash/8")
    assert "seed = 8\n" in (data / "worlds" / world.world / "world.toml").read_text("utf-8")
    expect(page.get_by_test_id("lesson-heading")).to_have_text("Stay in")
    expect(page.get_by_test_id("lesson-action")).to_contain_text("keep it through the fall")
    world.step(90_000)
    world.order("buy", "0.0200", leverage="3")
    feedback = page.get_by_test_id("lesson-feedback")
    expect(feedback).to_contain_text("when the fall had begun", timeout=PATIENT_MS)
    refused = quiet.http.post("/api/v1/lessons/flash-crash/pass", json={"world": world.world})
    assert (refused.status_code, refused.json()["code"]) == (409, "LESSON_NOT_PASSED")

    page.get_by_test_id("lesson-again").click()
    other = entered(page, quiet, but=world.world)
    assert "seed = 8\n" not in (data / "worlds" / other.world / "world.toml").read_text("utf-8")
    expect(feedback).to_have_count(0)
    stopped(quiet, world)
    other.order("buy", "0.0200", leverage="3")
    for _ in range(10):
        other.step(20_000)
    other.post(f"/positions/{SYMBOL}/close", {})
    finished(page)
    expect(page.get_by_test_id("lesson-goal").locator("code")).to_contain_text("any(trades")
    stopped(quiet, other)


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
    page.get_by_test_id("group-exercise").locator("summary").first.click()
    evidence = page.get_by_test_id(f"evidence-{NETWORKS}")
    evidence.locator("summary").click()
    expect(evidence.locator("li")).to_have_count(2)
    expect(evidence).to_contain_text("counts from")
    everyone_can_use(page)

    quiet.order("buy", "0.0010", leverage="2")
    page.reload()
    fallen = page.get_by_test_id("evidence-define-the-risk")
    expect(fallen).to_contain_text("opened without a stop", timeout=PATIENT_MS)
    quiet.flatten()


@pytest.mark.timeout(600)
def test_a_holding_is_hedged_for_a_week_and_the_short_can_be_closed_all_the_same(
    page: Page, quiet: Venue
):
    """UX-46: net exposure by events over the week, what funding came to, and a rise after it."""
    world = begun(page, quiet, "start/hedge-a-holding")
    symbol = world.get("/markets")[0]["symbol"]
    heading, right = page.get_by_test_id("lesson-heading"), page.get_by_test_id("lesson-right")
    world.order("sell", "1", symbol=symbol, leverage="3")
    expect(heading).to_have_text("A week", timeout=PATIENT_MS)
    for _ in range(17):
        world.step(10 * HOUR_MS)
    expect(heading).to_have_text("What it cost", timeout=PATIENT_MS)
    expect(right).to_contain_text("coin and short together hardly moved")
    paid = sum(float(each["amount"]) for each in world.get("/funding-payments?limit=1000"))
    page.get_by_test_id("answer-funding").fill(f"{abs(paid):.2f}")
    page.get_by_test_id("answer-funding").press("Enter")
    path = "/lessons/hedge-a-holding/state"
    until(lambda: world.get(path)["answers"])
    world.post(f"/positions/{symbol}/close", {})
    expect(heading).to_have_text("Right, and closed", timeout=PATIENT_MS)
    world.order("sell", "1", symbol=symbol, leverage="15")
    for _ in range(3):
        world.step(10 * HOUR_MS)
    expect(right).to_contain_text("not at coins that lie elsewhere", timeout=PATIENT_MS)
    told = page.get_by_test_id("liquidation-dialog")  # where the page heard of it in time
    page.add_locator_handler(told, lambda: page.keyboard.press("Escape"))
    finished(page)
    stopped(quiet, world)


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


@pytest.mark.timeout(400)
def test_one_trade_runs_at_four_venues_with_what_differs_first(page: Page, quiet: Venue):
    """UX-48: the learner's own trade; ends, times and costs; each value with source and date."""
    world = begun(page, quiet, "start/four-venues")
    path = "/lessons/four-venues"
    for question, answer in (("refuses", "cautious"), ("closes", "hyperliquid")):
        world.post(f"{path}/answers", {"question": question, "answer": answer})
    early = quiet.http.post(f"/api/v1{path}/venues", json={"world": world.world})
    assert (early.status_code, early.json()["code"]) == (409, "NO_TRADE")
    world.order("buy", "0.0476")
    for _ in range(12):
        world.step(20_000)
    page.get_by_test_id("run-venues").click()
    lines = page.get_by_test_id("venue-line")
    expect(lines.first).to_be_visible(timeout=PATIENT_MS)
    page.get_by_test_id("venue-all").check()
    differs = lines.evaluate_all("rows => rows.map(row => row.dataset.differs)")
    assert differs == sorted(differs, reverse=True)
    assert len(set(differs)) == 2
    expect(page.get_by_test_id("venues").locator("thead th")).to_have_count(5)
    flips = page.locator("[data-testid='rule-margin-tiers'][data-verdict='flips']")
    flips.locator("summary").click()
    for text in flips.get_by_test_id("rule-value").all_inner_texts():
        assert re.search(r"\(.*\d{4}-\d{2}-\d{2}.*\)|no source|unverified", text), text
    everyone_can_use(page)
    expect(page.get_by_test_id("lesson-heading")).to_have_text("The rule", timeout=PATIENT_MS)
    page.get_by_test_id("answer-rule").select_option("margin-tiers")
    page.get_by_test_id("answer").click()
    finished(page)
    stopped(quiet, world)


@pytest.mark.timeout(300)
def test_a_position_is_said_back_blank_by_blank(page: Page, quiet: Venue):
    """UX-44: what is so comes from the account; what is not is run in a world where it were."""
    quiet.flatten()
    quiet.order("buy", "0.0100", leverage="5")
    page.add_init_script("localStorage.setItem('longshore.visited', 'trade')")
    page.goto(quiet.url)
    page.goto(f"{quiet.origin}/#/say-back/{SYMBOL}")
    said = page.get_by_test_id("say-it")
    expect(said).to_be_disabled(timeout=PATIENT_MS)
    true = {"holds": "contract", "side": "rises", "size": "value", "risk": "margin"}
    for blank, chip in (true | {"side": "falls", "ends": "entry"}).items():
        page.get_by_test_id(f"chip-{blank}-{chip}").click()
    expect(said).to_be_disabled()
    due = float(quiet.position()["funding_next"]["amount"])
    pays = "none" if due == 0 else "pay" if due < 0 else "receive"
    page.get_by_test_id(f"chip-funding-{pays}").click()
    said.click()
    for blank, right in (("holds", "true"), ("side", "false"), ("ends", "false"), ("risk", "true")):
        expect(page.get_by_test_id(f"blank-{blank}")).to_have_attribute(
            "data-right", right, timeout=PATIENT_MS
        )
    before = quiet.get("/account")
    page.get_by_test_id("if-true-side").click()
    world = page.get_by_test_id("world-side")
    expect(world).to_contain_text("a loss of", timeout=PATIENT_MS)
    expect(world).to_contain_text("a gain of")
    page.get_by_test_id("if-true-ends").click()
    expect(page.get_by_test_id("world-ends")).to_contain_text("still open", timeout=PATIENT_MS)
    assert quiet.get("/account")["orders"] == before["orders"]
    everyone_can_use(page)
    page.get_by_test_id("chip-side-rises").click()
    page.get_by_test_id("chip-ends-liquidation").click()
    said.click()
    expect(page.get_by_test_id("say-back-passed")).to_be_visible(timeout=PATIENT_MS)
    quiet.flatten()
