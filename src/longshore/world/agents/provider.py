"""Provider: takes over liquidated positions by agreement, and works them off in the book."""

from __future__ import annotations

from longshore.engine.codes import MarketState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command, Market
from longshore.engine.state import State
from longshore.world.agents.agent import Agent, Terms
from longshore.world.agents.moves import ATOMS, best_ticks, held_lots, index_of, lots_for, take


class ProviderTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much it takes over at once, and how fast it gets rid of it."""

    interval_ms: int = 5_000
    latency_us: int = 20_000
    assign_max_lots: int = 1_000_000  # of one position
    slice_usd: int = 25_000


class Provider(Agent):
    """Enrolled for assignments in all its markets; sells or buys back a slice at a time."""

    terms: ProviderTerms

    def open(self, view: State) -> list[Command]:
        """Its deposit, and the enrolment."""
        enrol = Command(
            kind=CommandKind.SET_ASSIGNMENT,
            origin=Origin.AGENT,
            account_id=self.account_id,
            qty_lots=self.terms.assign_max_lots,
        )
        return [*super().open(view), enrol]

    def decide(self, time_us: int, view: State) -> list[Command]:
        """A slice of each position it holds, at the market."""
        markets = [view.markets[market_id] for market_id in self.market_ids]
        return [order for market in markets if (order := self._less(view, market))]

    def _less(self, view: State, market: Market) -> Command | None:
        """An order that makes the position in a market smaller, if there is one."""
        held = held_lots(view, self.account_id, market)
        if held == 0 or market.state != MarketState.ACTIVE or 0 in best_ticks(view, market):
            return None
        most = lots_for(view, market, self.terms.slice_usd * ATOMS, index_of(view, market))
        qty_lots = min(abs(held), most)
        order = take(self.account_id, int(market.market_id), qty_lots if held < 0 else -qty_lots)
        order.reduce_only = 1
        return order
