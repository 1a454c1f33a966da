"""Retail: follows the crowd in with high leverage, sets a stop at a round price or none at all.

It buys after a rise and sells after a fall, with all it has times a leverage of its own. As many
come in at the same prices with the same few leverages, their stops and liquidation prices lie close
together. Who is liquidated comes again, a few times, with new money.
"""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.codes import OrderType, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.units import absolute, larger, mul_div_floor, smaller
from longshore.world.agents._compile import rule
from longshore.world.agents.chance import draw
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.moves import (
    ATOMS,
    PPM,
    amount_atoms,
    held_lots,
    index_of,
    is_open,
    lots_for,
)
from longshore.world.agents.purse import first_line
from longshore.world.agents.quotes import read_quotes, send_cancels
from longshore.world.agents.rows import Agent, Retail
from longshore.world.agents.sending import send, send_close, send_deposit, send_take
from longshore.world.agents.terms import Natural, Positive, Terms

LEVERAGES = 5
LEVERAGE_STEP = 20
LEVERAGE_MOST = 90
STYLES = 1_000
ROUND_MOST = 1_000  # stops stand at prices of three digits, or half a digit between
COUNTER_OF = 4  # one in so many goes against the crowd
BROKE_PART = 5  # less than this part of its purse left: it is out of the game


class RetailTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it has, when it comes, and how long it stays."""

    interval_ms: Positive = 20_000
    latency_us: Natural = 80_000
    deposit_usd: Positive = 15_000
    slow_steps: Positive = 30  # memory of the price it compares with, in decisions
    enter_ppm: Natural = 600  # a move this large draws it in
    stay_steps: Natural = 720  # it stays no longer than this many decisions
    stops_permille: Natural = 400  # how many of them set a stop
    lives: Natural = 3  # how often it comes again with new money
    back_steps: Positive = 60  # after so many decisions


@rule
def decide_retail(crowd: Crowd, state: State, agent: Agent) -> None:
    """Come in, go out, or wait."""
    retail = crowd.retails[agent.place]
    market = state.markets[agent.market_id]
    price = index_of(state, market)
    moved_ppm = move_seen(retail, price)
    if not is_open(state, market):
        return
    held = held_lots(state, agent.account_id, market)
    if held != 0:
        if is_tired(crowd, agent, retail):
            send_close(crowd, agent, agent.market_id, -held)
    elif left_atoms(crowd, state, agent) < agent.deposit_usd * ATOMS // BROKE_PART:
        come_again(crowd, agent, retail)
    elif absolute(moved_ppm) >= retail.enter_ppm and draw(crowd, agent, 0, 3) == 0:
        way = 1 if moved_ppm > 0 else -1
        come_in(crowd, state, agent, -way if draw(crowd, agent, 1, COUNTER_OF) == 0 else way)


@rule
def move_seen(retail: Retail, price: I64) -> I64:
    """How far the price is from where it was on the slow mean, in ppm."""
    slow = retail.slow_subticks if retail.slow_subticks != 0 else price
    retail.slow_subticks = slow + (price - slow) // retail.slow_steps
    return mul_div_floor(price - slow, PPM, slow)


@rule
def is_tired(crowd: Crowd, agent: Agent, retail: Retail) -> bool:
    """Whether it has waited long enough for its profit; some wait twice as long."""
    stay = retail.stay_steps // 2 + draw(crowd, agent, 2, retail.stay_steps + 1)
    return agent.step - retail.since_step > stay


@rule
def left_atoms(crowd: Crowd, state: State, agent: Agent) -> I64:
    """What is left in its wallet."""
    line = crowd.purses[first_line(crowd, agent)]
    return amount_atoms(state, agent.account_id, line.wallet, line.asset_id)


@rule
def leverage_of(number: I64) -> I64:
    """The leverages people take: 20, 40, 60, 80, 90."""
    return smaller(LEVERAGE_MOST, LEVERAGE_STEP * (number + 1))


@rule
def come_in(crowd: Crowd, state: State, agent: Agent, way: I64) -> None:
    """An order for all it can carry, and where it sets stops, one at a round price."""
    retail = crowd.retails[agent.place]
    market = state.markets[agent.market_id]
    price = index_of(state, market)
    leverage = leverage_of(draw(crowd, agent, 3, LEVERAGES))
    value_atoms = mul_div_floor(left_atoms(crowd, state, agent) * leverage, 95, 100)
    lots = way * lots_for(state, market, value_atoms, price)
    retail.since_step = agent.step
    read_quotes(crowd, state, agent)
    send_cancels(crowd, agent, crowd.bids_first)
    send_cancels(crowd, agent, crowd.asks_first)
    send_take(crowd, agent, agent.market_id, lots)
    if draw(crowd, agent, 4, STYLES) < retail.stops_permille:
        send_stop(crowd, agent, market, price, lots, leverage)


@rule
def send_stop(
    crowd: Crowd, agent: Agent, market: Market, price: I64, lots: I64, leverage: I64
) -> None:
    """At two thirds of the way to where nothing is left, rounded as people round."""
    way = 1 if lots > 0 else -1
    step = round_step(price)
    rounded = (price - way * price * 2 // (3 * leverage)) // step * step
    made = send(crowd, agent, CommandKind.PLACE_ORDER)
    made.market_id = market.market_id
    made.side = Side.SELL if way > 0 else Side.BUY
    made.type = OrderType.STOP
    made.qty_lots = absolute(lots)
    made.trigger_ticks = larger(1, rounded // market.tick_subticks)
    made.signal = Signal.MARK
    made.reduce_only = 1


@rule
def round_step(price: I64) -> I64:
    """Half of the third digit of a price."""
    unit = 1
    while price // unit >= ROUND_MOST:
        unit = unit * 10
    return larger(1, unit // 2)


@rule
def come_again(crowd: Crowd, agent: Agent, retail: Retail) -> None:
    """New money, if it has not come too often, after a while."""
    if retail.lives_spent >= retail.lives or draw(crowd, agent, 5, retail.back_steps) != 0:
        return
    retail.lives_spent += 1
    line = crowd.purses[first_line(crowd, agent)]
    send_deposit(crowd, agent, line.asset_id, line.wallet, line.want_atoms)
