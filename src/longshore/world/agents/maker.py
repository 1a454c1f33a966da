"""A market maker: a ladder of quotes on both sides of its own view of the price."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from longshore.engine.codes import MarketState, Side
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event, Market
from longshore.engine.state import State
from longshore.world.agents.agent import Agent, Birth, Terms
from longshore.world.agents.ladder import Rung, commands, compare, rungs, shape
from longshore.world.agents.moves import (
    ATOMS,
    PPM,
    Quote,
    held_lots,
    index_of,
    lots_for,
    others_best,
    quotes,
    value_of,
)
from longshore.world.source import SourceState

MILLION_ATOMS = 1_000_000 * ATOMS
VIEW_KEPT_OF_64 = 63  # its own opinion wanders, and forgets
FEAR_KEPT_OF_4 = 3  # how much of its caution is left a decision later


class MakerTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one maker quotes. Distances are in ppm of the price."""

    levels: int = 16  # a side
    half_spread_ppm: int = 0  # from its view to its best quote; one tick at least lies between
    step_ppm: int = 24  # from its best level to the next
    growth_ppm: int = 280_000  # each gap is wider than the last by this
    size_usd: int = 2_500  # at the touch; deeper levels grow half as fast as the gaps
    skew_ppm: int = 500  # how far its view moves against a holding of a million dollars
    skew_max_ppm: int = 4_000
    opinion_ppm: int = 1  # how far its view wanders by itself in one decision
    calm_ppm: int = 200  # an index move up to this between two decisions does not frighten it
    fear_max_ppm: int = 3_000  # how far it steps back at most, from the view to its best quote
    stir_ppm: int = 40  # an index move this large makes it decide at once
    react_us: int = 20_000  # at once means after this


class Maker(Agent):
    """Quotes around index + opinion − skew by holding, and steps back when the price runs.

    It changes only what is out of place by more than a part of the gap to the next level, and moves
    an order rather than cancel and place one. The side the price runs into is cleared first.
    """

    terms: MakerTerms

    def __init__(
        self, name: str, terms: MakerTerms, market_ids: Sequence[int], account_id: int, birth: Birth
    ) -> None:
        """A maker in one market."""
        super().__init__(name, terms, market_ids, account_id, birth)
        assert len(self.market_ids) == 1, "a maker has one market"
        self._shape = shape(terms.levels, terms.step_ppm, terms.growth_ppm, terms.size_usd * ATOMS)
        self._asset_id = 0
        self._seen_subticks = 0
        self._opinion_ppm = 0
        self._fear_ppm = 0
        self._decided_us = 0

    def open(self, view: State) -> list[Command]:
        """Its deposits; from now on it watches its market's index."""
        market = view.markets[self.market_ids[0]]
        self._asset_id = int(market.base_asset_id)
        return super().open(view)

    def observe(self, events: Sequence[Event]) -> None:
        """A fill of its own, or an index far from the one it knows, makes it hurry."""
        for event in events:
            if event.kind == EventKind.INDEX_PUBLISHED:
                if event.asset_id == self._asset_id and self._stirred(event.index_subticks):
                    self._hurry(event.time_us)
            elif event.kind == EventKind.TRADED and event.account_id == self.account_id:
                self._hurry(event.time_us)

    def _stirred(self, index_subticks: int) -> bool:
        """Whether the index is far from where it was at the last decision."""
        moved = abs(index_subticks - self._seen_subticks)
        return moved * PPM > self._seen_subticks * self.terms.stir_ppm

    def _hurry(self, time_us: int) -> None:
        """Decide soon, but not twice within its latency and a quarter of its interval."""
        rested_us = self._decided_us + self.terms.latency_us + self.interval_us // 4 + 1
        self._next_us = min(self._next_us, max(time_us + self.terms.react_us, rested_us))

    def decide(self, time_us: int, view: State) -> list[Command]:
        """Compare the ladder it wants with the orders it has, and send the differences."""
        self._decided_us = time_us
        market = view.markets[self.market_ids[0]]
        index = index_of(view, market)
        if index == 0 or market.state >= MarketState.CANCEL_ONLY:
            return []
        rising = index >= self._seen_subticks
        fair = self._view(view, market, index)
        bids, asks = quotes(view, self.account_id, self.market_ids[0])
        touch = fair // int(market.tick_subticks)
        low = min(touch, others_best(view, market, Side.SELL, asks) - 1)
        high = max(touch, others_best(view, market, Side.BUY, bids)) + 1
        offsets, sizes = self._rungs_at(view, fair)
        buys = self._changes(Side.BUY, bids, rungs(Side.BUY, low, offsets, sizes))
        sells = self._changes(Side.SELL, asks, rungs(Side.SELL, high, offsets, sizes))
        return sells + buys if rising else buys + sells

    def _changes(self, side: Side, own: list[Quote], wanted: list[Rung]) -> list[Command]:
        """What brings one side to its rungs."""
        changes = compare(side, own, wanted)
        return commands(self.account_id, self.market_ids[0], side, changes)

    def _view(self, view: State, market: Market, index: int) -> int:
        """Where it thinks the price is, in sub-ticks; its caution grows with the index's steps."""
        moved_ppm = abs(index - self._seen_subticks) * PPM // index if self._seen_subticks else 0
        frightening_ppm = max(0, moved_ppm - self.terms.calm_ppm)
        fear_ppm = self._fear_ppm * FEAR_KEPT_OF_4 // 4 + frightening_ppm // 4
        self._fear_ppm = min(fear_ppm, self.terms.fear_max_ppm)
        self._seen_subticks = index
        step_ppm = self.draw(0, 2 * self.terms.opinion_ppm + 1) - self.terms.opinion_ppm
        self._opinion_ppm = self._opinion_ppm * VIEW_KEPT_OF_64 // 64 + step_ppm
        held = held_lots(view, self.account_id, market) - self.home_lots(market)
        skew_ppm = value_of(view, market, held, index) * self.terms.skew_ppm // MILLION_ATOMS
        most = self.terms.skew_max_ppm
        skew_ppm = max(-most, min(most, skew_ppm))
        return index + index * (self._opinion_ppm - skew_ppm) // PPM

    def _rungs_at(self, view: State, fair: int) -> tuple[list[int], list[int]]:
        """The ladder's distances in ticks and sizes in lots: wider, down to half when it fears."""
        market = view.markets[self.market_ids[0]]
        tick = int(market.tick_subticks)
        out_ppm = self.terms.half_spread_ppm + self._fear_ppm
        offsets = [fair * (out_ppm + off) // (PPM * tick) for off in self._shape.offsets_ppm]
        shy_ppm = PPM - PPM * self._fear_ppm // (2 * max(1, self.terms.fear_max_ppm))
        wanted = (size * shy_ppm // PPM for size in self._shape.sizes_atoms)
        sizes = [lots_for(view, market, size, fair) for size in wanted]
        return offsets, sizes

    def state(self) -> dict[str, int | list[int]]:
        """The agent's state and the maker's own."""
        own = [
            self._asset_id,
            self._seen_subticks,
            self._opinion_ppm,
            self._fear_ppm,
            self._decided_us,
        ]
        return {**super().state(), "maker": own}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        super().restore(state)
        (
            self._asset_id,
            self._seen_subticks,
            self._opinion_ppm,
            self._fear_ppm,
            self._decided_us,
        ) = cast("list[int]", state["maker"])
