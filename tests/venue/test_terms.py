"""Glossary and contract pages of the native API."""

from __future__ import annotations

from pathlib import Path

from tests.venue.desk import SYMBOL, desk_on, in_loop


@in_loop
async def test_the_glossary_has_sixty_terms_with_my_numbers(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.order(leverage="10")
        [card] = (await desk.get("/account"))["positions"]
        found = await desk.get("/glossary")
        german = await desk.get("/glossary?lang=de&symbol=XBT/USD")
        wrong = await desk.client.get("/api/v1/glossary?symbol=NONE")
    terms = {term["key"]: term for term in found["terms"]}
    assert (len(terms), found["symbol"], german["symbol"]) == (60, SYMBOL, SYMBOL)
    assert terms["liquidation-price"]["now"] == f"Yours is {card['liquidation']['price_text']}."
    assert card["buffer_text"] in terms["safety-buffer"]["now"]
    assert "liquidated" in terms["liquidation"]["words"]
    assert german["terms"][26]["title"] == "Liquidation"
    assert german["terms"][26]["means"].startswith("Die Börse schließt")
    assert wrong.status_code == 404


@in_loop
async def test_a_contract_page_has_rules_with_sources_and_my_numbers(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.order(leverage="10")
        page = await desk.get(f"/markets/{SYMBOL}/contract")
        other = await desk.get("/markets/BTC/contract?rulebook=hyperliquid-2026-11")
        nothing = await desk.client.get("/api/v1/markets/NONE/contract")
        unread = await desk.client.get(f"/api/v1/markets/{SYMBOL}/contract?rulebook=none")
    lines = {line["path"]: line for part in page["parts"] for line in part["lines"]}
    tick = lines[f"perpetuals.{SYMBOL}.tick"]
    assert (tick["label"], tick["text"]) == ("Tick", "Prices are whole steps of 1.")
    assert tick["source"] and tick["date"]
    assert not all(line["verified"] for line in lines.values())
    assert all(line["note"] for line in lines.values() if not line["verified"])
    assert [part["key"] for part in page["parts"]][-1] == "fees"
    assert any("10 times" in term["now"] for term in page["mine"])
    assert (other["rulebook"], other["mine"]) == ("hyperliquid-2026-11", [])
    assert (nothing.status_code, nothing.json()["field"]) == (404, "symbol")
    assert (unread.status_code, unread.json()["field"]) == (400, "rulebook")
