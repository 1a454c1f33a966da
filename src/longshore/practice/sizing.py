"""The size that follows from the most that may be lost at a stop.

The entry takes from the book as it stands, or rests at its limit. At the stop the whole size is
sold (or bought) at market: as far from the stop as the same size would now trade from the mark,
with the taker's fee on both sides. The largest size whose loss there is within the limit is found
by halves, since a larger size never loses less.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Literal

import msgspec

from longshore.engine.book import levels
from longshore.engine.codes import Role, Side
from longshore.engine.fees import fee_atoms
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.value import signed_value, value_atoms
from longshore.practice.brackets import Entry, result_atoms
from longshore.practice.trial import opposite

LEVELS_READ = 500
Level = tuple[int, int]


class Sized(msgspec.Struct, frozen=True):
    """A size with what it would lose at the stop: in all, and the fees and slippage in it.

    `limited`: by what was to be lost, or by what the book holds. `least`: even one lot loses more.
    """

    lots: int
    entry: Entry
    exit_ticks: int
    loss_atoms: int
    fees_atoms: int
    slippage_atoms: int
    limited: Literal["loss", "book", "least"]


class Sizing:
    """Sizes of one order to come, by what each would lose at a stop."""

    def __init__(self, view: State, account_id: int, market_id: int, side: int) -> None:
        """Read the book once."""
        self._view = view
        self._account_id = account_id
        self._side = side
        self._market: Market = view.markets[market_id]
        self.entry_levels = levels(view, market_id, opposite(side), LEVELS_READ)
        self._exit_levels = levels(view, market_id, side, LEVELS_READ)

    @property
    def touch_ticks(self) -> int:
        """The best price that an order at market would meet; 0: nobody offers."""
        return self.entry_levels[0][0] if self.entry_levels else 0

    def held_by_book(self, limit_ticks: int) -> int:
        """The most lots that could be opened (those of a limit order rest) and closed again."""
        exits = sum(lots for _, lots in self._exit_levels)
        entries = sum(lots for _, lots in self.entry_levels)
        return exits if limit_ticks else min(entries, exits)

    def sized(self, loss_atoms: int, stop_ticks: int, limit_ticks: int = 0) -> Sized | None:
        """The size for a loss; None where the book holds nothing to open or close with."""
        most = self.held_by_book(limit_ticks)
        if most == 0:
            return None
        if self.at(most, stop_ticks, limit_ticks).loss_atoms <= loss_atoms:
            return self.at(most, stop_ticks, limit_ticks, "book")
        fits, exceeds = 0, most
        while exceeds - fits > 1:
            middle = (fits + exceeds) // 2
            within = self.at(middle, stop_ticks, limit_ticks).loss_atoms <= loss_atoms
            fits, exceeds = (middle, exceeds) if within else (fits, middle)
        return self.at(max(1, fits), stop_ticks, limit_ticks, "loss" if fits else "least")

    def at(
        self,
        lots: int,
        stop_ticks: int,
        limit_ticks: int = 0,
        limited: Literal["loss", "book", "least"] = "loss",
    ) -> Sized:
        """What a size would lose at the stop."""
        entry = self._entry(lots, limit_ticks)
        slip = self._slip_ticks(lots)
        exit_ticks = max(1, stop_ticks - entry.way * slip)
        loss = -result_atoms(self._view, entry, exit_ticks)
        left = value_atoms(self._market, exit_ticks, lots)
        closing = fee_atoms(self._view, self._account_id, self._market, Role.TAKER, left)
        touch = limit_ticks or self.touch_ticks
        clean = self._signed(stop_ticks, lots) - self._signed(touch, lots)
        fees = int(entry.fee_atoms + closing)
        return Sized(lots, entry, exit_ticks, loss, fees, loss - fees + clean, limited)

    def _entry(self, lots: int, limit_ticks: int) -> Entry:
        matches = [(limit_ticks, lots)] if limit_ticks else taken(self.entry_levels, lots)
        value = sum(int(value_atoms(self._market, at, some)) for at, some in matches)
        return Entry(
            account_id=self._account_id,
            market_id=int(self._market.market_id),
            side=self._side,
            lots=lots,
            value_atoms=int(signed_value(self._market, self._side, value)),
            fee_atoms=int(fee_atoms(self._view, self._account_id, self._market, Role.TAKER, value)),
            ticks=mean_ticks(matches),
        )

    def _slip_ticks(self, lots: int) -> int:
        """How far from the mark so many lots would trade now, the other way; never below zero."""
        way = 1 if self._side == Side.BUY else -1
        mark = Decimal(int(self._market.mark_subticks)) / int(self._market.tick_subticks)
        apart = way * (mark - mean_ticks(taken(self._exit_levels, lots)))
        return max(0, int(apart.to_integral_value(ROUND_CEILING)))

    def _signed(self, ticks: int, lots: int) -> int:
        value = value_atoms(self._market, ticks, lots)
        return int(signed_value(self._market, self._side, value))


def taken(found: Sequence[Level], lots: int) -> list[Level]:
    """What so many lots would meet, best first."""
    matches: list[Level] = []
    for ticks, held in found:
        some = min(int(held), lots)
        matches.append((int(ticks), some))
        lots -= some
        if lots == 0:
            break
    return matches


def mean_ticks(matches: Sequence[Level]) -> Decimal:
    """The mean price by size."""
    lots = sum(some for _, some in matches)
    return Decimal(sum(ticks * some for ticks, some in matches)) / max(1, lots)
