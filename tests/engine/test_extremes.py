"""The largest numbers a command may carry: refused, or carried out without leaving 64 bits.

Compiled arithmetic stops the engine on overflow, and with it the venue. So each history here, made
on the plain engine whose integers have no end, must go through the compiled one with the same
events: what is too large has to be refused by both.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from longshore.engine.codes import OrderType, Reject, Side, Signal
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.limits import PRICE_MAX_SUBTICKS, PRICE_MAX_TICKS
from tests.engine.desk import BTC, CASH, DOLLAR_SUBTICKS, SPOT, changed, lots, refusal, setup
from tests.engine.scenario import Recorder
from tests.engine.wild import wild_commands

pytestmark = pytest.mark.timeout(900)  # the first run compiles

HIGHEST_TICKS = PRICE_MAX_SUBTICKS // DOLLAR_SUBTICKS
FAR_TICKS = 10 * HIGHEST_TICKS  # beyond 64 bits when made sub-ticks
BILLIONS = 10**10 - 1
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # each try makes an engine
SLOW = [HealthCheck.too_slow]

Case = Callable[[Recorder], object]
CASES: list[Case] = []


def case(function: Case) -> Case:
    CASES.append(function)
    return function


def people(desk: Recorder, *names: str, dollars: float = 10**6) -> None:
    for name in names:
        desk.person(name, dollars)
    desk.index(84_000)


def stop_far_away(desk: Recorder, trigger: int) -> Reject:
    fields = {"trigger_ticks": trigger, "signal": Signal.MARK, "type": OrderType.STOP}
    return refusal(desk.order("ann", Side.BUY, 1, **fields))


@case
def a_stop_far_away(desk):
    """One lot, any account."""
    people(desk, "ann")
    stop_far_away(desk, FAR_TICKS)
    stop_far_away(desk, PRICE_MAX_TICKS)


@case
def a_stop_at_the_highest_price_an_index_may_have(desk):
    people(desk, "ann")
    assert stop_far_away(desk, HIGHEST_TICKS) == Reject.NONE


@case
def a_limit_far_beyond_the_collar(desk):
    people(desk, "ann")
    for price in (PRICE_MAX_TICKS, HIGHEST_TICKS):
        desk.buy("ann", 1, price)


@case
def a_trade_far_from_the_mark(desk):
    people(desk, "ann", "bob", dollars=10**7)
    for price in (FAR_TICKS, HIGHEST_TICKS):
        desk.sell("ann", 1, price)
        desk.buy("bob", 1, price)


@case
def an_impact_price_far_from_the_mark(desk):
    people(desk, "ann", dollars=10**7)
    desk.buy("ann", 1_000, 80_000)
    for price in (FAR_TICKS, HIGHEST_TICKS):
        desk.sell("ann", 1_000, price)
        desk.wait(2_000_000)


@case
def a_short_liquidated_under_a_best_offer_far_away(desk):
    people(desk, "bob", "cat", dollars=10**7)
    desk.person("eve", 2_042)
    desk.trade("bob", "eve", lots(1), 84_000)
    for price in (FAR_TICKS, HIGHEST_TICKS):
        desk.sell("cat", 1, price)
    desk.index(86_500)


@case
def a_provider_with_endless_room(desk):
    people(desk, "ann", "bob", "cat")
    desk.person("eve", 2_042)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.trade("bob", "cat", lots(0.1), 84_000)
    for room in (2**63 - 1, 10**12):
        desk.do(CommandKind.SET_ASSIGNMENT, account_id=desk.people["cat"], qty_lots=room)
    desk.do(CommandKind.SET_ASSIGNMENT, account_id=desk.people["bob"], qty_lots=2**63 - 1)
    desk.index(82_300)


@case
def a_millionth_of_leverage(desk):
    """Isolated at 0.000001: the margin of ten coins is beyond any number."""
    people(desk, "ann")
    desk.isolate("ann", 0.000001)
    desk.buy("ann", lots(10), 84_000)


@case
def three_orders_of_the_largest_value(desk):
    """Any two still add in 64 bits, and the third has to be refused before it is added."""
    people(desk, "ann", dollars=0)
    for _ in range(8):
        desk.deposit("ann", BILLIONS)
    for less in range(3):
        desk.buy("ann", 3_900_000, HIGHEST_TICKS - less)


@case
def spot_orders_of_the_largest_value(desk):
    people(desk, "ann", dollars=0)
    for _ in range(8):
        desk.deposit("ann", BILLIONS, wallet=CASH)
    for less in range(3):
        desk.buy("ann", 3_900_000, HIGHEST_TICKS - less, market_id=SPOT)


@case
def two_million_coins_as_collateral(desk):
    people(desk, "ann")
    desk.deposit("ann", 2 * 10**6, BTC)
    desk.buy("ann", 1, 80_000)


@case
def the_largest_position_while_the_price_rises_a_hundredfold(desk):
    people(desk, "ann", "bob", dollars=BILLIONS)
    desk.trade("ann", "bob", 10**7, 84_000)
    for dollars in (10**6, 10**7):
        desk.index(dollars)


@case
def the_largest_position_at_the_highest_index(desk):
    people(desk, "ann", "bob", dollars=BILLIONS)
    desk.trade("ann", "bob", 10**7, 84_000)
    desk.index(HIGHEST_TICKS)


@case
def client_ids_at_both_ends(desk):
    people(desk, "ann")
    for hi, lo in ((2**63 - 1, -(2**63)), (-(2**63), 2**63 - 1), (-1, -1)):
        desk.buy("ann", 1, 80_000, client_hi=hi, client_lo=lo)
        assert refusal(desk.buy("ann", 1, 80_000, client_hi=hi, client_lo=lo)) != Reject.NONE


@case
def wallets_at_both_ends(desk):
    people(desk, "ann")
    fields = {"account_id": desk.people["ann"], "asset_id": 1, "amount_atoms": 1}
    for kind in (-(2**63), 1 - 2**63, 2**63 - 1):
        desk.do(CommandKind.DEPOSIT, to_wallet=kind, **fields)
        desk.do(CommandKind.TRANSFER, from_wallet=kind, to_wallet=1, **fields)
        desk.do(CommandKind.TRANSFER, from_wallet=1, to_wallet=kind, **fields)


def goes_through_compiled(desk: Recorder) -> None:
    """The commands of a plain desk give the same events and digest when compiled."""
    compiled = Engine(desk.terms, "jit")
    told = [event.values() for event in compiled.apply(desk.commands)]
    assert told == [event.values() for event in desk.events]
    assert compiled.digest() == desk.engine.digest()


@pytest.mark.parametrize("history", CASES, ids=lambda history: history.__name__)
def test_the_compiled_engine_goes_through_the_same(history):
    """ORDR-001, ORDR-014"""
    collared = history is a_limit_far_beyond_the_collar
    desk = Recorder(changed(setup(), collar_ppm=50_000 if collared else 0))
    history(desk)
    goes_through_compiled(desk)


def whatever_is_sent(commands: list[dict[str, int]]) -> None:
    """Three people with money, a price and a book; then anything."""
    desk = Recorder()
    people(desk, "ann", "bob", "eve")
    desk.sell("bob", 50, 84_100)
    desk.buy("bob", 50, 83_900)
    desk.buy("ann", 20, 84_100)
    for fields in commands:
        desk.do(**fields)
    goes_through_compiled(desk)


@given(st.lists(wild_commands(), min_size=8, max_size=20))
@settings(max_examples=12, deadline=None, phases=QUICK, suppress_health_check=SLOW)
def test_whatever_is_sent_the_compiled_engine_neither_stops_nor_differs(commands):
    """ORDR-001"""
    whatever_is_sent(commands)


@pytest.mark.long
@given(st.lists(wild_commands(), min_size=10, max_size=60))
@settings(max_examples=1_500, deadline=None, suppress_health_check=SLOW)
def test_whatever_is_sent_at_length_the_compiled_engine_neither_stops_nor_differs(commands):
    """ORDR-001"""
    whatever_is_sent(commands)
