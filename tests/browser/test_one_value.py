"""One value everywhere: in many states of account and market, all places say the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.desk import SYMBOL, Venue, until

SEED = 3
PLACES = {
    "card": ("position-liquidation", "position-pnl", "buffer"),
    "header": ("header-liquidation", "header-pnl", "header-buffer"),
    "row": ("strip-liquidation", "strip-pnl", "strip-buffer"),
}
TEXTS = """ids => ids.map(id => {
  const shown = document.querySelector(`[data-testid=${id}]`);
  return shown?.checkVisibility() ? shown.textContent : null;
})"""
SENTENCES = """symbols => Object.fromEntries(symbols.map(symbol => [symbol,
  [...document.querySelectorAll(`[data-symbol=${symbol}] [data-testid=position-sentences] p`)]
    .map(sentence => sentence.textContent)]))"""


@dataclass(frozen=True)
class Move:
    """How one state comes out of the one before."""

    opens: bool
    side: str
    value_usd: float
    leverage: str | None  # None: cross
    has_stop: bool
    beside: str  # a further market, or none
    wait_s: int


def moves(count: int) -> Iterator[Move]:
    rng = random.Random(SEED)
    for number in range(count):
        yield Move(
            opens=number == 0 or rng.random() < 0.7,
            side=rng.choice(["buy", "sell"]),
            value_usd=rng.uniform(500, 15_000),
            leverage=rng.choice(["1", "2", "5", "10", "25", "50", "100", None, None]),
            has_stop=rng.random() < 0.5,
            beside=rng.choice(["", "", "PF_ETHUSD", "PF_SOLUSD"]),
            wait_s=60 * rng.randint(1, 25),
        )


def take(venue: Venue, move: Move) -> None:
    """Trade as the move says, then let prices go on; what was stopped out is opened again."""
    if move.opens:
        venue.flatten()
        opened(venue, move)
    venue.step(move.wait_s * 1_000)
    if venue.position() is None:
        venue.flatten()
        opened(venue, move)


def opened(venue: Venue, move: Move) -> None:
    marks = {each["symbol"]: float(each["mark"]) for each in venue.get("/markets") if each["mark"]}
    if move.beside:
        put_margin(venue, move.beside, move.leverage and "5")
        size = f"{move.value_usd / 4 / marks[move.beside]:.1f}"
        venue.order("buy", size, symbol=move.beside, leverage=None)
    put_margin(venue, SYMBOL, move.leverage)
    more: dict[str, Any] = {"leverage": None}
    if move.has_stop:
        away = 0.6 / float(move.leverage or 10) * (-1 if move.side == "buy" else 1)
        more["stop_price"] = f"{marks[SYMBOL] * (1 + away):.0f}"
    venue.order(move.side, f"{move.value_usd / marks[SYMBOL]:.4f}", **more)


def put_margin(venue: Venue, symbol: str, leverage: str | None) -> None:
    venue.put("/leverage", {"symbol": symbol, "leverage": leverage})


def told(venue: Venue, symbol: str = SYMBOL) -> Any:
    return venue.get(f"/explain?position={symbol}")


def caught_up(venue: Venue, *pages: Page) -> bool:
    """Whether the pages show every position as the venue tells it; waits until they do."""
    held = [card["symbol"] for card in venue.get("/account")["positions"]]
    now = {symbol: told(venue, symbol)["sentences"] for symbol in held}
    return until(lambda: all(page.evaluate(SENTENCES, held) == now for page in pages), within_s=10)


def check(desk: Page, phone: Page, venue: Venue) -> tuple[str, ...]:
    """All places against the venue's own figures, which are the three that are returned."""
    numbers = tuple(figure["value"] for figure in told(venue)["numbers"])
    liquidation, pnl, buffer = numbers
    for place, ids in PLACES.items():
        page = phone if place == "row" else desk
        assert tuple(page.evaluate(TEXTS, ids)) == numbers, place
    said = " ".join(desk.evaluate(SENTENCES, [SYMBOL])[SYMBOL])
    card = venue.position()
    assert f"Safety buffer left: {buffer}" in said or f"only {buffer}" in said
    assert float(card["unrealised"]) == 0 or f" {pnl.lstrip('-')} before costs" in said
    line, pill = desk.evaluate(TEXTS, ["line-liquidation", "pill-liquidation"])
    if card["liquidation"]["state"] == "price":
        assert liquidation in said
        assert line == f"Liquidation {liquidation}"
        away = card["liquidation"]["distance_pct"]
        assert pill is None or f"Liquidation {liquidation} · {away}% " in " ".join(pill.split())
    else:
        assert (liquidation, line, pill) == ("none", None, None)
    return (*numbers, "pill" if pill else "")


@pytest.mark.parametrize("states", [6, pytest.param(50, marks=pytest.mark.long)])
def test_one_value_everywhere(visit, context, three_markets, states):
    """UX-03: card, row, header, pill and `/explain`, in seeded states on one page."""
    desk = visit("trade", at=three_markets)
    phone = context.new_page()
    phone.set_viewport_size({"width": 390, "height": 844})
    phone.goto(f"{three_markets.origin}/#/trade")
    seen = []
    for move in moves(states):
        take(three_markets, move)
        assert caught_up(three_markets, desk, phone)
        details = desk.locator(f"[data-symbol={SYMBOL}] [data-testid=numbers]")
        if details.get_attribute("open") is None:
            details.locator("summary").click()
        seen.append(check(desk, phone, three_markets))
    assert len({figures[:3] for figures in seen}) == states
    losing = sum(pnl.startswith("-") for _, pnl, *_ in seen)
    assert states // 5 < losing < states * 4 // 5
    assert sum(pill == "pill" for *_, pill in seen) > states // 2
    assert 1 <= sum(liquidation == "none" for liquidation, *_ in seen) < states // 2
    assert len({buffer for _, _, buffer, _ in seen}) > states // 10
