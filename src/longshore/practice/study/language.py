"""Conditions: one expression over facts, read by Python's own parser and never run as Python.

    count(trades, stop_before_entry and ended_by == "stop") >= 3 and orders_open == 0

Names are facts; `any`, `all`, `count` and the like ask about a list, in whose facts the rest of
the call is written. A fact that is not there yet is *nothing*: every comparison with it is false.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Protocol

import msgspec

from longshore.practice.study.facts import NUMBERS, Fact, Kind

Value = bool | str | Decimal | int | None
Reader = Callable[["Scope"], Value]


class Scope(Protocol):
    """Where facts are looked up: the account, or one row of a list."""

    def fact(self, name: str) -> Value:
        """The value of a fact; None: nothing."""
        ...

    def answer(self, name: str) -> Value:
        """What was answered to a question, as far as it counts here."""
        ...

    def rows(self, name: str) -> list[Scope]:
        """The rows of a list, in order."""
        ...


class LanguageError(ValueError):
    """A condition that cannot be; the message says why, in the words of the condition."""


class Vocabulary(msgspec.Struct, frozen=True):
    """What a condition may name: the account's facts, each list's, and the questions."""

    account: Mapping[str, Fact]
    lists: Mapping[str, Mapping[str, Fact]]
    questions: Mapping[str, Fact] = {}


class Expression(msgspec.Struct, frozen=True):
    """A part of a condition: what it counts, how it is read, and the words it may be."""

    kind: Kind
    read: Reader
    words: tuple[str, ...] = ()


COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
SAME = (ast.Eq, ast.NotEq)
TEXT_MAX = 1_000
DEPTH_MAX = 20


def condition(text: str, vocabulary: Vocabulary) -> Callable[[Scope], bool]:
    """A condition, checked. Raises LanguageError."""
    found = _parse(text, vocabulary)
    if found.kind != Kind.YES:
        raise LanguageError(f"it says {found.kind}, not yes or no")
    return lambda scope: found.read(scope) is True


def _parse(text: str, vocabulary: Vocabulary) -> Expression:
    if len(text) > TEXT_MAX:
        raise LanguageError(f"it is longer than {TEXT_MAX} characters")
    try:
        tree = ast.parse(f"({text.strip()}\n)", mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else str(error)
        raise LanguageError(f"it cannot be read: {reason}") from error
    return _Reading(vocabulary, vocabulary.account).read(tree.body)


class _Reading:
    """From a syntax tree to an expression, among the facts of one scope."""

    def __init__(self, vocabulary: Vocabulary, facts: Mapping[str, Fact], depth: int = 0) -> None:
        self._vocabulary = vocabulary
        self._facts = facts
        self._depth = depth

    def read(self, node: ast.expr) -> Expression:
        self._depth += 1
        if self._depth > DEPTH_MAX:
            raise LanguageError(f"it is nested deeper than {DEPTH_MAX}")
        try:
            return self._read(node)
        finally:
            self._depth -= 1

    def _read(self, node: ast.expr) -> Expression:
        match node:
            case ast.Constant():
                return _constant(node.value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return _constant(-number)
            case ast.Name():
                return self._name(node.id)
            case ast.Attribute(value=ast.Name(id="answer")):
                return self._answer(node.attr)
            case ast.BoolOp():
                parts = [self._yes(value) for value in node.values]
                return _joined(parts, every=isinstance(node.op, ast.And))
            case ast.UnaryOp(op=ast.Not()):
                part = self._yes(node.operand)
                return Expression(Kind.YES, lambda scope: part.read(scope) is not True)
            case ast.Compare():
                return self._compared(node)
            case ast.Call(func=ast.Name(), keywords=[]):
                return self._call(node.func.id, node.args)  # type: ignore[attr-defined]
            case _:
                raise LanguageError(f"`{ast.unparse(node)}` is no part of the language")

    def _yes(self, node: ast.expr) -> Expression:
        found = self.read(node)
        if found.kind != Kind.YES:
            raise LanguageError(f"`{ast.unparse(node)}` says {found.kind}, not yes or no")
        return found

    def _name(self, name: str) -> Expression:
        fact = self._facts.get(name)
        if fact is None:
            known = ", ".join(sorted(self._facts))
            raise LanguageError(f"there is no fact `{name}` here; there are {known}")
        return Expression(fact.kind, lambda scope: scope.fact(name), fact.words)

    def _answer(self, name: str) -> Expression:
        asked = self._vocabulary.questions.get(name)
        if asked is None:
            raise LanguageError(f"there is no question `{name}`")
        return Expression(asked.kind, lambda scope: scope.answer(name), asked.words)

    def _compared(self, node: ast.Compare) -> Expression:
        parts = [self.read(each) for each in (node.left, *node.comparators)]
        pairs = []
        for left, sign, right in zip(parts, node.ops, parts[1:], strict=False):
            compare = COMPARISONS.get(type(sign))
            if compare is None:
                raise LanguageError(f"`{ast.unparse(node)}` compares by no sign of the language")
            _check_pair(left, right, ast.unparse(node), ordered=not isinstance(sign, SAME))
            pairs.append((left.read, compare, right.read))
        return Expression(
            Kind.YES,
            lambda scope: all(_holds(a(scope), sign, b(scope)) for a, sign, b in pairs),
        )

    def _call(self, name: str, args: list[ast.expr]) -> Expression:
        if name == "near":
            return self._near(args)
        if name == "abs":
            return self._absolute(args)
        asked = QUESTIONS.get(name)
        if asked is None:
            known = ", ".join([*QUESTIONS, "near", "abs"])
            raise LanguageError(f"there is no `{name}(…)`; there are {known}")
        if not 1 <= len(args) <= asked.most:
            raise LanguageError(f"write `{asked.form}`")
        rows, facts = self._rows(args[0], asked.form)
        inside = _Reading(self._vocabulary, facts, self._depth)
        if not asked.takes_fact:
            where = inside._yes(args[1]) if len(args) > 1 else _ALWAYS
            return _over(asked, rows, where, where)
        if len(args) == 1:
            raise LanguageError(f"write `{asked.form}`")
        what = inside.read(args[1])
        if asked.kind is None and not asked.any_kind and what.kind not in NUMBERS:
            raise LanguageError(f"`{name}` is asked of numbers, not of {what.kind}")
        return _over(asked, rows, inside._yes(args[2]) if len(args) > 2 else _ALWAYS, what)  # noqa: PLR2004

    def _rows(self, node: ast.expr, form: str) -> tuple[str, Mapping[str, Fact]]:
        name = node.id if isinstance(node, ast.Name) else ast.unparse(node)
        facts = self._vocabulary.lists.get(name)
        if facts is None or self._facts is not self._vocabulary.account:
            known = ", ".join(self._vocabulary.lists)
            raise LanguageError(f"`{name}` is no list here; the lists are {known}: `{form}`")
        return name, facts

    def _absolute(self, args: list[ast.expr]) -> Expression:
        parts = [self.read(each) for each in args]
        if len(parts) != 1 or parts[0].kind not in NUMBERS:
            raise LanguageError("write `abs(number)`")
        [part] = parts
        return Expression(part.kind, lambda scope: _absolute(part.read(scope)))

    def _near(self, args: list[ast.expr]) -> Expression:
        if len(args) != 3:  # noqa: PLR2004 - value, other value, percent
            raise LanguageError("write `near(value, other, percent)`")
        value, other, percent = (self.read(each) for each in args)
        _check_pair(value, other, "near", ordered=True)
        if percent.kind not in (Kind.NUMBER, Kind.PERCENT):
            raise LanguageError(f"how near is said in percent, not in {percent.kind}")
        return Expression(
            Kind.YES, lambda scope: _is_near(value.read(scope), other.read(scope), percent, scope)
        )


class ListQuestion(msgspec.Struct, frozen=True):
    """What may be asked of a list: its form, its answer's kind, and how it is answered.

    `kind` None: the kind of the fact that is asked for.
    """

    form: str
    meaning: str
    kind: Kind | None
    answer: Callable[[list[Value]], Value]
    takes_fact: bool = False
    any_kind: bool = False

    @property
    def most(self) -> int:
        """The most arguments it takes."""
        return 3 if self.takes_fact else 2


def _longest_run(values: list[Value]) -> int:
    longest = run = 0
    for value in values:
        run = run + 1 if value else 0
        longest = max(longest, run)
    return longest


def _total(values: list[Value]) -> Decimal:
    return sum((Decimal(each) for each in values if each is not None), Decimal(0))


def _known(values: list[Value]) -> list[Any]:
    return [each for each in values if each is not None]


QUESTIONS: dict[str, ListQuestion] = {
    "any": ListQuestion("any(list, condition)", "At least one is so.", Kind.YES, any),
    "all": ListQuestion(
        "all(list, condition)",
        "There is one, and every one is so.",
        Kind.YES,
        lambda values: bool(values) and all(values),
    ),
    "count": ListQuestion(
        "count(list, condition)",
        "How many are so; without a condition, how many there are.",
        Kind.COUNT,
        lambda values: sum(1 for each in values if each),
    ),
    "streak": ListQuestion(
        "streak(list, condition)", "The most that are so one after the other.", Kind.COUNT,
        _longest_run,
    ),
    "first": ListQuestion(
        "first(list, fact, condition)", "The fact of the first (that is so).", None,
        lambda values: values[0] if values else None, takes_fact=True, any_kind=True,
    ),
    "last": ListQuestion(
        "last(list, fact, condition)", "The fact of the last (that is so).", None,
        lambda values: values[-1] if values else None, takes_fact=True, any_kind=True,
    ),
    "least": ListQuestion(
        "least(list, fact, condition)", "The smallest (of those that are so).", None,
        lambda values: min(_known(values), default=None), takes_fact=True,
    ),
    "most": ListQuestion(
        "most(list, fact, condition)", "The largest (of those that are so).", None,
        lambda values: max(_known(values), default=None), takes_fact=True,
    ),
    "total": ListQuestion(
        "total(list, fact, condition)", "The sum (of those that are so).", None, _total,
        takes_fact=True,
    ),
    "distinct": ListQuestion(
        "distinct(list, fact, condition)", "How many different values (of those that are so).",
        Kind.COUNT, lambda values: len(set(_known(values))), takes_fact=True, any_kind=True,
    ),
}  # fmt: skip

_ALWAYS = Expression(Kind.YES, lambda scope: True)


def _over(asked: ListQuestion, rows: str, where: Expression, what: Expression) -> Expression:
    """A question of a list: of each row the condition, or the fact where the condition holds."""

    def read(scope: Scope) -> Value:
        found = scope.rows(rows)
        if not asked.takes_fact:
            return asked.answer([what.read(row) is True for row in found])
        return asked.answer([what.read(row) for row in found if where.read(row) is True])

    return Expression(asked.kind or what.kind, read, what.words if asked.kind is None else ())


def _constant(value: object) -> Expression:
    """A literal. A float is the decimal that was written."""
    match value:
        case bool():
            return Expression(Kind.YES, lambda scope: value)
        case str():
            return Expression(Kind.WORD, lambda scope: value, (value,))
        case int() | float():
            number = Decimal(str(value))
            if not number.is_finite():
                raise LanguageError(f"{value} is out of all proportion")
            return Expression(Kind.NUMBER, lambda scope: number)
        case _:
            raise LanguageError(f"{value!r} is no value of the language")


def _joined(parts: list[Expression], *, every: bool) -> Expression:
    join = all if every else any
    return Expression(Kind.YES, lambda scope: join(part.read(scope) is True for part in parts))


def _check_pair(left: Expression, right: Expression, text: str, *, ordered: bool) -> None:
    """Only like is compared with like, and a word only with one that it may be."""
    numbers = left.kind in NUMBERS and right.kind in NUMBERS
    if left.kind != right.kind and not (numbers and Kind.NUMBER in (left.kind, right.kind)):
        raise LanguageError(f"`{text}` compares {left.kind} with {right.kind}")
    if ordered and not numbers:
        raise LanguageError(f"`{text}`: {left.kind} is not more or less than another")
    if left.kind == Kind.WORD and left.words and right.words:
        for one, other in ((left, right), (right, left)):
            if len(one.words) == 1 and one.words[0] not in other.words:
                known = ", ".join(other.words)
                raise LanguageError(f"`{text}`: {one.words[0]!r} is none of {known}")


def _holds(left: Value, sign: Callable[[Any, Any], bool], right: Value) -> bool:
    return left is not None and right is not None and sign(left, right)


def _absolute(value: Value) -> Value:
    return None if value is None else abs(Decimal(value))


def _is_near(value: Value, other: Value, percent: Expression, scope: Scope) -> bool:
    """|value - other| <= percent of |other|, exactly."""
    within = percent.read(scope)
    if value is None or other is None or within is None:
        return False
    return abs(Decimal(value) - Decimal(other)) * 100 <= Decimal(within) * abs(Decimal(other))
