"""Constituents: the venues whose prices an index is made of, each of which may fail alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from longshore.engine._table import Table
from longshore.engine.codes import Fate
from longshore.engine.indexes import IndexTerms, index_of_sources
from longshore.engine.limits import SOURCES_MAX
from longshore.engine.rows import Command, Event, Market, Source
from longshore.engine.state import State
from longshore.world.feeds.feed import Feed
from longshore.world.feeds.shocks import is_silent, shift_ppm
from longshore.world.past import MarketPast
from longshore.world.random import PPM, bits, stream_key
from longshore.world.scenario import ConstituentSpec, ShockSpec
from longshore.world.source import SourceState

COUNTED = (Fate.USED, Fate.CLAMPED, Fate.MEDIAN)


class Constituent:
    """One venue's price of one asset: the feed's, a little apart, and shaken by its own shocks.

    While it is silent its last price stands and grows old.
    """

    def __init__(
        self, spec: ConstituentSpec, shocks: Sequence[ShockSpec], seed: int, start_us: int
    ) -> None:
        self.spec = spec
        self._shocks = shocks
        self._key = stream_key(seed, f"constituent {spec.asset} {spec.name}")
        self._start_us = start_us
        self.heard_us = start_us
        self.price_subticks = 0

    def hear(self, time_us: int, price_subticks: int) -> None:
        """What it quotes while the feed is at a price."""
        since_us = time_us - self._start_us
        if any(is_silent(shock, since_us) for shock in self._shocks):
            return
        apart = 2 * self.spec.apart_ppm + 1
        ppm = PPM - self.spec.apart_ppm + (bits(self._key, time_us) * apart >> 64)
        ppm += sum(shift_ppm(shock, since_us) for shock in self._shocks)
        self.heard_us, self.price_subticks = time_us, price_subticks * ppm // PPM

    def source(self, time_us: int) -> Source:
        """As the rule of the index reads it."""
        price = self.price_subticks
        return Source(
            last_subticks=price,
            bid_subticks=price,
            ask_subticks=price,
            age_us=time_us - self.heard_us,
            weight=self.spec.weight,
        )


class Composed:
    """A feed whose index prices are made of constituents' by the rulebook's rule (INDX-003).

    Where the rule finds no index, nothing is published.
    """

    def __init__(
        self, feed: Feed, constituents: Mapping[int, Sequence[Constituent]], terms: IndexTerms
    ) -> None:
        """`constituents` by the number of their asset; of other assets the feed's price is told."""
        self._feed = feed
        self._constituents = constituents
        self._terms = terms
        self.name = feed.name
        counts = " and ".join(str(len(each)) for each in constituents.values())
        self.note = f"{feed.note} An index is made of {counts} constituents by the rulebook's rule."
        self.asset_ids = feed.asset_ids
        self.end_us = feed.end_us

    def next_due_us(self) -> int:
        """As the feed below."""
        return self._feed.next_due_us()

    def observe(self, events: Sequence[Event]) -> None:
        """As the feed below."""
        self._feed.observe(events)

    def act(self, time_us: int, view: State) -> list[Command]:
        """Its prices, each as its constituents make it."""
        made = []
        for command in self._feed.act(time_us, view):
            asked = self._constituents.get(int(command.asset_id), ())
            for each in asked:
                each.hear(time_us, int(command.price_subticks))
            if not asked or self._index(command, asked, time_us):
                made.append(command)
        return made

    def _index(self, command: Command, asked: Sequence[Constituent], time_us: int) -> bool:
        """Put the index into the command; whether there is one."""
        rows = Table(Source, SOURCES_MAX)
        for at, each in enumerate(asked):
            rows[at] = each.source(time_us)
        command.price_subticks = index_of_sources(rows, len(asked), self._terms)
        command.sources = sum(rows[at].fate in COUNTED for at in range(len(asked)))
        return command.price_subticks > 0

    def past(self, markets: Sequence[Market]) -> dict[int, MarketPast]:
        """As the feed below."""
        return self._feed.past(markets)

    def state(self) -> dict[str, int | list[int]]:
        """Of the feed below, and when each constituent was last heard of, at what price."""
        every = self._every()
        return {
            **self._feed.state(),
            "heard_us": [each.heard_us for each in every],
            "quotes_subticks": [each.price_subticks for each in every],
        }

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        self._feed.restore(state)
        heard, quotes = (cast("list[int]", state[k]) for k in ("heard_us", "quotes_subticks"))
        for each, heard_us, price in zip(self._every(), heard, quotes, strict=True):
            each.heard_us, each.price_subticks = heard_us, price

    def _every(self) -> list[Constituent]:
        return [each for group in self._constituents.values() for each in group]
