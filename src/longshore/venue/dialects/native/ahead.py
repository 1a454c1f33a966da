"""What if: a held position at another price, later, at another funding rate."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Leg
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.units import PPM
from longshore.explain import format as fmt
from longshore.practice.ahead import Ahead, Move
from longshore.practice.ahead_told import told
from longshore.venue.dialects.native import draft, render
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.positions import amount
from longshore.venue.dialects.native.schema.base import LegName
from longshore.venue.dialects.native.schema.practice import AheadReply, Elsewhere
from longshore.venue.dialects.native.wire import Call, Query, decimal
from longshore.venue.views import position

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo

HOUR_US = 3_600_000_000
PERCENT = 100
BOUNDS = {"mark_percent": (-90, 200), "hours": (0, 720), "funding": (-10, 10)}


class AheadQuery(Query):
    """The mark so many percent higher or lower, after so many hours, funding so many times."""

    mark_percent: str = "0"
    hours: str = "0"
    funding: str = "1"
    leg: LegName | None = None


async def what_if_held(call: Call, query: AheadQuery) -> AheadReply:
    """What closing a position would leave at another price, later, at another funding rate."""
    info = draft.market_of(call.venue.catalog, call.path["symbol"])
    place = info.market_id + (MARKETS_MAX if draft.LEGS[query.leg] == Leg.SHORT else 0)
    if not info.is_margined or not position(call.venue.view, call.account_id, place).qty_lots:
        raise not_found("position", "symbol")
    move = Move(
        mark_ppm=_scaled(query.mark_percent, "mark_percent", PPM // PERCENT),
        after_us=_scaled(query.hours, "hours", HOUR_US),
        funding_ppm=_scaled(query.funding, "funding", PPM),
    )
    ahead = Ahead(call.venue.view, call.account_id, place)
    there = ahead.at(move)
    return AheadReply(
        symbol=info.symbol,
        text=told(info, move, there),
        price=_price(info, there.mark_subticks),
        closed=there.closed,
        result=amount(info, there.result_atoms),
        result_text=fmt.amount(info, there.result_atoms),
        mark=_price(info, int(call.venue.view.markets[info.market_id].mark_subticks)),
        curve=[
            Elsewhere(
                percent=render.text(Decimal(ppm) * PERCENT / PPM),
                price=_price(info, point.mark_subticks),
                result=amount(info, point.result_atoms),
                closed=point.closed,
            )
            for ppm, point in ahead.curve(move)
        ],
        unit=info.settle.code if info.is_in_coins else None,
    )


def _scaled(given: str, field: str, unit: int) -> int:
    """A number within the bounds of its field, in whole parts of a unit."""
    number = decimal(given, field)
    low, high = BOUNDS[field]
    if not low <= number <= high:
        raise bad_value(f"This is from {low} to {high}.", field)
    return int(number * unit)


def _price(info: MarketInfo, subticks: int) -> str:
    return render.mark(info, subticks) or "0"
