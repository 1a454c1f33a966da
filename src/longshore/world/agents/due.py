"""Whose turn it is: a tree over the traders, each of its rows naming who below it is due first."""

from __future__ import annotations

from longshore.engine._table import I64, NIL
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import Crowd


@rule
def be_due(crowd: Crowd, slot: I64) -> None:
    """A trader's due time may have changed: correct it, and who is first above it."""
    agent = crowd.agents[slot]
    agent.due_us = agent.next_us if agent.first_sent == NIL else agent.arrives_us
    at = (crowd.leaves + slot - 1) // 2
    while at >= 1:
        crowd.turns[at].agent = sooner_of(
            crowd, crowd.turns[2 * at].agent, crowd.turns[2 * at + 1].agent
        )
        at = at // 2


@rule
def sooner_of(crowd: Crowd, left: I64, right: I64) -> I64:
    """Who of two is due first; at one time the one that was made first, who stands left."""
    if right == NIL or crowd.agents[left].due_us <= crowd.agents[right].due_us:
        return left
    return right
