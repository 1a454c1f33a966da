"""What a scenario does to prices and markets at set times, and what it may not ask for."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketState
from longshore.engine.commands import CommandKind
from longshore.engine.state import State
from longshore.world.build import build, rulebook_text
from longshore.world.feeds.shocks import shift_ppm
from longshore.world.scenario import ScenarioError, ShockSpec, parse
from tests.agents.view import view

HEAD = """
name = "shaken"
markets = ["PF_XBTUSD"]
start = 2026-01-05T12:00:00Z
feed = { kind = "sim", interval_s = 1 }
"""


def test_a_shock_goes_there_stays_and_comes_back() -> None:
    wick = ShockSpec(at_s=10, asset="XBT", move_ppm=-100_000, over_s=10, hold_s=5, back_s=20)
    seen = {second: shift_ppm(wick, second * 1_000_000) for second in range(50)}
    assert (seen[10], seen[15], seen[20], seen[24]) == (0, -50_000, -100_000, -100_000)
    assert (seen[35], seen[45], seen[49]) == (-50_000, 0, 0)
    stays = ShockSpec(at_s=1, asset="XBT", move_ppm=7, over_s=1)
    assert [shift_ppm(stays, s * 1_000_000) for s in (0, 1, 2, 900)] == [0, 0, 7, 7]


def published(text: str, seconds: int) -> list[tuple[int, int]]:
    """Prices and numbers of sources by second; nothing where nothing is told."""
    feed = build(HEAD + text, rulebook_text("kraken")).feed
    made = []
    for _ in range(seconds):
        commands = feed.act(feed.next_due_us(), State())
        made.append((commands[0].price_subticks, commands[0].sources) if commands else (0, 0))
    return made


def test_prices_are_moved_held_back_and_told_by_fewer() -> None:
    calm = published("", 8)
    shaken = published('[[shock]]\nat_s = 3\nasset = "XBT"\nmove_ppm = -500_000\nsources = 1', 8)
    assert shaken[:3] == calm[:3]
    assert shaken[3] == (calm[3][0], 1)
    assert [price for price, _ in shaken[4:]] == [price // 2 for price, _ in calm[4:]]
    silent = published('[[shock]]\nat_s = 3\nasset = "XBT"\nsilent_s = 2', 8)
    assert silent == [*calm[:3], (0, 0), (0, 0), *calm[5:]]


def test_the_operator_acts_in_order_of_time() -> None:
    text = "".join(
        f'[[act]]\nat_s = {at}\nmarket = "PF_XBTUSD"\ndo = "{do}"\n'
        for at, do in ((30, "settle"), (10, "halt"), (10, "auction"))
    )
    acts = build(HEAD + text, rulebook_text("kraken")).cast.sources[-2]
    state = view()
    first_us = acts.next_due_us()
    halt, auction = acts.act(first_us, state)
    assert (halt.kind, halt.value) == (CommandKind.SET_MARKET_STATE, MarketState.HALTED)
    assert auction.value == MarketState.AUCTION
    kept = acts.state()
    (end,) = acts.act(first_us + 20_000_000, state)
    assert end.kind == CommandKind.SETTLE_MARKET
    assert end.price_subticks == state.assets[2].index_subticks
    acts.restore(kept)
    assert acts.next_due_us() == first_us + 20_000_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[shock]]\nat_s = -1\nasset = "XBT"', "shock 1: times"),
        ('[[shock]]\nat_s = 1\nasset = "XBT"\nover_s = 0', "shock 1: times"),
        ('[[shock]]\nat_s = 1\nasset = "XBT"\nmove_ppm = -1_000_000', "shock 1: move_ppm"),
        ('[[act]]\nat_s = 0\nmarket = "PF_XBTUSD"\ndo = "halt"', "act 1: at_s"),
        ('[[act]]\nat_s = 1\nmarket = "PF_ETHUSD"\ndo = "halt"', "act 1: PF_ETHUSD"),
        ('[[act]]\nat_s = 1\nmarket = "PF_XBTUSD"\ndo = "close"', "do"),
        ('[[shock]]\nat_s = 1\nasset = "XBT"\nstrength = 1', "strength"),
    ],
)
def test_a_script_that_cannot_be_is_refused_by_its_place(text: str, words: str) -> None:
    with pytest.raises(ScenarioError, match=words):
        parse(HEAD + text)


@pytest.mark.parametrize("asset", ["GOLD", "ETH"])
def test_a_shock_of_what_the_feed_does_not_price_is_refused(asset: str) -> None:
    with pytest.raises(ScenarioError, match=asset):
        build(HEAD + f'[[shock]]\nat_s = 1\nasset = "{asset}"', rulebook_text("kraken"))
