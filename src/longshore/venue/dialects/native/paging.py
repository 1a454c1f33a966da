"""Pages of things that have numbers, as a queue is worked through: from either end."""

from __future__ import annotations

from longshore.venue.dialects.native.errors import bad_value
from longshore.venue.dialects.native.markets import NUMBER_MAX, limited
from longshore.venue.dialects.native.wire import Query


class Numbered(Query):
    """The newest `limit`; `before` a number those that are older, `after` one the next newer ones.

    `after=0` begins with the oldest. `waiting`: only what waits for the operator, or only the rest.
    """

    limit: int = 50
    before: int | None = None
    after: int | None = None
    waiting: bool | None = None

    def check(self, most: int) -> None:
        """Raises ApiError for a number out of bounds."""
        limited(self.limit, most)
        if self.before is not None:
            limited(self.before, NUMBER_MAX, "before")
        if self.after is not None and not 0 <= self.after <= NUMBER_MAX:
            raise bad_value(f"From 0 to {NUMBER_MAX}.", "after")

    def has(self, number: int) -> bool:
        """Whether a number is in what is asked for."""
        is_later = self.after is None or number > self.after
        return is_later and (self.before is None or number < self.before)
