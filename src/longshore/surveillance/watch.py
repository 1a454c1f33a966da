"""The watch over one world: every detector sees every event once, in order.

SURV-001, SURV-009
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from longshore.engine.events import EventKind
from longshore.journal.batch import Batch
from longshore.rulebooks import Catalog
from longshore.surveillance.alert import Alert
from longshore.surveillance.detector import S_US, Detector
from longshore.surveillance.hunting import Hunting
from longshore.surveillance.marking import Marking
from longshore.surveillance.pressure import Pressure
from longshore.surveillance.pump import Pump
from longshore.surveillance.rates import Rates
from longshore.surveillance.seen import AT, WATCHED, rows, slices
from longshore.surveillance.tape import Tape
from longshore.surveillance.wash import Wash

QUIET_US = 600 * S_US
"""The same of the same accounts in the same market is told once in so long."""
TIDY_US = 60 * S_US
FORGET_US = 900 * S_US
TAPED = (EventKind.FILLED, EventKind.INDEX_PUBLISHED)
ALWAYS = (*TAPED, EventKind.FUNDING_SET, EventKind.LIQUIDATION_STARTED)
"""Kinds of which every event is taken; of orders, only those that say something."""


class Watch:
    """Takes batches as the journal has them, live or afterwards, and gives alerts."""

    def __init__(self, catalog: Catalog) -> None:
        """Nothing is known of what was before."""
        self.tape = Tape(catalog)
        self.rates = Rates()
        self.pressure = Pressure(self.tape)
        self.detectors: Sequence[Detector] = (
            Wash(self.tape),
            self.pressure,
            Marking(self.tape),
            Hunting(self.tape),
            Pump(self.tape),
        )
        self._takers = {
            int(kind): [each.take for each in self.detectors if kind in each.KINDS]
            for kind in WATCHED
        }
        self._told_us: dict[Any, int] = {}
        self._tidied_us = 0

    def see(self, batch: Batch) -> list[Alert]:
        """What happened next."""
        pieces = slices(batch.caused.pieces())
        return [made for words in pieces for made in self._look(words) if self._is_new(made)]

    def _look(self, words: Any) -> Iterator[Alert]:
        """Ten seconds, or a part of them."""
        time_us = int(words[0, AT["time_us"]])
        if time_us - self._tidied_us >= TIDY_US:
            self._tidy(time_us)
        yield from self.rates.look(words)
        kept = self.pressure.sifting.lines(words) | np.isin(words[:, AT["kind"]], ALWAYS)
        for event in rows(words[kept]):
            if event.kind in TAPED:
                self.tape.see(event)
            for take in self._takers[event.kind]:
                yield from take(event)

    def _is_new(self, made: Alert) -> bool:
        """Whether the same was not told lately."""
        told_us = self._told_us.get(made.key)
        if told_us is not None and made.to_us - told_us < QUIET_US:
            return False
        self._told_us[made.key] = made.to_us
        return True

    def _tidy(self, now_us: int) -> None:
        """Let go of what no detector needs any more."""
        self._tidied_us = now_us
        for each in self.detectors:
            each.forget(now_us - FORGET_US)
        old = [key for key, told_us in self._told_us.items() if told_us < now_us - QUIET_US]
        for key in old:
            del self._told_us[key]
