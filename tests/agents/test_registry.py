"""From a scenario's words to agents and feeds, or to a refusal that names what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from longshore import rulebooks
from longshore.engine.limits import MARKETS_MAX
from longshore.world.agents import Agents, make_agents
from longshore.world.agents.chance import draw
from longshore.world.agents.crowd import PURSES_PER_AGENT, Crowd
from longshore.world.agents.maker import MakerTerms
from longshore.world.agents.registry import CROWD_KINDS, settled
from longshore.world.cast import Cast
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


def crowd(made: Agents) -> Crowd:
    (source,) = made.sources
    return source.memory.crowd


def markets(made: Agents, name: str) -> set[int]:
    slot = made.accounts[name] - 15
    first = slot * MARKETS_MAX
    count = crowd(made).agents[slot].markets_count
    return {crowd(made).places[at].market_id for at in range(first, first + count)}


def names(*agents: AgentSpec) -> list[str]:
    return list(make_agents(scenario(*agents), CATALOG, 16).accounts)


def test_the_crowd_is_every_kind_wherever_it_can_be() -> None:
    made = make_agents(scenario(AgentSpec(kind="crowd")), CATALOG, 16)
    assert {name.split()[0] for name in made.accounts} == set(CROWD_KINDS)
    assert list(made.accounts.values()) == list(range(16, 16 + len(made.accounts)))
    ids = {symbol: CATALOG.market(symbol).market_id for symbol in MARKETS}
    assert markets(made, "arbitrage XBT 1") == {ids["PF_XBTUSD"], ids["XBT/USD"]}
    trends = [markets(made, name) for name in made.accounts if name.startswith("trend")]
    assert trends == [{ids["PF_XBTUSD"]}, {ids["PF_DOGEUSD"]}]


def test_several_of_a_kind_have_names_and_chances_of_their_own() -> None:
    spec = AgentSpec(kind="maker", count=2, markets=["PF_XBTUSD"])
    assert names(spec, spec) == [f"maker PF_XBTUSD {n}" for n in (1, 2, 3, 4)]
    made = crowd(make_agents(scenario(spec), CATALOG, 16))
    one, other = (draw(made, made.agents[slot], 0, 2**32) for slot in (1, 2))
    assert one != other


def test_a_state_from_before_there_was_a_crowd_is_gone_on_from() -> None:
    """Traders were sources of their own once; worlds of that time are opened all the same."""
    made = make_agents(scenario(AgentSpec(kind="maker"), AgentSpec(kind="retail")), CATALOG, 16)
    purse = [1, 1, 500]
    own = {"step": 9, "next_us": 77, "pending": [], "purse": purse}
    Cast(made.sources).restore(
        {
            "maker PF_DOGEUSD 1": {**own, "maker": [2, 3, -4, 5, 6]},
            "retail PF_XBTUSD 1": {**own, "next_us": 88, "retail": [7, 8, 1]},
        }
    )
    (source,), rows = made.sources, crowd(made)
    maker = rows.makers[2]
    assert source.next_due_us() == 77
    assert (maker.asset_id, maker.seen_subticks, maker.wander_ppm, maker.fear_ppm) == (2, 3, -4, 5)
    assert (rows.agents[2].step, rows.agents[2].purse_count) == (9, 1)
    assert rows.purses[2 * PURSES_PER_AGENT].values() == (1, 1, 500)
    assert (rows.retails[1].slow_subticks, rows.retails[1].lives_spent) == (7, 1)


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
        (AgentSpec(kind="maker", settings={"interval_ms": 0}), "interval_ms"),
        (AgentSpec(kind="maker", settings={"interval_ms": 10, "slower": 10**10}), "slower"),
        (AgentSpec(kind="noise", settings={"hold_usd": 0}), "hold_usd"),
        (AgentSpec(kind="noise", settings={"size_usd": 10**9}), "doublings"),
        (AgentSpec(kind="maker", settings={"levels": 129}), "levels"),
        (AgentSpec(kind="retail", count=4_097), "at most 4,096 agents"),
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
