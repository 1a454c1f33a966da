"""A session of guided practice: its limits, what it has lost, and the pauses that losses bring.

A session runs from where its limits were last set, or, without any, from where Guided was switched
on. What it has lost, and how many losing closes followed each other, is counted anew after a pause.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from longshore.explain.closes import Held
from longshore.practice.guardrails.log import Limits, Logged, Overrode, Switched

MINUTE_US = 60_000_000
LOSSES_IN_A_ROW = 3
"""So many losing closes bring a pause. Judgement: nothing published says how many it takes."""
PAUSE_US = 15 * MINUTE_US
"""How long new risk waits. Judgement: half of what counts as soon after a loss (UX-51)."""
OVERRIDE_US = MINUTE_US
"""How long a pause still lasts once its end was asked for. Judgement."""
CALM_US = 10 * MINUTE_US
"""How long nothing was traded, nor a limit set, before limits may be set anew: UX-53."""


class Pause(msgspec.Struct, frozen=True):
    """Why new risk waits, since when and until when; `asked_us` 0: nobody asked for its end."""

    cause: Literal["losses", "limit"]
    began_us: int
    asked_us: int

    @property
    def ends_us(self) -> int:
        """A while after it began, or sooner after its end was asked for."""
        whole = self.began_us + PAUSE_US
        return min(whole, self.asked_us + OVERRIDE_US) if self.asked_us else whole


class Session(msgspec.Struct, frozen=True):
    """Where a session stands. `lost_atoms` below zero: it has gained."""

    limits: Limits | None
    pause: Pause | None
    lost_atoms: int
    in_a_row: int
    trades: int

    @property
    def may_lose_atoms(self) -> int | None:
        """What is left of the loss it was limited to; None without a limit."""
        if self.limits is None or not self.limits.loss_atoms:
            return None
        return max(0, self.limits.loss_atoms - max(0, self.lost_atoms))

    @property
    def is_out_of_trades(self) -> bool:
        """Whether as many positions were opened as it was limited to."""
        most = self.limits.trades if self.limits else 0
        return most > 0 and self.trades >= most


def limits_of(log: Sequence[Logged]) -> Limits | None:
    """The limits that hold; None where none was ever set, or all were taken away."""
    last = next((entry for entry in reversed(log) if isinstance(entry, Limits)), None)
    return last if last and (last.loss_atoms or last.trades or last.leverage_ppm) else None


def begun_seq(log: Sequence[Logged]) -> int:
    """The command after which the session began."""
    limits = [entry.seq for entry in log if isinstance(entry, Limits)]
    switched = [entry.seq for entry in log if isinstance(entry, Switched) and entry.on]
    return (limits or switched or [0])[-1]


def session(
    log: Sequence[Logged], held: Sequence[Held], worth: Callable[[Held], int], now_us: int
) -> Session:
    """Where it stands now; `worth` is what a position came to, in the money of the limits."""
    since, limits = begun_seq(log), limits_of(log)
    count = _Count(limits, [entry.time_us for entry in log if isinstance(entry, Overrode)])
    ended = [each for each in held if each.closed_us and each.closes[-1].seq > since]
    for each in sorted(ended, key=lambda one: (one.closes[-1].seq, one.closes[-1].index)):
        count.take(each.closed_us, worth(each))
    count.pass_to(now_us)
    return Session(
        limits=limits,
        pause=count.pause,
        lost_atoms=count.lost_atoms,
        in_a_row=count.in_a_row,
        trades=sum(each.opened_seq > since for each in held),
    )


class _Count:
    """Results one after the other, and the pauses that they bring."""

    def __init__(self, limits: Limits | None, asked_us: Sequence[int]) -> None:
        self._most = limits.loss_atoms if limits else 0
        self._asked_us = asked_us
        self._begin_anew()

    def _begin_anew(self) -> None:
        self.pause: Pause | None = None
        self.lost_atoms = 0
        self.in_a_row = 0

    def pass_to(self, time_us: int) -> None:
        """Let time go on: a pause may end."""
        if self.pause is not None and time_us >= self.pause.ends_us:
            self._begin_anew()

    def take(self, time_us: int, worth_atoms: int) -> None:
        """A position that ended; during a pause it brings no other."""
        self.pass_to(time_us)
        self.lost_atoms -= worth_atoms
        self.in_a_row = self.in_a_row + 1 if worth_atoms < 0 else 0
        if self.pause is not None:
            return
        if self._most and self.lost_atoms >= self._most:
            self._begin("limit", time_us)
        elif self.in_a_row >= LOSSES_IN_A_ROW:
            self._begin("losses", time_us)

    def _begin(self, cause: Literal["losses", "limit"], time_us: int) -> None:
        within = (at for at in self._asked_us if time_us <= at < time_us + PAUSE_US)
        self.pause = Pause(cause, time_us, next(within, 0))


def calm_from_us(log: Sequence[Logged], last_fill_us: int) -> int:
    """When limits may be set: a while after the last fill, and after they were last set; 0: now."""
    set_us = max((entry.time_us for entry in log if isinstance(entry, Limits)), default=0)
    last = max(set_us, last_fill_us)
    return last + CALM_US if last else 0
