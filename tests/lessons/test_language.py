"""The language of conditions: what it says, what it refuses, and that a log may be cut anywhere."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore import World
from longshore.practice.study import Attempt, LessonError, load
from longshore.practice.study.attempt import Account, Answer, State, run
from longshore.practice.study.facts import Fact, Kind
from longshore.practice.study.language import LanguageError, Vocabulary, condition
from longshore.practice.study.lesson import ACCOUNT, LISTS
from longshore.practice.study.log import Log, Rules
from longshore.practice.study.rows import Trade
from longshore.world.scenario import microseconds
from tests.lessons.actors import Actor
from tests.lessons.first import SCRIPTS

WORDS = Vocabulary(ACCOUNT, LISTS, {"risk": Fact("risk", Kind.USD, "")})
LESSON = load("size-margin-leverage")


def trade(at, **fields):
    """A closed trade that began and ended with commands at and at + 1."""
    usual = {
        "market": "PF_XBTUSD", "kind": "perpetual", "side": "long", "isolated": True,
        "size_coins": Decimal(1), "leg": 0, "opened_by": at, "opened_seq": at,
        "opened_us": at * 10**6,
        "closed_seq": at + 1, "closed_us": (at + 1) * 10**6, "start_us": 0, "wallet": 3,
        "entered_coins": Decimal(1), "entered_usd": Decimal(100), "left_coins": Decimal(1),
        "left_usd": Decimal(90), "ended_by": "stop",
    }  # fmt: skip
    return Trade(**(usual | fields))


def holds(text, *trades, answers=()):
    state = State(log=Log(account_id=16, trades=list(trades)), answers=list(answers))
    return condition(text, WORDS)(Account(state, LESSON))


LOST = [trade(1, pnl_usd=Decimal(-10)), trade(3, pnl_usd=Decimal(5)), trade(5, pnl_usd=Decimal(-7))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("count(trades) == 3", True),
        ("count(trades, pnl_usd < 0) == 2 and not any(trades, liquidated)", True),
        ("streak(trades, net_usd < 0) >= 2", False),
        ("total(trades, pnl_usd) == -12", True),
        ("least(trades, pnl_usd) == -10 and most(trades, loss_usd) == 10", True),
        ("first(trades, opened_s, pnl_usd > 0) == 3", True),
        ("last(trades, ended_by) == 'stop'", True),
        ("distinct(trades, pnl_usd) == 3", True),
        ("all(trades, 1 <= opened_s and opened_s <= 5)", True),
        ("any(trades, near(loss_usd, 7.07, 1))", True),
        ("any(trades, near(loss_usd, 7.08, 1))", False),
        ("any(trades, abs(pnl_usd) == 10)", True),
        ("orders_open == 0 or orders_open > 5", True),
        ("any(trades, stop_usd < 1)", False),
        ("any(trades, stop_usd >= 1)", False),
        ("any(trades, not stop_usd >= 1)", True),
        ("all(refusals, at_s > 0)", False),
        ("1 < count(trades) < 4", True),
    ],
)
def test_what_a_condition_says(text, said):
    assert holds(text, *LOST) is said


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("count(trades)", "it says a count, not yes or no"),
        ("count(trades) >=", "cannot be read"),
        ("any(trades, leverage > 3)", "there is no fact `leverage` here"),
        ("any(trades, pnl_usd > opened_s)", "compares dollars with seconds"),
        ("any(trades, side == 'lnog')", "'lnog' is none of long, short"),
        ("any(trades, side > 'long')", "is not more or less"),
        ("any(trades, pnl_usd)", "says dollars, not yes or no"),
        ("any(fills, open)", "`fills` is no list here; the lists are trades, orders, refusals"),
        ("any(trades, any(orders, open))", "`orders` is no list here"),
        ("some(trades, open)", "there is no `some(…)`"),
        ("total(trades, side) > 1", "is asked of numbers"),
        ("total(trades) > 1", "write `total(list, fact, condition)`"),
        ("near(1, 2)", "write `near(value, other, percent)`"),
        ("answer.nothing == 1", "there is no question `nothing`"),
        ("__import__('os').system('x')", "is no part of the language"),
        ("(lambda: True)()", "is no part of the language"),
        ("orders_open in (1, 2)", "is no part of the language"),
        ("orders_open + 1 == 2", "is no part of the language"),
        ("orders_open == 1e400", "out of all proportion"),
        ("not " * 40 + "any(trades, open)", "nested deeper"),
        ("orders_open == " + "1" * 2_000, "longer than"),
    ],
)
def test_what_is_refused_and_why(text, reason):
    with pytest.raises(LanguageError) as refused:
        condition(text, WORDS)
    assert reason in str(refused.value)


LEAVES = st.sampled_from(
    ["any(trades, open)", "orders_open == 0", "count(trades, pnl_usd < 0) >= 2", "near(1, 2, 60)"]
)
TEXTS = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("not {}".format, inner)
    ),
    max_leaves=6,
)


@given(TEXTS)
@settings(deadline=None, max_examples=40)
def test_and_or_not_are_those_of_logic(text):
    known = {leaf: holds(leaf, *LOST) for leaf in LEAVES.elements}
    spelled = text
    for leaf, said in known.items():
        spelled = spelled.replace(leaf, str(said))
    assert holds(text, *LOST) is eval(spelled)  # noqa: S307 - True, False, and, or, not


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=40)
def test_any_text_is_read_or_refused(text):
    with suppress(LanguageError):
        assert callable(condition(text, WORDS))


@pytest.fixture(scope="module")
def told():
    """One account's events and answers of a whole lesson, and what to read them with."""
    with World.create(LESSON.world_text) as world:
        actor = Actor(LESSON, world, "learner")
        world.advance(seconds=20)
        for until in SCRIPTS[LESSON.name]["learner"](actor):
            world.advance(to=world.start + timedelta(seconds=until))
        rules = Rules(world.rulebook.catalog, world.view, microseconds(world.start))
        number = world.number("learner")
        mine = [e for e in world.happened() if number in (e.account_id, e.other_account_id)]
        yield rules, number, mine, list(actor.study.attempt.answers), actor.study.result


def told_of(result):
    return result.met, result.passed, [wrong.id for wrong in result.wrong]


@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_a_log_cut_anywhere_and_taken_up_again_is_the_same(told, data):
    rules, number, events, answers, result = told
    cuts = data.draw(st.lists(st.integers(0, len(events)), max_size=4).map(sorted))
    attempt, done = Attempt(LESSON, rules, number), 0
    for cut in [*cuts, len(events)]:
        last = events[cut - 1].seq if cut else 0
        before = events[done - 1].seq if done else 0
        said = [a for a in answers if before <= a.seq < last] if cut > done else []
        run(attempt, events[done:cut], said)
        attempt.result()
        attempt = Attempt.resumed(LESSON, rules, attempt.state())
        done = max(done, cut)
    assert result.passed
    assert told_of(attempt.result()) == told_of(result)


def test_what_one_account_did_moves_no_other(told):
    rules, number, events, _, _ = told
    attempt = Attempt(LESSON, rules, number + 1)
    attempt.feed(events)
    assert attempt.log.trades == []


@pytest.mark.parametrize("said", ["a lot", "", "1e99", "nan"])
def test_an_answer_that_is_no_number_is_refused(told, said):
    rules, number, *_ = told
    attempt = Attempt(LESSON, rules, number)
    with pytest.raises(LessonError, match="margin"):
        attempt.answer(Answer("margin", said, 1))
    with pytest.raises(LessonError, match="no question 'other'"):
        attempt.answer(Answer("other", "1", 1))
    assert attempt.answers == []
