"""Replay at three levels of truth: bars with their gaps, trades, and a book to queue in."""

from __future__ import annotations

import pytest

from longshore.engine._table import NIL
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.state import State
from longshore.world.agents.orders import quotes
from longshore.world.feeds.imported import load
from longshore.world.feeds.replay import ReplayFeed
from longshore.world.feeds.ticks import TicksFeed
from longshore.world.past import replay_past
from longshore.world.replaying import replay_folder
from longshore.world.scenario import ScenarioError
from longshore.world.world import World
from tests.recordings.made import imported
from tests.recordings.worlds import HEAD, Told, book_recording, filled, made, top
from tests.world.small import TEXT

MINUTE_US = 60_000_000
START_US = 1_704_067_200_000_000
ROWS = [(0, 100), (1, 101), (4, 104), (5, 105)]  # two minutes are missing


def bars(folder, rows=ROWS, length=1):
    text = "time_utc,open,high,low,close,volume\n" + "".join(
        f"2024-01-01T00:{at * length:02}:00Z,{p}00,{p}10,{p - 1}90,{p}05,2\n" for at, p in rows
    )
    recording, _ = imported(folder, f"binance_BTCUSDT_{length}m_2024.csv", text)
    return str(folder / "out" / recording.name)


def published(feed):
    times = []
    while feed.next_due_us() < feed.end_us:
        (command,) = feed.act(feed.next_due_us(), State())
        times.append(command.time_us)
    return times


def test_nothing_is_published_in_a_gap_of_bars(tmp_path):
    recorded = load(bars(tmp_path))
    feed = ReplayFeed(recorded, 2, seed=1, start_us=START_US, interval_us=15_000_000)
    minutes = {(time_us - START_US) // MINUTE_US for time_us in published(feed)}
    assert minutes == {0, 1, 4, 5}
    assert "1 gaps of the recording are kept" in feed.note
    assert "path inside a bar is made up" in feed.note


def test_the_past_has_no_candle_in_a_gap(tmp_path):
    world = World.create(tmp_path / "small", TEXT)
    world.close()
    recorded = load(bars(tmp_path))
    market = world.engine.view.markets[1]
    past = replay_past(recorded, [market], recorded.end_us)[1]
    assert [(c.start_us - START_US) // MINUTE_US for c in past.trade[60]] == [0, 1, 4, 5]
    assert {c.volume_lots for c in past.trade[60]} == {20_000}


def test_longer_bars_have_as_many_points(tmp_path):
    recorded = load(bars(tmp_path, [(i, 100) for i in range(5)], length=5))
    assert recorded.bar_us == 5 * MINUTE_US
    feed = ReplayFeed(recorded, 2, seed=1, start_us=START_US, interval_us=25_000_000)
    assert len(published(feed)) == 5 * 12
    with pytest.raises(ValueError, match="a bar of 300 s into"):
        ReplayFeed(recorded, 2, seed=1, start_us=START_US, interval_us=7_000_000)


def test_a_world_on_a_book_has_its_top_and_says_how_one_queues(tmp_path):
    told = Told().bid(2_000, "50005.0", "0.300").bid(3_000, "50005.0", "0")
    world = made(tmp_path, book_recording(tmp_path, told), orders="")
    assert "queue behind what stood before them" in world.parts.feed.note
    start_us = world.scenario.start_us
    seen = {}
    for ms in (1_500, 2_500, 3_500):
        world.run(start_us + ms * 1_000)
        seen[ms] = top(world.engine.view)
    world.close()
    resting = [(50_000, 10_000), (50_010, 10_000)]
    assert seen == {1_500: resting, 2_500: [(50_005, 3_000), resting[1]], 3_500: resting}


def test_a_recorded_trade_takes_what_was_recorded_before_ones_own(tmp_path):
    told = Told().sold(3_000, "50000.0", "1.200").bid(3_050, "50000.0", "0")
    world = made(tmp_path, book_recording(tmp_path, told))
    assert [lots for *_, lots in filled(world)] == [2_000]
    world.close()


def test_what_joins_later_stands_behind_and_goes_first(tmp_path):
    """Two coins join behind the order and leave again: it stands where it stood."""
    told = Told().bid(2_000, "50000.0", "3.000").bid(2_500, "50000.0", "1.000")
    told.sold(3_000, "50000.0", "1.100").bid(4_000, "1.0", "1")
    world = made(tmp_path, book_recording(tmp_path, told))
    assert [lots for *_, lots in filled(world)] == [1_000]
    world.close()


def test_what_leaves_from_ahead_moves_it_up(tmp_path):
    told = Told().bid(2_000, "50000.0", "0.300").sold(3_000, "50000.0", "0.500")
    told.bid(4_000, "1.0", "1")
    world = made(tmp_path, book_recording(tmp_path, told))
    assert [lots for *_, lots in filled(world)] == [2_000]
    world.close()


def test_while_messages_are_missing_there_is_no_book_and_no_price(tmp_path):
    told = Told().bid(2_000, "50000.0", "0.300")
    told.skip().bid(3_000, "50000.0", "0.500")
    recording = book_recording(tmp_path, told.bid(4_500, "1.0", "1"))
    world = made(tmp_path, recording, orders="")
    assert world.parts.feed.note.endswith("in them no price is published.")
    start_us = world.scenario.start_us
    world.run(start_us + 1_950_000)
    assert top(world.engine.view)[0] == (50_000, 10_000)
    world.run(start_us + 2_500_000)
    assert world.engine.view.markets[1].best_bid == NIL
    assert world.parts.feed.next_due_us() == TIME_MAX_US
    world.close()


def test_what_others_take_comes_back_with_the_next_look(tmp_path):
    orders = """
[[order]]
at = 2024-01-01T00:00:01.050Z
account = "queuer"
market = "PF_XBTUSD"
side = "buy"
size = "0.4"
"""
    world = made(tmp_path, book_recording(tmp_path, Told().bid(4_500, "1.0", "1")), orders=orders)
    start_us = world.scenario.start_us
    world.run(start_us + 1_060_000)
    assert top(world.engine.view)[1] == (50_010, 6_000)
    world.run(start_us + 1_200_000)
    assert top(world.engine.view)[1] == (50_010, 10_000)
    world.close()


def test_only_the_asked_levels_stand_in_the_book(tmp_path):
    recording = book_recording(tmp_path, Told().bid(4_000, "49000.0", "1"))
    world = made(tmp_path, recording, orders="", more="\nlevels = 1")
    world.run(world.end_us)
    account = world.accounts["recorded book PF_XBTUSD"]
    bids, asks = quotes(world.engine.view, account, 1)
    assert (len(bids), len(asks)) == (1, 1)
    world.close()


def test_run_again_and_restored_it_does_the_same(tmp_path):
    told = Told().sold(3_000, "50000.0", "1.200").bid(3_050, "50000.0", "0")
    world = made(tmp_path, book_recording(tmp_path, told))
    world.run(world.scenario.start_us + 2_000_000)
    world.save()
    world.close()
    again = World.open(tmp_path / "world")
    fills = filled(again)
    digest = again.engine.digest()
    again.save()
    again.close()
    assert [lots for *_, lots in fills] == [2_000]
    report = replay_folder(tmp_path / "world", resimulate=True)
    assert (report.digest, report.conserved, report.resimulated) == (digest, True, True)


def test_trades_alone_are_an_index_and_fill_who_waits_at_their_price(tmp_path):
    text = "time,price,volume,side\n" + "".join(
        f"2024-01-01T00:00:0{at}.5Z,{price},0.2,{side}\n"
        for at, price, side in ((0, 50_100, "b"), (2, 50_050, "s"), (3, 49_990, "s"))
    )
    recording, _ = imported(tmp_path, "okx_BTCUSDT_trades.csv", text)
    head = HEAD.replace("T00:00:00Z", "T00:00:00.500Z")
    text = head.format(recording=tmp_path / "out" / recording.name, end=3)
    order = "\n[[order]]\nat = 2024-01-01T00:00:01Z\naccount = 'queuer'\nmarket = 'PF_XBTUSD'\n"
    order += "side = 'buy'\ntype = 'limit'\nprice = '50060'\nsize = '0.1'\n"
    world = World.create(tmp_path / "world", text.replace("00:03Z", "00:04Z") + order)
    assert isinstance(world.parts.feed, TicksFeed)
    assert "who stood in the book is not recorded" in world.parts.feed.note
    assert [(ticks, lots) for _, ticks, lots in filled(world)] == [(50_060, 1_000)]
    assert world.engine.view.assets[2].index_subticks == 49_990 * 10**10
    world.close()


@pytest.mark.parametrize(
    ("recording", "told"),
    [
        ("nothing-there", "no recording 'nothing-there'"),
        ("{bars}", "does not hold the start of this world"),
    ],
)
def test_a_recording_that_is_not_there_or_does_not_reach(recording, told, tmp_path):
    name = recording.format(bars=bars(tmp_path))
    text = HEAD.format(recording=name, end=5).replace("= 2024-01-01", "= 2024-01-02")
    with pytest.raises(ScenarioError, match=told):
        World.create(tmp_path / "world", text)


def test_what_is_no_price_in_dollars_is_refused(tmp_path):
    rates = "time,funding_rate\n2024-01-01T00:00:00Z,0.0001\n2024-01-01T08:00:00Z,0.0001\n"
    recording, _ = imported(tmp_path, "binance_BTCUSDT_funding.csv", rates)
    with pytest.raises(ValueError, match="holds figures"):
        load(str(tmp_path / "out" / recording.name))
    (tmp_path / "coin").mkdir()
    text = "time,price,volume\n2024-01-01T00:00:00Z,0.05,1\n"
    recording, _ = imported(tmp_path / "coin", "kraken_ETHXBT_trades.csv", text)
    with pytest.raises(ValueError, match="no asset's price in dollars"):
        load(str(tmp_path / "coin" / "out" / recording.name))
