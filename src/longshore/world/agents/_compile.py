"""Rules of traders: the engine's own subset of Python, and a program of their own.

The engine's program stays what it is. The traders' program holds their rules and those of the
engine that they read the state by; for the engine itself it calls the compiled one where it lies.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import inspect
import os
import sys
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, TypeVar

from longshore.engine._compile import RULES, _Rewriter, _word, cache_root

F = TypeVar("F", bound=Callable[..., Any])

CROWD_RULES: dict[str, Callable[..., Any]] = {}
ENTRY = "run_crowd"
"""The one rule called from Python."""


def rule(function: F) -> F:
    """Mark a function as a rule of traders. Names are unique, the engine's included."""
    name = function.__name__
    assert name not in RULES, f"the engine has a rule called {name}"
    assert name not in CROWD_RULES, f"two rules are called {name}"
    CROWD_RULES[name] = function
    return function


def call_engine(engine: Any, states: Any, count: int) -> int:
    """Let the engine carry out what is in its inbox: a function, or where its machine code lies."""
    return int(engine(states, count))


class _CrowdRewriter(_Rewriter):
    """As for the engine; constants handed to a trader's rule become words too."""

    def visit_Call(self, node: ast.Call) -> ast.AST:  # noqa: N802  ast's own name
        super().visit_Call(node)
        if isinstance(node.func, ast.Name) and node.func.id in CROWD_RULES:
            node.args = [_word(a) for a in node.args]
        return node


def _rewritten(function: Callable[..., Any]) -> str:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    tree = _CrowdRewriter(function.__globals__).visit(tree)
    return ast.unparse(ast.fix_missing_locations(tree))


_HEAD = '''"""Generated from the @rule functions of traders and engine. Do not edit."""
from longshore.engine._native import compiler
from longshore.world.agents._native import engine_caller
_inner, _entry, _word, _add, _sub, _mul = compiler({checked})
call_engine = engine_caller()
'''


@cache
def program_source(mode: Literal["jit", "checked"]) -> str:
    """The traders' program as Numba gets it."""
    parts = [_HEAD.format(checked=mode == "checked")]
    for name, function in sorted({**RULES, **CROWD_RULES}.items()):
        decorator = "_entry" if name == ENTRY else "_inner"
        parts.append(f"@{decorator}\n{_rewritten(function)}\n")
    return "\n".join(parts)


@cache
def load_program(mode: Literal["jit", "checked"]) -> Any:
    """The module of compiled rules, in a folder named by all that it is made of."""
    import numba

    from longshore.engine import _linking
    from longshore.engine import _native as engine_native
    from longshore.world.agents import _native

    text = program_source(mode)
    around = "".join(inspect.getsource(part) for part in (engine_native, _linking, _native))
    tag = hashlib.blake2b(f"{numba.__version__}{around}{text}".encode(), digest_size=12).hexdigest()
    name = f"longshore_crowd_{mode}_{tag}"
    folder = cache_root() / f"crowd-{mode}-{tag}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "program.py"
    if not path.exists() or path.read_text() != text:
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(text)
        draft.replace(path)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
