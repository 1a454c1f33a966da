"""`OpenOrders`, `ClosedOrders`, `QueryOrders`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.venue.dialects.kraken_spot import facts as order_facts
from longshore.venue.dialects.kraken_spot import paging, refs
from longshore.venue.dialects.kraken_spot.decode import parts
from longshore.venue.dialects.kraken_spot.errors import INVALID_ORDER, ApiError, invalid
from longshore.venue.dialects.kraken_spot.ids import is_well_formed
from longshore.venue.dialects.kraken_spot.order_objects import order_object
from longshore.venue.dialects.kraken_spot.values import Json
from longshore.venue.history import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.dialects.kraken_spot.facts import OrderFacts
    from longshore.venue.projections.records import FillRecord, OrderRecord

QUERY_MAX = 50


class Named(msgspec.Struct):
    """Orders by the caller's own names, and whether their trades are wanted."""

    trades: bool = False
    userref: str = ""
    cl_ord_id: str = ""


class ClosedAsked(Named):
    """Which orders that are gone."""

    start: str = ""
    end: str = ""
    ofs: str = "0"
    closetime: str = "both"
    without_count: bool = False


class QueryAsked(Named, kw_only=True):
    """Which orders, by their ids."""

    txid: str = ""


async def open_orders(api: Api, call: Call) -> Json:
    """Private OpenOrders, newest first."""
    asked = call.form(Named)
    wanted = _filter(asked)
    rows = order_facts.open_rows(api, call.account_id)
    found = [each for row in rows if wanted(each := order_facts.of_row(api, row))]
    return {"open": await told(api, call.account_id, found, asked.trades)}


async def closed_orders(api: Api, call: Call) -> Json:
    """Private ClosedOrders: those that ended, the last one first, fifty at a time.

    The window is of the times they ended, opened, or either (`closetime`).
    """
    asked = call.form(ClosedAsked)
    within = _closed_within(asked)
    wanted = _filter(asked)

    async def read(part: Span) -> list[OrderRecord]:
        return await api.venue.history.orders(call.account_id, part)

    records = await paging.everything(read, _placed_by(asked.end))
    ended = [record for record in records if record.ended and api.is_spot(record.market_id)]
    found = [each for record in ended if wanted(each := order_facts.of_record(api, record))]
    found = sorted(filter(within, found), key=lambda each: each.closed_us, reverse=True)
    page = await told(api, call.account_id, paging.page(found, asked.ofs), asked.trades)
    return {"closed": page} if asked.without_count else {"closed": page, "count": len(found)}


def _placed_by(end: str) -> Span:
    """What was placed after the window's end can neither have opened nor ended in it."""
    return paging.window("", end)


def _closed_within(asked: ClosedAsked) -> Callable[[OrderFacts], bool]:
    span = paging.window(asked.start, asked.end)

    def inside(time_us: int) -> bool:
        return span.after_us <= time_us < span.before_us

    if asked.closetime == "open":
        return lambda facts: inside(facts.placed_us)
    if asked.closetime == "close":
        return lambda facts: inside(facts.closed_us)
    if asked.closetime == "both":
        return lambda facts: inside(facts.placed_us) or inside(facts.closed_us)
    raise invalid("closetime")


def _filter(asked: Named) -> Callable[[OrderFacts], bool]:
    """Whether an order carries the name that is asked for; any does where none is."""
    userref = refs.userref(asked.userref)

    def wanted(facts: OrderFacts) -> bool:
        if userref is not None and refs.userref_of(facts.client_text) != userref:
            return False
        return not asked.cl_ord_id or refs.cl_ord_id_of(facts.client_text) == asked.cl_ord_id

    return wanted


async def query_orders(api: Api, call: Call) -> Json:
    """Private QueryOrders: by id, open or gone; ids that name none of the caller's are left out."""
    asked = call.form(QueryAsked)
    ids = parts(asked.txid, QUERY_MAX, "txid")
    if not ids:
        raise invalid("txid")
    if not all(map(is_well_formed, ids)):
        raise ApiError(INVALID_ORDER)
    wanted = _filter(asked)
    found = [await find(api, call.account_id, api.ids.order_id(each)) for each in ids]
    known = [each for each in found if each is not None and wanted(each)]
    return await told(api, call.account_id, known, asked.trades)


async def find(api: Api, account_id: int, order_id: int) -> OrderFacts | None:
    """One of the account's orders in a spot pair, open or gone."""
    row = order_facts.find_row(api, account_id, order_id)
    if row is not None:
        return order_facts.of_row(api, row)
    record = await api.venue.history.order(account_id, order_id) if order_id else None
    if record is None or not api.is_spot(record.market_id):
        return None
    return order_facts.of_record(api, record)


async def told(api: Api, account_id: int, found: list[OrderFacts], trades: bool) -> Json:
    """Order objects by their ids."""
    made: Json = {}
    for facts in found:
        fills = await fills_of(api, account_id, facts)
        made[api.ids.order(facts.order_id)] = order_object(api, facts, fills, trades)
    return made


async def fills_of(api: Api, account_id: int, facts: OrderFacts) -> list[FillRecord]:
    """The fills of an order, oldest first."""
    if not facts.filled_lots:
        return []
    return await api.venue.history.order_fills(account_id, facts.order_id)
