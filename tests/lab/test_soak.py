"""A world left to itself: what is asked of it, and that the asking can fail."""

import json

import pytest

from longshore.cli.app import run_app
from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.lab.soak.makers import Makers
from longshore.lab.soak.soaking import soak
from longshore.world.world import World

CALM = """
name = "calm"
markets = ["PF_XBTUSD"]
start = 2026-01-05T12:00:00Z
tick_s = 60
[feed]
kind = "sim"
interval_s = 60
[[agent]]
kind = "maker"
settings = { slower = 20, levels = 8, size_usd = 20_000 }
[[agent]]
kind = "noise"
settings = { slower = 10 }
"""
MINUTE = 1 / 1_440  # of a day
OPENED_US = 2_000_000


def held(found):
    return [line.holds for line in found.lines()]


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    file = tmp_path_factory.mktemp("calm") / "calm.toml"
    file.write_text(CALM)
    return file


def test_a_quarter_of_an_hour_of_a_calm_world_holds_and_says_what_it_counted(calm, capsys):
    assert run_app(["world", "soak", str(calm), "--days", str(15 * MINUTE), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (market,) = found["markets"]
    assert market["two_sided"] == market["basis_near"] == 1
    assert 800 < market["looks"] <= 900
    assert found["makers"] == 1
    assert found["refinanced"] == {} and found["left_broke"] == []
    assert found["memory_end_mb"] > 0
    assert found["journal_bytes_an_hour"] > 1_000


def test_where_makers_leave_the_book_is_found_empty():
    found = soak("maker-withdrawal", 3 * MINUTE)
    both_sides, *others = held(found)
    assert not both_sides
    assert found.markets[0].two_sided < 0.9
    assert all(others)


def test_a_maker_left_broke_is_named_and_one_paid_in_again_is_counted(calm, tmp_path):
    world = World.create(tmp_path / "world", calm.read_text())
    makers = Makers(world)
    ((number, name),) = makers.names.items()

    def send(kind, **fields):
        amount = Command(kind=kind, origin=Origin.OPERATOR, account_id=number, asset_id=1, **fields)
        amount.time_us = world.stepper.reached_us
        makers.see(world.stepper.carry_out([amount]))

    world.run(world.scenario.start_us + OPENED_US, lambda batch: makers.see(batch.events))
    makers.look()
    dollars = 4_900_000 * 10**8
    send(CommandKind.WITHDRAW, from_wallet=WalletKind.FLEX, amount_atoms=dollars)
    makers.look()
    assert makers.left_broke == set()
    send(CommandKind.DEPOSIT, to_wallet=WalletKind.FLEX, amount_atoms=10**8)
    makers.look()
    assert makers.refinanced == {number: 1}
    assert makers.left_broke == set(), "it had been paid in again"
    makers.look()
    assert makers.left_broke == {number}
    assert name.startswith("maker")
    world.close()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere"], 1, "no scenario 'nowhere'"),
        (["live", "--days", "0"], 2, "above zero"),
        (["flash-crash", "--days", "1"], 1, "ends before 1 days are over"),
    ],
)
def test_what_cannot_be_left_alone_is_named(arguments, code, words, capsys):
    assert run_app(["world", "soak", *arguments]) == code
    assert words in capsys.readouterr().err


@pytest.mark.long
@pytest.mark.timeout(36_000)
def test_seven_days_of_the_practice_market():
    """The default world, nobody in it."""
    found = soak("live", 7, "jit")
    assert [line for line in found.lines() if not line.holds] == []
