"""Explain trees on the wire: the screen's numbers are their roots, and a caller can count after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

from tests.venue.desk import SYMBOL, Desk, desk_on, in_loop

ORDER = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.03", "leverage": "5"}


def nodes(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tree
    for each in tree["inputs"]:
        yield from nodes(each)


def counted(node: dict[str, Any]) -> int | None:
    """What a reader of the documentation makes of the commonest operations; None: another one."""
    x, per = [int(each["exact"]) for each in node["inputs"]], int(node["per"])
    if node["how"] == "sum":
        return sum(x)
    if node["how"] == "less":
        return x[0] - sum(x[1:])
    if node["how"] == "product_up":
        return -(-prod(x) // per)
    return prod(x) // per if node["how"] == "product_down" else None


async def trees(desk: Desk, path: str) -> dict[str, dict[str, Any]]:
    """The trees of an explanation by their keys, each of which adds up."""
    found = {tree["key"]: tree for tree in (await desk.get(f"/explain?{path}"))["trees"]}
    for tree in found.values():
        for node in nodes(tree):
            assert counted(node) in (None, int(node["exact"])), node
            assert node["label"] and node["value"]
    return found


def plain(text: str) -> str:
    """A number as the API writes it, out of one as people read it."""
    return re.sub(r"[$,%x]", "", text)


@in_loop
async def test_every_number_on_the_screen_is_the_root_of_a_tree(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.order(leverage="10")
        account = await desk.get("/account")
        [card] = account["positions"]
        market = await desk.get(f"/markets/{SYMBOL}")
        mine = await trees(desk, "when=account&number=all")
        held = await trees(desk, f"position={SYMBOL}&number=all")
        outside = await trees(desk, f"market={SYMBOL}&number=all")
    for key in ("equity", "free", "unrealised"):
        assert float(plain(mine[key]["value"])) == float(account[key])
    assert float(plain(mine["initial"]["value"])) == float(account["initial_margin"])
    assert held["liquidation"]["value"] == card["liquidation"]["price_text"]
    assert held["unrealised"]["value"] == card["unrealised_text"]
    assert held["buffer"]["value"] == card["buffer_text"]
    shown = {
        "value": "value", "margin": "margin", "entry": "entry_price", "mark": "mark_price",
        "break-even": "break_even", "realised": "realised", "fees": "fees",
        "pct-margin": "unrealised_pct_margin", "pct-price": "unrealised_pct_price",
    }  # fmt: skip
    for key, field in shown.items():
        assert float(plain(held[key]["value"])) == float(card[field]), key
    for key in ("mark", "index", "last"):
        assert float(plain(outside[key]["value"])) == float(market[key]), key
    assert (outside["rate"]["exact"], outside["funding-line"]["value"]) == ("0", "$0.00")


@in_loop
async def test_the_receipt_of_an_order_has_a_tree_for_every_line(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.order(leverage="5")
        preview = (await desk.post("/preview", ORDER)).json()
        reply = (await desk.post("/explain", ORDER)).json()
        query = "&".join(f"{key}={value}" for key, value in ORDER.items())
        by_get = await trees(desk, f"when=before&number=all&{query}")
        refused = (await desk.post("/explain", ORDER | {"size": "9000"})).json()
    found = {tree["key"]: tree["value"] for tree in reply["trees"]}
    assert found == {key: tree["value"] for key, tree in by_get.items()}
    rows = {row["key"].replace("_", "-"): row["after"] for row in preview["rows"]}
    assert all(found[key] in rows[key] for key in rows)
    costs = {cost["label"]: cost["amount"] for cost in preview["costs"]}
    assert (found["fee"], found["spread"]) == (costs["Fee"], costs["Spread"])
    assert found["slippage"] == costs["Slippage"]
    assert refused["trees"] == []


@in_loop
async def test_one_number_is_asked_for_by_its_key(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.order(leverage="10")
        assert list(await trees(desk, f"position={SYMBOL}&number=liquidation")) == ["liquidation"]
        assert (await desk.get(f"/explain?position={SYMBOL}"))["trees"] == []
        wrong = await desk.client.get(f"/api/v1/explain?position={SYMBOL}&number=luck")
        nothing = await desk.client.get("/api/v1/explain?market=NONE&number=mark")
        german = await desk.get(f"/explain?position={SYMBOL}&number=liquidation&lang=de")
        spot = await trees(desk, "market=XBT/USD&number=all")
    assert (wrong.status_code, wrong.json()["field"]) == (400, "number")
    assert "liquidation" in wrong.json()["message"]
    assert nothing.status_code == 404
    assert german["trees"][0]["label"] == "Liquidationspreis"
    assert set(spot) == {"index", "last"}
