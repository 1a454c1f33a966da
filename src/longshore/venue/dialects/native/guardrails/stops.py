"""A stop that is moved away: what more could be lost is told, and why is asked and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.practice.guardrails import stops
from longshore.practice.guardrails.log import WHYS, StopMoved
from longshore.practice.guardrails.stops import StopMove
from longshore.venue.dialects.native import draft
from longshore.venue.dialects.native.errors import REFUSED, ApiError, not_found
from longshore.venue.dialects.native.guardrails.guided import is_guided
from longshore.venue.dialects.native.positions import amount
from longshore.venue.dialects.native.schema.guardrails import StopMoveReply, WhyChoice
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.views import find_order

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.native.schema.bodies import AmendBody


class MoveQuery(Query):
    """Where the stop would stand."""

    trigger_price: str


async def ask_move(call: Call, query: MoveQuery) -> StopMoveReply:
    """What moving a stop would mean; of any other order nothing."""
    order_id = draft.order_id_of(call.path["id"])
    move = _moved(call, order_id, query.trigger_price)
    if move is None or not move.widens:
        return StopMoveReply(widens=False, more="0", text="", whys=[])
    info = call.venue.catalog.market(move.market_id)
    whys = [WhyChoice(code=code, label=say(f"why-{code}")) for code in WHYS]
    return StopMoveReply(
        widens=True,
        more=amount(info, move.more_atoms),
        text=told(info, move),
        whys=whys if is_guided(call) else [],
    )


def checked(call: Call, order_id: int, body: AmendBody) -> StopMoved | None:
    """What is put on record once a stop was moved away. Raises ApiError: it was not said why."""
    if body.trigger_price is None or not is_guided(call):
        return None
    move = _moved(call, order_id, body.trigger_price)
    if move is None or not move.widens:
        return None
    if body.why is None:
        info = call.venue.catalog.market(move.market_id)
        said = f"{told(info, move)} {say('stop-why')}"
        raise ApiError(REFUSED, "STOP_MOVED_AWAY", said, "why")
    return StopMoved(
        **call.venue.stamp(),
        order_id=order_id,
        why=body.why,
        before_ticks=move.before_ticks,
        after_ticks=move.after_ticks,
        more_atoms=move.more_atoms,
    )


def told(info: MarketInfo, move: StopMove) -> str:
    """How much more could be lost."""
    return say(
        "stop-widens",
        before=f"{info.price(move.before_ticks):,f}",
        after=f"{info.price(move.after_ticks):,f}",
        more=fmt.amount(info, move.more_atoms),
    )


def _moved(call: Call, order_id: int, price: str) -> StopMove | None:
    order = find_order(call.venue.view, call.account_id, order_id)
    if order is None:
        raise not_found("order", "id")
    info = call.venue.catalog.market(int(order.market_id))
    return stops.moved(call.venue.view, order, draft.ticks(info, price, "trigger_price"))
