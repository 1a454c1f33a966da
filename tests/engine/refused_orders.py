"""Orders that are refused, and what is done to them."""

from __future__ import annotations

from longshore.engine.codes import (
    Leg,
    MarketState,
    OrderType,
    Reject,
    Side,
    System,
)
from longshore.engine.commands import CommandKind
from longshore.engine.limits import (
    ORDERS_MAX,
    ORDERS_PER_ACCOUNT_MAX,
    ORDERS_SPARE,
    PRICE_MAX_SUBTICKS,
    PRICE_MAX_TICKS,
    TIME_MAX_US,
)
from tests.engine.desk import (
    ATOMS,
    DOLLAR_SUBTICKS,
    PERP,
    SPOT,
    lots,
    placed,
)
from tests.engine.refused import about, order, refused_with, set_state, stop


@refused_with(Reject.CLOCK_WENT_BACK)
def an_order_of_the_past(desk):
    return order(desk, time_us=desk.time_us - 1)


@refused_with(Reject.UNKNOWN_ACCOUNT)
def nobody(desk):
    return order(desk, account_id=99)


@refused_with(Reject.UNKNOWN_ACCOUNT)
def the_venue_itself(desk):
    return order(desk, account_id=System.INSURANCE)


@refused_with(Reject.UNKNOWN_MARKET)
def no_such_market(desk):
    return order(desk, market_id=4)


@refused_with(Reject.UNKNOWN_MARKET)
def no_market_to_cancel_in(desk):
    return about(desk, CommandKind.CANCEL_ALL, market_id=-1)


@refused_with(Reject.UNKNOWN_ORDER)
def no_such_order(desk):
    return about(desk, CommandKind.CANCEL_ORDER, order_id=12_345)


@refused_with(Reject.UNKNOWN_ORDER)
def an_order_that_is_gone(desk):
    gone = placed(desk.buy("ann", 1, 80_000))
    desk.cancel("ann", gone)
    return about(desk, CommandKind.AMEND_ORDER, order_id=gone, qty_lots=2)


@refused_with(Reject.NOT_YOUR_ORDER)
def somebody_elses_order(desk):
    theirs = placed(desk.buy("bob", 1, 80_000))
    return about(desk, CommandKind.CANCEL_ORDER, order_id=theirs)


@refused_with(Reject.CLIENT_ID_TAKEN)
def a_client_id_used_before(desk):
    desk.cancel("ann", placed(desk.buy("ann", 1, 80_000, client_hi=1, client_lo=2)))
    return order(desk, client_hi=1, client_lo=2)


@refused_with(Reject.BAD_VALUE)
def no_such_side(desk):
    return order(desk, side=3)


@refused_with(Reject.BAD_VALUE)
def a_type_only_the_venue_uses(desk):
    return order(desk, type=OrderType.LIQUIDATION)


@refused_with(Reject.BAD_VALUE)
def reduce_only_in_the_spot_market(desk):
    return order(desk, market_id=SPOT, reduce_only=1)


@refused_with(Reject.MARKET_HALTED)
def a_halted_market(desk):
    set_state(desk, MarketState.HALTED)
    return order(desk)


@refused_with(Reject.MARKET_CANCEL_ONLY)
def a_cancel_only_market(desk):
    mine = placed(desk.buy("ann", 2, 80_000))
    set_state(desk, MarketState.CANCEL_ONLY)
    return about(desk, CommandKind.AMEND_ORDER, order_id=mine, qty_lots=1)


@refused_with(Reject.MARKET_POST_ONLY)
def a_post_only_market(desk):
    set_state(desk, MarketState.POST_ONLY)
    return order(desk)


@refused_with(Reject.QTY_NOT_POSITIVE)
def no_size(desk):
    return order(desk, qty_lots=0)


@refused_with(Reject.QTY_NOT_POSITIVE)
def a_negative_size_in_an_amendment(desk):
    mine = placed(desk.buy("ann", 2, 80_000))
    return about(desk, CommandKind.AMEND_ORDER, order_id=mine, qty_lots=-1)


@refused_with(Reject.QTY_TOO_LARGE)
def more_than_the_markets_largest_order(desk):
    return order(desk, qty_lots=10**7 + 1)


@refused_with(Reject.PRICE_NOT_POSITIVE)
def a_limit_order_without_a_limit(desk):
    return order(desk, price_ticks=0)


@refused_with(Reject.BAD_VALUE)
def a_market_order_below_zero(desk):
    return order(desk, type=OrderType.MARKET, price_ticks=-1)


@refused_with(Reject.PRICE_TOO_LARGE)
def a_price_above_the_engines(desk):
    return order(desk, price_ticks=PRICE_MAX_TICKS + 1)


@refused_with(Reject.PRICE_TOO_LARGE)
def a_price_above_what_an_index_may_have(desk):
    return order(desk, price_ticks=PRICE_MAX_SUBTICKS // DOLLAR_SUBTICKS + 1)


@refused_with(Reject.PRICE_TOO_LARGE)
def a_trigger_above_what_an_index_may_have(desk):
    return stop(desk, trigger_ticks=PRICE_MAX_SUBTICKS // DOLLAR_SUBTICKS + 1)


@refused_with(Reject.PRICE_TOO_LARGE)
def a_value_above_the_engines(desk):
    return order(desk, price_ticks=10**9, qty_lots=10**6)


@refused_with(Reject.TRIGGER_NOT_ALLOWED)
def a_limit_order_with_a_trigger(desk):
    return order(desk, trigger_ticks=1)


@refused_with(Reject.TRIGGER_NOT_ALLOWED)
def a_stop_without_a_trigger(desk):
    return stop(desk, trigger_ticks=0)


@refused_with(Reject.TRIGGER_NOT_ALLOWED)
def a_stop_without_a_signal(desk):
    return stop(desk, signal=0)


@refused_with(Reject.TRIGGER_NOT_ALLOWED)
def a_stop_in_the_spot_market(desk):
    return stop(desk, market_id=SPOT, reduce_only=0)


@refused_with(Reject.TABLE_FULL)
def no_row_for_another_order(desk):
    desk.engine.view.orders_count = ORDERS_MAX - 1 - ORDERS_SPARE
    return order(desk)


@refused_with(Reject.TOO_MANY_ORDERS)
def as_many_orders_as_one_account_may_have(desk):
    desk.engine.view.accounts[desk.people["ann"]].orders_count = ORDERS_PER_ACCOUNT_MAX
    return order(desk)


@refused_with(Reject.NO_PRICE)
def a_market_order_into_an_empty_book(desk):
    return order(desk, type=OrderType.MARKET)


@refused_with(Reject.NO_PRICE)
def a_market_without_a_mark(desk):
    desk.engine.view.markets[PERP].mark_subticks = 0
    return order(desk)


@refused_with(Reject.OUTSIDE_COLLAR)
def far_above_the_mark(desk):
    desk.engine.view.markets[PERP].collar_ppm = 50_000
    return order(desk, price_ticks=88_201)


@refused_with(Reject.WOULD_NOT_REDUCE)
def reduce_only_without_a_position(desk):
    return order(desk, reduce_only=1)


@refused_with(Reject.WOULD_NOT_REDUCE)
def reduce_only_in_the_positions_own_direction(desk):
    desk.trade("ann", "bob", 10, 84_000)
    return order(desk, reduce_only=1)


@refused_with(Reject.POST_WOULD_CROSS)
def a_post_only_order_that_would_take(desk):
    desk.sell("bob", 1, 80_000)
    return order(desk, type=OrderType.POST_ONLY)


@refused_with(Reject.SELF_TRADE)
def an_order_that_meets_its_own(desk):
    desk.sell("bob", 1, 79_000)
    desk.sell("ann", 1, 80_000)
    return order(desk, qty_lots=2)


@refused_with(Reject.FOK_UNFILLABLE)
def fill_or_kill_for_more_than_there_is(desk):
    desk.sell("bob", 1, 80_000)
    desk.sell("bob", 1, 80_001)
    return order(desk, type=OrderType.FOK, qty_lots=2)


@refused_with(Reject.IOC_UNFILLABLE)
def immediate_or_cancel_with_nothing_to_take(desk):
    desk.sell("bob", 1, 80_001)
    return order(desk, type=OrderType.IOC)


@refused_with(Reject.MAX_POSITION)
def one_lot_above_the_largest_position(desk):
    desk.engine.view.markets[PERP].position_max_lots = 10
    desk.buy("ann", 6, 80_000)
    return order(desk, qty_lots=5)


@refused_with(Reject.INSUFFICIENT_MARGIN)
def more_than_the_flex_wallet_carries(desk):
    return order(desk, "eve", qty_lots=lots(2))


@refused_with(Reject.INSUFFICIENT_MARGIN)
def more_than_can_be_moved_to_an_isolated_wallet(desk):
    desk.isolate("eve", 1)
    return order(desk, "eve", qty_lots=lots(0.1))


@refused_with(Reject.INSUFFICIENT_FUNDS)
def a_spot_order_without_money(desk):
    return order(desk, market_id=SPOT)


@refused_with(Reject.WOULD_LIQUIDATE)
def a_fill_far_from_the_mark(desk):
    desk.trade("eve", "bob", lots(1), 84_000)  # eve keeps 958
    desk.buy("bob", lots(1), 83_000)
    return order(desk, "eve", side=Side.SELL, qty_lots=lots(0.9), price_ticks=83_000)


@refused_with(Reject.LINK_NOT_FOUND)
def a_link_to_somebody_elses_order(desk):
    theirs = placed(desk.do(**stop(desk, account_id=desk.people["bob"])))
    return stop(desk, linked_id=theirs)


@refused_with(Reject.LINK_NOT_FOUND)
def a_link_to_an_order_that_has_one(desk):
    first = placed(desk.do(**stop(desk)))
    desk.do(**stop(desk, linked_id=first))
    return stop(desk, linked_id=first)


@refused_with(Reject.NOTHING_TO_CHANGE)
def an_amendment_to_what_is(desk):
    mine = placed(desk.buy("ann", 2, 80_000))
    fields = {"price_ticks": 80_000, "qty_lots": 2}
    return about(desk, CommandKind.AMEND_ORDER, order_id=mine, **fields)


@refused_with(Reject.EXPIRY_NOT_ALLOWED)
def an_end_that_is_now(desk):
    return order(desk, expire_us=desk.time_us)


@refused_with(Reject.EXPIRY_NOT_ALLOWED)
def an_end_beyond_all_time(desk):
    return order(desk, expire_us=TIME_MAX_US + 1)


@refused_with(Reject.EXPIRY_NOT_ALLOWED)
def an_end_of_an_order_that_only_takes(desk):
    desk.sell("bob", 1, 84_000)
    return order(desk, type=OrderType.MARKET, expire_us=desk.time_us + 1)


@refused_with(Reject.TOO_LATE)
def an_order_after_its_deadline(desk):
    return order(desk, before_us=desk.time_us - 1, market_id=9)


@refused_with(Reject.TOO_LATE)
def a_cancel_after_its_deadline(desk):
    mine = placed(desk.buy("ann", 2, 80_000))
    return about(desk, CommandKind.CANCEL_ORDER, order_id=mine, before_us=desk.time_us - 1)


@refused_with(Reject.TOO_LATE)
def an_amendment_after_its_deadline(desk):
    mine = placed(desk.buy("ann", 2, 80_000))
    fields = {"order_id": mine, "qty_lots": 1, "before_us": desk.time_us - 1}
    return about(desk, CommandKind.AMEND_ORDER, **fields)


@refused_with(Reject.TOO_LATE)
def a_cancel_of_all_after_its_deadline(desk):
    return about(desk, CommandKind.CANCEL_ALL, before_us=desk.time_us - 1)


@refused_with(Reject.MARKET_IN_AUCTION)
def an_order_that_only_takes_in_an_auction(desk):
    desk.sell("bob", 1, 84_000)
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.AUCTION)
    return order(desk, type=OrderType.IOC)


@refused_with(Reject.ICEBERG_NOT_ALLOWED)
def an_iceberg_where_there_are_none(desk):
    return order(desk, display_lots=1)


@refused_with(Reject.MARKET_EXPIRED)
def an_order_where_all_is_settled(desk):
    desk.do(CommandKind.SETTLE_MARKET, market_id=PERP, price_subticks=84_000 * 10**10)
    return order(desk)


@refused_with(Reject.RISK_LIMIT)
def an_order_above_the_risk_limit(desk):
    market = desk.engine.view.markets[PERP]
    market.risk_base_atoms = market.risk_step_atoms = 80_000 * ATOMS
    return order(desk, qty_lots=lots(1) + 1)


@refused_with(Reject.LEG_NOT_ALLOWED)
def a_leg_of_an_account_with_one_position_a_market(desk):
    return order(desk, leg=Leg.LONG)
