"""Sim: a seeded synthetic market as index of several assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.feeds.process import USUAL, Asset, Process, ProcessTerms
from longshore.world.feeds.publish import publish_index
from longshore.world.feeds.pull import Pull
from longshore.world.past import MarketPast, sim_past
from longshore.world.random import PPM, stream_key
from longshore.world.source import SourceState

INTERVAL_US = 500_000
SOURCES = 5
SUBTICKS = 10**10  # of one dollar

NOTE = (
    "Prices are made by a seeded random process: correlated assets, changing volatility, jumps. "
    "They are no market's prices and forecast nothing."
)

# By asset: first price, volatility a year, and the part of it that is the whole market's.
DEFAULTS: dict[str, tuple[int, int, int]] = {
    "XBT": (84_000 * SUBTICKS, 470_000, 950_000),
    "ETH": (3_000 * SUBTICKS, 620_000, 820_000),
    "SOL": (140 * SUBTICKS, 780_000, 740_000),
    "DOGE": (SUBTICKS * 2 // 10, 850_000, 660_000),
}


def default_assets(
    ids: Mapping[str, int], start_subticks: Mapping[str, int] | None = None, vol_ppm: int = PPM
) -> list[Asset]:
    """The assets the process knows, at first prices of one's own where given.

    `ids` maps symbols to asset ids and may name others, which get no feed; `vol_ppm` multiplies
    every volatility.
    """
    first = start_subticks or {}
    return [
        Asset(ids[symbol], first.get(symbol, price), vol * vol_ppm // PPM, market)
        for symbol, (price, vol, market) in DEFAULTS.items()
        if symbol in ids
    ]


class SimFeed:
    """The synthetic market, published for all its assets at once, every `interval_us`."""

    def __init__(
        self,
        assets: Sequence[Asset],
        *,
        seed: int,
        start_us: int,
        interval_us: int = INTERVAL_US,
        terms: ProcessTerms = USUAL,
        pull: Pull | None = None,
    ) -> None:
        """The first publication is at `start_us`, of the assets' first prices."""
        if interval_us <= 0:
            raise ValueError("the interval must be positive")
        self.name = "sim"
        self.note = NOTE
        self.asset_ids = tuple(asset.asset_id for asset in assets)
        self.process = Process(assets, stream_key(seed, self.name), terms)
        self._pull = pull
        self.end_us = TIME_MAX_US
        self._interval_us = interval_us
        self._seed = seed
        self._start_us = start_us
        self._next_us = start_us

    def next_due_us(self) -> int:
        """When the next prices are published."""
        return self._next_us

    def observe(self, events: Sequence[Event]) -> None:
        """What happens here it sees in the books, where it is told to look at them."""

    def act(self, time_us: int, view: State) -> list[Command]:
        """Move every price by one step and publish it."""
        if time_us > self._start_us:
            self.process.advance(time_us, self._interval_us)
        self._next_us = time_us + self._interval_us
        prices = zip(self.asset_ids, self._published(view), strict=True)
        return [publish_index(time_us, asset, price, SOURCES) for asset, price in prices]

    def _published(self, view: State) -> list[int]:
        """The process's prices, with this venue's share in them."""
        if self._pull is None:
            return self.process.prices_subticks
        return self._pull.published(self.process, view, self._interval_us)

    def past(self, markets: Sequence[Market]) -> dict[int, MarketPast]:
        """Ninety days of the same process, ending at the first prices."""
        return sim_past(self.process.assets, markets, seed=self._seed, start_us=self._start_us)

    def state(self) -> dict[str, int | list[int]]:
        """Where the process stands."""
        return {
            "next_us": self._next_us,
            "step": self.process.step,
            "fast_e9": self.process.fast_e9,
            "slow_e9": self.process.slow_e9,
            "storm": self.process.storm,
            "habits_ppm": [] if self._pull is None else self._pull.state(),
            "prices_subticks": list(self.process.prices_subticks),
        }

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        self._next_us = cast("int", state["next_us"])
        self.process.step = cast("int", state["step"])
        self.process.fast_e9 = cast("int", state["fast_e9"])
        self.process.slow_e9 = cast("int", state["slow_e9"])
        self.process.storm = cast("int", state.get("storm", 0))
        if self._pull is not None:
            self._pull.restore(cast("list[int]", state.get("habits_ppm", [])))
        self.process.prices_subticks = list(cast("list[int]", state["prices_subticks"]))
