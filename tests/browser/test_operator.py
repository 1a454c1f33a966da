"""The operator's console: told before it is done, done with a reason, and in the log."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from longshore.explain.operator import did
from longshore.explain.sentences import say, speaking
from tests.browser.desk import SYMBOL, Venue, everyone_can_use, until
from tests.browser.people import PATIENT_MS, Browsers, started_town

HALT = {"symbol": SYMBOL, "state": "halted"}


def opened(visit) -> Page:
    """The console, once the checks have been made."""
    page = visit("trade")
    page.get_by_test_id("to-operator").click()
    expect(page.get_by_test_id("check-conservation")).to_be_visible(timeout=PATIENT_MS)
    return page


def test_a_market_is_halted_and_opened_by_keyboard(visit, venue: Venue):
    """UX-61: what comes of it is told, a reason and the market's name are asked for."""
    page = opened(visit)
    before = len(venue.get("/operator/log"))
    page.get_by_test_id(f"set-halted-{SYMBOL}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("act-effects")).to_contain_text(say("market-state-halted"))
    expect(page.get_by_test_id("act-confirm")).to_be_disabled()
    page.get_by_test_id("act-why").focus()
    page.keyboard.type("a drill")
    page.keyboard.press("Tab")
    page.keyboard.type("PF_ETHUSD")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("act")).to_be_visible()  # the name is another market's
    page.keyboard.press("Control+A")
    page.keyboard.type(SYMBOL)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("act")).to_have_count(0)
    expect(page.get_by_test_id("operator-said")).to_have_text(did("state", HALT))
    expect(page.get_by_test_id(f"console-{SYMBOL}")).to_have_attribute("data-state", "halted")
    expect(page.get_by_test_id("deed")).to_have_count(before + 1)
    newest = page.get_by_test_id("deed").first
    for text in ("the owner", did("state", HALT), "a drill"):
        expect(newest).to_contain_text(text)
    assert venue.get(f"/markets/{SYMBOL}")["state"] == "halted"
    page.get_by_test_id(f"set-active-{SYMBOL}").focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("act-why").focus()
    page.keyboard.type("the drill is over")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id(f"console-{SYMBOL}")).to_have_attribute("data-state", "active")


def test_escape_does_nothing(visit, venue: Venue):
    page = opened(visit)
    before = venue.get("/operator/log")
    page.get_by_test_id(f"set-halted-{SYMBOL}").click()
    expect(page.get_by_test_id("act-effects")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("act")).to_have_count(0)
    assert venue.get("/operator/log") == before
    assert venue.get(f"/markets/{SYMBOL}")["state"] == "active"


def test_a_price_move_says_whom_it_liquidates(visit, venue: Venue):
    venue.order("buy", "0.1", leverage="20")
    before = len(venue.get("/liquidations"))
    page = opened(visit)
    page.get_by_test_id("index-percent").fill("-30")
    page.get_by_test_id("index-move").click()
    effects = page.get_by_test_id("act-effects")
    expect(effects).to_contain_text("Accounts liquidated at once:")
    page.get_by_test_id("act-why").fill("what a fall does")
    page.get_by_test_id("act-name").fill(SYMBOL)
    page.get_by_test_id("act-confirm").click()
    expect(page.get_by_test_id("act")).to_have_count(0)
    assert until(lambda: len(venue.get("/liquidations")) == before + 1)


def test_trouble_and_rules_are_changed_and_changed_back(visit, venue: Venue):
    page = opened(visit)
    page.get_by_test_id("trouble-delay_ms").fill("5")
    page.get_by_test_id("trouble-set").click()
    expect(page.get_by_test_id("act-text")).to_have_text(did("trouble", {"delay_ms": 5}))
    confirm(page, "slow programs")
    assert until(lambda: venue.get("/operator/trouble")["delay_ms"] == 5)
    page.get_by_test_id("trouble-end").click()
    confirm(page, "enough")
    assert until(lambda: venue.get("/operator/trouble")["delay_ms"] == 0)
    page.get_by_test_id("term").select_option("liquidation_fee 0")
    old = page.get_by_test_id("term-values").input_value()
    for value, differs in (("0.011", "true"), (old, "false")):
        page.get_by_test_id("term-values").fill(value)
        page.get_by_test_id("term-change").click()
        confirm(page, "a stricter day")
        row = page.get_by_test_id("term-liquidation_fee-0")
        expect(row).to_have_attribute("data-differs", differs)
    page.get_by_test_id("rules-against").select_option(index=1)
    expect(page.get_by_test_id("rules-differences").locator("tbody tr").first).to_be_visible()


def confirm(page: Page, why: str) -> None:
    page.get_by_test_id("act-why").fill(why)
    page.get_by_test_id("act-confirm").click()
    expect(page.get_by_test_id("act")).to_have_count(0)


def test_everyone_can_use_the_console_and_its_dialog(visit, venue: Venue):
    """UX-60, UX-67: dark and light, on a desk and a phone, in two languages."""
    page = opened(visit)
    for width in (320, 390, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    assert page.locator("li a[href$='#/operator']").bounding_box()["height"] >= 24
    everyone_can_use(page)
    page.get_by_test_id("language").select_option("de")
    page.get_by_test_id(f"set-halted-{SYMBOL}").click()
    with speaking("de"):
        expect(page.get_by_test_id("act-text")).to_have_text(did("state", HALT))
    page.keyboard.press("Escape")
    page.get_by_test_id("language").select_option("en")


def test_who_holds_much_is_listed_and_saved(visit, venue: Venue):
    """SURV-010: only the large ones at first; the file holds what is listed."""
    venue.step(60_000)  # the feed's own price, after an operator's
    venue.order("buy", "0.1", leverage="20")
    page = opened(visit)
    positions = page.get_by_test_id("console-positions")
    expect(positions).to_contain_text("Large: 5 % of a market's open contracts")
    page.get_by_test_id("positions-large").uncheck()
    expect(page.get_by_test_id("position-learner-long")).to_contain_text(SYMBOL)
    with page.expect_download() as saved:
        page.get_by_test_id("positions-file").click()
    lines = saved.value.path().read_text().splitlines()
    assert lines[0].startswith("account,symbol,side,size,share_pct")
    assert any(line.startswith(f"learner,{SYMBOL},long,") for line in lines[1:])


def test_guided_practice_has_no_console(visit, venue: Venue):
    """Guided practice does not show the way to it."""
    page = visit("trade", guided=True)
    expect(page.get_by_test_id("to-learn")).to_be_visible()
    expect(page.get_by_test_id("to-operator")).to_have_count(0)


def test_with_people_only_an_operator_gets_in(browser: Browser, tmp_path: Path):
    with started_town(tmp_path / "town") as town:
        browsers = Browsers(browser, town)
        for name, role in (("kim", "learner"), ("ada", "trader")):
            page = browsers.signed_up(name, role)
            expect(page.get_by_test_id("to-operator")).to_have_count(0)
            page.goto(f"{town.origin}/#/operator")
            refused = say("people-needs-operator")
            expect(page.get_by_test_id("operator-problem")).to_have_text(refused)
            expect(page.get_by_test_id("console-markets")).to_have_count(0)
        page = browsers.signed_up("boss", "operator")
        page.get_by_test_id("to-operator").click()
        page.get_by_test_id(f"set-halted-{SYMBOL}").click()
        page.get_by_test_id("act-name").fill(SYMBOL)
        confirm(page, "closing time")
        expect(page.get_by_test_id("deed").first).to_contain_text("boss")


def test_clock_sockets_and_a_file_of_the_world(visit, venue: Venue):
    page = opened(visit)
    page.get_by_test_id("clock-go").click()
    confirm(page, "a lively hour")
    assert until(lambda: not venue.get("/clock")["paused"])
    page.get_by_test_id("clock-stop").click()
    confirm(page, "to look at it")
    assert until(lambda: venue.get("/clock")["paused"])
    page.get_by_test_id("trouble-cut").click()
    expect(page.get_by_test_id("act-effects")).to_contain_text(say("operator-sockets", count="0"))
    confirm(page, "do clients come again")
    page.get_by_test_id("data-save").click()
    confirm(page, "for the archive")
    said = [did("export", {"world": "main"}), did("cut", {}), did("clock", {"action": "pause"})]
    for at, text in enumerate(said):
        expect(page.get_by_test_id("deed").nth(at)).to_contain_text(text)
    page.get_by_test_id("data-digest").click()
    expect(page.get_by_test_id("digest")).to_have_text(venue.get("/clock/state")["digest"])
