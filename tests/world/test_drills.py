"""Every drill reaches what it is about, the same way each time, and is told with its cause."""

from typing import NamedTuple

import pytest
from pyarrow import parquet

from longshore.cli.app import run_app
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.explain.liquidation import liquidation
from longshore.practice.worlds import World, WorldError
from longshore.world.headless import EVENTS_FILE, run_scenario
from longshore.world.scenario import parse, read, shipped_names
from longshore.world.telling import events_of

NAMES = [name for name in shipped_names() if parse(read(name)).goal]


class Drill(NamedTuple):
    """What a drill comes to: events, who is liquidated, and how its cause is told."""

    kinds: list[str]
    cause: str
    liquidated: str = ""


DRILLS = {
    "collateral-depeg": Drill(
        ["LIQUIDATION_STARTED"],
        "The index of ETH fell 51.4% in 62 s, from 2,815.96 to 1,367.94. ETH backs this wallet.",
        "ether-backed",
    ),
    "delisting": Drill(
        ["MARKET_SETTLED", "POSITION_SETTLED"],
        "PF_XBTUSD was delisted: all its orders ended, and every position was settled at 84,006.",
    ),
    "flash-crash": Drill(
        ["LIQUIDATION_STARTED"],
        "The index of BTC fell 9% in 12 s, from 83,985 to 76,451.",
        "long-20x",
    ),
    "funding-squeeze": Drill(
        ["FUNDING_SET", "FUNDING_PAID"],
        "The funding rate of PF_XBTUSD is 0.0062% for the next 1 h: longs pay shorts. Its mark",
    ),
    "halt-and-auction": Drill(
        ["MARKET_STATE_SET", "AUCTION_CROSSED"],
        "The auction of PF_XBTUSD is over: 0.119 BTC traded at 83,976, one price for all.",
    ),
    "index-constituent": Drill(
        ["INDEX_PUBLISHED"],
        "The index of BTC lost a constituent: it was made of 3 and is made of 2.",
    ),
    "insurance-drained": Drill(
        ["LIQUIDATION_STARTED", "LIQUIDATION_STEP"],
        "Nobody could pay for a liquidated long of PF_XBTUSD: the pool held $0.00, the insurance "
        "fund $0.00.",
        "long-20x",
    ),
    "maker-withdrawal": Drill(
        ["ORDER_ENDED"],
        "The makers withdrew from PF_XBTUSD: the thinner side of its book, within 1% of the "
        "middle, fell from $248,063.54 to $0.00 in 2 s",
    ),
    "outage-in-a-crash": Drill(
        ["MARKET_STATE_SET", "LIQUIDATION_STARTED"],
        "PF_XBTUSD had stood since 05 Jan 2026 12:01:00 UTC, for 90 s. Its index is 16% lower now",
        "long-20x",
    ),
    "stale-feed": Drill(
        ["LIQUIDATION_STARTED"],
        "The index of BTC had stood still since 05 Jan 2026 12:00:58 UTC, for 92 s; it came back "
        "at 75,602, 10% lower",
        "long-20x",
    ),
    "weekend-gap": Drill(
        ["LIQUIDATION_STARTED"],
        "The index of BTC fell 7% from one price to the next, 2 s later: from 83,985 to 78,117",
        "long-20x",
    ),
    "withdrawal-freeze": Drill(
        ["LIQUIDATION_STARTED"],
        "05 Jan 2026 12:01:00 UTC: The venue has stopped withdrawals",
        "long-10x",
    ),
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A drill's folder and summary; each is run once."""
    kept = {}

    def run(name):
        if name not in kept:
            folder = tmp_path_factory.mktemp(name) / "run"
            kept[name] = folder, run_scenario(read(name), folder)
        return kept[name]

    return run


@pytest.fixture(scope="module")
def ran(folders):
    """A drill's events and summary."""

    def run(name):
        folder, summary = folders(name)
        columns = parquet.read_table(folder / EVENTS_FILE).to_pydict()
        rows = zip(*(columns[field] for field in Event.FIELDS), strict=True)
        return [Event.of(row) for row in rows], summary

    return run


def of(events, kind):
    return [event for event in events if event.kind == kind]


@pytest.mark.parametrize("name", DRILLS)
def test_a_drill_reaches_its_event_and_its_cause_is_named(folders, name):
    """Who is liquidated reads the cause in the account of it; who is not, on the notice board."""
    drill = DRILLS[name]
    folder, summary = folders(name)
    assert set(drill.kinds) <= set(summary.events_by_kind)
    assert {each.account for each in summary.liquidations} == {drill.liquidated} - {""}
    told = events_of(folder)
    texts = [notice.text for notice in told.notices]
    assert texts == [notice.text for notice in summary.notices]
    if drill.liquidated:
        story = liquidation(told.events[drill.liquidated], told.rulebook, notices=told.notices)
        texts = story.causes
        assert set(texts) <= set(story.sentences)
        assert all(any(moment.text in cause for moment in story.timeline) for cause in texts)
    assert any(drill.cause in text for text in texts), texts


def test_there_is_no_drill_without_a_test_nor_a_lesson(capsys):
    assert sorted(DRILLS) == NAMES
    assert all(parse(read(name)).about for name in NAMES)
    assert run_app(["scenario", "list", "--json"]) == 0
    listed = capsys.readouterr().out
    assert all(parse(read(name)).goal in listed for name in NAMES)


def test_a_cause_comes_from_events_and_not_from_a_drill(folders):
    """Without the board there is none, whatever the world is called."""
    folder, _ = folders("flash-crash")
    told = events_of(folder)
    assert liquidation(told.events["long-20x"], told.rulebook).causes == []


def test_a_constituent_that_fails_moves_neither_index_nor_mark(ran):
    events, summary = ran("index-constituent")
    sources = [event.value_atoms for event in of(events, EventKind.INDEX_PUBLISHED)]
    assert sources[:30] == [3] * 30 and set(sources[31:]) == {2}
    marks = [event.mark_subticks for event in of(events, EventKind.MARK_CHANGED)]
    assert min(marks) * 1_000 > max(marks) * 998
    assert summary.liquidations == []


def test_while_withdrawals_are_frozen_money_stays_and_trading_goes_on(tmp_path):
    with World.create("withdrawal-freeze", tmp_path / "world") as world:
        world.advance(seconds=59)
        world.withdraw("long-10x", "USD", 100)
        world.advance(seconds=2)
        with pytest.raises(WorldError, match="stopped withdrawals since 05 Jan 2026 12:01:00"):
            world.withdraw("long-10x", "USD", 100)
        held = world.position("long-10x", "PF_XBTUSD").size
        assert world.place("long-10x", "PF_XBTUSD", "sell", held).filled
        digest = world.digest
    with World.open(tmp_path / "world") as again:
        assert again.digest == digest
        with pytest.raises(WorldError, match="stopped withdrawals"):
            again.withdraw("long-10x", "USD", 100)
        again.advance(seconds=180)
        again.withdraw("long-10x", "USD", 1)
        codes = [notice.code for notice in again.notices if notice.code.startswith("with")]
        assert codes == ["withdrawals-stopped", "withdrawals-open"]


def test_a_wick_takes_the_high_leverage_and_leaves_the_low(ran):
    events, summary = ran("flash-crash")
    assert {each.account for each in summary.liquidations} == {"long-20x"}
    marks = [event.mark_subticks for event in of(events, EventKind.MARK_CHANGED)]
    assert min(marks) * 100 < marks[0] * 90
    assert abs(marks[-1] - marks[0]) * 100 < marks[0]


def test_when_makers_withdraw_the_book_is_empty_for_a_while(ran):
    events, _ = ran("maker-withdrawal")
    resting, empty = set(), 0
    for event in of(events, EventKind.BOOK_CHANGED):
        key = event.side, event.price_ticks
        resting.add(key) if event.open_lots else resting.discard(key)
        empty += not resting
    assert empty
    assert resting


def test_nobody_is_liquidated_by_an_index_that_is_stale(ran):
    events, _ = ran("stale-feed")
    first = of(events, EventKind.LIQUIDATION_STARTED)[0].time_us
    told = [event.time_us for event in of(events, EventKind.INDEX_PUBLISHED)]
    silence = max(range(1, len(told)), key=lambda at: told[at] - told[at - 1])
    assert told[silence] - told[silence - 1] >= 88_000_000
    assert first >= told[silence]


def test_a_gap_is_wider_than_the_margin(ran):
    events, _ = ran("weekend-gap")
    assert of(events, EventKind.LIQUIDATION_STARTED)[0].equity_atoms < 0


def test_an_outage_liquidates_when_it_is_over(ran):
    events, _ = ran("outage-in-a-crash")
    halted, over, opened = (event.time_us for event in of(events, EventKind.MARKET_STATE_SET))
    assert over - halted == 90_000_000 < opened - halted
    assert of(events, EventKind.LIQUIDATION_STARTED)[0].time_us >= over


def test_a_squeeze_is_paid_by_who_is_long(ran):
    events, _ = ran("funding-squeeze")
    rates = [event.rate_e18 for event in of(events, EventKind.FUNDING_SET)]
    assert max(rates) > 10 * 10**12  # a thousandth of a per cent an hour
    paid = of(events, EventKind.FUNDING_PAID)
    assert any(event.funding_atoms < 0 < event.position_lots for event in paid)


def test_who_was_right_is_unwound_when_nobody_can_pay(ran):
    events, summary = ran("insurance-drained")
    assert summary.liquidations[0].account == "long-20x"
    kinds = {event.type for event in of(events, EventKind.LIQUIDATION_STEP)}
    assert len(kinds) >= 2
    assert float(summary.balances["short"]["USD"]) > 440_000


def test_the_same_drill_twice_is_the_same(ran, tmp_path):
    _, summary = ran("weekend-gap")
    again = run_scenario(read("weekend-gap"), tmp_path / "again")
    assert again.digest == summary.digest
