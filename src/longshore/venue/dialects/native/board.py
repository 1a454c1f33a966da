"""What the notice board says: of a market, of what prices it, of what an account holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import WalletKind
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.markets import limited
from longshore.venue.dialects.native.schema.stream import NoticeMessage, NoticeRow
from longshore.venue.dialects.native.status import told_by_operators
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.views import balance

if TYPE_CHECKING:
    from longshore.explain.board import Notice
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue

NOTICES_MAX = 500


class NoticeQuery(Query):
    """The newest `limit`; with a symbol those about that market, its coins and the venue."""

    symbol: str = ""
    limit: int = 100


async def list_notices(call: Call, query: NoticeQuery) -> list[NoticeRow]:
    """What befell markets and indexes, and what the venue did, newest first."""
    limited(query.limit, NOTICES_MAX)
    venue = call.venue
    info = market_of(venue.catalog, query.symbol) if query.symbol else None
    told = [each for each in committed(venue) if info is None or concerns(each, info, set())]
    rows = [_row(venue, each) for each in told[::-1][: query.limit]]
    said = told_by_operators(venue, query.limit)
    rows += [NoticeRow(time=n.time, code="NOTICE", text=n.text, symbol=None) for n in said]
    return sorted(rows, key=lambda row: row.time, reverse=True)[: query.limit]


def committed(venue: Venue, after_seq: int = 0) -> list[Notice]:
    """Those whose events are durable: the engine may be ahead of the disk, and tells nobody."""
    durable_seq = venue.world.journal.seq
    return [n for n in venue.world.board.notices if after_seq < n.seq <= durable_seq]


def concerns(notice: Notice, info: MarketInfo, held: set[int]) -> bool:
    """Whether it is about a market, a coin that prices it, a coin that is held, or the venue."""
    coins = held | {asset.asset_id for asset in info.priced_by}
    return notice.market_id in (0, info.market_id) and notice.asset_id in (0, *coins)


def held_coins(venue: Venue, account_id: int) -> set[int]:
    """The assets that may stand as an account's collateral."""
    ids = (asset.asset_id for asset in venue.catalog.assets.values())
    return {i for i in ids if balance(venue.view, account_id, WalletKind.FLEX, i).amount_atoms}


def message(venue: Venue, notice: Notice) -> NoticeMessage:
    """A notice as the stream sends it."""
    row = _row(venue, notice)
    return NoticeMessage(
        seq=notice.seq,
        world_time=row.time,
        code=row.code,
        text=row.text,
        symbol=row.symbol,
        ref=None,
    )


def _row(venue: Venue, notice: Notice) -> NoticeRow:
    market = venue.catalog.market(notice.market_id) if notice.market_id else None
    return NoticeRow(
        time=render.ms(notice.time_us),
        code=notice.code.upper().replace("-", "_"),
        text=notice.text,
        symbol=None if market is None else market.symbol,
    )
