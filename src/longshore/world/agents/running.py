"""The crowd and the engine together: who is due acts, the engine carries it out, all see it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from longshore.engine._table import I64, NIL, Table
from longshore.engine.apply import MORE
from longshore.engine.events import EventKind
from longshore.engine.limits import COMMANDS_MAX
from longshore.engine.rows import Event
from longshore.engine.state import State
from longshore.engine.units import larger
from longshore.world.agents._compile import call_engine, rule
from longshore.world.agents.acting import decide
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.due import be_due
from longshore.world.agents.hunter import heed_liquidation
from longshore.world.agents.kinds import Kind
from longshore.world.agents.maker import heed_index, hurry
from longshore.world.agents.rows import Agent
from longshore.world.agents.sending import fill_command, take_sent

IDLE = 0
"""Nobody is due any more by the time asked for."""
FULL = 1
"""What was made is to be taken before it goes on."""
TURN_MOST = 1_024  # commands of one turn: a ladder that is laid anew sends a quarter of it


class Ask(IntEnum):
    """What the crowd is called for."""

    RUN = 0  # act and have the engine carry it out, again and again, until a time
    ACT = 1  # let the one who is due act, and only say what it sends
    HEED = 2  # see what has happened elsewhere


@rule
def run_crowd(crowds: Table[Crowd], states: Table[State], engine: Any) -> I64:  # type: ignore[type-var]
    """What the crowd is asked for; IDLE, or FULL where it is to be called again."""
    crowd = crowds[0]
    state = states[0]
    if crowd.asked == Ask.ACT:
        let_act(crowd, state, crowd.turns[1].agent)
        return IDLE
    if crowd.asked == Ask.HEED:
        for at in range(crowd.heard_count):
            heed(crowd, crowd.heard[at])
        return IDLE
    while True:
        if state.command_at < crowd.commands_count:
            result = call_engine(engine, states, crowd.commands_count)
            heed_new(crowd, state)
            if result == MORE:
                return FULL
        slot = crowd.turns[1].agent
        if slot == NIL or crowd.agents[slot].due_us > crowd.until_us:
            return IDLE
        if has_no_room(crowd, crowd.agents[slot]):
            return FULL
        let_act(crowd, state, slot)


@rule
def has_no_room(crowd: Crowd, agent: Agent) -> bool:
    """Whether a turn's commands may not fit, or enough was done and a moment has ended."""
    if crowd.commands_count + larger(agent.sent_count, TURN_MOST) > COMMANDS_MAX:
        return True
    return crowd.commands_count >= crowd.commands_most and agent.due_us > crowd.acted_us


@rule
def let_act(crowd: Crowd, state: State, slot: I64) -> None:
    """Who is due has its turn."""
    agent = crowd.agents[slot]
    time_us = agent.due_us
    crowd.acted_us = time_us
    if agent.first_sent == NIL:
        decide(crowd, state, agent, time_us)
    if agent.first_sent != NIL and agent.arrives_us <= time_us:
        arrive(crowd, state, agent, time_us)
    be_due(crowd, slot)


@rule
def arrive(crowd: Crowd, state: State, agent: Agent, time_us: I64) -> None:
    """All that is on its way is at the venue: in the engine's inbox, or told to who asked."""
    seq = state.seq
    assert crowd.commands_count + agent.sent_count <= COMMANDS_MAX
    while agent.first_sent != NIL:
        made = take_sent(crowd, agent)
        if crowd.asked == Ask.RUN:
            command = state.inbox[crowd.commands_count]
        else:
            command = crowd.out[crowd.commands_count]
        seq += 1
        crowd.commands_count += 1
        fill_command(command, made, agent.account_id)
        command.seq = seq
        command.time_us = time_us
    agent.next_us = larger(agent.next_us, time_us + 1)


@rule
def heed_new(crowd: Crowd, state: State) -> None:
    """See what the engine has told since the last look."""
    for at in range(crowd.events_heeded, state.events_count):
        heed(crowd, state.events[at])
    crowd.events_heeded = state.events_count


@rule
def heed(crowd: Crowd, event: Event) -> None:
    """An index, a fill of a maker's own, a liquidation; most look at the state when they decide."""
    if event.kind == EventKind.TRADED:
        slot = event.account_id - crowd.first_account_id + 1
        if slot >= 1 and slot <= crowd.agents_count:
            heed_fill(crowd, crowd.agents[slot], event)
    elif event.kind == EventKind.INDEX_PUBLISHED:
        heed_index(crowd, event)
    elif event.kind == EventKind.LIQUIDATION_STARTED and event.position_lots != 0:
        heed_liquidation(crowd, event)


@rule
def heed_fill(crowd: Crowd, agent: Agent, event: Event) -> None:
    """A maker that was traded with looks again soon."""
    if agent.kind == Kind.MAKER:
        hurry(crowd, crowd.makers[agent.place], event.time_us)
