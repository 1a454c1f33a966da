"""Words that may not stand where they would lead a reader astray."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from functools import cache

import pytest

from tests.style.parse import AGENTS, ENGINE, PACKAGE, ROOT, sources, tree

EVERYWHERE = [*sources(PACKAGE), *sources(ROOT / "tests", ROOT / "benchmarks", ROOT / "tools")]
OUTSIDE = [p for p in sources(PACKAGE) if ENGINE not in p.parents and AGENTS not in p.parents]
LAYOUT_WORDS = {"numba", "dtype", "slot"}
LAYOUT_DOORS = {"wallet_slot", "balance_slot", "position_slot"}
"""The engine's own functions that turn ids into places; its pure rules are called with them."""

UNOWNED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b(?!\([a-z]+\))")
TICKET = re.compile(r"(?<![\w&#/])#\d{1,5}\b|\b(issue|ticket|bug|PR)\s+#?\d+", re.IGNORECASE)


def words(path):
    """Every identifier and imported name of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.arg | ast.keyword):
            yield node.arg or ""
        elif isinstance(node, ast.alias):
            yield from node.name.split(".")


@cache
def comments(path):
    """The comments of a file, with their line numbers."""
    text = path.read_text(encoding="utf-8")
    if "#" not in text:
        return ()
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return tuple((t.start[0], t.string[1:]) for t in tokens if t.type == tokenize.COMMENT)


def test_layout_words_stay_in_the_engine():
    found = {
        f"{path.relative_to(ROOT)}: {word}"
        for path in OUTSIDE
        for word in words(path)
        if word not in LAYOUT_DOORS and LAYOUT_WORDS & set(word.lower().split("_"))
    }
    assert found == set()


@pytest.mark.parametrize("pattern", [UNOWNED, TICKET], ids=["unowned", "ticket"])
def test_comments_say_why_and_not_when(pattern):
    found = [
        f"{path.relative_to(ROOT)}:{line}:{text}"
        for path in EVERYWHERE
        for line, text in comments(path)
        if pattern.search(text)
    ]
    assert found == []


def swallows(node):
    """Whether a node drops an exception without a word."""
    if isinstance(node, ast.ExceptHandler):
        return all(isinstance(s, ast.Pass) or is_ellipsis(s) for s in node.body)
    if isinstance(node, ast.Call) and last_name(node.func) == "suppress":
        return any(last_name(a) in {"Exception", "BaseException"} for a in node.args)
    return False


def last_name(node):
    """Of a name, or of what is had from a module."""
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def is_ellipsis(statement):
    return isinstance(statement, ast.Expr) and getattr(statement.value, "value", 0) is ...


def test_no_exception_is_swallowed():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in EVERYWHERE
        for node in ast.walk(tree(path))
        if swallows(node)
    ]
    assert found == []
