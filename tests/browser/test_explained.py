"""Every number opens its tree; sentences are in the language that was chosen."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.desk import SYMBOL, everyone_can_use

SLOW_MS = 20_000
NUMBERS = {
    "mark": "mark", "last": "last", "index": "index", "funding": "funding-line",
    "equity": "equity", "free": "free", "header-liquidation": "liquidation",
    "header-pnl": "unrealised", "header-buffer": "buffer", "buffer": "buffer",
    "position-liquidation": "liquidation", "position-pnl": "unrealised",
    "after-liquidation": "liquidation", "after-margin": "margin", "after-free": "free",
}  # fmt: skip


def test_every_number_opens_its_tree_by_keyboard(visit, venue):
    """By number: a button in the tab order; Enter opens, Escape closes and gives the focus back."""
    venue.order("buy", "0.05")
    page = visit("trade")
    page.set_viewport_size({"width": 1366, "height": 900})  # lower, costs come before questions
    page.locator(f"[data-symbol={SYMBOL}] [data-testid=numbers] summary").click()
    for place, number in NUMBERS.items():
        button = page.get_by_test_id(place).get_by_role("button")
        expect(button).to_have_attribute("data-explains", number)
        button.focus()
        page.keyboard.press("Enter")
        tree = page.get_by_test_id("why")
        expect(tree.locator("strong").first).not_to_be_empty(timeout=SLOW_MS)
        page.keyboard.press("Escape")
        expect(tree).to_have_count(0)
        expect(button).to_be_focused()
    card = page.locator(f"[data-symbol={SYMBOL}] dl [data-explains]")
    assert card.count() == page.locator(f"[data-symbol={SYMBOL}] dl dd").count()
    assert page.get_by_test_id("costs").locator("[data-explains]").count() == 4


def test_a_tree_says_formula_article_source_and_date(visit, venue):
    """The dialog's root is the number that was shown; its parts open one by one."""
    venue.order("buy", "0.05")
    page = visit("trade")
    page.get_by_test_id("header-liquidation").get_by_role("button").click()
    why = page.get_by_test_id("why")
    expect(why).to_contain_text("LIQD-001")
    price = venue.position()["liquidation"]["price_text"]
    expect(why.locator("strong").first).to_have_text(price)
    for _ in range(12):
        shut = why.locator("details:not([open]) > summary:visible")
        if not shut.count():
            break
        shut.first.click()
    expect(why).to_contain_text(f"perpetuals.{SYMBOL}.tiers.0")
    expect(why).to_contain_text("2026-09-25")
    page.keyboard.press("Escape")


def test_another_language_is_chosen_and_remembered(visit, venue):
    """Sentences change at once and after a reload; the numbers stay as they are."""
    venue.order("buy", "0.05")
    page = visit("trade")
    sentences = page.get_by_test_id("position-sentences")
    expect(sentences).to_contain_text("You own no BTC.")
    page.get_by_test_id("language").select_option("de")
    expect(sentences).to_contain_text("Du besitzt keine BTC.", timeout=SLOW_MS)
    page.reload()
    expect(sentences).to_contain_text("Du besitzt keine BTC.", timeout=SLOW_MS)
    price = venue.position()["liquidation"]["price_text"]
    expect(page.get_by_test_id("header-liquidation")).to_have_text(price)
    page.get_by_test_id("header-liquidation").get_by_role("button").click()
    expect(page.get_by_test_id("why")).to_contain_text("Kontowert über der Erhaltungsmargin")
    page.keyboard.press("Escape")
    page.get_by_test_id("language").select_option("en")
    expect(sentences).to_contain_text("You own no BTC.", timeout=SLOW_MS)


def test_a_language_that_is_not_here_does_no_harm(visit, venue):
    page = visit("trade")
    page.evaluate("localStorage.setItem('longshore.language', 'xx')")
    page.reload()
    expect(page.get_by_test_id("mark")).not_to_have_text("–")
    expect(page.get_by_test_id("funding")).to_contain_text("In ")


def test_everyone_can_read_a_tree(visit, venue):
    """UX-60: dark and light, on a desk and a phone."""
    page = visit("trade")
    page.get_by_test_id("equity").get_by_role("button").click()
    expect(page.get_by_test_id("why").locator("strong").first).not_to_be_empty(timeout=SLOW_MS)
    everyone_can_use(page)


def test_the_glossary_and_the_contract_page_lead_to_each_other(visit, venue):
    """UX-23: sixty terms, found by name, hard words explained in place; a market's rules."""
    venue.order("buy", "0.05")
    page = visit("trade")
    page.get_by_test_id("to-glossary").click()
    expect(page.locator("[data-testid^=term-]")).to_have_count(60, timeout=SLOW_MS)
    price = venue.position()["liquidation"]["price_text"]
    expect(page.get_by_test_id("term-liquidation-price")).to_contain_text(f"Yours is {price}.")
    page.get_by_test_id("find-term").fill("liquidated")
    expect(page.locator("[data-testid^=term-]")).to_have_count(1)
    word = page.locator("[data-term=maintenance-margin]").first
    word.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("why")).to_contain_text("must keep", timeout=SLOW_MS)
    page.keyboard.press("Escape")
    expect(word).to_be_focused()
    everyone_can_use(page)
    page.get_by_role("link", name=f"Contract page of {SYMBOL}").click()
    expect(page.get_by_test_id("contract-size")).to_contain_text("Prices are whole steps of 1.")
    expect(page.get_by_test_id("contract-margin").get_by_text("unverified").first).to_be_visible()
    expect(page.get_by_test_id("contract-mine")).to_contain_text("10 times")
    page.get_by_test_id("language").select_option("de")
    expect(page.get_by_test_id("contract-size")).to_contain_text(
        "Preise sind ganze Schritte von 1."
    )
    page.get_by_test_id("language").select_option("en")
    everyone_can_use(page)


def test_a_contract_page_of_no_market_says_so(visit, venue):
    page = visit("contract/NONE")
    expect(page.get_by_test_id("contract-problem")).to_have_text("There is no such symbol.")
