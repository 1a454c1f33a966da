"""Terms that change while the world runs: the operator says it, everybody may read what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import CHANGES_MAX
from longshore.engine.rows import Command
from longshore.rulebooks.changing import TermValueError, from_engine, name_of, to_engine
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.conditions import time_us
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.errors import bad_value, raise_refusal
from longshore.venue.dialects.native.schema.account import TermsChange
from longshore.venue.dialects.native.schema.bodies import TermsBody
from longshore.venue.dialects.native.wire import Call, decimal

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue


async def change_terms(call: Call, body: TermsBody) -> TermsChange:
    """New values of one term, now or at a time of the world."""
    info = market_of(call.venue.catalog, body.symbol)
    [events] = await call.venue.submit([terms_command(call.venue, body)])
    raise_refusal(events)
    told = next(e for e in events if e.kind in (EventKind.TERMS_ANNOUNCED, EventKind.TERMS_CHANGED))
    parts = (int(told.value_atoms), int(told.amount_atoms), int(told.expire_us))
    return _change(call, info, (int(told.type), int(told.flag)), parts)


def terms_command(venue: Venue, body: TermsBody) -> Command:
    """The change as a command. Raises ApiError: values that are none, no such market."""
    info = market_of(venue.catalog, body.symbol)
    row = venue.view.markets[info.market_id]
    values = [decimal(value, "values") for value in body.values]
    try:
        changed = to_engine(body.term, values, info, row)
    except TermValueError as error:
        raise bad_value(f"{error}.", "values") from error
    if not 0 <= body.tier < 2**31:
        raise bad_value("Tiers are counted from 0.", "tier")
    command = Command(
        kind=CommandKind.CHANGE_TERMS,
        origin=Origin.OPERATOR,
        market_id=info.market_id,
        type=changed.term,
        number=body.tier,
        value=changed.value,
        other_value=changed.other,
    )
    if body.effective_ms is not None:
        command.expire_us = time_us(body.effective_ms, "effective_ms")
    return command


async def list_changes(call: Call) -> list[TermsChange]:
    """What has been announced of one market and waits, the soonest first."""
    info = market_of(call.venue.catalog, call.path["symbol"])
    rows = [call.venue.view.changes[at] for at in range(1, CHANGES_MAX + 1)]
    waiting = [row for row in rows if row.term and row.market_id == info.market_id]
    return [
        _change(
            call,
            info,
            (int(row.term), int(row.number)),
            (int(row.value), int(row.other_value), int(row.due_us)),
        )
        for row in sorted(waiting, key=lambda row: int(row.due_us))
    ]


def _change(
    call: Call, info: MarketInfo, what: tuple[int, int], parts: tuple[int, int, int]
) -> TermsChange:
    value, other, due_us = parts
    market = call.venue.view.markets[info.market_id]
    values = from_engine(what[0], value, other, info, market)
    return TermsChange(
        symbol=info.symbol,
        term=name_of(what[0]),
        tier=what[1],
        values=[render.text(each) for each in values],
        effective_ms=render.ms(due_us),
    )
