"""The operator works through queues: an identity, a disputed liquidation, an alert replayed.

`LONGSHORE_PICTURES=docs/queues` writes pictures of it; without it nothing is written.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from longshore.explain.operator import did
from longshore.explain.sentences import say, speaking
from longshore.venue.onshore.questions import BANK
from tests.browser.desk import AXE, SYMBOL, WORLDS, Venue, everyone_can_use, started, until
from tests.browser.pictures import picture

PATIENT_MS = 60_000
"""A copy of a world is a process that starts."""
FILE = b"\x89PNG\r\n\x1a\n" + bytes(1_000)


@pytest.fixture(scope="module")
def town(tmp_path_factory, chromium) -> Iterator[Venue]:
    """A venue whose operator decides who somebody is; two of its customers look like one hand."""
    world = ("--world", str(WORLDS / "queues.toml"), "--clock", "manual", "--engine", "plain")
    rules = ("--onshore", "kraken", "--identity", "manual")
    with started(tmp_path_factory.mktemp("queues"), *world, *rules) as venue:
        venue.step(60_000)
        for name in ("anna", "bert"):
            through(venue, name)
        wash(venue)
        yield venue


def through(venue: Venue, name: str) -> None:
    """All gates of an account, as somebody whom nothing stops."""
    of = f"?account={name}"
    show(venue, name, "ada")
    [case] = venue.get("/operator/identities")
    venue.post(f"/operator/identities/{case['case']}", {"accept": True})
    paper = venue.get(f"/onshore/documents/perpetual{of}")
    agreed = {key: paper[key] for key in ("product", "version", "sha256")}
    venue.post(f"/onshore/consents{of}", agreed)
    asked = venue.get(f"/onshore/questions{of}")
    answers = {each["id"]: BANK[each["id"]] for each in asked["questions"]}
    venue.post(f"/onshore/questions{of}", {"attempt": asked["attempt"], "answers": answers})


def show(venue: Venue, name: str, person: str) -> None:
    """Somebody made up is shown, who then waits for the operator."""
    of = f"?account={name}"
    venue.put(f"/onshore/residence{of}", {"country": "US", "state": "TX"})
    venue.post(f"/onshore/identity{of}", {"person": person, "tier": "intermediate"})


def traded(venue: Venue, seller: str, buyer: str, size: str, **more: str) -> None:
    """One sells to the other at the index."""
    price = str(int(float(venue.get(f"/markets/{SYMBOL}")["index"])))
    body = {"symbol": SYMBOL, "type": "limit", "size": size, "price": price}
    venue.post(f"/orders?account={seller}", body | {"side": "sell"})
    venue.post(f"/orders?account={buyer}", body | {"side": "buy"} | more)


def wash(venue: Venue) -> None:
    """Anna and Bert trade with each other and nobody else, there and back."""
    pair = ["anna", "bert"]
    for _ in range(6):
        traded(venue, *pair, size="0.2")
        venue.step(2_000)
        pair.reverse()


def disputed(venue: Venue) -> Any:
    """Anna is liquidated by a fall that the operator makes, and disputes it with a picture."""
    traded(venue, "bert", "anna", "2", leverage="10")
    venue.post("/operator/index", {"symbol": SYMBOL, "percent": "-12"})
    [fall] = venue.get("/liquidations?account=anna")
    file = {"name": "seen.png", "type": "image/png", "content": base64.b64encode(FILE).decode()}
    body = {"category": "disputed_liquidation", "liquidation": fall["id"], "attachment": file}
    return venue.post("/support/tickets?account=anna", body | {"text": "It was one price only."})


@pytest.fixture
def operators(page: Page, town: Venue) -> Page:
    """A page of the operator's, at the console."""
    page.add_init_script("localStorage.setItem('longshore.visited', 'trade')")
    page.goto(town.url)
    page.goto(f"{town.origin}/#/operator")
    return page


def everyone(page: Page) -> None:
    """Can use it, in both themes and at both widths; then it is a dark desk again."""
    everyone_can_use(page)
    page.get_by_test_id("theme").select_option("dark")
    page.set_viewport_size({"width": 1366, "height": 768})


def confirm(page: Page, why: str) -> None:
    page.get_by_test_id("act-why").fill(why)
    page.get_by_test_id("act-confirm").click()
    expect(page.get_by_test_id("act")).to_have_count(0)


def newest_deed(venue: Venue) -> tuple[str, str]:
    deed = venue.get("/operator/log")[0]
    return deed["text"], deed["why"]


def test_an_identity_is_decided_from_the_console_on_by_keyboard(operators: Page, town: Venue):
    page = operators
    show(town, "learner", "june")
    expect(page.get_by_test_id("console-queues")).to_contain_text("Identities: 1", timeout=20_000)
    page.get_by_role("link", name="Identities: 1").press("Enter")
    [case] = town.get("/operator/identities")
    line = page.get_by_test_id(f"line-case-{case['case']}")
    expect(line).to_contain_text("learner")
    line.press("Enter")
    expect(page.get_by_test_id("case-reason")).to_have_text(say("onshore-queue-by-hand"))
    expect(page.get_by_test_id("case-found")).to_have_text(say("onshore-found-name-mismatch"))
    expect(page.get_by_test_id("case-particulars")).to_contain_text("Jane Specimen-Doe differs")
    picture(page, "identity")
    everyone(page)
    page.get_by_test_id("case-refuse").press("Enter")
    expect(page.get_by_test_id("act-effects")).to_contain_text(say("operator-means-refused"))
    page.get_by_test_id("act-why").press_sequentially("two names")
    page.keyboard.press("Enter")
    refused = did("identity", {"case": case["case"], "accept": False})
    expect(page.get_by_test_id("queues-said")).to_have_text(refused)
    expect(page.get_by_test_id("case-state")).to_have_attribute("data-state", "refused")
    expect(page.get_by_test_id("case-accept")).to_have_count(0)
    expect(page.get_by_test_id("queue-identities")).to_contain_text("0")
    assert newest_deed(town) == (refused, "two names")
    town.post("/onshore/identity/appeal", {"text": "I have married."})
    expect(page.get_by_test_id("case-appeal")).to_have_text("I have married.", timeout=20_000)
    page.get_by_test_id("case-accept").click()
    expect(page.get_by_test_id("act-effects")).to_contain_text("Intermediate")
    confirm(page, "a paper of the registry")
    expect(page.get_by_test_id("case-state")).to_have_attribute("data-state", "accepted")
    page.get_by_test_id("show-done").click()
    expect(line).to_contain_text("Accepted")
    assert town.get("/onshore")["tier"] == "intermediate"


def test_a_disputed_liquidation_is_answered_and_closed(operators: Page, town: Venue):
    page, number = operators, disputed(town)["ticket"]["id"]
    page.goto(f"{town.origin}/#/queues/tickets")
    page.get_by_test_id(f"line-ticket-{number}").click()
    expect(page.get_by_test_id("queue-ticket-autopsy")).to_contain_text("liquidated")
    file = page.get_by_test_id("queue-file")
    expect(file).to_have_text(f"seen.png, image/png, {len(FILE)} bytes")
    with page.expect_download() as download:
        file.click()
    assert download.value.path().read_bytes() == FILE
    page.get_by_test_id("queue-template").select_option("by_the_rules")
    told = say("support-answer-by-the-rules")
    expect(page.get_by_test_id("queue-words")).to_have_text(told)
    page.get_by_test_id("queue-answer").click()
    expect(page.get_by_test_id("act-effects")).to_have_text(told)
    confirm(page, "went through it")
    state = page.get_by_test_id("queue-ticket-state")
    expect(state).to_have_attribute("data-state", "answered")
    expect(page.get_by_test_id("queue-message").last).to_contain_text(told)
    picture(page, "ticket")
    everyone(page)
    page.get_by_test_id("queue-text").fill("And the mark was 12 % lower.")
    page.get_by_test_id("queue-answer").click()
    confirm(page, "one more word")
    expect(page.get_by_test_id("queue-message")).to_have_count(3)
    expect(page.get_by_test_id("queue-text")).to_have_value("")
    page.get_by_test_id("queue-close").click()
    confirm(page, "nothing is left to say")
    expect(state).to_have_text(say("support-state-closed-by-venue"))
    assert newest_deed(town)[0] == did("ticket-state", {"id": number, "state": "closed"})
    page.get_by_test_id("language").select_option("de")
    with speaking("de"):
        expect(state).to_have_text(say("support-state-closed-by-venue"))
    page.get_by_test_id("language").select_option("en")
    page.get_by_test_id("queue-reopen").click()
    confirm(page, "by mistake")
    expect(state).to_have_attribute("data-state", "reopened")
    page.get_by_role("link", name="All of it").click()
    expect(page.get_by_test_id("explanation-numbers")).to_be_visible()


def test_an_alert_is_replayed_and_dismissed(operators: Page, town: Venue):
    """From its evidence the operator sees the market as it stood, and the world stays as it is."""
    page = operators
    [alert] = town.get("/operator/alerts")["alerts"]
    before = town.get("/clock/state")
    page.goto(f"{town.origin}/#/queues/alerts")
    page.get_by_test_id(f"line-alert-{alert['id']}").click()
    expect(page.get_by_test_id("alert-text")).to_have_text(alert["text"])
    picture(page, "alert")
    everyone(page)
    page.get_by_test_id("see-1").click()
    moment = page.get_by_test_id("evidence-moment")
    expect(moment).to_contain_text("1 of 6", timeout=PATIENT_MS)
    expect(page.get_by_test_id("held-anna")).to_contain_text("short 0.2")
    expect(page.get_by_test_id("held-bert")).to_contain_text("long 0.2")
    expect(page.get_by_test_id("trades")).to_contain_text("0.2")
    page.get_by_test_id("evidence-side").click()
    expect(moment).to_contain_text("just before it", timeout=PATIENT_MS)
    expect(page.get_by_test_id("held-anna")).to_contain_text("sell 0.2")
    expect(page.get_by_test_id("held-bert")).not_to_contain_text("0.2")
    expect(page.get_by_test_id("evidence-later")).to_be_enabled(timeout=PATIENT_MS)
    picture(page, "replay")
    found = Axe().run(page, "[data-testid=evidence-bar]", options=AXE)  # the market is seen to
    assert found.violations_count == 0, found.generate_report()
    page.get_by_test_id("evidence-back").click()
    page.get_by_test_id("alert-dismissed").click()
    confirm(page, "a drill of two hands")
    expect(page.get_by_test_id("alert-state")).to_have_attribute("data-state", "dismissed")
    expect(page.get_by_test_id("queue-empty")).to_be_visible()
    dismissed = did("alert", {"id": alert["id"], "state": "dismissed"})
    assert newest_deed(town) == (dismissed, "a drill of two hands")
    assert town.get("/clock/state") == before
    assert until(lambda: len(town.get("/worlds")["worlds"]) == 1)  # the copies are gone


def test_the_queues_fit_a_phone_and_lead_back(operators: Page, town: Venue):
    page = operators
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{town.origin}/#/queues/alerts")
    for state in ("done", "waiting"):
        page.get_by_test_id(f"show-{state}").click()
        expect(page.get_by_test_id(f"show-{state}")).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{town.origin}/#/queues/alert-1")
    expect(page.get_by_test_id("see-6")).to_be_visible()
    expect(page.locator("#queue-list")).not_to_be_visible()  # one thing at a time
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_test_id("queue-all").click()
    expect(page.locator("#queue-list")).to_be_visible()
    page.get_by_test_id("to-console").click()
    expect(page.get_by_test_id("console-queues")).to_be_visible()
