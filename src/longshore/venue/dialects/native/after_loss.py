"""T18: an order that is much larger than usual, soon after a loss, is told so before it is sent."""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING

from longshore.engine.codes import Side
from longshore.engine.value import value_at
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.venue.history import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from longshore.engine.rows import Command
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.native.wire import Call
    from longshore.venue.projections.records import FillRecord

SOON_US = 30 * 60 * 1_000_000
USUAL_ORDERS = 5
FILLS_READ = 200
MUCH_NUM, MUCH_DEN = 5, 4
"""A size is much larger from a quarter above the usual one on."""


async def size_after_loss(call: Call, info: MarketInfo, command: Command) -> list[str]:
    """The warning, or nothing. Usual is the median of what the last five opening orders filled."""
    if not info.is_margined or command.reduce_only:
        return []
    fills = await call.venue.history.fills(
        call.account_id, Span(limit=FILLS_READ), market_id=info.market_id
    )
    market = call.venue.view.markets[info.market_id]
    value = abs(int(value_at(market, market.mark_subticks, command.qty_lots)))
    return told(info, fills, value, call.venue.now_us)


def told(info: MarketInfo, fills: Sequence[FillRecord], value_atoms: int, now_us: int) -> list[str]:
    """The warning about an order of this value, from fills in one market, newest first."""
    usual, lost = usual_atoms(fills), last_loss(fills, now_us - SOON_US)
    if lost is None or usual == 0 or value_atoms * MUCH_DEN <= usual * MUCH_NUM:
        return []
    loss_atoms, time_us = lost
    return [
        say(
            "size-after-loss",
            ratio=fmt.times(value_atoms, usual),
            minutes=fmt.countdown(now_us - time_us),
            loss=fmt.amount(info, loss_atoms),
        )
    ]


def usual_atoms(fills: Sequence[FillRecord]) -> int:
    """The median of the values of the last orders that opened or added; 0 without any."""
    values: dict[int, int] = {}
    for fill in fills:
        if grows(fill):
            values[fill.order_id] = values.get(fill.order_id, 0) + fill.value_atoms
    return median_low(list(values.values())[:USUAL_ORDERS]) if values else 0


def last_loss(fills: Sequence[FillRecord], since_us: int) -> tuple[int, int] | None:
    """What the last order that closed since then lost, and when; None when it lost nothing."""
    closing = [fill for fill in fills if not grows(fill) and fill.time_us >= since_us]
    if not closing:
        return None
    lost = sum(fill.pnl_atoms for fill in closing if fill.order_id == closing[0].order_id)
    return (-lost, closing[0].time_us) if lost < 0 else None


def grows(fill: FillRecord) -> bool:
    """Whether a fill left a position on its own side: it opened or added."""
    return fill.position_lots != 0 and (fill.position_lots > 0) == (fill.side == Side.BUY)
