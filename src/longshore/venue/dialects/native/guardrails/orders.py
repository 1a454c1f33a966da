"""What holds an opening order of a guided person up: a pause, or a limit of the session.

Closing and reducing are never held up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Leg, Side
from longshore.engine.ledger import cross_wallet
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.margin import equity_atoms
from longshore.engine.rows import Command
from longshore.engine.units import PPM
from longshore.engine.value import value_at
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.practice.guardrails.session import limits_of
from longshore.venue.dialects.native.errors import REFUSED, ApiError
from longshore.venue.dialects.native.guardrails.guided import is_guided
from longshore.venue.dialects.native.guardrails.session import standing
from longshore.venue.views import position

if TYPE_CHECKING:
    from longshore.engine.rows import Order
    from longshore.engine.state import State
    from longshore.practice.guardrails.session import Session
    from longshore.venue.dialects.native.wire import Call


class Opening(msgspec.Struct, frozen=True):
    """An order as guardrails see it: `leverage_ppm` None leaves leverage, 0 is cross.

    `loss_atoms` is what its plan accepts to lose; 0: it has none.
    """

    command: Command
    leverage_ppm: int | None = None
    loss_atoms: int = 0


class HeldUp(msgspec.Struct, frozen=True):
    """Why an order is not sent: a stable name, the field it is about, a sentence."""

    code: str
    field: str
    text: str


async def check(call: Call, opening: Opening) -> None:
    """Raises ApiError where a guardrail holds the order up."""
    found = await held_up(call, opening)
    if found is not None:
        raise ApiError(REFUSED, found.code, found.text, found.field)


async def held_up(call: Call, opening: Opening) -> HeldUp | None:
    """What holds the order up, if anything does."""
    command = opening.command
    info = call.venue.catalog.market(int(command.market_id))
    if not info.is_margined or not is_guided(call) or not opens(call.venue.view, command):
        return None
    now = await standing(call)
    if now.pause is not None:
        left = fmt.countdown(now.pause.ends_us - call.venue.now_us)
        return HeldUp("COOL_DOWN", "", say("held-up-pause", time=left))
    return _by_limits(call.venue.view, now, opening)


def _by_limits(view: State, now: Session, opening: Opening) -> HeldUp | None:
    command, limits = opening.command, now.limits
    if limits is None:
        return None
    if now.is_out_of_trades and begins(view, command):
        return HeldUp("SESSION_TRADES", "", say("held-up-trades", most=str(limits.trades)))
    most = limits.leverage_ppm
    if most and leverage_ppm(view, opening) > most:
        return HeldUp(
            "SESSION_LEVERAGE", "leverage", say("held-up-leverage", most=fmt.times(most, PPM))
        )
    left = now.may_lose_atoms
    if left is not None and opening.loss_atoms > left:
        return HeldUp("SESSION_LOSS", "plan.max_loss", say("held-up-loss", left=fmt.money(left)))
    return None


async def check_leverage(call: Call, wanted_ppm: int) -> None:
    """Raises ApiError: a guided person wants a leverage above the session's most."""
    limits = limits_of(call.venue.guardrails.log(call.account_id)) if is_guided(call) else None
    most = limits.leverage_ppm if limits else 0
    if most and wanted_ppm > most:
        said = say("held-up-leverage", most=fmt.times(most, PPM))
        raise ApiError(REFUSED, "SESSION_LEVERAGE", said, "leverage")


def opens(view: State, command: Command) -> bool:
    """Whether an order could open risk or add to it; what can only shrink a position does not."""
    if command.reduce_only or command.closes:
        return False
    held = _held_lots(view, command)
    against = held > 0 if command.side == Side.SELL else held < 0
    if command.leg != Leg.ONE_WAY:
        return (command.leg == Leg.LONG) == (command.side == Side.BUY)
    return not against or int(command.qty_lots) > abs(held)


def begins(view: State, command: Command) -> bool:
    """Whether an opening order begins a position; else it adds to one."""
    held = _held_lots(view, command)
    return held == 0 or (held > 0) == (command.side == Side.SELL)


def leverage_ppm(view: State, opening: Opening) -> int:
    """The leverage that was chosen; in cross, position value after the order over equity."""
    command = opening.command
    held = position(view, int(command.account_id), _place(command))
    chosen = held.leverage_ppm if opening.leverage_ppm is None else opening.leverage_ppm
    isolated = held.isolated if opening.leverage_ppm is None else opening.leverage_ppm > 0
    if isolated:
        return int(chosen)
    market = view.markets[command.market_id]
    way = 1 if command.side == Side.BUY else -1
    lots = abs(int(held.qty_lots) + way * int(command.qty_lots))
    value = abs(int(value_at(market, market.mark_subticks, lots)))
    equity = int(equity_atoms(view, cross_wallet(view, command.account_id, market)))
    return value * PPM // max(1, equity)


def grown(order: Order, qty_lots: int) -> Command:
    """An order that is amended to a larger size, as one that asks for what is added."""
    return Command(
        account_id=order.account_id,
        market_id=order.market_id,
        side=order.side,
        qty_lots=qty_lots,
        reduce_only=order.reduce_only,
        closes=order.closes,
        leg=Leg.SHORT if order.place > MARKETS_MAX else Leg.ONE_WAY,
    )


def _held_lots(view: State, command: Command) -> int:
    return int(position(view, int(command.account_id), _place(command)).qty_lots)


def _place(command: Command) -> int:
    return int(command.market_id) + (MARKETS_MAX if command.leg == Leg.SHORT else 0)
