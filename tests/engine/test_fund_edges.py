"""Who pays for a liquidation, to the atom: funds, their peaks, the winners of a market."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Reason, Role, Side, System
from longshore.engine.events import EventKind
from longshore.engine.insurance import (
    affordable_lots,
    bear_shortfall,
    covers,
    pay_difference,
    slippage_atoms,
    take_surplus,
)
from longshore.engine.ledger import system_wallet
from longshore.engine.limits import MARKETS_MAX, PEAK_HOURS
from longshore.engine.peaks import HOUR_US, fund_has_fallen, note_fund
from longshore.engine.rows import Event, Market, Order
from longshore.engine.sharing import (
    begin_sharing,
    holder_place,
    next_winner,
    profit_to_share,
    step_sharing,
)
from longshore.engine.state import State, balance_slot, position_slot, wallet_slot
from longshore.engine.tasks import TASK_SHARE
from tests.engine.desk import BTC, FLEX, PERP, USD
from tests.engine.test_liquidation_unit import EVE, Bare

WALLET = wallet_slot(EVE, FLEX)
FUND = system_wallet(System.INSURANCE)
AT_MARK = 840_000_000  # atoms that a lot is worth at 84,000


def holds(state: State, wallet: int, atoms: int) -> None:
    """So many atoms of dollars in a wallet."""
    state.balances[balance_slot(wallet, USD)].amount_atoms = atoms


def held(state: State, wallet: int) -> int:
    """Atoms of dollars in a wallet."""
    return state.balances[balance_slot(wallet, USD)].amount_atoms


def told(state: State, kind: EventKind) -> list[Event]:
    """The events of one kind."""
    rows = [state.events[at] for at in range(state.events_count)]
    return [row for row in rows if row.kind == kind]


@pytest.mark.parametrize("role", list(Role))
def test_a_fund_stands_behind_two_kinds_of_fills(role):
    """LIQD-008, LIQD-010, LIQD-016"""
    assert covers(Order(role=role)) == (role in (Role.COVERED, Role.TAKEN_OVER))


def sale(price: int, role: Role = Role.COVERED, side: Side = Side.SELL) -> tuple[Bare, Order]:
    """Ten lots, worth an atom a tick each, sold at a price in place of 50."""
    bare = Bare(50 / 10**10, atoms_per_tick_lot=1, value_divisor=1, tick_subticks=1)
    bare.state.matches[0].price_ticks, bare.state.matches[0].qty_lots = price, 10
    fund = System.INSURANCE
    return bare, Order(
        account_id=EVE, market_id=PERP, side=side, role=role, guaranteed_ticks=50, fund_id=fund
    )


@pytest.mark.parametrize(
    ("price", "fund", "lots"),
    [(49, 10, 10), (49, 11, 10), (49, 9, 9), (48, 19, 9), (49, 0, 0), (49, -1, 0), (50, 0, 10)],
)
def test_a_fund_covers_whole_lots(price, fund, lots):
    """LIQD-008: what is short of a lot is not covered."""
    bare, taker = sale(price)
    holds(bare.state, FUND, fund)
    assert affordable_lots(bare.state, bare.market, taker, price, 10) == lots
    assert slippage_atoms(bare.market, taker, price, 10) == (50 - price) * 10


@pytest.mark.parametrize(
    ("role", "price", "fund", "paid"),
    [
        (Role.COVERED, 49, 100, 10),
        (Role.COVERED, 49, 9, 9),
        (Role.COVERED, 49, 0, 0),
        (Role.COVERED, 49, -5, 0),
        (Role.COVERED, 51, 100, 0),  # what is better is the owner's
        (Role.LIQUIDATION, 49, 100, 0),
        (Role.TAKEN_OVER, 49, 100, 10),
        (Role.TAKEN_OVER, 51, 100, -10),  # or the fund's
    ],
)
def test_a_fund_pays_the_difference_as_far_as_it_can(role, price, fund, paid):
    """LIQD-008, LIQD-010, LIQD-016"""
    bare, taker = sale(price, role)
    holds(bare.state, FUND, fund)
    holds(bare.state, WALLET, 1_000)
    pay_difference(bare.state, bare.market, taker)
    assert (held(bare.state, FUND), held(bare.state, WALLET)) == (fund - paid, 1_000 + paid)
    reasons = [Reason.COVER if paid > 0 else Reason.TAKEOVER] if paid else []
    assert [e.reason for e in told(bare.state, EventKind.TRANSFERRED)] == reasons


@pytest.mark.parametrize(
    ("side", "price", "taken"),
    [(Side.SELL, 51, 10), (Side.SELL, 50, 0), (Side.SELL, 49, 0), (Side.BUY, 49, 10)],
)
def test_a_takeover_keeps_what_is_better(side, price, taken):
    """LIQD-016"""
    bare, taker = sale(price, Role.TAKEN_OVER, side)
    holds(bare.state, WALLET, 1_000)
    take_surplus(bare.state, bare.market, taker, WALLET)
    assert (held(bare.state, FUND), held(bare.state, WALLET)) == (taken, 1_000 - taken)


@pytest.mark.parametrize(
    ("missing", "pool", "insurance", "borne"),
    [
        (1, 5, 5, [(System.POOL, 1)]),
        (1, 0, 5, [(System.INSURANCE, 1)]),
        (1, 0, 0, [(System.VENUE, 1)]),
        (3, 1, 1, [(System.POOL, 1), (System.INSURANCE, 1), (System.VENUE, 1)]),
        (3, -1, -1, [(System.VENUE, 3)]),
        (0, 5, 5, []),
        (-3, 5, 5, []),
    ],
)
def test_a_shortfall_of_an_atom_is_borne_in_order(missing, pool, insurance, borne):
    """LIQD-011: nobody else pays, though the conversion account could."""
    bare = Bare()
    state = bare.state
    holds(state, WALLET, -missing)
    for account, atoms in ((System.POOL, pool), (System.INSURANCE, insurance)):
        holds(state, system_wallet(account), atoms)
    holds(state, system_wallet(System.CONVERSION), 100)
    bear_shortfall(state, WALLET)
    paid = told(state, EventKind.SHORTFALL_BORNE)
    assert [(e.other_account_id, e.amount_atoms) for e in paid] == borne
    assert held(state, WALLET) == max(0, -missing)
    assert held(state, system_wallet(System.CONVERSION)) == 100


def peaks(state: State) -> dict[int, tuple[int, int]]:
    """Slots of peaks that were noted: hour and atoms."""
    rows = {at: state.fund_peaks[at] for at in range(8 * PEAK_HOURS)}
    return {at: (row.hour, row.peak_atoms) for at, row in rows.items() if row.hour}


def note(state: State, hour: int, us: int, atoms: int) -> None:
    """The insurance account holds so many coins at a time."""
    state.time_us = hour * HOUR_US + us
    state.balances[balance_slot(FUND, BTC)].amount_atoms = atoms
    note_fund(state, BTC)


def test_an_hour_keeps_the_most_that_the_fund_held():
    """LIQD-025: eight hours an asset, the ninth in place of the first."""
    state = Bare().state
    first = BTC * PEAK_HOURS + 13 % PEAK_HOURS
    for us, atoms, most in ((0, 5, 5), (1, 3, 5), (HOUR_US - 1, 7, 7)):
        note(state, 13, us, atoms)
        assert peaks(state) == {first: (13, most)}
    note(state, 14, 0, 2)
    assert peaks(state) == {first: (13, 7), first + 1: (14, 2)}
    note(state, 21, 0, 1)
    assert peaks(state) == {first: (21, 1), first + 1: (14, 2)}


@pytest.mark.parametrize(
    ("drop_ppm", "ago", "most", "now", "fallen"),
    [
        (300_000, 0, 10**6, 700_000, True),
        (300_000, 0, 10**6, 700_001, False),
        (300_000, 7, 10**6, 700_000, True),
        (300_000, 8, 10**6, 700_000, False),  # a ninth hour is not looked at
        (300_000, 1, 11, 7, True),
        (300_000, 1, 11, 8, False),  # of 11 are 7.7
        (1, 3, 10**6, 999_999, True),
        (0, 3, 10**6, 0, False),  # it never falls
        (300_000, 3, 0, 0, True),  # an empty account has fallen
        (300_000, 3, 0, 1, False),
        (300_000, 3, 0, -1, True),
    ],
)
def test_a_fund_that_has_lost_its_share_of_the_peak(drop_ppm, ago, most, now, fallen):
    """LIQD-025: another asset's peaks are its own."""
    state = Bare().state
    hour = 445_003
    for asset, atoms in ((USD, 10**9), (BTC, most), (BTC + 1, 10**9)):
        state.time_us = (hour - ago) * HOUR_US
        state.balances[balance_slot(FUND, asset)].amount_atoms = atoms
        note_fund(state, asset)
    state.fund_peaks[(BTC + 1) * PEAK_HOURS].hour = hour
    state.fund_peaks[(BTC + 1) * PEAK_HOURS].peak_atoms = 10**9
    state.time_us = hour * HOUR_US + 17
    state.balances[balance_slot(FUND, BTC)].amount_atoms = now
    market = Market(settle_asset_id=BTC, fund_drop_ppm=drop_ppm)
    assert fund_has_fallen(state, market) == fallen


def winners(*profits: int, missing: int = 0) -> tuple[State, Market]:
    """Eve's wallet lacks something; the accounts up to the last have won, or lost, by one lot."""
    bare = Bare(84_000)
    state, market = bare.state, bare.market
    state.accounts_count = EVE + len(profits)
    for at, profit in enumerate(profits, 1):
        position = bare.hold(1, 84_000, 0, who=EVE + at)
        position.entry_value_atoms -= profit
    nobodys = bare.hold(1, 0, 0, who=state.accounts_count + 1)  # a row beyond the last account
    assert nobodys.qty_lots == 1
    holds(state, WALLET, -missing)
    state.wallets[WALLET].loss_market_id = PERP
    return state, market


@pytest.mark.parametrize(
    ("missing", "profits", "shared"),
    [
        (1, (1,), (1, 1)),
        (5, (2, -3, 4), (5, 6)),
        (9, (2, 0, 4), (6, 6)),  # more than all have won
        (0, (2, 4), None),
        (5, (-1, -2), None),
        (5, (0,), None),
    ],
)
def test_what_is_lacking_is_shared_if_there_is_profit(missing, profits, shared):
    """LIQD-022: what is to be taken, and of which profit."""
    state, _ = winners(*profits, missing=missing)
    assert begin_sharing(state, WALLET) == (shared is not None)
    assert state.tasks_count == (1 if shared else 0)
    if shared:
        task = state.tasks[0]
        assert (task.kind, task.a, task.b, (task.c, task.d)) == (TASK_SHARE, WALLET, 0, shared)
    assert state.wallets[WALLET].loss_market_id == (PERP if shared else 0)


@pytest.mark.parametrize(
    ("missing", "profits", "paid"),
    [
        (5, (2, 1, 2), {1: 2, 2: 1, 3: 2}),
        (2, (1, 1, 5), {3: 2}),  # a share of less than an atom is none
        (1, (5,), {1: 1}),
        (10, (7, -4, 8, 0, 5), {1: 3, 3: 4, 5: 3}),  # 3.5, 4.3 and what is left
        (9, (2, 4), {1: 2, 2: 4}),
    ],
)
def test_winners_pay_in_the_order_of_their_accounts(missing, profits, paid):
    """LIQD-022: left * profit / profits still to come, rounded down."""
    state, _ = winners(*profits, missing=missing)
    entries = [AT_MARK - profit for profit in profits]
    begin_sharing(state, WALLET)
    steps = 0
    while state.tasks_count:
        step_sharing(state, state.tasks[0])
        steps += 1
    assert steps == sum(profit > 0 for profit in profits) + 1  # nobody else is asked
    shared = told(state, EventKind.LOSS_SHARED)
    assert {e.account_id - EVE: e.amount_atoms for e in shared} == paid
    assert [e.other_account_id for e in shared] == [EVE] * len(paid)
    assert held(state, WALLET) == sum(paid.values()) - missing
    assert state.wallets[WALLET].loss_market_id == 0
    for at, entry in enumerate(entries, 1):
        position = state.positions[position_slot(EVE + at, PERP)]
        assert position.entry_value_atoms == entry + paid.get(at, 0)


@pytest.mark.parametrize(("who", "asked"), [(0, False), (1, True), (EVE, True)])
def test_accounts_are_asked_from_the_first_on(who, asked):
    """LIQD-022"""
    state, market = winners(0, missing=4)
    winner = state.positions[position_slot(who, PERP)]
    winner.qty_lots, winner.entry_value_atoms = 1, AT_MARK - 3
    assert next_winner(state, market, 0) == (2 * who if asked else 0)
    assert begin_sharing(state, WALLET) == asked


def test_both_legs_of_a_hedged_account_may_have_won():
    """LIQD-022, MODE-004: holder 2n is the long leg of account n, 2n + 1 the short one."""
    state, market = winners(3, missing=4)
    account, short = EVE + 1, PERP + MARKETS_MAX
    assert [holder_place(state, market, 2 * account + leg) for leg in (0, 1)] == [PERP, 0]
    market.hedge_allowed = state.accounts[account].hedged = 1
    assert [holder_place(state, market, 2 * account + leg) for leg in (0, 1)] == [PERP, short]
    legs = [state.positions[position_slot(account, place)] for place in (PERP, short)]
    legs[1].qty_lots, legs[1].entry_value_atoms = -1, -AT_MARK - 5
    assert [profit_to_share(state, market, 2 * account + leg) for leg in (0, 1)] == [3, 5]
    assert [next_winner(state, market, 2 * account + leg) for leg in (-1, 0, 1)] == [
        2 * account, 2 * account + 1, 0,
    ]  # fmt: skip
    begin_sharing(state, WALLET)
    while state.tasks_count:
        step_sharing(state, state.tasks[0])
    shared = told(state, EventKind.LOSS_SHARED)
    assert [(e.account_id, e.amount_atoms, e.position_lots) for e in shared] == [
        (account, 1, 1), (account, 3, -1),
    ]  # fmt: skip
    assert [leg.entry_value_atoms for leg in legs] == [AT_MARK - 3 + 1, -AT_MARK - 5 + 3]
