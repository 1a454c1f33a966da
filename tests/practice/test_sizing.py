"""The size follows from the most that may be lost: what the stop then realises is that."""

from decimal import Decimal
from random import Random

import pytest

from longshore.engine.codes import Side, Signal
from longshore.explain.closes import Folded
from longshore.practice.sizing import Sizing
from tests.explain.desk import Desk
from tests.explain.test_risk import mark_of, move_mark

DOLLAR = 10**8


def ladder(desk, chance, middle):
    """Quotes around a price, each level deeper than the one before, alike on both sides."""
    desk.withdraw_quotes()
    for step in range(1, 9):
        size = str(Decimal(chance.randrange(20, 60) * step) / 1000)
        desk.quote(str(middle - 5 * step), str(middle + 5 * step), size)


def sized(desk, trader, side, loss, stop, limit=None):
    market = desk.catalog.market("PF_XBTUSD")
    found = Sizing(desk.view, trader, market.market_id, Side[side.upper()])
    ticks = market.price_ticks(Decimal(limit)) if limit else 0
    return found.sized(loss * DOLLAR, market.price_ticks(Decimal(stop)), ticks)


@pytest.mark.parametrize("side", ["buy", "sell"])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_lost_at_the_stop_is_what_was_to_be_lost(side, seed):
    """UX-15: within 2 % of the limit, fees and slippage in, where the price does not jump."""
    chance = Random(seed)
    desk, trader = Desk(), None
    ladder(desk, chance, 60_000)
    desk.index("XBT", "60000", seconds=60)
    trader = desk.account("10000")
    desk.leverage(trader, 5)
    way = 1 if side == "buy" else -1
    away, loss = chance.randrange(600, 2_000), chance.randrange(20, 200)
    stop = 60_000 - way * away
    plan = sized(desk, trader, side, loss, stop)
    assert plan.limited == "loss"
    assert 0.98 * loss <= plan.loss_atoms / DOLLAR <= loss
    size = str(desk.catalog.market("PF_XBTUSD").size(plan.lots))
    ticks = desk.catalog.market("PF_XBTUSD").price_ticks(Decimal(stop))
    desk.order(trader, side, size, stop_ticks=ticks, signal=Signal.MARK)
    middle = 60_000
    base = int(mark_of(desk).mark_subticks) // 60_000
    while way * (middle - stop) > 0:
        middle -= way * min(20, abs(middle - stop))
        ladder(desk, Random(seed), middle)
        move_mark(desk, base * middle)
    [held] = Folded(trader).take_all(desk.events).positions
    assert held.closed_us
    lost = -(held.pnl_atoms + held.funding_atoms - held.fee_atoms) / DOLLAR
    assert abs(lost - loss) <= 0.02 * loss


def test_the_size_of_a_limit_order_goes_by_its_own_price():
    """UX-15: it rests, so that its entry has no slippage."""
    desk = Desk()
    ladder(desk, Random(1), 60_000)
    trader = desk.account("10000")
    found = sized(desk, trader, "buy", 50, 58_000, limit=59_500)
    assert found.entry.ticks == desk.catalog.market("PF_XBTUSD").price_ticks(Decimal(59_500))
    assert found.loss_atoms <= 50 * DOLLAR
    assert found.lots > sized(desk, trader, "buy", 50, 58_000).lots


def test_the_book_and_the_smallest_lot_are_limits_too():
    """UX-15: what the book cannot give is not promised; one lot may be too much already."""
    desk = Desk()
    ladder(desk, Random(1), 60_000)
    trader = desk.account("10000")
    thin = sized(desk, trader, "buy", 1_000_000, 50_000)
    assert thin.limited == "book"
    assert thin.lots == Sizing(desk.view, trader, 1, Side.BUY).held_by_book(0)
    small = sized(desk, trader, "buy", 0, 59_000)
    assert (small.limited, small.lots) == ("least", 1)
    desk.withdraw_quotes()
    assert sized(desk, trader, "buy", 50, 59_000) is None
