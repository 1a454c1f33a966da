"""A world as Python sees it: `from longshore import World`, or `AsyncWorld` in an event loop."""

from __future__ import annotations

from longshore.practice.worlds.async_world import AsyncWorld
from longshore.practice.worlds.errors import WorldError
from longshore.practice.worlds.orders import Placed, Position
from longshore.practice.worlds.world import World

__all__ = ["AsyncWorld", "Placed", "Position", "World", "WorldError"]
