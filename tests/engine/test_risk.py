"""What an order would lead to, to the atom: the position after it, its margin, its refusal.

At a mark of 84,000 a lot of 0.0001 coins is worth 840,000,000 atoms. Who takes pays 0.05 %.
"""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketKind, OrderType, Reject, Side, WalletKind
from longshore.engine.limits import VALUE_MAX_ATOMS
from longshore.engine.risk import (
    ask_before,
    could_lose,
    exceeds_position_limit,
    exceeds_value_limit,
    foresee,
    left_to_rest,
    margin_refusal,
    position_most_lots,
    resting_loss_atoms,
    resting_lots,
    taking_effect_atoms,
)
from longshore.engine.rows import Market, Order, Position
from longshore.engine.state import balance_slot, position_slot, wallet_slot
from tests.engine.desk import ATOMS, PERP, SECOND, USD
from tests.engine.test_liquidation_unit import EVE, Bare

BUY, SELL = Side.BUY, Side.SELL
LIMIT, MARKET, POST_ONLY = OrderType.LIMIT, OrderType.MARKET, OrderType.POST_ONLY
LOT = 840_000_000
COIN = 10_000
COUNTED = ("qty_lots", "entry_value_atoms", "buy_lots", "buy_value_atoms", "sell_lots",
           "sell_value_atoms")  # fmt: skip


class Asked(Bare):
    """An order of Eve's, and what it would take."""

    def draft(
        self, side: int, qty_lots: int, price: int = 84_000, type: int = LIMIT, **fields: int
    ) -> Order:
        """Asked for before anything is taken."""
        ask_before(self.state, EVE, PERP)
        held = self.position.qty_lots
        self.state.estimates[0].closing_lots = max(0, held if side == SELL else -held)
        return Order(
            account_id=EVE, market_id=PERP, place=PERP, side=side, qty_lots=qty_lots,
            price_ticks=price, type=type, **fields,
        )  # fmt: skip

    def takes(self, qty_lots: int, price: int = 84_000) -> None:
        """From the book, all at one price."""
        estimate = self.state.estimates[0]
        estimate.qty_lots, estimate.value_atoms = qty_lots, qty_lots * price * 10**4
        closing = min(qty_lots, estimate.closing_lots)
        estimate.closing_value_atoms = closing * price * 10**4

    @property
    def position(self) -> Position:
        return self.state.positions[position_slot(EVE, PERP)]

    def isolated(self, coins: int, margin: float, held: float, flex: float) -> None:
        """Long at 84,000 and 10x, its margin, its wallet's money, the flex wallet's."""
        position = self.hold(coins * COIN, 84_000, flex)
        position.isolated, position.leverage_ppm = 1, 10**7
        position.margin_atoms = round(margin * ATOMS)
        wallet = wallet_slot(EVE, WalletKind.ISOLATED + PERP)
        self.state.balances[balance_slot(wallet, USD)].amount_atoms = round(held * ATOMS)


@pytest.mark.parametrize(
    ("type", "reduces", "taken", "own", "counts", "rests"),
    [
        (LIMIT, 0, 0, 0, 10, 10),
        (LIMIT, 0, 3, 2, 5, 5),
        (LIMIT, 0, 10, 0, 0, 0),
        (LIMIT, 1, 3, 0, 0, 7),
        (POST_ONLY, 0, 0, 0, 10, 10),
        (MARKET, 0, 3, 0, 0, 0),
        (OrderType.IOC, 0, 3, 0, 0, 0),
        (OrderType.FOK, 0, 0, 0, 0, 0),
    ],
)
def test_what_rests_and_what_of_it_counts(type, reduces, taken, own, counts, rests):
    """MRGN-003, MRGN-004: of ten lots."""
    bare = Asked()
    draft = bare.draft(BUY, 10, type=type, reduce_only=reduces)
    bare.takes(taken)
    bare.state.estimates[0].own_lots = own
    assert (resting_lots(bare.state, draft), left_to_rest(bare.state, draft)) == (counts, rests)


@pytest.mark.parametrize(
    ("held", "side", "lots", "near", "far", "after"),
    [
        # near lots are taken at 82,000, far ones at 81,000; the others rest at 84,000
        (0, BUY, 3, 0, 0, (0, 0, 33, 2_523, 40, 4)),
        (0, SELL, 3, 0, 0, (0, 0, 30, 3, 43, 2_524)),
        (0, BUY, 3, 1, 1, (2, 1_630, 31, 843, 40, 4)),
        (0, SELL, 3, 1, 1, (-2, -1_630, 30, 3, 41, 844)),
        (1, BUY, 1, 1, 0, (2, 1_650, 30, 3, 40, 4)),
        (-1, SELL, 2, 1, 1, (-3, -2_460, 30, 3, 40, 4)),
        (2, SELL, 1, 1, 0, (1, 830, 30, 3, 40, 4)),
        (1, SELL, 1, 1, 0, (0, 0, 30, 3, 40, 4)),
        (-1, BUY, 1, 1, 0, (0, 0, 30, 3, 40, 4)),
        (1, SELL, 3, 1, 2, (-2, -1_620, 30, 3, 40, 4)),  # what is left was sold at 81,000
        (-1, BUY, 2, 1, 1, (1, 810, 30, 3, 40, 4)),
        (1, SELL, 4, 1, 2, (-2, -1_620, 30, 3, 41, 844)),
    ],
)
def test_the_position_after_an_order(held, side, lots, near, far, after):
    """MRGN-003, MRGN-010, MRGN-011: opened at 83,000; values in millions of atoms."""
    bare = Asked()
    position = bare.hold(held, 83_000, 0)
    position.buy_lots, position.buy_value_atoms = 30, 3 * 10**6
    position.sell_lots, position.sell_value_atoms = 40, 4 * 10**6
    position.leverage_ppm, position.risk_steps = 5, 6
    draft, estimate = bare.draft(side, lots), bare.state.estimates[0]
    estimate.qty_lots = near + far
    estimate.value_atoms = (near * 820 + far * 810) * 10**6
    estimate.closing_value_atoms = min(near, estimate.closing_lots) * 820 * 10**6
    foresee(bare.state, bare.market, position, draft)
    row = bare.state.afters[0]
    units = [10**6 if "value" in name else 1 for name in COUNTED]
    expected = [count * unit for count, unit in zip(after, units, strict=True)]
    assert [getattr(row, name) for name in COUNTED] == expected
    assert (row.leverage_ppm, row.risk_steps) == (5, 6)


@pytest.mark.parametrize(
    ("held", "ordered", "added", "refused"),
    [
        (5, 0, 5, False),
        (5, 0, 6, True),
        (0, 10, 0, False),
        (0, 10, 1, True),
        (5, 4, 1, False),
        (5, 4, 2, True),
        (12, 0, 0, False),  # above it already: what does not grow may be
        (8, 4, 0, False),
        (12, 0, 1, True),
        (-20, 0, 30, False),
        (-20, 0, 31, True),
    ],
)
def test_a_side_may_reach_the_markets_maximum(held, ordered, added, refused):
    """MRGN-006: of ten lots; and selling the same the other way round."""
    market = Market(position_max_lots=10, value_divisor=10**6, mark_subticks=1)
    before = Position(qty_lots=held, buy_lots=ordered, sell_lots=99)
    after = Position(qty_lots=held, buy_lots=ordered + added, sell_lots=99)
    assert exceeds_position_limit(market, before, after, Order(side=BUY)) == refused
    before = Position(qty_lots=-held, sell_lots=ordered, buy_lots=99)
    after = Position(qty_lots=-held, sell_lots=ordered + added, buy_lots=99)
    assert exceeds_position_limit(market, before, after, Order(side=SELL)) == refused


@pytest.mark.parametrize(
    ("lots", "refused"), [(4_761 * 10**6 - 1, False), (4_761 * 10**6, True), (-1, False)]
)
def test_a_side_may_be_worth_what_the_engine_counts_with(lots, refused):
    """MRGN-006: at 84,000 a million lots are worth 8.4e14 atoms, and 4e18 is the most."""
    market = Asked(position_max_lots=10**12).market
    before, after = Position(qty_lots=-2), Position(qty_lots=lots)
    assert exceeds_position_limit(market, before, after, Order(side=BUY)) == refused


@pytest.mark.parametrize(
    ("ppm", "interest", "reach", "most"),
    [
        (0, 31, 11, 10),
        (500_000, 31, 11, 15),  # rounded down
        (500_000, 31, 10, 10),
        (100_000, 31, 11, 10),
        (1, 11_000_000, 11, 11),
        (1, 10_999_999, 11, 10),
    ],
)
def test_the_largest_position_by_open_interest(ppm, interest, reach, most):
    """ORDR-029: asked only beyond the maximum of ten."""
    market = Market(position_max_lots=10, position_open_ppm=ppm, open_lots=interest)
    assert position_most_lots(market, reach) == most


@pytest.mark.parametrize(
    ("lots", "buys", "sells", "reduces", "refused"),
    [
        (5 * 10**9, 0, 0, 0, False),  # exactly the most
        (5 * 10**9, 1, 0, 0, True),
        (5 * 10**9, 0, 1, 0, True),
        (5 * 10**9, 1, 0, 1, False),
        (1, VALUE_MAX_ATOMS - 8 * 10**8, 1, 0, False),
        (1, VALUE_MAX_ATOMS - 8 * 10**8 + 1, 1, 0, True),
        (1, 1, VALUE_MAX_ATOMS - 8 * 10**8 + 1, 0, True),
    ],
)
def test_the_orders_of_a_side_have_a_most_they_may_be_worth(lots, buys, sells, reduces, refused):
    """MRGN-006: at 80,000."""
    bare = Asked()
    position = Position(buy_value_atoms=buys, sell_value_atoms=sells)
    draft = bare.draft(BUY, lots, 80_000, reduce_only=reduces)
    assert exceeds_value_limit(bare.state, bare.market, position, draft) == refused


@pytest.mark.parametrize(
    ("side", "price", "lots", "below", "loss"),
    [
        (BUY, 84_001, 1, 0, 10_000),
        (BUY, 84_001, 3, 0, 30_000),
        (BUY, 84_000, 1, 0, 0),
        (BUY, 83_999, 1, 0, 0),
        (BUY, 84_000, 1, 1, 1),  # a mark one sub-tick below: worth an atom less
        (BUY, 84_001, 0, 0, 0),
        (SELL, 83_999, 1, 0, 10_000),
        (SELL, 84_000, 1, 0, 0),
        (SELL, 84_001, 1, 0, 0),
    ],
)
def test_what_rests_may_lose_by_mark(side, price, lots, below, loss):
    """MRGN-004, MRGN-005"""
    bare = Asked()
    bare.market.mark_subticks -= below
    draft = bare.draft(side, lots, price)
    assert resting_loss_atoms(bare.state, bare.market, draft) == loss
    assert could_lose(bare.state, bare.market, draft) == (loss > 0)
    draft.qty_lots = 1
    bare.takes(1)  # all of it, so that nothing rests
    assert resting_loss_atoms(bare.state, bare.market, draft) == 0
    assert could_lose(bare.state, bare.market, draft)


@pytest.mark.parametrize(
    ("held", "side", "price", "effect"),
    [
        (0, BUY, 84_100, -1_000_000 - 420_500),
        (0, SELL, 83_900, -1_000_000 - 419_500),
        (5, BUY, 83_900, 1_000_000 - 419_500),
        (1, SELL, 84_100, 1_000_000 - 420_500),
    ],
)
def test_taking_costs_the_way_to_mark_and_the_fee(held, side, price, effect):
    """MRGN-004: one lot, whatever is held."""
    bare = Asked()
    position = bare.hold(held, 10, 0)
    draft = bare.draft(side, 1)
    bare.takes(1, price)
    foresee(bare.state, bare.market, position, draft)
    assert taking_effect_atoms(bare.state, bare.market, position, draft) == effect


class TestCross:
    """The refusal of an order with exactly the money it needs, and with an atom less."""

    @pytest.mark.parametrize(
        ("has", "order", "closing", "needs"),
        [
            # lots here and in another market; side, lots, price, taken; closing fee; what it needs
            ((0, 0), (BUY, COIN, 84_000, False), 0, 840),
            ((0, 0), (SELL, COIN, 84_000, False), 0, 840),
            ((0, 0), (BUY, COIN, 85_000, False), 0, 850 + 1_000),  # it would lose by mark
            ((0, COIN), (BUY, COIN, 84_000, False), 0, 840 + 840),
            ((COIN, 0), (BUY, COIN, 84_000, False), 0, 1_680),
            ((COIN, COIN), (BUY, COIN, 84_000, False), 0, 1_680 + 840),
            ((0, 0), (BUY, COIN, 84_010, True), 0, 840.10 + 10 + 42.005),
            ((0, 0), (BUY, COIN, 84_000, True), 20_000, 2_100 + 42),  # 2.5 % to keep
            ((0, COIN), (BUY, COIN, 84_000, True), 20_000, 2_100 + 42 + 420),
            ((COIN, 0), (BUY, COIN, 84_000, True), 20_000, 4_200 + 42),
            ((1, 0), (BUY, 1, 84_000, True), 20_000, 0.42 + 0.0042),
            ((COIN, COIN), (BUY, COIN, 84_000, True), 20_000, 4_200 + 42 + 420),
            ((COIN, 0), (BUY, COIN, 84_100, False), 20_000, 2_100 + 100),  # it could lose
            ((2 * COIN, 0), (SELL, COIN, 84_000, True), 20_000, 2_100 + 42),
            ((COIN, 0), (SELL, COIN, 84_000, True), 20_000, 42),
            ((COIN, 0), (SELL, COIN, 84_010, True), 0, 42.005 - 10),
        ],
    )
    def test_to_the_atom(self, has, order, closing, needs):
        """MRGN-004, MRGN-005, MRGN-014"""
        side, lots, price, taken = order
        for short in (0, 1):
            bare = Asked(maintenance_fee_ppm=closing)
            bare.hold(has[0], 84_000, 0)
            bare.hold(has[1], 84_000, needs - short / ATOMS, market=SECOND)
            draft = bare.draft(side, lots, price)
            bare.takes(lots if taken else 0, price)
            keeps = closing > 0 or (side == SELL and has[0] > 0)
            wanted = Reject.WOULD_LIQUIDATE if keeps else Reject.INSUFFICIENT_MARGIN
            assert margin_refusal(bare.state, draft) == (wanted if short else Reject.NONE)

    def test_what_asks_no_more_than_before_needs_no_initial_margin(self):
        """MRGN-004: long two, 1,000 dollars where 1,680 are asked."""
        bare = Asked()
        bare.hold(2 * COIN, 84_000, 1_000)
        assert margin_refusal(bare.state, bare.draft(SELL, COIN)) == Reject.NONE
        assert margin_refusal(bare.state, bare.draft(SELL, 4 * COIN)) == Reject.NONE
        refusal = margin_refusal(bare.state, bare.draft(SELL, 4 * COIN + 1))
        assert refusal == Reject.INSUFFICIENT_MARGIN


@pytest.mark.parametrize(
    ("base", "dollars", "lots", "refusal"),
    [
        (0, 10**6, 10 * COIN, Reject.NONE),  # no limit
        (1, 10**6, 1, Reject.RISK_LIMIT),
        (LOT, 10**6, 1, Reject.NONE),
        (LOT, 10**6, 2, Reject.RISK_LIMIT),
        (LOT, 0, 2, Reject.INSUFFICIENT_MARGIN),  # asked first
        (LOT, 10**6, 10**7 + 1, Reject.MAX_POSITION),
        (LOT, 10**6, 5 * 10**9, Reject.MAX_POSITION),
    ],
)
def test_the_checks_come_in_their_order(base, dollars, lots, refusal):
    """MRGN-006, MRGN-018"""
    bare = Asked(risk_base_atoms=base, risk_step_atoms=1)
    bare.hold(0, 0, dollars)
    assert margin_refusal(bare.state, bare.draft(BUY, lots)) == refusal


def test_orders_worth_too_much_are_refused_before_anything_is_counted():
    """MRGN-006"""
    bare = Asked(position_max_lots=10**12)
    draft = bare.draft(BUY, 5 * 10**9, 80_000)
    bare.position.buy_value_atoms = 1
    bare.state.afters[0].qty_lots = 77
    assert margin_refusal(bare.state, draft) == Reject.MAX_POSITION
    assert bare.state.afters[0].qty_lots == 77
    assert bare.state.markets[PERP].kind == MarketKind.LINEAR_PERPETUAL
