"""Row numbers: one number for an event, growing with time and readable back."""

from __future__ import annotations

INDEX_BITS = 16
LEG_BITS = 1


def event_number(seq: int, index: int) -> int:
    """The number of an event."""
    return seq << INDEX_BITS | index


def leg_number(seq: int, index: int, leg: int) -> int:
    """The number of one of the two rows an event may make."""
    return event_number(seq, index) << LEG_BITS | leg


def event_key(number: int) -> tuple[int, int]:
    """The (seq, index) of a row number with its leg."""
    event = number >> LEG_BITS
    return event >> INDEX_BITS, event & ((1 << INDEX_BITS) - 1)
