"""The report of a world that was run, and of one that is run for it."""

import gzip
import json
import random
from html.parser import HTMLParser

import pytest

from longshore.cli.app import run_app
from longshore.lab.market.facts import FACTS
from longshore.lab.market.page import beside, html, markdown
from longshore.lab.market.report import of_folder, of_scenario, report
from longshore.world.headless import run_scenario
from tests.world.small import TEXT

RECORDED = ("BTC", "ETH", "SOL")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("report") / "world"
    run_scenario(TEXT, made)
    return made


@pytest.fixture(scope="module")
def made(folder):
    return report(str(folder))


def test_a_folder_and_its_scenario_are_measured_alike(folder):
    kept, kept_profits = of_folder(folder)
    run, profits = of_scenario(TEXT, hours=1)
    (one,), (other,) = kept.tracks, run.tracks
    assert one.mid.tolist() == other.mid.tolist()
    assert one.depth_usd.tolist() == other.depth_usd.tolist()
    assert one.trade_usd.tolist() == other.trade_usd.tolist()
    assert kept_profits == profits


def test_what_is_seen_of_a_world(made):
    (perp,) = made.tape.tracks
    assert perp.mid.size == perp.index.size == 300 - (perp.start_s % 60)
    assert 0 < made.found["spread"] < 20
    assert made.found["depth"] > 10_000
    assert perp.trade_usd.size > 20
    assert made.tape.liquidation_s.size > 0


def test_nobody_gains_what_nobody_lost(made):
    """What all have made together is what the venue took in fees, and the other way round."""
    kinds = {line.kind: line for line in made.profits}
    assert set(kinds) == {"people", "maker", "noise"}
    assert kinds["people"].paid_in_usd == 1_000
    assert kinds["people"].liquidations == made.tape.liquidation_s.size
    assert sum(line.made_usd for line in made.profits) < 0
    taken = sum(abs(usd) for usd in made.tape.tracks[0].trade_usd)
    assert -sum(line.made_usd for line in made.profits) < 0.001 * taken


def test_the_page_shows_every_fact_and_is_whole(made):
    page = html(made)
    for fact in FACTS:
        assert fact.title.replace("'", "&#x27;") in page
    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag not in {"meta", "br", "line", "circle", "path"}:
                tags.append(tag)

        def handle_endtag(self, tag):
            if tag not in {"meta", "br", "line", "circle", "path"}:
                assert tags.pop() == tag

    Reader().feed(page)
    assert tags == []
    assert "<script" not in page
    assert len(markdown(made).splitlines()) == 2 + sum(len(fact.figures) for fact in FACTS)


def test_the_command_writes_a_page_and_tells_the_figures(folder, tmp_path, capsys):
    page, table = tmp_path / "r.html", tmp_path / "t.md"
    told = ["--out", str(page), "--table", str(table), "--json"]
    assert run_app(["world", "report", str(folder), *told]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"world", "facts", "figures", "recorded", "met", "out"}
    assert len(said["facts"]) == len(FACTS)
    assert page.read_text().startswith("<!doctype html>")
    assert table.read_text().startswith("| fact |")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere"], 1, "no scenario 'nowhere'"),
        (["live", "--hours", "0"], 2, "above zero"),
        (["live", "--markets", "PF_XBTUSD, GOLD"], 1, "GOLD"),
        (["live", "--against", "/nowhere"], 1, "no folder of recordings"),
    ],
)
def test_what_cannot_be_measured_is_named(arguments, code, words, capsys, tmp_path):
    out = ["--out", str(tmp_path / "r.html")]
    assert run_app(["world", "report", *arguments, *out]) == code
    assert words in capsys.readouterr().err
    assert not (tmp_path / "r.html").exists()


def bars(path, seed):
    """A day of minutes of a made walk, as a table."""
    chance = random.Random(seed)
    price, lines = 50_000.0, ["time_utc,open,high,low,close,volume"]
    for minute in range(1_440):
        price *= 1 + chance.gauss(0, 0.0005)
        time_utc = f"2025-05-20T{minute // 60:02}:{minute % 60:02}:00Z"
        lines.append(f"{time_utc},{price},{price},{price},{price:.1f},1")
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


def test_a_recording_is_measured_beside_the_others(tmp_path, capsys):
    folder, out = tmp_path / "ohlcv_crash", tmp_path / "r.html"
    names = [f"binance_perp_{coin}USDT_1m_2025-05-20" for coin in RECORDED]
    for seed, name in enumerate(names):
        bars(folder / f"{name}.csv.gz", seed)
    told = ["--against", str(tmp_path), "--out", str(out), "--json"]
    assert run_app(["world", "report", names[0], *told]) == 0
    said = json.loads(capsys.readouterr().out)
    assert -1 < said["figures"]["kurtosis"] < 1, "a walk without tails"
    assert len(said["recorded"]["kurtosis"]) == 2
    page = out.read_text()
    assert "<svg" in page
    assert names[0] in page and names[1] in page
    assert "What the agents made" not in page, "a recording has none"
    table = beside({"here": report(names[0], tmp_path), "there": report(names[1], tmp_path)})
    heads = [cell.strip() for cell in table.splitlines()[0].strip("|").split("|")]
    assert heads == ["fact", "measured", "here", "there", "all recordings", "met from … to"]
