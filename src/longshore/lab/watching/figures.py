"""Precision and recall of each detector over many watched worlds."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from longshore.lab.watching.course import Outcome
from longshore.surveillance.alert import Pattern

PERCENT = 100


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Of one pattern. Alerts are counted over all worlds, those of other conduct included."""

    pattern: Pattern
    worlds: int
    """In which it was done on purpose."""
    found: int
    """Of these: in which it was told of those who did it."""
    right: int
    """Alerts that were true."""
    wrong: int
    """Alerts of this pattern that were not, in any world."""
    wrong_quiet: int
    """Of these: in worlds where nobody did anything, or only things that look alike."""

    @property
    def recall(self) -> str:
        """Found of those that were there."""
        return share(self.found, self.worlds)

    @property
    def precision(self) -> str:
        """True of those that were told."""
        return share(self.right, self.right + self.wrong)


def figures(outcomes: Sequence[Outcome]) -> list[Figures]:
    """Of every pattern."""
    return [_of(pattern, outcomes) for pattern in Pattern]


def share(part: int, whole: int) -> str:
    """In percent; a dash where there is nothing to be a part of."""
    return f"{PERCENT * part / whole:.0f} %" if whole else "–"


def _of(pattern: Pattern, outcomes: Sequence[Outcome]) -> Figures:
    alerts = [
        (outcome, outcome.is_right(pattern, accounts))
        for outcome in outcomes
        for told, accounts in outcome.told
        if told == pattern
    ]
    done = [outcome for outcome in outcomes if outcome.conduct == pattern]
    wrong = [outcome for outcome, right in alerts if not right]
    return Figures(
        pattern=pattern,
        worlds=len(done),
        found=sum(outcome.found for outcome in done),
        right=len(alerts) - len(wrong),
        wrong=len(wrong),
        wrong_quiet=sum(not outcome.culprits for outcome in wrong),
    )
