"""An asset's index: how it runs, jumps, stands still, and of how many constituents it is made."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from longshore.engine.rows import Event
from longshore.explain import format as fmt
from longshore.explain.board.notice import PPM, Notice, at, change_ppm, index_text, moved
from longshore.rulebooks import Catalog

WINDOW_US = 300_000_000
POINT_US = 10_000_000
RUN_PPM = 30_000
"""A run is told from here on, and again whenever it is twice as long as it was told."""
GAP_PPM = 30_000
"""From one price to the next: this much, and so many times the step before, is a gap."""
GAP_STEPS = 3
NEAR_OF = 10
"""A run begins at the last price that differs from its furthest by less than a part of it."""


class IndexWatch(msgspec.Struct):
    """What is remembered of one index."""

    asset_id: int
    silent_after_us: int
    last_us: int = 0
    last_subticks: int = 0
    sources: int = 0
    is_silent: bool = False
    points: list[tuple[int, int]] = []
    """Times and prices of the last five minutes, one in ten seconds."""
    step_ppm: int = 0
    """How far the last price was from the one before."""
    told_us: int = 0
    told_ppm: int = 0

    def published(self, event: Event, catalog: Catalog) -> Iterator[Notice]:
        """A new price."""
        time_us, price = int(event.time_us), int(event.index_subticks)
        if self.last_subticks:
            yield from self._constituents(event, catalog)
            yield from self._price(event, catalog)
        if not self.points or time_us - self.points[-1][0] >= POINT_US:
            self.points = [p for p in self.points if time_us - p[0] < WINDOW_US]
            self.points.append((time_us, price))
        self.last_us, self.last_subticks = time_us, price
        self.sources, self.is_silent = int(event.value_atoms), False

    def passed(self, event: Event, catalog: Catalog) -> Iterator[Notice]:
        """Time has passed."""
        stands_us = int(event.time_us) - self.last_us
        if self.last_us and not self.is_silent and stands_us >= self.silent_after_us:
            self.is_silent = True
            since = fmt.moment(self.last_us)
            yield self._notice(event, catalog, "index-silent", 0, since=since)

    def _constituents(self, event: Event, catalog: Catalog) -> Iterator[Notice]:
        """More or fewer constituents than before."""
        now = int(event.value_atoms)
        if now != self.sources:
            code = "index-lost" if now < self.sources else "index-regained"
            counts = {"before": str(self.sources), "now": str(now)}
            yield self._notice(event, catalog, code, 0, **self._ends(event, catalog), **counts)

    def _price(self, event: Event, catalog: Catalog) -> Iterator[Notice]:
        """Back after a silence, a gap, or one more price of a run."""
        before, price = self.last_subticks, int(event.index_subticks)
        ppm = change_ppm(before, price)
        is_gap = abs(ppm) >= max(GAP_PPM, GAP_STEPS * abs(self.step_ppm))
        waited_us, self.step_ppm = int(event.time_us) - self.last_us, ppm
        if self.is_silent:
            values = {"span": fmt.span(waited_us), "since": fmt.moment(self.last_us)}
            values |= moved(before, price)
            yield self._told(event, catalog, "index-back", ppm, **values)
        elif is_gap:
            code = "index-gap-fell" if ppm < 0 else "index-gap-rose"
            share = fmt.percent(abs(ppm), PPM)
            yield self._told(event, catalog, code, ppm, share=share, span=fmt.span(waited_us))
        else:
            yield from self._run(event, catalog)

    def _run(self, event: Event, catalog: Catalog) -> Iterator[Notice]:
        """How far it has gone from the highest and the lowest of the last minutes."""
        time_us, price = int(event.time_us), int(event.index_subticks)
        recent = [p for p in self.points if time_us - p[0] < WINDOW_US]
        recent.append((self.last_us, self.last_subticks))
        prices = [p[1] for p in recent]
        for most in (max(prices), min(prices)):
            if abs(price - most) * PPM < RUN_PPM * self.last_subticks // 2:
                continue
            reach = abs(price - most) // NEAR_OF
            from_us, before = max(p for p in recent if abs(p[1] - most) <= reach)
            ppm = change_ppm(before, price)
            if abs(ppm) >= max(RUN_PPM, self._told_before(time_us, ppm)):
                self.points = [*(p for p in recent if p[0] >= from_us), (time_us, price)]
                yield self._ran(event, catalog, (from_us, before), ppm)
                return

    def _ran(self, event: Event, catalog: Catalog, begin: tuple[int, int], ppm: int) -> Notice:
        """A run from where it began; what was before that counts no more."""
        code = "index-fell" if ppm < 0 else "index-rose"
        values = {
            "from": index_text(catalog, self.asset_id, begin[1]),
            "share": fmt.percent(abs(ppm), PPM),
            "span": fmt.span(int(event.time_us) - begin[0]),
        }
        return self._told(event, catalog, code, ppm, **values)

    def _told_before(self, time_us: int, ppm: int) -> int:
        """Twice what was told of this run already."""
        same = (ppm < 0) == (self.told_ppm < 0) and time_us - self.told_us < WINDOW_US
        return 2 * abs(self.told_ppm) if same else 0

    def _told(self, event: Event, catalog: Catalog, code: str, ppm: int, **values: str) -> Notice:
        """A notice of a move, which is remembered."""
        self.told_us, self.told_ppm = int(event.time_us), ppm
        return self._notice(event, catalog, code, ppm, **{**self._ends(event, catalog), **values})

    def _notice(self, event: Event, catalog: Catalog, code: str, way: int, **values: str) -> Notice:
        coin = catalog.asset(self.asset_id).code
        return at(event, code, 0, self.asset_id, way, coin=coin, **values)

    def _ends(self, event: Event, catalog: Catalog) -> dict[str, str]:
        """The last price and the new one, as text."""
        ends = {"from": self.last_subticks, "to": int(event.index_subticks)}
        return {name: index_text(catalog, self.asset_id, each) for name, each in ends.items()}
