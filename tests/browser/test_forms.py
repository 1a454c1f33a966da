"""The two forms of the ticket, and spot beside the perpetual."""

from __future__ import annotations

from playwright.sync_api import expect

INPUTS = """() => {
  const shown = [...document.querySelectorAll('[data-testid=ticket] :is(input, select)')]
    .filter(each => each.checkVisibility());
  return new Set(shown.map(each => each.type === 'radio' ? each.name : each)).size;
}"""


def test_simple_asks_little_and_pro_keeps_what_was_written(visit, venue):
    """UX-24: at most six inputs; switching there and back keeps the draft, in the reload too."""
    page = visit("trade")
    page.get_by_test_id("size").fill("0.03")
    page.get_by_test_id("stop").fill("70000")
    expect(page.get_by_test_id("type")).to_have_count(0)
    assert page.evaluate(INPUTS) <= 6
    page.get_by_test_id("form-pro").click()
    for name in ("type", "reduce-only", "cross"):
        expect(page.get_by_test_id(name)).to_be_attached()
    expect(page.get_by_test_id("size")).to_have_value("0.03")
    expect(page.get_by_test_id("stop")).to_have_value("70000")
    page.get_by_test_id("bids").locator("tr").first.click()
    expect(page.get_by_test_id("type")).to_have_value("limit")
    price = page.get_by_test_id("price").input_value()
    page.get_by_test_id("form-simple").click()
    with page.expect_request("**/api/v1/preview") as asked:
        page.get_by_test_id("size").fill("0.02")
    assert (asked.value.post_data_json["type"], asked.value.post_data_json["price"]) == (
        "market",
        None,
    )
    page.get_by_test_id("form-pro").click()
    expect(page.get_by_test_id("price")).to_have_value(price)
    page.reload()
    expect(page.get_by_test_id("form-pro")).to_have_attribute("aria-pressed", "true")


def test_spot_is_bought_beside_the_perpetual(visit, venue):
    """UX-24: other money, no leverage, no stop; what is owned is listed."""
    page = visit("trade", form="pro")
    page.get_by_test_id("symbol").select_option("XBT/USD")
    expect(page.get_by_test_id("ticket-reason")).to_contain_text("not hold enough")
    for absent in ("leverage", "stop", "target", "cross", "mark", "funding"):
        expect(page.get_by_test_id(absent)).to_have_count(0)
    page.get_by_test_id("transfer").click()
    for amount, told in (("much", "not a number"), ("1e9", "not hold enough")):
        page.get_by_test_id("transfer-amount").fill(amount)
        page.get_by_test_id("transfer-confirm").click()
        expect(page.get_by_role("alert")).to_contain_text(told)
    page.get_by_test_id("transfer-amount").fill("500")
    page.get_by_test_id("transfer-confirm").click()
    expect(page.get_by_test_id("spot-money")).to_have_text("$500")
    expect(page.get_by_test_id("ticket-sentence")).to_contain_text("nobody can close it for you")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("outcome")).to_contain_text("Buy 0.001 BTC: filled")
    expect(page.get_by_test_id("holdings")).to_contain_text("0.001")
    page.get_by_test_id("symbol").select_option("PF_ETHUSD")
    expect(page.get_by_test_id("submit")).to_contain_text("ETH")


def test_a_stop_is_said_in_money_and_told_what_it_comes_to(visit, venue):
    """UX-19, UX-24: costs shown are those paid; a stop by loss stands where the loss is."""
    page = visit("trade", form="pro")
    page.get_by_test_id("size").fill("0.05")
    page.get_by_test_id("stop-by").select_option("money")
    page.get_by_test_id("stop").fill("0.5")
    expect(page.get_by_test_id("ticket-reason")).to_contain_text("Opening and closing alone cost")
    expect(page.get_by_test_id("stop")).to_have_attribute("aria-invalid", "true")
    page.get_by_test_id("stop").fill("60")
    page.get_by_test_id("target-by").select_option("percent")
    page.get_by_test_id("target").fill("3")
    told = page.get_by_test_id("stop-result")
    expect(told).to_contain_text("you lose about $")
    expect(page.get_by_test_id("target-result")).to_contain_text("3% of the price away")
    expect(page.get_by_test_id("submit")).to_be_enabled()
    price = told.text_content().split(" ")[1].replace(",", "")
    fee = page.get_by_test_id("costs").locator("dd").first.text_content()
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("outcome")).to_contain_text("filled")
    card = venue.position()
    assert card["stop"]["trigger_price"] == price
    assert float(fee[1:]) == round(float(card["fees"]), 2)
    page.get_by_test_id("form-simple").click()
    expect(page.get_by_test_id("stop-by")).to_have_count(0)
