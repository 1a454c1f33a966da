"""Article 03: margin methods beside tiers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest

from longshore.engine.codes import MarginBasis, Reject
from longshore.engine.lifecycle import Setup
from longshore.engine.margin import tier_requirement
from longshore.engine.units import E12, root_ceil
from tests.engine.desk import ATOMS, PERP, Desk, changed, lots, refusal, setup

MILLION = 10**6 * ATOMS


def by_interest(low: int, high: int, **fields: int) -> Setup:
    """A market whose initial margin grows with open interest between two sums of dollars."""
    made = changed(setup(), interest_low_atoms=low, interest_high_atoms=high, **fields)
    made.cancel_on_initial = 0
    return made


def crowd(made: Setup) -> Desk:
    """Ann, Bob and Cat with ten million dollars each; index 80,000."""
    desk = Desk(made)
    for name in ("ann", "bob", "cat"):
        desk.person(name, 10**7)
    desk.index(80_000)
    return desk


def test_initial_margin_grows_with_open_interest():
    """MRGN-015: one tier of 1 %; half of the way it is 50.5 %, at the upper bound everything."""
    made = by_interest(4 * MILLION, 12 * MILLION, tier_count=1)
    desk = crowd(made)
    state, market = desk.engine.view, desk.engine.view.markets[PERP]
    asked = []
    for interest in (2, 4, 8, 12, 20):  # in millions of dollars
        market.open_lots = lots(interest * 10**6 / 80_000)
        asked.append(tier_requirement(state, market, 10_000 * ATOMS, 1, True))
        assert tier_requirement(state, market, 10_000 * ATOMS, 1, False) == 50 * ATOMS
    assert asked == [100 * ATOMS, 100 * ATOMS, 5_050 * ATOMS, 10_000 * ATOMS, 10_000 * ATOMS]
    assert tier_requirement(state, market, 1, 1, True) == 1  # no more than the notional


def test_open_interest_is_worth_what_it_is_at_mark():
    """MRGN-015: 100 bitcoin at 80,000 are two thirds of 12 million, at 60,000 a half."""
    desk = crowd(by_interest(0, 12 * MILLION, tier_count=1))
    desk.trade("ann", "bob", lots(100), 80_000)
    state, market = desk.engine.view, desk.engine.view.markets[PERP]
    asked = tier_requirement(state, market, 100 * ATOMS, 1, True)
    assert asked == ATOMS + ceil(Fraction(2, 3) * 99 * ATOMS)
    desk.index(60_000)
    assert tier_requirement(state, market, 100 * ATOMS, 1, True) == ATOMS + 99 * ATOMS // 2


def test_others_who_open_make_an_order_dearer():
    """MRGN-015: at the order, not at what is held: nobody is liquidated for it."""
    desk = crowd(by_interest(0, 12 * MILLION))
    desk.trade("ann", "bob", lots(25), 80_000)  # two million
    before = desk.maintenance("ann")
    assert refusal(desk.buy("cat", lots(160), 79_000)) == Reject.NONE
    desk.do(10, account_id=desk.people["cat"])
    desk.trade("ann", "bob", lots(100), 80_000)  # ten million
    assert refusal(desk.buy("cat", lots(160), 79_000)) == Reject.INSUFFICIENT_MARGIN
    assert desk.maintenance("ann") > before  # of her own position, and of nothing else


def test_a_rulebook_that_ends_orders_at_initial_margin_cannot_have_it():
    """MRGN-015"""
    made = by_interest(0, MILLION)
    made.cancel_on_initial = 1
    with pytest.raises(AssertionError, match="trades of others"):
        Desk(made)
    with pytest.raises(AssertionError, match="one bound up to another"):
        Desk(by_interest(MILLION, MILLION))


def rooted(root_e12: int, **fields: int) -> Desk:
    """A market with a root beside its only tier of 1 % and 0.5 %."""
    return crowd(changed(setup(), margin_root_e12=root_e12, tier_count=1, **fields))


def test_the_rate_grows_with_the_root_of_the_size():
    """MRGN-016: 1 % a root of one bitcoin: 4 bitcoin 2 %, 100 bitcoin 10 %; below one, the tier."""
    desk = rooted(E12 // 100 // 100)  # a root of 10,000 lots is 100
    state, market = desk.engine.view, desk.engine.view.markets[PERP]
    for coins, percent in ((Decimal("0.01"), 1), (1, 1), (4, 2), (100, 10), (10_000, 100)):
        notional = int(coins * 80_000 * ATOMS)
        asked = [
            tier_requirement(state, market, notional, lots(float(coins)), initial)
            for initial in (True, False)
        ]
        assert asked == [notional * percent // 100, notional * percent // 200]
    assert tier_requirement(state, market, 100, 10**12, True) == 100  # no more than all
    asked = tier_requirement(state, market, 80_000 * ATOMS, lots(2), True)
    assert asked == 80_000 * ATOMS * 141_422 // 10**7  # 141.421... rounded up to a thousandth


def test_the_root_counts_the_size_and_not_its_worth():
    """MRGN-016: a mark that moves moves the notional only."""
    desk = rooted(E12 // 10_000, margin_basis=int(MarginBasis.MARK))
    desk.trade("ann", "bob", lots(16), 80_000)  # 4 %
    assert desk.maintenance("ann") == 16 * 80_000 * ATOMS * 2 // 100
    desk.index(79_000)
    assert desk.maintenance("ann") == 16 * 79_000 * ATOMS * 2 // 100


@pytest.mark.parametrize("value", [0, 1, 2, 3, 4, 8, 9, 10, 10**18 - 1, 10**18, 999_999_999**2 + 1])
def test_a_root_is_rounded_up(value):
    """MRGN-016"""
    root = root_ceil(value)
    assert root * root >= value
    assert root == 0 or (root - 1) ** 2 < value
