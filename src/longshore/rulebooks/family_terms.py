"""What all perpetuals, and all spot pairs, of a rulebook share."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from longshore.rulebooks.values import COUNT, METHOD, PER_RATE, SECONDS, SHARE, Strict, Value, doc

CandidateName = Literal["quotes", "mid", "last", "smoothed", "funded", "index"]


class PerpetualFamily(Strict, frozen=True):
    """What all perpetuals of the venue share."""

    margin_basis: Annotated[
        Value[Literal["entry", "mark"]], METHOD, doc("The price that notional is counted at.")
    ]
    tier_method: Annotated[
        Value[Literal["slice", "whole"]],
        METHOD,
        doc("A tier's rate is for the slice above its bound, or for the whole."),
    ]
    tier_unit: Annotated[
        Value[Literal["notional", "size"]],
        METHOD,
        doc("Whether the bounds of margin tiers are money or base units."),
    ]
    maintenance_fee: Annotated[
        Value[Decimal], SHARE, doc("Of the notional, added to maintenance margin: fees of closing.")
    ]
    order_margin: Annotated[
        Value[Literal["worst_side"]], METHOD, doc("How resting orders reserve margin.")
    ]
    market_band: Annotated[
        Value[Decimal], SHARE, doc("How far from the best opposite price a market order goes.")
    ]
    collar: Annotated[
        Value[Decimal], SHARE, doc("How far from mark an order's price may be; 0 is no limit.")
    ]
    mark_method: Annotated[
        Value[Literal["first", "median"]],
        METHOD,
        doc("The mark is the first of its candidates that is there, or the median of them."),
    ]
    mark_candidates: Annotated[
        Value[tuple[CandidateName, ...]],
        METHOD,
        doc("What the mark may be: the smoothed basis on the index, what of funding is left, ..."),
    ]
    mark_basis: Annotated[
        Value[Literal["impact", "mid"]],
        METHOD,
        doc("Whose distance from the index is smoothed: the impact middle, or that of the best."),
    ]
    mark_window: Annotated[
        Value[int], COUNT, doc("Smoothed by the mean of so many samples; 0: by num over den.")
    ]
    mark_ema_num: Annotated[
        Value[int], COUNT, doc("Weight of a new premium sample: this over mark_ema_den.")
    ]
    mark_ema_den: Annotated[Value[int], COUNT, doc("See mark_ema_num.")]
    mark_premium_cap: Annotated[Value[Decimal], SHARE, doc("How far mark may be from the index.")]
    premium_method: Annotated[
        Value[Literal["impact_mid", "impact_index", "impact_mark", "mark"]],
        METHOD,
        doc("Of what: the impact middle, what of the book lies beyond index or mark, the mark."),
    ]
    premium_weights: Annotated[
        Value[Literal["equal", "linear"]],
        METHOD,
        doc("Whether all samples of an interval count alike, or the n-th n times."),
    ]
    premium_samples_min: Annotated[
        Value[int], COUNT, doc("Fewer samples are filled up with zero ones to so many.")
    ]
    sample_s: Annotated[Value[Decimal], SECONDS, doc("Time between two premium samples.")]
    interest: Annotated[
        Value[Decimal], PER_RATE, doc("What the premium is drawn toward, by no more than damper.")
    ]
    damper: Annotated[Value[Decimal], PER_RATE, doc("How far interest may draw the premium.")]
    rate_added: Annotated[Value[Decimal], PER_RATE, doc("Added to every rate.")]
    rate_share: Annotated[
        Value[Decimal], SHARE, doc("The part of a new rate that counts; the rest is the last one.")
    ]
    funding_interval_s: Annotated[Value[Decimal], SECONDS, doc("Time between two payments.")]
    funding_pay: Annotated[
        Value[Literal["accrued", "at_once"]],
        METHOD,
        doc("Owed evenly over the interval that a rate begins, or all at an interval's end."),
    ]
    funding_lag: Annotated[
        Value[int], COUNT, doc("Paid at once: the rate of the interval that ends, 0, or before, 1.")
    ]
    funding_price: Annotated[
        Value[Literal["index", "mark"]], METHOD, doc("The price that a rate is charged on.")
    ]
    position_modes: Annotated[
        Value[tuple[Literal["one_way", "hedge"], ...]] | None,
        METHOD,
        doc("With hedge an account may hold a long and a short leg in each perpetual."),
    ] = None
    netting: Annotated[
        Value[bool] | None,
        METHOD,
        doc("Of one coin in one wallet only the larger side's margin counts; left out: both do."),
    ] = None
    margin_top_up: Annotated[
        Value[bool] | None,
        METHOD,
        doc("Isolated margin may be topped up by itself before it is liquidated; left out: not."),
    ] = None
    change_warning_s: Annotated[
        Value[Decimal] | None,
        SECONDS,
        doc("A change of terms is told again each of these before it; 0 or nothing: once."),
    ] = None
    funding_at_s: Annotated[
        Value[Decimal] | None,
        SECONDS,
        doc("Time of day that the ends of intervals are counted from; left out: 0, midnight UTC."),
    ] = None
    funding_short_s: Annotated[
        Value[Decimal] | None,
        SECONDS,
        doc("The interval from a rate at its cap on; left out: it never changes."),
    ] = None
    funding_long_s: Annotated[
        Value[Decimal] | None,
        SECONDS,
        doc("What it is again after calm; left out: what it was at first."),
    ] = None
    funding_calm: Annotated[
        Value[int] | None,
        COUNT,
        doc("Calm is so many short intervals without a rate at its cap; left out: never."),
    ] = None
    funding_cash_s: Annotated[
        Value[Decimal] | None,
        SECONDS,
        doc("Time between two moments at which what is owed is paid; left out: each interval."),
    ] = None
    funding_cash_at_s: Annotated[
        Value[Decimal] | None, SECONDS, doc("Time of day that those are counted from; left out: 0.")
    ] = None


class SpotFamily(Strict, frozen=True):
    """What all spot pairs of the venue share."""

    market_band: Annotated[
        Value[Decimal], SHARE, doc("How far from the best opposite price a market order goes.")
    ]
