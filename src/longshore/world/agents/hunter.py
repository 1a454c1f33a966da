"""Hunter: sees somebody being liquidated, goes the same way at once, and out again after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from longshore.engine.codes import MarketState
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.agents.agent import Agent, Terms
from longshore.world.agents.moves import (
    ATOMS,
    best_ticks,
    held_lots,
    index_of,
    lots_for,
    take,
    value_of,
)
from longshore.world.source import SourceState


class HunterTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much it puts on, and for how long."""

    interval_ms: int = 5_000
    latency_us: int = 4_000
    react_us: int = 30_000
    slice_usd: int = 60_000
    hold_usd: int = 240_000
    stay_s: int = 45


class Hunter(Agent):
    """Who is liquidated must sell: it sells before more of them do, and buys back below."""

    terms: HunterTerms
    _way = 0  # 1: shorts were liquidated last, so the price rises
    _until_us = 0

    def observe(self, events: Sequence[Event]) -> None:
        """A liquidation in its market is told to everybody."""
        for event in events:
            if (
                event.kind == EventKind.LIQUIDATION_STARTED
                and event.market_id == self.market_ids[0]
                and event.account_id != self.account_id
                and event.position_lots
            ):
                self._way = -1 if event.position_lots > 0 else 1
                self._until_us = event.time_us + self.terms.stay_s * 1_000_000
                self._next_us = min(self._next_us, event.time_us + self.terms.react_us)

    def decide(self, time_us: int, view: State) -> list[Command]:
        """One slice further in while the hunt goes on, all of it out after."""
        market = view.markets[self.market_ids[0]]
        if market.state != MarketState.ACTIVE or 0 in best_ticks(view, market):
            return []
        held = held_lots(view, self.account_id, market)
        if time_us >= self._until_us:
            return self._out(market, held)
        index = index_of(view, market)
        worth_atoms = value_of(view, market, held, index) * self._way
        if worth_atoms >= self.terms.hold_usd * ATOMS:
            return []
        qty_lots = lots_for(view, market, self.terms.slice_usd * ATOMS, index)
        return [take(self.account_id, self.market_ids[0], self._way * qty_lots)]

    def _out(self, market: Market, held: int) -> list[Command]:
        """What closes its position, if it has one."""
        if held == 0:
            return []
        order = take(self.account_id, int(market.market_id), -held)
        order.reduce_only = 1
        return [order]

    def state(self) -> dict[str, int | list[int]]:
        """The agent's state and its hunt."""
        return {**super().state(), "hunt": [self._way, self._until_us]}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        super().restore(state)
        self._way, self._until_us = cast("list[int]", state["hunt"])
