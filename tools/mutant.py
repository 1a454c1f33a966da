"""A pytest plugin that replaces one rule of the engine by a no-op: `LONGSHORE_MUTANT=name`.

It stands in for the `@rule` mark, before any rule is defined, so that callers meet the no-op
wherever they look the rule up. Compiling each mutant would take a minute and tell nothing more, so
tests of the compiled engine are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from longshore.engine import _compile

TARGET = os.environ["LONGSHORE_MUTANT"]
RESULTS = {"bool": "False", "None": "None"}
mark = _compile.rule


def no_op(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the same signature that changes nothing and says zero, False or None."""
    result = RESULTS.get(str(function.__annotations__.get("return")), "0")
    arguments = ", ".join(function.__code__.co_varnames[: function.__code__.co_argcount])
    space: dict[str, Any] = {}
    exec(f"def {function.__name__}({arguments}): return {result}", space)  # noqa: S102
    made: Callable[..., Any] = space[function.__name__]
    return made


def rule(function: Callable[..., Any]) -> Callable[..., Any]:
    """The mark, but for the target."""
    return mark(no_op(function) if function.__name__ == TARGET else function)


def load_program(mode: str) -> Any:
    """No compiled program."""
    pytest.skip(f"mutants run plain, not {mode}")


_compile.load_program = load_program
_compile.rule = rule  # type: ignore[assignment]
