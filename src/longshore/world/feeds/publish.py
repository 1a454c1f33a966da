"""The one command a feed gives."""

from __future__ import annotations

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command


def publish_index(time_us: int, asset_id: int, price_subticks: int, sources: int = 1) -> Command:
    """A new index price of an asset, made of this many sources."""
    return Command(
        kind=CommandKind.PUBLISH_INDEX,
        time_us=time_us,
        origin=Origin.FEED,
        asset_id=asset_id,
        price_subticks=price_subticks,
        sources=sources,
    )
