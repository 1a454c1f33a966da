"""A lesson being done by one account in one world: which steps are met, and what went wrong.

Events and answers come in the order of their seq. A step is met once the one before it is and its
condition holds after a command; it stays met. A wrong outcome is told while it is so.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from longshore.engine.rows import Event
from longshore.practice.study.exposure import Exposure
from longshore.practice.study.language import Scope, Value
from longshore.practice.study.lesson import Lesson, LessonError, Wrong
from longshore.practice.study.log import Log, Rules
from longshore.practice.study.rows import Order, Refusal, Trade
from longshore.practice.study.toy import Act, Toy, ToyError, ToySpec
from longshore.practice.study.venues import Difference, Evidence, Venue

Row = Trade | Order | Refusal | Exposure | Act | Venue | Difference
TOY, VENUES = "toy", "venues"
"""What is said to the toy wallet, and what a run under other rulebooks came to."""


class Answer(msgspec.Struct, frozen=True):
    """What was said to a question, as it was written, and after which command."""

    question: str
    said: str
    seq: int


class Met(msgspec.Struct, frozen=True):
    """A step that is met: its place, and the command after which it was."""

    step: int
    seq: int
    time_us: int


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Where a lesson stands."""

    met: list[Met]
    passed: bool
    wrong: list[Wrong]
    """The wrong outcomes that are so, in the lesson's order; none once it is passed."""

    @property
    def feedback(self) -> str:
        """What to say of the first wrong outcome; empty: nothing is wrong so far."""
        return self.wrong[0].feedback if self.wrong else ""


class State(msgspec.Struct, kw_only=True):
    """All that is needed to go on."""

    log: Log
    answers: list[Answer] = []
    met: list[Met] = []
    seq: int = 0
    time_us: int = 0


class Attempt:
    """One attempt. `feed` it what happens; ask `result` at any time."""

    def __init__(self, lesson: Lesson, rules: Rules, account_id: int) -> None:
        """From the world's beginning."""
        self.lesson = lesson
        self._rules = rules
        self._state = State(log=Log(account_id=account_id))

    @classmethod
    def resumed(cls, lesson: Lesson, rules: Rules, state: bytes) -> Attempt:
        """Go on from a state that was kept."""
        kept = msgspec.msgpack.decode(state, type=State)
        made = cls(lesson, rules, kept.log.account_id)
        made._state = kept
        return made

    def state(self) -> bytes:
        """All that is needed to go on."""
        return msgspec.msgpack.encode(self._state)

    @property
    def seq(self) -> int:
        """The last command whose events are in."""
        return self._state.seq

    @property
    def log(self) -> Log:
        """What the account did so far."""
        return self._state.log

    @property
    def answers(self) -> list[Answer]:
        """What was answered so far."""
        return self._state.answers

    def feed(self, events: Iterable[Event]) -> None:
        """Take events on, in order."""
        state = self._state
        for event in events:
            if event.seq > state.seq:
                state.met = self._met()
            state.seq, state.time_us = int(event.seq), int(event.time_us)
            state.log.fold(event, self._rules)

    def answer(self, answer: Answer) -> None:
        """Take an answer on. Raises LessonError for one that cannot be."""
        self._check(answer)
        self._state.met = self._met()
        self._state.seq = max(self._state.seq, answer.seq)
        self._state.answers.append(answer)

    def toy(self) -> Toy:
        """The toy wallet as it stands. Raises LessonError: the lesson has none."""
        if self.lesson.file.toy is None:
            raise LessonError(f"{self.lesson.name} has no toy wallet")
        return toy_of(self._state, self.lesson)

    def _check(self, answer: Answer) -> None:
        if answer.question == TOY:
            try:
                self.toy().act(answer.said, answer.seq)
            except ToyError as error:
                raise LessonError(f"{TOY}: {error}") from error
        elif answer.question == VENUES:
            msgspec.json.decode(answer.said, type=Evidence)
        else:
            self.lesson.question(answer.question).read(answer.said)

    def result(self) -> Result:
        """Where it stands after the last command that was taken on."""
        met = self._met()
        passed = len(met) == len(self.lesson.steps)
        scope = Account(self._state, self.lesson)
        wrong = [] if passed else [each for each in self.lesson.wrong if each.holds(scope)]
        return Result(met=met, passed=passed, wrong=wrong)

    def _met(self) -> list[Met]:
        """The steps met, those of the last command included."""
        met = list(self._state.met)
        scope = Account(self._state, self.lesson)
        steps = self.lesson.steps
        while len(met) < len(steps) and steps[len(met)].holds(scope):
            met.append(Met(len(met), self._state.seq, self._state.time_us))
        return met


class Account:
    """The scope of a condition: the account's own facts, and its lists."""

    def __init__(self, state: State, lesson: Lesson) -> None:
        self._state = state
        self._lesson = lesson

    def fact(self, name: str) -> Value:
        """A fact of the account."""
        found: Value = getattr(self._state.log, name)
        return found

    def answer(self, name: str) -> Value:
        """The last answer to a question."""
        said = [a for a in self._state.answers if a.question == name]
        return _last(said, self._lesson)

    def rows(self, name: str) -> list[Scope]:
        """A list's rows."""
        return [_RowScope(row, self._state, self._lesson) for row in self._found(name)]

    def _found(self, name: str) -> list[Row]:
        match name:
            case "exposures":
                return list(self._state.log.held.spans)
            case "acts":
                return list(toy_of(self._state, self._lesson).acts)
            case "venues" | "differences":
                said = [a.said for a in self._state.answers if a.question == VENUES]
                evidence = msgspec.json.decode(said[-1], type=Evidence) if said else None
                return list(getattr(evidence, name, []))
        kept: list[Row] = getattr(self._state.log, name)
        return kept


class _RowScope:
    """The scope inside a question of a list: one row's facts, and the answers that count for it.

    An answer counts if it was given since a trade was last closed before this row began, and
    before this row began (`until = "entry"`) or ended (`until = "close"`). For what came of a run
    at other venues every answer counts.
    """

    def __init__(self, row: Row, state: State, lesson: Lesson) -> None:
        self._row = row
        self._state = state
        self._lesson = lesson

    def fact(self, name: str) -> Value:
        found: Value = getattr(self._row, name)
        return found

    def answer(self, name: str) -> Value:
        began, ended = _span(self._row)
        closed = (t.closed_seq for t in self._state.log.trades if 0 < t.closed_seq < began)
        since = max(closed, default=0)
        before = began if self._lesson.question(name).until == "entry" else ended
        said = (a for a in self._state.answers if a.question == name)
        counts = [a for a in said if since <= a.seq and (not before or a.seq < before)]
        return _last(counts, self._lesson)

    def rows(self, name: str) -> list[Scope]:
        raise AssertionError(f"{name}: a list inside a list is refused when a lesson is read")


def _span(row: Row) -> tuple[int, int]:
    """The commands in which a row began and ended; 0: it has not, or belongs to no time."""
    match row:
        case Trade():
            return row.opened_seq, row.closed_seq
        case Order():
            return row.placed_seq, row.ended_seq
        case Exposure():
            return row.from_seq, 0
        case Venue() | Difference():
            return 0, 0
        case _:
            return row.seq, 0


def toy_of(state: State, lesson: Lesson) -> Toy:
    """The lesson's toy wallet after all that was said to it; without one, an empty wallet."""
    toy = Toy(lesson.file.toy or ToySpec(acts=[]), f"{lesson.name}/{state.log.account_id}")
    for answer in state.answers:
        if answer.question == TOY:
            toy.act(answer.said, answer.seq)
    return toy


def _last(answers: list[Answer], lesson: Lesson) -> Value:
    if not answers:
        return None
    return lesson.question(answers[-1].question).read(answers[-1].said)


def run(attempt: Attempt, events: Iterable[Event], answers: Iterable[Answer]) -> Attempt:
    """Feed an attempt events and answers that were kept apart: an answer after its command."""
    waiting = sorted(answers, key=lambda answer: answer.seq)
    for event in events:
        while waiting and waiting[0].seq < event.seq:
            attempt.answer(waiting.pop(0))
        attempt.feed([event])
    for said in waiting:
        attempt.answer(said)
    return attempt
