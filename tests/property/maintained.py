"""A storm whose venue goes down for maintenance, again and again, while auctions come and go."""

from __future__ import annotations

from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.lifecycle import Setup
from longshore.engine.rows import Command
from tests.property.controls import Controlled
from tests.property.markets import SECOND_US

LENGTHS_US = [0, 0, 1, 4 * SECOND_US, 15 * SECOND_US]
AHEAD_US = [0, 1, 10 * SECOND_US, 40 * SECOND_US, 200 * SECOND_US]
DOWN_US = [1, 5 * SECOND_US, 25 * SECOND_US]
SPOILT = ["value", "expire_us", "other_value", "number"]


class Maintained(Controlled):
    """A storm with one command in thirty about a downtime, most of them good."""

    def __init__(self, seed: int, terms: Setup) -> None:
        super().__init__(seed, terms)
        self.planned: list[int] = []

    def one(self) -> Command:
        """The next command."""
        pick = self.aside.random()
        if pick < 0.025:
            return self.plan()
        return self.call_off() if pick < 0.035 else super().one()

    def plan(self) -> Command:
        """At once, soon, or for later; now and then with a field that cannot be."""
        draw = self.aside
        before, ahead = draw.choice(LENGTHS_US), draw.choice(AHEAD_US)
        down_us = self.time_us + before + ahead
        row = self.make(
            CommandKind.PLAN_DOWNTIME,
            origin=Origin.OPERATOR,
            value=0 if ahead == 0 and draw.random() < 0.5 else down_us,
            expire_us=down_us + draw.choice(DOWN_US),
            other_value=before,
            number=draw.choice(LENGTHS_US),
        )
        if draw.random() < 0.1:
            setattr(row, draw.choice(SPOILT), draw.choice([-1, self.time_us, 2 * 10**18]))
        self.planned.append(row.seq)
        return row

    def call_off(self) -> Command:
        """One of the last, or none."""
        number = self.aside.choice([*self.planned[-4:], 0, -1])
        return self.make(CommandKind.CALL_OFF_DOWNTIME, origin=Origin.OPERATOR, value=number)
