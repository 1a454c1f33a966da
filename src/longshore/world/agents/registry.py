"""Kinds of agents by name, and the agents that a scenario asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from longshore.rulebooks import Catalog, MarketInfo
from longshore.world.agents.agent import Agent, Birth, Terms
from longshore.world.agents.arbitrage import Arbitrage, ArbitrageTerms
from longshore.world.agents.harvester import Harvester, HarvesterTerms
from longshore.world.agents.hedger import Hedger, HedgerTerms
from longshore.world.agents.hunter import Hunter, HunterTerms
from longshore.world.agents.maker import Maker, MakerTerms
from longshore.world.agents.metaorder import Metaorder, MetaorderTerms
from longshore.world.agents.noise import Noise, NoiseTerms
from longshore.world.agents.provider import Provider, ProviderTerms
from longshore.world.agents.retail import Retail, RetailTerms
from longshore.world.agents.reverting import Reverting, RevertingTerms
from longshore.world.agents.trend import Trend, TrendTerms
from longshore.world.scenario import AgentSpec, Scenario

Groups = Callable[[Sequence[MarketInfo]], list[list[MarketInfo]]]

PACE = "slower"
"""A setting every kind knows: all its intervals are so many times as long."""


def _each(markets: Sequence[MarketInfo]) -> list[list[MarketInfo]]:
    """One agent a market."""
    return [[market] for market in markets]


def _each_perpetual(markets: Sequence[MarketInfo]) -> list[list[MarketInfo]]:
    """One agent a perpetual."""
    return [[market] for market in markets if market.is_margined]


def _pairs(markets: Sequence[MarketInfo]) -> list[list[MarketInfo]]:
    """One agent a coin that has both a perpetual and a spot market."""
    spot = {market.base.symbol: market for market in markets if not market.is_margined}
    perpetuals = [market for market in markets if market.is_margined]
    return [[m, spot[m.base.symbol]] for m in perpetuals if m.base.symbol in spot]


def _all_perpetuals(markets: Sequence[MarketInfo]) -> list[list[MarketInfo]]:
    """One agent for all perpetuals together."""
    perpetuals = [market for market in markets if market.is_margined]
    return [perpetuals] if perpetuals else []


class Kind(NamedTuple):
    """What a name in a scenario stands for."""

    make: type[Agent]
    terms: Terms
    groups: Groups


KINDS: dict[str, Kind] = {
    "maker": Kind(Maker, MakerTerms(), _each),
    "deep": Kind(
        Maker,
        MakerTerms(
            interval_ms=4_000,
            latency_us=25_000,
            levels=18,
            half_spread_ppm=60,
            step_ppm=60,
            growth_ppm=300_000,
            size_usd=8_000,
            stir_ppm=150,
            react_us=60_000,
        ),
        _each,
    ),
    "noise": Kind(Noise, NoiseTerms(), _each),
    "trend": Kind(Trend, TrendTerms(), _each_perpetual),
    "arbitrage": Kind(Arbitrage, ArbitrageTerms(), _pairs),
    "provider": Kind(Provider, ProviderTerms(), _all_perpetuals),
    "shy": Kind(
        Maker,
        MakerTerms(
            interval_ms=2_000,
            latency_us=10_000,
            levels=8,
            half_spread_ppm=15,
            step_ppm=40,
            size_usd=8_000,
            stir_ppm=60,
            leave_ppm=300,
        ),
        _each,
    ),
    "metaorder": Kind(Metaorder, MetaorderTerms(), _each),
    "reverting": Kind(Reverting, RevertingTerms(), _each_perpetual),
    "harvester": Kind(Harvester, HarvesterTerms(), _pairs),
    "hedger": Kind(Hedger, HedgerTerms(), _each_perpetual),
    "retail": Kind(Retail, RetailTerms(), _each_perpetual),
    "hunter": Kind(Hunter, HunterTerms(), _each_perpetual),
}
CROWD = "crowd"
CROWD_KINDS = ("maker", "deep", "noise", "trend", "arbitrage", "provider")
"""One of each of these wherever it can be: the least that a living market needs."""


class Agents(NamedTuple):
    """A scenario's agents, their account numbers, and what the scenario gives them besides."""

    sources: list[Agent]
    accounts: dict[str, int]
    deposits: dict[str, dict[str, Decimal]]


def make_agents(scenario: Scenario, catalog: Catalog, first_account_id: int) -> Agents:
    """All agents of a scenario in the order of its file, numbered from `first_account_id` on.

    ValueError names a kind or a setting that does not exist; UnknownSymbolError a market.
    """
    made = Agents([], {}, {})
    birth = Birth(scenario.seed, scenario.start_us)
    for asked in scenario.agent:
        markets = [catalog.market(symbol) for symbol in asked.markets or scenario.markets]
        for spec in _specs(asked):
            kind, terms = KINDS[spec.kind], settled(spec.kind, spec.settings)
            for group, name in _placed(kind.groups(markets), spec, made.accounts):
                account_id = first_account_id + len(made.sources)
                ids = [market.market_id for market in group]
                made.sources.append(kind.make(name, terms, ids, account_id, birth))
                made.accounts[name] = account_id
                made.deposits[name] = spec.deposit
    return made


def _specs(spec: AgentSpec) -> list[AgentSpec]:
    """The crowd as its kinds; of each only the settings it knows."""
    if spec.kind in KINDS:
        return [spec]
    if spec.kind != CROWD:
        raise ValueError(f"no agent {spec.kind!r}; there are: {', '.join([*KINDS, CROWD])}")
    if set(spec.settings) - {PACE}:
        raise ValueError(f"a {CROWD} has one setting: {PACE}")
    return [msgspec.structs.replace(spec, kind=kind) for kind in CROWD_KINDS]


def settled(kind: str, settings: Mapping[str, int]) -> Terms:
    """A kind's terms with a scenario's settings in them. ValueError names what it does not know."""
    given = dict(settings)
    slower = given.pop(PACE, 1)
    base = KINDS[kind].terms
    try:
        terms = msgspec.convert({**msgspec.structs.asdict(base), **given}, type(base))
    except msgspec.ValidationError as error:
        raise ValueError(f"agent {kind}: {error}") from error
    if slower < 1 or terms.interval_ms < 1 or terms.latency_us < 0:
        raise ValueError(f"agent {kind}: intervals are above zero, latencies not below")
    return msgspec.structs.replace(terms, interval_ms=terms.interval_ms * slower)


def _placed(
    groups: list[list[MarketInfo]], spec: AgentSpec, taken: Mapping[str, int]
) -> Iterator[tuple[list[MarketInfo], str]]:
    """Every group `count` times, each with a name nobody has yet."""
    for group in groups:
        where = group[0].symbol if len(group) == 1 else group[0].base.symbol
        for _ in range(spec.count):
            number = 1
            while (name := f"{spec.kind} {where} {number}") in taken:
                number += 1
            yield group, name
