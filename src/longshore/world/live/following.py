"""What a scenario with live prices asks of the process that watches, and who mirrors what."""

from __future__ import annotations

from longshore.rulebooks import Catalog
from longshore.world.agents.mirror import Mirror, account_name, mirrored
from longshore.world.build import Parts
from longshore.world.feeds.live import live_terms
from longshore.world.live.quotes import Wish
from longshore.world.live.venues import venue_of
from longshore.world.scenario import Scenario


def wish_of(scenario: Scenario, catalog: Catalog, *, patient: bool) -> Wish:
    """How the scenario's venue is to be watched."""
    spec = scenario.feed
    venue, terms = venue_of(spec.venue, spec.url), live_terms(spec.settings)
    markets = mirrored([catalog.market(symbol) for symbol in scenario.markets])
    quote = venue.quote
    return Wish(
        client=venue.client,
        watch=venue.watch,
        url=spec.url,
        symbols={m.symbol: f"{m.base.code}/{quote}:{quote}" for m in markets},
        levels=spec.levels,
        interval_ms=terms.interval_ms,
        quiet_ms=terms.quiet_ms,
        retry_ms=terms.retry_ms,
        retry_most_ms=terms.retry_most_ms,
        patient=patient,
    )


def mirrors_of(parts: Parts) -> dict[str, Mirror]:
    """Who mirrors a market's book, by symbol."""
    spec, catalog = parts.scenario.feed, parts.catalog
    terms = live_terms(spec.settings)
    markets = mirrored([catalog.market(symbol) for symbol in parts.scenario.markets])
    return {
        market.symbol: Mirror(
            market, parts.accounts[account_name(market.symbol)], terms, spec.levels
        )
        for market in markets
    }
