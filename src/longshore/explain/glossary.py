"""Sixty terms, each with the reader's own number of now in it, and the words that mean it."""

from __future__ import annotations

import msgspec

from longshore.explain.known import Known
from longshore.explain.sentences import SentenceError, say, say_part

TERMS = (
    "spot", "perpetual", "dated-future", "contract", "linear", "inverse", "margin",
    "initial-margin", "maintenance-margin", "isolated-margin", "cross-margin", "leverage",
    "position", "long", "short", "size", "position-value", "entry-price", "mark-price",
    "index-price", "last-trade", "premium", "basis", "funding", "funding-rate",
    "funding-interval", "liquidation", "liquidation-price", "safety-buffer", "zero-equity-price",
    "partial-liquidation", "insurance-fund", "adl", "equity", "free-money", "unrealised-profit",
    "realised-profit", "profit-of-margin", "profit-of-price", "break-even", "fee", "maker",
    "taker", "spread", "slippage", "order-book", "market-order", "limit-order", "stop-order",
    "take-profit", "reduce-only", "post-only", "tick", "lot", "open-interest", "collateral",
    "haircut", "margin-tier", "hedge-mode", "practice-money",
)  # fmt: skip


class Term(msgspec.Struct, frozen=True):
    """A term: its name, what it means, the reader's number in it, and its hard words.

    `words` are the words that a learner must not meet without this explanation at hand.
    """

    key: str
    title: str
    means: str
    now: str
    words: list[str]


def glossary(known: Known) -> list[Term]:
    """All terms, as they stand for one account in one perpetual market."""
    values = known.values()
    return [_term(key, values) for key in TERMS]


def hard_words() -> dict[str, str]:
    """Each hard word of the language spoken, in small letters, and the key of its term."""
    return {word.lower(): key for key in TERMS for word in words_of(key)}


def words_of(key: str) -> list[str]:
    """The hard words that stand for a term; none of a term that everybody knows."""
    try:
        listed = say_part(f"glossary-{key}", "words")
    except SentenceError:
        return []
    return [word.strip() for word in listed.split(",")]


def _term(key: str, values: dict[str, str]) -> Term:
    return Term(
        key=key,
        title=say(f"glossary-{key}"),
        means=say_part(f"glossary-{key}", "means"),
        now=_now(key, values),
        words=words_of(key),
    )


def _now(key: str, values: dict[str, str]) -> str:
    """With the numbers of the position; where it has none, with those of market and account."""
    try:
        return say_part(f"glossary-{key}", "now", **values)
    except SentenceError:
        return say_part(f"glossary-{key}", "flat", **values)
