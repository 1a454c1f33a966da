"""What a stop or a target at a price comes to, and where one must stand to come to an amount.

The entry is tried on a copy of the state, its rest taken as filled; the exit is counted as a fill
that takes at the very price. Both fees are in: what is told is what is kept, but for slippage.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from longshore.engine.codes import Reject, Role, Side
from longshore.engine.fees import fee_atoms
from longshore.engine.rows import Command
from longshore.engine.state import State
from longshore.engine.value import signed_value, value_atoms
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.practice.trial import Trial, copied
from longshore.rulebooks import MarketInfo

REACH = 16
"""As many times the entry price as a target is looked for."""


class Entry(msgspec.Struct, frozen=True):
    """What an order would open: its size, signed entry value, fee, and mean price in ticks."""

    account_id: int
    market_id: int
    side: int
    lots: int
    value_atoms: int
    fee_atoms: int
    ticks: Decimal

    @property
    def way(self) -> int:
        """1: it gains when the price rises."""
        return 1 if self.side == Side.BUY else -1


def entry_of(view: State, command: Command, leverage_ppm: int | None) -> Entry | None:
    """The entry that an order would make, without its stop and target; None: it makes none."""
    bare = copied(command)
    bare.stop_ticks = bare.target_ticks = bare.signal = 0
    trial = Trial(view, bare, leverage_ppm)
    if trial.refusal != Reject.NONE:
        return None
    trades = trial.trades + (trial.fill_rest() if trial.rests else [])
    lots = sum(int(trade.qty_lots) for trade in trades)
    if lots == 0:
        return None
    market = view.markets[command.market_id]
    value = sum(int(value_atoms(market, t.price_ticks, t.qty_lots)) for t in trades)
    return Entry(
        account_id=int(command.account_id),
        market_id=int(command.market_id),
        side=int(command.side),
        lots=lots,
        value_atoms=int(signed_value(market, command.side, value)),
        fee_atoms=sum(int(trade.fee_atoms) for trade in trades),
        ticks=Decimal(sum(int(t.price_ticks) * int(t.qty_lots) for t in trades)) / lots,
    )


def result_atoms(view: State, entry: Entry, ticks: int) -> int:
    """Kept (above zero) or lost when all is closed at a price, both fees in.

    signed value there - signed value at entry - fee of the entry - taker's fee of the exit.
    """
    market = view.markets[entry.market_id]
    value = int(value_atoms(market, ticks, entry.lots))
    now = int(signed_value(market, entry.side, value))
    fee = int(fee_atoms(view, entry.account_id, market, Role.TAKER, value))
    return now - entry.value_atoms - entry.fee_atoms - fee


def ticks_for(view: State, entry: Entry, least_atoms: int) -> int | None:
    """The price furthest against the entry at which this much is kept; None: there is none.

    What is kept rises with the price of a long and falls with that of a short: found by halves.
    """
    low, high = 1, int(entry.ticks * REACH)

    def is_enough(ticks: int) -> bool:
        return result_atoms(view, entry, ticks) >= least_atoms

    if entry.way > 0 and is_enough(high) and not is_enough(low):
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if is_enough(middle) else (middle, high)
        return high
    if entry.way < 0 and is_enough(low) and not is_enough(high):
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if is_enough(middle) else (low, middle)
        return low
    return None


def told(view: State, info: MarketInfo, entry: Entry, ticks: int) -> str:
    """What a stop or target at a price comes to, in words."""
    kept = result_atoms(view, entry, ticks)
    return say(
        "bracket-keep" if kept >= 0 else "bracket-lose",
        price=f"{info.price(ticks):,f}",
        amount=fmt.amount(info, abs(kept)),
        pct=fmt.percent(abs(ticks - entry.ticks), entry.ticks),
    )
