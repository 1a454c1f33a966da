"""From what a scenario says to rows of the crowd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from longshore.engine.limits import MARKETS_MAX
from longshore.world.agents.crowd import AGENTS_MAX, STEPS_MAX, Crowd
from longshore.world.agents.kinds import Kind
from longshore.world.agents.ladder import lay_steps
from longshore.world.agents.maker import MakerTerms
from longshore.world.agents.memory import PlainCrowd, take_turns
from longshore.world.agents.moves import ATOMS
from longshore.world.agents.rows import Agent
from longshore.world.agents.terms import Birth, Terms
from longshore.world.random import stream_key, uniform

TABLES: dict[Kind, str] = {
    Kind.MAKER: "makers",
    Kind.NOISE: "noises",
    Kind.TREND: "trends",
    Kind.REVERTING: "trends",
    Kind.ARBITRAGE: "arbitrages",
    Kind.HARVESTER: "arbitrages",
    Kind.PROVIDER: "providers",
    Kind.METAORDER: "metaorders",
    Kind.HEDGER: "hedgers",
    Kind.RETAIL: "retails",
    Kind.HUNTER: "hunters",
}
"""Where the terms of a kind lie, and what it remembers."""
FIRST_US = 300_000
US_PER_MS = 1_000


class Trader(NamedTuple):
    """One trader as a scenario asks for it."""

    name: str
    kind: Kind
    terms: Terms
    market_ids: Sequence[int]


def gather(traders: Sequence[Trader], first_account_id: int, birth: Birth) -> Crowd:
    """A crowd of these traders, their accounts numbered in this order. ValueError: too many."""
    levels = sum(t.terms.levels for t in traders if isinstance(t.terms, MakerTerms))
    if len(traders) > AGENTS_MAX or levels >= STEPS_MAX:
        raise ValueError(f"a world has at most {AGENTS_MAX:,} agents, {STEPS_MAX:,} levels in all")
    crowd = Crowd()
    crowd.first_account_id = first_account_id
    crowd.agents_count = len(traders)
    crowd.leaves = 1 << max(0, len(traders) - 1).bit_length()
    for slot, trader in enumerate(traders, 1):
        _enter(crowd, slot, trader, birth)
    take_turns(PlainCrowd(crowd))
    return crowd


def _enter(crowd: Crowd, slot: int, trader: Trader, birth: Birth) -> None:
    """One trader's rows; its first decision comes soon after the world's start."""
    key = stream_key(birth.seed, f"agent {trader.name}")
    agent, terms = crowd.agents[slot], trader.terms
    agent.kind = trader.kind
    agent.account_id = crowd.first_account_id + slot - 1
    agent.market_id, agent.markets_count = trader.market_ids[0], len(trader.market_ids)
    agent.interval_us = terms.interval_ms * US_PER_MS
    agent.latency_us, agent.deposit_usd = terms.latency_us, terms.deposit_usd
    agent.key_hi, agent.key_lo = divmod(key, 1 << 32)
    agent.next_us = birth.start_us + 1 + uniform(key, 0, FIRST_US)
    for number, market_id in enumerate(trader.market_ids):
        crowd.places[slot * MARKETS_MAX + number].market_id = market_id
    _enter_kind(crowd, agent, slot, terms)


def _enter_kind(crowd: Crowd, agent: Agent, slot: int, terms: Terms) -> None:
    """The row of its kind: the terms under their names."""
    name = TABLES[Kind(agent.kind)]
    agent.place = getattr(crowd, f"{name}_count") + 1
    setattr(crowd, f"{name}_count", agent.place)
    row: Any = getattr(crowd, name)[agent.place]
    for field in row.FIELDS:
        if hasattr(terms, field):
            setattr(row, field, getattr(terms, field))
    if "agent" in row.FIELDS:
        row.agent = slot
    if isinstance(terms, MakerTerms):
        size_atoms = terms.size_usd * ATOMS
        row.first_step = lay_steps(
            crowd, terms.levels, terms.step_ppm, terms.growth_ppm, size_atoms
        )
