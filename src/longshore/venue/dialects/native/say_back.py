"""A position said back: blanks and chips, what of it is so, and worlds of what is not."""

from __future__ import annotations

from longshore.engine.codes import Leg
from longshore.engine.limits import MARKETS_MAX
from longshore.practice.believed import Blank
from longshore.practice.say_back import BLANKS, SayBack
from longshore.venue.dialects.native import draft
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.schema.base import LegName
from longshore.venue.dialects.native.schema.practice import (
    SayBackBlank,
    SayBackBlanks,
    SayBackBody,
    SayBackChip,
    SayBackGrade,
    SayBackReply,
    SayBackWorld,
)
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.views import position


class LegQuery(Query):
    """Which leg, where a market holds two."""

    leg: LegName | None = None


class BeliefQuery(Query):
    """A blank and the chip in it."""

    blank: Blank
    chip: str
    leg: LegName | None = None


async def blanks(call: Call, query: LegQuery) -> SayBackBlanks:
    """The six blanks of a held position and the chips that go into them."""
    said = _said(call, query.leg)
    return SayBackBlanks(
        symbol=said.market.symbol,
        blanks=[
            SayBackBlank(
                blank=each.blank,
                before=each.before,
                chips=[SayBackChip(id=chip.id, label=chip.label) for chip in each.chips],
            )
            for each in said.asked()
        ],
    )


async def grade(call: Call, body: SayBackBody) -> SayBackReply:
    """Each blank that was filled, held against the account."""
    said = _said(call, body.leg)
    try:
        graded = said.graded(body.said)
    except KeyError as error:
        raise bad_value(f"No blank has the chip {error}.", "said") from error
    return SayBackReply(
        symbol=said.market.symbol,
        passed=len(graded) == len(BLANKS) and all(each.right for each in graded),
        blanks=[
            SayBackGrade(blank=g.blank, chip=g.chip, right=g.right, because=g.because)
            for g in graded
        ],
    )


async def if_true(call: Call, query: BeliefQuery) -> SayBackWorld:
    """The world in which a chip were true, run beside the one that is."""
    try:
        found = _said(call, query.leg).if_true(query.blank, query.chip)
    except KeyError as error:
        raise bad_value(f"No blank has the chip {error}.", "chip") from error
    return SayBackWorld(happens=found.happens, believed=found.believed, real=found.real)


def _said(call: Call, leg: LegName | None) -> SayBack:
    info = draft.market_of(call.venue.catalog, call.path["symbol"])
    place = info.market_id + (MARKETS_MAX if draft.LEGS[leg] == Leg.SHORT else 0)
    if not info.is_margined or not position(call.venue.view, call.account_id, place).qty_lots:
        raise not_found("position", "symbol")
    return SayBack(call.venue.view, call.account_id, place, info)
