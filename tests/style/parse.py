"""The program's own source as syntax trees, for the laws that `ruff` and `mypy` cannot hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "longshore"
ENGINE = PACKAGE / "engine"
AGENTS = PACKAGE / "world" / "agents"


@dataclass(frozen=True)
class Rule:
    """One `@rule` function."""

    path: Path
    node: ast.FunctionDef

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.node.lineno} {self.name}"

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.node) or ""

    @property
    def body(self) -> list[ast.stmt]:
        """The statements without the docstring."""
        return self.node.body[1:] if self.docstring else self.node.body

    @property
    def lines(self) -> int:
        """How long the rule is, without decorator and docstring."""
        last = self.node.end_lineno or self.node.lineno
        head = self.body[0].lineno - self.node.lineno
        signature = self.node.body[0].lineno - self.node.lineno
        return last - self.node.lineno + 1 - (head - signature if self.docstring else 0)


def sources(*folders: Path) -> list[Path]:
    """Every Python file of the folders, sorted."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def decorator_names(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """The names a function is decorated with."""
    return {n.id for d in node.decorator_list for n in ast.walk(d) if isinstance(n, ast.Name)}


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule of the engine and of the agents compiled with it."""
    return tuple(
        Rule(path, node)
        for path in sources(ENGINE, AGENTS)
        for node in functions(path)
        if isinstance(node, ast.FunctionDef) and "rule" in decorator_names(node)
    )
