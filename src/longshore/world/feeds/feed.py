"""The feed a scenario asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from longshore.engine.rows import Market
from longshore.rulebooks import Catalog
from longshore.world.agents.mirror import mirrored
from longshore.world.feeds import imported, recording
from longshore.world.feeds.held import INTERVAL_US as HELD_INTERVAL_US
from longshore.world.feeds.held import HeldFeed
from longshore.world.feeds.live import LEVELS_MOST, LiveFeed, live_terms
from longshore.world.feeds.presets import sim_settings
from longshore.world.feeds.process import Asset
from longshore.world.feeds.pull import Pull
from longshore.world.feeds.recording import Recording
from longshore.world.feeds.replay import ReplayFeed
from longshore.world.feeds.sim import INTERVAL_US as SIM_INTERVAL_US
from longshore.world.feeds.sim import SUBTICKS, SimFeed, default_assets
from longshore.world.feeds.ticks import INTERVAL_US as TICKS_INTERVAL_US
from longshore.world.feeds.ticks import TicksFeed
from longshore.world.feeds.twin import twin_of
from longshore.world.live.venues import venue_of
from longshore.world.past import MarketPast
from longshore.world.random import PPM
from longshore.world.scenario import FeedSpec, Scenario
from longshore.world.source import Source

MICROSECONDS = 1_000_000
POINTS = 12  # prices a bar, usually: of a minute, one every five seconds


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
    feed = _made(scenario, catalog)
    for symbol in scenario.markets:
        market = catalog.market(symbol)
        for asset in market.priced_by:
            if asset.asset_id not in feed.asset_ids:
                raise ValueError(f"{symbol}: the feed {feed.name} has no price of {asset.symbol}")
    return feed


def _made(scenario: Scenario, catalog: Catalog) -> Feed:
    """By its kind."""
    makers: dict[str, Callable[[Scenario, Catalog], Feed]]
    makers = {"held": _held, "sim": _sim, "live": _live}
    return makers.get(scenario.feed.kind, _replay)(scenario, catalog)


def _live(scenario: Scenario, catalog: Catalog) -> LiveFeed:
    """The watch over what a venue tells of the assets of the scenario's markets."""
    spec = scenario.feed
    venue_of(spec.venue, spec.url)
    live_terms(spec.settings)
    if spec.levels > LEVELS_MOST:
        raise ValueError(f"feed: levels of a live book are {LEVELS_MOST} at most")
    markets = [catalog.market(symbol) for symbol in scenario.markets]
    mirrored(markets)
    bases = {market.market_id: market.base.asset_id for market in markets}
    return LiveFeed(spec.venue, bases, scenario.start_us)


def _replay(scenario: Scenario, catalog: Catalog) -> Feed:
    """A recording's prices for its one asset: bars, or their twin, or ticks."""
    name = scenario.feed.recording
    recorded = recording.load(name) if name in recording.names() else imported.load(name)
    asset_id = catalog.asset(recorded.asset).asset_id
    if isinstance(recorded, Recording):
        return _bars(scenario, recorded, asset_id)
    if scenario.feed.kind == "twin":
        raise ValueError(f"{recorded.name} is no recording of bars, and only these have a twin")
    return TicksFeed(
        recorded,
        asset_id,
        start_us=scenario.start_us,
        interval_us=_interval_us(scenario.feed, TICKS_INTERVAL_US),
    )


def _bars(scenario: Scenario, recorded: Recording, asset_id: int) -> ReplayFeed:
    """Bars as they were, or the twin that the world's seed makes of them."""
    if scenario.feed.kind == "twin":
        recorded = twin_of(recorded, scenario.seed)
    return ReplayFeed(
        recorded,
        asset_id,
        seed=scenario.seed,
        start_us=scenario.start_us,
        interval_us=_interval_us(scenario.feed, recorded.bar_us // POINTS),
    )


def _sim(scenario: Scenario, catalog: Catalog) -> SimFeed:
    """The synthetic market of the assets that the scenario's markets need."""
    spec = scenario.feed
    settings = sim_settings(spec.preset, spec.settings)
    return SimFeed(
        _sim_assets(scenario, catalog, settings.process.vol_ppm),
        seed=scenario.seed,
        start_us=scenario.start_us,
        interval_us=_interval_us(spec, SIM_INTERVAL_US),
        terms=settings.process,
        pull=None if settings.pull is None else Pull(settings.pull),
    )


def _sim_assets(scenario: Scenario, catalog: Catalog, vol_ppm: int = PPM) -> list[Asset]:
    """Those of the synthetic market's assets that the scenario's markets need."""
    wanted = (asset for symbol in scenario.markets for asset in catalog.market(symbol).priced_by)
    return default_assets({asset.symbol: asset.asset_id for asset in wanted}, vol_ppm=vol_ppm)


def _held(scenario: Scenario, catalog: Catalog) -> HeldFeed:
    """Prices that stand where the scenario, or else the synthetic market, puts them."""
    usual = {asset.asset_id: asset.price_subticks for asset in _sim_assets(scenario, catalog)}
    given = {
        catalog.asset(symbol).asset_id: int(price * SUBTICKS)
        for symbol, price in scenario.feed.prices.items()
    }
    return HeldFeed(
        usual | given,
        start_us=scenario.start_us,
        interval_us=_interval_us(scenario.feed, HELD_INTERVAL_US),
    )


def _interval_us(spec: FeedSpec, usual_us: int) -> int:
    """The time between two publications."""
    return usual_us if spec.interval_s is None else int(spec.interval_s * MICROSECONDS)
