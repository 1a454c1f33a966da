"""kill -9 at any moment: what was acknowledged is there, once, and everything else adds up."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.reliability.folders import (
    caught_up,
    copied,
    cursor,
    drop_history,
    reopened_digest,
    replayed,
)
from tests.reliability.load import Load, Trader, open_traders
from tests.reliability.process import Client, Served, served
from tests.reliability.truth import check_retries, check_trader, settle

SCENARIO = """
name = "killed"
markets = ["PF_XBTUSD"]
start = 2026-09-25T12:00:00Z
seed = 7
[feed]
kind = "sim"
[[agent]]
kind = "maker"
[[agent]]
kind = "noise"
"""
CLIENTS = 4
RETRIES = 10
QUOTED_S = 30
ANY_PORT = ("--port", "0")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A world that lives by itself: a feed, a maker, somebody who trades."""
    path = tmp_path / "killed.toml"
    path.write_text(SCENARIO)
    return path


def wait_for_quotes(venue: Served) -> None:
    """Until there is something to trade with."""
    deadline = time.monotonic() + QUOTED_S
    while not venue.operate("GET", "/markets/PF_XBTUSD/book")["asks"]:
        assert time.monotonic() < deadline, "nobody quotes"
        time.sleep(0.1)


def wait_for(path: Path) -> None:
    """Until a file is there."""
    deadline = time.monotonic() + QUOTED_S
    while not path.exists():
        assert time.monotonic() < deadline, f"no {path.name}"
        time.sleep(0.005)


def wait_until(load: Load, count: int) -> None:
    """Until so many orders are acknowledged."""
    while load.acknowledged < count:
        assert load.running, "the venue has gone by itself"
        time.sleep(0.002)


def check_folder(folder: Path, scratch: Path) -> bool:
    """What is on the disk of a killed venue is whole; whether its history lagged behind.

    The journal replayed from its beginning and the world opened from its last snapshot come to one
    digest; history that catches up and history made anew are equal row for row.
    """
    proof = replayed(folder)
    assert proof["conserved"] is True
    lagging = copied(folder, scratch / "lagging")
    seq = cursor(lagging)
    assert seq <= proof["seq"]
    assert reopened_digest(lagging) == (proof["digest"], proof["seq"])
    anew = copied(folder, scratch / "anew")
    drop_history(anew)
    assert caught_up(lagging) == caught_up(anew)
    return seq < proof["seq"]


def check_venue(venue: Served, traders: list[Trader], retries: int) -> None:
    """Every trader finds what it was told, and may ask again."""
    for trader in traders:
        client = Client.of(venue, trader)
        check_trader(client, trader)
        check_retries(client, trader, retries)
        settle(client, trader)
        client.close()


@pytest.mark.parametrize(
    ("kills", "orders"),
    [
        pytest.param(1, 150, id="one kill"),
        pytest.param(
            20, 6_000, id="20 kills", marks=[pytest.mark.long, pytest.mark.timeout(3_600)]
        ),
    ],
)
def test_killed_under_load_nothing_acknowledged_is_lost(
    tmp_path: Path, scenario: Path, kills: int, orders: int
) -> None:
    """ORDR-011: each reply's order is there after a restart, once; a retry names the first."""
    data = tmp_path / "data"
    chance = random.Random(kills)
    moments = sorted(chance.sample(range(1, orders), kills))
    lagged = 0
    load = Load([])
    for number, moment in enumerate(moments):
        with served(data, scenario, *ANY_PORT) as venue:
            if not load.traders:
                wait_for_quotes(venue)
                load.traders = open_traders(venue, CLIENTS)
            check_venue(venue, load.traders, RETRIES)
            load.start(venue)
            wait_until(load, moment)
            time.sleep(chance.uniform(0, 0.02))
            venue.kill()
        load.stop()
        lagged += check_folder(data / "worlds" / "main", tmp_path / f"kill {number}")
    with served(data, scenario, *ANY_PORT) as venue:
        check_venue(venue, load.traders, orders)
        load.start(venue)
        wait_until(load, orders)
        load.stop()
        check_venue(venue, load.traders, RETRIES)
        venue.stop()
    proof = replayed(data / "worlds" / "main", "--resimulate")
    assert proof["conserved"] is True
    assert reopened_digest(data / "worlds" / "main") == (proof["digest"], proof["seq"])
    assert any(told["orderEvents"][0]["type"] == "EXECUTION" for told in load.replies)
    assert lagged > 0, "no kill fell between a commit and its projection"


@pytest.mark.parametrize(
    "tries",
    [
        pytest.param(1, id="once"),
        pytest.param(20, id="20 times", marks=[pytest.mark.long, pytest.mark.timeout(1_800)]),
    ],
)
def test_killed_while_it_starts_it_starts_the_next_time(
    tmp_path: Path, scenario: Path, tries: int
) -> None:
    """A world that was never finished being made is made, whole, at the next start."""
    chance = random.Random(tries)
    for number in range(tries):
        data = tmp_path / str(number)
        for _ in range(2):
            starting = Served(data, scenario, *ANY_PORT)
            wait_for(data / "operator.token")
            time.sleep(chance.uniform(0, 0.6))
            starting.kill()
        with served(data, scenario, *ANY_PORT) as venue:
            account = venue.operate("GET", "/account")
            assert (account["equity"], account["fresh_starts"]) == ("10000.00", 0)
            venue.stop()
        assert replayed(data / "worlds" / "main", "--resimulate")["conserved"] is True
