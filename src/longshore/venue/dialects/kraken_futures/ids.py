"""Venue ids as UUIDs, without a map: an invertible function of the world and what is named.

A UUID has 122 free bits. They hold two halves of 61: the number (an order id, a command's seq) and
its kind with an extra (an event's index). A four-round Feistel network keyed with the world's name
mixes them, so that ids look like Kraken's, differ from world to world, and read back exactly; one
made up by a caller reads back as nothing.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b

HALF_BITS = 61
HALF_MASK = (1 << HALF_BITS) - 1
KIND_BITS = 5
ROUNDS = 4
LOW_BITS = 62  # below the two variant bits
VERSION = 4 << 76
VARIANT = 2 << 62
_FORM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class IdKind(IntEnum):
    """What a UUID names."""

    ORDER = 1
    EVENT = 2
    ACCOUNT = 3
    REQUEST = 4
    TRADE = 5
    BOOKING = 6


class WorldIds:
    """The ids of one world."""

    def __init__(self, world: str) -> None:
        """Ids of the world of this name."""
        self._key = blake2b(world.encode(), digest_size=32).digest()
        self._mix = lru_cache(maxsize=65_536)(self._mixed)

    def order(self, order_id: int) -> str:
        """The UUID of an order."""
        return self._uuid(order_id, IdKind.ORDER, 0)

    def order_id(self, text: str) -> int:
        """The order a UUID names; 0 when it names none."""
        if not _FORM.fullmatch(text):
            return 0
        number, tail = self._halves(text)
        return number if tail == IdKind.ORDER else 0

    def event(self, seq: int, index: int) -> str:
        """The UUID of one event: a fill's, a log entry's."""
        return self._uuid(seq, IdKind.EVENT, index)

    def trade(self, seq: int, index: int) -> str:
        """The UUID of a match as the public sees it."""
        return self._uuid(seq, IdKind.TRADE, index)

    def booking(self, seq: int, index: int, leg: int) -> str:
        """The UUID of one row of the account log."""
        return self._uuid(seq, IdKind.BOOKING, index << 1 | leg)

    def account(self, account_id: int) -> str:
        """The UUID of an account."""
        return self._uuid(account_id, IdKind.ACCOUNT, 0)

    def request(self, seq: int) -> str:
        """The UUID of a command that made no order."""
        return self._uuid(seq, IdKind.REQUEST, 0)

    def _uuid(self, number: int, kind: IdKind, extra: int) -> str:
        assert 0 <= number <= HALF_MASK, f"{number} does not fit an id"
        return self._mix(number, extra << KIND_BITS | kind)

    def _mixed(self, left: int, right: int) -> str:
        for step in range(ROUNDS):
            left, right = right, left ^ self._round(step, right)
        return _written(left << HALF_BITS | right)

    def _halves(self, text: str) -> tuple[int, int]:
        bits = _read(text)
        left, right = bits >> HALF_BITS, bits & HALF_MASK
        for step in reversed(range(ROUNDS)):
            left, right = right ^ self._round(step, left), left
        return left, right

    def _round(self, step: int, half: int) -> int:
        data = half.to_bytes(8, "big") + bytes((step,))
        digest = blake2b(data, digest_size=8, key=self._key).digest()
        return int.from_bytes(digest, "big") & HALF_MASK


def _written(bits: int) -> str:
    """122 bits as a UUID: the version after 48 bits, the variant after 60."""
    low = bits & ((1 << LOW_BITS) - 1)
    middle = bits >> LOW_BITS & 0xFFF
    high = bits >> (LOW_BITS + 12)
    number = high << 80 | VERSION | middle << 64 | VARIANT | low
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _read(text: str) -> int:
    """The 122 bits of a UUID."""
    number = int(text.replace("-", ""), 16)
    low = number & ((1 << LOW_BITS) - 1)
    middle = number >> 64 & 0xFFF
    return (number >> 80) << (LOW_BITS + 12) | middle << LOW_BITS | low
