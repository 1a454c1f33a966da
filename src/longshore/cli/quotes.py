"""`longshore calc index-price`, `mark-price`: prices made of other prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from cyclopts import Parameter

from longshore import calc
from longshore.calc.indexes import IndexMethodName, OutlierName, PriceOfName
from longshore.calc.marks import CandidateName, MarkMethodName
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


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Quoted:
    """What candidates are made of."""

    basis: Annotated[
        str,
        Parameter(
            help="smoothed: the basis in quote money, smoothed.",
            show_default=False,
            allow_leading_hyphen=True,
        ),
    ] = ""
    rate: Annotated[
        str,
        Parameter(
            help="funded: the rate of an interval as a fraction.",
            show_default=False,
            allow_leading_hyphen=True,
        ),
    ] = ""
    hours_left: Annotated[str, Parameter(help="funded: of the interval.")] = "0"
    interval_hours: Annotated[str, Parameter(help="funded: the interval.")] = "8"
    last: Annotated[str, Parameter(help="The last trade.", show_default=False)] = ""
    bid: Annotated[str, Parameter(help="The best bid.", show_default=False)] = ""
    ask: Annotated[str, Parameter(help="The best ask.", show_default=False)] = ""
    external: Annotated[str, Parameter(help="Another venue's price.", show_default=False)] = ""

    def quotes(self) -> calc.MarkQuotes:
        """As the calculator takes it."""
        return calc.MarkQuotes(
            basis=self.basis or None,
            rate=self.rate or None,
            hours_left=self.hours_left,
            interval_hours=self.interval_hours,
            last=self.last or None,
            bid=self.bid or None,
            ask=self.ask or None,
            external=self.external or None,
        )


def mark_price(
    *,
    candidate: Annotated[
        tuple[CandidateName, ...],
        Parameter(help="What the mark may be made of; once for each.", negative=()),
    ],
    index: Annotated[str, Parameter(help="The index price.")],
    quoted: Quoted | None = None,
    method: Annotated[MarkMethodName, Parameter(help="How one is chosen.")] = "single",
    band: Annotated[str, Parameter(help="Its largest distance, a fraction of the index.")] = "1",
    json: Json = False,
) -> None:
    """The mark price out of its candidates, held to a band around the index."""
    with wrong_values():
        found = calc.mark_price(
            candidate,
            index=index,
            quotes=(quoted or Quoted()).quotes(),
            method=method,
            band=band,
        )
    emit(found, json, why_table(f"Mark at an index of {index}, {method}", found.why))


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
