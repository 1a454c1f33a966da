"""Ticks: the price of recorded trades or of a recorded book, published as an index."""

from __future__ import annotations

from collections.abc import Sequence

from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.feeds.imported import Ticks
from longshore.world.feeds.publish import publish_index
from longshore.world.feeds.tape import Tape
from longshore.world.past import MarketPast, ticks_past
from longshore.world.source import SourceState

INTERVAL_US = 1_000_000


class TicksFeed:
    """The index of one asset every `interval_us`: nothing in a gap, nothing after the end."""

    def __init__(
        self, ticks: Ticks, asset_id: int, *, start_us: int, interval_us: int = INTERVAL_US
    ) -> None:
        """ValueError: the start is not recorded, or the interval is none."""
        if interval_us <= 0:
            raise ValueError("the interval must be positive")
        if not ticks.start_us <= start_us < ticks.end_us:
            raise ValueError(f"{ticks.name} does not hold the start of this world")
        self.name = f"replay:{ticks.name}"
        self.note = ticks.note
        self.asset_ids: tuple[int, ...] = (asset_id,)
        self.end_us = ticks.end_us
        self.tape = Tape(ticks)
        self._interval_us = interval_us
        self._start_us = start_us
        self._next_us = start_us

    def next_due_us(self) -> int:
        """When the next price is published; the end of time once the recording has ended."""
        return self._next_us if self._next_us < self.end_us else TIME_MAX_US

    def observe(self, events: Sequence[Event]) -> None:
        """What happens in the world does not change what was recorded."""

    def act(self, time_us: int, view: State) -> list[Command]:
        """Publish the price of this moment, if there is one."""
        self._next_us = self.tape.gap_end_us(time_us + self._interval_us)
        price_subticks = self.tape.price_subticks(time_us)
        if not price_subticks:
            return []
        return [publish_index(time_us, self.asset_ids[0], price_subticks)]

    def past(self, markets: Sequence[Market]) -> dict[int, MarketPast]:
        """The trades before the start."""
        return ticks_past(self.tape.trades(0, self._start_us - 1), markets)

    def state(self) -> dict[str, int | list[int]]:
        """Where the replay stands; tape and book follow from the time."""
        return {"next_us": self._next_us}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        next_us = state["next_us"]
        assert isinstance(next_us, int)
        self._next_us = next_us
