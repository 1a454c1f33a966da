"""What is refused when a world is to follow a venue, before there is a world."""

from __future__ import annotations

import socket

import pytest

from longshore.cli.app import run_app


@pytest.mark.parametrize(
    ("world", "words"),
    [
        ("live:atlantis", "no venue 'atlantis' to follow; there are: kraken, binance"),
        ("live:longshore", "a Longshore is followed at its address"),
        ("live:kraken:PF_NOPE", "no market PF_NOPE"),
        ("live:bybit:http://127.0.0.1:1", "bybit has its own address"),
    ],
)
def test_a_name_that_means_nothing(world, words, tmp_path, capsys):
    data = str(tmp_path / "data")
    assert run_app(["serve", "--world", world, "--no-browser", "--data", data]) == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "data" / "worlds").exists()


def test_a_venue_that_is_not_there(tmp_path, capsys):
    """As without the internet: why, what to do, and no world half made."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    world = f"live:longshore:http://127.0.0.1:{port}"
    data = str(tmp_path / "data")
    assert run_app(["serve", "--world", world, "--no-browser", "--data", data]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "longshore cannot be followed" in said
    assert "No world was made. It needs ccxt, a way to the internet" in said
    assert not (tmp_path / "data" / "worlds").exists()


@pytest.mark.parametrize("command", [["run", "live:kraken", "--out"], ["run", "{}", "--out"]])
def test_such_a_world_is_not_run_without_a_venue(command, tmp_path, capsys):
    file = tmp_path / "followed.toml"
    file.write_text('name = "x"\nmarkets = ["PF_XBTUSD"]\n[feed]\nkind = "live"\nvenue = "kraken"')
    words = [word.format(file) for word in command]
    assert run_app([*words, str(tmp_path / "out")]) == 1
    assert "live prices come at their own time" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "out" / "journal.db").exists()
