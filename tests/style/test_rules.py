"""Rules are written in a small subset of Python, so that three ways of running agree."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from enum import IntEnum
from functools import cache
from statistics import median
from typing import Any

import pytest

from tests.style.parse import ENGINE, PACKAGE, Rule, rules

STATEMENTS = (
    ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.If, ast.While, ast.For, ast.Break,
    ast.Continue, ast.Pass, ast.Expr, ast.Assert,
)  # fmt: skip
EXPRESSIONS = (
    ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Call, ast.Name, ast.Attribute,
    ast.Subscript, ast.Constant,
)  # fmt: skip
PARTS = (
    ast.expr_context, ast.boolop, ast.unaryop, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE,
    ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.LShift, ast.RShift, ast.BitAnd,
    ast.BitOr, ast.BitXor,
)  # fmt: skip
BUILTINS = {"range", "bool", "int", "call_engine"}  # the last: from one program into the other
SHIFT_LIMIT = 63
PARAMETERS_MAX = 6
MEDIAN_LINES = 10


@cache
def names_of(path: str) -> dict[str, Any]:
    """What the names of a rule's file stand for."""
    dotted = path.removeprefix(str(PACKAGE)).removesuffix(".py").replace("/", ".")
    return vars(importlib.import_module(f"longshore{dotted}"))


def value_of(rule: Rule, node: ast.expr) -> Any:
    """The value of a constant or of a capitalised name; None for anything else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name) and node.id.isupper():
        return names_of(str(rule.path)).get(node.id)
    return None


def nodes(rule: Rule) -> list[ast.AST]:
    """Every node of the body; annotations are for the reader and for mypy."""
    found: list[ast.AST] = []
    stack: list[ast.AST] = list(rule.body)
    while stack:
        node = stack.pop()
        found.append(node)
        children = ast.iter_child_nodes(node)
        skipped = node.annotation if isinstance(node, ast.AnnAssign) else None
        stack.extend(child for child in children if child is not skipped)
    return found


def known_names(rule: Rule) -> set[str]:
    """Arguments and locals of a rule, all rules, and the builtins allowed."""
    own = {a.arg for a in rule.node.args.args}
    own |= {n.id for n in nodes(rule) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return own | BUILTINS | {r.name for r in rules()}


def broken_syntax(rule: Rule) -> list[str]:
    """Nodes outside the subset: try, with, lambda, comprehensions, tuples, `/`, `**`, `in`."""
    allowed = STATEMENTS + EXPRESSIONS + PARTS
    return [type(n).__name__ for n in nodes(rule) if not isinstance(n, allowed)]


def broken_constants(rule: Rule) -> list[str]:
    """Constants that are no 64-bit integers: floats, texts, None."""
    constants = [n.value for n in nodes(rule) if isinstance(n, ast.Constant)]
    return [repr(c) for c in constants if not isinstance(c, int) or not -(2**63) <= c < 2**63]


def broken_shifts(rule: Rule) -> list[str]:
    """Shifts whose distance is not a constant below 63: compiled code leaves them undefined."""
    shifts = [
        (n.right if isinstance(n, ast.BinOp) else n.value)
        for n in nodes(rule)
        if isinstance(n, ast.BinOp | ast.AugAssign) and isinstance(n.op, ast.LShift | ast.RShift)
    ]
    values = [(node, value_of(rule, node)) for node in shifts]
    return [
        f"shift by {ast.unparse(node)}"
        for node, value in values
        if not isinstance(value, int) or not 0 <= value < SHIFT_LIMIT
    ]


def broken_calls(rule: Rule) -> list[str]:
    """Calls of anything but rules and the few builtins, or with names or stars."""
    callable_names = {r.name for r in rules()} | BUILTINS
    return [
        ast.unparse(n)
        for n in nodes(rule)
        if isinstance(n, ast.Call)
        and (
            not isinstance(n.func, ast.Name)
            or n.func.id not in callable_names
            or n.keywords
            or any(isinstance(a, ast.Starred) for a in n.args)
        )
    ]


def broken_loops(rule: Rule) -> list[str]:
    """Loops over anything but a range."""
    loops = [n for n in nodes(rule) if isinstance(n, ast.For)]
    return [ast.unparse(n.iter) for n in loops if not is_range(n.iter) or n.orelse]


def is_range(node: ast.expr) -> bool:
    """Whether a node is a call of range."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range"


def broken_names(rule: Rule) -> list[str]:
    """Names from outside that are neither integers in capitals nor codes."""
    known = known_names(rule)
    outside = {n.id for n in nodes(rule) if isinstance(n, ast.Name) and n.id not in known}
    module = names_of(str(rule.path))
    return sorted(name for name in outside if not is_constant(name, module.get(name)))


def is_constant(name: str, value: Any) -> bool:
    """Whether the compiler will find a number where the name stands."""
    is_code = isinstance(value, type) and issubclass(value, IntEnum)
    return is_code or (name.isupper() and isinstance(value, int))


def broken_expressions(rule: Rule) -> list[str]:
    """Statements that compute something and drop it."""
    lone = [n.value for n in nodes(rule) if isinstance(n, ast.Expr)]
    return [ast.unparse(n) for n in lone if not isinstance(n, ast.Call)]


def broken_arguments(rule: Rule) -> list[str]:
    """Defaults, stars, keyword-only arguments, or more than six."""
    a = rule.node.args
    odd = a.defaults or a.kwonlyargs or a.vararg or a.kwarg or a.posonlyargs
    return [ast.unparse(a)] if odd or len(a.args) > PARAMETERS_MAX else []


LAWS = [
    broken_syntax, broken_constants, broken_shifts, broken_calls, broken_loops, broken_names,
    broken_expressions, broken_arguments,
]  # fmt: skip


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__.removeprefix("broken_"))
def test_rules_keep_to_the_subset(law):
    broken = {rule.place: found for rule in rules() if (found := law(rule))}
    assert broken == {}


OUTLAWS = {
    "syntax": "def r(a):\n    return a / 2",
    "constants": "def r(a):\n    return a * 2.5",
    "shifts": "def r(a):\n    return 1 << a",
    "calls": "def r(a):\n    return print(a)",
    "loops": "def r(a):\n    for i in a:\n        a = i",
    "names": "def r(a):\n    return elsewhere",
    "expressions": "def r(a):\n    a == 1",
    "arguments": "def r(a, b=1):\n    return a",
}


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__.removeprefix("broken_"))
def test_a_law_sees_what_breaks_it(law):
    node = ast.parse(OUTLAWS[law.__name__.removeprefix("broken_")]).body[0]
    assert isinstance(node, ast.FunctionDef)
    assert law(Rule(rules()[0].path, node))


def test_the_engine_alone_brings_every_rule():
    """Otherwise the program, and with it the engine's digest, would depend on who else is there."""
    asked = "import longshore.engine.engine as e; print(*e.load_program.__globals__['RULES'])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    engines = {rule.name for rule in rules() if rule.path.is_relative_to(ENGINE)}
    assert set(told.stdout.split()) == engines


def test_names_of_rules_are_unique():
    """Those of traders stand in one program with the engine's."""
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def test_every_rule_is_stated_in_words():
    assert [rule.place for rule in rules() if not rule.docstring] == []


def test_rules_are_short():
    assert median(rule.lines for rule in rules()) <= MEDIAN_LINES
