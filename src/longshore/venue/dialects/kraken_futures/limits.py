"""Rate limits of the REST API: what each call costs, and the two pools it is paid from.

Counted are the calls of an account, since everybody here calls from one address. How a pool refills
within its period is not published; here it does so steadily.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.venue.dialects.kraken_futures import decode
from longshore.venue.dialects.kraken_futures.errors import limit_exceeded
from longshore.venue.pools import Pools, Size

if TYPE_CHECKING:
    from collections.abc import Callable

    from longshore.venue.context import Venue
    from longshore.venue.dialects.kraken_futures.call import Call

    Cost = Callable[[Call], int]

SECOND_US = 1_000_000
DERIVATIVES_SIZE = Size(500, 500, 10 * SECOND_US)
HISTORY_SIZE = Size(100, 100, 600 * SECOND_US)
COSTS = {
    "POST v3/sendorder": 10,
    "POST v3/editorder": 10,
    "POST v3/cancelorder": 10,
    "POST v3/cancelallorders": 25,
    "GET v3/accounts": 2,
    "GET v3/openpositions": 2,
    "GET v3/openorders": 2,
    "POST v3/withdrawal": 100,
    "GET v3/unwindqueue": 200,
}
FILLS, FILLS_BEFORE = 2, 25
BATCH = 9  # and one for each instruction
UNLISTED = {"GET": 2, "POST": 10, "PUT": 10}
"""What is not in the list of costs that was found, counted like its neighbours."""
LOG_COSTS = ((25, 1), (50, 2), (1_000, 3), (5_000, 6), (100_000, 10))
"""What `account-log` costs by how many rows are asked for, up to so many."""


class Limits:
    """The pools of one venue."""

    def __init__(self, venue: Venue) -> None:
        """As full as the world says they may be."""
        self._venue = venue
        self._limits = venue.world.scenario.limits
        self._derivatives = Pools(DERIVATIVES_SIZE, self._limits)
        self._history = Pools(HISTORY_SIZE, self._limits)

    def check_derivatives(self, call: Call) -> None:
        """Count a signed call to `/derivatives`; refused when its pool is empty."""
        self._check(self._derivatives, call, derivatives_cost)

    def check_history(self, call: Call) -> None:
        """Count a signed call to `/api/history`; refused when its pool is empty."""
        self._check(self._history, call, history_cost)

    def _check(self, pools: Pools, call: Call, cost: Cost) -> None:
        if self._limits == "off":
            return
        wait_us = pools.spend(call.account_id, cost(call), self._venue.now_us)
        if wait_us:
            raise limit_exceeded(-(-wait_us // SECOND_US))


def derivatives_cost(call: Call) -> int:
    """What a call to `/derivatives` costs."""
    key = call.key
    if key == "POST v3/batchorder":
        return BATCH + len(decode.batch_instructions(call.query, call.body))
    if key == "GET v3/fills":
        return FILLS_BEFORE if "lastFillTime" in call.parameters else FILLS
    return COSTS.get(key, UNLISTED[call.method])


def history_cost(call: Call) -> int:
    """What a call to `/api/history` costs."""
    if call.path.endswith("/account-log"):
        count = call.parameters.get("count", ["500"])[-1]
        rows = int(count) if count.isascii() and count.isdigit() else 1
        return next((cost for most, cost in LOG_COSTS if rows <= most), LOG_COSTS[-1][1])
    return LOG_CSV if call.path.endswith("/accountlogcsv") else 1


LOG_CSV = 6
