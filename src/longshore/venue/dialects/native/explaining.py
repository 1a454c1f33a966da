"""Preview and explain: the engine's own answers, before an order and while it is held."""

from __future__ import annotations

import msgspec

from longshore.engine.codes import Leg
from longshore.engine.limits import MARKETS_MAX
from longshore.explain.figures import figures
from longshore.explain.position import position_sentences
from longshore.explain.sentences import facts, listening
from longshore.practice.preview import preview as try_order
from longshore.practice.receipt import Draft, Preview, Row
from longshore.venue.dialects.native import draft, positions
from longshore.venue.dialects.native.after_loss import size_after_loss
from longshore.venue.dialects.native.autopsy import autopsy
from longshore.venue.dialects.native.errors import bad_value, field_of, not_found
from longshore.venue.dialects.native.schema import explain as wire
from longshore.venue.dialects.native.schema.base import LegName, OrderKind, SideName, SignalName
from longshore.venue.dialects.native.schema.bodies import OrderBody
from longshore.venue.dialects.native.schema.explain import Cost, ExplainReply, Figure, PreviewReply
from longshore.venue.dialects.native.wire import Call, Query


class ExplainQuery(Query):
    """One of: `when=before` with an order's fields, `position=SYMBOL`, `liquidation=ID`."""

    when: str = ""
    position: str = ""
    leg: LegName | None = None
    liquidation: str = ""
    symbol: str = ""
    side: SideName = "buy"
    type: OrderKind = "market"
    size: str = ""
    price: str | None = None
    trigger_price: str | None = None
    trigger_signal: SignalName = "mark"
    reduce_only: bool = False
    leverage: str | None = None
    stop_price: str | None = None
    target_price: str | None = None


async def preview_order(call: Call, body: OrderBody) -> PreviewReply:
    """What an order would do now, tried on a copy of the state by the engine itself."""
    info = draft.market_of(call.venue.catalog, body.symbol)
    command = draft.place_command(call, info, msgspec.structs.replace(body, client_id=""))
    wanted = Draft(
        command=command,
        leverage_ppm=None if body.leverage is None else draft.leverage_ppm(body.leverage),
    )
    if body.stop_price is not None:
        wanted.stop_ticks = draft.ticks(info, body.stop_price, "stop_price")
    if body.target_price is not None:
        draft.ticks(info, body.target_price, "target_price")  # read, though it changes no number
    moves = await call.venue.moves.of(info.market_id, call.venue.now_us)
    with listening() as heard:
        made = try_order(call.venue.view, call.venue.rulebook, wanted, moves)
    reply = _preview_reply(made, int(call.venue.view.seq))
    reply.facts = facts(heard, made.sentences or [made.reason])
    reply.warnings = await size_after_loss(call, info, command)
    if made.held is not None and made.held.qty_lots:
        reply.liquidation = positions.liquidation(made.held, info, moves)
    return reply


def _preview_reply(made: Preview, seq: int) -> PreviewReply:
    return PreviewReply(
        ok=made.ok,
        reject=made.reject,
        reason=made.reason,
        field=field_of(made.reject),
        seq=seq,
        sentences=made.sentences,
        rows=[_row(row) for row in made.rows],
        costs=[Cost(label=cost.label, amount=cost.amount) for cost in made.costs],
        liquidation=None,
        submit_label=made.submit_label,
    )


def _row(row: Row) -> wire.Row:
    return wire.Row(label=row.label, before=row.before, after=row.after, key=row.key)


async def explain(call: Call, query: ExplainQuery) -> ExplainReply:
    """An order before it is sent, a position as it stands, or a liquidation that happened."""
    with listening() as heard:
        reply = await _explained(call, query)
    reply.facts = facts(heard, reply.sentences)
    return reply


async def _explained(call: Call, query: ExplainQuery) -> ExplainReply:
    if query.when == "before":
        return await _explain_before(call, query)
    if query.position:
        return await _explain_position(call, query.position, draft.LEGS[query.leg])
    if query.liquidation:
        return await autopsy(call, query.liquidation)
    raise bad_value("One of when=before, position=SYMBOL, liquidation=ID.", "when")


async def _explain_before(call: Call, query: ExplainQuery) -> ExplainReply:
    shared = set(OrderBody.__struct_fields__) & set(ExplainQuery.__struct_fields__)
    fields = {name: getattr(query, name) for name in shared}
    made = await preview_order(call, OrderBody(**fields))
    numbers = [Figure(label=row.label, value=row.after) for row in made.rows]
    sentences = made.sentences or [made.reason]
    return ExplainReply(when="before", sentences=sentences, numbers=numbers)


async def _explain_position(call: Call, symbol: str, leg: Leg) -> ExplainReply:
    venue = call.venue
    info = draft.market_of(venue.catalog, symbol)
    if not info.is_margined:
        raise not_found("position", "position")
    moves = await venue.moves.of(info.market_id, venue.now_us)
    place = info.market_id + (MARKETS_MAX if leg == Leg.SHORT else 0)
    held = figures(venue.view, call.account_id, place)
    if not held.qty_lots:
        raise not_found("position", "position")
    said = position_sentences(venue.view, held, info, moves)
    numbers = positions.shown_figures(held, info, moves)
    return ExplainReply(when="position", sentences=said, numbers=numbers)
