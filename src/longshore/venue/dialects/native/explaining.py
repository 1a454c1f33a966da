"""Preview and explain: the engine's own answers, before an order and while it is held."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from longshore.engine.codes import GATE_REASONS, STATE_REASONS, Leg, Reject
from longshore.engine.limits import MARKETS_MAX
from longshore.explain.figures import figures
from longshore.explain.position import position_sentences
from longshore.explain.sentences import Fact as Heard
from longshore.explain.sentences import facts, listening
from longshore.explain.trees.node import Why
from longshore.practice.explained import explained
from longshore.practice.preview import preview as try_order
from longshore.practice.receipt import Draft, Preview, Row
from longshore.rulebooks import MarketInfo
from longshore.venue.dialects.native import brackets, draft, positions
from longshore.venue.dialects.native.after_loss import size_after_loss
from longshore.venue.dialects.native.autopsy import autopsy
from longshore.venue.dialects.native.errors import bad_value, field_of, not_found
from longshore.venue.dialects.native.guardrails.orders import Opening, held_up
from longshore.venue.dialects.native.markets import funding_now
from longshore.venue.dialects.native.planning import planned_loss
from longshore.venue.dialects.native.schema import explain as wire
from longshore.venue.dialects.native.schema.base import LegName, OrderKind, SideName, SignalName
from longshore.venue.dialects.native.schema.bodies import OrderBody
from longshore.venue.dialects.native.schema.explain import (
    Cost,
    ExplainReply,
    Fact,
    Figure,
    Node,
    PreviewReply,
)
from longshore.venue.dialects.native.trees import (
    chosen,
    node,
    of_account,
    of_market,
    of_position,
)
from longshore.venue.dialects.native.wire import Call, Query


class ExplainQuery(Query):
    """What is to be explained, and with `number` the tree of one number of it, or of `all`.

    One of: `when=before` with an order's fields, `when=account`, `position=SYMBOL`,
    `market=SYMBOL`, `liquidation=ID`.
    """

    when: str = ""
    number: str = ""
    market: str = ""
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


GATES = {each.name for each in (*GATE_REASONS, *STATE_REASONS, Reject.LEVERAGE_CAPPED)}
"""Refusals that the account page says more about."""


async def preview_order(call: Call, body: OrderBody) -> PreviewReply:
    """What an order would do now, tried on a copy of the state by the engine itself."""
    info = draft.market_of(call.venue.catalog, body.symbol)
    body = brackets.as_prices(call, body)
    wanted = wanted_order(call, info, body)
    moves = await call.venue.moves.of(info.market_id, call.venue.now_us)
    with listening() as heard:
        made = try_order(call.venue.view, call.venue.rulebook, wanted, moves)
    reply = _preview_reply(made, int(call.venue.view.seq))
    reply.facts = wire_facts(heard, made.sentences or [made.reason])
    come_to = brackets.results(call, body)
    reply.stop, reply.target = come_to.get("stop"), come_to.get("target")
    reply.warnings = await size_after_loss(call, info, wanted.command)
    await _hold_up(call, body, wanted, reply)
    if made.held is not None and made.held.qty_lots:
        reply.liquidation = positions.liquidation(made.held, info, moves)
    return reply


async def _hold_up(call: Call, body: OrderBody, wanted: Draft, reply: PreviewReply) -> None:
    """Say so where a guardrail would hold the order up, which the engine would take."""
    loss = planned_loss(call, body)
    found = await held_up(call, Opening(wanted.command, wanted.leverage_ppm, loss))
    if reply.ok and found is not None:
        reply.ok, reply.reject, reply.reason = False, found.code, found.text
        reply.field = found.field


def wanted_order(call: Call, info: MarketInfo, body: OrderBody) -> Draft:
    """An order as it would be sent, from the fields of its form."""
    command = draft.place_command(call, info, msgspec.structs.replace(body, client_id=""))
    wanted = Draft(
        command=command,
        leverage_ppm=None if body.leverage is None else draft.leverage_ppm(body.leverage),
    )
    if body.stop_price is not None:
        wanted.stop_ticks = draft.ticks(info, body.stop_price, "stop_price")
    if body.target_price is not None:
        draft.ticks(info, body.target_price, "target_price")  # read, though it changes no number
    return wanted


def _preview_reply(made: Preview, seq: int) -> PreviewReply:
    return PreviewReply(
        ok=made.ok,
        reject=made.reject,
        reason=made.reason,
        field=field_of(made.reject),
        seq=seq,
        sentences=made.sentences,
        rows=[_row(row) for row in made.rows],
        costs=[Cost(label=cost.label, amount=cost.amount, key=cost.key) for cost in made.costs],
        liquidation=None,
        submit_label=made.submit_label,
        gate=made.reject in GATES,
    )


def _row(row: Row) -> wire.Row:
    return wire.Row(label=row.label, before=row.before, after=row.after, key=row.key)


async def explain(call: Call, query: ExplainQuery) -> ExplainReply:
    """An order before it is sent, a position as it stands, or a liquidation that happened."""
    with listening() as heard:
        reply = await _explained(call, query)
    reply.facts = wire_facts(heard, reply.sentences)
    return reply


def wire_facts(heard: dict[str, Heard], sentences: Iterable[str]) -> list[Fact]:
    """Sentences that were heard, as facts on the wire."""
    return [Fact(key=f.key, params=f.params, text=f.text) for f in facts(heard, sentences)]


async def _explained(call: Call, query: ExplainQuery) -> ExplainReply:
    if query.when == "before":
        return await _explain_before(call, query)
    if query.when == "account":
        return _explain_account(call, query.number)
    if query.market:
        return _explain_market(call, query)
    if query.position:
        return await _explain_position(call, query)
    if query.liquidation:
        return await autopsy(call, query.liquidation)
    one_of = "when=before, when=account, position=SYMBOL, market=SYMBOL, liquidation=ID"
    raise bad_value(f"One of {one_of}.", "when")


async def _explain_before(call: Call, query: ExplainQuery) -> ExplainReply:
    shared = set(OrderBody.__struct_fields__) & set(ExplainQuery.__struct_fields__)
    fields = {name: getattr(query, name) for name in shared}
    body = OrderBody(**fields)
    made = await preview_order(call, body)
    numbers = [Figure(label=row.label, value=row.after) for row in made.rows]
    sentences = made.sentences or [made.reason]
    trees = chosen(_order_trees(call, body), query.number) if made.ok else []
    return ExplainReply(when="before", sentences=sentences, numbers=numbers, trees=trees)


async def explain_order(call: Call, body: OrderBody) -> ExplainReply:
    """The trees of an order's receipt: why each number after it, and each cost, is what it is."""
    trees = _order_trees(call, body)
    nodes = [node(tree) for tree in trees]
    return ExplainReply(when="before", sentences=[], numbers=shown(trees), trees=nodes)


def _order_trees(call: Call, body: OrderBody) -> list[Why]:
    wanted = wanted_order(call, draft.market_of(call.venue.catalog, body.symbol), body)
    return explained(call.venue.view, call.venue.rulebook, wanted)


def _explain_account(call: Call, number: str) -> ExplainReply:
    trees = of_account(call.venue, call.account_id)
    found = chosen(trees, number)
    return ExplainReply(when="account", sentences=[], numbers=shown(trees), trees=found)


def _explain_market(call: Call, query: ExplainQuery) -> ExplainReply:
    info = draft.market_of(call.venue.catalog, query.market)
    trees = of_market(call.venue, info.market_id)
    funding = funding_now(call.venue, info)
    return ExplainReply(
        when="market",
        sentences=[funding.text] if funding else [],
        numbers=shown(trees),
        trees=chosen(trees, query.number),
    )


def shown(trees: list[Why]) -> list[Figure]:
    """What trees are about, in short."""
    return [Figure(label=tree.label, value=tree.value) for tree in trees]


async def _explain_position(call: Call, query: ExplainQuery) -> ExplainReply:
    venue, leg = call.venue, draft.LEGS[query.leg]
    info = draft.market_of(venue.catalog, query.position)
    if not info.is_margined:
        raise not_found("position", "position")
    moves = await venue.moves.of(info.market_id, venue.now_us)
    place = info.market_id + (MARKETS_MAX if leg == Leg.SHORT else 0)
    held = figures(venue.view, call.account_id, place)
    if not held.qty_lots:
        raise not_found("position", "position")
    said = position_sentences(venue.view, held, info, moves)
    numbers = positions.shown_figures(held, info, moves)
    trees: list[Node] = []
    if query.number:
        trees = chosen(of_position(venue, call.account_id, place), query.number)
    return ExplainReply(when="position", sentences=said, numbers=numbers, trees=trees)
