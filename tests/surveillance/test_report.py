"""`longshore surveillance report`: a folder watched again, for people, programs, spreadsheets."""

from __future__ import annotations

import csv

import msgspec
import pytest

from longshore.cli.app import run_app
from longshore.explain.format import cell
from longshore.practice.worlds import World
from longshore.surveillance.listing import as_csv
from longshore.world.watched import watch_folder

EVIL = "=HYPERLINK(0)"
SCENARIO = """name = "two"
rulebook = "kraken"
markets = ["PF_XBTUSD"]
start = 2026-01-05T12:00:00Z
end = 2026-01-05T12:30:00Z
seed = 7
[feed]
kind = "held"
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A market in which two alone sell to and fro."""
    place = tmp_path_factory.mktemp("worlds") / "two"
    with World.create(SCENARIO, place) as world:
        for name in (EVIL, "bert"):
            world.account(name, USD=1_000_000)
        price = world.price("PF_XBTUSD", "index")
        pair = [EVIL, "bert"]
        for _ in range(8):
            world.advance(seconds=20)
            world.place(pair[0], "PF_XBTUSD", "sell", "0.1", "limit", price=int(price))
            world.place(pair[1], "PF_XBTUSD", "buy", "0.1", "limit", price=int(price))
            pair.reverse()
    return place


def test_it_tells_of_the_pair_and_names_events_of_the_journal(folder):
    """SURV-009: the evidence is there when the journal is replayed."""
    watched = watch_folder(folder)
    [alert] = watched.alerts
    assert [watched.names[number] for number in alert.accounts] == [EVIL, "bert"]
    assert 0 < alert.from_seq <= alert.to_seq <= watched.seq


def test_as_json_and_for_people(folder, capsys):
    assert run_app(["surveillance", "report", str(folder), "--json"]) == 0
    told = msgspec.json.decode(capsys.readouterr().out)
    assert [each["pattern"] for each in told["alerts"]] == ["wash-trades"]
    assert told["alerts"][0]["accounts"] == [EVIL, "bert"]
    assert run_app(["surveillance", "report", str(folder)]) == 0
    assert "1 alerts" in capsys.readouterr().out


def test_no_cell_of_the_file_is_a_formula(folder, tmp_path, capsys):
    file = tmp_path / "alerts.csv"
    assert run_app(["surveillance", "report", str(folder), "--csv", str(file)]) == 0
    capsys.readouterr()
    with file.open(encoding="utf-8", newline="") as opened:
        lines = list(csv.reader(opened))
    assert len(lines) == 2
    assert lines[1][1] == f"'{EVIL}; bert"
    assert not [text for line in lines for text in line if text[:1] in "=+-@\t\r" and text]


@pytest.mark.parametrize("first", list("=+-@\t\r"))
def test_what_a_formula_may_begin_with(first):
    assert cell(f"{first}1") == f"'{first}1"
    assert cell(f"a{first}1") == f"a{first}1"
    assert not cell("")
    assert as_csv([]).count("\n") == 1


def test_a_folder_without_a_world_and_a_file_that_cannot_be_written(folder, tmp_path, capsys):
    assert run_app(["surveillance", "report", str(tmp_path / "none")]) == 1
    wrong = str(tmp_path / "no" / "alerts.csv")
    assert run_app(["surveillance", "report", str(folder), "--csv", wrong]) == 2
    assert wrong in capsys.readouterr().err
