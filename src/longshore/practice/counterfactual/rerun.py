"""A stretch of a world's past run again, with one thing done otherwise.

Agents react: feeds and agents act by themselves, the recorded commands of people come at their
times. Or the flow is frozen: everybody's recorded commands come again, whatever they now meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from longshore.engine.codes import Origin
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.practice.counterfactual.changes import Change
from longshore.practice.trial import refusal_of
from longshore.world.cast import Cast
from longshore.world.recorded import Recorded
from longshore.world.stepper import Stepper

ORDER_FIELDS = ("order_id", "linked_id")


class Rerun(Stepper):
    """A stepper that does one thing otherwise, and keeps what names the account."""

    together = False

    def __init__(self, engine: Engine, cast: Cast, time_us: int, change: Change) -> None:
        super().__init__(engine, cast, time_us)
        self.change = change
        self.mine: list[Event] = []
        """All events that name the account."""
        self.refused: list[Event] = []
        """What the venue refused of the change itself."""
        self._seqs: dict[int, int] = {}
        self._held = False

    def begin(self) -> None:
        """Do what the change does at once."""
        self._held = self._holds()
        self._send(self.change.begin(self.engine.view))
        self._held = self._holds()

    def again(self, flow: Iterable[Recorded], until_us: int, *, frozen: bool) -> None:
        """Carry out the recorded flow, all of it or only what people sent, up to a time."""
        for row in flow:
            kept = [c for c in row.commands if frozen or c.origin not in self.cast.makes]
            for time_us, commands in groupby(kept, key=lambda command: command.time_us):
                group = list(commands)
                if not frozen and group[0].origin != Origin.WORLD:
                    self.advance(time_us)
                self._carry_out_recorded(group, row.texts)
        if not frozen:
            self.advance(until_us)

    def carry_out(
        self, commands: list[Command], texts: dict[int, str] | None = None
    ) -> list[Event]:
        """The same with the account's own commands rewritten; what the change adds comes after."""
        given = texts or {}
        sent: list[Command] = []
        named: dict[int, str] = {}
        for place, command in enumerate(commands):
            if place in given:
                named[len(sent)] = given[place]
            sent += self._rewritten(command)
        events = self._keep(super().carry_out(sent, named))
        held, self._held = self._held, self._holds()
        if self._held and not held:
            self._send(self.change.on_open(self.engine.view))
        return events

    def _carry_out_recorded(self, commands: list[Command], texts: dict[int, str]) -> None:
        before = [command.seq for command in commands]
        for command in commands:
            for field in ORDER_FIELDS:
                setattr(command, field, self._order_id(int(getattr(command, field))))
        named = {place: texts[seq] for place, seq in enumerate(before) if seq in texts}
        self.reached_us = max(self.reached_us, commands[0].time_us)
        self.carry_out(commands, named)
        self._seqs |= dict(zip(before, (command.seq for command in commands), strict=True))

    def _order_id(self, order_id: int) -> int:
        """The id that a recorded order has here: its command may have come at another seq."""
        seq, place = divmod(order_id, ORDER_IDS_PER_COMMAND)
        return self._seqs.get(seq, seq) * ORDER_IDS_PER_COMMAND + place

    def _rewritten(self, command: Command) -> list[Command]:
        change = self.change
        is_ours = command.account_id == change.account_id
        if not is_ours or not change.concerns(command, self.engine.view):
            return [command]
        made = change.rewrite(command, self.engine.view)
        for each in made:
            each.time_us, each.origin = command.time_us, command.origin
        return made

    def _send(self, commands: list[Command]) -> None:
        """Commands of the change's own, at the time reached."""
        for command in commands:
            command.time_us = max(self.reached_us, self.engine.time_us)
            events = self._keep(super().carry_out([command]))
            if refusal_of(events):
                self.refused += [e for e in events if e.kind == EventKind.REFUSED]
                return

    def _keep(self, events: list[Event]) -> list[Event]:
        mine = self.change.account_id
        self.mine += [e for e in events if mine in (e.account_id, e.other_account_id)]
        self.take_batch()
        return events

    def _holds(self) -> bool:
        return bool(self.change.position(self.view).qty_lots != 0)

    @property
    def view(self) -> State:
        """The state as it stands."""
        return self.engine.view
