"""A venue whose markets settle in coins: its own API trades them, Kraken's leaves them out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from longshore.venue.server import Options, scenario_text
from longshore.world.scenario import parse
from tests.venue.desk import Desk, crash, desk_on, in_loop

SCENARIO = """
name = "coins"
title = "Inverse contracts"
rulebook = "kraken_inverse"
markets = ["PI_XBTUSD", "FI_XBTUSD_261225"]
start = 2026-09-01T00:00:30Z
coins = 1
[feed]
kind = "sim"
[[agent]]
kind = "maker"
[[account]]
name = "learner"
deposit = { USD = "10000" }
"""


async def bought(desk: Desk, symbol: str = "PI_XBTUSD", **more: str) -> dict[str, str]:
    """A market order for ten thousand contracts of a dollar."""
    body = {"symbol": symbol, "side": "buy", "type": "market", "size": "10000", **more}
    reply = await desk.post("/orders", body)
    assert reply.status_code == 200, reply.text
    return reply.json()


@in_loop
async def test_an_inverse_position_is_told_in_coins(tmp_path: Path) -> None:
    """CONT-002, CONT-003: value, margin and fee are coins of its own wallet."""
    async with desk_on(tmp_path, SCENARIO) as desk:
        market = await desk.get("/markets/PI_XBTUSD")
        assert (market["settle"], market["inverse"], market["contract_value"]) == ("XBT", True, "1")
        made = await bought(desk)
        (fill, *_), order = made["fills"], made["order"]
        coins = Decimal(fill["size"]) / Decimal(fill["price"])
        assert abs(Decimal(fill["value"]) - coins) < Decimal("1e-8")
        assert fill["fee_text"].endswith(" BTC")
        prices, average = [Decimal(f["price"]) for f in made["fills"]], order["average_price"]
        assert min(prices) - Decimal("0.01") <= Decimal(average) <= max(prices) + Decimal("0.01")
        account = await desk.get("/account")
        (card,) = account["positions"]
        assert card["unit"] == "BTC"
        assert abs(Decimal(card["entry_price"]) - Decimal(average)) <= Decimal("0.5")
        held = 1 + 10_000 / Decimal(card["entry_price"])  # coins; liquid at 10,100 / held
        liquid = Decimal(card["liquidation"]["price"])
        assert abs(liquid - Decimal(10_100) / held) < 5
        assert Decimal(card["break_even"]) > Decimal(card["entry_price"])
        wallets = {row["wallet"]: row for row in account["wallets"]}
        assert Decimal("0.99") < Decimal(wallets["coin:XBT"]["amount"]) < 1
        assert Decimal(account["equity"]) > 60_000  # dollars and the coin's worth
        why = await desk.get("/explain?position=PI_XBTUSD")
        assert "BTC" in str(why)


@in_loop
async def test_an_isolated_future_has_a_liquidation_price(tmp_path: Path) -> None:
    """CONT-002, LIFE-001: margin comes from the coin's wallet; there is no funding."""
    async with desk_on(tmp_path, SCENARIO) as desk:
        market = await desk.get("/markets/FI_XBTUSD_261225")
        assert (market["kind"], market["funding"]) == ("future", None)
        body = {"symbol": "FI_XBTUSD_261225", "side": "buy", "type": "market", "size": "10000"}
        shown = await desk.post("/preview", {**body, "leverage": "10"})
        assert shown.json()["ok"] is True
        await bought(desk, "FI_XBTUSD_261225", leverage="10")
        card = await desk.get("/account")
        (card,) = card["positions"]
        entry, liquidation = Decimal(card["entry_price"]), Decimal(card["liquidation"]["price"])
        assert Decimal("0.90") < liquidation / entry < Decimal("0.93")  # entry * 10.1 / 11
        path = "/positions/FI_XBTUSD_261225/margin"
        added = await desk.post(path, {"amount": "0.01"})
        assert added.json()["asset"] == "XBT"
        (card,) = (await desk.get("/account"))["positions"]
        assert Decimal(card["liquidation"]["price"]) < liquidation


@pytest.mark.parametrize(("leverage", "orders", "fall"), [({"leverage": "20"}, 1, 10), ({}, 3, 75)])
@in_loop
async def test_a_liquidation_is_told_in_coins(
    tmp_path: Path, leverage: dict[str, str], orders: int, fall: int
) -> None:
    """LIQD-001, CONT-003: the parts add up to what the coin's wallet lost, to the last digit."""
    async with desk_on(tmp_path, SCENARIO) as desk:
        before = await _coins(desk)
        for _ in range(orders):
            await bought(desk, **leverage)
            await desk.step(10)
        await crash(desk, fall)
        [row] = await desk.get("/liquidations")
        assert row["equity_text"].endswith(" BTC")
        assert row["equity_text"] == f"{row['equity']} BTC"
        story = await desk.get(f"/explain?liquidation={row['id']}")
        assert story["unit"] == "BTC"
        assert story["course"][-2]["equity"] == row["equity"]
        told = " ".join([*story["sentences"], *(m["text"] for m in story["moments"])])
        assert "$" not in told
        lost = sum(Decimal(part["value"].removesuffix(" BTC")) for part in story["numbers"])
        assert lost == before - await _coins(desk)


async def _coins(desk: Desk) -> Decimal:
    """What the learner's coin wallets hold."""
    wallets = (await desk.get("/account"))["wallets"]
    return sum((Decimal(w["amount"]) for w in wallets if w["asset"] == "XBT"), Decimal(0))


@in_loop
async def test_krakens_api_leaves_them_out(tmp_path: Path) -> None:
    """They are no multi-collateral contracts, and nothing fails for want of any."""
    async with desk_on(tmp_path, SCENARIO) as desk:
        await bought(desk)
        for name in ("instruments", "tickers", "feeschedules"):
            reply = await desk.client.get(f"/derivatives/api/v3/{name}")
            assert reply.status_code == 200
            assert reply.json()["result"] == "success"
        found = await desk.client.get("/derivatives/api/v3/tickers/PI_XBTUSD")
        assert found.json()["error"] == "contractNotFound"


def test_a_scenario_under_another_rulebook_gets_its_markets() -> None:
    """The same coins, and a coin of each for its accounts."""
    text = scenario_text(Options(data=Path(), changes=(("rulebook", '"kraken_inverse"'),)))
    scenario = parse(text)
    assert scenario.markets == ["PI_XBTUSD", "PI_ETHUSD", "FI_XBTUSD_261225"]
    assert scenario.coins == 1
    same = scenario_text(Options(data=Path()))
    assert parse(same).coins == 0
    assert "PF_DOGEUSD" in parse(same).markets
