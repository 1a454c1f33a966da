"""Provider: takes over liquidated positions by agreement, and works them off in the book."""

from __future__ import annotations

from longshore.engine.commands import CommandKind
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.units import absolute, smaller
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.moves import ATOMS, held_lots, index_of, is_open, lots_for
from longshore.world.agents.purse import nth_market
from longshore.world.agents.rows import Agent
from longshore.world.agents.sending import send, send_close
from longshore.world.agents.terms import Natural, Positive, Terms


class ProviderTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much it takes over at once, and how fast it gets rid of it."""

    interval_ms: Positive = 5_000
    latency_us: Natural = 20_000
    assign_max_lots: Natural = 1_000_000  # of one position
    slice_usd: Natural = 25_000


@rule
def enrol(crowd: Crowd, agent: Agent) -> None:
    """It takes assignments in all markets from now on."""
    made = send(crowd, agent, CommandKind.SET_ASSIGNMENT)
    made.qty_lots = crowd.providers[agent.place].assign_max_lots


@rule
def decide_provider(crowd: Crowd, state: State, agent: Agent) -> None:
    """A slice of each position it holds, at the market."""
    for number in range(agent.markets_count):
        work_off(crowd, state, agent, nth_market(crowd, state, agent, number))


@rule
def work_off(crowd: Crowd, state: State, agent: Agent, market: Market) -> None:
    """An order that makes the position in a market smaller, if there is one."""
    held = held_lots(state, agent.account_id, market)
    if held == 0 or not is_open(state, market):
        return
    slice_atoms = crowd.providers[agent.place].slice_usd * ATOMS
    most = lots_for(state, market, slice_atoms, index_of(state, market))
    qty_lots = smaller(absolute(held), most)
    send_close(crowd, agent, market.market_id, qty_lots if held < 0 else -qty_lots)
