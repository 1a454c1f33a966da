"""Spoofing and layering: large orders on one side, a trade on the other, and they are gone.

A maker, who quotes both sides, is not told of: what counts is how much more an account shows on
one side than on the other. One price is spoofing, several are layering. SURV-003, SURV-004
"""

from __future__ import annotations

from collections import deque
from typing import ClassVar

import msgspec

from longshore.engine.codes import Reason, Role, Side
from longshore.engine.events import EventKind
from longshore.surveillance.alert import Pattern, Ref, alert, ref
from longshore.surveillance.detector import NOTHING, PERCENT, S_US, Found
from longshore.surveillance.resting import Book, Place, Resting, Shown, Sifting
from longshore.surveillance.seen import Seen
from longshore.surveillance.tape import PPM, Tape

EPISODES_MOST = 20


class PressureTerms(msgspec.Struct, frozen=True, kw_only=True):
    """When an account is told of."""

    times_traded: int = 4
    """What it shows on the other side, as a multiple of what it trades, at least."""
    times_support: int = 4
    """And of what it shows on the side that it trades on, at least."""
    fresh_s: int = 60
    """Only orders placed so many seconds before the trade count,"""
    near_ppm: int = 5_000
    """and only those so near its price, in parts per million."""
    dollars: int = 20_000
    """They are worth so much, at least."""
    gone_s: int = 60
    """They are taken back within so many seconds of the trade,"""
    gone_percent: int = 80
    """this part of them at least, in percent."""
    episodes: int = 2
    """So many times"""
    span_s: int = 900
    """within so many seconds."""
    layers: int = 3
    """At so many different prices it is layering, at fewer spoofing."""


class Episode:
    """A trade with orders on the other side, until they are gone or the time is over."""

    __slots__ = (
        "dollars",
        "from_us",
        "gone_lots",
        "lots",
        "order_ids",
        "prices",
        "refs",
        "until_us",
    )

    def __init__(self, trade: Seen, shown: dict[int, Shown], dollars: int, until_us: int) -> None:
        self.dollars, self.until_us = dollars, until_us
        self.from_us = min(order.time_us for order in shown.values())
        self.lots = sum(order.lots for order in shown.values())
        self.gone_lots = 0
        self.order_ids = set(shown)
        self.prices = len({order.price_ticks for order in shown.values()})
        self.refs: list[Ref] = [ref(trade, "trade"), *(order.ref for order in shown.values())]


class Pressure:
    """Every order that rests, and every account that traded against its own show lately."""

    KINDS: ClassVar[frozenset[EventKind]] = frozenset(
        (
            EventKind.ORDER_PLACED,
            EventKind.ORDER_AMENDED,
            EventKind.ORDER_ENDED,
            EventKind.FILLED,
        )
    )

    def __init__(self, tape: Tape, terms: PressureTerms | None = None) -> None:
        self.terms = terms or PressureTerms()
        self.sifting = Sifting(self.terms.fresh_s + self.terms.gone_s)
        self._tape = tape
        self._resting = Resting()
        self._episodes: dict[Place, Episode] = {}
        self._past: dict[Place, deque[Episode]] = {}

    def take(self, event: Seen) -> Found:
        """One more event of an order."""
        if event.kind == EventKind.FILLED:
            self._filled(event)
        elif event.kind == EventKind.ORDER_PLACED:
            self._resting.placed(event)
        else:
            order = self._resting.orders.get(event.order_id)
            if order is not None and event.kind == EventKind.ORDER_AMENDED:
                return self._amended(event, order)
            if order is not None:
                return self._ended(event, order)
        return NOTHING

    def forget(self, before_us: int) -> None:
        """Episodes that came to nothing, and places that rest."""
        for place in [p for p, episode in self._episodes.items() if episode.until_us < before_us]:
            del self._episodes[place]
        for place in [p for p, past in self._past.items() if past[-1].until_us < before_us]:
            del self._past[place]

    def _filled(self, event: Seen) -> None:
        for order_id in (event.order_id, event.other_order_id):
            order = self._resting.orders.get(order_id)
            if order is not None:
                self._resting.sized(order_id, order, order.lots - event.qty_lots)
        if event.role == Role.TAKER:
            other = Side.SELL if event.side == Side.BUY else Side.BUY
            self._traded(event, event.account_id, event.side)
            self._traded(event, event.other_account_id, other)

    def _traded(self, event: Seen, account_id: int, side: int) -> None:
        """Whether an account traded against what it shows: an episode begins."""
        place, terms = (account_id, event.market_id), self.terms
        book = self._resting.books.get(place)
        if book is None or self._is_under_way(place, event.time_us):
            return
        other = Side.SELL if side == Side.BUY else Side.BUY
        least = max(1, terms.times_traded * event.qty_lots, terms.times_support * book.lots[side])
        if book.lots[other] < least:
            return
        shown = self._pressing(book, other, event)
        lots = sum(order.lots for order in shown.values())
        dollars = self._tape.units[event.market_id].dollars(lots, event.price_ticks)
        if lots >= least and dollars >= terms.dollars:
            until_us = event.time_us + terms.gone_s * S_US
            self._episodes[place] = Episode(event, shown, dollars, until_us)

    def _is_under_way(self, place: Place, time_us: int) -> bool:
        episode = self._episodes.get(place)
        return episode is not None and episode.until_us >= time_us

    def _pressing(self, book: Book, side: int, trade: Seen) -> dict[int, Shown]:
        """An account's orders on a side that are new, and near what it traded at."""
        after_us = trade.time_us - self.terms.fresh_s * S_US
        near_ticks = trade.price_ticks * self.terms.near_ppm // PPM
        return {
            order_id: order
            for order_id, order in book.orders.items()
            if order.side == side
            and order.time_us >= after_us
            and abs(order.price_ticks - trade.price_ticks) <= near_ticks
        }

    def _amended(self, event: Seen, order: Shown) -> Found:
        """What is cut from an order, or moved out of reach, is taken back."""
        before_lots = order.lots
        away = order.price_ticks - event.price_ticks
        away = away if order.side == Side.BUY else -away
        is_away = away > order.price_ticks * self.terms.near_ppm // PPM
        order.price_ticks = event.price_ticks
        self._resting.sized(event.order_id, order, event.open_lots)
        gone_lots = before_lots if is_away else before_lots - event.open_lots
        return self._gone(event, order.place, gone_lots) if gone_lots > 0 else NOTHING

    def _ended(self, event: Seen, order: Shown) -> Found:
        self._resting.sized(event.order_id, order, 0)
        by_user = event.reason == Reason.BY_USER
        return self._gone(event, order.place, event.open_lots) if by_user else NOTHING

    def _gone(self, event: Seen, place: Place, lots: int) -> Found:
        """So much is taken back: whether that ends an episode, and whether it is one too many."""
        episode = self._episodes.get(place)
        if episode is None or event.order_id not in episode.order_ids:
            return NOTHING
        if event.time_us > episode.until_us:
            del self._episodes[place]
            return NOTHING
        episode.gone_lots = min(episode.lots, episode.gone_lots + lots)
        episode.refs.append(ref(event, "taken-back"))
        if episode.gone_lots * PERCENT < episode.lots * self.terms.gone_percent:
            return NOTHING
        del self._episodes[place]
        past = self._past.setdefault(place, deque(maxlen=EPISODES_MOST))
        past.append(episode)
        while past[0].from_us < event.time_us - self.terms.span_s * S_US:
            past.popleft()
            if not past:
                del self._past[place]
                return NOTHING
        return self._told(place, past) if len(past) >= self.terms.episodes else NOTHING

    def _told(self, place: Place, past: deque[Episode]) -> Found:
        layers = max(episode.prices for episode in past)
        pattern = Pattern.LAYERING if layers >= self.terms.layers else Pattern.SPOOFING
        account_id, market_id = place
        dollars = max(episode.dollars for episode in past)
        refs = [each for episode in past for each in episode.refs]
        figures = {"episodes": len(past), "prices": layers, "shown_dollars": dollars}
        return (alert(pattern, [account_id], market_id, refs, **figures),)
