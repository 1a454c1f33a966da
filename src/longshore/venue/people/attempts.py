"""How often somebody may try: passwords, codes and names are not to be guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import ApiError

if TYPE_CHECKING:
    from longshore.venue.dialects.native.wire import Call

WINDOW_MIN = 10
PER_PERSON_THERE = RateLimitItemPerMinute(10, WINDOW_MIN)
"""Failures of one name from one address."""
PER_PERSON = RateLimitItemPerMinute(50, WINDOW_MIN)
"""Failures of one name from anywhere: high, so that nobody can easily lock another out."""
PER_ADDRESS = RateLimitItemPerMinute(200, WINDOW_MIN)
"""Failures and new people from one address: a class sits behind one."""
TOO_MANY = 429


def address_of(call: Call) -> str:
    """Where a request comes from."""
    client = call.scope.get("client")
    return str(client[0]) if client else ""


class Attempts:
    """Failures of the last minutes. They are forgotten when the venue stops."""

    def __init__(self) -> None:
        """Nobody has tried."""
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def check(self, name: str, address: str, field: str) -> None:
        """Raises ApiError when there were too many failures of a name or from an address."""
        left = all(
            self._window.test(limit, *about) for limit, about in self._windows(name, address)
        )
        if not left:
            message = say("people-too-many", minutes=str(WINDOW_MIN))
            raise ApiError(TOO_MANY, "TOO_MANY_TRIES", message, field)

    def count(self, name: str, address: str) -> None:
        """One more failure, or, without a name, one more new person."""
        for limit, about in self._windows(name, address):
            self._window.hit(limit, *about)

    def _windows(
        self, name: str, address: str
    ) -> list[tuple[RateLimitItemPerMinute, tuple[str, ...]]]:
        by_address = (PER_ADDRESS, ("address", address))
        if not name:
            return [by_address]
        there = (PER_PERSON_THERE, ("there", name, address))
        return [there, (PER_PERSON, ("name", name)), by_address]
