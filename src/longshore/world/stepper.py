"""An engine and the sources that move it: going forward, and following a journal."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from itertools import islice, takewhile, zip_longest
from typing import ClassVar

from longshore.engine.codes import Origin
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.limits import COMMANDS_MAX
from longshore.engine.rows import Command, Event
from longshore.explain.board import Board
from longshore.journal.batch import Batch
from longshore.journal.errors import JournalError
from longshore.journal.gathering import Gathered
from longshore.world.cast import Cast
from longshore.world.until import Until

Told = list[Event] | Gathered[Event]
SLICE_COMMANDS = 256
"""Commands that the compiled crowd makes before it looks at the real time."""


class SourcesDivergedError(JournalError):
    """Run again, feeds and agents did not make the commands that the journal holds."""

    def __init__(self, seq: int, expected: Command | None, found: Command) -> None:
        self.seq = seq
        super().__init__(f"at seq {seq} the sources made {expected}, the journal holds {found}")


class Stepper:
    """Steps an engine through its commands and gathers them, with their events, into batches."""

    together: ClassVar[bool] = True
    """Whether crowd and engine may go on by themselves; else each command is seen before."""

    def __init__(
        self, engine: Engine, cast: Cast, time_us: int, board: Board | None = None
    ) -> None:
        self.engine = engine
        self.cast = cast
        self.board = board
        cast.bind(engine)
        self.accounts: dict[str, int] = {}
        """Account numbers by name."""
        self.reached_us = time_us
        """All sources due at or before this time have acted."""
        self._seq = engine.seq
        self._commands = Gathered(Command)
        self._events = Gathered(Event)
        self._texts: dict[int, str] = {}
        self._ahead: deque[Command] = deque()

    def advance(self, to_us: int, deadline_s: float | None = None) -> int:
        """Let every source act that is due until then; the time reached.

        `deadline_s` (of `time.monotonic`) ends it earlier, between two moments of world time.
        """
        while (due_us := self.cast.next_due_us()) <= to_us:
            late = deadline_s is not None and time.monotonic() >= deadline_s
            if late and due_us > self.reached_us:
                return self.reached_us
            self._go_on(due_us, to_us, COMMANDS_MAX if deadline_s is None else self._slice)
        self.reached_us = max(self.reached_us, to_us)
        return self.reached_us

    def seek(self, until: Until, to_us: int, deadline_s: float | None = None) -> bool:
        """Let sources act until something has happened, or a time; whether it has.

        It ends with the moment of world time in which that happened: all that is due then has
        acted. `deadline_s` ends it earlier, between two moments.
        """
        if until.met((), self.engine.view):
            return True
        while (due_us := self.cast.next_due_us()) <= to_us:
            if deadline_s is not None and time.monotonic() >= deadline_s:
                return False
            before = self._events.parts
            while self.cast.next_due_us() == due_us:
                self._go_on(due_us, due_us, COMMANDS_MAX)
            if until.met(self._events.rows(before), self.engine.view):
                return True
        self.reached_us = max(self.reached_us, to_us)
        return False

    def _go_on(self, due_us: int, to_us: int, most: int) -> None:
        """Let the one who is due act, or the crowd until somebody else is due."""
        crowd, free_us = self.cast.crowd, min(to_us, self.cast.free_until_us())
        is_free = self.together and not self.cast.listens
        if is_free and crowd is not None and crowd.next_due_us() <= free_us:
            before = self._events.parts
            crowd.run(free_us, most, self._commands, self._events)
            self._tell_board(before)
            self._seq = self.engine.seq
            self.reached_us = max(self.reached_us, crowd.acted_us)
        else:
            self.reached_us = max(self.reached_us, due_us)
            self.carry_out(self.cast.act(due_us, self.engine.view))

    def _tell_board(self, before: int) -> None:
        """The crowd has heard of what it did; the board has not."""
        if self.board is None:
            return
        for piece in self._events.pieces(before):
            see = self.board.see if isinstance(piece, list) else self.board.see_words
            see(piece)

    @property
    def _slice(self) -> int:
        """After how many commands the real time is looked at."""
        return 1 if self.engine.mode == "plain" else SLICE_COMMANDS

    def carry_on(self, events: Told, commands: list[Command], texts: dict[int, str]) -> None:
        """Count what was followed as carried out here: it belongs to the batch in hand."""
        self._commands.add(commands)
        self._events.join(events)
        self._texts |= texts

    def settle(self) -> None:
        """Carry out what sources have made and a journal that was followed did not give yet."""
        while self._ahead:
            rest = list(self._ahead)
            self._ahead.clear()
            self.carry_out(rest)

    def carry_out(
        self, commands: list[Command], texts: dict[int, str] | None = None
    ) -> list[Event]:
        """Number commands that have their time, apply them, tell the sources.

        `texts` is by place in the list. An error of the engine's own leaves the commands in the
        batch in hand, and the engine unusable.
        """
        if not commands:
            return []
        first_seq = self._seq + 1
        for seq, command in enumerate(commands, first_seq):
            command.seq = seq
        self._seq += len(commands)
        named = {first_seq + index: text for index, text in (texts or {}).items()}
        self._commands.add(commands)
        self._texts |= named
        events = self.engine.apply(commands)
        self._events.add(events)
        self._heed(events, named)
        return events

    def adopt(self, engine: Engine) -> None:
        """Go on with another engine, which stands where this one does or where a snapshot did."""
        self.engine = engine
        self._seq = engine.seq
        self.cast.bind(engine)

    def pending(self) -> int:
        """How many commands are in the batch in hand."""
        return self._commands.count

    def take_batch(self) -> Batch | None:
        """What was carried out since the last time, or None."""
        if self._commands.count == 0:
            return None
        last = self._commands.last()
        batch = Batch(
            first_seq=last.seq + 1 - self._commands.count,
            time_us=last.time_us,
            commands=self._commands,
            events=self._events,
            texts=self._texts,
        )
        self.drop_batch()
        return batch

    def drop_batch(self) -> int:
        """Keep nothing of what was carried out since the last time; how many commands it was."""
        count = self._commands.count
        self._commands.drop()
        self._events.drop()
        self._texts = {}
        return count

    def follow(self, commands: list[Command], texts: dict[int, str]) -> Gathered[Event]:
        """Carry out what a journal holds, with the sources making their commands again.

        Raises SourcesDivergedError where they make others.
        """
        events: Gathered[Event] = Gathered(Event)
        at = 0
        while at < len(commands):
            count = self._made_alone(commands, at)
            if count:
                events.join(self._go_again(commands, at, count))
            else:
                group = self._next_group(commands[at:])
                events.add(self.follow_journal(group, texts))
                count = len(group)
            at += count
        return events

    def _made_alone(self, commands: Sequence[Command], at: int) -> int:
        """How many from a place on the sources make by themselves, in whole moments.

        None of the last moment: what was written may end in its middle.
        """
        rest = islice(commands, at, None)
        given = next((c for c in rest if c.origin not in self.cast.makes), commands[-1])
        end = bisect_left(commands, given.time_us, lo=at, key=lambda c: c.time_us)
        return 0 if self._ahead else end - at

    def _go_again(self, commands: Sequence[Command], at: int, count: int) -> Gathered[Event]:
        """Go forward until so many commands were made, all of which are compared."""
        last_us = commands[at + count - 1].time_us
        while (due_us := self.cast.next_due_us()) <= last_us:
            self._go_on(due_us, last_us, COMMANDS_MAX)
        made, events = self._commands, self._events
        self._commands, self._events = Gathered(Command), Gathered(Event)
        end = at + count
        for values, found in zip_longest(made.values(), commands[at:end]):
            if values is None or found is None or values != found.values():
                expected = None if values is None else Command.of(values)
                place = commands[end] if found is None else found
                raise SourcesDivergedError(place.seq, expected, place)
        return events

    def follow_journal(self, commands: list[Command], texts: dict[int, str]) -> list[Event]:
        """Carry out what a journal holds; the sources only see it."""
        events = self.engine.apply(commands)
        self._seq = commands[-1].seq
        self.reached_us = max(self.reached_us, commands[-1].time_us)
        self._heed(events, texts)
        return events

    def drive(self, commands: list[Command], texts: dict[int, str]) -> list[Event]:
        """Carry out what a journal holds; other code's sources act too, but to no effect."""
        while self.cast.next_due_us() <= commands[-1].time_us:
            self.cast.act(self.cast.next_due_us(), self.engine.view)
        return self.follow_journal(commands, texts)

    def _next_group(self, rest: Sequence[Command]) -> list[Command]:
        """The next commands that were applied together, checked against what the sources make."""
        first = rest[0]
        if first.origin != Origin.WORLD:
            self._let_act(first)
        if first.origin not in self.cast.makes:
            if self._ahead:
                raise SourcesDivergedError(first.seq, self._ahead[0], first)
            return list(takewhile(lambda c: self._given_with(c, first), rest))
        group = []
        for command in rest:
            if not self._ahead:
                break
            expected = self._ahead.popleft()
            expected.seq = command.seq
            if expected.values() != command.values():
                raise SourcesDivergedError(command.seq, expected, command)
            group.append(command)
        if not group:
            raise SourcesDivergedError(first.seq, None, first)
        return group

    def _given_with(self, command: Command, first: Command) -> bool:
        return command.origin not in self.cast.makes and command.time_us == first.time_us

    def _let_act(self, first: Command) -> None:
        """Let sources act until one makes commands, or nothing is due by the command's time."""
        while not self._ahead and self.cast.next_due_us() <= first.time_us:
            due_us = self.cast.next_due_us()
            self._ahead.extend(self.cast.act(due_us, self.engine.view))

    def _heed(self, events: list[Event], texts: dict[int, str]) -> None:
        """Tell the sources and the board, and remember who is called what."""
        self.cast.observe(events)
        if self.board is not None:
            self.board.see(events)
        for event in events:
            if event.kind == EventKind.ACCOUNT_CREATED and event.seq in texts:
                self.accounts[texts[event.seq]] = event.account_id
