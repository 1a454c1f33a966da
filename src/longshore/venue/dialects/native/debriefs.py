"""Debriefs: what each closed position came to beside its plan, and what is chosen in one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from longshore.explain import format as fmt
from longshore.explain.came_to import told_parts
from longshore.explain.sentences import say
from longshore.practice.debrief.keeping import FACTS
from longshore.practice.debrief.moments import CHANGES, READ, Choice, Moment
from longshore.practice.debrief.moves import MINUTE_US, Minute, Move, moves
from longshore.practice.debrief.story import NoDebriefError, Story, stories, story
from longshore.practice.debrief.telling import Debrief, after, before, debrief
from longshore.practice.guardrails.log import Chosen, is_guided
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.guardrails.near import told as near_told
from longshore.venue.dialects.native.markets import LimitQuery
from longshore.venue.dialects.native.planning import plan_row
from longshore.venue.dialects.native.positions import amount
from longshore.venue.dialects.native.schema.practice import (
    ChoiceBody,
    DebriefChoice,
    DebriefFact,
    DebriefInfo,
    DebriefLine,
    DebriefMoment,
    DebriefMove,
    DebriefPart,
    DebriefReply,
)
from longshore.venue.dialects.native.wire import Call
from longshore.venue.history import END, CandleKind, Span
from longshore.world.sequencer import StoppedError

if TYPE_CHECKING:
    from longshore.engine.rows import Event, Market
    from longshore.practice.guardrails.log import Logged
    from longshore.practice.plan import Plan
    from longshore.rulebooks import MarketInfo

MINUTE_S = 60


async def list_debriefs(call: Call, query: LimitQuery) -> list[DebriefInfo]:
    """The account's closed positions, newest first, each with its score."""
    events = await _events(call)
    found = list(stories(events, call.account_id, _markets(call)))
    return [_info(call, each) for each in found[::-1][: query.span().limit]]


async def get_debrief(call: Call) -> DebriefReply:
    """One closed position: parts, plan beside what happened, what was kept, its moments."""
    return await _reply(call, await _story(call))


async def choose(call: Call, body: ChoiceBody) -> DebriefReply:
    """Choose at a moment; the first choice stands, and what came of the moment is told."""
    told = await _story(call)
    made = _made(call, told)
    allowed: dict[int, tuple[str, ...]] = {each.seq: each.choices for each in made.moments}
    allowed[READ] = ("read",)
    if body.moment not in allowed:
        raise bad_value("There is no such moment.", "moment")
    if body.choice not in allowed[body.moment]:
        raise bad_value("This cannot be chosen there.", "choice")
    seq = int(call.venue.view.seq)
    call.venue.plans.choose(call.account_id, told.key, body.moment, body.choice, seq)
    return await _reply(call, told)


async def _events(call: Call) -> list[Event]:
    # An account is shown as the engine has it, a moment before that is durable and in history. A
    # world that has stopped has nothing on its way.
    with suppress(StoppedError):
        await call.venue.sequencer.between_batches(lambda: None)
    return await call.venue.history.every_account_event(call.account_id)


async def _story(call: Call) -> Story:
    events = await _events(call)
    try:
        return story(events, call.account_id, _markets(call), call.path["id"])
    except NoDebriefError:
        raise not_found("debrief", "id") from None


def _markets(call: Call) -> dict[int, Market]:
    view = call.venue.view
    return {number: view.markets[number] for number in range(1, view.markets_count + 1)}


def _plans(call: Call, told: Story) -> list[Plan]:
    return call.venue.plans.of_orders(call.account_id, told.held.order_ids)


async def plan_of(call: Call) -> Plan | None:
    """The plan of the position that a path names; None where it had none."""
    plans = _plans(call, await _story(call))
    return plans[0] if plans else None


def _market(call: Call, told: Story) -> MarketInfo:
    return call.venue.catalog.market(told.held.market_id)


def _cause(call: Call, told: Story) -> str:
    return say(f"cause-{render.cause_of(_market(call, told), told.end)}")


def _made(call: Call, told: Story) -> Debrief:
    chosen = call.venue.plans.choices(call.account_id, told.key)
    plans = _plans(call, told)
    return debrief(told, _market(call, told), plans, chosen, _cause(call, told))


def _info(call: Call, told: Story) -> DebriefInfo:
    info, made = _market(call, told), _made(call, told)
    return DebriefInfo(
        id=told.key,
        time=render.ms(told.end.time_us),
        symbol=info.symbol,
        side="long" if told.held.is_long else "short",
        size=render.size(info, told.most_lots),
        cause_text=_cause(call, told),
        result=amount(info, told.parts.result_atoms),
        result_text=fmt.amount(info, told.parts.result_atoms),
        score=made.score,
        facts=len(FACTS),
        read=_is_kept(made, "debrief"),
    )


async def _reply(call: Call, told: Story) -> DebriefReply:
    info, made, plans = _market(call, told), _made(call, told), _plans(call, told)
    log = call.venue.guardrails.log(call.account_id)
    guided = is_guided(log, told.held.opened_seq)
    shown = told_parts(info, told.parts)
    return DebriefReply(
        id=told.key,
        symbol=info.symbol,
        side="long" if told.held.is_long else "short",
        opened=render.ms(told.held.opened_us),
        closed=render.ms(told.end.time_us),
        cause=render.cause_of(info, told.end),
        headline=made.headline,
        result=render.text(info.settle.amount(told.parts.result_atoms)),
        result_text=shown.amount,
        parts=[
            DebriefPart(
                key=part.key,
                label=part.label,
                amount=part.amount,
                exact=render.text(info.settle.amount(part.atoms)),
            )
            for part in shown.rows
        ],
        plan=plan_row(info, plans[0]) if plans else None,
        lines=[
            DebriefLine(
                key=row.key,
                label=say(f"debrief-row-{row.key}"),
                planned=row.planned,
                actual=row.actual,
                kept=row.kept,
            )
            for row in made.rows
        ],
        facts=[
            DebriefFact(
                key=fact.key,
                text=say(f"fact-{fact.key}-{'kept' if fact.kept else 'broken'}"),
                kept=fact.kept,
            )
            for fact in made.facts
        ],
        score=made.score,
        moments=[await _moment(call, told, made, each) for each in made.moments],
        moves=[
            _move(move, told=_is_kept(made, "debrief"))
            for move in moves(told, info, log, await _minutes(call, told))
        ],
        near=_near(told, info, log),
        guided=guided,
        guided_text=say("debrief-guided" if guided else "debrief-unguided"),
        practise=made.practise,
        rule=made.rule,
        liquidation=told.liquidation,
        read=_is_kept(made, "debrief"),
    )


def _is_kept(made: Debrief, key: str) -> bool:
    return any(fact.key == key and fact.kept for fact in made.facts)


def _move(move: Move, *, told: bool) -> DebriefMove:
    """A move of the stop; what came of it only once it may be told."""
    return DebriefMove(
        id=move.seq,
        time=render.ms(move.time_us),
        kind=move.kind.value,  # type: ignore[arg-type]  # moves alone are among them
        text=move.text,
        why=move.why,
        more=move.more,
        outcome=move.outcome if told else "",
    )


def _near(told: Story, info: MarketInfo, log: list[Logged]) -> list[str]:
    """What was chosen near liquidation while it was open."""
    mine = (told.held.market_id, told.held.is_long)
    span = range(told.held.opened_seq, told.end.seq + 1)
    return [
        f"{fmt.moment(entry.time_us)}: {near_told(entry, info)}"
        for entry in log
        if isinstance(entry, Chosen)
        and (entry.market_id, entry.is_long) == mine
        and entry.seq in span
    ]


async def _minutes(call: Call, told: Story) -> list[Minute]:
    """The mark from the minute of the opening to the end."""
    first = told.held.opened_us // MINUTE_US * MINUTE_US
    span = Span(after_us=first, before_us=told.end.time_us + 1, limit=END)
    found = await call.venue.history.candles(told.held.market_id, CandleKind.MARK, MINUTE_S, span)
    return [Minute(bar.start_us, bar.low_subticks, bar.high_subticks) for bar in found]


async def _moment(call: Call, told: Story, made: Debrief, moment: Moment) -> DebriefMoment:
    info = _market(call, told)
    found = call.venue.plans.choices(call.account_id, told.key).get(moment.seq)
    chosen = next((code for code in moment.choices if code == found), None)
    return DebriefMoment(
        id=moment.seq,
        time=render.ms(moment.time_us),
        seq=moment.before_seq,
        text=before(info, moment, await _mark(call, info, moment.time_us)),
        choices=[
            DebriefChoice(code=code, label=_label(moment, code), change=CHANGES.get(code))
            for code in moment.choices
        ],
        chosen=chosen,
        after=after(info, moment, made, _cause(call, told)) if chosen else "",
    )


def _label(moment: Moment, code: Choice) -> str:
    if code == "did" or (code, moment.kind) == ("leave", "opened"):
        return say(f"choice-{moment.kind}-{code}")
    return say(f"choice-{code}")


async def _mark(call: Call, info: MarketInfo, time_us: int) -> str:
    """The mark as it stood at the end of the last whole minute before."""
    span = Span(before_us=time_us, limit=1)
    candles = await call.venue.history.candles(info.market_id, CandleKind.MARK, MINUTE_S, span)
    return fmt.price(info, candles[-1].close_subticks) if candles else "–"
