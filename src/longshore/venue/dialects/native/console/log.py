"""What operators did here."""

from __future__ import annotations

from longshore.explain.operator import did
from longshore.venue.dialects.native.markets import limited
from longshore.venue.dialects.native.schema.console import LoggedDeed
from longshore.venue.dialects.native.wire import Call, Query

DEEDS_MAX = 200


class LogQuery(Query):
    """The newest `limit`; with `before`, a line's number, those that are older."""

    limit: int = 50
    before: int | None = None


async def list_deeds(call: Call, query: LogQuery) -> list[LoggedDeed]:
    """Who did what, when and why, newest first."""
    limited(query.limit, DEEDS_MAX)
    if query.before is not None:
        limited(query.before, 2**63 - 1, "before")
    return [
        LoggedDeed(
            id=number,
            who=deed.who,
            wall_ms=deed.wall_ms,
            world_time=deed.world_ms,
            seq=deed.seq,
            text=did(deed.act, deed.given),
            why=deed.why,
            approved_by=deed.approved_by,
        )
        for number, deed in call.venue.operator_log.newest(query.limit, query.before)
    ]
