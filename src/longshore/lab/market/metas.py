"""Large orders that were worked in pieces, found again in the fills of those who work them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from longshore.engine.rows import Event
from longshore.lab.market.tape import Meta, Track

APART_S = 45.0
"""A pause this long, or a fill the other way, begins another order."""
PIECES_MIN = 3


@dataclass
class _Run:
    """Fills of one account the same way."""

    market_id: int
    first_s: float
    last_s: float
    usd: float
    pieces: int


class Metas:
    """The runs of some accounts' own orders."""

    def __init__(self, accounts: set[int]) -> None:
        self._accounts = accounts
        self._open: dict[tuple[int, int], _Run] = {}
        self._done: list[_Run] = []

    def fill(self, event: Event, time_s: float, signed_usd: float) -> None:
        """A match; it counts where the taker is one of the accounts."""
        if event.account_id not in self._accounts:
            return
        key = event.account_id, event.market_id
        run = self._open.get(key)
        goes_on = run is not None and time_s - run.last_s < APART_S
        if run is None or not goes_on or run.usd * signed_usd < 0:
            if run is not None:
                self._done.append(run)
            self._open[key] = _Run(event.market_id, time_s, time_s, signed_usd, 1)
            return
        run.pieces += time_s > run.last_s
        run.last_s = time_s
        run.usd += signed_usd

    def told(self, tracks: Mapping[int, Track]) -> Iterator[Meta]:
        """Those that are over and had some pieces, with how far the mid went meanwhile."""
        for run in self._done:
            track = tracks[run.market_id]
            before = _mid_at(track, run.first_s)
            after = _mid_at(track, run.last_s + track.step_s)
            if run.pieces >= PIECES_MIN and np.isfinite(before) and np.isfinite(after):
                moved = (after / before - 1) * (1 if run.usd > 0 else -1)
                yield Meta(track.symbol, abs(run.usd), moved)


def _mid_at(track: Track, time_s: float) -> float:
    """The last mid seen before a time."""
    place = int((time_s - track.start_s) // track.step_s)
    return float(track.mid[min(max(place, 0), track.mid.size - 1)])
