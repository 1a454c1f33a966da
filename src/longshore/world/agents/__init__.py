"""Traders of the practice market: state machines over whole numbers, written as rules.

An agent owns one account. At its due time it reads the engine's state and decides; what it decided
arrives `latency_us` later. What it draws depends on (seed, its name, its step) and on nothing else.

Reading order: kinds, rows, crowd, chance, moves, sending, purse, due, then the kinds themselves
(noise, trend, arbitrage, provider, metaorder, hedger, hunter, quotes, ladder, maker, retail),
acting, running; around the rules terms, building, memory, source, registry. `recorded` and its
`agent` are traders in plain Python.
"""

from __future__ import annotations

from longshore.world.agents.registry import Agents, make_agents
from longshore.world.agents.source import warm_up

__all__ = ["Agents", "make_agents", "warm_up"]
