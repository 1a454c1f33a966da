"""`longshore calc premium`, `funding-rate`, `collateral-value`: by a rulebook's own methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from longshore import calc
from longshore.cli.calc import Rules, Symbol, coin_of, why_table, wrong_values
from longshore.cli.output import Json, emit


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Prices:
    """What a premium may be made of."""

    index: Annotated[str, Parameter(help="The index price.")]
    bid: Annotated[str, Parameter(help="The impact bid.", show_default=False)] = ""
    ask: Annotated[str, Parameter(help="The impact ask.", show_default=False)] = ""
    mark: Annotated[str, Parameter(help="The mark.", show_default=False)] = ""


def premium(
    *, symbol: Symbol, prices: Prices, rulebook: Rules = "kraken", json: Json = False
) -> None:
    """One premium sample by the market's method; which prices it needs, it says."""
    with wrong_values():
        found = calc.premium(
            symbol=symbol,
            index=prices.index,
            bid=prices.bid or None,
            ask=prices.ask or None,
            mark=prices.mark or None,
            rulebook=rulebook,
        )
    emit(found, json, why_table(f"Premium of {symbol}, {rulebook}", found.why))


def funding_rate(
    *,
    symbol: Symbol,
    premium: Annotated[
        str, Parameter(help="The mean of the interval's samples.", allow_leading_hyphen=True)
    ],
    previous: Annotated[
        str, Parameter(help="The rate before, for as long.", allow_leading_hyphen=True)
    ] = "0",
    rulebook: Rules = "kraken",
    json: Json = False,
) -> None:
    """The funding rate that a mean premium makes, and what one interval pays of it."""
    with wrong_values():
        found = calc.funding_rate(
            symbol=symbol, premium=premium, previous=previous, rulebook=rulebook
        )
    emit(found, json, why_table(f"Rate of {symbol} by a premium of {premium}", found.why))


def collateral_value(
    *,
    collateral: Annotated[
        tuple[str, ...],
        Parameter(help="USD=5000, or XBT=0.2@84000 with the index price.", negative=()),
    ],
    rulebook: Rules = "kraken",
    json: Json = False,
) -> None:
    """What coins in a wallet are worth, and what they count for as margin."""
    with wrong_values():
        found = calc.collateral_value(collateral=dict(map(coin_of, collateral)), rulebook=rulebook)
    emit(found, json, why_table(f"Collateral by {rulebook}", found.why))
