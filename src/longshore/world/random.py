"""Chance that is a function: the same (seed, name, step) always draws the same number.

There is no generator to keep or to restore. A name has its own stream, so an agent more or less
changes nothing of what the others draw. Everything is 64-bit integers.
"""

from __future__ import annotations

import hashlib
from math import isqrt

MASK = (1 << 64) - 1
PPM = 1_000_000
_WEYL = 0x9E3779B97F4A7C15  # 2**64 over the golden ratio: consecutive steps land far apart
_PARTS = 4  # a normal draw is the sum of this many 16-bit uniforms
_PART = 1 << 16
_SUM_MEAN = _PARTS * (_PART - 1) // 2
_SUM_DEVIATION = isqrt(_PARTS * (_PART * _PART - 1) // 12)


def stream_key(seed: int, name: str) -> int:
    """The 64-bit key of one name's stream in a world of this seed."""
    digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")


def bits(key: int, step: int) -> int:
    """64 random bits: the splitmix64 finaliser over key + step * golden."""
    z = (key + step * _WEYL) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def uniform(key: int, step: int, bound: int) -> int:
    """A whole number in [0, bound); bound at most 2**63."""
    return (bits(key, step) * bound) >> 64


def normal_ppm(key: int, step: int) -> int:
    """A draw near the standard normal, in ppm, by summing four uniforms.

    Mean 0, deviation 1,000,000, never beyond ±3.47 deviations: rarer things the caller adds.
    """
    draw = bits(key, step)
    total = (draw & 0xFFFF) + (draw >> 16 & 0xFFFF) + (draw >> 32 & 0xFFFF) + (draw >> 48)
    return (total - _SUM_MEAN) * PPM // _SUM_DEVIATION
