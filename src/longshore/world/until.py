"""What a world can be asked to go on until: predicates over what has just happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import msgspec

from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.engine.state import State

Signal = Literal["mark", "index", "last"]

FILL = frozenset({EventKind.TRADED})
FUNDING = frozenset({EventKind.FUNDING_SET})
LIQUIDATION = frozenset({EventKind.LIQUIDATION_STARTED})
ANYTHING = frozenset(EventKind)


class Until(Protocol):
    """Asked after every moment in which something acted."""

    def met(self, events: Sequence[Event], view: State) -> bool:
        """Whether what happened, or what it came to, is what was waited for."""
        ...


class Never(msgspec.Struct, frozen=True):
    """Only the time ends it."""

    def met(self, events: Sequence[Event], view: State) -> bool:
        """Never."""
        return False


class Happens(msgspec.Struct, frozen=True):
    """An event of one of these kinds, of one account and in one market unless they are 0."""

    kinds: frozenset[EventKind] = ANYTHING
    account_id: int = 0
    market_id: int = 0

    def met(self, events: Sequence[Event], view: State) -> bool:
        """Whether one of them is."""
        return any(self._is(event) for event in events)

    def _is(self, event: Event) -> bool:
        return (
            event.kind in self.kinds
            and self.account_id in (0, event.account_id)
            and self.market_id in (0, event.market_id)
        )


class Crosses(msgspec.Struct):
    """A price of a market comes to a level or passes it, from the side it was on at first.

    Without a price there is no side yet; a price that is at the level has come to it.
    """

    market_id: int
    level_subticks: int
    signal: Signal = "mark"
    was_above: bool | None = None

    def met(self, events: Sequence[Event], view: State) -> bool:
        """Whether the price has come there."""
        price = price_subticks(view, self.market_id, self.signal)
        if price == 0:
            return False
        if price == self.level_subticks:
            return True
        is_above = price > self.level_subticks
        if self.was_above is None:
            self.was_above = is_above
        return is_above != self.was_above


def price_subticks(view: State, market_id: int, signal: Signal) -> int:
    """Mark, index or last price of a market; 0 where there is none."""
    market = view.markets[market_id]
    if signal == "mark":
        return int(market.mark_subticks)
    if signal == "index":
        return int(view.assets[market.base_asset_id].index_subticks)
    return int(market.last_ticks) * int(market.tick_subticks)
