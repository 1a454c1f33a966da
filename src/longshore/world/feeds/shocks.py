"""Shocks: what a scenario does to index prices at set times, over what its feed makes of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.feeds.feed import Feed
from longshore.world.past import MarketPast
from longshore.world.random import PPM
from longshore.world.scenario import ShockSpec
from longshore.world.source import SourceState

SECOND_US = 1_000_000


class Shaken:
    """A feed whose prices are moved, held back or told by fewer sources while a shock lasts.

    A shock is a function of time alone, so it has no state, and the feed below goes on as it would.
    """

    def __init__(
        self, feed: Feed, shocks: Sequence[ShockSpec], assets: Mapping[str, int], start_us: int
    ) -> None:
        self._feed = feed
        self._shocks = [(assets[shock.asset], shock) for shock in shocks]
        self._start_us = start_us
        self.name = feed.name
        self.note = f"{feed.note} The scenario moves them at set times."
        self.asset_ids = feed.asset_ids
        self.end_us = feed.end_us
        self.listens = getattr(feed, "listens", False)

    def next_due_us(self) -> int:
        """As the feed below."""
        return self._feed.next_due_us()

    def observe(self, events: Sequence[Event]) -> None:
        """As the feed below."""
        self._feed.observe(events)

    def act(self, time_us: int, view: State) -> list[Command]:
        """Its prices, shaken."""
        made = []
        for command in self._feed.act(time_us, view):
            since_us = time_us - self._start_us
            own = [shock for asset_id, shock in self._shocks if asset_id == command.asset_id]
            if any(is_silent(shock, since_us) for shock in own):
                continue
            for shock in own:
                moved_ppm = PPM + shift_ppm(shock, since_us)
                command.price_subticks = command.price_subticks * moved_ppm // PPM
                if shock.sources and is_on(shock, since_us):
                    command.sources = shock.sources
            made.append(command)
        return made

    def past(self, markets: Sequence[Market]) -> dict[int, MarketPast]:
        """As the feed below."""
        return self._feed.past(markets)

    def state(self) -> dict[str, int | list[int]]:
        """Of the feed below."""
        return self._feed.state()

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        self._feed.restore(state)


def shift_ppm(shock: ShockSpec, since_us: int) -> int:
    """How far the price is moved: on straight lines there, and back where it goes back."""
    gone_us = since_us - shock.at_s * SECOND_US
    over_us, hold_us, back_us = (
        seconds * SECOND_US for seconds in (shock.over_s, shock.hold_s, shock.back_s)
    )
    if gone_us < 0:
        return 0
    if gone_us < over_us:
        return shock.move_ppm * gone_us // over_us
    if not shock.back_s or gone_us < over_us + hold_us:
        return shock.move_ppm
    left_us = over_us + hold_us + back_us - gone_us
    return shock.move_ppm * max(0, left_us) // back_us


def is_on(shock: ShockSpec, since_us: int) -> bool:
    """Whether the shock has begun and has not gone back."""
    lasts_s = shock.over_s + shock.hold_s + shock.back_s
    return 0 <= since_us - shock.at_s * SECOND_US < lasts_s * SECOND_US


def is_silent(shock: ShockSpec, since_us: int) -> bool:
    """Whether nothing of the asset is told."""
    return 0 <= since_us - shock.at_s * SECOND_US < shock.silent_s * SECOND_US
