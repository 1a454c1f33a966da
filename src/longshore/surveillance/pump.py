"""Index pump: the index jumps, comes back, and somebody was in before and out at the top.

A venue sees only the index, not who traded on the constituents it is made of. An index that jumps
and stays is news. SURV-008
"""

from __future__ import annotations

from collections import deque
from typing import ClassVar

import msgspec

from longshore.engine.events import EventKind
from longshore.surveillance.alert import Alert, Pattern, Ref, alert, ref
from longshore.surveillance.detector import NOTHING, PERCENT, S_US, Found
from longshore.surveillance.seen import Seen
from longshore.surveillance.tape import PPM, Flow, Tape

STEP_US = 5 * S_US
KEPT = 24
"""Prices remembered, one a step: two minutes."""


class PumpTerms(msgspec.Struct, frozen=True, kw_only=True):
    """When an account is told of."""

    within_s: int = 60
    """Within so many seconds"""
    jump_ppm: int = 4_000
    """the index moves so far, in parts per million, at least,"""
    over_s: int = 300
    """and within so many more"""
    back_percent: int = 60
    """this part of it is undone, in percent, at least."""
    before_s: int = 300
    """The account bought (or sold) in so many seconds before"""
    dollars: int = 25_000
    """what is worth so much, net, at least,"""
    out_percent: int = 80
    """and sold (or bought) this part of it before the index was back, in percent, at least."""


class Jump:
    """An index that has moved, until it comes back or stays."""

    __slots__ = ("before", "from_us", "index_subticks", "most_ppm", "refs", "until_us", "way")

    def __init__(self, start: tuple[int, int, Ref], way: int, until_us: int) -> None:
        self.from_us, self.index_subticks, first = start
        self.way, self.most_ppm, self.until_us = way, 0, until_us
        self.refs: list[Ref] = [first]
        self.before: dict[int, dict[int, Flow]] = {}


class Pump:
    """Every index, looked at every five seconds, and those of them that have just jumped."""

    KINDS: ClassVar[frozenset[EventKind]] = frozenset((EventKind.INDEX_PUBLISHED,))

    def __init__(self, tape: Tape, terms: PumpTerms | None = None) -> None:
        self.terms = terms or PumpTerms()
        self._tape = tape
        self._past: dict[int, deque[tuple[int, int, Ref]]] = {}
        self._jumps: dict[int, Jump] = {}

    def take(self, event: Seen) -> Found:
        """One more price of an index."""
        past = self._past.setdefault(event.asset_id, deque(maxlen=KEPT))
        jump = self._jumps.get(event.asset_id)
        if jump is not None:
            return self._went_on(event, jump, past)
        if not past or event.time_us >= past[-1][0] + STEP_US:
            self._look(event, past)
            past.append((event.time_us, event.index_subticks, ref(event, "index")))
        return NOTHING

    def forget(self, before_us: int) -> None:
        """Jumps that were last heard of long ago."""
        for asset_id in [a for a, jump in self._jumps.items() if jump.until_us < before_us]:
            del self._jumps[asset_id]

    def _look(self, event: Seen, past: deque[tuple[int, int, Ref]]) -> None:
        """Whether the index has jumped; if so, who had bought or sold before."""
        terms = self.terms
        for start in reversed(past):
            moved_ppm = (event.index_subticks - start[1]) * PPM // start[1]
            is_late = start[0] < event.time_us - terms.within_s * S_US
            if is_late or abs(moved_ppm) < terms.jump_ppm:
                continue
            until_us = event.time_us + terms.over_s * S_US
            jump = self._jumps[event.asset_id] = Jump(start, 1 if moved_ppm > 0 else -1, until_us)
            jump.most_ppm = moved_ppm * jump.way
            jump.refs.append(ref(event, "index"))
            from_us = jump.from_us - terms.before_s * S_US
            for market_id, tape in self._tape.of_asset(event.asset_id).items():
                jump.before[market_id] = tape.flows(from_us, jump.from_us)
            return

    def _went_on(self, event: Seen, jump: Jump, past: deque[tuple[int, int, Ref]]) -> Found:
        """Further, or back, or neither for too long."""
        start = jump.index_subticks
        off_ppm = (event.index_subticks - start) * PPM // start * jump.way
        jump.most_ppm = max(jump.most_ppm, off_ppm)
        is_back = (jump.most_ppm - off_ppm) * PERCENT >= jump.most_ppm * self.terms.back_percent
        if not is_back and event.time_us <= jump.until_us:
            return NOTHING
        del self._jumps[event.asset_id]
        past.clear()
        return self._judged(event, jump) if is_back else NOTHING

    def _judged(self, event: Seen, jump: Jump) -> list[Alert]:
        jump.refs.append(ref(event, "index"))
        found = []
        for market_id, before in jump.before.items():
            tape = self._tape.market(market_id)
            after = tape.flows(jump.from_us, event.time_us + 1)
            for account_id, flow in before.items():
                made = self._alert(event, jump, market_id, account_id, flow, after)
                found += [made] if made is not None else []
        return found

    def _alert(
        self, event: Seen, jump: Jump, market_id: int, account_id: int, flow: Flow,
        after: dict[int, Flow],
    ) -> Alert | None:  # fmt: skip
        lots = flow.net * jump.way
        own = after.get(account_id)
        price_ticks = self._tape.market(market_id).price_ticks
        dollars = self._tape.units[market_id].dollars(lots, price_ticks)
        if own is None or dollars < self.terms.dollars:
            return None
        out_lots = -own.net * jump.way
        if out_lots * PERCENT < lots * self.terms.out_percent:
            return None
        refs = [*flow.refs, *jump.refs, *own.refs]
        figures = {"bought_dollars": dollars, "jump_ppm": jump.most_ppm}
        figures["out_percent"] = min(PERCENT, out_lots * PERCENT // lots)
        return alert(Pattern.PUMP, [account_id], market_id, refs, **figures)
