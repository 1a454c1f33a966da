"""Venue rule sets as dated data. Every value says where it was read and when, or is unverified.

rulebook = rulebooks.load("kraken")
rulebook.setup()                                   # the engine's rows
rulebook.catalog.market("PF_XBTUSD").price_ticks(Decimal("84000"))
rulebook.value("perpetuals.PF_XBTUSD.funding_cap").source
"""

from __future__ import annotations

from longshore.rulebooks.catalog import (
    AssetInfo,
    Catalog,
    ConversionError,
    MarketInfo,
    NotAMultipleError,
    OutOfRangeError,
    UnknownSymbolError,
)
from longshore.rulebooks.loader import RulebookError, available, parse_terms, shipped
from longshore.rulebooks.numbers import CannotHoldError
from longshore.rulebooks.problems import Problem
from longshore.rulebooks.report import Check, check, show
from longshore.rulebooks.rulebook import Rulebook
from longshore.rulebooks.schema import schema
from longshore.rulebooks.values import Source, Value

__all__ = [
    "AssetInfo",
    "CannotHoldError",
    "Catalog",
    "Check",
    "ConversionError",
    "MarketInfo",
    "NotAMultipleError",
    "OutOfRangeError",
    "Problem",
    "Rulebook",
    "RulebookError",
    "Source",
    "UnknownSymbolError",
    "Value",
    "available",
    "check",
    "load",
    "parse",
    "schema",
    "shipped",
    "show",
]


def load(name: str = "kraken") -> Rulebook:
    """A rulebook by id, or the newest of a venue by name. Raises RulebookError."""
    return Rulebook(shipped(name).terms)


def parse(text: str) -> Rulebook:
    """A rulebook from the text of its file. Raises RulebookError naming the place."""
    return Rulebook(parse_terms(text))
