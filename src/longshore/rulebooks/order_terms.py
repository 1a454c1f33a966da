"""What a rulebook lets orders do."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from longshore.rulebooks.values import COUNT, METHOD, SECONDS, SHARE, Strict, Value, absent, doc


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
