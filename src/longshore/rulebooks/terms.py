"""The shape of a rulebook file: one line a rule, with its unit.

Rates and shares are fractions, money is USD, sizes are base units, times are seconds. A key that is
not declared here is refused with its path.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

import msgspec

from longshore.rulebooks.index_rules import IndexRules
from longshore.rulebooks.values import (
    BASE,
    COUNT,
    FEE,
    MARGIN,
    METHOD,
    PER_INTERVAL,
    PER_RATE,
    PER_ROOT,
    SECONDS,
    SHARE,
    USD,
    WHEN,
    WORTH,
    FeeTerms,
    MarginTerms,
    Source,
    Strict,
    Value,
    absent,
    doc,
)


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


StepName = Literal[
    "cancel_orders",
    "partial",
    "full",
    "assign",
    "covered",
    "insurance",
    "takeover",
    "unwind",
    "cut_tiers",
    "socialise",
]


class LiquidationTerms(Strict, frozen=True):
    """The ladder and its measures."""

    ladder: Annotated[
        Value[tuple[StepName, ...]], METHOD, doc("The steps of a liquidation, in order.")
    ]
    cancel_on_initial: Annotated[
        Value[bool],
        METHOD,
        doc("Whether orders that add risk end when equity is below initial margin."),
    ]
    partial_share: Annotated[
        Value[Decimal], SHARE, doc("The part of a position that one partial step closes.")
    ]
    partial_band: Annotated[
        Value[Decimal], SHARE, doc("How far from mark a partial step may close.")
    ]
    cover_band: Annotated[
        Value[Decimal], SHARE, doc("How far from the best price the pool covers a close.")
    ]
    cover_mark_band: Annotated[
        Value[Decimal], SHARE, doc("How far from mark the pool covers a close; 0 is no limit.")
    ]
    assign_band: Annotated[
        Value[Decimal], SHARE, doc("What those who take a position over may gain by mark, at most.")
    ]
    fee: Annotated[Value[Decimal], SHARE, doc("What a liquidated wallet pays on what is closed.")]
    partial_above: Annotated[
        Value[Decimal] | None,
        USD,
        doc("Only positions worth more at mark are closed by parts; left out: all are."),
    ] = None
    partial_rest_s: Annotated[
        Value[Decimal] | None,
        SECONDS,
        doc("For so long after a partial step of a wallet the next step follows in its place."),
    ] = None
    partial_until: Annotated[
        Value[Literal["maintenance", "initial"]] | None,
        METHOD,
        doc("Which margin equity must be at for partial steps to end; left out: maintenance."),
    ] = None
    pause_s: Annotated[
        Value[Decimal] | None,
        SECONDS,
        doc("How long the ladder waits between two rounds; left out: it does not wait."),
    ] = None
    cut_tiers: Annotated[
        Value[int] | None, COUNT, doc("How many margin tiers a cut takes a position down.")
    ] = None
    cut_whole: Annotated[
        Value[bool] | None,
        METHOD,
        doc("A cut is fill-or-kill; left out: it takes what there is inside its limit."),
    ] = None
    backstop: Annotated[
        Value[Decimal] | None,
        SHARE,
        doc("Others take over only below this part of maintenance margin; left out: always."),
    ] = None
    adl_rank: Annotated[
        Value[
            Literal[
                "profit_leverage",
                "profit_by_leverage",
                "price_leverage",
                "profit_margin_ratio",
                "random",
            ]
        ]
        | None,
        METHOD,
        doc("Which opposite positions are unwound first; left out: by profit and leverage."),
    ] = None
    adl_price: Annotated[
        Value[Literal["bankruptcy", "mark", "previous_mark"]] | None,
        METHOD,
        doc("The price that unwinding closes at; left out: that of zero equity."),
    ] = None
    fund_drop: Annotated[
        Value[Decimal] | None,
        SHARE,
        doc("Fallen so far from its peak of 8 hours, the insurance account takes nothing over."),
    ] = None


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


class OrderRules(Strict, frozen=True):
    """What perpetuals let orders do or hold them to; a rule that is left out does not exist."""

    iceberg_min: Annotated[
        Value[Decimal], SHARE, doc("The least share of itself that an order may show; 0 is all.")
    ] = absent(Decimal(0))
    collar_from: Annotated[
        Value[Literal["mark", "index", "premium"]],
        METHOD,
        doc("Bands are around the mark, the index, or the index and the smoothed basis."),
    ] = absent("mark")
    collar_most: Annotated[
        Value[Decimal], SHARE, doc("From a premium: how far from the index at most; 0 is any.")
    ] = absent(Decimal(0))
    take_band: Annotated[
        Value[Decimal], SHARE, doc("How far beyond that price a market order takes; 0 is any.")
    ] = absent(Decimal(0))
    position_open_share: Annotated[
        Value[Decimal], SHARE, doc("A position may be this share of open interest, if more.")
    ] = absent(Decimal(0))
    orders_max: Annotated[
        Value[int], COUNT, doc("How many orders of an account rest in a market; 0 is any.")
    ] = absent(0)
    triggers_max: Annotated[
        Value[int], COUNT, doc("How many of them wait for a price; 0 is any.")
    ] = absent(0)
    taker_delay_s: Annotated[
        Value[Decimal], SECONDS, doc("How long an order that may take waits before; 0 is not.")
    ] = absent(Decimal(0))
    halt_move: Annotated[
        Value[Decimal], SHARE, doc("A trade further from the window's reference stops the market.")
    ] = absent(Decimal(0))
    halt_window_s: Annotated[
        Value[Decimal], SECONDS, doc("The last trade before a window this long is its reference.")
    ] = absent(Decimal(0))
    halt_s: Annotated[
        Value[Decimal], SECONDS, doc("How long it is halted before the auction; 0 is not at all.")
    ] = absent(Decimal(0))
    auction_s: Annotated[
        Value[Decimal], SECONDS, doc("How long an auction lasts; 0 is until the operator ends it.")
    ] = absent(Decimal(0))


class PairTerms(Strict, frozen=True):
    """One spot pair's own rules."""

    id: Annotated[int, doc("The engine's number, from 1 in the order of the file.")]
    base: Annotated[str, doc("A key of [assets].")]
    venue_id: Annotated[str, doc("The venue's own name of the pair.")]
    tick: Annotated[Value[Decimal], USD, doc("Prices are whole multiples of this.")]
    lot: Annotated[Value[Decimal], BASE, doc("Sizes are whole multiples of this.")]
    order_max: Annotated[Value[Decimal], BASE, doc("The largest order, a whole number of lots.")]


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
    index: IndexRules = IndexRules()

    def margined(self) -> Iterator[tuple[str, MarginedTerms]]:
        """Perpetuals and futures with the paths of their tables."""
        yield from ((f"perpetuals.{symbol}", each) for symbol, each in self.perpetuals.items())
        yield from ((f"futures.{symbol}", each) for symbol, each in self.futures.items())

    def settles_in(self, market: MarginedTerms) -> str:
        """The symbol of the asset that a market pays in."""
        return market.settle or (market.base if market.kind_name == "inverse" else self.settlement)
