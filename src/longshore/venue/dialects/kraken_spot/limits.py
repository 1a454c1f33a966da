"""Rate limits: a counter of REST calls, and one of what is done to orders, for each pair.

Sizes are those of a client of the middle tier (`Intermediate`). Counted are accounts. The second
counter is one for REST and sockets; an order that ends soon after it was placed costs more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.venue.dialects.kraken_spot.errors import CALL_LIMIT, ORDER_LIMIT, ApiError
from longshore.venue.dialects.kraken_spot.values import US_PER_SECOND
from longshore.venue.pools import Pools, Size

if TYPE_CHECKING:
    from longshore.venue.context import Venue

CALLS = Size(20, 1, 2 * US_PER_SECOND)
ORDERS = Size(125, 234, 100 * US_PER_SECOND)
HISTORIES = ("Ledgers", "QueryLedgers", "TradesHistory")
HISTORY_COST = 2
UNCOUNTED = ("AddOrder", "AmendOrder", "EditOrder", "CancelOrder", "CancelAll")
"""Methods about orders, and what begins like them, have the other counter."""
AGES_S = (5, 10, 15, 45, 90, 300)
AMEND, EDIT, CANCEL = (3, 2, 1), (6, 5, 4, 2, 1), (8, 6, 5, 4, 2, 1)
"""What is added for an order not yet so old.

Documented are the first of `AMEND` and of `CANCEL`; the other steps, and `EDIT`, are unverified.
"""


class Limits:
    """The counters of one venue."""

    def __init__(self, venue: Venue) -> None:
        """As full as the world says they may be."""
        self._venue = venue
        limits = venue.world.scenario.limits
        self._calls = Pools(CALLS, limits)
        self._orders = Pools(ORDERS, limits)

    def check_call(self, account_id: int, method: str) -> None:
        """Count a private call; refused when there were too many."""
        if method.startswith(UNCOUNTED):
            return
        cost = HISTORY_COST if method in HISTORIES else 1
        if self._calls.spend(account_id, cost, self._venue.now_us):
            raise ApiError(CALL_LIMIT)

    def check_placed(self, account_id: int, market_id: int, count: int) -> None:
        """Count new orders of one request: each of a batch costs half."""
        self._check(account_id, market_id, (count + 1) // 2)

    def check_changed(
        self, account_id: int, market_id: int, placed_us: int, ages: tuple[int, ...]
    ) -> None:
        """Count a change of an order: one, and more where it is young."""
        self._check(account_id, market_id, 1 + self._young(placed_us, ages))

    def check_cancelled(self, account_id: int, placed: list[tuple[int, int]]) -> None:
        """Count cancels of orders, each as (market, when it was placed)."""
        for market_id in dict(placed):
            ages = [placed_us for at, placed_us in placed if at == market_id]
            self._check(account_id, market_id, sum(self._young(age, CANCEL) for age in ages))

    def _young(self, placed_us: int, ages: tuple[int, ...]) -> int:
        age_us = self._venue.now_us - placed_us
        more = zip(AGES_S, ages, strict=False)
        return next((cost for limit_s, cost in more if age_us < limit_s * US_PER_SECOND), 0)

    def _check(self, account_id: int, market_id: int, cost: int) -> None:
        if self._orders.spend((account_id, market_id), cost, self._venue.now_us):
            raise ApiError(ORDER_LIMIT)
