"""The chart: where you stand is drawn, and said when it is out of view."""

from __future__ import annotations

from playwright.sync_api import expect


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
