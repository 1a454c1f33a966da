"""One source, three runs. With `_native` and `_linking`, all that knows Numba.

`@rule` marks a plain function over a subset of Python. Run `plain`, it is that function. For `jit`
and `checked` the source of every rule is rewritten once (codes become numbers, `+ - *` become forms
that stop on overflow), written to one module in a folder named by the digest of all of it and the
mode, and compiled from there; Numba's own cache can therefore never serve an old program.
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
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

Mode = Literal["plain", "jit", "checked"]
F = TypeVar("F", bound=Callable[..., Any])

RULES: dict[str, Callable[..., Any]] = {}
ENTRIES = ("run_inbox",)
"""Rules called from Python; only these get a Python wrapper when compiled."""


def rule(function: F) -> F:
    """Mark a function as a rule. Names are unique: all rules share one program."""
    assert function.__name__ not in RULES, f"two rules are called {function.__name__}"
    RULES[function.__name__] = function
    return function


class _Rewriter(ast.NodeTransformer):
    """A rule's source as Numba gets it."""

    def __init__(self, names: dict[str, Any]) -> None:
        self.names = names

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.returns = None
        node.decorator_list = []
        for argument in node.args.args:
            argument.annotation = None
        if isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
            node.body = node.body[1:] or [ast.Pass()]
        self.generic_visit(node)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        assert node.value is not None
        return self.visit_Assign(ast.Assign(targets=[node.target], value=node.value))

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name):
            code = self.names.get(node.value.id)
            if isinstance(code, type) and issubclass(code, IntEnum):
                return ast.Constant(int(code[node.attr]))
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        value = self.names.get(node.id)
        if isinstance(node.ctx, ast.Load) and isinstance(value, int) and node.id.isupper():
            return ast.Constant(int(value))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in RULES:
            node.args = [_word(a) for a in node.args]
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        node.value = _word(node.value)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        name = _CHECKED.get(type(node.op))
        if name is None or (_constant(node.left) and _constant(node.right)):
            return node
        return _call(name, node.left, node.right)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        self.generic_visit(node)
        name = _CHECKED.get(type(node.op))
        if name is None:
            return node
        assert isinstance(node.target, ast.Name | ast.Attribute)
        read = ast.parse(ast.unparse(node.target), mode="eval").body
        return ast.Assign(targets=[node.target], value=_call(name, read, node.value))


_CHECKED: dict[type[ast.operator], str] = {
    ast.Add: "_add",
    ast.Sub: "_sub",
    ast.Mult: "_mul",
}


def _constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _word(node: ast.expr) -> ast.expr:
    """A whole-number constant as a plain 64-bit word.

    Numba would otherwise compile a rule anew for each constant it is called with.
    """
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return _call("_word", node)
    return node


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(func=ast.Name(name, ast.Load()), args=list(arguments), keywords=[])


@cache
def _rewritten(function: Callable[..., Any]) -> str:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    tree = _Rewriter(function.__globals__).visit(tree)
    return ast.unparse(ast.fix_missing_locations(tree))


_HEAD = '''"""Generated from the @rule functions of the engine. Do not edit."""
from longshore.engine._native import compiler
_inner, _entry, _word, _add, _sub, _mul = compiler({checked})
'''


def program_source(mode: Mode) -> str:
    """The whole program as Numba gets it: deterministic, so that its digest names the cache."""
    parts = [_HEAD.format(checked=mode == "checked")]
    for name, function in sorted(RULES.items()):
        decorator = "_entry" if name in ENTRIES else "_inner"
        parts.append(f"@{decorator}\n{_rewritten(function)}\n")
    return "\n".join(parts)


@cache
def source_digest() -> str:
    """The digest of every rule imported so far: the same digest, the same behaviour."""
    return hashlib.blake2b(program_source("jit").encode(), digest_size=16).hexdigest()


def cache_root() -> Path:
    """Where compiled programs are kept; `LONGSHORE_CACHE` overrides."""
    base = os.environ.get("LONGSHORE_CACHE") or os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "longshore" if base else Path.home() / ".cache" / "longshore"


def load_program(mode: Literal["jit", "checked"]) -> Any:
    """The module of compiled rules. Nothing is compiled until an entry is first called."""
    import numba

    from longshore.engine import _linking, _native

    text = program_source(mode)
    made_of = f"{numba.__version__}{inspect.getsource(_native)}{inspect.getsource(_linking)}{text}"
    tag = hashlib.blake2b(made_of.encode(), digest_size=12).hexdigest()
    name = f"longshore_program_{mode}_{tag}"
    if name in sys.modules:
        return sys.modules[name]
    folder = cache_root() / f"{mode}-{tag}"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "program.py"
    if not path.exists() or path.read_text() != text:
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(text)
        draft.replace(path)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
