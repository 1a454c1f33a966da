"""Retail: follows the crowd in with high leverage, sets a stop at a round price or none at all."""

from __future__ import annotations

from typing import cast

from longshore.engine.codes import MarketState, OrderType, Side, Signal
from longshore.engine.rows import Command, Market
from longshore.engine.state import State
from longshore.world.agents.agent import Agent, Terms
from longshore.world.agents.moves import (
    ATOMS,
    PPM,
    amount_atoms,
    best_ticks,
    cancel,
    deposit,
    held_lots,
    index_of,
    lots_for,
    place,
    quotes,
    take,
)
from longshore.world.source import SourceState

LEVERAGES = (20, 40, 60, 80, 90)
STYLES = 1_000
ROUND_DIGITS = 3  # stops stand at prices of so many digits, or half a digit between
COUNTER_OF = 4  # one in so many goes against the crowd
BROKE_PART = 5  # less than this part of its purse left: it is out of the game


class RetailTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it has, when it comes, and how long it stays."""

    interval_ms: int = 20_000
    latency_us: int = 80_000
    deposit_usd: int = 15_000
    slow_steps: int = 30  # memory of the price it compares with, in decisions
    enter_ppm: int = 600  # a move this large draws it in
    stay_steps: int = 720  # it stays no longer than this many decisions
    stops_permille: int = 400  # how many of them set a stop
    lives: int = 3  # how often it comes again with new money
    back_steps: int = 60  # after so many decisions


class Retail(Agent):
    """Buys after a rise and sells after a fall, with all it has times a leverage of its own.

    As many come in at the same prices with the same few leverages, their stops and liquidation
    prices lie close together. Who is liquidated comes again, a few times, with new money.
    """

    terms: RetailTerms
    _slow_subticks = 0
    _since_step = 0
    _lives = 0

    def decide(self, time_us: int, view: State) -> list[Command]:
        """Come in, go out, or wait."""
        market = view.markets[self.market_ids[0]]
        price = index_of(view, market)
        moved_ppm = self._moved_ppm(price)
        if market.state != MarketState.ACTIVE or 0 in best_ticks(view, market):
            return []
        held = held_lots(view, self.account_id, market)
        if held:
            return self._out(view, market, held) if self._is_tired() else []
        if self._left_atoms(view) * BROKE_PART < self.terms.deposit_usd * ATOMS:
            return self._again()
        if abs(moved_ppm) < self.terms.enter_ppm or self.draw(0, 3):
            return []
        way = 1 if moved_ppm > 0 else -1
        return self._in(view, market, price, -way if self.draw(1, COUNTER_OF) == 0 else way)

    def _moved_ppm(self, price: int) -> int:
        """How far the price is from where it was on the slow mean."""
        slow = self._slow_subticks or price
        self._slow_subticks = slow + (price - slow) // self.terms.slow_steps
        return (price - slow) * PPM // slow

    def _is_tired(self) -> bool:
        """Whether it has waited long enough for its profit; some wait twice as long."""
        stay = self.terms.stay_steps // 2 + self.draw(2, self.terms.stay_steps + 1)
        return self.step - self._since_step > stay

    def _left_atoms(self, view: State) -> int:
        """What is left in its wallet."""
        asset_id, wallet, _ = self._purse[0]
        return amount_atoms(view, self.account_id, wallet, asset_id)

    def _in(self, view: State, market: Market, price: int, way: int) -> list[Command]:
        """An order for all it can carry, and where it sets stops, one at a round price."""
        leverage = LEVERAGES[self.draw(3, len(LEVERAGES))]
        value_atoms = self._left_atoms(view) * leverage
        qty_lots = lots_for(view, market, value_atoms * 95 // 100, price)
        self._since_step = self.step
        bids, asks = quotes(view, self.account_id, int(market.market_id))
        made = [cancel(self.account_id, old.order_id) for old in bids + asks]
        made.append(take(self.account_id, int(market.market_id), way * qty_lots))
        if self.draw(4, STYLES) < self.terms.stops_permille:
            made.append(self._stop(market, price, way * qty_lots, leverage))
        return made

    def _stop(self, market: Market, price: int, signed_lots: int, leverage: int) -> Command:
        """At two thirds of the way to where nothing is left, rounded as people round."""
        way = 1 if signed_lots > 0 else -1
        step = 10 ** (len(str(price)) - ROUND_DIGITS) // 2
        rounded = (price - way * price * 2 // (3 * leverage)) // step * step
        side = Side.SELL if way > 0 else Side.BUY
        order = place(
            self.account_id, int(market.market_id), side, OrderType.STOP, 0, abs(signed_lots)
        )
        order.trigger_ticks = max(1, rounded // int(market.tick_subticks))
        order.signal = Signal.MARK
        order.reduce_only = 1
        return order

    def _out(self, view: State, market: Market, held: int) -> list[Command]:
        """All it holds, at the market."""
        order = take(self.account_id, int(market.market_id), -held)
        order.reduce_only = 1
        return [order]

    def _again(self) -> list[Command]:
        """New money, if it has not come too often, after a while."""
        if self._lives >= self.terms.lives or self.draw(5, self.terms.back_steps):
            return []
        self._lives += 1
        asset_id, wallet, want = self._purse[0]
        return [deposit(self.account_id, asset_id, wallet, want)]

    def refill(self, view: State) -> list[Command]:
        """Nothing: it has what it has."""
        return []

    def state(self) -> dict[str, int | list[int]]:
        """The agent's state and its own."""
        own = [self._slow_subticks, self._since_step, self._lives]
        return {**super().state(), "retail": own}

    def restore(self, state: SourceState) -> None:
        """Go on from a state."""
        super().restore(state)
        self._slow_subticks, self._since_step, self._lives = cast("list[int]", state["retail"])
