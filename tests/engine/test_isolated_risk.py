"""An order of an isolated position: what must come for it, and what it may not become, to the atom.

At a mark of 84,000 a lot of 0.0001 coins is worth 840,000,000 atoms. Who takes pays 0.05 %.
"""

from __future__ import annotations

import pytest

from longshore.engine.codes import Reject
from longshore.engine.risk import foresee, foresee_margin, margin_refusal, take_rest
from tests.engine.desk import ATOMS
from tests.engine.test_risk import BUY, COIN, LOT, SELL, Asked


class TestIsolated:
    """At 10x, opened at 84,000: 8,400 dollars of margin a coin, and 42 of fee."""

    @pytest.mark.parametrize(
        ("coins", "lots", "taken", "needs"),
        [
            (0, COIN, 84_000, 8_442),
            (0, COIN, 0, 8_442),
            (0, COIN, 84_100, 8_410 + 42.05),
            (1, COIN, 84_000, 8_442),
            (1, COIN, 0, 8_442),
            (-1, 2 * COIN, 84_000, 84),  # turns: what is freed pays for all but the fee
        ],
    )
    def test_an_order_that_opens_needs_free_money(self, coins, lots, taken, needs):
        """MRGN-005, MRGN-007"""
        for short, refusal in ((0, Reject.NONE), (1, Reject.INSUFFICIENT_MARGIN)):
            bare = Asked()
            margin = 8_400 * abs(coins)
            bare.isolated(coins, margin, margin, needs - short / ATOMS)
            draft = bare.draft(BUY, lots, taken or 84_000)
            bare.takes(lots if taken else 0, taken)
            assert margin_refusal(bare.state, draft) == refusal

    def test_what_only_closes_or_asks_no_more_needs_none(self):
        """MRGN-005, MRGN-007: with open orders whose margin is not there."""
        bare = Asked()
        bare.isolated(1, 8_400, 8_400, 0)
        bare.position.buy_lots, bare.position.buy_value_atoms = COIN, COIN * LOT
        draft = bare.draft(SELL, COIN)
        bare.takes(COIN)
        assert margin_refusal(bare.state, draft) == Reject.NONE
        draft = bare.draft(SELL, COIN + 1, 84_000)
        bare.takes(COIN + 1)
        assert margin_refusal(bare.state, draft) == Reject.INSUFFICIENT_MARGIN
        bare = Asked()
        bare.isolated(2, 16_800, 16_800, 0)
        assert margin_refusal(bare.state, bare.draft(SELL, COIN)) == Reject.NONE

    @pytest.mark.parametrize(
        ("has", "order", "ppm"),
        [
            # coins, its wallet's money, the flex wallet's; side, price, whether it is taken
            ((0, 0, 10**6), (BUY, 84_000, True), 100_000),  # 8,400 of 84,000
            ((0, 0, 10**6), (BUY, 84_010, True), 99_880),  # 8,391 of 84,010
            ((1, 8_400, 10**6), (BUY, 84_100, False), 99_405),  # 16,810 less 100, of 168,100
            ((0, 0, 10**6), (BUY, 84_100, False), 98_810),  # 8,410 less 100, of 84,100
            ((0, 0, 10**6), (SELL, 83_900, False), 98_808),  # 8,390 less 100, of 83,900
            ((2, 16_800, 0), (SELL, 83_900, False), 100_000),  # the loss leaves with the half
            ((2, 8_400, 0), (SELL, 83_900, False), 98_310),  # 8,400 less 141.95, of 84,000
            ((2, 8_000, 0), (SELL, 84_000, True), 94_738),  # 7,958 are there of 8,400
            ((2, 8_000, 100), (SELL, 84_000, True), 95_928),  # and 100 may come
            ((2, 8_000, 1_000), (SELL, 84_000, True), 100_000),  # and all
            ((2, 20_000, 0), (SELL, 84_000, True), 100_000),
        ],
    )
    def test_it_keeps_its_maintenance_margin(self, has, order, ppm):
        """MRGN-005, MRGN-007: the highest rate that its equity carries, in parts of a million."""
        coins, held, flex = has
        side, price, taken = order
        for rate, refusal in ((ppm, Reject.NONE), (ppm + 1, Reject.WOULD_LIQUIDATE)):
            bare = Asked(maintenance_fee_ppm=rate - 5_000)
            bare.isolated(coins, 8_400 * coins, held, flex)
            draft = bare.draft(side, COIN, price)
            bare.takes(COIN if taken else 0, price)
            assert margin_refusal(bare.state, draft) == refusal

    @pytest.mark.parametrize("reduces", [0, 1])
    def test_what_rests_turns_a_position_or_ends_with_it(self, reduces):
        """MRGN-005, MRGN-011: of two sold one closes; the other opens 83,900 with 8,390, 100 down.

        Reduce-only nothing is opened, and nothing kept.
        """
        ppm = 98_808
        for rate in (ppm, ppm + 1):
            bare = Asked(maintenance_fee_ppm=rate - 5_000)
            bare.isolated(1, 8_400, 8_400, 10**6)
            draft = bare.draft(SELL, 2 * COIN, 83_900, reduce_only=reduces)
            refused = rate > ppm and reduces == 0
            expected = Reject.WOULD_LIQUIDATE if refused else Reject.NONE
            assert margin_refusal(bare.state, draft) == expected

    @pytest.mark.parametrize(
        ("held", "taken", "reduces", "counted"),
        [(2, 1, 0, 4), (2, 1, 1, 2), (1, 1, 1, 1), (-1, 0, 1, 0), (5, 1, 1, 4)],
    )
    def test_a_rest_that_may_only_reduce_closes_no_more_than_there_is(
        self, held, taken, reduces, counted
    ):
        """MRGN-005: of four sold."""
        bare = Asked()
        bare.hold(held, 84_000, 0)
        draft = bare.draft(SELL, 4, 83_900, reduce_only=reduces)
        bare.takes(taken)
        take_rest(bare.state, draft)
        estimate = bare.state.estimates[0]
        assert estimate.qty_lots == counted
        closing = min(counted, max(0, held)) - taken
        assert estimate.value_atoms == taken * LOT + (counted - taken) * 839_000_000
        assert estimate.closing_value_atoms == taken * LOT + closing * 839_000_000

    def test_an_atom_that_is_lost_counts_and_none_does_not(self):
        """MRGN-005: margin and maintenance margin are alike, 84 dollars of a lot's 840."""
        for lower, taken, refusal in (
            (0, 0, Reject.NONE),
            (1, 0, Reject.WOULD_LIQUIDATE),
            (1, 1, Reject.WOULD_LIQUIDATE),
        ):
            bare = Asked(maintenance_fee_ppm=95_000)
            bare.isolated(0, 0, 0, 10**6)
            bare.market.mark_subticks -= lower
            draft = bare.draft(BUY, 1)
            bare.takes(taken)
            assert margin_refusal(bare.state, draft) == refusal

    def test_a_rest_that_loses_nothing_is_not_asked_for_what_the_position_lacks(self):
        """MRGN-005: 100 is held where 8 % are to be kept, and 8,400 would come with the order."""
        bare = Asked(maintenance_fee_ppm=75_000)
        bare.isolated(1, 100, 100, 10**6)
        assert margin_refusal(bare.state, bare.draft(BUY, COIN)) == Reject.NONE

    def test_the_risk_limit_asks_for_the_order_and_not_for_what_its_rest_would_leave(self):
        """MRGN-018: one held and two sold are 83,800 at their limit, not the 83,900 of the one."""
        for limit, refusal in ((83_800, Reject.NONE), (83_799, Reject.RISK_LIMIT)):
            bare = Asked()
            bare.isolated(1, 8_400, 8_400, 10**6)
            bare.market.risk_base_atoms = limit * ATOMS
            draft = bare.draft(SELL, 2 * COIN, 83_900)
            assert margin_refusal(bare.state, draft) == refusal

    def test_a_rest_beyond_what_may_come_is_refused_for_its_loss(self):
        """MRGN-005: it closes at 9,000 below its price, and 8,400 is all there is."""
        for price, refusal in ((76_000, Reject.NONE), (75_000, Reject.WOULD_LIQUIDATE)):
            bare = Asked()
            bare.isolated(1, 8_400, 8_400, 0)
            assert margin_refusal(bare.state, bare.draft(SELL, COIN, price)) == refusal

    @pytest.mark.parametrize(
        ("held", "lots", "price", "margin", "realised"),
        [
            (2, 0, 0, 1_000, 0),
            # two lots owe two atoms of funding
            (2, -1, 84_100, 499, 1_000_000 - 420_500 - 2),
            (2, -1, 83_900, 998 - 1_419_500, -1_000_000 - 419_500 - 2),
            (2, -2, 84_100, 0, 2_000_000 - 841_000 - 2),
            (2, -3, 84_000, 84_000_000, -1_260_000 - 2),  # turned: one lot short at 10x
            (1, -3, 84_000, 168_000_000, -1_260_000 - 1),
            (2, 1, 84_000, 998 + 84_000_000, -420_000 - 2),
            (2, 1, 85_000, 998 + 85_000_000, -425_000 - 2),
            (0, 1, 84_000, 84_000_000, -420_000),
            (1, -1, 84_100, 0, 1_000_000 - 420_500 - 1),
        ],
    )
    def test_the_margin_after_what_an_order_takes(self, held, lots, price, margin, realised):
        """MRGN-007, FUND-006: a thousand atoms of margin before; funding, profit or loss, fee."""
        bare = Asked()
        bare.isolated(0, 0, 0, 0)
        position = bare.hold(held, 84_000, 0)
        position.margin_atoms = 1_000 if held else 0
        bare.market.funding_index_parts = bare.market.atom_parts  # an atom a lot
        draft = bare.draft(BUY if lots > 0 else SELL, abs(lots), price)
        bare.takes(abs(lots), price)
        foresee(bare.state, bare.market, position, draft)
        found = foresee_margin(bare.state, bare.market, position, draft)
        assert (bare.state.afters[0].margin_atoms, found) == (margin, realised)

    def test_a_turned_position_is_charged_by_the_size_that_is_left(self):
        """MRGN-007, MRGN-013: three sold of one: two at 1 % and twice 1 %, without a leverage."""
        bare = Asked(margin_slope_e12=10**10)
        bare.isolated(0, 0, 0, 0)
        position = bare.hold(1, 84_000, 0)
        position.leverage_ppm = 0
        draft = bare.draft(SELL, 3)
        bare.takes(3)
        foresee(bare.state, bare.market, position, draft)
        foresee_margin(bare.state, bare.market, position, draft)
        assert bare.state.afters[0].margin_atoms == 2 * LOT * 3 // 100
