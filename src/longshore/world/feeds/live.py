"""Live: prices that a real venue tells, and the watch kept over their age.

The prices themselves come from outside, as a user's orders do: whoever follows the venue submits
them, and the journal is all that a replay needs. The feed among the sources only looks at what was
heard. Where an index is nearly as old as the rulebook allows, its markets go into an auction, in
which orders gather, nothing is matched and nobody is liquidated; the next price ends it. So nothing
is ever traded on a price that is too old, whatever has become of the connection or of who follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import msgspec

from longshore.engine.codes import MarketState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.past import MarketPast
from longshore.world.random import PPM
from longshore.world.source import SourceState

STALE_US = 60_000_000
"""What counts where the rulebook lets an index never go stale."""
MARGIN_PART = 12
"""This part of the allowed age is kept for the way from the venue to the engine."""
LEVELS_MOST = 50
NEVER_US = -TIME_MAX_US


class LiveTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a venue is watched, and how much of its book stands in the world's."""

    interval_ms: int = 1_000
    """What was heard is published so often."""
    quiet_ms: int = 10_000
    """A venue that tells nothing new of an index for so long has gone stale."""
    retry_ms: int = 500
    """The wait before connecting again; it doubles with each try, up to `retry_most_ms`."""
    retry_most_ms: int = 30_000
    quote_ms: int = 15_000
    """The mirrored orders end by themselves when nothing was heard for so long in world time."""
    scale_ppm: int = 1_000_000
    """The part of a level's size that is mirrored, and the most that one is worth, in dollars."""
    level_usd: int = 500_000


def live_terms(settings: Mapping[str, int]) -> LiveTerms:
    """A scenario's settings of a live feed. ValueError names what is unknown or cannot be."""
    try:
        terms = msgspec.convert(settings, LiveTerms)
    except msgspec.ValidationError as error:
        raise ValueError(f"feed: {error}") from error
    for name, value in msgspec.structs.asdict(terms).items():
        if value < 1:
            raise ValueError(f"feed: {name} is above zero")
    if terms.scale_ppm > PPM:
        raise ValueError(f"feed: scale_ppm is {PPM} at most, the whole size")
    return terms


def fresh_for_us(stale_after_us: int) -> int:
    """How old an index may become before its markets stop: a little less than the rulebook says."""
    allowed_us = stale_after_us or STALE_US
    return allowed_us - late_most_us(stale_after_us)


def late_most_us(stale_after_us: int) -> int:
    """How long a price may have been on its way to be taken at all."""
    return (stale_after_us or STALE_US) // MARGIN_PART


class LiveFeed:
    """The watch over the indexes that a venue tells."""

    listens = True  # a market may be halted by what traders do

    def __init__(self, venue: str, markets: Mapping[int, int], start_us: int) -> None:
        """`markets` are those of the world, each with the asset it stands on."""
        self.name = f"live:{venue}"
        self.note = (
            f"Index prices and book levels are those that {venue} tells, as they come; nothing "
            "done here moves them. Without a price that is fresh enough, markets stand still."
        )
        self.asset_ids = tuple(sorted(set(markets.values())))
        self.end_us = TIME_MAX_US
        self._markets = dict(markets)
        self._heard = dict.fromkeys(self.asset_ids, NEVER_US)
        self._due = dict.fromkeys(markets, start_us)

    def next_due_us(self) -> int:
        """When it next looks at a market: after what has changed, or when its index is too old."""
        return min(self._due.values())

    def observe(self, events: Sequence[Event]) -> None:
        """A price makes fresh; an auction, whoever called it, waits for a price newer than it."""
        for event in events:
            if event.kind == EventKind.INDEX_PUBLISHED and event.asset_id in self._heard:
                self._heard[event.asset_id] = event.time_us
                for market_id, asset_id in self._markets.items():
                    if asset_id == event.asset_id:
                        self._due[market_id] = event.time_us + 1
            elif event.kind == EventKind.MARKET_STATE_SET and event.market_id in self._due:
                self._due[event.market_id] = event.time_us + 1
                if event.flag == MarketState.AUCTION:
                    self._heard[self._markets[event.market_id]] = NEVER_US

    def act(self, time_us: int, view: State) -> list[Command]:
        """Stop the markets whose index has become too old, open those that have a new one."""
        due = [market_id for market_id, due_us in self._due.items() if due_us <= time_us]
        looked = (self._look(view.markets[market_id], time_us, view) for market_id in due)
        return [command for command in looked if command is not None]

    def _look(self, market: Market, time_us: int, view: State) -> Command | None:
        asset = view.assets[market.base_asset_id]
        heard_us = self._heard[int(market.base_asset_id)]
        until_us = heard_us + fresh_for_us(int(asset.stale_after_us))
        is_fresh = time_us < until_us
        self._due[int(market.market_id)] = until_us if is_fresh else TIME_MAX_US
        if is_fresh and market.state == MarketState.AUCTION:
            return set_state(market, MarketState.ACTIVE, Origin.AGENT)
        if not is_fresh and market.state in {MarketState.ACTIVE, MarketState.POST_ONLY}:
            return set_state(market, MarketState.AUCTION, Origin.AGENT)
        return None

    def past(self, markets: Sequence[Market]) -> dict[int, MarketPast]:
        """Nothing: the world begins with what it hears."""
        return {}

    def state(self) -> dict[str, int | list[int]]:
        """When each index was heard, and when each market is looked at."""
        return {
            "heard_us": [value for line in self._heard.items() for value in line],
            "due_us": [value for line in self._due.items() for value in line],
        }

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        self._heard = _pairs(state["heard_us"])
        self._due = _pairs(state["due_us"])


def set_state(market: Market, state: MarketState, origin: Origin) -> Command:
    """A market's new state."""
    return Command(
        kind=CommandKind.SET_MARKET_STATE,
        origin=origin,
        market_id=int(market.market_id),
        value=state,
    )


def _pairs(flat: int | list[int]) -> dict[int, int]:
    values = cast("list[int]", flat)
    return dict(zip(values[::2], values[1::2], strict=True))
