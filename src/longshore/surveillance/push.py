"""A push: one account takes most of one side for a while, moves the price, and comes back.

Marking the close and liquidation hunting are pushes before a moment that matters, and differ in
which. What was pushed is known at that moment; that it was taken back, only later.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from longshore.engine.codes import Side
from longshore.engine.events import EventKind
from longshore.surveillance.alert import Pattern, Ref, alert, ref
from longshore.surveillance.detector import NOTHING, PERCENT, S_US, Found
from longshore.surveillance.seen import Seen
from longshore.surveillance.tape import MATCHED, Flow, Tape

EITHER = 0


class PushTerms(msgspec.Struct, frozen=True, kw_only=True):
    """When an account is told of."""

    before_s: int
    """Seconds before the moment that are looked at."""
    share_percent: int
    """What the account took, net, in percent of all that was taken the same way, at least."""
    moved_ppm: int
    """The last trade moved so far against the index, the same way, in parts per million."""
    dollars: int
    """What it took is worth so much, at least."""
    after_s: int
    """Within so many seconds after"""
    back_percent: int
    """this part of it goes back, in percent, at least."""


class Push:
    """One account's push of one market, until it comes back or is let be."""

    def __init__(self, account_id: int, way: int, flow: Flow, all_lots: int) -> None:
        """`way` is 1 for a push upward, -1 for one downward."""
        self.account_id, self.way = account_id, way
        self.lots, self.back_lots = flow.took_net * way, 0
        self.share_percent = self.lots * PERCENT // all_lots
        self.moved_ppm = self.until_us = 0
        self.refs: list[Ref] = [*flow.refs]


class Pushes:
    """Every push that ended with such a moment, until it comes back."""

    KINDS: ClassVar[frozenset[EventKind]]
    PATTERN: ClassVar[Pattern]
    MOMENT: ClassVar[EventKind]
    TERMS: ClassVar[PushTerms]

    def __init__(self, tape: Tape, terms: PushTerms | None = None) -> None:
        self.terms = terms or self.TERMS
        self._tape = tape
        self._open: dict[tuple[int, int], Push] = {}

    def take(self, event: Seen) -> Found:
        """A moment, or one more match."""
        if event.kind == self.MOMENT:
            self._look(event)
        elif self._open and event.role in MATCHED:
            other = Side.SELL if event.side == Side.BUY else Side.BUY
            taker = self._traded(event, event.account_id, event.side)
            return [*taker, *self._traded(event, event.other_account_id, other)]
        return NOTHING

    def forget(self, before_us: int) -> None:
        """Pushes that did not come back in time."""
        for key in [key for key, push in self._open.items() if push.until_us < before_us]:
            del self._open[key]

    def way(self, event: Seen) -> int:
        """Which way a push would have had to go."""
        raise NotImplementedError

    def _look(self, event: Seen) -> None:
        """Who had pushed this market."""
        terms, tape, market_id = self.terms, self._tape, event.market_id
        from_us = event.time_us - terms.before_s * S_US
        moved_ppm = tape.moved_ppm(market_id, from_us)
        way = 1 if moved_ppm > 0 else -1
        if moved_ppm * way < terms.moved_ppm or self.way(event) not in (EITHER, way):
            return
        flows = tape.market(market_id).flows(from_us, event.time_us + 1)
        all_lots = sum(f.took_bought if way > 0 else f.took_sold for f in flows.values())
        for account_id, flow in flows.items():
            if flow.took_net * way > 0 and account_id != event.account_id:
                self._weigh(event, Push(account_id, way, flow, all_lots), moved_ppm)

    def _weigh(self, event: Seen, push: Push, moved_ppm: int) -> None:
        """Wait for it to come back, if it is large enough."""
        terms, market_id = self.terms, event.market_id
        price_ticks = self._tape.market(market_id).price_ticks
        dollars = self._tape.units[market_id].dollars(push.lots, price_ticks)
        if push.share_percent < terms.share_percent or dollars < terms.dollars:
            return
        push.moved_ppm = moved_ppm
        push.until_us = event.time_us + terms.after_s * S_US
        push.refs.append(ref(event, "moment"))
        self._open.setdefault((market_id, push.account_id), push)

    def _traded(self, event: Seen, account_id: int, side: int) -> Found:
        """Whether an account takes its push back."""
        key = event.market_id, account_id
        push = self._open.get(key)
        is_back = push is not None and (side == Side.BUY) != (push.way > 0)
        if push is None or not is_back or event.time_us > push.until_us:
            return NOTHING
        push.back_lots += event.qty_lots
        push.refs.append(ref(event, "back"))
        if push.back_lots * PERCENT < push.lots * self.terms.back_percent:
            return NOTHING
        del self._open[key]
        dollars = self._tape.units[event.market_id].dollars(push.lots, event.price_ticks)
        figures = {"pushed_dollars": dollars, "share_percent": push.share_percent}
        figures["moved_ppm"] = abs(push.moved_ppm)
        return (alert(self.PATTERN, [account_id], event.market_id, push.refs, **figures),)
