"""Who holds what: the report of positions and of large traders, on the console and as a file."""

from __future__ import annotations

import csv
import io
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import System
from longshore.engine.state import position_slot
from longshore.engine.units import PPM
from longshore.explain import format as fmt
from longshore.surveillance.large import Holding, LargeTerms, holdings
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.schema.console import PositionReport, ReportedPosition
from longshore.venue.dialects.native.wire import Call, Download, Query

if TYPE_CHECKING:
    from longshore.venue.context import Venue

COLUMNS = ("account", "symbol", "side", "size", "share_pct", "value", "large", "opened")
TERMS = LargeTerms()


class PositionsQuery(Query):
    """Of one market where `symbol` is given; with `large` only what is large."""

    symbol: str = ""
    large: bool = False


async def report_positions(call: Call, query: PositionsQuery) -> PositionReport:
    """Every open position of everybody, the largest part of its market first."""
    return _report(call.venue, query)


async def export_positions(call: Call, query: PositionsQuery) -> Download:
    """The same as CSV, a line each."""
    sink = io.StringIO()
    lines = csv.writer(sink, lineterminator="\n")
    lines.writerow(COLUMNS)
    for each in _report(call.venue, query).positions:
        opened = fmt.moment(each.opened * render.US_PER_MS)
        cells = each.symbol, each.side, each.size, each.share_pct, each.value, each.large, opened
        lines.writerow((fmt.cell(each.account), *cells))
    return Download(sink.getvalue().encode(), "text/csv; charset=utf-8", "positions.csv")


def _report(venue: Venue, query: PositionsQuery) -> PositionReport:
    market_id = market_of(venue.catalog, query.symbol).market_id if query.symbol else 0
    names = {int(each): each.name.lower() for each in System}
    names |= {number: name for name, number in venue.world.accounts.items()}
    found = [
        each
        for each in holdings(venue.view, venue.catalog, TERMS)
        if market_id in (0, each.market_id) and (each.is_large or not query.large)
    ]
    found.sort(key=lambda each: (each.market_id, -each.share_ppm, each.account_id))
    return PositionReport(
        seq=int(venue.view.seq),
        world_time=render.ms(venue.now_us),
        large_share_pct=TERMS.share_percent,
        large_value=TERMS.dollars,
        positions=[_reported(venue, each, names) for each in found],
    )


def _reported(venue: Venue, held: Holding, names: dict[int, str]) -> ReportedPosition:
    info = venue.catalog.market(held.market_id)
    row = venue.view.positions[position_slot(held.account_id, held.place)]
    share_pct = (Decimal(held.share_ppm) * 100 / PPM).quantize(Decimal("0.01"), ROUND_DOWN)
    return ReportedPosition(
        account=names.get(held.account_id, str(held.account_id)),
        symbol=info.symbol,
        side="long" if held.lots > 0 else "short",
        size=render.size(info, abs(held.lots)),
        share_pct=f"{share_pct:f}",
        value=str(held.dollars),
        large=held.is_large,
        opened=render.ms(int(row.opened_us)),
    )
