"""A market maker: a ladder of quotes on both sides of its own view of the price.

It quotes around index + opinion - skew by holding, and steps back when the price runs. It changes
only what is out of place by more than a part of the gap to the next level, and moves an order
rather than cancel and place one. The side the price runs into is cleared first.
"""

from __future__ import annotations

from longshore.engine._table import I64
from longshore.engine.codes import MarketState, Side
from longshore.engine.rows import Event
from longshore.engine.state import State
from longshore.engine.units import absolute, clamp, larger, mul_div_floor, root_ceil, smaller
from longshore.world.agents._compile import rule
from longshore.world.agents.chance import draw
from longshore.world.agents.crowd import Crowd
from longshore.world.agents.due import be_due
from longshore.world.agents.ladder import compare, lay_rungs, send_changes
from longshore.world.agents.moves import ATOMS, PPM, followed_ppm, index_of
from longshore.world.agents.quotes import others_best, read_quotes, send_cancels
from longshore.world.agents.rows import Agent, Maker
from longshore.world.agents.terms import Levels, Natural, Positive, Signed, Terms
from longshore.world.agents.trend import worth_atoms

MILLION_ATOMS = 1_000_000 * ATOMS
VIEW_KEPT_OF_64 = 63  # its own opinion wanders, and forgets
FEAR_KEPT_OF_4 = 3  # how much of its caution is left a decision later
US_PER_S = 1_000_000
HURRY_PART = 4  # it does not decide twice within this part of its interval


class MakerTerms(Terms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one maker quotes. Distances are in ppm of the price."""

    levels: Levels = 16  # a side
    half_spread_ppm: Natural = 0  # from its view to its best quote; one tick at least lies between
    step_ppm: Natural = 24  # from its best level to the next
    growth_ppm: Natural = 280_000  # each gap is wider than the last by this
    size_usd: Positive = 2_500  # at the touch; deeper levels grow half as fast as the gaps
    skew_ppm: Signed = 500  # how far its view moves against a holding of a million dollars
    skew_max_ppm: Natural = 4_000
    opinion_ppm: Natural = 1  # how far its view wanders by itself in one decision
    calm_ppm: Natural = 200  # an index move up to this between two decisions does not frighten it
    fear_max_ppm: Natural = 3_000  # how far it steps back at most, from the view to its best quote
    stir_ppm: Natural = 40  # an index move this large makes it decide at once
    react_us: Natural = 20_000  # at once means after this
    root_ppm: Natural = 0  # and by the root of new holdings: this at a million dollars
    habit_s: Natural = 600  # and a holding is new for about so long
    follow_ppm: Signed = 0  # so much of what the coin's other markets stand off the index it adds
    leave_ppm: Natural = 0  # so frightened it takes its quotes away; 0: it never does
    away_s: Natural = 20  # and so long it stays away


@rule
def heed_index(crowd: Crowd, event: Event) -> None:
    """An index far from the one it knows makes a maker hurry."""
    for place in range(1, crowd.makers_count + 1):
        maker = crowd.makers[place]
        if maker.asset_id == event.asset_id:
            moved = absolute(event.index_subticks - maker.seen_subticks)
            if moved > mul_div_floor(maker.seen_subticks, maker.stir_ppm, PPM):
                hurry(crowd, maker, event.time_us)


@rule
def hurry(crowd: Crowd, maker: Maker, time_us: I64) -> None:
    """Decide soon, but not twice within its latency and a quarter of its interval."""
    agent = crowd.agents[maker.agent]
    rested_us = maker.decided_us + agent.latency_us + agent.interval_us // HURRY_PART + 1
    soon_us = larger(time_us + maker.react_us, rested_us)
    if soon_us < agent.next_us:
        agent.next_us = soon_us
        be_due(crowd, maker.agent)


@rule
def decide_maker(crowd: Crowd, state: State, agent: Agent, time_us: I64) -> None:
    """Compare the ladder it wants with the orders it has, and send the differences."""
    maker = crowd.makers[agent.place]
    since_us = time_us - maker.decided_us
    maker.decided_us = time_us
    market = state.markets[agent.market_id]
    index = index_of(state, market)
    if index == 0 or market.state >= MarketState.CANCEL_ONLY:
        return
    rising = index >= maker.seen_subticks
    fair = fair_subticks(crowd, state, agent, index, since_us)
    read_quotes(crowd, state, agent)
    if stays_away(maker, time_us):
        send_cancels(crowd, agent, crowd.bids_first)
        send_cancels(crowd, agent, crowd.asks_first)
        return
    quote_both(crowd, state, agent, fair, rising)


@rule
def quote_both(crowd: Crowd, state: State, agent: Agent, fair: I64, rising: bool) -> None:
    """Both sides brought to their rungs, a tick apart at least and behind what others quote."""
    market = state.markets[agent.market_id]
    touch = fair // market.tick_subticks
    low = smaller(touch, others_best(crowd, state, market, Side.SELL, crowd.asks_first) - 1)
    high = larger(touch, others_best(crowd, state, market, Side.BUY, crowd.bids_first)) + 1
    if rising:
        quote_side(crowd, state, agent, Side.SELL, high, fair)
    quote_side(crowd, state, agent, Side.BUY, low, fair)
    if not rising:
        quote_side(crowd, state, agent, Side.SELL, high, fair)


@rule
def quote_side(crowd: Crowd, state: State, agent: Agent, side: I64, touch: I64, fair: I64) -> None:
    """What brings one side to its rungs."""
    lay_rungs(crowd, state, agent, side, touch, fair)
    compare(crowd, side, crowd.bids_first if side == Side.BUY else crowd.asks_first)
    send_changes(crowd, agent, side)


@rule
def stays_away(maker: Maker, time_us: I64) -> bool:
    """Whether it is too frightened to quote, or was a moment ago."""
    if maker.leave_ppm > 0 and maker.leave_ppm <= maker.fear_ppm:
        maker.away_until_us = time_us + maker.away_s * US_PER_S
    return time_us < maker.away_until_us


@rule
def fair_subticks(crowd: Crowd, state: State, agent: Agent, index: I64, since_us: I64) -> I64:
    """Where it thinks the price is, in sub-ticks; its caution grows with the index's steps."""
    maker = crowd.makers[agent.place]
    market = state.markets[agent.market_id]
    take_fright(maker, index)
    step_ppm = draw(crowd, agent, 0, 2 * maker.opinion_ppm + 1) - maker.opinion_ppm
    maker.wander_ppm = maker.wander_ppm * VIEW_KEPT_OF_64 // 64 + step_ppm
    worth = worth_atoms(crowd, state, agent, market, index)
    skew_ppm = mul_div_floor(worth, maker.skew_ppm, MILLION_ATOMS)
    skew_ppm += new_skew_ppm(maker, worth, since_us)
    skew_ppm = clamp(skew_ppm, -maker.skew_max_ppm, maker.skew_max_ppm)
    others_ppm = 0
    if maker.follow_ppm != 0:
        others_ppm = mul_div_floor(followed_ppm(state, market, index), maker.follow_ppm, PPM)
    moved_ppm = maker.wander_ppm + others_ppm - skew_ppm
    return larger(1, index + mul_div_floor(index, moved_ppm, PPM))


@rule
def take_fright(maker: Maker, index: I64) -> None:
    """Caution fades by a quarter, and grows by a quarter of what the index moved too far."""
    moved_ppm = 0
    if maker.seen_subticks != 0:
        moved_ppm = mul_div_floor(absolute(index - maker.seen_subticks), PPM, index)
    frightening_ppm = larger(0, moved_ppm - maker.calm_ppm)
    fear_ppm = maker.fear_ppm * FEAR_KEPT_OF_4 // 4 + frightening_ppm // 4
    maker.fear_ppm = smaller(fear_ppm, maker.fear_max_ppm)
    maker.seen_subticks = index


@rule
def new_skew_ppm(maker: Maker, worth: I64, since_us: I64) -> I64:
    """What new holdings move its view: as their root, because further off more wait to trade.

    What it holds for long is new no more: others have taken the risk off it elsewhere.
    """
    if maker.root_ppm == 0:
        return 0
    habit_us = larger(since_us, maker.habit_s * US_PER_S)
    maker.habit_atoms += mul_div_floor(worth - maker.habit_atoms, since_us, habit_us)
    new_atoms = worth - maker.habit_atoms
    size_ppm = maker.root_ppm * root_floor(absolute(new_atoms) // (MILLION_ATOMS // PPM)) // 1_000
    return size_ppm if new_atoms > 0 else -size_ppm


@rule
def root_floor(value: I64) -> I64:
    """The square root of a number from 0 up, rounded down."""
    root = root_ceil(value)
    return root if root * root == value else root - 1
