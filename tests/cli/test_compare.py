"""`longshore compare` as it is called: table, document, report, errors."""

import json

import pytest

from longshore.cli.app import run_app
from tests.practice.ground import TRADE, written

PLAIN = ("--engine", "plain", "--processes", "1")


@pytest.fixture
def call(capsys):
    """Run a command in this process: exit code and what it printed."""

    def run(*arguments):
        return run_app(["compare", *map(str, arguments)]), *capsys.readouterr()

    return run


def test_it_tells_outcomes_rules_and_sources(call, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    arguments = (written(tmp_path), "--rulebooks", "kraken, kraken@2025-06", *PLAIN)
    code, out, err = call(*arguments, "--out", tmp_path / "report")
    assert (code, err) == (0, "")
    assert "Practice money. Nothing here is real." in out
    assert "What made the difference between kraken-2026-09 and kraken-2025-06" in out
    assert out.index("Kept at the end") < out.index("Put in")
    assert "liquidation.partial_share" in out and "unverified" in out
    assert f"Report: {tmp_path / 'report' / 'compare.html'}" in out
    assert (tmp_path / "report" / "compare.html").read_text().startswith("<!doctype html>")


def test_json_is_one_document_with_units(call, tmp_path):
    code, out, _ = call(written(tmp_path), "--rulebooks", "kraken,cautious", *PLAIN, "--json")
    assert (code, out.count("\n")) == (0, 1)
    found = json.loads(out)
    kraken, cautious = found["outcomes"]
    assert (kraken["end"], cautious["end"]) == ("reduced", "impossible")
    assert kraken["kept"]["unit"] == "USD"
    assert kraken["costs"]["fees"]["unit"] == "USD"
    assert found["pairs"][0]["groups"][0]["verdict"] == "flips"
    assert found["disclaimer"] and found["banner"].startswith("Practice money")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--rulebooks", "atlantis"), 1, "no rulebook 'atlantis'"),
        (("--rulebooks", " , "), 2, "name rulebooks"),
        ((), 2, "rulebooks"),
        (("--rulebooks", "cautious"), 1, "no rulebook takes small-long"),
        (("--rulebooks", "kraken", "--world", "nowhere"), 1, "no scenario 'nowhere'"),
        (("--rulebooks", "kraken", "--world", "live"), 1, "no start of its own"),
        (("--rulebooks", "kraken", "--engine", "warp"), 2, "engine"),
        (("--rulebooks", "kraken", "--processes", "-1"), 2, "--processes is 0 or above"),
    ],
)
def test_wrong_questions_have_names_and_exit_codes(call, tmp_path, arguments, code, words):
    if not {"--engine", "--processes"} & set(arguments):
        arguments = (*arguments, *PLAIN)
    exit_code, out, err = call(written(tmp_path), *arguments)
    assert (exit_code, out) == (code, "")
    assert err.startswith("longshore: ") and words in err
    exit_code, out, _ = call(written(tmp_path), *arguments, "--json")
    assert (exit_code, set(json.loads(out))) == (code, {"error"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TRADE.replace('"BTC"', '"PEPE"'), "no perpetual on PEPE"),
        (TRADE + "lucky = 1\n", "unknown field `lucky`"),
        ("= no toml", "trade.toml"),
        (TRADE.replace("leverage = 10", "leverage = 1000"), "leverage is above"),
    ],
)
def test_wrong_trades_have_names(call, tmp_path, text, words):
    code, out, err = call(written(tmp_path, text), "--rulebooks", "kraken", *PLAIN)
    assert (code, out) == (1, "")
    assert words in err


def test_a_report_that_cannot_be_written_is_said(call, tmp_path):
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "report"
    options = ("--rulebooks", "kraken", *PLAIN, "--out", place)
    code, _, err = call(written(tmp_path), *options)
    assert (code, "the report cannot be written" in err) == (1, True)
