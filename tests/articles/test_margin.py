"""Article 03: margin."""

from __future__ import annotations

from longshore.engine.codes import MarginBasis, OrderType, Reason, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.margin import (
    initial_atoms,
    initial_with_orders_atoms,
    maintenance_atoms,
    tier_requirement,
)
from longshore.engine.units import PPM
from tests.engine.desk import (
    ATOMS,
    BTC,
    FLEX,
    PERP,
    SECOND,
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


def opened(**fields: int) -> Desk:
    """Ann, Bob and Cat with 10,000 dollars each; index 84,000."""
    desk = Desk(changed(setup(), **fields))
    for name in ("ann", "bob", "cat"):
        desk.person(name, 10_000)
    desk.index(84_000)
    return desk


def transfer(desk: Desk, name: str, source: int, target: int, dollars: float):
    return desk.do(
        CommandKind.TRANSFER, account_id=desk.people[name], asset_id=USD, from_wallet=source,
        to_wallet=target, amount_atoms=round(dollars * ATOMS),
    )  # fmt: skip


def test_the_requirement_is_by_slices_or_whole():
    """MRGN-001: 1.68 million asks 23,600 by slices, 33,600 whole."""
    notional = 1_680_000 * ATOMS
    view = opened().engine.view
    assert tier_requirement(view, view.markets[PERP], notional, 1, True) == 23_600 * ATOMS
    assert tier_requirement(view, view.markets[PERP], notional, 1, False) == 11_800 * ATOMS
    assert tier_requirement(view, view.markets[PERP], 84_000 * ATOMS, 1, True) == 840 * ATOMS
    assert tier_requirement(view, view.markets[PERP], 1, 1, True) == 1  # up to the atom
    view = opened(tier_whole=1).engine.view
    assert tier_requirement(view, view.markets[PERP], notional, 1, True) == 33_600 * ATOMS


def test_a_rate_that_grows_with_the_size_applies_to_all_of_it():
    """MRGN-013: 2 % and 0.005 % for each coin more: 10 coins at 2.05 %, half of it maintenance."""
    slope = 50 * 10**6 // lots(1)  # 0.005 % at 10**-12, a lot
    desk = Desk(changed(setup(), margin_slope_e12=slope, tier_count=1))
    for name in ("ann", "bob"):
        desk.person(name, 10**7)
    desk.index(80_000)
    state, market = desk.engine.view, desk.engine.view.markets[PERP]
    tier = state.tiers[market.tier_first]
    for coins in (1, 10, 400):
        notional = coins * 80_000 * ATOMS
        for initial, ppm in ((True, tier.initial_ppm), (False, tier.maintenance_ppm)):
            found = tier_requirement(state, market, notional, lots(coins), initial)
            assert found == notional * (ppm + 50 * coins) // PPM
    assert tier_requirement(state, market, 10**15, 10**12, True) == 10**15  # no more than all of it
    desk.trade("ann", "bob", lots(10), 80_000)
    assert desk.maintenance("ann") == 800_000 * ATOMS * (tier.maintenance_ppm + 500) // PPM


def test_fees_inside_the_trigger_are_maintenance_margin():
    """MRGN-014"""
    plain, dear = (Desk(changed(setup(), maintenance_fee_ppm=ppm)) for ppm in (0, 501))
    for desk in (plain, dear):
        for name in ("ann", "bob"):
            desk.person(name, 10**6)
        desk.index(80_000)
        desk.trade("ann", "bob", lots(1), 80_000)
    assert dear.maintenance("ann") - plain.maintenance("ann") == 80_000 * ATOMS * 501 // PPM


def test_margin_is_charged_on_entry_or_on_mark():
    """MRGN-001"""
    for basis, expected in ((MarginBasis.ENTRY, 420), (MarginBasis.MARK, 415)):
        desk = opened(margin_basis=int(basis))
        desk.trade("ann", "bob", lots(1), 84_000)
        desk.index(83_000)
        assert desk.maintenance("ann") == expected * ATOMS


def test_equity_counts_haircuts_profit_and_funding():
    """MRGN-002: the venue's worked example, before fees and funding: 20,630.8 less 42."""
    desk = opened()
    desk.person("eve", 5_000, coins=0.2)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.index(84_000)
    assert desk.equity("eve") == 5_000 * ATOMS + 16_632 * ATOMS - 42 * ATOMS
    desk.index(83_000)
    assert desk.equity("eve") == 5_000 * ATOMS + 16_434 * ATOMS - 1_042 * ATOMS


def test_with_orders_the_larger_side_counts():
    """MRGN-003: long 1 at 84,000 with a buy of 0.5 at 82,000 asks 1,250."""
    desk = opened()
    desk.trade("ann", "bob", lots(1), 84_000)
    desk.buy("ann", lots(0.5), 82_000)
    view, wallet = desk.engine.view, desk.wallet("ann")
    assert initial_atoms(view, wallet) == 840 * ATOMS
    assert initial_with_orders_atoms(view, wallet) == 1_250 * ATOMS
    desk.sell("ann", lots(1), 85_000)
    assert initial_with_orders_atoms(view, wallet) == 1_250 * ATOMS
    desk.sell("ann", lots(2), 85_000)  # 3 to sell against 1 held: 255,000 - 84,000
    assert initial_with_orders_atoms(view, wallet) == 1_710 * ATOMS
    desk.sell("ann", lots(1), 86_000, reduce_only=1)
    assert initial_with_orders_atoms(view, wallet) == 1_710 * ATOMS


def test_an_order_needs_initial_margin_for_what_it_adds():
    """MRGN-004"""
    desk = opened()
    most = 119_047  # 10,000 / 1 % / 84,000, down to the lot
    assert refusal(desk.buy("ann", most + 1, 84_000)) == Reject.INSUFFICIENT_MARGIN
    order = placed(desk.buy("ann", most, 84_000))
    assert refusal(desk.buy("ann", 1, 80_000)) == Reject.INSUFFICIENT_MARGIN
    assert (
        refusal(desk.sell("ann", most - 100, 84_001)) == Reject.NONE
    )  # the other side asks no more
    desk.cancel("ann", order)
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["ann"])
    desk.sell("bob", lots(1), 85_000)  # 1,000 above mark: taking it loses 1,000 at once
    desk.do(
        CommandKind.WITHDRAW, account_id=desk.people["cat"], asset_id=USD, from_wallet=FLEX,
        amount_atoms=8_110 * ATOMS,
    )  # fmt: skip
    # 1,890 left; 1,000 lost, 42.50 fee: 847.50 does not carry 850
    assert refusal(desk.buy("cat", lots(1), 85_000)) == Reject.INSUFFICIENT_MARGIN
    desk.deposit("cat", 2.5)
    assert refusal(desk.buy("cat", lots(1), 85_000)) == Reject.NONE


def test_an_order_that_takes_may_not_leave_less_than_maintenance():
    """MRGN-005"""
    desk = opened()
    desk.person("eve", 1_000)
    desk.trade("eve", "bob", lots(1), 84_000)  # 958 left after the fee
    desk.buy("bob", lots(0.1), 78_000)  # a terrible bid: selling 0.1 into it loses 600
    refused = refusal(desk.sell("eve", lots(0.1), 78_000))
    assert refused == Reject.WOULD_LIQUIDATE  # 958 - 600 - 3.90 = 354.10 < 378
    desk.deposit("eve", 24)
    assert refusal(desk.sell("eve", lots(0.1), 78_000)) == Reject.NONE


def test_an_isolated_order_may_rest_worse_than_mark_if_its_fill_could_live():
    """MRGN-005: 1.6 % above mark, with 5 % of margin and with 2 %, where 0.5 % is maintenance."""
    desk = opened()
    desk.isolate("ann", 20)
    assert refusal(desk.buy("ann", lots(0.1), 85_344)) == Reject.NONE
    desk.sell("bob", lots(0.1), 85_344)
    assert desk.position("ann").qty_lots == lots(0.1)
    desk.isolate("cat", 50)
    assert refusal(desk.buy("cat", lots(0.1), 85_344)) == Reject.WOULD_LIQUIDATE
    assert refusal(desk.buy("cat", lots(0.1), 84_840)) == Reject.NONE


def test_the_position_may_not_outgrow_the_markets_maximum():
    """MRGN-006"""
    desk = opened(position_max_lots=100)
    desk.trade("ann", "bob", 60, 84_000)
    assert refusal(desk.buy("ann", 41, 80_000)) == Reject.MAX_POSITION
    assert refusal(desk.buy("ann", 40, 80_000)) == Reject.NONE
    assert refusal(desk.buy("ann", 1, 80_000)) == Reject.MAX_POSITION
    assert refusal(desk.sell("ann", 160, 90_000)) == Reject.NONE


def test_isolated_margin_moves_with_orders_fills_and_closes():
    """MRGN-007"""
    desk = opened()
    desk.isolate("ann", 10)
    order = placed(desk.buy("ann", lots(0.5), 80_000))
    assert desk.usd("ann", ISOLATED) == 4_000 * ATOMS + 20 * ATOMS  # 40,000 / 10 and its fee
    desk.cancel("ann", order)
    assert (desk.usd("ann"), desk.usd("ann", ISOLATED)) == (10_000 * ATOMS, 0)
    desk.trade("ann", "bob", lots(0.4), 84_000)
    fee = 1_680_000_000  # 33,600 * 0.05 %
    assert desk.usd("ann", ISOLATED) == 3_360 * ATOMS
    assert desk.usd("ann") == 10_000 * ATOMS - 3_360 * ATOMS - fee
    desk.trade("bob", "ann", lots(0.1), 85_000)  # a quarter closed, 100 dollars made, a maker's fee
    assert desk.usd("ann", ISOLATED) == 2_520 * ATOMS
    made = 100 * ATOMS - 170_000_000
    assert desk.usd("ann") == 10_000 * ATOMS - 2_520 * ATOMS - fee + made
    desk.trade("bob", "ann", lots(0.3), 84_000)
    assert desk.usd("ann", ISOLATED) == 0


def test_isolated_margin_can_be_added_and_taken_out_down_to_the_requirement():
    """MRGN-007"""
    desk = opened()
    desk.isolate("ann", 10)
    assert refusal(transfer(desk, "ann", FLEX, ISOLATED, 100)) == Reject.UNKNOWN_WALLET
    desk.trade("ann", "bob", lots(0.4), 84_000)
    assert refusal(transfer(desk, "ann", FLEX, ISOLATED, 100)) == Reject.NONE
    assert refusal(transfer(desk, "ann", ISOLATED, FLEX, 100.01)) == Reject.INSUFFICIENT_FUNDS
    assert refusal(transfer(desk, "ann", ISOLATED, FLEX, 60)) == Reject.NONE
    assert desk.usd("ann", ISOLATED) == 3_400 * ATOMS


def test_isolated_orders_need_free_money_in_the_flex_wallet():
    """MRGN-007"""
    desk = opened()
    desk.isolate("ann", 2)
    assert refusal(desk.buy("ann", lots(0.24), 84_000)) == Reject.INSUFFICIENT_MARGIN
    assert refusal(desk.buy("ann", lots(0.23), 84_000)) == Reject.NONE
    assert refusal(desk.buy("ann", lots(0.01), 84_000)) == Reject.INSUFFICIENT_MARGIN


def test_the_margin_mode_changes_only_when_nothing_is_open():
    """MRGN-008"""
    desk = opened()
    assert refusal(desk.isolate("ann", 100.1)) == Reject.LEVERAGE_TOO_HIGH
    assert refusal(desk.isolate("ann", 100)) == Reject.NONE
    order = placed(desk.buy("ann", 1, 80_000))
    assert refusal(desk.isolate("ann", 0)) == Reject.HAS_OPEN_RISK
    desk.cancel("ann", order)
    assert refusal(desk.isolate("ann", 0)) == Reject.NONE
    desk.trade("ann", "bob", 1, 84_000)
    assert refusal(desk.isolate("ann", 5)) == Reject.HAS_OPEN_RISK
    assert refusal(desk.isolate("ann", 5, market=SECOND)) == Reject.NONE


def test_a_breach_of_initial_margin_ends_the_orders_that_add_risk():
    """MRGN-009"""
    desk = opened()
    desk.person("eve", 1_342)
    desk.trade("eve", "bob", lots(1), 84_000)  # 1,300 left; 840 for the position
    closing = placed(desk.sell("eve", lots(0.5), 86_000))
    adding = placed(desk.buy("eve", lots(0.5), 80_000))  # 1,240 with it
    other = placed(desk.buy("eve", 1, 80_000, market_id=SECOND))
    assert of(desk.index(83_960), EventKind.ORDER_ENDED) == []
    events = desk.index(83_930)  # 1,230 < 1,240.08
    gone = {e.order_id: e.reason for e in of(events, EventKind.ORDER_ENDED)}
    assert gone == {adding: Reason.MARGIN_BREACH, other: Reason.MARGIN_BREACH}
    assert len(of(events, EventKind.MARGIN_BREACHED)) == 1
    assert [o.order_id for o in desk.orders("eve")] == [closing]


def test_no_orders_end_at_initial_margin_where_the_rulebook_does_not_say_so():
    """MRGN-009"""
    made = setup()
    made.cancel_on_initial = 0
    desk = Desk(made)
    desk.person("eve", 1_342)
    desk.person("bob", 10_000)
    desk.index(84_000)
    desk.trade("eve", "bob", lots(1), 84_000)
    desk.buy("eve", lots(0.5), 80_000)
    assert of(desk.index(83_700), EventKind.ORDER_ENDED) == []


def test_closing_realises_the_closed_share_rounded_toward_zero():
    """MRGN-010"""
    desk = opened()
    desk.trade("ann", "bob", 2, 84_000)
    desk.trade("ann", "bob", 1, 84_001)
    entry = 25_200_100_000_000 // 10**4  # 2 * 84,000 + 84,001 ticks at 10,000 atoms
    assert desk.position("ann").entry_value_atoms == entry == 2_520_010_000
    desk.trade("bob", "ann", 1, 84_000)
    assert desk.position("ann").entry_value_atoms == entry - entry // 3
    assert desk.position("bob").entry_value_atoms == -(entry - entry // 3)
    assert desk.position("ann").realised_atoms == 840_000_000 - entry // 3


def test_an_order_that_turns_a_position_closes_it_and_opens_the_rest():
    """MRGN-011"""
    desk = opened()
    desk.trade("ann", "bob", 10, 84_000)
    desk.buy("cat", 25, 84_100)
    events = desk.sell("ann", 25, 84_100)
    row = desk.position("ann")
    assert (row.qty_lots, row.entry_value_atoms) == (-15, -15 * 84_100 * 10**4)
    traded = [e for e in of(events, EventKind.TRADED) if e.account_id == desk.people["ann"]][0]
    assert traded.pnl_atoms == 10 * 100 * 10**4
    assert maintenance_atoms(desk.engine.view, desk.wallet("ann")) == -(
        -15 * 84_100 * 10**4 * 5_000 // 10**6
    )


def test_a_post_only_order_reserves_like_a_limit_order():
    """MRGN-003"""
    desk = opened()
    desk.buy("ann", lots(1), 80_000, type=OrderType.POST_ONLY)
    assert initial_with_orders_atoms(desk.engine.view, desk.wallet("ann")) == 800 * ATOMS
    assert desk.coins("ann") == 0 and BTC == 2


def test_the_safety_buffer_is_measured_when_the_owner_changes_something():
    """MRGN-012"""
    desk = opened()
    desk.trade("ann", "bob", lots(1), 84_000)
    row = desk.engine.view.wallets[desk.wallet("ann")]
    full = (10_000 - 42 - 420) * ATOMS
    assert row.buffer_full_atoms == full
    desk.index(83_000)
    assert row.buffer_full_atoms == full
    desk.deposit("ann", 1)
    assert row.buffer_full_atoms == full - 999 * ATOMS
