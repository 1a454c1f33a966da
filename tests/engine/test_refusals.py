"""Every refusal a command can meet: it is named, told once, and leaves the state as it was."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longshore.engine.codes import (
    Leg,
    MarketState,
    OrderType,
    Reason,
    Reject,
    SelfTrade,
    Side,
    Signal,
    System,
    Term,
)
from longshore.engine.commands import COMMAND_FIELDS, CommandKind
from longshore.engine.events import EventKind
from longshore.engine.limits import (
    ACCOUNTS_MAX,
    AMOUNT_MAX_ATOMS,
    LEVERAGE_MAX_PPM,
    ORDERS_MAX,
    ORDERS_PER_ACCOUNT_MAX,
    ORDERS_SPARE,
    PRICE_MAX_SUBTICKS,
    PRICE_MAX_TICKS,
    SUPPLY_MAX_ATOMS,
    TIME_MAX_US,
)
from tests.engine.desk import (
    ATOMS,
    BTC,
    CASH,
    DOLLAR_SUBTICKS,
    FLEX,
    PERP,
    SPOT,
    USD,
    Desk,
    lots,
    of,
    placed,
    refusal,
)
from tests.engine.wild import wild_commands

Fields = dict[str, int]
Case = Callable[[Desk], Fields]
CASES: list[tuple[Reject, Case]] = []
ISOLATED = 2 + PERP


def refused_with(reject: Reject) -> Callable[[Case], Case]:
    """Add a case: what comes before, and the fields of the command that is refused."""

    def add(case: Case) -> Case:
        CASES.append((reject, case))
        return case

    return add


def order(desk: Desk, name: str = "ann", **fields: int) -> Fields:
    """A buy of one lot far below the market, but for the fields given."""
    usual = {"market_id": PERP, "side": Side.BUY, "type": OrderType.LIMIT, "qty_lots": 1}
    if fields.get("type") not in (OrderType.MARKET, OrderType.STOP):
        usual["price_ticks"] = 80_000
    who = {"kind": CommandKind.PLACE_ORDER, "account_id": desk.people[name]}
    return {**who, **usual, **fields}


def stop(desk: Desk, **fields: int) -> Fields:
    usual = {"trigger_ticks": 90_000, "signal": Signal.MARK, "reduce_only": 1}
    return order(desk, type=OrderType.STOP, **{**usual, **fields})


def money(desk: Desk, kind: CommandKind, name: str = "ann", **fields: int) -> Fields:
    who = {"kind": kind, "account_id": desk.people[name]}
    return {**who, "asset_id": USD, "amount_atoms": ATOMS, **fields}


def about(desk: Desk, kind: CommandKind, name: str = "ann", **fields: int) -> Fields:
    return {"kind": kind, "account_id": desk.people[name], **fields}


def index(**fields: int) -> Fields:
    usual = {"asset_id": BTC, "price_subticks": 84_000 * 10**10, "sources": 1}
    return {"kind": CommandKind.PUBLISH_INDEX, **usual, **fields}


def set_state(desk: Desk, state: MarketState) -> None:
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=state)


@refused_with(Reject.CLOCK_WENT_BACK)
def earlier(desk):
    return {"kind": CommandKind.ADVANCE_TIME, "time_us": desk.time_us - 1}


@refused_with(Reject.CLOCK_WENT_BACK)
def an_order_of_the_past(desk):
    return order(desk, time_us=desk.time_us - 1)


@refused_with(Reject.UNKNOWN_COMMAND)
def no_such_kind(desk):
    return {"kind": 99}


@refused_with(Reject.UNKNOWN_ACCOUNT)
def nobody(desk):
    return order(desk, account_id=99)


@refused_with(Reject.UNKNOWN_ACCOUNT)
def the_venue_itself(desk):
    return order(desk, account_id=System.INSURANCE)


@refused_with(Reject.UNKNOWN_ACCOUNT)
def money_of_the_venue(desk):
    return money(desk, CommandKind.WITHDRAW, account_id=System.INSURANCE, from_wallet=FLEX)


@refused_with(Reject.UNKNOWN_MARKET)
def no_such_market(desk):
    return order(desk, market_id=4)


@refused_with(Reject.UNKNOWN_MARKET)
def no_market_to_cancel_in(desk):
    return about(desk, CommandKind.CANCEL_ALL, market_id=-1)


@refused_with(Reject.UNKNOWN_ASSET)
def no_such_asset(desk):
    return money(desk, CommandKind.DEPOSIT, asset_id=3)


@refused_with(Reject.UNKNOWN_ASSET)
def no_asset_to_price(desk):
    return index(asset_id=0)


@refused_with(Reject.UNKNOWN_WALLET)
def an_isolated_wallet_without_its_position(desk):
    return money(desk, CommandKind.TRANSFER, from_wallet=FLEX, to_wallet=ISOLATED)


@refused_with(Reject.UNKNOWN_WALLET)
def from_a_wallet_to_itself(desk):
    return money(desk, CommandKind.TRANSFER, from_wallet=FLEX, to_wallet=FLEX)


@refused_with(Reject.UNKNOWN_WALLET)
def a_deposit_into_an_isolated_wallet(desk):
    desk.isolate("ann", 10)
    desk.trade("ann", "bob", lots(0.1), 84_000)
    return money(desk, CommandKind.DEPOSIT, to_wallet=ISOLATED)


@refused_with(Reject.UNKNOWN_WALLET)
def a_withdrawal_from_the_wallet_of_the_account_before(desk):
    return money(desk, CommandKind.WITHDRAW, "bob", from_wallet=FLEX - 18)


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


@refused_with(Reject.BAD_VALUE)
def no_such_self_trade_mode(desk):
    return about(desk, CommandKind.SET_SELF_TRADE, value=max(SelfTrade) + 1)


@refused_with(Reject.BAD_VALUE)
def no_such_market_state(desk):
    return {"kind": CommandKind.SET_MARKET_STATE, "market_id": PERP, "value": 4}


@refused_with(Reject.BAD_VALUE)
def a_switch_after_the_end_of_time(desk):
    return about(desk, CommandKind.CANCEL_ALL_AFTER, value=TIME_MAX_US - desk.time_us + 1)


@refused_with(Reject.BAD_VALUE)
def a_negative_room_for_assignment(desk):
    return about(desk, CommandKind.SET_ASSIGNMENT, qty_lots=-1)


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


@refused_with(Reject.TABLE_FULL)
def no_row_for_another_account(desk):
    desk.checking = False  # the invariants would visit every account
    desk.engine.view.accounts_count = ACCOUNTS_MAX - 1
    return {"kind": CommandKind.CREATE_ACCOUNT}


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
def a_withdrawal_of_more_than_there_is(desk):
    return money(desk, CommandKind.WITHDRAW, from_wallet=FLEX, amount_atoms=10**5 * ATOMS + 1)


@refused_with(Reject.INSUFFICIENT_FUNDS)
def a_transfer_of_what_is_needed_as_margin(desk):
    desk.buy("eve", lots(1), 80_000)
    fields = {"from_wallet": FLEX, "to_wallet": CASH, "amount_atoms": 200 * ATOMS + 1}
    return money(desk, CommandKind.TRANSFER, "eve", **fields)


@refused_with(Reject.INSUFFICIENT_FUNDS)
def a_spot_order_without_money(desk):
    return order(desk, market_id=SPOT)


@refused_with(Reject.WOULD_LIQUIDATE)
def a_fill_far_from_the_mark(desk):
    desk.trade("eve", "bob", lots(1), 84_000)  # eve keeps 958
    desk.buy("bob", lots(1), 83_000)
    return order(desk, "eve", side=Side.SELL, qty_lots=lots(0.9), price_ticks=83_000)


@refused_with(Reject.AMOUNT_NOT_POSITIVE)
def no_amount(desk):
    return money(desk, CommandKind.DEPOSIT, to_wallet=FLEX, amount_atoms=0)


@refused_with(Reject.AMOUNT_TOO_LARGE)
def an_amount_above_the_engines(desk):
    return money(desk, CommandKind.DEPOSIT, amount_atoms=AMOUNT_MAX_ATOMS + 1)


@refused_with(Reject.AMOUNT_TOO_LARGE)
def more_than_all_the_money_there_may_be(desk):
    have = desk.engine.view.assets[USD].supply_atoms
    for _ in range((SUPPLY_MAX_ATOMS - have) // AMOUNT_MAX_ATOMS):
        desk.deposit("bob", AMOUNT_MAX_ATOMS // ATOMS)
    return money(desk, CommandKind.DEPOSIT, amount_atoms=AMOUNT_MAX_ATOMS)


@refused_with(Reject.LEVERAGE_TOO_HIGH)
def more_leverage_than_the_first_tier_allows(desk):
    return about(desk, CommandKind.SET_LEVERAGE, market_id=PERP, leverage_ppm=100_000_001)


@refused_with(Reject.LEVERAGE_TOO_HIGH)
def more_leverage_than_the_engine_knows(desk):
    return about(desk, CommandKind.SET_LEVERAGE, market_id=PERP, leverage_ppm=LEVERAGE_MAX_PPM + 1)


@refused_with(Reject.HAS_OPEN_RISK)
def another_margin_mode_with_a_position(desk):
    desk.trade("ann", "bob", 1, 84_000)
    return about(desk, CommandKind.SET_LEVERAGE, market_id=PERP, leverage_ppm=10**6)


@refused_with(Reject.HAS_OPEN_RISK)
def another_margin_mode_with_a_waiting_order(desk):
    desk.do(**stop(desk, reduce_only=0))
    return about(desk, CommandKind.SET_LEVERAGE, market_id=PERP, leverage_ppm=10**6)


@refused_with(Reject.NOT_MARGINABLE)
def leverage_in_the_spot_market(desk):
    return about(desk, CommandKind.SET_LEVERAGE, market_id=SPOT, leverage_ppm=10**6)


@refused_with(Reject.NOT_MARGINABLE)
def coins_that_are_no_collateral(desk):
    desk.engine.view.assets[BTC].conversion_rank = 0
    return money(desk, CommandKind.DEPOSIT, asset_id=BTC, to_wallet=FLEX)


@refused_with(Reject.NOT_MARGINABLE)
def coins_into_an_isolated_wallet(desk):
    desk.deposit("ann", 1, BTC)
    desk.isolate("ann", 10)
    desk.trade("ann", "bob", lots(0.1), 84_000)
    fields = {"asset_id": BTC, "from_wallet": FLEX, "to_wallet": ISOLATED}
    return money(desk, CommandKind.TRANSFER, **fields)


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


@refused_with(Reject.INDEX_PRICE_BAD)
def an_index_of_zero(desk):
    return index(price_subticks=0)


@refused_with(Reject.INDEX_PRICE_BAD)
def an_index_above_the_engines(desk):
    return index(price_subticks=PRICE_MAX_SUBTICKS + 1)


@refused_with(Reject.INDEX_PRICE_BAD)
def an_index_without_a_source(desk):
    return index(sources=0)


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


@refused_with(Reject.MARKET_EXPIRED)
def another_state_where_all_is_settled(desk):
    desk.do(CommandKind.SETTLE_MARKET, market_id=PERP, price_subticks=84_000 * 10**10)
    return {"kind": CommandKind.SET_MARKET_STATE, "market_id": PERP, "value": MarketState.ACTIVE}


@refused_with(Reject.NOT_MARGINABLE)
def a_settlement_of_the_spot_market(desk):
    return {"kind": CommandKind.SETTLE_MARKET, "market_id": SPOT, "price_subticks": 10**10}


@refused_with(Reject.RISK_LIMIT)
def an_order_above_the_risk_limit(desk):
    market = desk.engine.view.markets[PERP]
    market.risk_base_atoms = market.risk_step_atoms = 80_000 * ATOMS
    return order(desk, qty_lots=lots(1) + 1)


def change(term: Term, value: int, other: int, **fields: int) -> Fields:
    made = {"kind": CommandKind.CHANGE_TERMS, "market_id": PERP, "type": term}
    return {**made, "value": value, "other_value": other, **fields}


@refused_with(Reject.TERM_OUT_OF_BOUNDS)
def a_maintenance_rate_above_the_initial(desk):
    return change(Term.TIER, 10_000, 10_001)


@refused_with(Reject.CHANGE_NOT_AHEAD)
def a_change_of_this_very_moment(desk):
    return change(Term.TIER, 20_000, 10_000, expire_us=desk.time_us)


@refused_with(Reject.NOT_MARGINABLE)
def a_risk_limit_where_there_is_none(desk):
    return about(desk, CommandKind.SET_RISK_LIMIT, market_id=PERP, amount_atoms=ATOMS)


@refused_with(Reject.LEG_NOT_ALLOWED)
def a_leg_of_an_account_with_one_position_a_market(desk):
    return order(desk, leg=Leg.LONG)


@refused_with(Reject.HEDGE_NOT_ALLOWED)
def two_legs_where_no_market_has_them(desk):
    return about(desk, CommandKind.SET_POSITION_MODE, value=1)


@refused_with(Reject.HEDGE_IS_CROSS)
def two_legs_of_an_isolated_market(desk):
    desk.engine.view.markets[PERP].hedge_allowed = 1
    desk.do(**about(desk, CommandKind.SET_LEVERAGE, market_id=PERP, leverage_ppm=5_000_000))
    return about(desk, CommandKind.SET_POSITION_MODE, value=1)


@refused_with(Reject.TOP_UP_NOT_ALLOWED)
def a_top_up_where_there_is_none(desk):
    return about(desk, CommandKind.SET_TOP_UP, market_id=PERP, value=1)


def three() -> Desk:
    """Two rich people, one with a thousand dollars, and an index of 84,000."""
    desk = Desk()
    for name, dollars in (("ann", 100_000), ("bob", 10**6), ("eve", 1_000)):
        desk.person(name, dollars)
    desk.index(84_000)
    return desk


def test_every_refusal_has_a_case():
    assert {reject for reject, _ in CASES} == set(Reject) - {Reject.NONE}


@pytest.mark.parametrize(("reject", "case"), CASES, ids=lambda part: getattr(part, "__name__", ""))
def test_a_refusal_is_named_and_nothing_changes(reject, case):
    """ORDR-001"""
    desk = three()
    fields = case(desk)
    before, time_us = desk.engine.digest(), desk.engine.time_us
    (event,) = desk.do(**fields)
    assert Reject(event.reject) == reject
    assert (event.kind, event.seq, event.type) == (EventKind.REFUSED, desk.seq, fields["kind"])
    assert desk.engine.digest() == before
    assert desk.engine.time_us == time_us


STRANGERS = (-1, 0, 19, 10**12)
VENUE_OWN = (System.VENUE, System.POOL, 15)
FOR_A_STRANGER = [
    (kind, account_id)
    for kind, fields in COMMAND_FIELDS.items()
    if "account_id" in fields
    for account_id in (*STRANGERS, *VENUE_OWN)
    if account_id in STRANGERS or kind != CommandKind.DEPOSIT  # that is genesis
]


@pytest.mark.parametrize(("kind", "account_id"), FOR_A_STRANGER)
def test_no_command_acts_for_an_account_that_is_no_customers(kind, account_id):
    """ORDR-001"""
    desk = three()
    fields = {"asset_id": USD, "market_id": PERP, "amount_atoms": 1, "to_wallet": FLEX}
    assert refusal(desk.do(kind, account_id=account_id, **fields)) == Reject.UNKNOWN_ACCOUNT


@pytest.mark.parametrize(
    ("earlier_field", "later_field"),
    [
        ({"market_id": 9}, {"side": 7}),
        ({"side": 7}, {"qty_lots": 0}),
        ({"qty_lots": 0}, {"price_ticks": 0}),
        ({"price_ticks": -1}, {"trigger_ticks": 5}),
        ({"trigger_ticks": 5}, {"reduce_only": 1}),
        ({"reduce_only": 1}, {"linked_id": 5}),
        ({"qty_lots": 10**6}, {"linked_id": 5}),
    ],
)
def test_the_first_check_that_fails_names_the_refusal(earlier_field, later_field):
    """ORDR-001"""
    desk = three()
    alone = refusal(desk.do(**order(desk, **earlier_field)))
    other = refusal(desk.do(**order(desk, **later_field)))
    assert Reject.NONE not in {alone, other} and alone != other
    assert refusal(desk.do(**order(desk, **{**later_field, **earlier_field}))) == alone


MOVES = (Reason.DEPOSIT, Reason.WITHDRAWAL, Reason.TRANSFER)


def whatever_is_sent(desk: Desk, commands: list[Fields]) -> None:
    """A refusal changes nothing, nobody moves another's money, and every invariant stands."""
    for fields in commands:
        before = desk.engine.digest()
        events = desk.do(**fields)
        if of(events, EventKind.REFUSED):
            assert desk.engine.digest() == before
        moved = [e for e in of(events, EventKind.TRANSFERRED) if e.reason in MOVES]
        parties = {account for e in moved for account in (e.account_id, e.other_account_id)}
        assert parties <= {0, fields.get("account_id")}


@given(st.lists(wild_commands(), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_can_be_sent_does_harm(commands):
    """ORDR-001, LEDG-002, LEDG-003"""
    whatever_is_sent(three(), commands)


@pytest.mark.long
@given(st.lists(wild_commands(), min_size=1, max_size=40))
@settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_that_can_be_sent_does_harm_at_length(commands):
    """ORDR-001, LEDG-002, LEDG-003"""
    whatever_is_sent(three(), commands)
