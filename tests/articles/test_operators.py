"""What the mutation tool turns in a rule, and that its list of equivalent changes can be read."""

from __future__ import annotations

import ast
from pathlib import Path

from tools.operators import changes_in
from tools.operators_mutate import equivalents

RULE = '''
@rule
def fee(a: I64, b: I64) -> I64:
    """A docstring with 1 - 1."""
    if a < b and not is_free(a):
        return smaller(a - 1, -RATE)
    return mul_div_ceil(a, 2, b)
'''


def changes() -> list[str]:
    """The words of every change of the rule."""
    (rule,) = ast.parse(RULE).body
    assert isinstance(rule, ast.FunctionDef)
    return [words for _, words, _ in changes_in(rule, Path("fee.py"))]


def test_every_operator_and_constant_is_turned_once():
    test, least, rest = (
        "a < b and (not is_free(a))",
        "smaller(a - 1, -RATE)",
        "mul_div_ceil(a, 2, b)",
    )
    assert sorted(changes()) == sorted([
        f"{test} -> a < b or not is_free(a)",
        f"{test} -> a <= b and (not is_free(a))",
        f"{test} -> a < b and is_free(a)",
        f"return {least} -> return larger(a - 1, -RATE)",
        f"return {least} -> return smaller(a + 1, -RATE)",
        f"return {least} -> return smaller(a - 2, -RATE)",
        f"return {least} -> return smaller(a - 0, -RATE)",
        f"return {least} -> return smaller(a - 1, RATE)",
        f"return {least} -> return smaller(a - 1, -(RATE + 1))",
        f"return {rest} -> return mul_div_floor(a, 2, b)",
        f"return {rest} -> return mul_div_ceil(a, 3, b)",
        f"return {rest} -> return mul_div_ceil(a, 0, b)",
    ])  # fmt: skip


def test_a_change_is_undone_before_the_next():
    assert len(set(changes())) == len(changes()) == 12


def test_every_equivalent_change_has_a_reason():
    assert all(name and reason for name, reason in equivalents().items())
