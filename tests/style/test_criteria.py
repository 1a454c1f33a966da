"""The screen's promises: a test may carry only an id that there is."""

from __future__ import annotations

from tools.criteria import CRITERIA, carriers, page


def test_every_id_that_a_test_carries_is_a_criterion():
    known = {number for group in CRITERIA.values() for number in group}
    assert len(known) == 57
    assert set(carriers()) <= known


def test_a_criterion_lists_its_tests_or_says_that_there_is_none():
    rows = {line[2:7]: line for line in page().splitlines() if line.startswith("| UX-")}
    assert "the practice banner is on every route" in rows["UX-01"]
    assert sum("no test yet" in row for row in rows.values()) == 57 - len(carriers())
