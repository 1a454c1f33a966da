"""Settings of the process are found again in what it makes."""

import gzip
import tomllib
from datetime import UTC, datetime, timedelta

import pytest

from longshore.cli.app import run_app
from longshore.lab.market.fitting import fit, preset_text
from longshore.lab.market.recordings import DataError
from longshore.world.feeds.presets import sim_settings
from longshore.world.feeds.process import Asset, Process, ProcessTerms

START = datetime(2025, 5, 5, tzinfo=UTC)
MINUTE_US = 60_000_000


def bars(path, days, **settings):
    """Minutes of a process of these settings as a file of bars."""
    process = Process([Asset(1, 10**14, 470_000, 1_000_000)], 3, ProcessTerms(**settings))
    start_us = int(START.timestamp()) * 1_000_000
    lines = ["time_utc,close"]
    for minute in range(days * 1_440):
        process.advance(start_us + minute * MINUTE_US, MINUTE_US)
        at = START + timedelta(minutes=minute)
        lines.append(f"{at:%Y-%m-%dT%H:%M:%SZ},{process.prices_subticks[0]}")
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    return bars(tmp_path_factory.mktemp("fit") / "made_perp_XBT_1m.csv.gz", 14,
                fast_s=1_200, slow_s=43_200, spread_ppm=300_000, weekend_ppm=500_000,
                jumps_a_day=2, jump_ppm=12_000)  # fmt: skip


def test_what_was_put_in_comes_out(quiet):
    made = fit(quiet)
    settings = made.settings
    assert settings["vol_ppm"] == pytest.approx(900_000, rel=0.2)  # without the jumps
    assert settings["spread_ppm"] == pytest.approx(300_000, rel=0.3)
    assert settings["fast_s"] in {600, 1_200, 2_400}
    assert settings["weekend_ppm"] == pytest.approx(500_000, rel=0.25)
    assert settings["jumps_a_day"] in {1, 2, 3}
    data, run = {key: (a, b) for key, a, b in made.figures}["volatility a year"]
    assert run == pytest.approx(data, rel=0.25)


def test_the_preset_that_is_written_is_one_a_feed_reads(quiet):
    made = fit(quiet, since="2025-05-06", until="2025-05-09T12:00:00")
    assert made.bars == 3 * 1_440 + 720 - 1
    assert "weekend_ppm" not in made.settings
    text = preset_text(made, "made")
    assert sim_settings("", tomllib.loads(text)["settings"]).process.vol_ppm > 0


def test_the_command_prints_and_writes_it(quiet, tmp_path, capsys):
    out = tmp_path / "p.toml"
    assert run_app(["fit", str(quiet), "--out", str(out)]) == 0
    assert "volatility a year" in capsys.readouterr().out
    assert tomllib.loads(out.read_text())["settings"]["spread_ppm"] > 0


def test_what_cannot_be_fitted_is_named(quiet, tmp_path, capsys):
    for arguments, words in (
        ({"since": "2026-01-01"}, "no bars in this time"),
        ({"until": "2025-05-05T08:00:00"}, "at least 1000"),
        ({"since": "soon"}, "soon"),
        ({"asset": "GOLD"}, "no asset 'GOLD'"),
    ):
        with pytest.raises(DataError, match=words):
            fit(quiet, **arguments)
    backward = tmp_path / "made_perp_XBT_1m.csv.gz"
    lines = ["time_utc,close", "2025-01-01T00:01:00Z,1", "2025-01-01T00:00:00Z,1"]
    backward.write_bytes(gzip.compress("\n".join(lines).encode()))
    with pytest.raises(DataError, match="not in order"):
        fit(backward)
    assert run_app(["fit", str(tmp_path / "nothing_1m.csv.gz")]) == 1
    assert "nothing_1m" in capsys.readouterr().err
