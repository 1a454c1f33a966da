"""The feed a scenario asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from longshore.engine.rows import Market
from longshore.rulebooks import Catalog
from longshore.world.feeds import recording
from longshore.world.feeds.presets import sim_settings
from longshore.world.feeds.pull import Pull
from longshore.world.feeds.replay import INTERVAL_US as REPLAY_INTERVAL_US
from longshore.world.feeds.replay import ReplayFeed
from longshore.world.feeds.sim import INTERVAL_US as SIM_INTERVAL_US
from longshore.world.feeds.sim import SimFeed, default_assets
from longshore.world.past import MarketPast
from longshore.world.scenario import FeedSpec, Scenario
from longshore.world.source import Source

MICROSECONDS = 1_000_000


class Feed(Source, Protocol):
    """A source of index prices."""

    note: str
    """What its prices are, in words for world, screen and report."""
    asset_ids: tuple[int, ...]
    """The assets it prices: a world offers only markets in these."""
    end_us: int
    """When its prices end; the end of time if never."""

    def past(self, markets: Sequence[Market]) -> dict[int, MarketPast]:
        """What the world is born with, by market id."""
        ...


def make_feed(scenario: Scenario, catalog: Catalog) -> Feed:
    """The scenario's feed. ValueError: it does not fit, or leaves a market without a price."""
    feed = _replay(scenario, catalog) if scenario.feed.kind == "replay" else _sim(scenario, catalog)
    for symbol in scenario.markets:
        market = catalog.market(symbol)
        for asset in market.priced_by:
            if asset.asset_id not in feed.asset_ids:
                raise ValueError(f"{symbol}: the feed {feed.name} has no price of {asset.symbol}")
    return feed


def _replay(scenario: Scenario, catalog: Catalog) -> ReplayFeed:
    """A recording's bars for its one asset."""
    recorded = recording.load(scenario.feed.recording)
    return ReplayFeed(
        recorded,
        catalog.asset(recorded.asset).asset_id,
        seed=scenario.seed,
        start_us=scenario.start_us,
        interval_us=_interval_us(scenario.feed, REPLAY_INTERVAL_US),
    )


def _sim(scenario: Scenario, catalog: Catalog) -> SimFeed:
    """The synthetic market of the assets that the scenario's markets need."""
    wanted = (asset for symbol in scenario.markets for asset in catalog.market(symbol).priced_by)
    spec = scenario.feed
    settings = sim_settings(spec.preset, spec.settings)
    assets = default_assets(
        {asset.symbol: asset.asset_id for asset in wanted}, vol_ppm=settings.process.vol_ppm
    )
    return SimFeed(
        assets,
        seed=scenario.seed,
        start_us=scenario.start_us,
        interval_us=_interval_us(spec, SIM_INTERVAL_US),
        terms=settings.process,
        pull=None if settings.pull is None else Pull(settings.pull),
    )


def _interval_us(spec: FeedSpec, usual_us: int) -> int:
    """The time between two publications."""
    return usual_us if spec.interval_s is None else int(spec.interval_s * MICROSECONDS)
