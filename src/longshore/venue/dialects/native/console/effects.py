"""What would come of an operator's act: its command is carried out on a copy and looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from longshore.engine.events import EventKind
from longshore.explain import downtimes
from longshore.explain import operator as told
from longshore.explain.changes import said
from longshore.explain.sentences import say
from longshore.practice.whatif import WhatIf
from longshore.venue.dialects.native.changes import terms_command
from longshore.venue.dialects.native.console import waiting
from longshore.venue.dialects.native.console.acts import index_command, state_command
from longshore.venue.dialects.native.console.markets import standing
from longshore.venue.dialects.native.console.proposals import found_proposal
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.errors import bad_value, refusal_in, refusal_reply
from longshore.venue.dialects.native.four_eyes import takes_two
from longshore.venue.dialects.native.maintenance import course, maintenance_command
from longshore.venue.dialects.native.markets import NUMBER_MAX, limited
from longshore.venue.dialects.native.schema.console import Effect, EffectBody
from longshore.venue.dialects.native.wire import Call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from longshore.engine.rows import Command, Event
    from longshore.venue.context import Venue

TRIED = ("state", "index", "terms")
"""Acts whose command is carried out on a copy."""
ACTS = (
    *(*TRIED, "maintenance", "maintenance_off", "notice"),
    *("trouble", "clock", "cut", "rest", "export", "proposal"),
    *waiting.ACTS,
)


async def ask_effect(call: Call, body: EffectBody) -> Effect:
    """What an act would change and what would come of it at once; nothing is done."""
    given = [name for name in ACTS if getattr(body, name)]
    if len(given) != 1:
        raise bad_value(f"One of {', '.join(ACTS)}.", given[1] if given else "state")
    [act] = given
    if act == "proposal":
        return _proposed(call, body.proposal)
    details, name = _details(getattr(body, act)), act.replace("_", "-")
    effect = _effect(call, name, details, body)
    if takes_two(call, name, details):
        effect.effects.insert(0, say("operator-takes-two"))
    return effect


def _proposed(call: Call, number: int) -> Effect:
    """What would come of a proposal, were it approved now."""
    limited(number, NUMBER_MAX, "proposal")
    asked = found_proposal(call, number, "proposal").asked
    body = EffectBody()
    if asked.act in (*TRIED, "maintenance"):
        body = msgspec.convert({asked.act: asked.body}, EffectBody)
    return _effect(call, asked.act, asked.given, body)


def _effect(call: Call, act: str, details: dict[str, Any], body: EffectBody) -> Effect:
    if body.maintenance is not None:
        return _planned(call.venue, details, maintenance_command(call.venue, body.maintenance))
    if act in TRIED:
        return _tried(call.venue, act, details, _command(call.venue, body))
    if act.replace("-", "_") in waiting.ACTS:
        effects, refused = waiting.effects(call, body)
        return Effect(text=told.did(act, details), effects=effects, refused=refused)
    if act in ("trouble", "cut"):
        means = told.reaches_sockets(call.venue.trouble.open_sockets)
    else:
        means = told.means(act)
    return Effect(text=told.did(act, details), effects=[means], refused="")


def _details(asked: Any) -> dict[str, Any]:
    """What an act is asked with, as the log keeps it."""
    if isinstance(asked, str):
        return {"world": asked}
    if asked is not True and isinstance(asked, int):
        return {"id": asked}
    return {} if asked is True else dict(msgspec.to_builtins(asked))


def _command(venue: Venue, body: EffectBody) -> Command:
    if body.state is not None:
        return state_command(venue, body.state)
    if body.index is not None:
        return index_command(venue, body.index)
    assert body.terms is not None
    return terms_command(venue, body.terms)


def _tried(venue: Venue, act: str, details: dict[str, Any], command: Command) -> Effect:
    events = WhatIf(venue.view).run(command)
    refusal = refusal_in(events)
    if refusal is not None:
        why = refusal_reply(refusal).message
        return Effect(text=told.did(act, details), effects=[], refused=why)
    here = standing(venue, market_of(venue.catalog, details["symbol"]).market_id)
    effects = [*_of_act(venue, act, details, events), told.stands_there(*here), *_of_all(events)]
    return Effect(text=told.did(act, details), effects=effects, refused="")


def _planned(venue: Venue, details: dict[str, Any], command: Command) -> Effect:
    """The course of a maintenance, tried as well: another may be in its way."""
    events = WhatIf(venue.view).run(command)
    text, refusal = told.did("maintenance", details), refusal_in(events)
    if refusal is not None:
        return Effect(text=text, effects=[], refused=refusal_reply(refusal).message)
    effects = [*downtimes.means(course(command, events)), say("downtime-ends")]
    return Effect(text=text, effects=effects, refused="")


def _of_act(venue: Venue, act: str, details: dict[str, Any], events: Sequence[Event]) -> list[str]:
    """What is particular about it."""
    if act == "state":
        return [told.state_means(details["state"])]
    info = market_of(venue.catalog, details["symbol"])
    if act == "index":
        published = next(each for each in events if each.kind == EventKind.INDEX_PUBLISHED)
        return [told.index_means(info, int(published.index_subticks))]
    row = venue.view.markets[info.market_id]
    kinds = (EventKind.TERMS_ANNOUNCED, EventKind.TERMS_CHANGED)
    return [said(each, info, row) for each in events if each.kind in kinds]


def _of_all(events: Sequence[Event]) -> list[str]:
    """What happens to anybody at once."""
    closed = {each.account_id for each in events if each.kind == EventKind.LIQUIDATION_STARTED}
    ended = {each.order_id for each in events if each.kind == EventKind.ORDER_ENDED}
    fired = {each.order_id for each in events if each.kind == EventKind.ORDER_TRIGGERED}
    return told.comes_of_it(liquidated=len(closed), fired=len(fired), ended=len(ended))
