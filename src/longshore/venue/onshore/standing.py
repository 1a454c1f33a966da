"""Where an account stands, added up from its log; nothing here is remembered anywhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from longshore.venue.onshore.log import (
    Agreed,
    Answered,
    Appealed,
    Decided,
    Excluded,
    Limited,
    Lives,
    Logged,
    Put,
    Shown,
    StateName,
)
from longshore.venue.onshore.regimes import Tier

CaseState = Literal["none", "waiting", "accepted", "refused", "appealed", "expired"]


@dataclass
class Standing:
    """What an account has said, and what was decided of it."""

    country: str = ""
    state: str = ""
    shown: Shown | None = None
    """The newest case."""
    decided: Decided | None = None
    """What was decided of it."""
    appealed: bool = False
    known_as: Tier = "unverified"
    """The tier of the newest case that was accepted."""
    known_since_us: int = 0
    known_until_us: int = 0
    agreed: dict[str, Agreed] = field(default_factory=dict)
    answered: list[Answered] = field(default_factory=list)
    excluded_until_us: int = 0
    limits: Limited | None = None
    limited_since_us: int = 0
    """When the first limit was set; what came before does not count."""
    put: StateName = "active"
    seen_us: int = 0
    """When the owner last did something here."""

    def case(self, now_us: int) -> CaseState:
        """How the newest case stands."""
        if self.shown is None:
            return "none"
        if self.decided is None:
            return "waiting"
        if self.decided.flaw:
            return "appealed" if self.appealed else "refused"
        return "accepted" if now_us < self.decided.until_us else "expired"

    @property
    def passed(self) -> bool:
        """Whether the questions were passed."""
        return any(each.passed for each in self.answered)

    def tier(self, now_us: int) -> Tier:
        """What is known of the owner now."""
        return self.known_as if now_us < self.known_until_us else "unverified"


def stands(entries: Sequence[Logged]) -> Standing:
    """Add up a log."""
    made = Standing()
    for entry in entries:
        _add(made, entry)
    return made


def _add(made: Standing, entry: Logged) -> None:
    if not isinstance(entry, Decided | Put):
        made.seen_us = entry.time_us
    match entry:
        case Lives():
            _move(made, entry)
        case Shown() | Decided() | Appealed():
            _add_identity(made, entry)
        case Agreed():
            made.agreed[entry.product] = entry
        case Answered():
            made.answered.append(entry)
        case Excluded() | Limited() | Put():
            _add_bound(made, entry)


def _move(made: Standing, entry: Lives) -> None:
    """In another country it is asked anew who somebody is."""
    if entry.country != made.country:
        made.shown = made.decided = None
        made.known_as, made.known_until_us = "unverified", 0
    made.country, made.state = entry.country, entry.state


def _add_identity(made: Standing, entry: Shown | Decided | Appealed) -> None:
    match entry:
        case Shown():
            made.shown, made.decided, made.appealed = entry, None, False
        case Decided():
            _decide(made, entry)
        case Appealed():
            made.appealed = True


def _add_bound(made: Standing, entry: Excluded | Limited | Put) -> None:
    match entry:
        case Excluded():
            made.excluded_until_us = max(made.excluded_until_us, entry.until_us)
        case Limited():
            made.limits = entry
            made.limited_since_us = made.limited_since_us or entry.time_us
        case Put():
            made.put = entry.state


def _decide(made: Standing, entry: Decided) -> None:
    """A decision counts for the newest case alone."""
    if made.shown is None or made.shown.case != entry.case:
        return
    made.decided, made.appealed = entry, False
    if not entry.flaw:
        made.known_as, made.known_until_us = made.shown.tier, entry.until_us
        made.known_since_us = entry.time_us
