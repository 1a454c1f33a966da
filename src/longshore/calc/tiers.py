"""The margin tiers of a rulebook, as rates."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from longshore import rulebooks


class Tier(NamedTuple):
    """A margin tier: from this notional, these rates."""

    from_usd: Decimal
    initial: Decimal
    maintenance: Decimal


def levels(symbol: str, rulebook: str = "kraken") -> tuple[Tier, ...]:
    """The margin tiers of a perpetual in a rulebook. Raises RulebookError, UnknownSymbolError.

    >>> levels("PF_XBTUSD")[1]
    Tier(from_usd=Decimal('1000000'), initial=Decimal('0.02'), maintenance=Decimal('0.01'))
    """
    book = rulebooks.load(rulebook)
    if book.terms.perpetual.tier_unit.value != "notional":
        raise ValueError(f"{book.id} counts tiers in base units; ask `margin_of`")
    return tuple(
        Tier(terms.bound, terms.initial, terms.maintenance) for terms in book.margin_tiers(symbol)
    )
