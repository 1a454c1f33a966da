"""Compiled functions of the tests' own that call compiled rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def compiled(function: Callable[..., Any]) -> Any:
    """The function and all rules under it as one program; plain `njit` would not take them in."""
    import numba

    from longshore.engine._linking import Whole, pipeline

    return numba.njit(pipeline_class=pipeline(Whole))(function)
