"""A lesson being done in a world driven from Python."""

from __future__ import annotations

import msgspec

from longshore.practice.study.attempt import VENUES, Answer, Attempt, Result
from longshore.practice.study.lesson import LEARNER, Lesson
from longshore.practice.study.log import Rules
from longshore.practice.study.venues import run_again, the_trade
from longshore.practice.worlds import World
from longshore.world.scenario import microseconds


class Study:
    """An account's attempt at a lesson in a world that `begin` made, from its beginning."""

    def __init__(self, lesson: Lesson, world: World, account: str = LEARNER) -> None:
        """Any account of the world may try."""
        self.world, self.lesson = world, lesson
        rules = Rules(world.rulebook.catalog, world.view, microseconds(world.start))
        self._attempt = Attempt(lesson, rules, world.number(account))

    def answer(self, question: str, said: object) -> None:
        """Answer a question now. Raises LessonError."""
        self._take()
        self._attempt.answer(Answer(question, str(said), self.world.seq))

    def run_again(self) -> None:
        """Run the first trade under the lesson's rulebooks; what comes of it is put down.

        Raises TradeError: there is none yet.
        """
        world, lesson = self.world, self.lesson
        trades, catalog = self.attempt.log.trades, world.rulebook.catalog
        trade = the_trade(trades, catalog, world.scenario, lesson.file.learner.deposit)
        _, found = run_again(trade, world.scenario, lesson.file.venues)
        self._attempt.answer(Answer(VENUES, msgspec.json.encode(found).decode(), world.seq))

    @property
    def result(self) -> Result:
        """Which steps are met, and what went wrong."""
        self._take()
        return self._attempt.result()

    @property
    def attempt(self) -> Attempt:
        """All that is known of it."""
        self._take()
        return self._attempt

    def _take(self) -> None:
        self._attempt.feed(self.world.happened(self._attempt.seq))


def begin(lesson: Lesson, seed: int | None = None) -> World:
    """The lesson's world, with the learner's account. Raises ScenarioError."""
    return World.create(lesson.world_text, seed=seed)
