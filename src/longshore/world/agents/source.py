"""The crowd as a world sees it: a source of commands that can go on with an engine by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from longshore.engine._compile import Mode
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.memory import PlainMemory, RecordMemory
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.journal.gathering import Gathered
from longshore.world.agents import memory as kept
from longshore.world.agents._compile import load_program
from longshore.world.agents._native import address_of
from longshore.world.agents.crowd import HEARD_MAX, Crowd
from longshore.world.agents.older import take_over
from longshore.world.agents.running import IDLE, Ask, run_crowd
from longshore.world.source import SourceState

HEEDED = frozenset({EventKind.TRADED, EventKind.INDEX_PUBLISHED, EventKind.LIQUIDATION_STARTED})
"""What the rules look at; other events are not shown to them."""


class CrowdSource:
    """All built-in traders of a world.

    Bound to an engine they run in its mode, and `run` lets them and the engine go on together.
    Without one they are plain, and act on whatever view they are shown.
    """

    name = "agents"

    def __init__(self, crowd: Crowd, names: Sequence[str] = ()) -> None:
        self.names = tuple(names)
        self.memory: kept.Memory = kept.PlainCrowd(crowd)
        self._mode: Mode = "plain"
        self._rule: Any = run_crowd
        self._engine: Engine | None = None
        self._call: Any = 0

    def bind(self, engine: Engine | None) -> None:
        """Go on beside this engine, in its mode; with none, plain."""
        mode = "plain" if engine is None else engine.mode
        if mode != self._mode:
            self.memory = kept.moved(self.memory, mode)
            self._rule = run_crowd if mode == "plain" else load_program(mode).run_crowd
        self._mode, self._engine = mode, engine
        self._call = 0 if engine is None else _call_of(engine)

    def next_due_us(self) -> int:
        """When the first of them acts."""
        slot = self.memory.cell("turns", 1, "agent")
        return self.memory.cell("agents", slot, "due_us") if slot else TIME_MAX_US

    def observe(self, events: Sequence[Event]) -> None:
        """What has happened elsewhere."""
        heeded = [event for event in events if event.kind in HEEDED]
        for start in range(0, len(heeded), HEARD_MAX):
            part = heeded[start : start + HEARD_MAX]
            self.memory.hear(part)
            self.memory.set_scalar("heard_count", len(part))
            self._ask(Ask.HEED)

    def act(self, time_us: int, view: State) -> list[Command]:
        """The commands of the first who is due."""
        self.memory.set_scalar("commands_count", 0)
        self._ask(Ask.ACT, view)
        return self.memory.take_out(self.memory.scalar("commands_count"))

    def run(
        self, until_us: int, most: int, commands: Gathered[Command], events: Gathered[Event]
    ) -> None:
        """Act and have the engine carry it out, until a time, or a moment's end after so many.

        What was carried out, and what came of it, is added to both, commands also where the engine
        stops with an error.
        """
        memory, mine = self._engine_memory(), self.memory
        memory.load_inbox([])
        for name, value in (("until_us", until_us), ("commands_most", most)):
            mine.set_scalar(name, value)
        mine.set_scalar("commands_count", 0)
        going = True
        try:
            while going:
                mine.set_scalar("events_heeded", 0)
                done = self._ask(Ask.RUN) == IDLE
                _take_events(memory, events)
                going = not done and memory.scalar("command_at") < mine.scalar("commands_count")
        finally:
            _take_commands(memory, mine.scalar("commands_count"), commands)

    @property
    def acted_us(self) -> int:
        """When somebody acted last."""
        return self.memory.scalar("acted_us")

    def state(self) -> dict[str, int | list[int]]:
        """What they remember and have on their way."""
        return kept.dump(self.memory)

    def restore(self, state: Mapping[str, int | list[int]]) -> None:
        """Go on from a state."""
        kept.load(self.memory, state)

    def take_over(self, states: Mapping[str, SourceState]) -> None:
        """Go on from what traders kept when each was a source of its own."""
        take_over(self.memory, self.names, states)

    def _ask(self, ask: Ask, view: State | None = None) -> int:
        """Call the rule; a view is looked at where there is no engine."""
        self.memory.set_scalar("asked", ask)
        states = [view] if self._engine is None else self._engine_memory().entry()
        return int(self._rule(self.memory.entry(), states, self._call))

    def _engine_memory(self) -> PlainMemory | RecordMemory:
        """Where the engine's state lies."""
        assert self._engine is not None, "a crowd without an engine cannot run"
        return self._engine._memory  # noqa: SLF001  crowd and engine are one program here


def _call_of(engine: Engine) -> Any:
    """What the rule calls the engine by: its entry, or where the compiled one lies."""
    if engine.mode == "plain":
        return engine._run  # noqa: SLF001
    engine.warm_up()
    return address_of(engine._run)  # noqa: SLF001


def _take_commands(
    memory: PlainMemory | RecordMemory, count: int, commands: Gathered[Command]
) -> None:
    """What was put into the engine's inbox."""
    if isinstance(memory, PlainMemory):
        commands.add([memory.state.inbox.pop(at) for at in range(count)])
    else:
        commands.add_words(memory._inbox[:count].copy())  # noqa: SLF001


def _take_events(memory: PlainMemory | RecordMemory, events: Gathered[Event]) -> None:
    """What came of it."""
    if isinstance(memory, PlainMemory):
        events.add(memory.take_events())
        return
    count = memory.scalar("events_count")
    events.add_words(memory._events[:count].copy())  # noqa: SLF001
    memory.set_scalar("events_count", 0)


def warm_up(engine: Engine) -> None:
    """Compile, or load from the cache, what traders need beside a compiled engine."""
    source = CrowdSource(Crowd())
    source.bind(engine)
    source.run(0, 0, Gathered(Command), Gathered(Event))
