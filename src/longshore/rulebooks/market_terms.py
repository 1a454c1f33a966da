"""One market's own rules, and the fees."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from longshore.rulebooks.values import (
    BASE,
    COUNT,
    FEE,
    MARGIN,
    METHOD,
    PER_INTERVAL,
    PER_ROOT,
    SECONDS,
    SHARE,
    USD,
    WHEN,
    WORTH,
    FeeTerms,
    MarginTerms,
    Strict,
    Value,
    doc,
)


class FeeSchedule(Strict, frozen=True):
    """Fee tiers by 30-day volume, lowest first."""

    id: Annotated[int, doc("The engine's number, from 1 in the order of the file.")]
    tiers: Annotated[tuple[Value[FeeTerms], ...], FEE, doc("Lowest volume first, from 0.")]


class Fees(Strict, frozen=True):
    """The two schedules: perpetuals and spot."""

    linear: FeeSchedule
    spot: FeeSchedule


class MarginedTerms(Strict, frozen=True, kw_only=True):
    """What perpetuals and dated futures have in common."""

    id: Annotated[int, doc("The engine's number, from 1 in the order of the file.")]
    base: Annotated[str, doc("A key of [assets].")]
    settle: Annotated[
        str,
        doc("The asset it pays in; without it the dollar, or the base of an inverse contract."),
    ] = ""
    kind: Annotated[
        Value[Literal["linear", "inverse", "quanto"]] | None,
        METHOD,
        doc("How its worth follows the price; without it linear."),
    ] = None
    contract_value: Annotated[
        Value[Decimal] | None,
        WORTH,
        doc(
            "A unit of size: base units if linear, quote money if inverse, what it pays for each "
            "unit of the price if quanto. Without it 1."
        ),
    ] = None
    tick: Annotated[Value[Decimal], USD, doc("Prices are whole multiples of this.")]
    lot: Annotated[Value[Decimal], BASE, doc("Sizes are whole multiples of this.")]
    position_max: Annotated[
        Value[Decimal], BASE, doc("The largest position, a whole number of lots.")
    ]
    order_max: Annotated[Value[Decimal], BASE, doc("The largest order, a whole number of lots.")]
    impact_size: Annotated[
        Value[Decimal], BASE, doc("How deep into the book impact prices look; 0: by notional.")
    ]
    impact_notional: Annotated[Value[Decimal], USD, doc("The same as money; 0: by size.")]
    margin_slope: Annotated[
        Value[Decimal], SHARE, doc("Added to both rates of the one tier for each base unit held.")
    ]
    tiers: Annotated[tuple[Value[MarginTerms], ...], MARGIN, doc("Lowest bound first, from 0.")]
    margin_root: Annotated[
        Value[Decimal] | None,
        PER_ROOT,
        doc("Times the root of the size in base units: the lowest initial margin rate."),
    ] = None
    risk_limit_base: Annotated[
        Value[Decimal] | None, USD, doc("The largest position with orders unless one chooses more.")
    ] = None
    risk_limit_step: Annotated[
        Value[Decimal] | None,
        USD,
        doc("For each of these more, maintenance of the first tier is added to both rates."),
    ] = None
    open_interest_low: Annotated[
        Value[Decimal] | None, USD, doc("Initial margin grows with open interest above this.")
    ] = None
    open_interest_high: Annotated[
        Value[Decimal] | None, USD, doc("At this open interest it is the whole notional.")
    ] = None

    @property
    def kind_name(self) -> str:
        """The word for how its worth follows the price."""
        return self.kind.value if self.kind else "linear"

    @property
    def unit_worth(self) -> Decimal:
        """What a unit of size is worth, in the unit of its kind."""
        return self.contract_value.value if self.contract_value else Decimal(1)


class PerpetualTerms(MarginedTerms, frozen=True, kw_only=True):
    """One perpetual's own rules."""

    funding_divisor: Annotated[
        Value[int],
        COUNT,
        doc("A rate is for so many payment intervals, and each pays this part of it."),
    ]
    funding_cap: Annotated[Value[Decimal], PER_INTERVAL, doc("The highest rate, to either side.")]
    rate_change: Annotated[
        Value[Decimal] | None,
        PER_INTERVAL,
        doc("How far a rate may be from the one before; left out: as far as the cap lets it."),
    ] = None


class FutureTerms(MarginedTerms, frozen=True, kw_only=True):
    """One dated future's own rules: it is settled at the mean of its index over a window."""

    expiry: Annotated[Value[datetime], WHEN, doc("When it is settled, with a zone.")]
    settle_window_s: Annotated[
        Value[Decimal], SECONDS, doc("The index is averaged over this time before expiry.")
    ]
    settle_sample_s: Annotated[
        Value[Decimal], SECONDS, doc("Time between two samples of it; the window is whole ones.")
    ]
    settle_fee: Annotated[
        Value[Decimal], SHARE, doc("Of the value at settlement, paid by whoever holds to the end.")
    ]


class PairTerms(Strict, frozen=True):
    """One spot pair's own rules."""

    id: Annotated[int, doc("The engine's number, from 1 in the order of the file.")]
    base: Annotated[str, doc("A key of [assets].")]
    venue_id: Annotated[str, doc("The venue's own name of the pair.")]
    tick: Annotated[Value[Decimal], USD, doc("Prices are whole multiples of this.")]
    lot: Annotated[Value[Decimal], BASE, doc("Sizes are whole multiples of this.")]
    order_max: Annotated[Value[Decimal], BASE, doc("The largest order, a whole number of lots.")]
