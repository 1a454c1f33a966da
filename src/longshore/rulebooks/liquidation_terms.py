"""The ladder of a rulebook and its measures."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from longshore.rulebooks.values import COUNT, METHOD, SECONDS, SHARE, USD, Strict, Value, doc

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
