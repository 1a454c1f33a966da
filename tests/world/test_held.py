"""Prices that stand until an operator moves them."""

import pytest

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.world.build import build, rulebook_text
from longshore.world.scenario import ScenarioError, parse
from longshore.world.world import World

TEXT = """
name = "still"
markets = ["PF_XBTUSD"]
start = 2026-01-05T12:00:00Z
[feed]
kind = "held"
[feed.prices]
XBT = "60000"
"""
SECOND_US = 1_000_000
DOLLAR = 10**10


def index(world):
    coin = world.catalog.market("PF_XBTUSD").base.asset_id
    return int(world.engine.view.assets[coin].index_subticks) // DOLLAR


def test_a_price_stands_until_it_is_put_elsewhere_and_through_a_restart(tmp_path):
    world = World.create(tmp_path, TEXT)
    start_us = world.scenario.start_us
    world.run(start_us + 90 * SECOND_US)
    assert index(world) == 60_000
    moved = Command(
        kind=CommandKind.PUBLISH_INDEX,
        origin=Origin.OPERATOR,
        asset_id=world.catalog.market("PF_XBTUSD").base.asset_id,
        price_subticks=50_000 * DOLLAR,
        sources=5,
    )
    moved.time_us = world.stepper.reached_us
    world.stepper.carry_out([moved], {})
    world.run(start_us + 180 * SECOND_US)
    assert index(world) == 50_000
    digest = world.engine.digest()
    world.close()
    again = World.open(tmp_path)
    assert (index(again), again.engine.digest()) == (50_000, digest)
    again.run(start_us + 240 * SECOND_US)
    assert index(again) == 50_000
    again.close()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"60000"', '"0"', "above zero"),
        ('"60000"', '"1000000000"', "an index can have"),
        ("XBT = ", "DOGECOIN = ", "no asset 'DOGECOIN'"),
        ('"held"\n[feed.prices]', '"held"\ninterval_s = 0\n[feed.prices]', "interval"),
    ],
)
def test_a_price_that_cannot_be_is_refused(old, new, words):
    text = TEXT.replace(old, new)
    with pytest.raises(ScenarioError, match=words):
        build(text, rulebook_text("kraken"))


def test_held_prices_have_no_shocks():
    shock = '[[shock]]\nat_s = 5\nasset = "XBT"\nmove_ppm = 5\n'
    with pytest.raises(ScenarioError, match="moved by the operator"):
        parse(TEXT + shock)
