"""Who signs a request, and whether the signature holds and is fresh.

    signature = hex(HMAC_SHA256(secret, query + body))

over the bytes as they were sent, without the signature itself.
"""

from __future__ import annotations

import hmac
import time

AHEAD_MS = 1_000
WINDOW_MS = 5_000
WINDOW_MAX_MS = 60_000
SIGNATURE = b"signature"


def signature(secret: str, message: bytes) -> str:
    """The signature of a message; the secret counts as the text it is."""
    return hmac.digest(secret.encode(), message, "sha256").hex()


def without_signature(part: bytes) -> bytes:
    """A query string or a form without its signature."""
    kept = (each for each in part.split(b"&") if each.partition(b"=")[0] != SIGNATURE)
    return b"&".join(kept)


def is_signed(secret: str, message: bytes, given: str) -> bool:
    """Whether a signature is the right one, in constant time."""
    return hmac.compare_digest(signature(secret, message).encode(), given.encode())


def wall_ms() -> int:
    """Now, by the wall clock."""
    return time.time_ns() // 1_000_000


def age_ms(timestamp_ms: int, clocks_ms: tuple[int, ...]) -> int:
    """How old a request is by whichever clock it was made with.

    A client that has set its clock by `GET time` signs in the world's time, another by the wall
    clock: the clock that is nearer counts.
    """
    return min((clock_ms - timestamp_ms for clock_ms in clocks_ms), key=abs)
