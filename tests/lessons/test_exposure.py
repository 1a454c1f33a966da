"""Exposures over time: what is owned and what contracts stand for, span by span."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from longshore import World
from longshore.practice.study import load
from longshore.practice.study.exposure import Exposure, Exposures
from tests.lessons.actors import Actor

LESSON = load("who-needs-perps")
SPOT, PERP = "XBT/USD", "PF_XBTUSD"


def test_spans_are_what_the_account_holds_and_lasts_until_the_next_thing_that_happened():
    with World.create(LESSON.world_text) as world:
        me = Actor(LESSON, world, "learner")
        world.advance(seconds=20)
        owned = Decimal("0.1")
        for at, symbol, side, size in (
            (60, PERP, "sell", "0.1000"),
            (120, SPOT, "buy", "0.0500"),
            (150, PERP, "buy", "0.2500"),
            (180, SPOT, "sell", "0.1500"),
        ):
            world.advance(to=world.start + timedelta(seconds=at))
            assert me.trade(side, size, symbol=symbol).ok
            if symbol == SPOT:
                owned += Decimal(size) if side == "buy" else -Decimal(size)
            held = me.held(PERP)
            now = me.study.attempt.log.held.spans[-1]
            assert (now.owned_coins, now.contract_coins) == (owned, held.size if held else 0)
            assert now.net_coins == owned + now.contract_coins
        spans = me.study.attempt.log.held.spans
        assert {span.coin for span in spans} == {"XBT"}
        assert [span.until_us for span in spans[:-1]] == [span.from_us for span in spans[1:]]
        [hedged] = [s for s in spans if s.net_coins == 0 and s.owned_coins == Decimal("0.1")]
        assert (hedged.from_s, hedged.lasted_s) == (60, 60)


def test_nothing_held_is_no_span():
    held = Exposures()
    at = Exposure(coin="", from_seq=1, from_us=0, until_us=0, start_us=0)
    held.move("XBT", Decimal(1), Decimal(0), at)
    held.move("XBT", Decimal(-1), Decimal(0), at)
    held.go_on(10**6)
    assert [span.lasted_s for span in held.spans] == [0]
    assert held.held("XBT") == (0, 0)
