"""Longshore: a whole perpetual-futures venue that runs on one laptop. Practice money only."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longshore import calc, rulebooks
    from longshore.engine.engine import Engine
    from longshore.practice.worlds import AsyncWorld, World

__version__ = "0.1.0"
__all__ = ["AsyncWorld", "Engine", "World", "__version__", "calc", "rulebooks"]

_LAZY = {
    "AsyncWorld": "longshore.practice.worlds",
    "Engine": "longshore.engine.engine",
    "World": "longshore.practice.worlds",
    "calc": "longshore.calc",
    "rulebooks": "longshore.rulebooks",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: `longshore --version` needs none of it."""
    if name not in _LAZY:
        raise AttributeError(f"module 'longshore' has no attribute {name!r}")
    module = importlib.import_module(_LAZY[name])
    return getattr(module, name, module)
