"""What a customer might try: to take money that is nobody's to give, to stay open when due, to jam.

Each history is short and each is refused, or costs only who tried it.
"""

from __future__ import annotations

import pytest

from longshore.engine.bankruptcy import zero_equity_ticks
from longshore.engine.book import ticks_max
from longshore.engine.codes import (
    MarketState,
    OrderType,
    Reason,
    Reject,
    Role,
    SelfTrade,
    Side,
    Signal,
    System,
)
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import settlement_atoms, system_wallet
from longshore.engine.limits import (
    LEVELS_MAX,
    ORDERS_MAX,
    ORDERS_PER_ACCOUNT_MAX,
    ORDERS_SPARE,
)
from longshore.engine.rows import Asset, Command, FeeTier
from tests.engine.desk import (
    ATOMS,
    BTC,
    CASH,
    FLEX,
    PERP,
    SECOND,
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

ISOLATED = 2 + PERP


def people(desk: Desk, **dollars: float) -> Desk:
    for name, amount in dollars.items():
        desk.person(name, amount)
    desk.index(84_000)
    return desk


def borne(events) -> int:
    return sum(e.amount_atoms for e in of(events, EventKind.SHORTFALL_BORNE))


def test_an_order_whose_linked_stop_ends_while_it_takes_ends_once():
    """ORDR-010, ORDR-008: the fill ends the reduce-only stop, the stop the rest of the taker."""
    desk = people(Desk(), ann=100_000, bob=100_000)
    desk.trade("ann", "bob", lots(1), 84_000)
    stop = placed(
        desk.sell("ann", lots(1), type=OrderType.STOP, trigger_ticks=80_000, signal=Signal.MARK,
                  reduce_only=1)
    )  # fmt: skip
    desk.buy("bob", lots(1), 84_000)
    desk.buy("bob", lots(1), 83_900)
    events = desk.sell("ann", lots(2), 83_900, linked_id=stop)
    ended = {
        (e.order_id == stop, Reason(e.reason), e.open_lots) for e in ended_of(events, "ann", desk)
    }
    assert ended == {(True, Reason.REDUCE_ONLY_DONE, lots(1)), (False, Reason.LINKED, lots(1))}
    assert desk.engine.view.orders_count == 1
    assert [o.order_id for o in desk.orders("ann")] == []


def ended_of(events, name: str, desk: Desk):
    return [e for e in of(events, EventKind.ORDER_ENDED) if e.account_id == desk.people[name]]


def test_two_orders_that_do_not_wait_cannot_be_linked():
    """ORDR-010: also in a mode in which they would meet."""
    desk = people(Desk(), ann=100_000)
    desk.do(CommandKind.SET_SELF_TRADE, account_id=desk.people["ann"], value=SelfTrade.CANCEL_MAKER)
    own = placed(desk.sell("ann", 10, 84_000))
    assert refusal(desk.buy("ann", 10, 84_000, linked_id=own)) == Reject.LINK_NOT_FOUND


def many(desk: Desk, rows: list[dict[str, int]]) -> list:
    commands = []
    for fields in rows:
        desk.seq += 1
        commands.append(Command(seq=desk.seq, origin=1, time_us=desk.time_us, **fields))
    return desk.engine.apply(commands)


def test_a_full_order_table_leaves_room_for_a_liquidation():
    """LIQD-005: people's orders never fill the last rows."""
    desk = people(Desk(checking=False), bob=10**6, eve=2_042)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.engine.view.orders_count = ORDERS_MAX - 1 - ORDERS_SPARE
    assert refusal(desk.buy("bob", 1, 80_000)) == Reject.TABLE_FULL
    desk.index(82_300)
    assert desk.position("eve").qty_lots == 0


def test_price_levels_that_were_left_can_be_used_again():
    """ORDR-001: seven accounts once stood at every price; when they have gone, there is room."""
    desk = people(Desk(checking=False), hon=10**6)
    desk.engine.view.levels_high = LEVELS_MAX - 2
    for number in range(5):
        order = placed(desk.buy("hon", 1, 70_000 + number % 2))
        desk.cancel("hon", order)
    assert LEVELS_MAX == ORDERS_MAX > ORDERS_PER_ACCOUNT_MAX


def test_one_lot_in_a_wallet_far_below_zero_has_a_price():
    """LIQD-006: a loss a lot beyond any price: the highest price stands for it."""
    desk = people(Desk(checking=False), ann=10**6, bob=10**6)
    desk.trade("ann", "bob", 1, 84_000)
    state = desk.engine.view
    market, position = state.markets[PERP], desk.position("ann")
    for amount, side in ((-7, 1), (7, 1), (-7, -1), (7, -1)):
        state.balances[desk.wallet("ann") * 8 + USD].amount_atoms = amount * 10**17
        position.qty_lots = side
        price = zero_equity_ticks(state, desk.wallet("ann"), market, position)
        assert price == (ticks_max(market) if amount * side < 0 else 1)


def test_coins_are_taken_in_only_as_far_as_their_worth_can_be_counted():
    """MRGN-002: three deposits, each small enough alone; and room for the price to rise tenfold."""
    made = setup()
    for number in (3, 4):
        made.assets.append(Asset(asset_id=number, conversion_rank=number - 1, value_divisor=10**10))
    desk = people(Desk(made), ann=1_000)
    for asset, dollars in ((3, 3_000), (4, 150)):
        desk.do(
            CommandKind.PUBLISH_INDEX, asset_id=asset, price_subticks=dollars * 10**10, sources=1
        )
    assert refusal(desk.deposit("ann", 40_000, BTC)) == Reject.NONE
    assert refusal(desk.deposit("ann", 1_300_000, 3)) == Reject.AMOUNT_TOO_LARGE
    assert refusal(desk.deposit("ann", 4 * 10**7, 4)) == Reject.AMOUNT_TOO_LARGE
    assert refusal(desk.index(840_000)) == Reject.NONE


def shielded(order: bool) -> Desk:
    """Ann is long 1 BTC at 50x, and perhaps bids for ten more far below."""
    desk = people(Desk(), ann=20_000, bob=10**6)
    desk.isolate("ann", 50)
    desk.trade("ann", "bob", lots(1), 84_000)
    if order:
        desk.buy("ann", lots(10), 70_000)
    return desk


@pytest.mark.parametrize("order", [False, True])
def test_money_kept_for_orders_does_not_keep_an_isolated_position_open(order):
    """MRGN-007, LIQD-001: liquidated at the same mark with a large bid beside it."""
    desk = shielded(order)
    desk.index(82_740)
    assert desk.position("ann").qty_lots == lots(1)
    desk.index(82_700)
    assert desk.position("ann").qty_lots == 0


def test_nothing_of_a_closed_positions_margin_is_left_behind():
    """MRGN-007: after a loss beyond it, the next isolated order is funded like the first."""
    desk = shielded(order=True)
    desk.index(82_760)
    desk.buy("bob", lots(1), 82_760)
    desk.sell("ann", lots(1), 82_760)
    assert desk.position("ann").margin_atoms == 0
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["ann"])
    desk.do(
        CommandKind.WITHDRAW, account_id=desk.people["ann"], asset_id=USD, from_wallet=FLEX,
        amount_atoms=desk.usd("ann"),
    )  # fmt: skip
    assert refusal(desk.buy("ann", lots(1), 80_000)) == Reject.INSUFFICIENT_MARGIN


def test_a_turned_isolated_position_is_funded_or_refused():
    """MRGN-005, MRGN-007: what is lost by closing counts before the new margin."""
    desk = people(Desk(), ann=1_722, bob=10**6)
    desk.isolate("ann", 50)
    desk.trade("ann", "bob", lots(1), 84_000)
    desk.index(82_900)
    desk.buy("bob", lots(2), 82_900)
    assert refusal(desk.sell("ann", lots(2), 82_900)) == Reject.INSUFFICIENT_MARGIN
    assert desk.position("ann").qty_lots == lots(1)


def test_a_resting_order_far_worse_than_mark_must_be_carried():
    """MRGN-004, MRGN-005: selling to a friend at 50,000 is not paid for by the venue."""
    desk = people(Desk(), ann=2_100, acc=20_000, hon=10**6)
    desk.trade("ann", "hon", lots(1), 84_000)
    assert refusal(desk.sell("ann", lots(1), 50_000)) == Reject.WOULD_LIQUIDATE
    assert refusal(desk.sell("ann", lots(1), 83_900)) == Reject.NONE


def test_a_lone_bid_far_away_is_not_paid_by_the_pool():
    """LIQD-008: no further from mark than the rulebook's bound."""
    desk = people(Desk(changed(setup(), cover_mark_ppm=50_000)), ann=2_100, acc=20_000, hon=10**6)
    desk.do(
        CommandKind.DEPOSIT, account_id=System.POOL, asset_id=USD, to_wallet=FLEX,
        amount_atoms=10**6 * ATOMS,
    )  # fmt: skip
    desk.trade("ann", "hon", lots(1), 84_000)
    desk.buy("acc", lots(1), 42_000)
    desk.index(81_900)
    pool = settlement_atoms(desk.engine.view, system_wallet(System.POOL))
    assert pool == 10**6 * ATOMS
    assert desk.position("ann").qty_lots == 0
    assert desk.position("acc").qty_lots == 0


def test_a_provider_is_given_no_position_that_loses_by_mark():
    """LIQD-007: the zero-equity price is above mark: nobody is assigned."""
    desk = people(Desk(), eve=2_042, pro=830, bob=10**6)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.do(CommandKind.SET_ASSIGNMENT, account_id=desk.people["pro"], qty_lots=lots(1))
    events = desk.index(81_000)
    assert Role.ASSIGNEE not in {e.role for e in of(events, EventKind.TRADED)}
    assert desk.usd("pro") == 830 * ATOMS


def test_fees_of_many_small_spot_fills_never_take_more_than_there_is():
    """FEES-001, ORDR-017: forty fees rounded up, from a balance that fits one rounding."""
    fine = changed(
        setup(), market=SPOT, tick_subticks=10**9, atoms_per_tick_lot=1, lot_base_atoms=10,
        value_divisor=10**9, order_max_lots=10**11,
    )  # fmt: skip
    desk = Desk(fine)
    desk.person("ann")
    desk.person("bob", wallet=CASH, coins=1)
    desk.index(84_000)
    value = 0
    for number in range(40):
        desk.sell("bob", 1, 840_001 + number, market_id=SPOT)
        value += 840_001 + number
    desk.do(
        CommandKind.DEPOSIT, account_id=desk.people["ann"], asset_id=USD, to_wallet=CASH,
        amount_atoms=value - -value * 4_000 // 10**6,
    )  # fmt: skip
    desk.buy("ann", 40, 840_041, market_id=SPOT, type=OrderType.IOC)
    assert desk.usd("ann", CASH) == 0
    assert desk.coins("ann", CASH) == 400


def test_a_fee_that_has_risen_takes_no_more_than_was_kept():
    """FEES-001, FEES-002: the volume that gave a better tier has gone out of the window."""
    made = setup()
    made.fee_tiers.append(FeeTier(from_atoms=100_000 * ATOMS, maker_ppm=1_200, taker_ppm=2_200))
    made = changed(made, market=SPOT, fee_first=3, fee_count=2)
    for market in (PERP, SECOND):
        made = changed(made, market=market, sample_us=3_600_000_000)
    desk = Desk(made)
    desk.person("ann", 10**6, wallet=CASH)
    desk.person("bob", wallet=CASH, coins=10)
    desk.index(84_000)
    desk.sell("bob", lots(2), 84_000, market_id=SPOT)
    desk.buy("ann", lots(2), 84_000, market_id=SPOT)
    kept = 80_000 * ATOMS * 1_002_200 // 10**6
    desk.do(
        CommandKind.WITHDRAW, account_id=desk.people["ann"], asset_id=USD, from_wallet=CASH,
        amount_atoms=desk.usd("ann", CASH) - kept,
    )  # fmt: skip
    desk.buy("ann", lots(1), 80_000, market_id=SPOT)
    desk.wait(32 * 86_400_000_000)
    desk.sell("bob", lots(1), 80_000, market_id=SPOT)
    assert desk.usd("ann", CASH) == 0


def test_fill_or_kill_sees_that_one_order_of_a_maker_undoes_another():
    """ORDR-007, ORDR-008: the plain sell closes the position that the next could only reduce."""
    desk = people(Desk(), ann=10**6, bob=10**6, cat=10**6)
    desk.trade("bob", "cat", 10, 84_000)
    desk.sell("bob", 10, 84_010)
    desk.sell("bob", 10, 84_020, reduce_only=1)
    assert refusal(desk.buy("ann", 20, 84_020, type=OrderType.FOK)) == Reject.FOK_UNFILLABLE


def test_a_halted_market_does_not_shield_the_wallets_other_positions():
    """PRIC-005, ORDR-014: one lot there, one coin elsewhere: the coin is closed."""
    desk = people(Desk(), eve=2_050, bob=10**6)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.trade("eve", "bob", 1, 84_000, market_id=SECOND)
    desk.do(CommandKind.SET_MARKET_STATE, market_id=SECOND, value=MarketState.HALTED)
    desk.checking = False  # one lot stays, below its margin, until the market opens
    events = desk.index(82_300)
    assert desk.position("eve").qty_lots == 0
    assert desk.position("eve", SECOND).qty_lots == 1
    assert borne(events) == 0
    desk.do(CommandKind.SET_MARKET_STATE, market_id=SECOND, value=MarketState.ACTIVE)
    assert desk.equity("eve") >= 0


def test_nothing_leaves_a_wallet_whose_index_is_stale():
    """LEDG-007: not even what looks free."""
    made = setup()
    made.assets[1].stale_after_us = 60_000_000
    desk = people(Desk(made), eve=10_000, bob=10**6)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.wait(61_000_000)
    leave = {"account_id": desk.people["eve"], "asset_id": USD, "from_wallet": FLEX}
    taken = desk.do(CommandKind.WITHDRAW, amount_atoms=ATOMS, **leave)
    assert refusal(taken) == Reject.INSUFFICIENT_FUNDS
    desk.index(84_000)
    assert refusal(desk.do(CommandKind.WITHDRAW, amount_atoms=ATOMS, **leave)) == Reject.NONE


def test_the_conversion_account_buys_as_far_as_it_has_money():
    """LEDG-008: a debt larger than what it holds is paid in part."""
    desk = people(Desk(), bob=10**7)
    desk.person("ann", coins=40)
    desk.trade("ann", "bob", lots(20), 84_000)
    desk.index(64_000)
    held = settlement_atoms(desk.engine.view, system_wallet(System.CONVERSION))
    state = desk.engine.view
    desk.buy("bob", lots(20), 63_990)
    state.balances[system_wallet(System.CONVERSION) * 8 + USD].amount_atoms -= held - 10**5 * ATOMS
    state.assets[USD].supply_atoms -= held - 10**5 * ATOMS
    desk.sell("ann", lots(20), 63_990)
    assert settlement_atoms(state, system_wallet(System.CONVERSION)) == 0
    assert desk.usd("ann") < 0 < desk.coins("ann")


def test_amending_an_order_down_is_allowed_below_initial_margin():
    """MRGN-004: before counts the order as it was."""
    desk = people(Desk(), ann=1_000, bob=10**6)
    desk.trade("ann", "bob", lots(0.5), 84_000, market_id=SECOND)
    order = placed(desk.buy("ann", lots(0.5), 83_000))
    desk.do(CommandKind.SET_MARKET_STATE, market_id=SECOND, value=MarketState.HALTED)
    desk.index(82_600)
    smaller = desk.do(
        CommandKind.AMEND_ORDER, account_id=desk.people["ann"], order_id=order, price_ticks=80_000,
        qty_lots=500,
    )  # fmt: skip
    assert refusal(smaller) == Reject.NONE


@pytest.mark.parametrize(
    "fields", [{"type": OrderType.MARKET, "price": 84_000}, {"price": 84_000, "reduce_only": 5}]
)
def test_a_field_that_does_not_fit_is_refused(fields):
    """ORDR-001, ORDR-004: a market order with a price; a flag that is neither yes nor no."""
    desk = people(Desk(), ann=1_000)
    fields = {"price": 0, **fields}
    assert refusal(desk.order("ann", Side.BUY, 1, **fields)) == Reject.BAD_VALUE
