"""One trader's turn: what is on its way arrives, or a new decision is made.

A decision is made on the state at its due time and arrives a latency later, all at once; nothing
new is decided while something is on its way. The first decision is to pay money in.
"""

from __future__ import annotations

from longshore.engine._table import I64, NIL
from longshore.engine.state import State
from longshore.engine.units import larger
from longshore.world.agents._compile import rule
from longshore.world.agents.arbitrage import decide_arbitrage
from longshore.world.agents.chance import DRAWS, draw
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.hedger import decide_hedger
from longshore.world.agents.hunter import decide_hunter
from longshore.world.agents.kinds import Kind
from longshore.world.agents.maker import decide_maker
from longshore.world.agents.metaorder import decide_metaorder
from longshore.world.agents.noise import decide_noise
from longshore.world.agents.provider import decide_provider, enrol
from longshore.world.agents.purse import REFILL_STEPS, all_priced, fill_purse, refill
from longshore.world.agents.retail import decide_retail
from longshore.world.agents.rows import Agent
from longshore.world.agents.trend import decide_trend

PAUSE_SPREAD = 8  # a pause differs from the interval by up to this part of it, either way
PAUSE_LANE = DRAWS - 1


@rule
def decide(crowd: Crowd, state: State, agent: Agent, time_us: I64) -> None:
    """A decision: it is on its way from now on, and the next one comes after a pause."""
    agent.next_us = time_us + pause_us(crowd, agent)
    if agent.purse_count == 0:
        if all_priced(crowd, state, agent):
            agent.next_us = time_us + agent.latency_us + 1
            come(crowd, state, agent)
    else:
        decide_as_kind(crowd, state, agent, time_us)
        if agent.step % REFILL_STEPS == 0 and agent.kind != Kind.RETAIL:
            refill(crowd, state, agent)
    agent.step += 1
    if agent.first_sent != NIL:
        agent.arrives_us = time_us + agent.latency_us
        agent.next_us = larger(agent.next_us, agent.arrives_us + 1)


@rule
def come(crowd: Crowd, state: State, agent: Agent) -> None:
    """Money for its account, once every index it needs is known."""
    fill_purse(crowd, state, agent)
    if agent.kind == Kind.PROVIDER:
        enrol(crowd, agent)
    elif agent.kind == Kind.MAKER:
        crowd.makers[agent.place].asset_id = state.markets[agent.market_id].base_asset_id


@rule
def pause_us(crowd: Crowd, agent: Agent) -> I64:
    """The time until the next decision: the interval, a little more or less.

    For noise anything from nothing to twice the interval, so that trades come in clusters.
    """
    least_us = agent.latency_us + 1
    if agent.kind == Kind.NOISE:
        return least_us + draw(crowd, agent, PAUSE_LANE, 2 * agent.interval_us)
    spread_us = agent.interval_us // PAUSE_SPREAD
    jitter_us = draw(crowd, agent, PAUSE_LANE, 2 * spread_us + 1) - spread_us
    return larger(agent.interval_us + jitter_us, least_us)


@rule
def decide_as_kind(crowd: Crowd, state: State, agent: Agent, time_us: I64) -> None:
    """What its kind decides."""
    kind = agent.kind
    if kind == Kind.MAKER:
        decide_maker(crowd, state, agent, time_us)
    elif kind == Kind.NOISE:
        decide_noise(crowd, state, agent)
    elif kind == Kind.TREND or kind == Kind.REVERTING:
        decide_trend(crowd, state, agent)
    elif kind == Kind.ARBITRAGE or kind == Kind.HARVESTER:
        decide_arbitrage(crowd, state, agent)
    elif kind == Kind.METAORDER:
        decide_metaorder(crowd, state, agent, time_us)
    elif kind == Kind.HEDGER:
        decide_hedger(crowd, state, agent, time_us)
    elif kind == Kind.HUNTER:
        decide_hunter(crowd, state, agent, time_us)
    elif kind == Kind.PROVIDER:
        decide_provider(crowd, state, agent)
    else:
        decide_retail(crowd, state, agent)
