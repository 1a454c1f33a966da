"""What the card says last before a liquidation is where it then happens."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from longshore.engine.events import EventKind
from longshore.explain.position import position
from tests.explain.desk import ETHER, PERP, RULEBOOK, Desk
from tests.explain.test_risk import mark_of

STEPS_MAX = 400
COINS = {PERP: "XBT", ETHER: "ETH"}
PRICES = {PERP: Decimal(60_000), ETHER: Decimal(3_000)}


def holding(random: Random) -> tuple[Desk, int]:
    """A long or a short, isolated or cross, alone or beside ether, some with bitcoin behind it."""
    desk = Desk()
    side = random.choice(("buy", "sell"))
    trader = desk.account(str(random.randint(400, 900)))
    if random.random() < 0.5:
        desk.leverage(trader, random.randint(8, 40))
    elif random.random() < 0.4:
        desk.deposit(trader, "XBT", "0.003")
    desk.quote("59990", "60010")
    desk.order(trader, side, "0.05")
    if random.random() < 0.5:
        desk.quote("2999", "3001", symbol=ETHER)
        desk.order(trader, random.choice((side, side, side, "buy", "sell")), "0.5", symbol=ETHER)
    desk.withdraw_quotes()
    return desk, trader


def shown(desk: Desk, trader: int, symbol: str) -> tuple[Decimal, Decimal] | None:
    """The price or the range on a position's card, low end first; None where there is none."""
    card = position(desk.view, RULEBOOK, trader, symbol)
    if card is None or card.liquidation.state != "price":
        return None
    words = card.liquidation
    low, high = words.range_low or words.price, words.range_high or words.price
    return Decimal(low.replace(",", "")), Decimal(high.replace(",", ""))


def price(desk: Desk, symbol: str) -> Decimal:
    """The mark."""
    return Decimal(mark_of(desk, symbol).mark_subticks).scaleb(-10)


def step(desk: Desk, random: Random, prices: dict[str, Decimal], symbol: str, drift: int) -> None:
    """The coin's next index price, some hundredths of a percent further, mostly one way."""
    move = Decimal(drift * 25 + random.randint(-60, 60)) / 10_000
    prices[symbol] = (prices[symbol] * (1 + move)).quantize(Decimal("0.01"))
    desk.index(COINS[symbol], prices[symbol], seconds=1)


def walked(seed: int) -> bool:
    """A walk up to the first liquidation, held against what was shown last; False without one."""
    random = Random(seed)
    desk, trader = holding(random)
    prices = dict(PRICES)
    held = [symbol for symbol in COINS if position(desk.view, RULEBOOK, trader, symbol)]
    drift = -1 if position(desk.view, RULEBOOK, trader, PERP).side == "long" else 1
    for _ in range(STEPS_MAX):
        symbol = random.choice(held)
        said, before = shown(desk, trader, symbol), price(desk, symbol)
        step(desk, random, prices, symbol, drift)
        started = [
            event for event in desk.events_of(trader) if event.kind == EventKind.LIQUIDATION_STARTED
        ]
        if started:
            assert said is not None, f"walk {seed}: liquidated where the card showed no price"
            low, high = said
            tick = Decimal(1) if symbol == PERP else Decimal("0.1")
            after = price(desk, symbol)
            assert min(before, after) - tick <= high, f"walk {seed}"
            assert max(before, after) + tick >= low, f"walk {seed}"
            return True
    return False


def walks(count: int) -> None:
    """So many walks, of which most must end in a liquidation."""
    ended = sum(walked(seed) for seed in range(count))
    assert ended >= count * 4 // 5, f"only {ended} of {count} were liquidated"


def test_a_liquidation_lies_in_the_range_that_was_shown_last():
    """UX-04; LIQD-001: 12 seeded walks."""
    walks(12)


@pytest.mark.long
def test_three_hundred_liquidations_lie_in_the_range_that_was_shown_last():
    """UX-04; LIQD-001."""
    walks(300)
