"""`longshore calc index-price`: prices made of other prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from cyclopts import Parameter

from longshore import calc
from longshore.calc.indexes import IndexMethodName, OutlierName, PriceOfName
from longshore.cli.calc import why_table, wrong_values
from longshore.cli.output import Json, emit

PRICES = {1: ("last",), 2: ("bid", "ask"), 3: ("bid", "ask", "last")}


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Filtered:
    """Which constituents count."""

    outlier: Annotated[
        str,
        Parameter(
            help="What is done with one further from the median than a fraction of it: drop=0.05, "
            "clamp=0.005 or median=0.05.",
            show_default=False,
        ),
    ] = ""
    stale_after: Annotated[
        str, Parameter(help="Seconds after which one is left out.", show_default=False)
    ] = ""
    sources_min: Annotated[int, Parameter(help="With fewer left the index is locked.")] = 1


def index_price(
    *,
    constituent: Annotated[
        tuple[str, ...],
        Parameter(
            help="NAME=LAST, NAME=BID/ASK or NAME=BID/ASK/LAST, then :WEIGHT and @SECONDS of age "
            "if there are any, such as Kraken=84000/84001:2@0.5; once for each venue.",
            negative=(),
        ),
    ],
    method: Annotated[IndexMethodName, Parameter(help="How it is made.")] = "weighted_mean",
    price_of: Annotated[PriceOfName, Parameter(help="Of bid, ask and last.")] = "last",
    filtered: Filtered | None = None,
    json: Json = False,
) -> None:
    """The index price of several venues' quotes, and what was done with each of them."""
    by = filtered or Filtered()
    with wrong_values():
        found = calc.index_price(
            map(_constituent, constituent),
            method=method,
            price_of=price_of,
            outlier=_outlier(by.outlier) if by.outlier else None,
            stale_after=by.stale_after or None,
            sources_min=by.sources_min,
        )
    emit(found, json, why_table(f"Index of {len(constituent)} constituents, {method}", found.why))


def _outlier(text: str) -> tuple[OutlierName, str]:
    kind, equals, share = text.partition("=")
    if not equals or not share:
        raise ValueError(f"outlier is drop=SHARE, clamp=SHARE or median=SHARE, not {text!r}")
    return cast("OutlierName", kind), share


def _constituent(text: str) -> calc.Constituent:
    name, equals, rest = text.partition("=")
    rest, at, age = rest.partition("@")
    rest, colon, weight = rest.partition(":")
    prices = rest.split("/")
    if not name or not equals or len(prices) not in PRICES or "" in prices:
        raise ValueError(f"constituent is NAME=LAST or NAME=BID/ASK[/LAST], not {text!r}")
    if (at and not age) or (colon and not weight):
        raise ValueError(f"constituent: a weight or an age is missing in {text!r}")
    quoted = dict(zip(PRICES[len(prices)], prices, strict=True))
    return calc.Constituent(name=name, weight=weight or 1, age=age or 0, **quoted)
