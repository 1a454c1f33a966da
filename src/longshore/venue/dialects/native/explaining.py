"""Preview and explain: the engine's own answers, before an order and after a liquidation."""

from __future__ import annotations

import re

import msgspec

from longshore.explain.figures import figures
from longshore.explain.liquidation import LiquidationStory, liquidation
from longshore.explain.position import position_sentences
from longshore.practice.preview import preview as try_order
from longshore.practice.receipt import Draft, Preview, Row
from longshore.venue.dialects.native import draft, positions, schema
from longshore.venue.dialects.native.errors import bad_value, field_of, not_found
from longshore.venue.dialects.native.schema import (
    Cost,
    ExplainReply,
    Figure,
    OrderBody,
    OrderKind,
    PreviewReply,
    SideName,
    SignalName,
)
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.history import Span

EVENTS_MAX = 50_000
_LIQUIDATION_ID = re.compile(r"(\d{1,18})-(\d{1,9})")


class ExplainQuery(Query):
    """One of: `when=before` with an order's fields, `position=SYMBOL`, `liquidation=ID`."""

    when: str = ""
    position: str = ""
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
    moves = await call.venue.moves.of(info.market_id, call.venue.now_us)
    made = try_order(call.venue.view, call.venue.rulebook, wanted, moves)
    reply = _preview_reply(made, int(call.venue.view.seq))
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


def _row(row: Row) -> schema.Row:
    return schema.Row(label=row.label, before=row.before, after=row.after, key=row.key)


async def explain(call: Call, query: ExplainQuery) -> ExplainReply:
    """An order before it is sent, a position as it stands, or a liquidation that happened."""
    if query.when == "before":
        return await _explain_before(call, query)
    if query.position:
        return await _explain_position(call, query.position)
    if query.liquidation:
        return await _explain_liquidation(call, query.liquidation)
    raise bad_value("One of when=before, position=SYMBOL, liquidation=ID.", "when")


async def _explain_before(call: Call, query: ExplainQuery) -> ExplainReply:
    shared = set(OrderBody.__struct_fields__) & set(ExplainQuery.__struct_fields__)
    fields = {name: getattr(query, name) for name in shared}
    made = await preview_order(call, OrderBody(**fields))
    numbers = [Figure(label=row.label, value=row.after) for row in made.rows]
    sentences = made.sentences or [made.reason]
    return ExplainReply(when="before", sentences=sentences, numbers=numbers)


async def _explain_position(call: Call, symbol: str) -> ExplainReply:
    venue = call.venue
    info = draft.market_of(venue.catalog, symbol)
    if not info.is_perpetual:
        raise not_found("position", "position")
    moves = await venue.moves.of(info.market_id, venue.now_us)
    held = figures(venue.view, call.account_id, info.market_id)
    if not held.qty_lots:
        raise not_found("position", "position")
    said = position_sentences(venue.view, held, info, moves)
    return ExplainReply(when="position", sentences=said, numbers=[])


async def _explain_liquidation(call: Call, liquidation_id: str) -> ExplainReply:
    story = await liquidation_story(call, liquidation_id)
    numbers = [Figure(label=part.label, value=part.amount) for part in story.parts]
    return ExplainReply(when="liquidation", sentences=story.sentences, numbers=numbers)


async def liquidation_story(call: Call, liquidation_id: str) -> LiquidationStory:
    """One liquidation of the account from its events; it must have ended."""
    found = _LIQUIDATION_ID.fullmatch(liquidation_id)
    if found is None:
        raise not_found("liquidation", "liquidation")
    place = (int(found[1]), int(found[2]))
    history = call.venue.history
    around = Span(after_key=(place[0], place[1] - 1), ascending=True, limit=1)
    records = await history.liquidations(call.account_id, around)
    if not records or (records[0].seq, records[0].index) != place or not records[0].ended_us:
        raise not_found("liquidation", "liquidation")
    end = (records[0].ended_seq, records[0].ended_index + 1)
    span = Span(before_key=end, limit=EVENTS_MAX)
    events = await history.account_events(call.account_id, span)
    return liquidation(events[::-1], call.venue.rulebook)
