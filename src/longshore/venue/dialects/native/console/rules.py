"""The rules in force beside their file, and beside another rulebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore import rulebooks
from longshore.engine.engine import Engine
from longshore.explain.operator import term
from longshore.rulebooks import RulebookError
from longshore.rulebooks.changing import name_of, standing
from longshore.rulebooks.compare import compare
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.errors import bad_value
from longshore.venue.dialects.native.schema.console import RuleDifference, Rules, TermNow
from longshore.venue.dialects.native.wire import Call, Query

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue


class RulesQuery(Query):
    """Of which market; and which other rulebook this world's is to be laid beside."""

    symbol: str
    against: str = ""


async def get_rules(call: Call, query: RulesQuery) -> Rules:
    """A market's terms that may change, now and in the file; and where another rulebook differs."""
    venue = call.venue
    info = market_of(venue.catalog, query.symbol)
    return Rules(
        symbol=info.symbol,
        rulebook=venue.rulebook.id,
        terms=_terms(venue, info),
        rulebooks=[each for each in rulebooks.available() if each != venue.rulebook.id],
        against=query.against,
        differences=_differences(venue, query.against) if query.against else [],
    )


def _terms(venue: Venue, info: MarketInfo) -> list[TermNow]:
    """The terms as they stand, each beside what a world that begins now would have."""
    in_file = standing(Engine(venue.world.parts.setup).view, info)
    return [
        TermNow(
            term=name_of(number),
            title=term(number),
            tier=tier,
            now=[render.text(each) for each in values],
            file=[render.text(each) for each in in_file[number, tier]],
        )
        for (number, tier), values in standing(venue.view, info).items()
    ]


def _differences(venue: Venue, against: str) -> list[RuleDifference]:
    try:
        other = rulebooks.load(against)
    except RulebookError as error:
        raise bad_value(f"{error}.", "against") from error
    return [
        RuleDifference(
            path=each.path,
            left=each.left,
            left_source=each.left_source,
            right=each.right,
            right_source=each.right_source,
        )
        for each in compare(venue.rulebook, other)
    ]
