"""Article 10: listing, the settlement window, expiry, settlement.

Chosen. The whole calendar is written down at the start: every sample's time, every phase's. The
samples are kept in a list. A market's samples at one instant come before all else that is due then;
phases come after dead man's switches. All marks follow a new index price before the markets that
waited for it are settled, by id. The account's orders end before its position is settled.
"""

from __future__ import annotations

from longshore.engine.codes import MarketState, Reason, System, WalletKind
from longshore.engine.rows import Market
from tests.naive import worth
from tests.naive.fills import end_order
from tests.naive.funding import realise
from tests.naive.halts import enter, own_state
from tests.naive.ledger import balance, clearing, convert_debt, move, venue_purse
from tests.naive.liquidation import bear_shortfall
from tests.naive.margin import equity, wallet_positions
from tests.naive.prices import (
    DATED,
    WINDOW,
    is_stale,
    is_waiting,
    samples_to_come,
    set_mark,
    towards_settlement,
)
from tests.naive.state import PPM, SHORT, State, up

PHASE = 5


def calendar(markets: list[Market]) -> list[tuple[int, int, int]]:
    """All that the markets' own times say will happen: time, kind, id. Sets their first states."""
    due = []
    for market in markets:
        number, until = market.market_id, market.post_only_until_us
        if until > market.listed_us:
            market.state = MarketState.POST_ONLY
            due.append((until, PHASE, number))
        if market.listed_us:
            market.state = MarketState.HALTED
            due.append((market.listed_us, PHASE, number))
        if market.kind in DATED:
            times = range(
                market.expiry_us,
                market.expiry_us - market.settle_window_us,
                -market.settle_sample_us,
            )
            due += [(time, WINDOW, number) for time in times]
    return sorted(due)


def fire(s: State, kind: int, market: Market) -> None:
    """A sample's time or a phase's end has come (it is off the calendar)."""
    if kind == PHASE:
        end_phase(s, market)
    elif market.state != MarketState.EXPIRED:
        sample(s, market)


def end_phase(s: State, market: Market) -> None:
    """LIFE-010."""
    until = market.post_only_until_us
    if s.time_us == market.listed_us:
        if own_state(s, market) == MarketState.HALTED:
            enter(s, market, MarketState.POST_ONLY if until > s.time_us else MarketState.ACTIVE)
    elif own_state(s, market) == MarketState.POST_ONLY:
        enter(s, market, MarketState.ACTIVE)


def sample(s: State, market: Market) -> None:
    """LIFE-002, LIFE-004, LIFE-008."""
    index = s.index_of(market)
    priced = index > 0 and not is_stale(s, market, s.time_us)
    if priced:
        s.window[market.market_id].append(index)
        set_mark(s, market)
    if samples_to_come(s, market):
        return
    if priced:
        settle(s, market)
    else:
        enter(s, market, MarketState.CANCEL_ONLY)


def price_came(s: State, asset_id: int) -> None:
    """LIFE-008: a new index price, for the markets that wait for one."""
    for market in s.perpetuals():
        if market.base_asset_id == asset_id and is_waiting(s, market):
            s.window[market.market_id].append(s.index_of(market))
            market.mark_subticks = towards_settlement(s, market, market.mark_subticks)
            settle(s, market)


def settle(s: State, market: Market) -> None:
    """LIFE-004 to LIFE-007: everything at the mark."""
    number = market.market_id
    enter(s, market, MarketState.EXPIRED)
    s.sample_next.pop(number, None)
    s.funding_next.pop(number, None)
    for account_id in sorted(s.accounts):
        for order in s.newest_first(account_id):
            if order.market_id == number:
                end_order(s, order, Reason.MARKET_ENDED)
        for leg in (market, s.markets[number + SHORT]):
            if s.positions[account_id, leg.market_id].qty_lots:
                settle_position(s, account_id, leg)
    unit = market.settle_asset_id
    rest = balance(s, clearing(number), unit)
    move(s, unit, clearing(number), venue_purse(System.VENUE), rest)
    market.residue_parts = market.funding_rate_e18 = market.funding_lot_parts = 0


def settle_position(s: State, account_id: int, market: Market) -> None:
    """LIFE-005, LIFE-006."""
    number, unit = market.market_id, market.settle_asset_id
    position, kind = s.positions[account_id, number], s.margin_wallet(account_id, number)
    place = account_id, kind
    realise(s, account_id, market)
    value = worth.at(market, market.mark_subticks, position.qty_lots)
    move(s, unit, clearing(number), place, value - position.entry_atoms)
    position.qty_lots = position.entry_atoms = position.order_margin_atoms = 0
    fee = up(abs(value) * market.settle_fee_ppm, PPM)
    fee = min(fee, max(0, equity(s, *place)))
    move(s, unit, place, venue_purse(System.VENUE), fee)
    if s.isolated(account_id, number):
        home = account_id, s.cross_kind(number)
        move(s, unit, place, home, max(0, balance(s, place, unit)))
    if kind == WalletKind.FLEX:
        convert_debt(s, place)
    if not wallet_positions(s, *place):
        bear_shortfall(s, place)
