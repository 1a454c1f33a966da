"""Article 02: orders and matching."""

from __future__ import annotations

import pytest

from longshore.engine.book import levels
from longshore.engine.codes import (
    MarketState,
    OrderType,
    Reason,
    Reject,
    SelfTrade,
    Side,
    Signal,
)
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.engine.state import balance_slot
from tests.engine.desk import (
    ATOMS,
    BTC,
    CASH,
    PERP,
    SPOT,
    USD,
    Desk,
    changed,
    lots,
    of,
    placed,
    refusal,
    setup,
)


@pytest.fixture
def desk() -> Desk:
    """Four rich people and an index of 84,000."""
    made = Desk()
    for name in ("ann", "bob", "cat", "dan"):
        made.person(name, 100_000)
    made.index(84_000)
    return made


def fills(events):
    return [(e.price_ticks, e.qty_lots) for e in of(events, EventKind.FILLED)]


def ended(events):
    return [(e.order_id, e.reason) for e in of(events, EventKind.ORDER_ENDED)]


def amend(desk: Desk, name: str, order_id: int, price: int = 0, qty: int = 0, trigger: int = 0):
    return desk.do(
        CommandKind.AMEND_ORDER, account_id=desk.people[name], order_id=order_id,
        price_ticks=price, qty_lots=qty, trigger_ticks=trigger,
    )  # fmt: skip


def set_state(desk: Desk, state: MarketState) -> None:
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=state)


def stop(desk: Desk, name: str, side: Side, qty: int, trigger: int, **fields: int):
    given = {"signal": Signal.MARK, "type": OrderType.STOP, "reduce_only": 1, **fields}
    return desk.order(name, side, qty, trigger_ticks=trigger, **given)


def test_the_first_failing_check_names_the_refusal_and_nothing_changes(desk):
    """ORDR-001"""
    before = desk.engine.digest()
    assert refusal(desk.buy("ann", 0, -5, market_id=9)) == Reject.UNKNOWN_MARKET
    assert refusal(desk.buy("ann", 0, -5, type=OrderType.LIMIT)) == Reject.QTY_NOT_POSITIVE
    assert refusal(desk.buy("ann", 1, -5, type=OrderType.LIMIT)) == Reject.PRICE_NOT_POSITIVE
    assert refusal(desk.buy("ann", 10**7 + 1, 84_000)) == Reject.QTY_TOO_LARGE
    assert refusal(desk.buy("ann", 10**6, 10**12)) == Reject.PRICE_TOO_LARGE
    assert refusal(desk.buy("ann", 10**6, 84_000)) == Reject.INSUFFICIENT_MARGIN
    assert desk.engine.digest() == before


def test_the_best_price_trades_first_and_then_the_earliest_order(desk):
    """ORDR-002"""
    late = placed(desk.sell("bob", 10, 84_001))
    early = placed(desk.sell("cat", 10, 84_000))
    third = placed(desk.sell("dan", 10, 84_000))
    events = of(desk.buy("ann", 25, 84_001), EventKind.FILLED)
    assert [(e.other_order_id, e.price_ticks, e.qty_lots) for e in events] == [
        (early, 84_000, 10), (third, 84_000, 10), (late, 84_001, 5),
    ]  # fmt: skip


def test_a_limit_order_takes_what_crosses_and_rests_with_the_rest(desk):
    """ORDR-003"""
    desk.sell("bob", 10, 84_000)
    events = desk.buy("ann", 25, 84_005)
    assert fills(events) == [(84_000, 10)]
    assert levels(desk.engine.view, PERP, Side.BUY, 9) == [(84_005, 15)]
    assert levels(desk.engine.view, PERP, Side.SELL, 9) == []


def test_a_market_order_reaches_a_band_from_the_best_price(desk):
    """ORDR-004: 1 % above 66,595 is 67,260.95, down to the tick."""
    assert refusal(desk.buy("ann", 1)) == Reject.NO_PRICE
    desk.sell("bob", 1, 66_595)
    desk.sell("bob", 1, 67_260)
    desk.sell("bob", 1, 67_261)
    events = desk.buy("ann", 3)
    assert fills(events) == [(66_595, 1), (67_260, 1)]
    assert of(events, EventKind.ORDER_PLACED)[0].price_ticks == 67_260
    assert ended(events)[-1][1] == Reason.IOC_REMAINDER


def test_a_post_only_order_that_would_take_is_refused(desk):
    """ORDR-005"""
    desk.sell("bob", 1, 84_000)
    assert refusal(desk.buy("ann", 1, 84_000, type=OrderType.POST_ONLY)) == Reject.POST_WOULD_CROSS
    assert refusal(desk.buy("ann", 1, 83_999, type=OrderType.POST_ONLY)) == Reject.NONE


def test_an_immediate_or_cancel_order_takes_what_it_can(desk):
    """ORDR-006"""
    assert refusal(desk.buy("ann", 5, 84_000, type=OrderType.IOC)) == Reject.IOC_UNFILLABLE
    desk.sell("bob", 3, 84_000)
    events = desk.buy("ann", 5, 84_000, type=OrderType.IOC)
    assert fills(events) == [(84_000, 3)]
    last = of(events, EventKind.ORDER_ENDED)[-1]
    assert (last.reason, last.open_lots, last.filled_lots) == (Reason.IOC_REMAINDER, 2, 3)


def test_a_fill_or_kill_order_is_filled_whole_or_refused(desk):
    """ORDR-007"""
    desk.sell("bob", 3, 84_000)
    assert refusal(desk.buy("ann", 4, 84_000, type=OrderType.FOK)) == Reject.FOK_UNFILLABLE
    assert fills(desk.buy("ann", 3, 84_000, type=OrderType.FOK)) == [(84_000, 3)]


def test_a_reduce_only_order_only_shrinks(desk):
    """ORDR-008"""
    assert refusal(desk.sell("ann", 5, 84_000, reduce_only=1)) == Reject.WOULD_NOT_REDUCE
    desk.trade("ann", "bob", 10, 84_000)
    assert refusal(desk.buy("ann", 5, 84_000, reduce_only=1)) == Reject.WOULD_NOT_REDUCE
    cut = of(desk.sell("ann", 50, 84_100, reduce_only=1), EventKind.ORDER_PLACED)[0]
    assert (cut.qty_lots, cut.open_lots) == (50, 10)
    second = placed(desk.sell("ann", 8, 84_200, reduce_only=1))
    desk.buy("cat", 7, 84_100)
    events = desk.buy("cat", 11, 84_200)  # 3 at 84,100; the other then has nothing left to close
    assert fills(events) == [(84_100, 3)]
    assert (second, Reason.REDUCE_ONLY_DONE) in ended(events)
    assert desk.position("ann").qty_lots == 0


def test_reduce_only_orders_end_when_the_position_turns(desk):
    """ORDR-008"""
    desk.trade("ann", "bob", 10, 84_000)
    target = placed(desk.sell("ann", 10, 85_000, reduce_only=1))
    desk.buy("cat", 25, 84_000)
    events = desk.sell("ann", 25, 84_000)
    assert desk.position("ann").qty_lots == -15
    assert (target, Reason.REDUCE_ONLY_DONE) in ended(events)


@pytest.mark.parametrize(
    ("kind", "side", "trigger", "quiet", "fires"),
    [
        (OrderType.STOP, Side.SELL, 83_000, 83_001, 83_000),
        (OrderType.TAKE_PROFIT, Side.SELL, 85_000, 84_999, 85_000),
        (OrderType.STOP, Side.BUY, 85_000, 84_999, 85_000),
        (OrderType.TAKE_PROFIT, Side.BUY, 83_000, 83_001, 83_000),
    ],
)
def test_waiting_orders_fire_at_their_price(desk, kind, side, trigger, quiet, fires):
    """ORDR-009"""
    buyer, seller = ("ann", "bob") if side == Side.SELL else ("bob", "ann")
    desk.trade(buyer, seller, 10, 84_000)
    desk.buy("cat", 50, 82_500)
    desk.sell("dan", 50, 85_500)
    order = placed(stop(desk, "ann", side, 10, trigger, type=kind, signal=Signal.INDEX))
    assert of(desk.index(quiet), EventKind.ORDER_TRIGGERED) == []
    events = desk.index(fires)
    assert [e.order_id for e in of(events, EventKind.ORDER_TRIGGERED)] == [order]
    assert fills(events) == [(82_500 if side == Side.SELL else 85_500, 10)]
    assert desk.position("ann").qty_lots == 0


def test_a_stop_listens_to_its_own_signal_and_fires_at_once_if_it_already_holds(desk):
    """ORDR-009"""
    desk.trade("ann", "bob", 10, 84_000)
    desk.buy("cat", 50, 82_500)
    waiting = placed(stop(desk, "ann", Side.SELL, 4, 83_000, signal=Signal.LAST))
    assert of(desk.index(82_900), EventKind.ORDER_TRIGGERED) == []
    assert desk.orders("ann")[0].order_id == waiting
    desk.sell("dan", 1, 82_500)  # the last trade is now below 83,000
    assert desk.orders("ann") == []
    assert desk.position("ann").qty_lots == 6
    events = stop(desk, "ann", Side.SELL, 6, 83_500, signal=Signal.MARK)
    assert fills(events) == [(82_500, 6)]
    gone = stop(desk, "ann", Side.SELL, 6, 83_500, signal=Signal.MARK)
    last = of(gone, EventKind.ORDER_ENDED)[0]
    assert (last.reason, last.reject) == (Reason.TRIGGER_REFUSED, Reject.WOULD_NOT_REDUCE)


def test_a_stop_with_a_limit_price_takes_no_worse(desk):
    """ORDR-009"""
    desk.trade("ann", "bob", 10, 84_000)
    desk.buy("cat", 4, 82_900)
    desk.buy("cat", 50, 82_500)
    stop(desk, "ann", Side.SELL, 10, 83_000, price=82_800)
    events = desk.index(83_000)
    assert fills(events) == [(82_900, 4)]
    assert ended(events)[-1][1] == Reason.IOC_REMAINDER


def test_when_one_of_two_linked_orders_fires_the_other_ends(desk):
    """ORDR-010"""
    desk.trade("ann", "bob", 10, 84_000)
    desk.buy("cat", 50, 82_500)
    loss = placed(stop(desk, "ann", Side.SELL, 10, 83_000))
    gain = placed(
        stop(desk, "ann", Side.SELL, 10, 85_000, type=OrderType.TAKE_PROFIT, linked_id=loss)
    )
    assert (
        refusal(stop(desk, "ann", Side.SELL, 10, 85_000, linked_id=gain)) == Reject.LINK_NOT_FOUND
    )  # already linked
    events = desk.index(83_000)
    assert (gain, Reason.LINKED) in ended(events)
    assert desk.orders("ann") == []
    desk.trade("ann", "bob", 10, 83_000)
    loss = placed(stop(desk, "ann", Side.SELL, 10, 82_000))
    gain = placed(stop(desk, "ann", Side.SELL, 10, 85_000, type=7, linked_id=loss))
    assert (loss, Reason.LINKED) in ended(desk.cancel("ann", gain))


def test_a_client_id_names_one_order_for_good(desk):
    """ORDR-011"""
    first = placed(desk.buy("ann", 1, 80_000, client_hi=7, client_lo=9))
    desk.cancel("ann", first)
    again = desk.buy("ann", 2, 80_001, client_hi=7, client_lo=9)
    assert refusal(again) == Reject.CLIENT_ID_TAKEN
    assert again[0].order_id == first
    assert refusal(desk.buy("bob", 1, 80_000, client_hi=7, client_lo=9)) == Reject.NONE


def test_an_amendment_keeps_priority_only_when_it_shrinks_in_place(desk):
    """ORDR-012"""
    first = placed(desk.sell("bob", 10, 84_000))
    second = placed(desk.sell("cat", 10, 84_000))
    amend(desk, "bob", first, qty=5)
    assert of(desk.buy("ann", 1, 84_000), EventKind.FILLED)[0].other_order_id == first
    amend(desk, "bob", first, qty=6)
    assert of(desk.buy("ann", 1, 84_000), EventKind.FILLED)[0].other_order_id == second
    assert refusal(amend(desk, "bob", first, qty=6)) == Reject.NOTHING_TO_CHANGE
    assert refusal(amend(desk, "bob", second, qty=5)) == Reject.NOT_YOUR_ORDER
    assert refusal(amend(desk, "bob", 12_345, qty=5)) == Reject.UNKNOWN_ORDER


def test_an_amendment_that_crosses_takes_and_a_refused_one_changes_nothing(desk):
    """ORDR-012"""
    desk.sell("bob", 10, 84_000)
    order = placed(desk.buy("ann", 10, 83_000))
    before = desk.engine.digest()
    assert refusal(amend(desk, "ann", order, qty=10**6)) == Reject.INSUFFICIENT_MARGIN
    assert desk.engine.digest() == before
    events = amend(desk, "ann", order, price=84_000)
    assert fills(events) == [(84_000, 10)]
    assert of(events, EventKind.ORDER_AMENDED)[0].order_id == order


def test_self_trade_is_refused_or_the_resting_order_ends(desk):
    """ORDR-013"""
    own = placed(desk.sell("ann", 5, 84_000))
    desk.sell("bob", 5, 84_001)
    assert refusal(desk.buy("ann", 3, 84_001)) == Reject.SELF_TRADE
    desk.do(CommandKind.SET_SELF_TRADE, account_id=desk.people["ann"], value=SelfTrade.CANCEL_MAKER)
    events = desk.buy("ann", 3, 84_001)
    assert (own, Reason.SELF_TRADE_STOPPED) in ended(events)
    assert fills(events) == [(84_001, 3)]


def test_market_states(desk):
    """ORDR-014"""
    resting = placed(desk.sell("bob", 5, 84_000))
    set_state(desk, MarketState.POST_ONLY)
    assert refusal(desk.buy("ann", 1, 84_000)) == Reject.MARKET_POST_ONLY
    assert refusal(desk.buy("ann", 1, 83_000, type=OrderType.POST_ONLY)) == Reject.NONE
    set_state(desk, MarketState.CANCEL_ONLY)
    kind = OrderType.POST_ONLY
    assert refusal(desk.buy("ann", 1, 83_000, type=kind)) == Reject.MARKET_CANCEL_ONLY
    set_state(desk, MarketState.HALTED)
    assert refusal(desk.buy("ann", 1, 83_000, type=kind)) == Reject.MARKET_HALTED
    set_state(desk, MarketState.ACTIVE)
    assert [o.order_id for o in desk.orders("bob")] == [resting]
    assert fills(desk.buy("ann", 1, 84_000)) == [(84_000, 1)]


def test_an_order_id_is_a_function_of_the_command(desk):
    """ORDR-015"""
    assert placed(desk.buy("ann", 1, 80_000)) == desk.seq * ORDER_IDS_PER_COMMAND


def test_a_dead_mans_switch_ends_all_orders_in_time(desk):
    """ORDR-016"""
    arm = {"account_id": desk.people["ann"]}
    order = placed(desk.buy("ann", 1, 80_000))
    desk.do(CommandKind.CANCEL_ALL_AFTER, value=60_000_000, **arm)
    desk.wait(50_000_000)
    desk.do(CommandKind.CANCEL_ALL_AFTER, value=60_000_000, **arm)
    desk.wait(59_999_999)
    assert [o.order_id for o in desk.orders("ann")] == [order]
    assert ended(desk.wait(1)) == [(order, Reason.DEAD_MAN)]
    placed(desk.buy("ann", 1, 80_000))
    desk.do(CommandKind.CANCEL_ALL_AFTER, value=60_000_000, **arm)
    desk.do(CommandKind.CANCEL_ALL_AFTER, value=0, **arm)
    desk.wait(100_000_000)
    assert len(desk.orders("ann")) == 1


def test_spot_keeps_what_an_order_needs_and_swaps_coins_for_money():
    """ORDR-017"""
    desk = Desk()
    desk.person("ann", 1_000, wallet=CASH)
    desk.person("bob", wallet=CASH, coins=0.01)
    desk.index(84_000)
    desk.buy("ann", 100, 84_000, market_id=SPOT)  # 840 and a possible taker fee of 3.36
    cash = desk.engine.view.balances[balance_slot(desk.wallet("ann", CASH), USD)]
    assert cash.hold_atoms == 84_336_000_000
    more = desk.buy("ann", 19, 84_000, market_id=SPOT)
    assert refusal(more) == Reject.INSUFFICIENT_FUNDS
    assert refusal(desk.sell("bob", 101, 84_000, market_id=SPOT)) == Reject.INSUFFICIENT_FUNDS
    desk.sell("bob", 60, 84_000, market_id=SPOT)  # ann makes: 0.25 %; bob takes: 0.40 %
    assert desk.coins("ann", CASH) == 60 * 10**4
    assert desk.usd("ann", CASH) == 100_000_000_000 - 50_400_000_000 - 126_000_000
    assert desk.usd("bob", CASH) == 50_400_000_000 - 201_600_000
    assert cash.hold_atoms == 33_734_400_000
    desk.cancel("ann", desk.orders("ann")[0].order_id)
    assert cash.hold_atoms == 0
    for fields in ({"reduce_only": 1}, {"type": OrderType.STOP, "trigger_ticks": 9, "signal": 1}):
        refused = refusal(desk.buy("ann", 1, 84_000, market_id=SPOT, **fields))
        assert refused in (Reject.BAD_VALUE, Reject.TRIGGER_NOT_ALLOWED)
    leverage = desk.isolate("ann", 2, market=SPOT)
    assert refusal(leverage) == Reject.NOT_MARGINABLE


def test_a_taking_order_may_not_reach_beyond_the_collar():
    """ORDR-018"""
    desk = Desk(changed(setup(), collar_ppm=50_000))
    desk.person("ann", 100_000)
    desk.index(80_000)
    assert refusal(desk.buy("ann", 1, 84_001)) == Reject.OUTSIDE_COLLAR
    assert refusal(desk.buy("ann", 1, 84_000)) == Reject.NONE
    assert refusal(desk.sell("ann", 1, 75_999, type=OrderType.IOC)) == Reject.OUTSIDE_COLLAR


def test_a_linear_fee_is_the_published_one(desk):
    """FEES-001: 0.001 of a coin at 3,162 costs 0.001581 at 0.05 %."""
    desk.index(3_162)
    desk.sell("bob", lots(0.001), 3_162)
    taken = of(desk.buy("ann", lots(0.001), 3_162), EventKind.TRADED)[0]
    assert taken.fee_atoms == 158_100
    assert desk.usd("ann") == 100_000 * ATOMS - 158_100


def test_a_coin_deposit_counts_as_collateral(desk):
    """MRGN-002"""
    desk.deposit("ann", 1, BTC)
    assert desk.equity("ann") == (100_000 + 83_160) * ATOMS
