"""The outcomes side by side: a line a figure, those that differ first, for screen and report."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

import msgspec

from longshore.explain.sentences import say
from longshore.practice.compare.comparing import Comparison
from longshore.practice.compare.outcome import CENT, Amount, Outcome, money

NONE = "–"
COSTS = (
    "price",
    "slippage",
    "fees",
    "funding",
    "liquidation_slippage",
    "liquidation_fee",
    "borne",
)


class Line(msgspec.Struct, frozen=True):
    """One figure under each rulebook, in their order, and whether the rulebooks differ in it."""

    key: str
    label: str
    cells: list[str]
    differs: bool


def lines(compared: Comparison) -> list[Line]:
    """Every figure; those that differ come first."""
    columns = [_figures(outcome) for outcome in compared.outcomes]
    taken = [c for c, o in zip(columns, compared.outcomes, strict=True) if o.is_taken]
    found = []
    for key in columns[0]:
        label = say(f"compare-row-{key.replace('_', '-')}")
        # a trade that was not taken has no figures: that is told once, as its outcome
        counted = columns if key in ("end", "refused") else taken
        differs = len({column[key] for column in counted}) > 1
        found.append(Line(key, label, [column[key] for column in columns], differs))
    return sorted(found, key=lambda line: not line.differs)


def _figures(outcome: Outcome) -> dict[str, str]:
    taken = outcome.is_taken
    costs = {key: cost(getattr(outcome.costs, key)) if taken else NONE for key in COSTS}
    orders = [f"{each.what}: {each.reason}" for each in outcome.refused]
    return {
        "end": outcome.told,
        "liquidated_at": outcome.liquidated_at or NONE,
        "liquidation_mark": shown(outcome.liquidation_mark),
        "liquidation_price": shown(outcome.liquidation_price) if taken else NONE,
        "kept": money(outcome.kept) if taken else NONE,
        "start": money(outcome.start) if taken else NONE,
        **costs,
        "liquidations": str(outcome.liquidations) if taken else NONE,
        "ended_at": outcome.ended_at or NONE,
        "adl": say("compare-yes" if outcome.adl else "compare-no") if taken else NONE,
        "refused": " ".join(orders) or NONE,
        "filled": shown(outcome.filled),
        "entry_price": shown(outcome.entry_price),
        "market": outcome.market or NONE,
        "unverified": str(len(outcome.unverified)) if taken else NONE,
    }


def shown(amount: Amount | None) -> str:
    """A price or a size with its unit."""
    return NONE if amount is None else f"{Decimal(amount.value):,f} {amount.unit}"


def cost(amount: Amount) -> str:
    """What was paid; what was received is said in words, not by a sign."""
    cents = Decimal(amount.value).quantize(CENT, ROUND_HALF_EVEN)
    text = f"{abs(cents):,f} {amount.unit}"
    return say("compare-gained", amount=text) if cents < 0 else text
