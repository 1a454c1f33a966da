"""The shape of a rulebook file: one line a rule, with its unit.

Rates and shares are fractions, money is USD, sizes are base units, times are seconds. A key that is
not declared here is refused with its path.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec

from longshore.rulebooks.family_terms import PerpetualFamily, SpotFamily
from longshore.rulebooks.liquidation_terms import LiquidationTerms
from longshore.rulebooks.market_terms import (
    Fees,
    FutureTerms,
    MarginedTerms,
    PairTerms,
    PerpetualTerms,
)
from longshore.rulebooks.order_terms import OrderRules
from longshore.rulebooks.values import COUNT, SECONDS, SHARE, Source, Strict, Value, doc


class AssetTerms(Strict, frozen=True):
    """An asset: the engine's units of it, and what it is worth as collateral."""

    id: Annotated[int, doc("The engine's number, from 1 in the order of the file.")]
    code: Annotated[str, doc("What people call it.")]
    title: str
    decimals: Annotated[int, doc("An atom is 10 to the power of minus this.")]
    price_decimals: Annotated[int, doc("A sub-tick of its price is 10 to the power of minus this.")]
    haircut: Annotated[
        Value[Decimal], SHARE, doc("Taken off the asset's value where it stands as collateral.")
    ]
    conversion_fee: Annotated[
        Value[Decimal], SHARE, doc("Taken when the asset is sold to pay a debt.")
    ]
    conversion_rank: Annotated[
        Value[int],
        COUNT,
        doc("In which order assets are sold to pay a debt, lowest first; 0 is never."),
    ]
    stale_after_s: Annotated[
        Value[Decimal],
        SECONDS,
        doc("An index older than this stops samples and liquidations; 0 is never."),
    ]


class Terms(Strict, frozen=True):
    """A whole rulebook file."""

    id: Annotated[str, doc("Name and month, unique among rulebooks.")]
    name: Annotated[str, doc("What all versions of a venue's rules are called.")]
    venue: Annotated[str, doc("Whose rules these are, as screens name it.")]
    region: Annotated[str, doc("Where they are in force.")]
    as_of: Annotated[date, doc("The day that the rules are of.")]
    settlement: Annotated[str, doc("The asset that everything is counted and settled in.")]
    sources: dict[str, Source]
    assets: dict[str, AssetTerms]
    perpetual: PerpetualFamily
    spot: SpotFamily
    liquidation: LiquidationTerms
    fees: Fees
    perpetuals: dict[str, PerpetualTerms]
    pairs: dict[str, PairTerms]
    futures: dict[str, FutureTerms] = msgspec.field(default_factory=dict)
    orders: OrderRules = OrderRules()

    def margined(self) -> Iterator[tuple[str, MarginedTerms]]:
        """Perpetuals and futures with the paths of their tables."""
        yield from ((f"perpetuals.{symbol}", each) for symbol, each in self.perpetuals.items())
        yield from ((f"futures.{symbol}", each) for symbol, each in self.futures.items())

    def settles_in(self, market: MarginedTerms) -> str:
        """The symbol of the asset that a market pays in."""
        return market.settle or (market.base if market.kind_name == "inverse" else self.settlement)
