"""The index price out of several venues' quotes, by the engine's rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from longshore.calc.given import Why, above_zero, finite, named, one_of
from longshore.calc.numbers import PPM_DIGITS, PRICE_DIGITS, Number, digits_of, unscaled
from longshore.engine import indexes as rules
from longshore.engine._table import Table
from longshore.engine.codes import Fate, IndexMethod, Outlier, PriceOf
from longshore.engine.limits import (
    PRICE_MAX_SUBTICKS,
    SOURCE_WEIGHT_MAX,
    SOURCES_MAX,
    TIME_MAX_US,
)
from longshore.engine.rows import Source
from longshore.engine.units import PPM

IndexMethodName = Literal["weighted_mean", "equal_mean", "weighted_median"]
PriceOfName = Literal["last", "mid", "median"]
OutlierName = Literal["drop", "clamp", "median"]
SECOND_DIGITS = 6
HOW = {
    "weighted_mean": ("sum of price × weight / sum of weights, rounded down", "INDX-006"),
    "equal_mean": ("sum of prices / their number, rounded down", "INDX-006"),
    "weighted_median": ("the lowest price with half of the weight at or below it", "INDX-007"),
}
WHY_LEFT = {
    Fate.STALE: ("stale: older than the limit", "INDX-002"),
    Fate.MISSING: ("missing: it lacks a price that is asked for", "INDX-001"),
    Fate.DROPPED: ("dropped: too far from the median", "INDX-005"),
    Fate.CLAMPED: ("clamped to the edge of the band around the median", "INDX-005"),
    Fate.MEDIAN: ("counted in the median alone", "INDX-005"),
    Fate.USED: ("used", "INDX-001"),
}


@dataclass(frozen=True, kw_only=True)
class Constituent:
    """One venue's quote: what it has of last, bid and ask in quote money.

    `age` is in seconds since it was last heard of; a weight is compared with the others' only.
    """

    name: str
    last: Number | None = None
    bid: Number | None = None
    ask: Number | None = None
    weight: Number = 1
    age: Number = 0


@dataclass(frozen=True)
class Part:
    """What was done with one constituent; `price` is what counted of it, if anything did."""

    name: str
    price: Decimal | None
    weight: Decimal
    fate: str


@dataclass(frozen=True)
class IndexPrice:
    """An index in quote money; locked: there is none."""

    unit: str
    price: Decimal | None
    locked: bool
    parts: tuple[Part, ...]
    why: tuple[Why, ...]


def index_price(
    constituents: Iterable[Constituent],
    *,
    method: IndexMethodName = "weighted_mean",
    price_of: PriceOfName = "last",
    outlier: tuple[OutlierName, Number] | None = None,
    stale_after: Number | None = None,
    sources_min: int = 1,
) -> IndexPrice:
    """The index of several venues' quotes (INDX-001 to INDX-007).

    `outlier` is what is done with one and how far from the median one is, as a fraction of it;
    `stale_after` is in seconds. With fewer constituents left than `sources_min` the index is
    locked: 2 locks a single feed. Rounded down to 10^-10.

    >>> quotes = [Constituent(name=n, last=p) for n, p in [("A", 100), ("B", 101), ("C", 120)]]
    >>> found = index_price(quotes, method="equal_mean", outlier=("drop", "0.05"))
    >>> found.price, found.parts[2].fate
    (Decimal('100.5'), 'dropped')
    """
    one_of("method", method, get_args(IndexMethodName))
    given = list(constituents)
    rows = _sources(given)
    kind, deviation_ppm = _outlier(outlier)
    terms = rules.IndexTerms(
        method=IndexMethod[method.upper()],
        price_of=PriceOf[one_of("price_of", price_of, get_args(PriceOfName)).upper()],
        outlier=kind,
        deviation_ppm=deviation_ppm,
        stale_after_us=_limit(stale_after),
        sources_min=_least(sources_min),
    )
    index = rules.index_of_sources(rows, len(given), terms)
    parts = tuple(_part(each, rows[at]) for at, each in enumerate(given))
    price = unscaled(index, PRICE_DIGITS) if index else None
    fates = [Fate(rows[at].fate) for at in range(len(given))]
    why = (*map(_line, parts, fates), _last_line(method, fates, price))
    return IndexPrice("quote", price, price is None, parts, why)


def _sources(given: Sequence[Constituent]) -> Table[Source]:
    names = [each.name for each in given]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"constituents: {twice[0]!r} is there twice")
    if len(given) > SOURCES_MAX:
        raise ValueError(f"constituents: {len(given)} are more than the {SOURCES_MAX} of a rule")
    weights = [above_zero(f"weight of {each.name}", each.weight) for each in given]
    digits = max(map(digits_of, weights), default=0)
    rows = Table(Source, SOURCES_MAX)
    for at, (each, weight) in enumerate(zip(given, weights, strict=True)):
        rows[at] = _source(each, named(f"weight of {each.name}", weight, digits, SOURCE_WEIGHT_MAX))
    return rows


def _source(each: Constituent, weight: int) -> Source:
    age = finite(f"age of {each.name}", each.age)
    if age < 0:
        raise ValueError(f"age of {each.name} is from 0 up, not {age:f}")
    row = Source(
        last_subticks=_price("last", each.name, each.last),
        bid_subticks=_price("bid", each.name, each.bid),
        ask_subticks=_price("ask", each.name, each.ask),
        age_us=named(f"age of {each.name}", age, SECOND_DIGITS, TIME_MAX_US),
        weight=weight,
    )
    if row.ask_subticks and row.bid_subticks > row.ask_subticks:
        raise ValueError(f"bid of {each.name}: {each.bid} is above its ask of {each.ask}")
    return row


def _price(field: str, name: str, price: Number | None) -> int:
    """A price in sub-ticks; zero where there is none."""
    if price is None:
        return 0
    what = f"{field} of {name}"
    return named(what, above_zero(what, price), PRICE_DIGITS, PRICE_MAX_SUBTICKS)


def _outlier(outlier: tuple[OutlierName, Number] | None) -> tuple[Outlier, int]:
    if outlier is None:
        return Outlier.KEEP, 0
    kind, deviation = outlier
    one_of("outlier", kind, get_args(OutlierName))
    share = above_zero("deviation", deviation)
    if share >= 1:
        raise ValueError(f"deviation is a fraction below 1, not {share:f}")
    return Outlier[kind.upper()], named("deviation", share, PPM_DIGITS, PPM)


def _limit(stale_after: Number | None) -> int:
    if stale_after is None:
        return 0
    seconds = above_zero("stale_after", stale_after)
    return named("stale_after", seconds, SECOND_DIGITS, TIME_MAX_US)


def _least(sources_min: int) -> int:
    return named("sources_min", above_zero("sources_min", sources_min), 0, SOURCES_MAX)


def _part(each: Constituent, row: Source) -> Part:
    price = unscaled(row.price_subticks, PRICE_DIGITS) if row.price_subticks else None
    weight = finite(f"weight of {each.name}", each.weight)
    return Part(each.name, price, weight, Fate(row.fate).name.lower())


def _line(part: Part, fate: Fate) -> Why:
    how, article = WHY_LEFT[fate]
    return Why(part.name, part.price, "quote", how, article)


def _last_line(method: str, fates: Sequence[Fate], price: Decimal | None) -> Why:
    if price is None:
        return Why("index", None, "quote", "locked: too few constituents are left", "INDX-003")
    if Fate.MEDIAN in fates:
        how = "the median stands in: too many constituents disagree"
        return Why("index", price, "quote", how, "INDX-005")
    how, article = HOW[method]
    return Why("index", price, "quote", how, article)
