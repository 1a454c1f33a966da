"""Numbers of trades, and client order ids.

An order's number is the engine's own. A trade's holds its event's (seq, index), so that it grows
with time and reads back.
"""

from __future__ import annotations

import re
import secrets

INDEX_BITS = 16
CLIENT_ID_BYTES = 16
_CLIENT_ID = re.compile(r"[.A-Z:/a-z0-9_-]{1,36}")


def event_number(seq: int, index: int) -> int:
    """The number of an event: a match's, a fill's, an entry's."""
    return int(seq) << INDEX_BITS | int(index)


def event_key(number: int) -> tuple[int, int]:
    """The (seq, index) of a number."""
    return number >> INDEX_BITS, number & ((1 << INDEX_BITS) - 1)


def is_client_id(text: str) -> bool:
    """Whether a text can be a client order id."""
    return _CLIENT_ID.fullmatch(text) is not None


def new_client_id() -> str:
    """What an order is called whose owner did not name it: 22 characters."""
    return secrets.token_urlsafe(CLIENT_ID_BYTES)
