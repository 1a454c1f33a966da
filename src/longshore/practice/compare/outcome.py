"""What became of a trade under one rulebook: plain values, each amount with its unit."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

import msgspec

End = Literal[
    "impossible", "lived", "reduced", "stopped", "target", "deleveraged", "liquidated"
]  # fmt: skip
"""How it ended. `reduced`: a part was liquidated, the rest lived."""

POINTS_MAX = 240
CENT = Decimal("0.01")


class Amount(msgspec.Struct, frozen=True):
    """A decimal with its unit."""

    value: str
    unit: str

    def __str__(self) -> str:
        """As the file of a report has it, to the last digit."""
        return f"{self.value} {self.unit}"


def money(amount: Amount) -> str:
    """Money to the cent."""
    return f"{Decimal(amount.value).quantize(CENT, ROUND_HALF_EVEN):,f} {amount.unit}"


class RefusedOrder(msgspec.Struct, frozen=True):
    """An order, or a setting, that the venue did not take: the refusal, in words, and the rules."""

    what: str
    reject: str
    reason: str
    rules: list[str]


class Costs(msgspec.Struct, frozen=True, kw_only=True):
    """What went where; `start` less `kept` is their sum. Below zero: gained or received.

    `price`: lost to the mark's movement. `slippage`: own fills worse than mark.
    `liquidation_slippage`: the venue's closing fills worse than mark. `borne`: what others paid for
    the trader, below zero.
    """

    price: Amount
    slippage: Amount
    fees: Amount
    funding: Amount
    liquidation_slippage: Amount
    liquidation_fee: Amount
    borne: Amount


class Point(msgspec.Struct, frozen=True, array_like=True):
    """A moment of the position: time, equity and maintenance margin of its wallet, and the mark."""

    time_ms: int
    equity: float
    maintenance: float
    mark: float


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One trade under one rulebook. Times are UTC; what did not happen is None."""

    rulebook: str
    title: str
    market: str
    """The venue's own name of the perpetual."""
    end: End
    told: str
    """The end in words."""
    filled: Amount | None = None
    entry_price: Amount | None = None
    liquidation_price: Amount | None = None
    """At entry; None: no price alone does it."""
    liquidated_at: str | None = None
    liquidated_ms: int | None = None
    """The same as a world time."""
    liquidation_mark: Amount | None = None
    liquidations: int = 0
    """How often the wallet fell below maintenance."""
    ended_at: str | None = None
    """When nothing was open any more."""
    start: Amount
    kept: Amount
    costs: Costs
    adl: bool = False
    """Whether auto-deleveraging closed some of it, or it was closed against others' positions."""
    refused: list[RefusedOrder] = []
    sentences: list[str] = []
    """The liquidation told."""
    points: list[Point] = []
    unverified: list[str] = []
    """Paths of the unverified values the run used."""

    @property
    def is_taken(self) -> bool:
        """Whether the venue took the trade."""
        return self.end != "impossible"


def thinned(points: list[Point]) -> list[Point]:
    """At most so many points, the first and the last among them, and of each stretch the lowest."""
    if len(points) <= POINTS_MAX:
        return points
    step = -(-len(points) // (POINTS_MAX - 2))
    inner = points[1:-1]
    lowest = [
        min(inner[at : at + step], key=lambda point: point.equity - point.maintenance)
        for at in range(0, len(inner), step)
    ]
    return [points[0], *lowest, points[-1]]
