"""The chart: where you stand is drawn, and said when it is out of view."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.desk import Venue


def test_it_opens_with_history(visit):
    """UX-17: a world is born with a past."""
    page = visit("trade")
    expect(page.get_by_test_id("chart")).to_have_attribute("data-candles", "500")
    page.get_by_role("button", name="Table").click()
    expect(page.get_by_role("region", name="Candles as a table").locator("tbody tr")).to_have_count(
        60
    )


def test_one_that_begins_empty_fills(visit, first_bar):
    """UX-17: a world may begin where its recording does."""
    page = visit("trade", at=first_bar)
    chart = page.get_by_test_id("chart")
    expect(chart).to_have_attribute("data-candles", "0")
    for count in ("1", "2"):
        first_bar.step(60_000)
        expect(chart).to_have_attribute("data-candles", count)


def test_every_line_is_drawn_and_the_far_ones_have_a_pill(visit, venue, page):
    """UX-17."""
    mark = float(venue.get("/markets")[0]["mark"])
    stop, target = f"{mark * 0.95:.0f}", f"{mark * 1.3:.0f}"
    venue.order("buy", "0.1", stop_price=stop, target_price=target)
    card = venue.position()
    visit("trade")
    for line in ("mark", "entry", "stop", "target", "liquidation"):
        expect(page.get_by_test_id(f"line-{line}")).to_be_attached()
    far = {
        "liquidation": (card["liquidation"]["price"], card["liquidation"]["distance_pct"], "below"),
        "stop": (stop, card["distances_pct"]["stop"], "below"),
        "target": (target, card["distances_pct"]["target"], "above"),
    }
    chart = page.get_by_test_id("chart").bounding_box()
    for line, (price, away, side) in far.items():
        pill = page.get_by_test_id(f"pill-{line}")
        expect(pill).to_contain_text(f"{float(price):,.0f} · {away}% {side}")
        box = pill.bounding_box()
        assert (
            chart["x"] + chart["width"] - 90 < box["x"] + box["width"] < chart["x"] + chart["width"]
        )
    for near in ("mark", "entry"):
        expect(page.get_by_test_id(f"pill-{near}")).to_have_count(0)
    for line in far:
        pill = page.get_by_test_id(f"pill-{line}")
        page.reload()
        pill.click()
        expect(pill).to_have_count(0)
        expect(page.get_by_test_id(f"line-{line}")).to_be_attached()
    assert 4 < float(card["distances_pct"]["stop"]) < 6
    assert 28 < float(card["distances_pct"]["target"]) < 32


def test_a_stop_moves_by_keyboard_and_by_number(visit, venue, page):
    """UX-17, WCAG 2.5.7: no dragging needed."""
    mark = float(venue.get("/markets")[0]["mark"])
    stop = f"{mark * 0.95:.0f}"
    venue.order("buy", "0.1", stop_price=stop)
    visit("trade")
    page.get_by_test_id("protect").click()
    field = page.get_by_test_id("protect-stop")
    expect(field).to_have_value(stop)
    field.press("ArrowUp")
    page.get_by_test_id("protect-confirm").click()
    expect(page.get_by_test_id("protect-dialog")).to_have_count(0)
    moved = f"{int(stop) + 1:,}"
    expect(page.get_by_test_id("line-stop")).to_contain_text(moved)
    page.get_by_test_id("protect").click()
    field.fill(f"{mark * 0.96:.0f}")
    page.get_by_test_id("protect-target").fill(f"{mark * 1.1:.0f}")
    page.get_by_test_id("protect-confirm").click()
    expect(page.get_by_test_id("line-stop")).to_contain_text(f"{mark * 0.96:,.0f}")
    expect(page.get_by_test_id("line-target")).to_contain_text(f"{mark * 1.1:,.0f}")


def trigger(venue: Venue) -> int:
    return int(venue.position()["stop"]["trigger_price"])


def dragged(page: Page, testid: str, by: int) -> None:
    box = page.get_by_test_id(testid).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + by / 2)
    page.mouse.move(x, y + by)
    page.mouse.up()


def test_orders_are_moved_on_the_chart_and_nothing_without_confirming(visit, venue, page):
    """UX-17: by dragging, by keys, by number; a bad price is refused in the venue's words."""
    mark = float(venue.get("/markets")[0]["mark"])
    venue.order("buy", "0.1", stop_price=f"{mark - 200:.0f}", target_price=f"{mark + 200:.0f}")
    venue.order("buy", "0.02", type="limit", price=f"{mark - 100:.0f}", leverage=None)
    visit("trade")
    stop = trigger(venue)
    bar = page.get_by_test_id("move-bar")
    expect(page.get_by_test_id("handle-stop")).to_have_attribute("aria-valuenow", str(stop))
    dragged(page, "handle-stop", 12)
    expect(bar).to_contain_text(f"Move stop from {stop:,} to")
    assert int(page.get_by_test_id("move-price").input_value()) < stop
    page.get_by_test_id("move-discard").click()
    expect(bar).to_have_count(0)
    assert trigger(venue) == stop
    dragged(page, "handle-stop", 12)
    wanted = int(page.get_by_test_id("move-price").input_value())
    page.get_by_test_id("move-confirm").click()
    expect(bar).to_have_count(0)
    assert trigger(venue) == wanted < stop
    page.get_by_test_id("handle-stop").press("PageUp")
    page.get_by_test_id("handle-stop").press("ArrowDown")
    page.get_by_test_id("move-price").press("Enter")
    expect(bar).to_have_count(0)
    assert trigger(venue) == wanted + 9
    page.get_by_test_id("handle-limit").press("ArrowDown")
    page.get_by_test_id("move-price").fill("0")
    page.get_by_test_id("move-confirm").click()
    expect(bar.get_by_role("alert")).not_to_be_empty()
    page.get_by_test_id("move-price").fill(f"{mark - 150:.0f}")
    page.get_by_test_id("move-confirm").click()
    expect(bar).to_have_count(0)
    assert f"{mark - 150:.0f}" in {order["price"] for order in venue.get("/orders")["open"]}
    expect(page.locator("[data-testid^=line-order-]")).to_contain_text(f"{mark - 150:,.0f}")


def test_depth_funding_and_the_ladder(visit, venue, page):
    """UX-24: what more there is to see of a market; a click on the ladder sends nothing."""
    visit("trade", form="pro")
    page.get_by_test_id("chart-depth").click()
    book = venue.get("/markets/PF_XBTUSD/book?depth=100")
    expect(page.get_by_test_id("depth")).to_contain_text(book["asks"][-1][2])
    for side in ("bids", "asks"):
        corners = page.locator(f"[data-testid=depth] .{side}").get_attribute("points").split()
        assert len(corners) == 2 * len(book[side]) + 2
    page.get_by_test_id("chart-funding").click()
    rates = venue.get("/markets/PF_XBTUSD/funding?limit=72")["rates"]
    rows = page.get_by_role("region", name="funding").locator("tbody tr td:last-child")
    expect(rows).to_have_text([each["text"] for each in rates])
    assert any("paid" in each["text"] and "$" in each["text"] for each in rates)
    page.get_by_test_id("show-ladder").click()
    best = f"{float(book['bids'][0][0]):,.0f}"
    page.get_by_role("button", name=f"sell at {best}").click()
    expect(page.get_by_test_id("type")).to_have_value("limit")
    expect(page.get_by_test_id("price")).to_have_value(book["bids"][0][0])
    expect(page.get_by_test_id("submit")).to_contain_text("short")
    assert venue.get("/orders")["open"] == []
