"""`Time` and `SystemStatus`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.venue.dialects.kraken_spot.values import Json, iso_seconds, rfc1123, whole_seconds

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call


async def time(api: Api, call: Call) -> Json:
    """Public Time: the venue's clock."""
    told_us = api.venue.told_us
    return {"unixtime": whole_seconds(told_us), "rfc1123": rfc1123(told_us)}


async def status(api: Api, call: Call) -> Json:
    """Public SystemStatus: whoever answers is online; single pairs say so in `AssetPairs`."""
    return {"status": "online", "timestamp": iso_seconds(api.venue.now_us)}
