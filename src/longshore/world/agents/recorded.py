"""The recorded market in the real book: one account that rests, and one that takes.

The one that rests holds the recorded book's best levels as orders of its own. What a level gains
joins the end of its queue as a new order; what it loses goes from the end, the newest first. So
whoever queues at a price has before him all that was recorded when he came, and moves up only by
trades: no cancellation ahead of him is ever assumed while there is anything behind. What others
take from it comes back with the next look at the recording, which does not know of them.

The one that takes sends every recorded trade as an order that takes up to the trade's price.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from longshore.engine.codes import MarketState, OrderType, Side
from longshore.engine.rows import Command, Market
from longshore.engine.state import State
from longshore.world.agents.agent import Agent
from longshore.world.agents.orders import place
from longshore.world.agents.resting import brought_to, ticks_of
from longshore.world.agents.terms import Birth, Natural, Positive, Terms
from longshore.world.feeds.depth import ASK, BID
from longshore.world.feeds.imported import Trade, by_side
from longshore.world.feeds.recording import lots_of
from longshore.world.feeds.tape import Tape
from longshore.world.source import SourceState


class RecordedTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How often it looks at the recording, and how deep."""

    interval_ms: Positive = 100
    latency_us: Natural = 0
    deposit_usd: Positive = 1_000_000_000
    levels: int = 20


class Recorded(Agent):
    """What both have in common: a tape, and a look at it every interval, neither more nor less."""

    terms: RecordedTerms

    def __init__(
        self,
        name: str,
        terms: RecordedTerms,
        market_ids: Sequence[int],
        account_id: int,
        birth: Birth,
    ) -> None:
        """An agent of one market, without a tape yet."""
        super().__init__(name, terms, market_ids, account_id, birth)
        self.tape: Tape | None = None

    def _market(self, view: State) -> Market | None:
        """Its market, while orders are taken there."""
        market = view.markets[self.market_ids[0]]
        return None if market.state != MarketState.ACTIVE else market


class RecordedFlow(Recorded):
    """The recorded takers."""

    _since_us = 0

    def decide(self, time_us: int, view: State) -> list[Command]:
        """The trades since the last look, those that follow each other on one side as one order."""
        assert self.tape is not None
        since_us, self._since_us = self._since_us or time_us, time_us
        market = self._market(view)
        if market is None:
            return []
        made = [
            self._order(market, side, trades)
            for side, trades in by_side(self.tape.trades(since_us, time_us))
            if side
        ]
        return [order for order in made if order.qty_lots and order.price_ticks]

    def _order(self, market: Market, side: int, trades: list[Trade]) -> Command:
        """One order for a row of trades, up to the worst of their prices."""
        lots = sum(lots_of(market, trade.base_atoms, trade.price_subticks) for trade in trades)
        prices = [trade.price_subticks for trade in trades]
        worst = max(prices) if side == Side.BUY else min(prices)
        ticks = ticks_of(market, ASK if side == Side.BUY else BID, worst)
        market_id = self.market_ids[0]
        return place(self.account_id, market_id, side, OrderType.IOC, ticks, lots)

    def state(self) -> dict[str, int | list[int]]:
        """The agent's state, and up to where the tape was told."""
        return {**super().state(), "since_us": self._since_us}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        super().restore(state)
        self._since_us = cast("int", state["since_us"])


class RecordedBook(Recorded):
    """The recorded resting orders."""

    def decide(self, time_us: int, view: State) -> list[Command]:
        """What brings its orders to the recorded levels: first what goes, then what comes."""
        market = self._market(view)
        if market is None:
            return []
        assert self.tape is not None
        depth = self.tape.depth(time_us)
        bids, asks = (depth.levels(side, self.terms.levels) for side in (BID, ASK))
        return brought_to(view, self.account_id, market, bids, asks)
