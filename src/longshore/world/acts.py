"""What a scenario has the operator do at set times: halts, auctions, a market's end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from longshore.engine.codes import MarketState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.limits import TIME_MAX_US
from longshore.engine.rows import Command, Event
from longshore.engine.state import State
from longshore.explain.board import Stop
from longshore.rulebooks import Catalog
from longshore.world.scenario import ActSpec
from longshore.world.source import SourceState

SECOND_US = 1_000_000
STATES = {
    "open": MarketState.ACTIVE,
    "post_only": MarketState.POST_ONLY,
    "cancel_only": MarketState.CANCEL_ONLY,
    "halt": MarketState.HALTED,
    "auction": MarketState.AUCTION,
}
SETTLE = "settle"
STOP = "stop_withdrawals"


class Acts:
    """The scenario's acts in the order of their times."""

    def __init__(self, acts: Sequence[ActSpec], catalog: Catalog, start_us: int) -> None:
        self.name = "acts"
        self._acts = sorted(acts, key=lambda act: act.at_s)
        self._catalog = catalog
        self._start_us = start_us
        self._done = 0

    def next_due_us(self) -> int:
        """The time of the next act; without one, the end of time."""
        if self._done == len(self._acts):
            return TIME_MAX_US
        return self._start_us + self._acts[self._done].at_s * SECOND_US

    def observe(self, events: Sequence[Event]) -> None:
        """What is planned does not change with what happens."""

    def act(self, time_us: int, view: State) -> list[Command]:
        """All acts of this moment."""
        made = []
        while self.next_due_us() <= time_us:
            made.append(self._command(self._acts[self._done], view))
            self._done += 1
        return made

    def _command(self, act: ActSpec, view: State) -> Command:
        """A market's new state, or its end at the index of now.

        What is about withdrawals is a moment and nothing else: they are refused by the clock.
        """
        if act.is_everywhere:
            return Command(kind=CommandKind.ADVANCE_TIME, origin=Origin.AGENT)
        market = self._catalog.market(act.market)
        if act.do == SETTLE:
            asset = view.assets[market.base.asset_id]
            return Command(
                kind=CommandKind.SETTLE_MARKET,
                origin=Origin.AGENT,
                market_id=market.market_id,
                price_subticks=int(asset.index_subticks),
            )
        return Command(
            kind=CommandKind.SET_MARKET_STATE,
            origin=Origin.AGENT,
            market_id=market.market_id,
            value=STATES[act.do],
        )

    def state(self) -> dict[str, int | list[int]]:
        """How many are done."""
        return {"done": self._done}

    def restore(self, state: SourceState) -> None:
        """Go on after those."""
        self._done = cast("int", state["done"])


def withdrawal_stops(acts: Sequence[ActSpec], start_us: int) -> list[Stop]:
    """When withdrawals are refused: from each act that stops them to the next that allows them.

    A function of the world's file and time alone, so a replay, a branch and a world opened again
    refuse the same ones.
    """
    found: list[Stop] = []
    from_us = 0
    for act in sorted(acts, key=lambda act: act.at_s):
        if not act.is_everywhere:
            continue
        at_us = start_us + act.at_s * SECOND_US
        if act.do != STOP and from_us:
            found.append(Stop(from_us, at_us))
        from_us = (from_us or at_us) if act.do == STOP else 0
    return [*found, Stop(from_us, TIME_MAX_US)] if from_us else found


def stopped_since(stops: Sequence[Stop], time_us: int) -> int | None:
    """Since when withdrawals are refused at a time; None: they are not."""
    return next((stop.from_us for stop in stops if stop.from_us <= time_us < stop.to_us), None)
