"""How equity and required margin went up to a liquidation, from events, marks and funding rates.

Between two events only the mark and accrued funding move an isolated position's wallet, so with the
mark of a moment its equity is known exactly. A cross wallet's also hangs on other marks and coins:
of it only the moments that events state are told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from longshore.engine.codes import MarginBasis
from longshore.engine.events import EventKind
from longshore.engine.margin import maintenance_requirement
from longshore.engine.rates import elapsed_lot_parts, received_atoms
from longshore.engine.rows import Event, Market
from longshore.engine.state import State
from longshore.engine.value import value_at
from longshore.explain.episode import Episode

STATED = (EventKind.LIQUIDATION_STARTED, EventKind.LIQUIDATION_ENDED)


class Standing(msgspec.Struct, frozen=True):
    """What a wallet was worth at a moment, and what it had to be worth (maintenance margin)."""

    time_us: int
    equity_atoms: int
    maintenance_atoms: int


class MarkAt(msgspec.Struct, frozen=True):
    """The mark price as it stood at a moment."""

    time_us: int
    mark_subticks: int


class RateFrom(msgspec.Struct, frozen=True):
    """A funding interval: from when, and what one long lot pays over all of it."""

    time_us: int
    lot_parts: int


def course(
    episode: Episode, view: State, marks: Sequence[MarkAt], rates: Sequence[RateFrom]
) -> list[Standing]:
    """Where the wallet stood at each mark until its last liquidation, and where events state it.

    `marks` and `rates` are in order of time; `view` gives the market's terms, nothing that moves.
    """
    stated = [
        Standing(int(e.time_us), int(e.equity_atoms), int(e.margin_atoms))
        for e in episode.events
        if e.kind in STATED and episode.owns(e)
    ]
    if not episode.is_isolated:
        return stated
    wallet = _Wallet(episode, view, rates)
    until_end = [mark for mark in marks if mark.time_us < episode.ended.time_us]
    return sorted([*wallet.standings(until_end), *stated], key=lambda each: each.time_us)


class _Wallet:
    """An isolated position's wallet as its events left it at any moment."""

    def __init__(self, episode: Episode, view: State, rates: Sequence[RateFrom]) -> None:
        self._view = view
        self._market: Market = view.markets[episode.market_id]
        self._flows = [(int(episode.events[f.place].time_us), f) for f in episode.flows]
        self._fills = episode.of_kind(EventKind.TRADED)
        self._fill_times = [int(event.time_us) for event in self._fills]
        self._rates = rates

    def standings(self, marks: Sequence[MarkAt]) -> Iterator[Standing]:
        """Where it stood at each mark at which the position was open."""
        for mark in marks:
            place = bisect_right(self._fill_times, mark.time_us)
            if place and self._fills[place - 1].position_lots:
                yield self._standing(mark, self._fills[place - 1])

    def _standing(self, mark: MarkAt, fill: Event) -> Standing:
        """MRGN-001, MRGN-002, as the engine reckons them."""
        value = value_at(self._market, mark.mark_subticks, fill.position_lots)
        by_entry = self._market.margin_basis == MarginBasis.ENTRY
        notional = abs(int(fill.value_atoms) if by_entry else value)
        settled = self._balance(mark.time_us) + self._accrued(mark.time_us, fill)
        return Standing(
            time_us=mark.time_us,
            equity_atoms=settled + int(value - fill.value_atoms),
            maintenance_atoms=self._maintenance(notional, abs(int(fill.position_lots))),
        )

    def _maintenance(self, notional_atoms: int, qty_lots: int) -> int:
        return int(maintenance_requirement(self._view, self._market, notional_atoms, qty_lots))

    def _balance(self, time_us: int) -> int:
        place = bisect_right(self._flows, time_us, key=lambda flow: flow[0])
        return self._flows[place - 1][1].balance_atoms if place else 0

    def _accrued(self, time_us: int, fill: Event) -> int:
        """FUND-005: since funding was last realised, by a fill or at the interval's start."""
        place = bisect_right(self._rates, time_us, key=lambda rate: rate.time_us)
        if not place:
            return 0
        rate = self._rates[place - 1]
        since_us = max(rate.time_us, int(fill.time_us))
        paid = self._lot_paid(rate, time_us) - self._lot_paid(rate, since_us)
        return received_atoms(paid, int(fill.position_lots), int(self._market.atom_parts))

    def _lot_paid(self, rate: RateFrom, time_us: int) -> int:
        """What a long lot has paid of an interval's funding by a moment, in parts of an atom."""
        elapsed_us, interval_us = time_us - rate.time_us, int(self._market.funding_interval_us)
        return elapsed_lot_parts(rate.lot_parts, elapsed_us, interval_us)
