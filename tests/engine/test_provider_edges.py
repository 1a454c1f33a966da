"""Who takes a position over: providers in their rounds, then ranks, to the lot and the atom."""

from __future__ import annotations

import pytest

from longshore.engine.adl import assign_room_lots, book_between, highest_ranked
from longshore.engine.codes import AdlRank, MarginBasis, Role, TierUnit
from longshore.engine.events import EventKind
from longshore.engine.liquidation import (
    assign,
    assignable_lots,
    carries,
    next_provider,
    providers_after,
)
from longshore.engine.ranks import rank_score
from longshore.engine.rows import Position
from longshore.engine.state import balance_slot, position_slot, wallet_slot
from tests.engine.desk import FLEX, PERP, USD
from tests.engine.test_ladder_edges import ASKED, SHORT, VALUE, Ladder
from tests.engine.test_liquidation_unit import EVE, Bare

FIRST, SECOND, THIRD = EVE + 1, EVE + 2, EVE + 3


def providers(*rooms: int, lots: int = 10, equity: int = 1) -> Ladder:
    """Eve has so many lots; the accounts up to the last have room, and money enough."""
    bare = Ladder(lots, equity, rung=4)
    bare.state.accounts_count = EVE + len(rooms)
    for who, room in enumerate(rooms, FIRST):
        bare.state.accounts[who].assign_max_lots = room
        bare.hold(0, 0, 10**6, who=who)
    nobody = bare.state.accounts_count + 1  # a row beyond the last account
    bare.state.accounts[nobody].assign_max_lots = 10
    bare.hold(0, 0, 10**6, who=nobody)
    bare.market.open_lots = abs(lots)
    return bare


def rounds(bare: Ladder) -> list[tuple[int, int]]:
    """Assign until nobody is found: who took how much."""
    for _ in range(9):
        if bare.row.rung == 4 and bare.position.qty_lots:
            assign(bare.state, wallet_slot(EVE, FLEX), bare.market, bare.position)
    fills = bare.told(EventKind.FILLED)
    assert {e.role for e in fills} <= {Role.ASSIGNOR}
    assert [qty for _, _, qty, _ in bare.steps()] == [e.qty_lots for e in fills]
    return [(e.other_account_id - EVE, e.qty_lots) for e in fills]


@pytest.mark.parametrize(
    ("lots", "rooms", "taken"),
    [
        (10, (20, 20, 20), [(1, 4), (2, 3), (3, 3)]),  # 10 / 3, 6 / 2, 3 / 1
        (-10, (20, 20, 20), [(1, 4), (2, 3), (3, 3)]),
        (10, (1, 2, 3), [(1, 1), (2, 2), (3, 3)]),  # and four are left
        (10, (5, 1, 5), [(1, 4), (2, 1), (3, 5)]),
        (10, (6, 3, 1), [(1, 4), (2, 3), (3, 1), (1, 2)]),  # a second round
        (10, (0, 20, 0), [(2, 10)]),
        (1, (1, 1, 1), [(1, 1)]),
        (2, (1, 1, 1), [(1, 1), (2, 1)]),
        (3, (0, 0, 2), [(3, 2)]),
        (3, (0, 0, 0), []),
    ],
)
def test_a_position_goes_round_the_providers(lots, rooms, taken):
    """LIQD-007: what is left / providers still to come, rounded up; then the next step."""
    bare = providers(*rooms, lots=lots)
    assert rounds(bare) == taken
    left = abs(lots) - sum(qty for _, qty in taken)
    assert abs(bare.position.qty_lots) == left
    assert bare.row.rung == (5 if left else 4)
    assert bare.row.assign_after == (0 if left else EVE + taken[-1][0])
    assert {e.price_ticks for e in bare.told(EventKind.FILLED)} <= {84_000}


@pytest.mark.parametrize(
    ("equity", "taken"),
    [(0, [(1, 1)]), (-10_000, []), (21_000_000, [(1, 1)]), (21_010_000, [])],
)
def test_nobody_takes_over_at_a_loss_or_too_cheaply(equity, taken):
    """LIQD-007: a tick above the mark; 2.5 % below it, and a tick more."""
    assert rounds(providers(1, lots=1, equity=equity)) == taken


def test_providers_are_found_in_the_order_of_their_ids():
    """LIQD-007: one lot of room is enough; whoever has none, or is bankrupt, is passed."""
    bare = providers(1, 0, 1, 1)
    bare.state.accounts[EVE].assign_max_lots = 100
    last = EVE + 4
    found = [next_provider(bare.state, PERP, EVE, after) for after in range(EVE - 1, last + 1)]
    assert found == [FIRST, FIRST, THIRD, THIRD, last, 0]
    count = [providers_after(bare.state, PERP, EVE, after) for after in range(EVE - 1, last + 1)]
    assert count == [3, 3, 2, 2, 1, 0]


@pytest.mark.parametrize(
    ("lots", "room", "spare", "assignable"),
    [
        (10, 20, 10 * ASKED, 10),
        (10, 20, 10 * ASKED - 1, 0),  # the margin must carry all of it
        (10, 4, 4 * ASKED, 4),
        (10, 4, 4 * ASKED - 1, 0),
        (-10, 4, 4 * ASKED, 4),
        (1, 1, ASKED, 1),
        (-1, 1, ASKED, 1),
        (10, 0, 10 * ASKED, 0),
    ],
)
def test_a_provider_takes_what_it_has_room_and_margin_for(lots, room, spare, assignable):
    """LIQD-007: 84 dollars of notional, one percent of it, a lot."""
    bare = providers(room, lots=lots)
    bare.state.balances[balance_slot(wallet_slot(FIRST, FLEX), USD)].amount_atoms = spare
    assert assignable_lots(bare.state, PERP, EVE, FIRST) == assignable
    assert assignable_lots(bare.state, PERP, EVE, EVE) == 0


@pytest.mark.parametrize(("unit", "bound"), [(TierUnit.NOTIONAL, 12 * VALUE), (TierUnit.LOTS, 12)])
@pytest.mark.parametrize(
    ("held", "added", "asked"),
    [
        (0, 3, 3 * ASKED),
        (10, 2, 12 * ASKED),
        (10, 4, 10 * ASKED + (2 + 2 * 2) * ASKED),  # two of them in the second tier, at twice that
        (10, -4, 10 * ASKED + (2 + 2 * 2) * ASKED),  # as if the sides did not matter
        (20, 1, (12 + 2 * 8) * ASKED + 2 * ASKED),
    ],
)
def test_margin_for_more_is_asked_by_the_tiers(held, added, asked, unit, bound):
    """LIQD-007, MRGN-001: what it holds and what it takes, at 1 % up to 12 lots and 2 % above."""
    for missing in (0, 1):
        bare = Bare(tier_unit=unit, margin_basis=MarginBasis.ENTRY)
        bare.state.tiers[2].from_size = bound
        bare.hold(held, 84_000, 0, who=FIRST)
        wallet = wallet_slot(FIRST, FLEX)
        bare.state.balances[balance_slot(wallet, USD)].amount_atoms = asked - missing
        assert carries(bare.state, bare.market, FIRST, added) == (missing == 0)


@pytest.mark.parametrize(("lots", "carried"), [(1, False), (-1, True)])
def test_a_hedged_provider_carries_more_on_the_same_leg(lots, carried):
    """LIQD-007, MODE-004: its long leg is in the dearer tier, its short one is not."""
    bare = providers(20, lots=lots)
    bare.state.accounts[FIRST].hedged = bare.market.hedge_allowed = 1
    bare.state.tiers[2].from_size = 3 * VALUE
    bare.hold(3, 84_000, 0, who=FIRST)
    bare.hold(-1, 84_000, 0, who=FIRST, market=SHORT)
    wallet = wallet_slot(FIRST, FLEX)
    bare.state.balances[balance_slot(wallet, USD)].amount_atoms = 4 * ASKED + ASKED
    assert assignable_lots(bare.state, PERP, EVE, FIRST) == carried
    assert assign_room_lots(bare.state, bare.market, FIRST, lots) == (17 if lots > 0 else 19)


def hedged(lots: int) -> tuple[Bare, list[Position]]:
    """Eve has a position; another account holds both legs, five lots each."""
    bare = Bare()
    bare.hold(lots, 84_000, 100)
    bare.state.accounts[FIRST].hedged = bare.market.hedge_allowed = 1
    bare.hold(5, 84_000, 10**6, who=FIRST)
    bare.hold(-5, 84_000, 10**6, who=FIRST, market=SHORT)
    bare.market.open_lots = 5 + max(0, lots)
    bare.state.matches[0].price_ticks = 84_000
    return bare, [bare.state.positions[position_slot(FIRST, place)] for place in (PERP, SHORT)]


@pytest.mark.parametrize(
    ("lots", "role", "after"),
    [
        (2, Role.ASSIGNOR, [7, -5]),  # it goes on as it was
        (-2, Role.ASSIGNOR, [5, -7]),
        (2, Role.UNWIND_BANKRUPT, [5, -3]),  # the other side closes
        (-2, Role.UNWIND_BANKRUPT, [3, -5]),
    ],
)
def test_a_booking_falls_on_the_leg_it_belongs_to(lots, role, after):
    """LIQD-007, LIQD-009, MODE-004: and on no order, though one lies in the first row."""
    bare, legs = hedged(lots)
    bare.state.orders[1].order_id = 77
    book_between(bare.state, PERP, EVE, FIRST, 2, role)
    assert [leg.qty_lots for leg in legs] == after
    rows = [bare.state.events[at] for at in range(bare.state.events_count)]
    traded = [(e.account_id, e.role, e.order_id) for e in rows if e.kind == EventKind.TRADED]
    assert traded == [(EVE, role, 0), (FIRST, role + 1, 0)]


@pytest.mark.parametrize("lots", [1, -1])
def test_only_a_leg_on_the_other_side_is_ranked(lots):
    """LIQD-009, MODE-004: nor what lies beyond the last account."""
    bare, legs = hedged(lots)
    bare.state.accounts_count = FIRST
    assert highest_ranked(bare.state, bare.market, lots) == FIRST
    legs[lots > 0].qty_lots = 0
    bare.state.accounts_count = SECOND
    bare.hold(-lots, 84_000, 100, who=THIRD)
    assert highest_ranked(bare.state, bare.market, lots) == 0


@pytest.mark.parametrize(("who", "found"), [(0, 0), (1, 1), (FIRST, FIRST), (SECOND, 0)])
def test_accounts_are_ranked_from_the_first_to_the_last(who, found):
    """LIQD-009"""
    bare = Bare()
    bare.state.accounts_count = FIRST
    bare.hold(-1, 84_000, 100, who=who)
    assert highest_ranked(bare.state, bare.market, 1) == found


def ranked(rule: AdlRank, lots: int, entry: int, atoms: int) -> int:
    """The score of one position, a lot worth an atom at mark."""
    bare = Bare(10**6 / 10**10, adl_rank=rule)
    bare.hold(lots, 0, 0).entry_value_atoms = entry
    bare.state.balances[balance_slot(wallet_slot(EVE, FLEX), USD)].amount_atoms = atoms
    return rank_score(bare.state, EVE, PERP)


@pytest.mark.parametrize(
    ("lots", "entry", "atoms", "score"),
    [
        (10, 9, 0, 999_999),  # 111,111 * 9
        (10, 9, 6, 142_856),  # 111,111 * 1.285714
        (10**6 + 1, 10**6, 99_999, 10),  # the least gain
        (10, 10, 5, 0),
    ],
)
def test_a_gain_is_ranked_by_leverage(lots, entry, atoms, score):
    """LIQD-009, LIQD-023: by either rule."""
    assert ranked(AdlRank.PROFIT_LEVERAGE, lots, entry, atoms) == score
    assert ranked(AdlRank.PROFIT_BY_LEVERAGE, lots, entry, atoms) == score


@pytest.mark.parametrize(
    ("atoms", "score"),
    [
        (9, -97_223),  # -166,667 / 1.714285 = -97,222.5
        (12_002, -166_667_000),  # a thousandth
        (12 * 10**6 + 2, -166_667_000_000),
        (10**9, -166_667_000_000),  # a leverage of nothing is a millionth
    ],
)
def test_a_loss_is_ranked_by_what_is_behind_it(atoms, score):
    """LIQD-023: ten lots for twelve; by the first rule it is the loss alone."""
    assert ranked(AdlRank.PROFIT_BY_LEVERAGE, 10, 12, atoms) == score
    assert ranked(AdlRank.PROFIT_LEVERAGE, 10, 12, atoms) == -166_667


@pytest.mark.parametrize(
    ("lots", "entry", "atoms", "score"),
    [
        (10, 9, 6, 1_428_570),  # 1.111111 * 1.285714
        (10, 9, 0, 9_999_999),
        (-10, -9, 8, 1_157_142),  # 0.9 * 1.285714
        (10, 1, -8, 10_000_000),
    ],
)
def test_a_rank_by_prices(lots, entry, atoms, score):
    """LIQD-023: mark / entry, of a short position entry / mark, * leverage."""
    assert ranked(AdlRank.PRICE_LEVERAGE, lots, entry, atoms) == score


@pytest.mark.parametrize(
    ("lots", "entry", "atoms", "score"),
    [
        (10, 9, 6, 23_809),  # 1 / 6 * 1 / 7
        (10**6, 10, 1, 999_990),  # 999,990 / 1 * 1 / 999,991
        (10, 9, 0, 10**6),
        (10, 9, -1, 0),  # no equity
        (10, 9, -2, 0),
        (10, 12, 9, 0),  # in loss
    ],
)
def test_a_rank_by_margin(lots, entry, atoms, score):
    """LIQD-023: of an atom's maintenance margin."""
    assert ranked(AdlRank.PROFIT_MARGIN_RATIO, lots, entry, atoms) == score
