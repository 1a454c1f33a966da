"""Wash trades: two accounts that sell the same thing to and fro, and hardly trade with others.

The venue sees no names behind accounts: two are taken as linked by trading like this. Somebody
who trades with a maker to and fro is not: the maker trades with many others. SURV-002
"""

from __future__ import annotations

from collections import deque
from typing import ClassVar, NamedTuple

import msgspec

from longshore.engine.codes import Role, Side
from longshore.engine.events import EventKind
from longshore.surveillance.alert import Alert, Pattern, Ref, alert, ref
from longshore.surveillance.detector import NOTHING, PERCENT, S_US, Found
from longshore.surveillance.seen import Seen
from longshore.surveillance.tape import Tape

FILLS_MOST = 60
"""Matches of one pair that are remembered."""


class WashTerms(msgspec.Struct, frozen=True, kw_only=True):
    """When two accounts are told of."""

    span_s: int = 600
    """Seconds that are looked back over."""
    fills: int = 6
    """Matches between the two, at least."""
    balance_percent: int = 70
    """What went back, in percent of what went there, at least."""
    share_percent: int = 50
    """What they traded with each other, in percent of what each of them traded, at least."""
    dollars: int = 10_000
    """What they traded with each other is worth so much, at least."""


class Fill(NamedTuple):
    """A match of a pair: lots the first of them bought, below zero if it sold."""

    time_us: int
    lots: int
    ref: Ref


class Pair:
    """Two accounts in one market."""

    __slots__ = ("back", "fills", "there")

    def __init__(self) -> None:
        """Nothing yet."""
        self.fills: deque[Fill] = deque()
        self.there = self.back = 0

    def add(self, fill: Fill, after_us: int) -> None:
        """One more match; those that are too old, or too many, go."""
        self.fills.append(fill)
        self._count(fill.lots)
        while self.fills[0].time_us < after_us or len(self.fills) > FILLS_MOST:
            self._count(self.fills.popleft().lots, -1)

    def _count(self, lots: int, sign: int = 1) -> None:
        if lots > 0:
            self.there += sign * lots
        else:
            self.back -= sign * lots


class Wash:
    """Every pair that traded lately."""

    KINDS: ClassVar[frozenset[EventKind]] = frozenset((EventKind.FILLED,))

    def __init__(self, tape: Tape, terms: WashTerms | None = None) -> None:
        self.terms = terms or WashTerms()
        self._tape = tape
        self._pairs: dict[tuple[int, int, int], Pair] = {}

    def take(self, event: Seen) -> Found:
        """One more match."""
        if event.role != Role.TAKER:
            return NOTHING
        taker, maker = event.account_id, event.other_account_id
        lots = event.qty_lots if event.side == Side.BUY else -event.qty_lots
        first, second, lots = (taker, maker, lots) if taker < maker else (maker, taker, -lots)
        key = event.market_id, first, second
        pair = self._pairs.get(key)
        if pair is None:
            pair = self._pairs[key] = Pair()
        after_us = event.time_us - self.terms.span_s * S_US
        pair.add(Fill(event.time_us, lots, ref(event, "trade")), after_us)
        return self._judged(event, pair) if len(pair.fills) >= self.terms.fills else NOTHING

    def forget(self, before_us: int) -> None:
        """Pairs that trade no more."""
        for key in [k for k, pair in self._pairs.items() if pair.fills[-1].time_us < before_us]:
            del self._pairs[key]

    def _judged(self, event: Seen, pair: Pair) -> tuple[Alert, ...]:
        terms, between = self.terms, pair.there + pair.back
        less, more = sorted((pair.there, pair.back))
        if less * PERCENT < more * terms.balance_percent:
            return NOTHING
        totals = self._tape.market(event.market_id).totals
        accounts = event.account_id, event.other_account_id
        most = max(totals[accounts[0]].volume, totals[accounts[1]].volume, 1)
        dollars = self._tape.units[event.market_id].dollars(between, event.price_ticks)
        if between * PERCENT < most * terms.share_percent or dollars < terms.dollars:
            return NOTHING
        figures = {"fills": len(pair.fills), "between_dollars": dollars}
        figures["least_share_percent"] = min(PERCENT, between * PERCENT // most)
        refs = [fill.ref for fill in pair.fills]
        return (alert(Pattern.WASH, accounts, event.market_id, refs, **figures),)
