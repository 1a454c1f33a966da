"""The storms meet everything there is: every method, term, step, role and event."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass, field

import pytest

from longshore.engine import codes
from longshore.engine.codes import (
    MarkCandidate,
    MarketState,
    OrderType,
    Reason,
    Role,
    Signal,
    Step,
)
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Market
from tests.property.variants import VARIANTS, storm_of

COMMANDS, PART = 2_500, 250
SEEDS = dict.fromkeys(VARIANTS, 3) | {"shared loss": 16}
CHOICES = dict(re.findall(r"(\w+): I64  # ([A-Z]\w+)\b", inspect.getsource(Market)))
"""The market's fields that choose a member of an enumeration, with its name."""
ADDED_UP = MarkCandidate
MOMENTARY = {"mark_moved"}  # set and cleared within one command
ELSEWHERE = {
    EventKind.TERMS_DROPPED
}  # a change grown senseless: tests/articles/test_rule_changes.py
NO_STEPS = {Step.NONE, Step.DONE}  # not taken: no step at all, and the end of the list


@dataclass
class Seen:
    """What the storms did."""

    kinds: set[int] = field(default_factory=set)
    steps: set[int] = field(default_factory=set)
    roles: set[int] = field(default_factory=set)
    types: set[int] = field(default_factory=set)
    signals: set[int] = field(default_factory=set)
    reasons: set[int] = field(default_factory=set)
    states: set[int] = field(default_factory=set)
    live: set[str] = field(default_factory=set)


def set_ups() -> list[Setup]:
    """The set-up of every variant."""
    return [lay_out() for _, lay_out in VARIANTS.values()]


@pytest.fixture(scope="module")
def seen() -> Seen:
    """Every variant's storm, compiled, which takes a tenth of the time and comes to the same."""
    found = Seen()
    for name in VARIANTS:
        look(name, found)
    return found


def look(name: str, found: Seen) -> None:
    """One storm; the markets are looked at now and then."""
    ours = Engine(VARIANTS[name][1](), mode="jit")
    made = list(storm_of(name, SEEDS[name]).commands(COMMANDS))
    for start in range(0, len(made), PART):
        for event in ours.apply(made[start : start + PART]):
            found.kinds.add(event.kind)
            found.reasons.add(event.reason)
            if event.kind == EventKind.MARKET_STATE_SET:
                found.states.add(event.flag)
            if event.kind == EventKind.LIQUIDATION_STEP:
                found.steps.add(event.type)
            if event.kind == EventKind.TRADED:
                found.roles.add(event.role)
            if event.kind == EventKind.ORDER_PLACED:
                found.types.add(event.type)
                found.signals.add(event.signal)
        for number in range(1, ours.view.markets_count + 1):
            row = ours.view.markets[number]
            found.live |= {name for name in Market.FIELDS if getattr(row, name)}


@pytest.mark.parametrize("term", CHOICES)
def test_every_method_is_some_storms(term):
    members = getattr(codes, CHOICES[term])
    used = {getattr(row, term) for made in set_ups() for row in made.markets}
    if members is ADDED_UP:
        assert [m.name for m in members if not any(m & each for each in used)] == []
    elif members is not MarketState:
        assert [m.name for m in members if m not in used] == []


def test_every_step_is_on_some_ladder():
    steps = {step for made in set_ups() for step in made.ladder}
    assert [step.name for step in Step if step not in steps | NO_STEPS] == []


def test_every_term_of_a_market_is_some_storms(seen):
    """A term that is nowhere but zero would not be tried at all."""
    terms = {f for made in set_ups() for row in made.markets for f in row.FIELDS if getattr(row, f)}
    assert set(Market.FIELDS) - Market.SLOTS - MOMENTARY - terms - seen.live == set()


@pytest.mark.parametrize(
    ("what", "members"),
    [
        ("kinds", set(EventKind) - ELSEWHERE),
        ("steps", set(Step) - NO_STEPS),
        ("roles", Role),
        ("types", OrderType),
        ("signals", Signal),
        ("reasons", Reason),
        ("states", MarketState),
    ],
)
def test_everything_happens_in_some_storm(seen, what, members):
    """LIQD-002, LIQD-012: all sums and the twin are compared where it does."""
    assert [m.name for m in members if m not in getattr(seen, what)] == []


@pytest.mark.long
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("name", VARIANTS)
def test_the_three_runs_agree_on_fifty_thousand_commands(name):
    """LEDG-001: plain, compiled and checked, one digest."""
    assert_same_digests(name, 50_000)


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_the_three_runs_agree_on_the_first_commands():
    """LEDG-001: the same, short."""
    assert_same_digests("shared loss", 2_000)


def assert_same_digests(name: str, count: int) -> None:
    """The digest after every tenth of a storm, in each mode."""
    made = list(storm_of(name, SEEDS[name]).commands(count))
    engines = [Engine(VARIANTS[name][1](), mode=mode) for mode in ("plain", "jit", "checked")]
    for start in range(0, len(made), count // 10):
        digests = set()
        for each in engines:
            each.apply(made[start : start + count // 10])
            digests.add(each.digest())
        assert len(digests) == 1, f"{name}, commands from {start}"
