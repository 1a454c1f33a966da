"""Money, prices, terms and settings that are refused."""

from __future__ import annotations

from longshore.engine.codes import (
    MarketState,
    Reject,
    SelfTrade,
    System,
    Term,
)
from longshore.engine.commands import CommandKind
from longshore.engine.limits import (
    ACCOUNTS_MAX,
    AMOUNT_MAX_ATOMS,
    LEVERAGE_MAX_PPM,
    PRICE_MAX_SUBTICKS,
    SUPPLY_MAX_ATOMS,
    TIME_MAX_US,
)
from tests.engine.desk import (
    ATOMS,
    BTC,
    CASH,
    FLEX,
    PERP,
    SPOT,
    USD,
    lots,
)
from tests.engine.refused import Fields, about, index, money, refused_with, stop

ISOLATED = 2 + PERP


@refused_with(Reject.CLOCK_WENT_BACK)
def earlier(desk):
    return {"kind": CommandKind.ADVANCE_TIME, "time_us": desk.time_us - 1}


@refused_with(Reject.UNKNOWN_COMMAND)
def no_such_kind(desk):
    return {"kind": 99}


@refused_with(Reject.UNKNOWN_ACCOUNT)
def money_of_the_venue(desk):
    return money(desk, CommandKind.WITHDRAW, account_id=System.INSURANCE, from_wallet=FLEX)


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


@refused_with(Reject.TABLE_FULL)
def no_row_for_another_account(desk):
    desk.checking = False  # the invariants would visit every account
    desk.engine.view.accounts_count = ACCOUNTS_MAX - 1
    return {"kind": CommandKind.CREATE_ACCOUNT}


@refused_with(Reject.INSUFFICIENT_FUNDS)
def a_withdrawal_of_more_than_there_is(desk):
    return money(desk, CommandKind.WITHDRAW, from_wallet=FLEX, amount_atoms=10**5 * ATOMS + 1)


@refused_with(Reject.INSUFFICIENT_FUNDS)
def a_transfer_of_what_is_needed_as_margin(desk):
    desk.buy("eve", lots(1), 80_000)
    fields = {"from_wallet": FLEX, "to_wallet": CASH, "amount_atoms": 200 * ATOMS + 1}
    return money(desk, CommandKind.TRANSFER, "eve", **fields)


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


@refused_with(Reject.INDEX_PRICE_BAD)
def an_index_of_zero(desk):
    return index(price_subticks=0)


@refused_with(Reject.INDEX_PRICE_BAD)
def an_index_above_the_engines(desk):
    return index(price_subticks=PRICE_MAX_SUBTICKS + 1)


@refused_with(Reject.INDEX_PRICE_BAD)
def an_index_without_a_source(desk):
    return index(sources=0)


@refused_with(Reject.MARKET_EXPIRED)
def another_state_where_all_is_settled(desk):
    desk.do(CommandKind.SETTLE_MARKET, market_id=PERP, price_subticks=84_000 * 10**10)
    return {"kind": CommandKind.SET_MARKET_STATE, "market_id": PERP, "value": MarketState.ACTIVE}


@refused_with(Reject.NOT_MARGINABLE)
def a_settlement_of_the_spot_market(desk):
    return {"kind": CommandKind.SETTLE_MARKET, "market_id": SPOT, "price_subticks": 10**10}


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
