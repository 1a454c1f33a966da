"""A world without journal or server: a feed, agents, an engine, and what happened in it."""

from __future__ import annotations

from collections import Counter

from longshore import rulebooks
from longshore.engine import book
from longshore.engine._compile import Mode
from longshore.engine.codes import Origin, Reject, Side
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.limits import ACCOUNTS_SYSTEM
from longshore.engine.rows import Command, Event
from longshore.world.agents import make_agents
from longshore.world.cast import Cast
from longshore.world.feeds.feed import make_feed
from longshore.world.scenario import Scenario

FIRST_ACCOUNT = ACCOUNTS_SYSTEM + 1


class Living:
    """Everything steps in order of due time, as a world does it."""

    def __init__(self, scenario: Scenario, mode: Mode = "plain") -> None:
        rulebook = rulebooks.load(scenario.rulebook).only(scenario.markets)
        self.catalog = rulebook.catalog
        self.feed = make_feed(scenario, self.catalog)
        self.agents = make_agents(scenario, self.catalog, FIRST_ACCOUNT)
        self.cast = Cast([self.feed, *self.agents.sources])
        self.engine = Engine(rulebook.setup(), mode)
        self.start_us = scenario.start_us
        self.commands: Counter[CommandKind] = Counter()
        self.events: Counter[EventKind] = Counter()
        self.refusals: Counter[Reject] = Counter()
        self.apply([self.create() for _ in self.agents.accounts])

    def create(self) -> Command:
        return Command(
            kind=CommandKind.CREATE_ACCOUNT, time_us=self.start_us - 1, origin=Origin.WORLD
        )

    def apply(self, commands: list[Command]) -> list[Event]:
        for seq, command in enumerate(commands, self.engine.seq + 1):
            command.seq = seq
            self.commands[CommandKind(command.kind)] += 1
        events = self.engine.apply(commands)
        for event in events:
            self.events[EventKind(event.kind)] += 1
            if event.kind == EventKind.REFUSED:
                self.refusals[Reject(event.reject)] += 1
        self.cast.observe(events)
        return events

    def run(self, until_us: int) -> list[Event]:
        """Let everybody act until a time; all that happened."""
        happened = []
        while (due_us := self.cast.next_due_us()) <= until_us:
            commands = self.cast.act(due_us, self.engine.view)
            if commands:
                happened += self.apply(commands)
        return happened

    def side(self, market_id: int, side: Side) -> list[tuple[int, int]]:
        """A side of the book, best first."""
        return book.levels(self.engine.view, market_id, side, 1_000)
