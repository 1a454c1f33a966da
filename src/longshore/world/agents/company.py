"""A real market's own accounts, in a world whose feed is a recording by ticks, or a live one."""

from __future__ import annotations

from decimal import Decimal

from longshore.rulebooks import Catalog, MarketInfo
from longshore.world.agents.mirror import DEPOSIT_USD, account_name, mirrored
from longshore.world.agents.recorded import Recorded, RecordedBook, RecordedFlow, RecordedTerms
from longshore.world.agents.registry import Agents
from longshore.world.agents.terms import Birth
from longshore.world.feeds.feed import Feed
from longshore.world.feeds.ticks import TicksFeed
from longshore.world.scenario import Scenario

FLOW, BOOK = "recorded takers", "recorded book"


def recorded_agents(
    feed: Feed, scenario: Scenario, catalog: Catalog, first_account_id: int
) -> Agents:
    """Who takes, and where a book was recorded who rests; in the first market on its asset.

    Of a live feed those who rest: accounts alone, for what they do comes from outside.
    """
    made = Agents([], {}, {})
    if scenario.is_live:
        return _mirrors(scenario, catalog, first_account_id)
    market = _market(feed, scenario, catalog)
    if market is None or not isinstance(feed, TicksFeed):
        return made
    kinds: dict[str, type[Recorded]] = {FLOW: RecordedFlow}
    if feed.tape.ticks.book:
        kinds[BOOK] = RecordedBook
    terms = RecordedTerms(levels=scenario.feed.levels)
    for at, (kind, make) in enumerate(kinds.items()):
        name, account_id = f"{kind} {market.symbol}", first_account_id + at
        birth = Birth(scenario.seed, scenario.start_us)
        agent = make(name, terms, [market.market_id], account_id, birth)
        agent.tape = feed.tape
        made.sources.append(agent)
        made.accounts[name] = account_id
        made.deposits[name] = {}
    return made


def _mirrors(scenario: Scenario, catalog: Catalog, first_account_id: int) -> Agents:
    """The accounts that hold a venue's books, with the money for it."""
    made = Agents([], {}, {})
    for market in mirrored([catalog.market(symbol) for symbol in scenario.markets]):
        name = account_name(market.symbol)
        made.accounts[name] = first_account_id + len(made.accounts)
        made.deposits[name] = {catalog.settlement.symbol: Decimal(DEPOSIT_USD)}
    return made


def _market(feed: Feed, scenario: Scenario, catalog: Catalog) -> MarketInfo | None:
    markets = [catalog.market(symbol) for symbol in scenario.markets]
    return next((m for m in markets if m.base.asset_id in feed.asset_ids), None)
