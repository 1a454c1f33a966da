"""Whether somebody understands what they are about to trade: questions drawn from a bank, graded.

Their words are in the catalogue (`onshore-question-…`); here is which answer is right.
"""

from __future__ import annotations

import hashlib

DRAWN = 5
PASS = 4
BANK: dict[str, str] = {
    "lose-all": "b",
    "leverage": "c",
    "liquidation": "a",
    "funding": "b",
    "mark": "c",
    "maintenance": "a",
    "gap": "b",
    "advice": "c",
    "coin": "a",
}
CHOICES = ("a", "b", "c")


def drawn(account_id: int, attempt: int) -> list[str]:
    """The questions of an attempt: others each time, the same for who asks again."""

    def rank(name: str) -> str:
        return hashlib.sha256(f"{account_id} {attempt} {name}".encode()).hexdigest()

    return sorted(BANK, key=rank)[:DRAWN]


def right(answers: dict[str, str], account_id: int, attempt: int) -> int:
    """How many of an attempt's questions are answered rightly."""
    return sum(answers.get(name) == BANK[name] for name in drawn(account_id, attempt))
