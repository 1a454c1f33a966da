"""Every code of the articles is cited by a test, and nobody cites a code that is not there."""

from __future__ import annotations

from tools.articles import citing_tests, codes, naming_rules


def test_every_code_is_cited_by_a_test():
    assert sorted(set(codes()) - set(citing_tests())) == []


def test_no_test_cites_an_unknown_code():
    unknown = {code: tests for code, tests in citing_tests().items() if code not in codes()}
    assert unknown == {}


def test_no_rule_names_an_unknown_code():
    assert {c: rules for c, rules in naming_rules().items() if c not in codes()} == {}
