"""What an account chose and said where a guardrail asked; the record of guided practice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from longshore.practice.entry import Entry

Why = Literal["room", "level", "news", "loss", "other"]
WHYS: tuple[Why, ...] = get_args(Why)
"""Why a stop is moved away."""

Choice = Literal["reduce", "close", "add", "keep"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
"""What can be done near liquidation."""
Level = Literal["full", "half", "quarter", "tenth"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""How much of the safety buffer is left: less than each, from the second on."""


class Switched(Entry, frozen=True, kw_only=True, tag="guided"):
    """Guided practice was switched on or off."""

    on: bool


class StopMoved(Entry, frozen=True, kw_only=True, tag="stop"):
    """A stop was moved away. `more_atoms` is what could be lost more than before, a fee in."""

    order_id: int
    why: Why
    before_ticks: int
    after_ticks: int
    more_atoms: int


class Chosen(Entry, frozen=True, kw_only=True, tag="near"):
    """What was done at a level of the safety buffer, and what was left of it then."""

    market_id: int
    is_long: bool
    level: Level
    buffer_ppm: int
    choice: Choice


class Limits(Entry, frozen=True, kw_only=True, tag="limits"):
    """The limits of a session were set; 0 leaves one out.

    `loss_atoms` is in the settlement asset, `trades` are positions opened.
    """

    loss_atoms: int
    trades: int
    leverage_ppm: int


class Overrode(Entry, frozen=True, kw_only=True, tag="override"):
    """The end of a pause was asked for before its time."""


Logged = Switched | StopMoved | Chosen | Limits | Overrode


def is_guided(log: Sequence[Logged], seq: int | None = None) -> bool:
    """Whether Guided was on after a command; without one, now. It begins switched off."""
    switches = [e.on for e in log if isinstance(e, Switched) and (seq is None or e.seq <= seq)]
    return bool(switches) and switches[-1]


def is_asked(log: Sequence[Logged], held: tuple[int, bool], level: Level, since_us: int) -> bool:
    """Whether a level is still to be asked about: not once a position was kept at it or below.

    `held` is market and side; only what was said since the position was opened counts.
    """
    own = [
        entry
        for entry in log
        if isinstance(entry, Chosen)
        and (entry.market_id, entry.is_long) == held
        and entry.time_us >= since_us
    ]
    if level == "full" or not own:
        return level != "full"
    return own[-1].choice != "keep" or LEVELS.index(own[-1].level) < LEVELS.index(level)
