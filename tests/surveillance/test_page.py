"""docs/surveillance.md says what the code has and what was measured; measuring says it again."""

from __future__ import annotations

import msgspec
import pytest

from longshore.lab.watching.course import CONDUCTS, Course, cast_of, run
from longshore.lab.watching.figures import figures
from longshore.surveillance.alert import Pattern
from longshore.surveillance.detector import Detector
from longshore.surveillance.watch import Watch
from tests.surveillance.stream import CATALOG
from tools.surveillance_page import DETECTORS, DOCS, SEEDS, TUNED, kept, page


def test_the_page_is_what_the_code_and_the_figures_make_of_it():
    text = DOCS.read_text("utf-8")
    assert page(text, kept()) == text


def test_every_detector_of_the_watch_is_on_the_page_with_its_thresholds():
    watch = Watch(CATALOG)
    detectors: list[Detector] = [*watch.detectors]
    used = [each.terms for each in detectors] + [watch.rates.terms]
    on_page = [terms for _, terms in DETECTORS.values()]
    assert sorted(map(repr, used)) == sorted(map(repr, on_page))
    text = DOCS.read_text("utf-8")
    for terms in used:
        for name, value in msgspec.structs.asdict(terms).items():
            assert f"| `{name}` | {value:,} |" in text


def test_every_conduct_was_measured_with_every_reported_seed_and_none_that_was_tuned_on():
    outcomes = kept()
    assert {(o.conduct, o.seed) for o in outcomes} == {(str(c), s) for c in CONDUCTS for s in SEEDS}
    assert not set(SEEDS) & set(TUNED)
    assert [f.worlds for f in figures(outcomes)] == [len(SEEDS)] * len(Pattern)


def test_an_offender_is_as_its_seed_has_it():
    """The same seed, the same conduct; another seed, another."""
    shapes = [cast_of(Course(conduct=Pattern.PUMP, seed=seed)).text for seed in (1, 1, 2)]
    assert shapes[0] == shapes[1] != shapes[2]


def test_a_short_world_with_a_spoofer_and_one_without():
    """SURV-003"""
    course = Course(conduct=Pattern.SPOOFING, seed=5, minutes=8)
    done = run(course)
    assert done.found
    assert all(done.is_right(pattern, accounts) for pattern, accounts in done.told)
    assert not run(msgspec.structs.replace(course, conduct="nobody", minutes=2)).told


@pytest.mark.long
@pytest.mark.timeout(7_200)
def test_measured_again_it_is_the_same():
    """Every world of the table."""
    assert [run(Course(conduct=o.conduct, seed=o.seed)) for o in kept()] == kept()
