"""Every number opens its tree; sentences are in the language that was chosen."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.desk import SYMBOL, everyone_can_use

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
    page.locator(f"[data-symbol={SYMBOL}] details summary").click()
    for place, number in NUMBERS.items():
        button = page.get_by_test_id(place).get_by_role("button")
        expect(button).to_have_attribute("data-explains", number)
        button.focus()
        page.keyboard.press("Enter")
        tree = page.get_by_test_id("why")
        expect(tree.locator("strong").first).not_to_be_empty()
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
        shut = why.locator("details:not([open]) > summary")
        if not shut.count():
            break
        shut.last.click()
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
    expect(sentences).to_contain_text("Du besitzt keine BTC.")
    page.reload()
    expect(page.get_by_test_id("position-sentences")).to_contain_text("Du besitzt keine BTC.")
    price = venue.position()["liquidation"]["price_text"]
    expect(page.get_by_test_id("header-liquidation")).to_have_text(price)
    page.get_by_test_id("header-liquidation").get_by_role("button").click()
    expect(page.get_by_test_id("why")).to_contain_text("Kontowert über der Erhaltungsmargin")
    page.keyboard.press("Escape")
    page.get_by_test_id("language").select_option("en")
    expect(sentences).to_contain_text("You own no BTC.")


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
    expect(page.get_by_test_id("why").locator("strong").first).not_to_be_empty()
    everyone_can_use(page)
