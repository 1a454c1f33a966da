"""A position's liquidation cut out of an account's events: from where it began to the last end.

A wallet that was cured and falls again is liquidated again; all that since the position was opened
is one episode.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from longshore.engine.codes import Reason, Side, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.rulebooks import Catalog


class NoLiquidationError(LookupError):
    """The events given do not hold a whole liquidation."""


class Flow(msgspec.Struct, frozen=True):
    """Money of the wallet's own asset that came in (above zero) or left."""

    place: int
    amount_atoms: int
    balance_atoms: int
    reason: Reason


class Episode:
    """The events of one wallet from a position's beginning to the end of its last liquidation."""

    def __init__(self, events: Sequence[Event], catalog: Catalog) -> None:
        """Cut the last liquidation out of the events. Raises NoLiquidationError."""
        end = _last(events, EventKind.LIQUIDATION_ENDED)
        self.ended = events[end]
        self.account_id = int(self.ended.account_id)
        self.wallet = int(self.ended.wallet)
        owned = [event for event in events[: end + 1] if self.concerns(event)]
        last_start = owned[_last(owned, EventKind.LIQUIDATION_STARTED)]
        self.market_id = int(last_start.market_id)
        self.asset = catalog.market(self.market_id).settle
        self.events = owned[self._beginning(owned) :]
        self.last_started = last_start
        starts = [e for e in self.events if e.kind == EventKind.LIQUIDATION_STARTED]
        self.started = starts[0]
        self.ladders = {int(e.seq): int(e.index) for e in reversed(starts)}
        self.flows = self._flows(self.events)

    @property
    def is_isolated(self) -> bool:
        """Whether the wallet belongs to one position alone."""
        return WalletKind.ISOLATED <= self.wallet < WalletKind.COIN

    def owns(self, event: Event) -> bool:
        """Whether an event states this wallet as its own."""
        return bool(event.account_id == self.account_id and event.wallet == self.wallet)

    def concerns(self, event: Event) -> bool:
        """Whether an event says something about this wallet or its owner's orders."""
        if event.kind == EventKind.TRANSFERRED:
            other = event.other_account_id == self.account_id and event.other_wallet == self.wallet
            return self.owns(event) or bool(other)
        if event.kind == EventKind.ORDER_ENDED:
            return bool(event.account_id == self.account_id)
        return self.owns(event)

    def in_ladder(self, event: Event) -> bool:
        """Whether an event belongs to a liquidation: to its command, from its start on."""
        start = self.ladders.get(int(event.seq))
        return start is not None and int(event.index) >= start

    def further(self, later: Sequence[Event]) -> list[Event]:
        """What of the events after it is the same fall: to the last end of a further part."""
        until = 0
        for place, event in enumerate(later):
            if not self.owns(event):
                continue
            is_other = event.market_id != self.market_id
            if self._opens(event) or (event.kind == EventKind.LIQUIDATION_STARTED and is_other):
                break
            if event.kind == EventKind.LIQUIDATION_ENDED:
                until = place + 1
        return list(later[:until])

    def of_kind(self, kind: EventKind) -> list[Event]:
        """The wallet's own events of a kind."""
        return [event for event in self.events if event.kind == kind and self.owns(event)]

    def _flows(self, events: Sequence[Event]) -> list[Flow]:
        """Movements of the wallet's own money, each with its place among the events."""
        return [
            Flow(place, *self._movement(event), Reason(event.reason))
            for place, event in enumerate(events)
            if event.kind == EventKind.TRANSFERRED and event.asset_id == self.asset.asset_id
        ]

    def _movement(self, event: Event) -> tuple[int, int]:
        if self.owns(event):
            return -int(event.amount_atoms), int(event.balance_atoms)
        return int(event.amount_atoms), int(event.other_balance_atoms)

    def _beginning(self, events: Sequence[Event]) -> int:
        """The first event of the command that opened the position.

        The margin of an isolated position may have come in earlier, with a resting order: then the
        beginning is where the wallet was last empty before.
        """
        opening = next((e for e in reversed(events) if self._opens(e)), events[0])
        place = next(at for at, event in enumerate(events) if event.seq == opening.seq)
        if not self.is_isolated:
            return place
        until = [event for event in events if event.seq <= opening.seq]
        empty = [f.place for f in self._flows(until) if f.amount_atoms == f.balance_atoms]
        return min([place, *empty[-1:]])

    def _opens(self, event: Event) -> bool:
        return event.kind == EventKind.TRADED and event.market_id == self.market_id and opens(event)


def opens(event: Event) -> bool:
    """Whether a fill began a position: all that is held, or less, came from it."""
    grew = (event.position_lots > 0) == (event.side == Side.BUY)
    return bool(event.position_lots != 0 and grew and abs(event.position_lots) <= event.qty_lots)


def _last(events: Sequence[Event], kind: EventKind) -> int:
    for place in range(len(events) - 1, -1, -1):
        if events[place].kind == kind:
            return place
    raise NoLiquidationError(f"no {kind.name} among these events")
