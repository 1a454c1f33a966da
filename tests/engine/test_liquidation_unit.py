"""The small rules of liquidation, one table each."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longshore.engine.adl import assign_room_lots, highest_ranked, rank_score
from longshore.engine.bankruptcy import band_ticks, is_inside_band, zero_equity_ticks
from longshore.engine.bounds import next_atom_us
from longshore.engine.codes import Role, Step, System
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.insurance import affordable_lots, bear_shortfall, slippage_atoms
from longshore.engine.ledger import settlement_atoms, system_wallet
from longshore.engine.lifecycle import fill_state
from longshore.engine.limits import PRICE_MAX_SUBTICKS
from longshore.engine.liquidation import ladder_step, worst_market
from longshore.engine.margin import accrued_atoms, equity_atoms
from longshore.engine.rows import Market, Order, Position
from longshore.engine.state import State, balance_slot, position_slot, wallet_slot
from tests.engine.desk import (
    ATOMS,
    DOLLAR_SUBTICKS,
    FLEX,
    LADDER,
    PERP,
    SECOND,
    USD,
    Desk,
    changed,
    lots,
    of,
    setup,
)

EVE = 16
TICKS_MAX = PRICE_MAX_SUBTICKS // DOLLAR_SUBTICKS


class Bare:
    """A state laid out by the desk's setup, with positions and balances written by hand."""

    def __init__(self, mark: float = 84_000, **terms: int) -> None:
        self.state = State()
        fill_state(self.state, changed(setup(), **terms))
        self.state.accounts_count = EVE + 4
        for market_id in (PERP, SECOND):
            self.state.markets[market_id].mark_subticks = round(mark * DOLLAR_SUBTICKS)
            self.state.markets[market_id].funding_interval_us = 1
        self.market = self.state.markets[PERP]

    def hold(
        self, qty_lots: int, entry: float, dollars: float, who: int = EVE, market: int = PERP
    ) -> Position:
        """A position opened at a price, and money in the flex wallet."""
        position = self.state.positions[position_slot(who, market)]
        position.qty_lots = qty_lots
        position.entry_value_atoms = round(qty_lots * entry * 10**4)
        balance = self.state.balances[balance_slot(wallet_slot(who, FLEX), USD)]
        balance.amount_atoms = round(dollars * ATOMS)
        return position

    def pay_in(self, account: int, dollars: float) -> None:
        slot = balance_slot(system_wallet(account), USD)
        self.state.balances[slot].amount_atoms = round(dollars * ATOMS)

    def zero(self, position: Position) -> int:
        return zero_equity_ticks(self.state, wallet_slot(EVE, FLEX), self.market, position)


@pytest.mark.parametrize(
    ("coins", "entry", "dollars", "mark", "expected"),
    [
        (1, 84_000, 2_000, 82_100, 82_000),
        (1, 84_000, 2_000, 84_000, 82_000),  # the mark does not matter
        (1, 84_000, 1_999.5, 82_100, 82_001),  # 82,000.5: up for a long
        (1, 84_000, 2_000.00000001, 82_100, 82_000),
        (-1, 84_000, 2_025.7, 86_000, 86_025),  # 86,025.7: down for a short
        (-1, 84_000, 2_000, 86_000, 86_000),
        (2, 84_000, 2_000, 83_500, 83_000),
        (0.0001, 84_000, 0, 84_000, 84_000),
        (1, 84_000, -500, 84_000, 84_500),  # already below zero: above entry
        (1, 84_000, 100_000, 84_000, 1),  # worth more than the whole position
        (-0.0001, 84_000, 10**9, 84_000, TICKS_MAX),
    ],
)
def test_the_zero_equity_price(coins, entry, dollars, mark, expected):
    """LIQD-006"""
    bare = Bare(mark)
    assert bare.zero(bare.hold(lots(coins), entry, dollars)) == expected


sizes = st.integers(-(10**6), 10**6).filter(bool)


@given(sizes, st.integers(1, 10**6), st.integers(-(10**15), 10**15), st.integers(1, 10**16))
def test_closing_at_the_zero_equity_price_leaves_nothing_up_to_a_tick(size, entry, money, mark):
    """LIQD-006: in favour of the creditors, by less than one tick."""
    bare = Bare()
    bare.market.mark_subticks = mark
    position = bare.hold(size, entry, 0)
    wallet = wallet_slot(EVE, FLEX)
    bare.state.balances[balance_slot(wallet, USD)].amount_atoms = money
    equity = equity_atoms(bare.state, wallet)
    exact = (mark - Fraction(equity * 10**6, size)) / DOLLAR_SUBTICKS
    rounded = ceil(exact) if size > 0 else floor(exact)
    expected = min(max(rounded, 1), TICKS_MAX)
    assert bare.zero(position) == expected


@pytest.mark.parametrize(
    ("size", "price", "band_ppm", "expected"),
    [
        (1, 84_000, 10_000, 83_160),
        (-1, 84_000, 10_000, 84_840),
        (1, 82_101, 10_000, 81_280),  # 81,279.99: up for a sale
        (-1, 82_101, 10_000, 82_922),  # 82,922.01: down for a purchase
        (1, 84_000, 0, 84_000),
        (1, 84_000, 10**6, 1),  # a band of the whole price ends at one tick
        (1, 3, 50_000, 3),
        (-1, 3, 50_000, 3),
    ],
)
def test_a_band_from_a_price(size, price, band_ppm, expected):
    """LIQD-004, LIQD-008"""
    position = Position(qty_lots=size)
    market = Bare().market
    assert band_ticks(market, position, price * DOLLAR_SUBTICKS, band_ppm) == expected


@pytest.mark.parametrize(
    ("size", "price", "inside"),
    [
        (1, 84_000, True),
        (1, 81_900, True),
        (1, 81_899, False),
        (1, 84_001, False),
        (-1, 83_999, False),
        (-1, 86_100, True),
        (-1, 86_101, False),
    ],
)
def test_an_assignment_price_is_a_gain_inside_the_band(size, price, inside):
    """LIQD-007: 2.5 % of 84,000 is 2,100, to whoever takes the position over."""
    position = Position(qty_lots=size)
    assert is_inside_band(Bare().market, position, price, 25_000) == inside


@pytest.mark.parametrize(
    ("coins", "entry", "dollars", "score"),
    [
        (-1, 84_000, 8_400, 0),  # nothing gained
        (-1, 92_400, 0, 1_000_000),  # 9.0909 % of 92,400, eleven times its equity of 8,400
        (-1, 92_400, 92_400, 83_333),
        (-1, 80_000, 8_400, -50_000),  # in loss: its share alone
        (-1, 42_000, 1, -1_000_000),
        (1, 42_000, 0, 1_000_000),  # doubled on entry 42,000 with equity 42,000
        (1, 105_000, 50_000, -200_000),
    ],
)
def test_the_rank_is_the_profits_share_times_the_leverage(coins, entry, dollars, score):
    """LIQD-009"""
    bare = Bare()
    bare.hold(lots(coins), entry, dollars)
    assert abs(rank_score(bare.state, EVE, PERP) - score) <= 12


def test_the_highest_rank_of_the_other_side_and_the_lower_id_where_equal():
    """LIQD-009"""
    bare = Bare()
    assert highest_ranked(bare.state, bare.market, lots(1)) == 0
    bare.hold(lots(1), 80_000, 100, who=EVE)  # the same side: never
    bare.hold(-lots(1), 80_000, 10_000, who=EVE + 1)  # in loss
    assert highest_ranked(bare.state, bare.market, lots(1)) == EVE + 1
    bare.hold(-lots(1), 90_000, 10_000, who=EVE + 3)
    assert highest_ranked(bare.state, bare.market, lots(1)) == EVE + 3
    bare.hold(-lots(1), 90_000, 10_000, who=EVE + 2)
    assert highest_ranked(bare.state, bare.market, lots(1)) == EVE + 2
    assert highest_ranked(bare.state, bare.market, -lots(1)) == EVE


@pytest.mark.parametrize(
    ("limit", "held", "isolated", "size", "room"),
    [
        (0, 0, 0, 5, 0),  # no provider
        (10, 0, 0, 5, 10),
        (10, 4, 0, 5, 6),
        (10, -4, 0, 5, 14),  # it would first close what it holds
        (10, 4, 0, -5, 14),
        (10, 12, 0, 5, 0),
        (10, 0, 1, 5, 0),  # an isolated position takes none
    ],
)
def test_the_room_of_a_provider(limit, held, isolated, size, room):
    """LIQD-007"""
    bare = Bare()
    bare.state.accounts[EVE].assign_max_lots = limit
    bare.hold(held, 84_000, 10_000).isolated = isolated
    assert assign_room_lots(bare.state, bare.market, EVE, size) == room


@pytest.mark.parametrize(
    ("rooms", "expected"),
    [
        ((5, 5, 5), (3_334, 3_333, 3_333)),
        ((5, 5, 0.1), (4_501, 4_499, 1_000)),
        ((0.2, 0.3, 5), (2_000, 3_000, 5_000)),
        ((0.0001, 0.0001, 5), (1, 1, 9_998)),
        ((5, 0, 0), (10_000, 0, 0)),
    ],
)
def test_providers_get_equal_shares_that_spill_to_those_with_room(rooms, expected):
    """LIQD-007: one coin among three, the lowest id first, rounded up."""
    desk = Desk()
    for name in ("bob", "p1", "p2", "p3"):
        desk.person(name, 10**6)
    desk.person("eve", 2_042)
    desk.index(84_000)
    desk.trade("eve", "bob", lots(1), 84_000)
    for name, room in zip(("p1", "p2", "p3"), rooms, strict=True):
        who = desk.people[name]
        desk.do(CommandKind.SET_ASSIGNMENT, account_id=who, qty_lots=lots(room))
    fills = of(desk.index(82_300), EventKind.FILLED)
    assert {e.role for e in fills} == {Role.ASSIGNOR}
    assert tuple(desk.position(name).qty_lots for name in ("p1", "p2", "p3")) == expected


@pytest.mark.parametrize(
    ("missing", "pool", "insurance", "borne"),
    [
        (50, 100, 100, {System.POOL: 50}),
        (50, 10, 100, {System.POOL: 10, System.INSURANCE: 40}),
        (50, 10, 15, {System.POOL: 10, System.INSURANCE: 15, System.VENUE: 25}),
        (50, 0, 0, {System.VENUE: 50}),
        (50, -5, 50, {System.INSURANCE: 50}),  # a fund in debt pays nothing
        (0, 100, 100, {}),
    ],
)
def test_a_shortfall_is_borne_by_the_pool_then_the_insurance_then_the_venue(
    missing, pool, insurance, borne
):
    """LIQD-011"""
    bare = Bare()
    bare.hold(0, 0, -missing)
    bare.pay_in(System.POOL, pool)
    bare.pay_in(System.INSURANCE, insurance)
    wallet = wallet_slot(EVE, FLEX)
    bear_shortfall(bare.state, wallet)
    told = [bare.state.events[at] for at in range(bare.state.events_count)]
    paid = [
        (e.other_account_id, e.amount_atoms) for e in told if e.kind == EventKind.SHORTFALL_BORNE
    ]
    assert paid == [(payer, dollars * ATOMS) for payer, dollars in borne.items()]
    assert settlement_atoms(bare.state, wallet) == 0


@pytest.mark.parametrize(
    ("side", "price", "fund", "affordable", "slippage"),
    [
        (2, 81_000, 700, 7_000, 1_000),  # 0.1 dollars a lot
        (2, 81_000, 699.99, 6_999, 1_000),
        (2, 81_000, 10**6, 10_000, 1_000),
        (2, 82_000, 0, 10_000, 0),
        (2, 83_000, 0, 10_000, 0),  # better than guaranteed costs the fund nothing
        (1, 83_000, 700, 7_000, 1_000),
        (1, 81_000, 0, 10_000, 0),
        (2, 81_000, -1, 0, 1_000),
    ],
)
def test_a_fund_covers_as_much_as_it_can_pay(side, price, fund, affordable, slippage):
    """LIQD-008, LIQD-010: one coin guaranteed 82,000."""
    bare = Bare()
    bare.pay_in(System.POOL, fund)
    taker = Order(side=side, role=Role.COVERED, guaranteed_ticks=82_000, fund_id=System.POOL)
    args = (bare.market, taker, price, lots(1))
    assert affordable_lots(bare.state, *args) == affordable
    assert slippage_atoms(*args) == slippage * ATOMS
    taker.role = Role.LIQUIDATION
    assert affordable_lots(bare.state, *args) == lots(1)


def test_the_position_with_the_largest_maintenance_margin_goes_first():
    """LIQD-004: the lowest market id where equal."""
    bare = Bare()
    wallet = wallet_slot(EVE, FLEX)
    assert worst_market(bare.state, wallet) == 0
    bare.hold(1, 84_000, 0, market=SECOND)
    assert worst_market(bare.state, wallet) == SECOND
    bare.hold(-1, 84_000, 0, market=PERP)
    assert worst_market(bare.state, wallet) == PERP
    bare.hold(2, 84_000, 0, market=SECOND)
    assert worst_market(bare.state, wallet) == SECOND
    bare.hold(2, 84_000, 0, market=SECOND).isolated = 1  # another wallet's
    assert worst_market(bare.state, wallet) == PERP


def test_the_ladder_is_the_rulebooks_list():
    """LIQD-002"""
    state = Bare().state
    climbed = [Step(ladder_step(state, rung)) for rung in range(1, len(LADDER) + 2)]
    assert climbed == [*LADDER, Step.DONE]


def test_a_setup_without_an_end_of_its_ladder_is_our_own_error():
    """LIQD-002"""
    made = setup()
    made.ladder = [int(Step.CANCEL_ORDERS), int(Step.FULL), int(Step.INSURANCE)]
    with pytest.raises(AssertionError, match="only unwinding"):
        fill_state(State(), made)
    assert isinstance(made.markets[0], Market)


@pytest.mark.parametrize("lots", [1, 7, -3, -1_000])
@pytest.mark.parametrize("rate", [5_000_000_000_123, -97, 1, -1_234_567])
@pytest.mark.parametrize("received", [0, 2])
def test_the_next_atom_of_funding_is_owed_at_its_microsecond(lots, rate, received):
    """FUND-004, FUND-007, LIQD-012: not a microsecond earlier or later, wherever it started.

    FUND-011: also where it has received more than it pays in two intervals, and no cash moved.
    """
    state = State()
    market = state.markets[1]
    market.funding_lot_parts, market.funding_interval_us = rate, 3_600_000_000
    market.atom_parts, market.funding_from_us = 10**9, 5_000_000
    market.funding_index_parts = 77_777
    state.time_us = 5_000_000 + 1_234_567
    sign = 1 if (lots > 0) == (rate > 0) else -1
    started = 77_777 + (received * rate or rate // 10_000)
    position = Position(qty_lots=lots * sign, funding_index_parts=started)
    due_us = next_atom_us(state, market, position)
    now = accrued_atoms(state, market, position)
    assert due_us > state.time_us
    state.time_us = due_us - 1
    assert accrued_atoms(state, market, position) == now
    state.time_us = due_us
    assert accrued_atoms(state, market, position) < now
