"""A stop that is moved: which way, and how much more could be lost at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import OrderType, Role, Side
from longshore.engine.fees import fee_atoms
from longshore.engine.state import position_slot
from longshore.engine.value import signed_value, value_atoms
from longshore.practice.trial import opposite

if TYPE_CHECKING:
    from longshore.engine.rows import Order
    from longshore.engine.state import State


class StopMove(msgspec.Struct, frozen=True):
    """A protective stop at another price. `more_atoms` above zero: more could be lost there."""

    order_id: int
    market_id: int
    is_long: bool
    before_ticks: int
    after_ticks: int
    more_atoms: int

    @property
    def widens(self) -> bool:
        """Whether it is further from where the position gains."""
        way = 1 if self.is_long else -1
        return way * self.after_ticks < way * self.before_ticks


def moved(view: State, order: Order, after_ticks: int) -> StopMove | None:
    """What moving an order's trigger would mean; None where it is no stop of a position.

    more = result at the old price - result at the new one, each less the taker's fee there, of what
    is held: slippage is the same at both.
    """
    held = view.positions[position_slot(int(order.account_id), int(order.place))]
    if order.type != OrderType.STOP or not order.reduce_only or not held.qty_lots:
        return None
    lots = min(abs(int(held.qty_lots)), int(order.qty_lots) or abs(int(held.qty_lots)))
    before = int(order.trigger_ticks)
    return StopMove(
        order_id=int(order.order_id),
        market_id=int(order.market_id),
        is_long=order.side == Side.SELL,
        before_ticks=before,
        after_ticks=after_ticks,
        more_atoms=_kept(view, order, before, lots) - _kept(view, order, after_ticks, lots),
    )


def _kept(view: State, order: Order, ticks: int, lots: int) -> int:
    """The signed value at a price less the taker's fee there."""
    market = view.markets[order.market_id]
    value = int(value_atoms(market, ticks, lots))
    fee = int(fee_atoms(view, order.account_id, market, Role.TAKER, value))
    return int(signed_value(market, opposite(order.side), value)) - fee
