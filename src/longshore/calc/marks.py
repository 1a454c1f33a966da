"""The mark price out of its candidates, by the engine's rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from longshore.calc.given import Why, above_zero, finite, named, one_of
from longshore.calc.numbers import HOUR_US, PPM_DIGITS, PRICE_DIGITS, RATE_DIGITS, Number, unscaled
from longshore.engine import marks as rules
from longshore.engine._table import Table
from longshore.engine.codes import MarkCandidate, MarkMethod
from longshore.engine.limits import CANDIDATES_MAX, PRICE_MAX_SUBTICKS, TIME_MAX_US
from longshore.engine.rates import RATE_MAX_E18
from longshore.engine.rows import MarkInputs, Source
from longshore.engine.units import PPM, mul_div_floor

CandidateName = Literal["index", "smoothed", "funded", "last", "mid", "quotes", "external"]
MarkMethodName = Literal["single", "first", "median"]
METHODS = {
    "single": MarkMethod.FIRST,
    "first": MarkMethod.FIRST,
    "median": MarkMethod.MEDIAN,
}
HOW = {
    "index": ("the index", "MARK-001"),
    "smoothed": ("index + smoothed basis", "MARK-004"),
    "funded": ("index × (1 + rate × time left / interval)", "MARK-005"),
    "last": ("the last trade", "MARK-001"),
    "mid": ("(bid + ask) / 2", "MARK-001"),
    "quotes": ("the median of bid, ask and last", "MARK-001"),
    "external": ("the external price", "MARK-001"),
}


@dataclass(frozen=True, kw_only=True)
class MarkQuotes:
    """What candidates are made of: prices and the smoothed basis in quote money, a rate.

    The rate is of an interval and a fraction, `hours_left` what is left of it. A candidate whose
    prices are not given is left out; one whose basis or rate is not is refused.
    """

    basis: Number | None = None
    rate: Number | None = None
    hours_left: Number = 0
    interval_hours: Number = 8
    last: Number | None = None
    bid: Number | None = None
    ask: Number | None = None
    external: Number | None = None


@dataclass(frozen=True)
class Candidate:
    """One candidate and its price, None where it is not there."""

    name: str
    price: Decimal | None


@dataclass(frozen=True)
class MarkPrice:
    """A mark in quote money; `held`: the band around the index moved it."""

    unit: str
    price: Decimal
    held: bool
    candidates: tuple[Candidate, ...]
    why: tuple[Why, ...]


NO_QUOTES = MarkQuotes()


def mark_price(
    candidates: Sequence[CandidateName],
    *,
    index: Number,
    quotes: MarkQuotes = NO_QUOTES,
    method: MarkMethodName = "single",
    band: Number = 1,
) -> MarkPrice:
    """The mark out of its candidates (MARK-001, MARK-002, MARK-005, MARK-006).

    `first` asks them in the order of the article, whatever order they are given in. `band` is a
    fraction of the index. Rounded down to 10^-10.

    >>> quotes = MarkQuotes(basis=3, last=105, bid=101, ask=102)
    >>> found = mark_price(["smoothed", "last", "mid"], index=100, quotes=quotes, method="median")
    >>> found.price
    Decimal('103')
    """
    one_of("method", method, tuple(METHODS))
    bits = _bits(candidates, method)
    inputs = _inputs(index, quotes, bits)
    inputs.method = METHODS[method]
    inputs.band_subticks = _band(inputs.index_subticks, band)
    found = Table(Source, CANDIDATES_MAX)
    mark = rules.mark_of(inputs, found)
    names = [each.name.lower() for each in MarkCandidate if each in bits]
    listed = [Candidate(name, _found(inputs, name)) for name in names]
    free = MarkInputs.of(inputs.values())
    free.band_subticks = inputs.index_subticks
    held = rules.mark_of(free, found) != mark
    price = unscaled(mark, PRICE_DIGITS)
    why = (*map(_line, listed), _last_line(method, listed, held, price))
    return MarkPrice("quote", price, held, tuple(listed), why)


def _bits(candidates: Sequence[str], method: str) -> set[MarkCandidate]:
    known = tuple(each.name.lower() for each in MarkCandidate)
    bits = [MarkCandidate[one_of("candidate", each, known).upper()] for each in candidates]
    if not bits or len(set(bits)) != len(bits):
        raise ValueError("candidates: give at least one, each once")
    if method == "single" and len(bits) > 1:
        raise ValueError(f"method single takes one candidate, not {len(bits)}")
    return set(bits)


def _inputs(index: Number, quotes: MarkQuotes, bits: set[MarkCandidate]) -> MarkInputs:
    if MarkCandidate.SMOOTHED in bits and quotes.basis is None:
        raise ValueError("basis: the candidate smoothed needs it")
    if MarkCandidate.FUNDED in bits and quotes.rate is None:
        raise ValueError("rate: the candidate funded needs it")
    row = MarkInputs(
        candidates=sum(bits),
        index_subticks=_price("index", index),
        last_subticks=_price("last", quotes.last),
        bid_subticks=_price("bid", quotes.bid),
        ask_subticks=_price("ask", quotes.ask),
        external_subticks=_price("external", quotes.external),
        interval_us=_time("interval_hours", above_zero("interval_hours", quotes.interval_hours)),
        left_us=_time("hours_left", finite("hours_left", quotes.hours_left)),
    )
    if not 0 <= row.left_us <= row.interval_us:
        raise ValueError("hours_left is from 0 up to interval_hours")
    if row.ask_subticks and row.bid_subticks > row.ask_subticks:
        raise ValueError(f"bid: {quotes.bid} is above the ask of {quotes.ask}")
    rate = finite("rate", quotes.rate or 0)
    row.rate_e18 = named("rate", rate, RATE_DIGITS, RATE_MAX_E18)
    basis = finite("basis", quotes.basis or 0)
    row.smoothed_subticks = named("basis", basis, PRICE_DIGITS, PRICE_MAX_SUBTICKS)
    if abs(row.smoothed_subticks) > row.index_subticks:
        raise ValueError(f"basis: {basis:f} is more than the index of {index}")
    return row


def _price(field: str, price: Number | None) -> int:
    """A price in sub-ticks; zero where there is none."""
    if price is None:
        return 0
    return named(field, above_zero(field, price), PRICE_DIGITS, PRICE_MAX_SUBTICKS)


def _time(field: str, hours: Decimal) -> int:
    return named(field, hours * HOUR_US, 0, TIME_MAX_US)


def _band(index: int, band: Number) -> int:
    share = finite("band", band)
    if not 0 <= share <= 1:
        raise ValueError(f"band is a fraction from 0 to 1, not {share:f}")
    return mul_div_floor(index, named("band", share, PPM_DIGITS, PPM), PPM)


def _found(inputs: MarkInputs, name: str) -> Decimal | None:
    price = rules.candidate_subticks(inputs, MarkCandidate[name.upper()])
    return unscaled(price, PRICE_DIGITS) if price else None


def _line(each: Candidate) -> Why:
    how, article = HOW[each.name]
    return Why(each.name, each.price, "quote", how if each.price else f"missing: {how}", article)


def _last_line(method: str, listed: list[Candidate], held: bool, price: Decimal) -> Why:
    if held:
        return Why("mark", price, "quote", "held at the edge of the band", "MARK-006")
    if all(each.price is None for each in listed):
        return Why("mark", price, "quote", "no candidate is there: the index", "MARK-002")
    how = "the median" if method == "median" else "the first that is there"
    return Why("mark", price, "quote", how, "MARK-002")


def smoothed_basis(
    samples: Iterable[Number],
    *,
    share: tuple[int, int] | None = None,
    window: int | None = None,
    start: Number = 0,
) -> Decimal:
    """A basis smoothed over samples in quote money, the oldest first (MARK-004).

    `share` (num, den) moves it from `start` by that part of the way to each sample; `window` is
    the mean of the last so many. Each step is rounded down to 10^-10.

    >>> smoothed_basis([31], share=(2, 31))
    Decimal('2')
    >>> smoothed_basis([1, 2, 6], window=2)
    Decimal('4')
    """
    if (share is None) == (window is None):
        raise ValueError("give a share or a window")
    steps = [_sample("sample", each) for each in samples]
    if share is None:
        return unscaled(_window_mean(steps, window or 0), PRICE_DIGITS)
    num, den = share
    if not 0 < num <= den <= PPM:
        raise ValueError(f"share is num / den above 0 and at most 1, not {num}/{den}")
    smoothed = _sample("start", start)
    for step in steps:
        smoothed += rules.ema_step_subticks(smoothed, step, num, den)
    return unscaled(smoothed, PRICE_DIGITS)


def _sample(field: str, sample: Number) -> int:
    return named(field, finite(field, sample), PRICE_DIGITS, PRICE_MAX_SUBTICKS)


def _window_mean(steps: list[int], window: int) -> int:
    if window < 1:
        raise ValueError(f"window is a number of samples from 1 up, not {window}")
    last = steps[-window:]
    if not last:
        return 0
    whole, rest = sum(each // window for each in last), sum(each % window for each in last)
    return rules.window_mean_subticks(whole, rest, window, len(last))
