"""Ids as Kraken Spot writes them, without a map: an invertible function of the world and a number.

`OQCLML-BW3P3-BUCMWZ` is a letter that says what is named and sixteen more of a 32-letter alphabet:
80 bits. They hold a number and zeros, mixed by a four-round Feistel network keyed with the world's
name and the letter, so that ids differ from world to world and read back exactly; one made up by a
caller reads back as nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
LETTERS = 16
LETTER_BITS = 5
HALF_BITS = 40
HALF_MASK = (1 << HALF_BITS) - 1
NUMBER_BITS = 63
ROUNDS = 4
INDEX_BITS = 16
_FORM = re.compile(r"[A-Z][A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{6}")

ORDER, TRADE, LEDGER, POSITION, AMEND, TRANSFER = "O", "T", "L", "P", "A", "F"
"""What an id names; positions and amendments begin with a T as well."""
FIRST_LETTERS = {POSITION: "T", AMEND: "T"}


def event_number(seq: int, index: int, leg: int = 0) -> int:
    """One number for an event, or for one of the two rows it may make."""
    return (seq << INDEX_BITS | index) << 1 | leg


def event_key(number: int) -> tuple[int, int, int]:
    """The (seq, index, leg) of such a number."""
    event = number >> 1
    return event >> INDEX_BITS, event & ((1 << INDEX_BITS) - 1), number & 1


def trade_number(seq: int, index: int) -> int:
    """A public trade's id: it grows with time and fits what JavaScript counts with."""
    return seq << INDEX_BITS | index


def is_well_formed(text: str) -> bool:
    """Whether a text looks like an id at all."""
    return _FORM.fullmatch(text) is not None


class WorldIds:
    """The ids of one world."""

    def __init__(self, world: str) -> None:
        """Ids of the world of this name."""
        self._key = blake2b(world.encode(), digest_size=32).digest()
        self._mix = lru_cache(maxsize=65_536)(self._mixed)

    def order(self, order_id: int) -> str:
        """The id of an order."""
        return self._mix(ORDER, order_id)

    def order_id(self, text: str) -> int:
        """The order an id names; 0 when it names none."""
        return self._number(ORDER, text)

    def trade(self, seq: int, index: int) -> str:
        """The id of one side of a match."""
        return self._mix(TRADE, event_number(seq, index))

    def trade_key(self, text: str) -> tuple[int, int] | None:
        """The (seq, index) of a side of a match; None when the id names none."""
        number = self._number(TRADE, text)
        return event_key(number)[:2] if number else None

    def ledger(self, seq: int, index: int, leg: int) -> str:
        """The id of a row of the ledger."""
        return self._mix(LEDGER, event_number(seq, index, leg))

    def ledger_key(self, text: str) -> tuple[int, int, int] | None:
        """The (seq, index, leg) of a row of the ledger; None when the id names none."""
        number = self._number(LEDGER, text)
        return event_key(number) if number else None

    def position(self, order_id: int) -> str:
        """The id of what a trade opened: every order is one of its own here."""
        return self._mix(POSITION, order_id)

    def amend(self, seq: int) -> str:
        """The id of an amendment."""
        return self._mix(AMEND, seq)

    def transfer(self, seq: int) -> str:
        """The id of money moved by one command."""
        return self._mix(TRANSFER, seq)

    def _mixed(self, kind: str, number: int) -> str:
        assert 0 < number < 1 << NUMBER_BITS, f"{number} does not fit an id"
        left, right = number >> HALF_BITS, number & HALF_MASK
        for step in range(ROUNDS):
            left, right = right, left ^ self._round(kind, step, right)
        return _written(FIRST_LETTERS.get(kind, kind), left << HALF_BITS | right)

    def _number(self, kind: str, text: str) -> int:
        if not is_well_formed(text) or text[0] != kind:
            return 0
        bits = _read(text)
        left, right = bits >> HALF_BITS, bits & HALF_MASK
        for step in reversed(range(ROUNDS)):
            left, right = right ^ self._round(kind, step, left), left
        number = left << HALF_BITS | right
        return number if number < 1 << NUMBER_BITS else 0

    def _round(self, kind: str, step: int, half: int) -> int:
        data = kind.encode() + half.to_bytes(8, "big") + bytes((step,))
        digest = blake2b(data, digest_size=8, key=self._key).digest()
        return int.from_bytes(digest, "big") & HALF_MASK


def _written(first: str, bits: int) -> str:
    shifts = range((LETTERS - 1) * LETTER_BITS, -1, -LETTER_BITS)
    text = first + "".join(ALPHABET[bits >> shift & 31] for shift in shifts)
    return f"{text[:6]}-{text[6:11]}-{text[11:]}"


def _read(text: str) -> int:
    bits = 0
    for letter in text[1:].replace("-", ""):
        bits = bits << LETTER_BITS | VALUES[letter]
    return bits
