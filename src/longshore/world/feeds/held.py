"""Held: prices that stand where they were put, until an operator puts them elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from longshore.engine.events import EventKind
from longshore.engine.limits import PRICE_MAX_SUBTICKS, TIME_MAX_US
from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.feeds.past_market import MarketPast
from longshore.world.feeds.publish import publish_index
from longshore.world.source import SourceState

INTERVAL_US = 1_000_000
SOURCES = 5
NOTE = (
    "Prices stand still until they are moved by hand. They are no market's prices and forecast "
    "nothing."
)


class HeldFeed:
    """Publishes the index of each asset again and again, so that it never goes stale.

    An index that somebody else publishes is the price it holds from then on.
    """

    def __init__(
        self,
        prices_subticks: Mapping[int, int],
        *,
        start_us: int,
        interval_us: int = INTERVAL_US,
    ) -> None:
        """First prices by asset id; the first publication is at `start_us`."""
        if interval_us <= 0:
            raise ValueError("the interval must be positive")
        if any(not 0 < price <= PRICE_MAX_SUBTICKS for price in prices_subticks.values()):
            raise ValueError("a held price is above zero, and one that an index can have")
        self.name = "held"
        self.note = NOTE
        self.asset_ids = tuple(prices_subticks)
        self.end_us = TIME_MAX_US
        self._prices_subticks = dict(prices_subticks)
        self._interval_us = interval_us
        self._next_us = start_us

    def next_due_us(self) -> int:
        """When the prices are published again."""
        return self._next_us

    def observe(self, events: Sequence[Event]) -> None:
        """What was published last is what is held."""
        for event in events:
            if event.kind == EventKind.INDEX_PUBLISHED and event.asset_id in self._prices_subticks:
                self._prices_subticks[event.asset_id] = event.index_subticks

    def act(self, time_us: int, view: State) -> list[Command]:
        """Every price once more."""
        self._next_us = time_us + self._interval_us
        return [
            publish_index(time_us, asset_id, price, SOURCES)
            for asset_id, price in self._prices_subticks.items()
        ]

    def past(self, markets: Sequence[Market]) -> dict[int, MarketPast]:
        """There is none: nothing happened here before."""
        return {}

    def state(self) -> dict[str, int | list[int]]:
        """The prices and when they come next."""
        return {"next_us": self._next_us, "prices_subticks": list(self._prices_subticks.values())}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        self._next_us = cast("int", state["next_us"])
        prices = cast("list[int]", state["prices_subticks"])
        self._prices_subticks = dict(zip(self.asset_ids, prices, strict=True))
