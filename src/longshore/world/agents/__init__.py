"""Traders of the practice market: state machines over whole numbers.

An agent owns one account. At its due time it reads the engine's view and decides; what it decided
arrives `latency_us` later. What it draws depends on (seed, its name, its step) and on nothing else.
"""

from __future__ import annotations

from longshore.world.agents.registry import Agents, make_agents

__all__ = ["Agents", "make_agents"]
