"""The real recordings: every layout is imported, and gaps and checks are as they are known to be.

They lie beside the repository; where they do not, these tests are skipped.
"""

from __future__ import annotations

import pytest

from longshore.world.feeds.depth import ASK, BID
from longshore.world.feeds.tape import Tape
from longshore.world.world import World
from tests.proof.recorded import recording as file_of
from tests.recordings.made import import_all
from tests.recordings.worlds import top

SPOT_CUT = 2
"""Messages of the spot stream that end between two fills of one order."""


def tallied(made, name):
    """How often a check was passed, of how often, over all recordings."""
    found = [c for m in made.manifests for c in m.checks if c.name == name]
    return sum(c.passed for c in found), sum(c.total for c in found)


def told(made):
    """Rows and missing bars by name."""
    return {m.name: (m.rows, sum(g.missing for g in m.gaps)) for m in made.manifests}


def test_kraken_books_agree_with_their_checksums_and_sequence(tmp_path):
    made = import_all([file_of("kraken_ws_recordings")], tmp_path)
    assert tallied(made, "checksums agree") == (3_040 + 510, 3_040 + 510)
    assert tallied(made, "ids follow each other") == (5_269, 5_269)
    assert len(made.manifests) == 12
    assert [left.split(":")[0] for left in made.left_out] == [
        "kraken_futures_rest_instruments_2021-07-22.json.gz",
        "kraken_spot_rest_AssetPairs_2021-04-17.json.gz",
    ]


def test_an_outage_is_a_gap(tmp_path):
    path = file_of("ohlcv_crash/binance_spot_BTCUSDT_1m_2023-03-17_2023-03-31.csv.gz")
    (recording,) = import_all([path], tmp_path).manifests
    (gap,) = recording.gaps
    assert (recording.rows, gap.missing) == (21_520, 80)
    assert (gap.begins, gap.ends) == ("2023-03-24T12:40:00Z", "2023-03-24T14:00:00Z")


def test_trades_and_candles_made_of_them(tmp_path):
    made = import_all([file_of("kraken_trades_to_candles")], tmp_path, venue="kraken")
    assert told(made)["kraken-grteth-trades-2021-03-28"] == (6_000, 0)
    assert len(made.manifests) == 6
    assert {m.asset for m in made.manifests} == {""}


def test_rates_with_one_gap_and_rates_that_change_their_interval(tmp_path):
    made = import_all([file_of("funding_history")], tmp_path)
    assert told(made) == {
        "bitmex-xbtusd-funding-2016-05-14": (8_547, 0),
        "deribit-btc-perpetual-funding-2019-04-30": (16_008, 2),
    }
    (gap,) = made.manifests[1].gaps
    assert (gap.begins, gap.ends) == ("2020-08-27T06:00:00Z", "2020-08-27T08:00:00Z")


@pytest.mark.long
def test_mark_prices_and_rates(tmp_path):
    made = import_all([file_of("binance_funding_mark")], tmp_path, venue="binance")
    assert told(made) == {
        "binance-btcusdt-funding-2019-09-10": (6_776, 0),
        "binance-btcusdt-mark-1h-2019-12-23": (51_709, 0),
    }


@pytest.mark.long
def test_every_window_of_the_crashes(tmp_path):
    made = import_all([file_of("ohlcv_crash")], tmp_path)
    assert all(check.is_sound for m in made.manifests for check in m.checks)
    assert told(made) == {
        "binance-perp-btcusdt-1m-2025-05-20": (20_160, 0),
        "binance-perp-btcusdt-5m-2022-06-01": (50_894, 0),
        "binance-perp-btcusdt-5m-2025-01-01": (91_872, 0),
        "binance-spot-btcusdt-1m-2020-05-21": (43_199, 0),
        "binance-spot-btcusdt-1m-2021-05-01": (28_601, 0),
        "binance-spot-btcusdt-1m-2023-03-17": (21_520, 80),
        "binance-spot-btcusdt-1m-2025-05-20": (20_160, 0),
        "binance-spot-btcusdt-5m-2019-11-15": (33_959, 131),
        "binance-spot-btcusdt-5m-2021-04-30": (8_768, 0),
        "binance-spot-btcusdt-5m-2022-08-01": (35_136, 0),
        "binance-spot-btcusdt-5m-2025-01-01": (91_872, 0),
        "binance-spot-ethusdt-1m-2020-05-21": (43_199, 0),
        "binance-spot-ethusdt-1m-2021-05-01": (36_000, 0),
        "bitfinex-spot-btcusd-1m-2013-12-16": (5_100, 659),  # and the first minute of the day
        "bitfinex-spot-btcusd-1m-2017-12-20": (7_200, 0),
        "bitmex-perp-xbtusd-1m-2017-12-15": (24_480, 0),
        "bitmex-perp-xbtusd-1m-2020-03-01": (31_680, 0),
        "bitmex-perp-xbtusd-1m-2021-04-12": (72_000, 0),
        "ftx-perp-btc-perp-1m-2021-12-31": (45_031, 0),
    }


@pytest.mark.long
def test_the_top_of_every_rebuilt_book_is_the_recorded_one(tmp_path):
    """25,248 messages hold best prices; 15,153 of them on the first day, each as recorded.

    In the other 32,564 none were told, and those told last still stand: that is all 57,812.
    """
    made = import_all([file_of("l2_binance_2024-08")], tmp_path)
    by_market = {
        m.market: next(c for c in m.checks if c.name == "top of book as recorded")
        for m in made.manifests
    }
    counted = {market: (c.passed, c.total) for market, c in by_market.items()}
    assert counted == {
        "usdm": (5_703, 5_703),
        "coinm": (6_556 + 7_252, 6_556 + 7_252),
        "spot": (2_894 + 2_843 - SPOT_CUT, 2_894 + 2_843),
    }
    assert tallied(made, "top of book stands where none was told") == (32_564, 32_564)
    assert tallied(made, "ids follow each other") == (57_812, 57_812)
    assert all(check.is_sound for m in made.manifests for check in m.checks)


WORLD = """
name = "a recorded minute"
markets = ["PF_XBTUSD"]
start = 2024-08-08T23:55:00Z
end = 2024-08-08T23:55:20Z
[feed]
kind = "replay"
recording = "{folder}"
"""
TICK = 10**10


@pytest.mark.long
def test_the_engines_book_has_the_recorded_top(tmp_path):
    """Two hundred looks at twenty seconds: the same prices, rounded to this market's ticks."""
    file = file_of("l2_binance_2024-08/binance_usdm_btcusdt_20240808.ndjson.gz")
    (folder,) = import_all([file], tmp_path).folders
    world = World.create(tmp_path / "world", WORLD.format(folder=folder))
    tape = Tape(world.parts.feed.tape.ticks)
    start_us = world.scenario.start_us
    for look in range(5, 200):
        at_us = start_us + look * 100_000 + 2
        world.run(at_us + 50_000)
        depth = tape.depth(at_us)
        recorded = depth.best(BID) // TICK, -(-depth.best(ASK) // TICK)
        assert tuple(price for price, _ in top(world.engine.view)) == recorded
    world.close()
