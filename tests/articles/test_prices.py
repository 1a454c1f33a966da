"""Articles 04, 05 and 06: prices and time, funding, fees."""

from __future__ import annotations

from longshore.engine.codes import Reject, Side, System
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import system_wallet
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Asset
from longshore.engine.state import balance_slot
from tests.engine.desk import (
    ATOMS,
    BTC,
    DOLLAR_SUBTICKS,
    HOUR_US,
    PERP,
    SECOND,
    USD,
    Desk,
    changed,
    lots,
    of,
    refusal,
    setup,
)

SECOND_US = 1_000_000


def book_at(desk: Desk, bid: int, ask: int) -> None:
    """The maker quotes one lot of coins a side."""
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["maker"])
    desk.buy("maker", lots(1), bid)
    desk.sell("maker", lots(1), ask)


def opened(made: Setup | None = None) -> Desk:
    desk = Desk(made)
    desk.person("maker", 10**7)
    desk.person("ann", 10**6)
    desk.person("bob", 10**6)
    desk.index(84_000)
    return desk


def market(desk: Desk):
    return desk.engine.view.markets[PERP]


def test_an_index_price_is_positive_and_has_a_source():
    """PRIC-001"""
    desk = opened()
    assert refusal(desk.index(0)) == Reject.INDEX_PRICE_BAD
    assert refusal(desk.index(84_000, sources=0)) == Reject.INDEX_PRICE_BAD
    assert refusal(desk.index(84_001, sources=3)) == Reject.NONE
    view = desk.engine.view
    assert view.assets[BTC].index_subticks == 84_001 * DOLLAR_SUBTICKS
    assert view.assets[BTC].index_sources == 3


def test_the_impact_premium_is_the_middle_of_the_impact_prices_less_the_index():
    """PRIC-002: 0.1 BTC: half at 84,010 and half at 84,030; bids at 83,990."""
    desk = opened()
    desk.buy("maker", lots(1), 83_990)
    desk.sell("maker", lots(0.05), 84_010)
    desk.sell("maker", lots(1), 84_030)
    desk.wait(SECOND_US)
    assert market(desk).impact_premium_subticks == 5 * DOLLAR_SUBTICKS
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["maker"])
    desk.sell("maker", lots(1), 84_500)
    desk.wait(SECOND_US)  # no bids: the last premium stands
    assert market(desk).impact_premium_subticks == 5 * DOLLAR_SUBTICKS


def test_the_mark_is_the_index_and_a_smoothed_premium():
    """PRIC-003"""
    desk = opened()
    book_at(desk, 84_030, 84_032)
    desk.wait(SECOND_US)
    premium = 31 * DOLLAR_SUBTICKS
    first = premium * 2 // 31
    assert market(desk).mark_subticks == 84_000 * DOLLAR_SUBTICKS + first
    desk.wait(SECOND_US)
    second = first + (premium - first) * 2 // 31
    assert market(desk).mark_subticks == 84_000 * DOLLAR_SUBTICKS + second
    moved = of(desk.index(84_100), EventKind.MARK_CHANGED)[0]
    assert moved.market_id == PERP
    assert moved.mark_subticks == 84_100 * DOLLAR_SUBTICKS + second


def test_the_marks_premium_is_cut_to_the_cap():
    """PRIC-003"""
    desk = opened()
    book_at(desk, 90_000, 90_002)
    desk.wait(300 * SECOND_US)
    cap = 840 * DOLLAR_SUBTICKS
    assert 0 <= cap - market(desk).ema_subticks < 10**5
    assert market(desk).impact_premium_subticks == 6_001 * DOLLAR_SUBTICKS


def test_last_is_the_price_of_the_last_match():
    """PRIC-004"""
    desk = opened()
    assert market(desk).last_ticks == 0
    desk.trade("ann", "bob", 1, 84_123)
    assert market(desk).last_ticks == 84_123


def stale_setup() -> Setup:
    made = setup()
    made.assets[1] = Asset.of(made.assets[1].values())
    made.assets[1].stale_after_us = 10 * SECOND_US
    return made


def test_on_a_stale_index_samples_stop_and_nobody_is_liquidated():
    """PRIC-005"""
    desk = opened(stale_setup())
    desk.person("eve", 1_000)
    book_at(desk, 84_000, 84_002)
    desk.trade("eve", "bob", lots(1), 84_002)
    desk.wait(10 * SECOND_US)
    count = market(desk).premium_count
    assert count == 10
    desk.wait(60 * SECOND_US)
    assert market(desk).premium_count == count
    desk.checking = False  # the wallet at risk below is left alone on purpose
    view = desk.engine.view
    eve = view.balances[balance_slot(desk.wallet("eve"), USD)]
    venue = view.balances[balance_slot(system_wallet(System.VENUE), USD)]
    taken = eve.amount_atoms - 100 * ATOMS  # so that 100 dollars are left for a margin of 420
    eve.amount_atoms -= taken
    venue.amount_atoms += taken
    assert of(desk.deposit("eve", 0.00000001), EventKind.LIQUIDATION_STARTED) == []
    started = of(desk.index(84_000), EventKind.LIQUIDATION_STARTED)
    assert [e.account_id for e in started] == [desk.people["eve"]]


def test_the_clock_does_not_go_back():
    """TIME-001"""
    desk = opened()
    before = desk.engine.digest()
    desk.time_us -= 1
    assert refusal(desk.buy("ann", 1, 80_000)) == Reject.CLOCK_WENT_BACK
    assert desk.engine.digest() == before
    assert desk.engine.time_us == desk.time_us + 1


def test_what_is_due_happens_first_and_in_order_of_time():
    """TIME-002"""
    balances = []
    for steps in (1, 7, 3_601):
        desk = opened()
        book_at(desk, 84_084, 84_084 + 2)
        desk.trade("ann", "bob", 3, 84_085)
        start = desk.time_us
        for number in range(1, steps + 1):
            desk.time_us = start + 2 * HOUR_US * number // steps
            desk.checking = number == steps
            events = desk.do(CommandKind.ADVANCE_TIME)
            times = [e.time_us for e in events]
            assert times == sorted(times)
        balances.append([desk.usd(name) for name in ("maker", "ann", "bob")])
        assert len(of(desk.events, EventKind.FUNDING_PAID)) == 2
    assert balances[0] == balances[1] == balances[2]


def rates(desk: Desk):
    """The rates set in the perpetual."""
    return [e for e in of(desk.events, EventKind.FUNDING_SET) if e.market_id == PERP]


def test_samples_are_relative_to_the_index():
    """FUND-001: 42 dollars on 84,000 is 0.05 %."""
    desk = opened()
    book_at(desk, 84_041, 84_043)
    desk.wait(SECOND_US)
    row = market(desk)
    assert (row.premium_e15, row.premium_rest_e15) == (5 * 10**11, 5 * 10**11)
    assert (row.premium_count, row.premium_weights) == (1, 1)


def test_the_rate_is_the_mean_premium_over_the_divisor_and_capped():
    """FUND-002, FUND-003: half an hour at 33.5 dollars above, half at 8.5 below."""
    desk = opened()
    book_at(desk, 84_033, 84_034)  # 33.5
    desk.wait(1_800 * SECOND_US)
    book_at(desk, 83_991, 83_992)  # -8.5
    desk.wait(1_800 * SECOND_US)
    (known,) = rates(desk)
    exact = (1_800 * (335 * 10**15 // 840_000) + 1_800 * (-85 * 10**15 // 840_000)) * 1_000
    assert known.rate_e18 == exact // (3_600 * 8)
    assert abs(known.rate_e18 / 10**18 - 0.0000186) < 1e-7
    desk.trade("ann", "bob", lots(2), 83_991 + 1)
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["maker"])
    desk.wait(HOUR_US)  # paid during the next hour, at the rate known before it
    paid = {e.account_id: e.funding_atoms for e in of(desk.events, EventKind.FUNDING_PAID)}
    lot = known.rate_e18 * 84_000 * DOLLAR_SUBTICKS // (10**12 * 10**6)
    assert paid[desk.people["ann"]] == -lots(2) * lot // 10**6  # paid: up to the atom


def test_the_rate_is_capped_and_zero_without_samples():
    """FUND-002"""
    desk = opened()
    book_at(desk, 90_000, 90_002)
    desk.wait(HOUR_US)
    assert rates(desk)[0].rate_e18 == 5 * 10**15
    book_at(desk, 70_000, 70_002)
    desk.wait(HOUR_US)
    assert rates(desk)[1].rate_e18 == -5 * 10**15
    quiet = Desk()
    quiet.index(84_000)
    quiet.wait(HOUR_US)  # an empty book takes samples of nothing
    assert rates(quiet)[0].rate_e18 == 0


def test_funding_accrues_evenly_and_is_realised_when_the_size_changes():
    """FUND-004, FUND-005, FUND-006, FUND-007: closing after 25 minutes pays 25/60."""
    desk = opened()
    book_at(desk, 84_000 + 125, 84_000 + 127)  # 126 dollars: 0.15 %; a rate of 0.01875 %
    desk.trade("bob", "ann", lots(2), 84_126)
    desk.wait(HOUR_US)
    rate = rates(desk)[0]
    assert rate.rate_e18 == 1_875 * 10**11
    assert rate.amount_atoms == 15_750 * 10**7  # 15.75 dollars a coin: 157,500 atoms a lot
    desk.wait(25 * 60 * SECOND_US)
    desk.trade("ann", "bob", lots(2), 84_126)
    paid = [e for e in of(desk.events, EventKind.FUNDING_PAID) if e.funding_atoms]
    amounts = {e.account_id: e.funding_atoms for e in paid}
    assert amounts[desk.people["bob"]] == -13_125 * 10**5  # long: pays 13.125 dollars
    assert amounts[desk.people["ann"]] == 13_125 * 10**5  # short: receives it


def test_a_negative_rate_pays_the_long_side():
    """FUND-005"""
    desk = opened()
    desk.trade("ann", "bob", lots(2), 84_000)
    book_at(desk, 83_873, 83_875)
    desk.wait(HOUR_US)
    before = desk.usd("ann")
    desk.wait(HOUR_US)
    assert desk.usd("ann") - before == 31 * ATOMS + 50_000_000


def test_fees_are_rounded_up_and_rebates_down():
    """FEES-001"""
    made = changed(setup(), tick_subticks=DOLLAR_SUBTICKS, atoms_per_tick_lot=1)
    made.markets[0].value_divisor = 10**10
    made.fee_tiers[0].maker_ppm = -50
    desk = Desk(made)
    desk.person("ann", 10)
    desk.person("bob", 10)
    desk.index(84_001)
    desk.trade("ann", "bob", 1, 84_001)  # 84,001 atoms: 42.0005 up; 4.20005 down
    assert desk.usd("ann") == 10 * ATOMS - 43
    assert desk.usd("bob") == 10 * ATOMS + 4


def test_the_fee_tier_follows_thirty_days_of_volume():
    """FEES-002"""
    desk = opened()
    first = of(desk.events, EventKind.TRADED)
    assert first == []
    for _ in range(60):
        desk.trade("ann", "bob", lots(1), 84_000)  # 84,000 each: 5.04 million
        desk.trade("bob", "ann", lots(1), 84_000)
    traded = [e for e in of(desk.events, EventKind.TRADED) if e.account_id == desk.people["ann"]]
    taken = [e.fee_atoms for e in traded if e.side == Side.BUY]
    value = 84_000 * ATOMS
    assert taken[0] == value * 500 // 10**6
    assert taken[-1] == value * 450 // 10**6
    assert set(taken) == {value * 500 // 10**6, value * 450 // 10**6}
    desk.time_us += 31 * 24 * HOUR_US
    for market_id in (PERP, SECOND):  # a month of idle seconds is not the point
        desk.engine.view.markets[market_id].sample_us = 24 * HOUR_US
    desk.checking = False
    desk.trade("ann", "bob", lots(1), 84_000)
    last = [e for e in of(desk.events, EventKind.TRADED) if e.account_id == desk.people["ann"]][-1]
    assert last.fee_atoms == value * 500 // 10**6
