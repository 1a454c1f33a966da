"""Every code of the articles is cited by a test, and nobody cites a code that is not there."""

from __future__ import annotations

import pytest

from tools import articles


@pytest.fixture(scope="module")
def defined() -> set[str]:
    return set(articles.codes())


@pytest.fixture(scope="module")
def citing() -> dict[str, list[str]]:
    return articles.citing_tests()


def test_every_code_is_cited_by_a_test(defined, citing):
    assert sorted(defined - set(citing)) == []


def test_no_test_cites_an_unknown_code(defined, citing):
    assert {code: tests for code, tests in citing.items() if code not in defined} == {}


def test_no_rule_names_an_unknown_code(defined):
    assert {c: r for c, r in articles.naming_rules().items() if c not in defined} == {}
