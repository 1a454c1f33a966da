"""Hunter: sees somebody being liquidated, goes the same way at once, and out again after.

Who is liquidated must sell: it sells before more of them do, and buys back below.
"""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.rows import Event
from longshore.engine.state import State
from longshore.engine.units import smaller
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.due import be_due
from longshore.world.agents.moves import ATOMS, held_lots, index_of, is_open, lots_for, value_of
from longshore.world.agents.rows import Agent, Hunter
from longshore.world.agents.sending import send_close, send_take
from longshore.world.agents.terms import Natural, Positive, Terms

US_PER_S = 1_000_000


class HunterTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much it puts on, and for how long."""

    interval_ms: Positive = 5_000
    latency_us: Natural = 4_000
    react_us: Natural = 30_000
    slice_usd: Natural = 60_000
    hold_usd: Natural = 240_000
    stay_s: Natural = 45


@rule
def heed_liquidation(crowd: Crowd, event: Event) -> None:
    """A liquidation is told to everybody."""
    for place in range(1, crowd.hunters_count + 1):
        hunter = crowd.hunters[place]
        agent = crowd.agents[hunter.agent]
        if agent.market_id == event.market_id and agent.account_id != event.account_id:
            go_after(crowd, hunter, event)


@rule
def go_after(crowd: Crowd, hunter: Hunter, event: Event) -> None:
    """Its way, for how long, and when it begins."""
    agent = crowd.agents[hunter.agent]
    hunter.way = -1 if event.position_lots > 0 else 1
    hunter.until_us = event.time_us + hunter.stay_s * US_PER_S
    agent.next_us = smaller(agent.next_us, event.time_us + hunter.react_us)
    be_due(crowd, hunter.agent)


@rule
def decide_hunter(crowd: Crowd, state: State, agent: Agent, time_us: I64) -> None:
    """One slice further in while the hunt goes on, all of it out after."""
    hunter = crowd.hunters[agent.place]
    market = state.markets[agent.market_id]
    if not is_open(state, market):
        return
    held = held_lots(state, agent.account_id, market)
    if time_us < hunter.until_us:
        go_in(crowd, state, agent, held)
    elif held != 0:
        send_close(crowd, agent, agent.market_id, -held)


@rule
def go_in(crowd: Crowd, state: State, agent: Agent, held: I64) -> None:
    """A slice more, unless it holds all that it wants to."""
    hunter = crowd.hunters[agent.place]
    market = state.markets[agent.market_id]
    index = index_of(state, market)
    if value_of(state, market, held, index) * hunter.way >= hunter.hold_usd * ATOMS:
        return
    qty_lots = lots_for(state, market, hunter.slice_usd * ATOMS, index)
    send_take(crowd, agent, agent.market_id, hunter.way * qty_lots)
