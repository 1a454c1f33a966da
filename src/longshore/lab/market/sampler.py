"""A book looked at on an even grid of time, and what its market is made of then."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from longshore.lab.market.book import Book, Look
from longshore.lab.market.tape import Floats, Track, floats

LEFT_OUT = Look(float("nan"), float("nan"), float("nan"), float("nan"))
TOGETHER_S = 0.000_5
"""Trades of one side this near to each other are one order's."""


@dataclass(frozen=True)
class Kind:
    """What a market is, and what one unit of its sizes is worth (see `Book.look`)."""

    symbol: str
    base: str
    perpetual: bool
    usd_per_unit: float = 1.0
    inverse: bool = False


class Sampler:
    """Fed with changes in order of time, it looks before the first change after each grid time."""

    def __init__(self, kind: Kind, step_s: float, *, indexed: bool = False) -> None:
        self.kind = kind
        self.book = Book()
        self.index = float("nan")
        self._indexed = indexed
        self._step_s = step_s
        self._start_s = float("nan")
        self._looks: list[Look] = []
        self._indexes: list[float] = []
        self._trades: list[tuple[float, float]] = []

    def reach(self, time_s: float) -> None:
        """All grid times before this one are behind; the grid begins with the first whole book."""
        if np.isnan(self._start_s):
            if not self.book.bids or not self.book.asks:
                return
            self._start_s = ceil(time_s / self._step_s) * self._step_s
        while self._start_s + len(self._looks) * self._step_s < time_s:
            look = self.book.look(self.kind.usd_per_unit, inverse=self.kind.inverse)
            self._looks.append(look or LEFT_OUT)
            self._indexes.append(self.index)

    def trade(self, time_s: float, signed_usd: float) -> None:
        """A fill, below zero where the taker sold; those of one order come together."""
        if self._trades:
            last_s, last_usd = self._trades[-1]
            if time_s - last_s < TOGETHER_S and (last_usd > 0) == (signed_usd > 0):
                self._trades[-1] = (last_s, last_usd + signed_usd)
                return
        self._trades.append((time_s, signed_usd))

    def track(self) -> Track:
        """What was seen."""
        looks = floats(self._looks).reshape(len(self._looks), len(Look._fields))
        trades = floats(self._trades).reshape(len(self._trades), 2)
        return Track(
            symbol=self.kind.symbol,
            base=self.kind.base,
            perpetual=self.kind.perpetual,
            start_s=self._start_s,
            step_s=self._step_s,
            mid=looks[:, 0],
            spread_bp=looks[:, 1],
            depth_usd=looks[:, 2],
            slippage_bp=looks[:, 3],
            index=self._seen_indexes(),
            trade_s=trades[:, 0],
            trade_usd=trades[:, 1],
        )

    def _seen_indexes(self) -> Floats:
        return floats(self._indexes if self._indexed else [])
