"""From a scenario's words to agents and feeds, or to a refusal that names what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from longshore import rulebooks
from longshore.world.agents import make_agents
from longshore.world.agents.maker import MakerTerms
from longshore.world.agents.registry import CROWD_KINDS, settled
from longshore.world.feeds.feed import make_feed
from longshore.world.scenario import AgentSpec, FeedSpec, Scenario

CATALOG = rulebooks.load("kraken").catalog
MARKETS = ["PF_XBTUSD", "PF_DOGEUSD", "XBT/USD"]


def scenario(*agents: AgentSpec, markets: list[str] = MARKETS, **feed: str) -> Scenario:
    return Scenario(
        name="test",
        markets=markets,
        start=datetime(2020, 3, 12, tzinfo=UTC),
        feed=FeedSpec(**{"kind": "sim"} | feed),
        agent=list(agents),
    )


def names(*agents: AgentSpec) -> list[str]:
    return list(make_agents(scenario(*agents), CATALOG, 16).accounts)


def test_the_crowd_is_every_kind_wherever_it_can_be() -> None:
    made = make_agents(scenario(AgentSpec(kind="crowd")), CATALOG, 16)
    assert {name.split()[0] for name in made.accounts} == set(CROWD_KINDS)
    assert list(made.accounts.values()) == list(range(16, 16 + len(made.sources)))
    ids = {symbol: CATALOG.market(symbol).market_id for symbol in MARKETS}
    arbitrage = next(a for a in made.sources if a.name == "arbitrage XBT 1")
    assert set(arbitrage.market_ids) == {ids["PF_XBTUSD"], ids["XBT/USD"]}
    trends = [a.market_ids for a in made.sources if a.name.startswith("trend")]
    assert trends == [(ids["PF_XBTUSD"],), (ids["PF_DOGEUSD"],)]


def test_several_of_a_kind_have_names_and_chances_of_their_own() -> None:
    spec = AgentSpec(kind="maker", count=2, markets=["PF_XBTUSD"])
    assert names(spec, spec) == [f"maker PF_XBTUSD {n}" for n in (1, 2, 3, 4)]
    one, other = make_agents(scenario(spec), CATALOG, 16).sources
    assert one.draw(0, 2**32) != other.draw(0, 2**32)


def test_settings_change_what_they_name_and_nothing_else() -> None:
    terms = settled("maker", {"levels": 20, "slower": 3})
    assert isinstance(terms, MakerTerms)
    usual = MakerTerms()
    assert (terms.levels, terms.interval_ms) == (20, 3 * usual.interval_ms)
    assert (terms.size_usd, terms.latency_us) == (usual.size_usd, usual.latency_us)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (AgentSpec(kind="whale"), "no agent 'whale'"),
        (AgentSpec(kind="maker", settings={"leverage": 3}), "leverage"),
        (AgentSpec(kind="maker", settings={"interval_ms": 0}), "above zero"),
        (AgentSpec(kind="crowd", settings={"levels": 20}), "one setting"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(spec: AgentSpec, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        names(spec)


def test_a_world_offers_only_markets_with_a_feed() -> None:
    only = scenario(markets=["PF_XBTUSD"], kind="replay", recording="xbtusd-2020-03")
    assert make_feed(only, CATALOG).asset_ids == (CATALOG.asset("XBT").asset_id,)
    more = scenario(kind="replay", recording="xbtusd-2020-03")
    with pytest.raises(ValueError, match="no price of DOGE"):
        make_feed(more, CATALOG)
    with pytest.raises(ValueError, match="no recording"):
        make_feed(scenario(kind="replay", recording="nothing"), CATALOG)
