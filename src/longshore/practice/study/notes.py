"""What a log notes of a trade besides its fills: margin, buffer left, what came before it."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from longshore.practice.study.rows import CENT, PERCENT, US_PER_S, ZERO, Trade
from longshore.rulebooks import MarketInfo

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.practice.study.log import Log, Rules

USUAL_OF = 5
"""So many trades before one say what is usual."""


def note_before(log: Log, trade: Trade) -> None:
    """How long ago the last loss was, and what the trades before it usually were worth."""
    closed = [each for each in log.trades if not each.open]
    lost = [each.closed_us for each in closed if each.loss_usd]
    if lost:
        trade.after_loss_s = (trade.opened_us - max(lost)) // US_PER_S
    if closed:
        trade.usual_usd = median(each.value_usd for each in closed[-USUAL_OF:])


def note_margin(log: Log, trade: Trade, market: MarketInfo, rules: Rules) -> None:
    """Margin and leverage of a trade as its opening command leaves them."""
    held = log.wallets.get(trade.wallet, ZERO)
    if trade.kind == "spot" or trade.grown or held <= 0:
        return
    trade.leverage_times = (trade.entered_usd / held).quantize(CENT)
    if trade.isolated:
        trade.margin_usd = held
        kept = rules.maintenance_usd(market, trade.entered_usd, trade.held_lots)
        trade.room_usd = held - kept


def note_buffer(trade: Trade, event: Event, market: MarketInfo, rules: Rules) -> None:
    """What was left of the room above maintenance margin when the owner first acted."""
    if trade.buffer_percent is not None or trade.margin_usd is None or trade.room_usd <= 0:
        return
    mark = market.mark(int(event.mark_subticks))
    coins = market.size(abs(trade.held_lots))
    way = 1 if trade.side == "long" else -1
    equity = trade.margin_usd + way * (mark - trade.entry_usd) * coins
    room = equity - rules.maintenance_usd(market, mark * coins, trade.held_lots)
    left = min(PERCENT, max(ZERO, room * PERCENT / trade.room_usd))
    trade.buffer_percent = left.quantize(CENT)
