"""Article 18: the venue goes down for a while.

Chosen: a downtime waits in the lowest free row of eight. Of several crossed books that may match
again at one moment the market with the highest id is crossed first.
"""

from __future__ import annotations

from dataclasses import dataclass

from longshore.engine.codes import MarketState, Origin, Reject
from longshore.engine.limits import DOWNTIMES_MAX, TIME_MAX_US
from longshore.engine.rows import Command
from tests.naive.halts import show, stricter
from tests.naive.state import State

COURSE = [MarketState.CANCEL_ONLY, MarketState.HALTED, MarketState.POST_ONLY, MarketState.ACTIVE]


@dataclass
class Downtime:
    """One that is planned or under way."""

    number: int
    times: list[int]
    """Closing, down, opening, over."""

    def stage(self, at_us: int) -> int:
        """How many of the times have come."""
        return sum(time <= at_us for time in self.times)

    def next_us(self, at_us: int) -> int:
        """When the next stage begins."""
        return next(time for time in self.times if time > at_us)


def is_shut_for(s: State, c: Command) -> bool:
    """DOWN-004."""
    down = s.venue_state == MarketState.HALTED
    return down and c.origin == Origin.USER and c.account_id != 0


def plan(s: State, c: Command) -> Reject:
    """DOWN-001, DOWN-002."""
    given = [c.value, c.expire_us, c.other_value, c.number, c.expire_us + c.number]
    if not all(0 <= each <= TIME_MAX_US for each in given):
        return Reject.BAD_VALUE
    down = c.value or s.time_us + c.other_value
    times = [down - c.other_value, down, c.expire_us, c.expire_us + c.number]
    if times[0] < s.time_us:
        return Reject.CHANGE_NOT_AHEAD
    if c.expire_us <= down:
        return Reject.BAD_VALUE
    others = [each.times for each in s.downtimes.values()]
    if not all(times[3] < other[0] or other[3] < times[0] for other in others):
        return Reject.DOWNTIMES_OVERLAP
    free = [row for row in range(1, DOWNTIMES_MAX + 1) if row not in s.downtimes]
    if not free:
        return Reject.TABLE_FULL
    s.downtimes[free[0]] = Downtime(c.seq, times)
    if times[0] == s.time_us:
        go_on(s, free[0])
    return Reject.NONE


def call_off(s: State, c: Command) -> Reject:
    """DOWN-006."""
    rows = [row for row, each in s.downtimes.items() if each.number == c.value]
    if not rows:
        return Reject.BAD_VALUE
    times = s.downtimes[rows[0]].times
    stage = s.downtimes[rows[0]].stage(s.time_us)
    if stage == 0:
        del s.downtimes[rows[0]]
        return Reject.NONE
    if stage == 2:
        times[2:] = [s.time_us, s.time_us + times[3] - times[2]]
    else:
        times[:] = [s.time_us] * 4
    go_on(s, rows[0])
    return Reject.NONE


def go_on(s: State, row: int) -> None:
    """A time has come."""
    stage = s.downtimes[row].stage(s.time_us)
    if stage == 4:
        del s.downtimes[row]
    if stage:
        hold(s, COURSE[stage - 1])


def hold(s: State, state: MarketState) -> None:
    """DOWN-003."""
    markets = sorted(s.markets.values(), key=lambda market: market.market_id)
    if s.venue_state == MarketState.ACTIVE:
        s.own_states = {market.market_id: market.state for market in markets}
    s.venue_state = state
    own = s.own_states
    if state == MarketState.ACTIVE:
        s.own_states = {}
    for market in reversed(markets):
        show(s, market, stricter(own[market.market_id], state))
