"""What may be wrong in a rule by one sign: every operator and constant, turned one at a time."""

from __future__ import annotations
import __future__

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from tools.articles import ROOT, Function, cited_in, is_rule

ENGINE = ROOT / "src/longshore/engine"

OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
NAMES = {
    "smaller": "larger", "larger": "smaller",
    "mul_div_ceil": "mul_div_floor", "mul_div_floor": "mul_div_ceil",
    "tree_first": "tree_last", "tree_last": "tree_first",
}  # fmt: skip
SIDES = {"BUY": "SELL", "SELL": "BUY"}
NO_CODE = {"annotation", "decorator_list", "returns"}


@dataclass(frozen=True)
class Change:
    """One rule with one thing turned."""

    file: str
    rule: str
    line: int
    words: str  # the statement before and after: it names the change, whatever moves around it
    code: CodeType
    articles: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the list of equivalent changes names it."""
        return f"{self.file}.{self.rule}: {self.words}"


@dataclass
class Place:
    """Where a node of a rule stands: its field in its parent, and the statement around it."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    statement: ast.stmt

    def put(self, node: ast.AST) -> None:
        """Another node in its place."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def changes_of(file: str) -> Iterator[Change]:
    """Every change of every rule of an engine file, in the order of its lines."""
    path = ENGINE / f"{file}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    of_file = tuple(dict.fromkeys(c for part in [tree, *rules_in(tree)] for c in cited_in(part)))
    for rule in rules_in(tree):
        own = tuple(cited_in(rule)) or of_file
        seen: dict[str, int] = {}
        for line, words, code in changes_in(rule, path):
            seen[words] = seen.get(words, 0) + 1
            again = f" #{seen[words]}" if seen[words] > 1 else ""
            yield Change(file, rule.name, line, words + again, code, own)


def rules_in(tree: ast.Module) -> list[ast.FunctionDef]:
    """The rules of a file."""
    return [n for n in tree.body if isinstance(n, ast.FunctionDef) and is_rule(n)]


def changes_in(rule: ast.FunctionDef, path: Path) -> Iterator[tuple[int, str, CodeType]]:
    """Line, words and compiled form of every change of one rule."""
    rule.decorator_list = []
    for place in list(places(rule, rule)):
        for other in others(place.node):
            before = headline(place.statement)
            place.put(ast.copy_location(other, place.node))
            words = f"{before} -> {headline(place.statement)}"
            yield place.statement.lineno, words, compiled(rule, path)
            place.put(place.node)


def places(node: ast.AST, statement: ast.stmt) -> Iterator[Place]:
    """Every node below one."""
    for field, value in ast.iter_fields(node):
        if field in NO_CODE:
            continue
        several = isinstance(value, list)
        for index, child in enumerate(value if several else [value]):
            if isinstance(child, ast.AST) and not isinstance(child, ast.arguments):
                around = child if isinstance(child, ast.stmt) else statement
                yield Place(child, node, field, index if several else None, around)
                yield from places(child, around)


def others(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in a node's place."""
    match node:
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=inner):
            yield inner
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
            if value:
                yield ast.Constant(0)
        case ast.Attribute(value=ast.Name("Side") as owner, attr=side):
            yield ast.Attribute(owner, SIDES[side], ast.Load())
        case ast.Name(id=name) if name in NAMES:
            yield ast.Name(NAMES[name], ast.Load())
        case ast.Name(id=name) if name.isupper() and len(name) > 1:
            yield ast.BinOp(node, ast.Add(), ast.Constant(1))
        case _ if type(node) in OPERATORS:
            yield OPERATORS[type(node)]()


def headline(statement: ast.stmt) -> str:
    """A statement without the statements inside it."""
    match statement:
        case ast.If(test=test) | ast.While(test=test):
            return ast.unparse(test)
        case ast.For(target=target, iter=over):
            return f"for {ast.unparse(target)} in {ast.unparse(over)}"
    return ast.unparse(statement)


def compiled(rule: Function, path: Path) -> CodeType:
    """A rule's code as it stands now."""
    module = ast.fix_missing_locations(ast.Module([rule], []))
    space: dict[str, Any] = {}
    flags = __future__.annotations.compiler_flag
    exec(compile(module, str(path), "exec", flags, dont_inherit=True), space)  # noqa: S102
    made: CodeType = space[rule.name].__code__
    return made
