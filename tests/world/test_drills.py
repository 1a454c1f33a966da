"""Every drill reaches what it is about, the same way each time."""

import pytest
from pyarrow import parquet

from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.world.headless import EVENTS_FILE, run_scenario
from longshore.world.scenario import parse, read, shipped_names

DRILLS = [name for name in shipped_names() if parse(read(name)).goal]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A drill's events and summary; each is run once."""
    kept = {}

    def run(name):
        if name not in kept:
            folder = tmp_path_factory.mktemp(name)
            summary = run_scenario(read(name), folder / "run")
            columns = parquet.read_table(folder / "run" / EVENTS_FILE).to_pydict()
            rows = zip(*(columns[field] for field in Event.FIELDS), strict=True)
            kept[name] = [Event.of(row) for row in rows], summary
        return kept[name]

    return run


def of(events, kind):
    return [event for event in events if event.kind == kind]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("flash-crash", ["LIQUIDATION_STARTED"]),
        ("maker-withdrawal", ["ORDER_ENDED"]),
        ("stale-feed", ["LIQUIDATION_STARTED"]),
        ("weekend-gap", ["LIQUIDATION_STARTED"]),
        ("insurance-drained", ["LIQUIDATION_STARTED", "LIQUIDATION_STEP"]),
        ("delisting", ["MARKET_SETTLED", "POSITION_SETTLED"]),
        ("halt-and-auction", ["MARKET_STATE_SET", "AUCTION_CROSSED"]),
        ("outage-in-a-crash", ["MARKET_STATE_SET", "LIQUIDATION_STARTED"]),
        ("collateral-depeg", ["LIQUIDATION_STARTED"]),
        ("funding-squeeze", ["FUNDING_SET", "FUNDING_PAID"]),
    ],
)
def test_a_drill_reaches_its_event(ran, name, kinds):
    assert name in DRILLS
    _, summary = ran(name)
    assert set(kinds) <= set(summary.events_by_kind)


def test_there_is_no_drill_without_a_test_nor_a_lesson():
    assert len(DRILLS) == 10
    assert all(parse(read(name)).about for name in DRILLS)


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
