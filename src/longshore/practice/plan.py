"""A plan before an order that opens risk: why, where it is wrong, what it may cost, the exit."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, get_args

import msgspec

from longshore.engine.codes import Side
from longshore.engine.state import State
from longshore.engine.units import PPM, mul_div_floor
from longshore.explain import format as fmt
from longshore.explain.moves import DayMoves
from longshore.explain.sentences import say
from longshore.practice.brackets import result_atoms
from longshore.practice.sizing import Sized
from longshore.rulebooks import MarketInfo

Reason = Literal["lesson", "breakout", "fade", "trend", "hedge", "copied", "other"]
REASONS: tuple[Reason, ...] = get_args(Reason)
START_LOSS_PPM = 10_000
START_STOP_PPM = 20_000
START_STOP_LEAST_PPM, START_STOP_MOST_PPM = 5_000, 30_000
START_TARGET_TIMES = 2


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What was meant when an order was placed; kept under the order's id.

    `target_ticks` or `hold_us` may be 0, not both. `lots` is the size of the order, `loss_atoms`
    the most it was to lose at `stop_ticks`, `entry_ticks` the price expected when it was sent.
    """

    order_id: int
    seq: int
    time_us: int
    market_id: int
    is_long: bool
    reason: Reason
    note: str
    stop_ticks: int
    loss_atoms: int
    target_ticks: int
    hold_us: int
    lots: int
    entry_ticks: int


class Start(msgspec.Struct, frozen=True):
    """Values to begin a plan with: nobody's advice, only a place to start from."""

    loss_atoms: int
    stop_ticks: int
    target_ticks: int
    text: str


def start(view: State, info: MarketInfo, side: int, equity_atoms: int, moves: DayMoves) -> Start:
    """A hundredth of equity, a stop half a typical day away, a target twice as far."""
    market = view.markets[info.market_id]
    way = 1 if side == Side.BUY else -1
    unit = info.settle.atoms(Decimal("0.0001") if info.is_in_coins else Decimal(1))
    loss = max(1, equity_atoms * START_LOSS_PPM // PPM // unit) * unit
    typical = moves.typical_ppm // 2 or START_STOP_PPM
    share = min(START_STOP_MOST_PPM, max(START_STOP_LEAST_PPM, typical))
    mark, tick = int(market.mark_subticks), int(market.tick_subticks)
    gap = mul_div_floor(mark, share, PPM)
    return Start(
        loss_atoms=loss,
        stop_ticks=max(1, (mark - way * gap) // tick),
        target_ticks=max(1, (mark + way * START_TARGET_TIMES * gap) // tick),
        text=say("plan-start", loss=fmt.amount(info, loss), pct=fmt.percent(share, PPM)),
    )


def told(
    view: State, info: MarketInfo, sized: Sized, stop_ticks: int, target_ticks: int, hold_us: int
) -> list[str]:
    """The size and what it risks, what the target keeps, how long it is meant to be held."""
    said = [
        say(
            "plan-least" if sized.limited == "least" else "plan-size",
            size=fmt.size(info, sized.lots),
            stop=f"{info.price(stop_ticks):,f}",
            loss=fmt.amount(info, sized.loss_atoms),
            fees=fmt.amount(info, sized.fees_atoms),
            slippage=fmt.amount(info, max(0, sized.slippage_atoms)),
        )
    ]
    if sized.limited == "book":
        said.append(say("plan-book", size=fmt.size(info, sized.lots)))
    if target_ticks:
        kept = result_atoms(view, sized.entry, target_ticks)
        key = "plan-target" if kept > 0 else "plan-target-loses"
        said.append(
            say(
                key,
                target=f"{info.price(target_ticks):,f}",
                amount=fmt.amount(info, abs(kept)),
                ratio=fmt.times(abs(kept), max(1, sized.loss_atoms)),
            )
        )
    if hold_us:
        said.append(say("plan-hold", time=fmt.countdown(hold_us)))
    return said
