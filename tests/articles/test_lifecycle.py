"""Article 10: dated futures up to their expiry, waiting for a price, listing."""

from __future__ import annotations

import pytest

from longshore.engine.codes import (
    MarketKind,
    MarketState,
    OrderType,
    Reject,
)
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import PRICE_MAX_SUBTICKS
from longshore.engine.window import add_window_sample, mark_in_window, settlement_mean_subticks
from tests.articles.dated import (
    DATES,
    EXPIRY_US,
    MINUTE_US,
    clearing,
    dated_desk,
    dated_setup,
    settle,
    states,
    until_expiry,
    waiting_desk,
)
from tests.engine.desk import (
    DOLLAR_SUBTICKS,
    HOUR_US,
    PERP,
    SECOND,
    START_US,
    Desk,
    changed,
    lots,
    of,
    refusal,
    setup,
)


def test_a_dated_future_has_no_funding():
    """LIFE-001: a premium stands in the book for hours, and nothing is summed, set or paid."""
    desk = dated_desk(expiry_us=START_US + 5 * HOUR_US)
    desk.buy("cat", lots(1), 10_050)
    desk.sell("bob", lots(1), 10_060)
    desk.wait(3 * HOUR_US)
    market = desk.engine.view.markets[PERP]
    assert market.ema_subticks > 0
    assert (market.premium_whole, market.premium_count, market.funding_next_us) == (0, 0, 0)
    dated = [e for e in desk.events if e.market_id == PERP]
    assert not of(dated, EventKind.FUNDING_SET) + of(dated, EventKind.FUNDING_PAID)
    assert of(desk.events, EventKind.FUNDING_SET)[0].market_id == SECOND


def test_a_wallet_that_pays_no_funding_needs_no_wake_time():
    """LIFE-001, LIQD-012."""
    desk = dated_desk()
    for name in ("ann", "bob"):
        assert desk.engine.view.wallets[desk.wallet(name)].wake_node == 0


@pytest.mark.parametrize(("window", "samples"), [(30, 30), (5, 5), (1, 1)])
def test_the_window_is_sampled_up_to_expiry(window: int, samples: int):
    """LIFE-002: one sample a minute, the last at expiry itself."""
    desk = dated_desk(settle_window_us=window * MINUTE_US)
    until_expiry(desk, window * MINUTE_US)
    market = desk.engine.view.markets[PERP]
    assert (market.settle_count, market.settle_left) == (0, samples)
    until_expiry(desk, 1)
    assert (market.settle_count, market.settle_left) == (samples - 1, 1)
    until_expiry(desk)
    assert (market.settle_count, market.settle_left) == (samples, 0)


def test_the_settlement_price_is_the_exact_mean_of_the_samples():
    """LIFE-002, LIFE-003: 20 minutes at 10,000, 10 at 10,001: a third of a dollar, rounded down."""
    desk = dated_desk()
    until_expiry(desk, 10 * MINUTE_US)
    desk.index(10_001)
    (settled,) = of(until_expiry(desk), EventKind.MARKET_SETTLED)
    assert settled.mark_subticks == (20 * 10_000 + 10 * 10_001) * DOLLAR_SUBTICKS // 30
    assert settled.mark_subticks % 10 == 3
    assert (settled.market_id, settled.flag) == (PERP, 0)


def test_a_sample_of_a_stale_index_is_left_out():
    """LIFE-002, PRIC-005: half the window without a price; what is there counts."""
    made = dated_setup()
    made.assets[1].stale_after_us = 2 * MINUTE_US
    desk = Desk(made)
    desk.index(10_000)
    until_expiry(desk, 30 * MINUTE_US)
    desk.index(10_000)
    until_expiry(desk, 1)
    desk.index(10_300)
    (settled,) = of(until_expiry(desk), EventKind.MARKET_SETTLED)
    assert settled.mark_subticks == (2 * 10_000 + 10_300) * DOLLAR_SUBTICKS // 3


def test_a_window_adds_up_the_highest_prices_without_loss():
    """LIFE-002: 1,800 samples of the highest price there is, and one sub-tick less at times."""
    market = dated_setup().markets[0]
    prices = [PRICE_MAX_SUBTICKS - at % 7 for at in range(1_800)]
    for price in prices:
        add_window_sample(market, price)
    assert settlement_mean_subticks(market) == sum(prices) // 1_800


def test_the_mark_moves_to_the_settlement_price_as_the_window_fills():
    """LIFE-003: a price that jumps in the window moves the mark by the share still to come."""
    desk = dated_desk()
    until_expiry(desk, 10 * MINUTE_US)
    market = desk.engine.view.markets[PERP]
    desk.index(10_300)
    assert market.mark_subticks == 10_100 * DOLLAR_SUBTICKS
    until_expiry(desk, 5 * MINUTE_US)
    assert market.mark_subticks == 10_100 * DOLLAR_SUBTICKS
    desk.index(10_000)
    assert market.mark_subticks == 10_050 * DOLLAR_SUBTICKS
    assert mark_in_window(market, 10_000 * DOLLAR_SUBTICKS) == market.mark_subticks
    market.settle_count = 0
    assert mark_in_window(market, 7) == 7


def test_without_a_price_expiry_waits_for_one():
    """LIFE-008: cancel-only meanwhile; the price that comes is the last sample."""
    desk = waiting_desk()
    (order,) = desk.sell("bob", 5, 11_000)[:1]
    events = until_expiry(desk)
    assert states(events) == [MarketState.CANCEL_ONLY]
    assert not of(events, EventKind.MARKET_SETTLED)
    assert refusal(desk.buy("ann", 1, 10_000)) == Reject.MARKET_EXPIRED
    opened = desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.ACTIVE)
    assert refusal(opened) == Reject.MARKET_EXPIRED
    assert refusal(desk.cancel("bob", order.order_id)) == Reject.NONE
    desk.wait(HOUR_US)
    samples = desk.engine.view.markets[PERP].settle_count
    events = desk.index(10_900)
    (settled,) = of(events, EventKind.MARKET_SETTLED)
    mean = (samples * 10_000 + 10_900) * DOLLAR_SUBTICKS // (samples + 1)
    assert samples == 1
    assert settled.mark_subticks == mean
    assert states(events) == [MarketState.EXPIRED]
    assert desk.position("ann").qty_lots == clearing(desk) == 0


def test_a_market_that_waits_can_be_settled_by_command():
    """LIFE-008, LIFE-009."""
    desk = waiting_desk()
    until_expiry(desk)
    (settled,) = of(settle(desk, 10_500), EventKind.MARKET_SETTLED)
    assert (settled.mark_subticks, settled.flag) == (10_500 * DOLLAR_SUBTICKS, 1)
    assert not of(desk.index(11_000), EventKind.MARKET_SETTLED)


def test_markets_that_waited_for_one_price_are_settled_by_id():
    """LIFE-008."""
    made = changed(dated_setup(), SECOND, **DATES)
    desk = Desk(made)
    until_expiry(desk)
    events = desk.index(10_000)
    states_set = of(events, EventKind.MARKET_STATE_SET)
    assert {e.market_id for e in states_set} == {PERP, SECOND}
    assert desk.engine.view.tasks_count == 0


def test_a_market_is_listed_post_only_first_and_opens_after():
    """LIFE-010: halted until its time, post-only for an hour, then active."""
    listed, opens = START_US + HOUR_US, START_US + 2 * HOUR_US
    desk = Desk(changed(setup(), listed_us=listed, post_only_until_us=opens))
    for name in ("ann", "bob"):
        desk.person(name, 100_000)
    desk.index(10_000)
    post = {"type": OrderType.POST_ONLY}
    assert refusal(desk.buy("ann", 1, 9_000, **post)) == Reject.MARKET_HALTED
    assert states(desk.wait(HOUR_US)) == [MarketState.POST_ONLY]
    assert refusal(desk.buy("ann", 1, 9_000)) == Reject.MARKET_POST_ONLY
    assert refusal(desk.buy("ann", 1, 9_000, **post)) == Reject.NONE
    assert states(desk.wait(HOUR_US)) == [MarketState.ACTIVE]
    assert refusal(desk.sell("bob", 1, 9_000)) == Reject.NONE


def test_a_market_is_listed_without_a_phase_or_begins_in_one():
    """LIFE-010."""
    late = Desk(changed(setup(), listed_us=START_US + HOUR_US))
    assert late.engine.view.markets[PERP].state == MarketState.HALTED
    assert states(late.wait(HOUR_US)) == [MarketState.ACTIVE]
    early = Desk(changed(setup(), post_only_until_us=START_US + HOUR_US))
    assert early.engine.view.markets[PERP].state == MarketState.POST_ONLY
    assert states(early.wait(HOUR_US)) == [MarketState.ACTIVE]


@pytest.mark.parametrize("state", [MarketState.CANCEL_ONLY, MarketState.ACTIVE])
def test_a_state_set_by_command_outlasts_the_phases(state: MarketState):
    """LIFE-010."""
    listed, opens = START_US + HOUR_US, START_US + 2 * HOUR_US
    desk = Desk(changed(setup(), listed_us=listed, post_only_until_us=opens))
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=state)
    assert states(desk.wait(3 * HOUR_US)) == []
    assert desk.engine.view.markets[PERP].state == state


WRONG_DATES = [
    {"kind": MarketKind.LINEAR_PERPETUAL},
    {"expiry_us": 0},
    {"settle_sample_us": 0},
    {"settle_sample_us": 7 * MINUTE_US},
    {"settle_window_us": 0},
    {"listed_us": EXPIRY_US - MINUTE_US},
    {"post_only_until_us": EXPIRY_US},
    {"settle_sample_us": 1},
]


@pytest.mark.parametrize("fields", WRONG_DATES)
def test_a_setup_whose_dates_do_not_fit_is_not_taken(fields: dict[str, int]):
    """LIFE-002, LIFE-010."""
    with pytest.raises(AssertionError):
        Desk(dated_setup(**fields))
