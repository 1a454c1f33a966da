"""Where a position stands in the queue of those that unwinding closes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from longshore.engine.ranks import rank_score
from longshore.venue import views

if TYPE_CHECKING:
    from longshore.engine.state import State

AT_ONCE = 1_000
BAND = 20
WHOLE = 100
"""Percentiles are told in fifths; 100 is who is unwound first. The direction is not published."""


async def percentile(state: State, account_id: int, place: int) -> int:
    """The share of its side that ranks at most as high as a position, in whole fifths, upward."""
    is_long = views.position(state, account_id, place).qty_lots > 0
    own = rank_score(state, account_id, place)
    count = below = 0
    for other in range(1, state.accounts_count + 1):
        if other % AT_ONCE == 0:
            await asyncio.sleep(0)  # many accounts: others are served in between
        held = views.position(state, other, place).qty_lots
        if held and (held > 0) == is_long:
            count += 1
            below += rank_score(state, other, place) <= own
    return -(-below * WHOLE // (max(1, count) * BAND)) * BAND
