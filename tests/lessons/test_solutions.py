"""Each lesson and drill is passed by doing it, and each wrong way is told as what it is."""

from __future__ import annotations

import pytest

from longshore.practice.study import load, names
from tests.lessons import added, drilled, exercised, first, second, third
from tests.lessons.actors import perform

SCRIPTS = (
    first.SCRIPTS
    | second.SCRIPTS
    | third.SCRIPTS
    | drilled.SCRIPTS
    | added.SCRIPTS
    | exercised.SCRIPTS
)
SEEDS = [7, pytest.param(8, marks=pytest.mark.long), pytest.param(9, marks=pytest.mark.long)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_right_solution_passes_and_wrong_ones_are_told(name, seed):
    lesson, scripts = load(name), SCRIPTS[name]
    assert {each.id for each in lesson.wrong} == set(scripts) - {"learner"}
    results = perform(lesson, scripts, seed)
    right = results.pop("learner")
    assert right.passed, (right.met, right.feedback)
    assert {name for name, result in results.items() if result.passed} == set()
    told = {name: [wrong.id for wrong in result.wrong][:1] for name, result in results.items()}
    assert told == {name: [name] for name in results}


def test_every_lesson_has_its_scripts():
    assert set(SCRIPTS) == set(names())
