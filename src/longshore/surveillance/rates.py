"""Abnormal message rates: an account that sends more than anybody needs to trade.

A message is an order placed, changed or ended by its owner, or a refused command. SURV-007
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np

from longshore.engine.codes import Reason
from longshore.engine.events import EventKind
from longshore.surveillance.alert import Alert, Pattern, alert, ref
from longshore.surveillance.seen import AT, SLICE_US, rows

SENT = (EventKind.REFUSED, EventKind.ORDER_PLACED, EventKind.ORDER_AMENDED)
REFS = 40
"""So many of the messages are named."""


class RateTerms(msgspec.Struct, frozen=True, kw_only=True):
    """When an account is told of."""

    messages: int = 800
    """Of one account in ten seconds of the clock, at least."""
    messages_a_fill: int = 20
    """And so many for each match of it, at least."""


class Rates:
    """Counts everybody's messages, ten seconds after ten seconds, and tells when they are over."""

    def __init__(self, terms: RateTerms | None = None) -> None:
        self.terms = terms or RateTerms()
        self._slice = 0
        self._sent: list[Any] = []
        self._fills = np.zeros(0, np.int64)

    def look(self, words: Any) -> list[Alert]:
        """What is watched of ten seconds, or of a part of them."""
        number = int(words[0, AT["time_us"]]) // SLICE_US
        found = []
        if number != self._slice:
            found = [*self._judged()]
            self._slice, self._sent, self._fills = number, [], np.zeros(0, np.int64)
        self._sent.append(words[_sent(words)])
        filled = words[words[:, AT["kind"]] == EventKind.FILLED]
        sides = filled[:, [AT["account_id"], AT["other_account_id"]]].ravel()
        self._fills = _added(self._fills, np.bincount(sides))
        return found

    def _judged(self) -> Iterator[Alert]:
        """Who sent too much in the ten seconds that are over."""
        if sum(map(len, self._sent)) < self.terms.messages:
            return
        sent = np.concatenate(self._sent)
        senders = sent[:, AT["account_id"]]
        counts = np.bincount(senders)
        for account_id in (counts >= self.terms.messages).nonzero()[0].tolist():
            messages = int(counts[account_id])
            fills = int(self._fills[account_id]) if account_id < len(self._fills) else 0
            if account_id and messages >= self.terms.messages_a_fill * fills:
                refs = [ref(each, "message") for each in rows(sent[senders == account_id][-REFS:])]
                figures = {"messages": messages, "fills": fills}
                yield alert(Pattern.RATE, [account_id], 0, refs, **figures)


def _sent(words: Any) -> Any:
    """Which lines are messages of an account."""
    kinds = words[:, AT["kind"]]
    ended = (kinds == EventKind.ORDER_ENDED) & (words[:, AT["reason"]] == Reason.BY_USER)
    return np.isin(kinds, SENT) | ended


def _added(one: Any, other: Any) -> Any:
    """The sum of two counts by number, however long each is."""
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    made = longer.copy()
    made[: len(shorter)] += shorter
    return made
