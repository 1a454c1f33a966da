"""Fills the compiler's cache: `python -m longshore.venue.compile`."""

from __future__ import annotations

import os
import sys

from longshore import rulebooks
from longshore.engine._compile import cache_root
from longshore.venue.handover import warm
from longshore.venue.locking import locked

NICENESS = 5  # the venue that serves meanwhile comes first
WAIT_S = 600.0  # two worlds that start together compile once; the second finds the cache filled

if __name__ == "__main__":
    if sys.platform != "win32":
        os.nice(NICENESS)
    with locked(cache_root() / "compiling.lock", WAIT_S):
        warm(rulebooks.load("kraken").setup())
