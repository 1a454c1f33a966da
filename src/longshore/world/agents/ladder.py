"""A ladder of quotes: where its rungs should stand, and the fewest changes that bring it there."""

from __future__ import annotations

from longshore.engine._table import I64, NIL
from longshore.engine.codes import OrderType, Side
from longshore.engine.commands import CommandKind
from longshore.engine.state import State
from longshore.engine.units import larger, mul_div_floor
from longshore.world.agents._compile import rule
from longshore.world.agents.crowd import QUOTES_MAX, Crowd
from longshore.world.agents.moves import PPM, lots_for
from longshore.world.agents.rows import Agent
from longshore.world.agents.sending import send, send_amend, send_cancel

SIZE_PART = 2  # a rung is filled up again when less than this part of its size is left


@rule
def lay_steps(crowd: Crowd, levels: I64, step_ppm: I64, growth_ppm: I64, size_atoms: I64) -> I64:
    """The shape of a ladder: distances from the view, and sizes, from the touch outward.

    Gaps grow from `step_ppm` by `growth_ppm` a level; sizes grow by half of that. The first row.
    """
    first = crowd.steps_count + 1
    offset_ppm = 0
    gap_ppm = step_ppm
    size = size_atoms
    for _ in range(levels):
        crowd.steps_count += 1
        step = crowd.steps[crowd.steps_count]
        step.offset_ppm = offset_ppm
        step.size_atoms = size
        offset_ppm += gap_ppm
        gap_ppm += mul_div_floor(gap_ppm, growth_ppm, PPM)
        size += mul_div_floor(size, growth_ppm, 2 * PPM)
    return first


@rule
def lay_rungs(crowd: Crowd, state: State, agent: Agent, side: I64, touch: I64, fair: I64) -> None:
    """A side's rungs from the touch outward, each at a price of its own.

    They stand wider by the maker's caution, and are down to half as large.
    """
    maker = crowd.makers[agent.place]
    market = state.markets[agent.market_id]
    out_ppm = maker.half_spread_ppm + maker.fear_ppm
    shy_ppm = PPM - PPM * maker.fear_ppm // (2 * larger(1, maker.fear_max_ppm))
    crowd.wanted_count = 0
    distance = -1
    for level in range(maker.levels):
        step = crowd.steps[maker.first_step + level]
        off = mul_div_floor(fair, out_ppm + step.offset_ppm, PPM) // market.tick_subticks
        gap = off - distance
        distance = larger(off, distance + 1)
        price = touch - distance if side == Side.BUY else touch + distance
        if price > 0:
            size_atoms = mul_div_floor(step.size_atoms, shy_ppm, PPM)
            rung = crowd.wanted[crowd.wanted_count]
            crowd.wanted_count += 1
            rung.price_ticks = price
            rung.slack_ticks = larger(0, gap) // 2 if distance != 0 else 0
            rung.qty_lots = lots_for(state, market, size_atoms, fair)


@rule
def compare(crowd: Crowd, side: I64, first: I64) -> None:
    """Pair orders and rungs, both best first; what finds no partner has to change."""
    crowd.spare_count = 0
    crowd.empty_count = 0
    crowd.low_count = 0
    at = first
    for number in range(crowd.wanted_count):
        rung = crowd.wanted[number]
        while at != NIL and behind(crowd, side, at, number) < -rung.slack_ticks:
            note_spare(crowd, at)
            at = crowd.quotes[at].next
        if at != NIL and behind(crowd, side, at, number) <= rung.slack_ticks:
            if crowd.quotes[at].qty_lots < rung.qty_lots - rung.qty_lots // SIZE_PART:
                note_low(crowd, at, number)
            at = crowd.quotes[at].next
        else:
            crowd.changes[crowd.empty_count].empty = number
            crowd.empty_count += 1
    while at != NIL:
        note_spare(crowd, at)
        at = crowd.quotes[at].next


@rule
def behind(crowd: Crowd, side: I64, quote: I64, rung: I64) -> I64:
    """How far further out than a rung an order stands; below zero: further in."""
    out = crowd.quotes[quote].price_ticks - crowd.wanted[rung].price_ticks
    return -out if side == Side.BUY else out


@rule
def note_spare(crowd: Crowd, quote: I64) -> None:
    """An order that stands where no rung is."""
    assert crowd.spare_count < QUOTES_MAX
    crowd.changes[crowd.spare_count].spare = quote
    crowd.spare_count += 1


@rule
def note_low(crowd: Crowd, quote: I64, rung: I64) -> None:
    """An order of which little is left."""
    change = crowd.changes[crowd.low_count]
    change.low = quote
    change.low_rung = rung
    crowd.low_count += 1


@rule
def send_changes(crowd: Crowd, agent: Agent, side: I64) -> None:
    """Orders out of place go to the rungs without one, nearest the touch first."""
    for number in range(crowd.spare_count):
        if number < crowd.empty_count:
            change = crowd.changes[number]
            rung = crowd.wanted[change.empty]
            quote = crowd.quotes[change.spare]
            send_amend(crowd, agent, quote.order_id, rung.price_ticks, rung.qty_lots)
    for number in range(crowd.spare_count, crowd.empty_count):
        send_quote(crowd, agent, side, crowd.changes[number].empty)
    for number in range(crowd.empty_count, crowd.spare_count):
        send_cancel(crowd, agent, crowd.quotes[crowd.changes[number].spare].order_id)
    for number in range(crowd.low_count):
        change = crowd.changes[number]
        qty_lots = crowd.wanted[change.low_rung].qty_lots
        send_amend(crowd, agent, crowd.quotes[change.low].order_id, 0, qty_lots)


@rule
def send_quote(crowd: Crowd, agent: Agent, side: I64, number: I64) -> None:
    """A new order for a rung."""
    rung = crowd.wanted[number]
    made = send(crowd, agent, CommandKind.PLACE_ORDER)
    made.market_id = agent.market_id
    made.side = side
    made.type = OrderType.POST_ONLY
    made.price_ticks = rung.price_ticks
    made.qty_lots = rung.qty_lots
