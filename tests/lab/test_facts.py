"""Figures of markets on rows whose figures are known, and the verdicts made of them."""

import gzip
import json

import numpy as np
import pytest

from longshore.lab.market import measures, stats
from longshore.lab.market.book import Book
from longshore.lab.market.charts import charts
from longshore.lab.market.facts import FACTS, Between, Near, Verdict, judged, measured, verdict
from longshore.lab.market.plot import Chart, Line, round_step, svg
from longshore.lab.market.recordings import DataError, tapes
from longshore.lab.market.report import figures
from longshore.lab.market.tape import Meta, Tape, Track, floats

CHANCE = np.random.default_rng(5)


def test_tails_of_a_power_law_are_told_from_a_normal_distribution():
    normal, heavy = CHANCE.normal(size=20_000), CHANCE.standard_t(3, size=20_000)
    assert abs(stats.excess_kurtosis(normal)) < 0.2
    assert stats.excess_kurtosis(heavy) > 3
    assert 2.5 < stats.hill(heavy) < 3.6 < stats.hill(normal)


def test_autocorrelation_and_half_life_of_a_row_that_forgets():
    row = np.zeros(20_000)
    for place, draw in enumerate(CHANCE.normal(size=row.size - 1), 1):
        row[place] = 0.9 * row[place - 1] + draw
    assert stats.autocorrelation(row, 1) == pytest.approx(0.9, abs=0.02)
    assert stats.half_life(row, 60) == pytest.approx(60 * np.log(0.5) / np.log(0.9), rel=0.15)
    assert stats.half_life(np.cumsum(np.ones(50)), 60) > 600


@pytest.mark.parametrize("exponent", [0.3, 0.5, 1.0])
def test_the_exponent_of_an_impact_is_found_under_noise(exponent):
    sizes = CHANCE.uniform(1, 50, 4_000)
    effects = sizes**exponent + CHANCE.normal(scale=2, size=sizes.size)
    assert stats.power(sizes, effects) == pytest.approx(exponent, abs=0.08)
    assert np.isnan(stats.power(sizes[:5], effects[:5]))


def test_events_that_set_off_others_bunch():
    alone = np.sort(CHANCE.uniform(0, 1e6, 5_000))
    together = np.concatenate([alone[:1_000] + k * 0.1 for k in range(5)])
    assert stats.branching(alone, 600) < 0.1
    assert stats.branching(together, 600) == pytest.approx(1 - 5**-0.5, abs=0.1)
    assert np.isnan(stats.branching(alone[:3], 600))


def test_who_moves_first_leads():
    first = CHANCE.normal(size=500)
    second = np.concatenate([[0.0], first[:-1]])
    assert stats.lead(first, second) > 0.8 > -0.8 > stats.lead(second, first)


def test_a_book_tells_spread_depth_and_what_a_taker_pays():
    book = Book()
    for price, size in ((100.0, 50.0), (99.95, 50.0), (98.0, 500.0)):
        book.set(True, price, size)
    for price, size in ((100.1, 50.0), (100.2, 1_000.0)):
        book.set(False, price, size)
    look = book.look()
    assert look.mid == pytest.approx(100.05)
    assert look.spread_bp == pytest.approx(0.1 / 100.05 * 10_000)
    assert look.depth_usd == pytest.approx((100 * 50 + 99.95 * 50 + 100.1 * 50) / 2)
    buying = (5_005 * 0.05 + 4_995 * 0.15) / 10_000
    selling = (5_000 * 0.05 + 4_997.5 * 0.1 + 2.5 * 2.05) / 10_000
    assert look.slippage_bp == pytest.approx((buying + selling) / 2 / 100.05 * 10_000)
    book.set(True, 100.1, 1.0)
    assert book.look() is None


def track(mids, perpetual=True, index=(), **more):
    start = 1_000.0
    return Track("T", "BTC", perpetual, start, 1.0, floats(mids), index=floats(index), **more)


def test_leads_are_told_between_tracks_that_begin_apart():
    steps = CHANCE.normal(scale=1e-4, size=1_300)
    spot = np.exp(np.cumsum(steps))
    perp = np.exp(np.cumsum(np.concatenate([steps[1:], [0.0]])))  # a second ahead
    late = Track("S", "BTC", False, 1_020.0, 1.0, floats(spot[20:]))
    tape = Tape("t", "", (track(perp), late))
    assert (measures.leads(tape) > measures.LEAD_CLEAR).all()
    assert measures.lead_perpetual(tape) == 1.0


def test_large_orders_of_unlike_markets_are_measured_together():
    metas = [Meta(m, k * scale, 1e-4 * k**0.5) for m, scale in (("A", 1e3), ("B", 1e6)) for k in
             range(1, 60)]  # fmt: skip
    assert measures.meta_impact(Tape("t", "", metas=tuple(metas))) == pytest.approx(0.5, abs=0.05)


def test_premiums_within_the_clamp_and_beyond():
    tape = Tape("t", "", premium_hours=floats([0.0001, 0.0006, -0.0004, 0.0007, -0.0014]))
    assert measures.clamped(tape) == pytest.approx(3 / 5)
    assert measures.burst(tape) == pytest.approx(3.0)
    assert np.isnan(measures.basis_spread(tape))
    many = Tape("t", "", premium_hours=floats([0.0001, 0.0003] * 50))
    assert measures.basis_spread(many) == pytest.approx(1.0)


def test_bounds():
    between, near = Between((1, 2), (0.5, 4)), Near(3, 10)
    verdicts = [between.judge(value, ()) for value in (0.1, 0.5, 1, 3, 5)]
    assert verdicts == [1, 2, 3, 2, 1]
    assert [near.judge(value, (2, 4)) for value in (0.1, 0.3, 1, 12, 13, 41)] == [1, 2, 3, 3, 2, 1]
    assert near.judge(1, ()) == Verdict.UNKNOWN


def test_a_fact_is_as_good_as_its_worst_figure_and_unknown_without_one():
    fact = FACTS[0]
    good = {"kurtosis": 5.0, "tail": 3.0}
    assert verdict(fact, good, {}) == Verdict.MATCHES
    assert verdict(fact, {**good, "tail": 1.5}, {}) == Verdict.ROUGHLY
    assert verdict(fact, {"tail": 3.0}, {}) == Verdict.UNKNOWN
    assert judged(fact.figures[0], {"kurtosis": 0.1}, {}) == Verdict.NOT


def test_there_are_eleven_facts_and_a_walk_without_memory_meets_few():
    assert len(FACTS) == 11
    walk = np.exp(np.cumsum(CHANCE.normal(scale=1e-4, size=40_000)))
    found = measured(Tape("walk", "", (track(walk),)))
    assert found.keys() == {"kurtosis", "tail", "clustering", "memory"}
    assert verdict(FACTS[1], found, {}) == Verdict.NOT
    assert verdict(FACTS[2], found, {}) >= Verdict.ROUGHLY


def test_charts_of_little_are_left_out_and_powers_leave_out_what_has_none():
    tape = Tape("t", "", (track(np.exp(np.cumsum(CHANCE.normal(size=20_000) * 1e-4))),))
    drawn = [svg(chart) for chart in charts(tape, ())]
    assert sum(map(bool, drawn)) >= 3
    assert all("nan" not in text for text in drawn)
    line = Line("l", floats([-1, 1, 10]), floats([1, 1, 100]), dots=True)
    assert svg(Chart("c", "x", "y", (line,), powers=True)).count("<circle") == 2
    assert [round_step(least) for least in (0.9, 1.2, 3, 7, 0)] == [1, 2, 5, 10, 1]


@pytest.fixture
def data(tmp_path):
    """A folder with a few bars of a perpetual and its spot market, and some premiums."""
    prices = 100 * np.exp(np.cumsum(CHANCE.normal(scale=1e-3, size=200)))
    for kind, factor in (("perp", 1.001), ("spot", 1.0)):
        lines = ["time_utc,open,high,low,close,volume"]
        for minute, price in enumerate(prices * factor):
            if minute != 100:
                lines.append(f"2025-05-20T{minute // 60:02}:{minute % 60:02}:00Z,0,0,0,{price},1")
        write(tmp_path / "ohlcv_crash" / f"binance_{kind}_BTCUSDT_1m_2025.csv.gz", lines)
    premiums = ["time_ms,time_utc,coin,premium,funding_rate", "0,,BTC,0.0001,0", "1,,BTC,0.01,0"]
    write(tmp_path / "funding_premium_hyperliquid" / "BTC.csv.gz", premiums)
    return tmp_path


def write(path, lines):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


def test_recordings_are_read_with_their_gaps(data):
    bars, premium = tapes(data)
    perp, spot = bars.tracks
    assert (perp.perpetual, perp.base, perp.mid.size) == (True, "BTC", 200)
    assert np.isnan(perp.mid).sum() == 1
    assert np.nanmax(np.abs(perp.mid / perp.index - 1.001)) < 1e-12
    assert spot.start_s == perp.start_s == 1_747_699_200
    assert premium.premium_hours.tolist() == [0.0001, 0.01]
    assert figures([bars, premium])["clamped"] == [0.0, 0.5]  # two whole hours; two premiums


ASKS = [["101", "1"]]


def test_books_are_made_again_from_a_snapshot_and_what_follows(tmp_path):
    def line(time_s, message):
        return f"{int(time_s * 1e9)} {json.dumps(message)}"

    depth = {"e": "depthUpdate", "b": [["100.0", "0"]], "a": []}
    trade = {"e": "trade", "T": 10_700, "p": "100.5", "q": "2", "m": True}
    lines = [
        line(10.0, {"stream": "b", "data": {"u": 1, "s": "BTCUSDT"}}),
        line(
            10.1, {"lastUpdateId": 1, "bids": [["100", "9"], ["99", "9"]], "asks": [["101", "1"]]}
        ),
        line(10.4, {"stream": "d", "data": {**depth, "b": [["100.0", "8"]]}}),
        line(10.7, {"stream": "t", "data": trade}),
        line(11.2, {"stream": "d", "data": depth}),
        line(12.2, {"stream": "d", "data": depth}),
    ]
    write(tmp_path / "l2_binance_2024-08" / "binance_spot_btcusdt_20240808.ndjson.gz", lines)
    (tape,) = tapes(tmp_path)
    (seen,) = tape.tracks
    assert seen.start_s == 10.5
    assert seen.mid.tolist() == [100.5, 100.5, 100.0, 100.0]
    assert (seen.trade_s.tolist(), seen.trade_usd.tolist()) == ([10.7], [-201.0])


def test_a_folder_without_recordings_and_a_damaged_one_are_named(tmp_path, data):
    with pytest.raises(DataError, match="no folder"):
        tapes(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="none of the recordings"):
        tapes(tmp_path / "empty")
    damaged = data / "funding_premium_hyperliquid" / "ETH.csv.gz"
    for content in (b"no archive", gzip.compress(b"time_ms\n1\n"), gzip.compress(b"premium\nx\n")):
        damaged.write_bytes(content)
        with pytest.raises(DataError, match=r"ETH\.csv\.gz"):
            tapes(data)
