"""Kinds of agents by name, and the agents that a scenario asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from longshore.rulebooks import Catalog, MarketInfo
from longshore.world.agents.arbitrage import ArbitrageTerms, HarvesterTerms
from longshore.world.agents.building import Trader, gather
from longshore.world.agents.hedger import HedgerTerms
from longshore.world.agents.hunter import HunterTerms
from longshore.world.agents.kinds import Kind
from longshore.world.agents.maker import MakerTerms
from longshore.world.agents.metaorder import MetaorderTerms
from longshore.world.agents.noise import NoiseTerms
from longshore.world.agents.provider import ProviderTerms
from longshore.world.agents.retail import RetailTerms
from longshore.world.agents.source import CrowdSource
from longshore.world.agents.terms import MOST, Birth, Terms
from longshore.world.agents.trend import RevertingTerms, TrendTerms
from longshore.world.scenario import AgentSpec, Scenario
from longshore.world.source import Source

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


class Known(NamedTuple):
    """What a name in a scenario stands for."""

    kind: Kind
    terms: Terms
    groups: Groups


KINDS: dict[str, Known] = {
    "maker": Known(Kind.MAKER, MakerTerms(), _each),
    "deep": Known(
        Kind.MAKER,
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
    "noise": Known(Kind.NOISE, NoiseTerms(), _each),
    "trend": Known(Kind.TREND, TrendTerms(), _each_perpetual),
    "arbitrage": Known(Kind.ARBITRAGE, ArbitrageTerms(), _pairs),
    "provider": Known(Kind.PROVIDER, ProviderTerms(), _all_perpetuals),
    "shy": Known(
        Kind.MAKER,
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
    "metaorder": Known(Kind.METAORDER, MetaorderTerms(), _each),
    "reverting": Known(Kind.REVERTING, RevertingTerms(), _each_perpetual),
    "harvester": Known(Kind.HARVESTER, HarvesterTerms(), _pairs),
    "hedger": Known(Kind.HEDGER, HedgerTerms(), _each_perpetual),
    "retail": Known(Kind.RETAIL, RetailTerms(), _each_perpetual),
    "hunter": Known(Kind.HUNTER, HunterTerms(), _each_perpetual),
}
CROWD = "crowd"
CROWD_KINDS = ("maker", "deep", "noise", "trend", "arbitrage", "provider")
"""One of each of these wherever it can be: the least that a living market needs."""


class Agents(NamedTuple):
    """A scenario's agents, their account numbers, and what the scenario gives them besides."""

    sources: list[Source]
    accounts: dict[str, int]
    deposits: dict[str, dict[str, Decimal]]


def make_agents(scenario: Scenario, catalog: Catalog, first_account_id: int) -> Agents:
    """All agents of a scenario in the order of its file, numbered from `first_account_id` on.

    ValueError names a kind or a setting that does not exist; UnknownSymbolError a market.
    """
    made = Agents([], {}, {})
    traders: list[Trader] = []
    for asked in scenario.agent:
        markets = [catalog.market(symbol) for symbol in asked.markets or scenario.markets]
        for spec in _specs(asked):
            kind, terms = KINDS[spec.kind], settled(spec.kind, spec.settings)
            for group, name in _placed(kind.groups(markets), spec, made.accounts):
                made.accounts[name] = first_account_id + len(traders)
                made.deposits[name] = spec.deposit
                ids = [market.market_id for market in group]
                traders.append(Trader(name, kind.kind, terms, ids))
    if traders:
        birth = Birth(scenario.seed, scenario.start_us)
        crowd = gather(traders, first_account_id, birth)
        made.sources.append(CrowdSource(crowd, [trader.name for trader in traders]))
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
    if slower < 1 or terms.interval_ms * slower > MOST:
        raise ValueError(f"agent {kind}: {PACE} is from 1, and the interval at most {MOST:,} ms")
    largest_usd = getattr(terms, "size_usd", 0) << getattr(terms, "doublings", 0)
    if 2 * largest_usd > MOST:
        raise ValueError(f"agent {kind}: size_usd with all its doublings is beyond {MOST // 2:,}")
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
