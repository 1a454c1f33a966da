"""What storms have found in the engine, as small as it gets."""

from __future__ import annotations

from longshore.engine.codes import MarketState, Origin, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.margin import accrued_atoms, amount_worth
from longshore.engine.ranks import SHARE_MAX, share_ppm
from longshore.engine.rows import Asset, Command
from longshore.engine.state import balance_slot
from tests.engine.desk import (
    ATOMS,
    CASH,
    HOUR_US,
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


def test_the_first_funding_after_none_is_reckoned_with():
    """LIQD-012, FUND-003: nothing was due for the first interval, but the second costs money."""
    desk = Desk(
        changed(setup(), rate_interval_us=HOUR_US, rate_cap_e18=5 * 10**15, premium_cap_ppm=0)
    )
    desk.person("maker", 10**7)
    desk.person("eve", 400)
    desk.index(84_000)
    desk.buy("maker", lots(3), 84_074)
    desk.sell("maker", lots(3), 84_076)
    desk.buy("eve", lots(0.4), 84_076)
    desk.index(83_550)  # five dollars are left
    desk.wait(HOUR_US)
    assert of(desk.events, EventKind.FUNDING_SET)[0].rate_e18 > 0
    assert desk.position("eve").qty_lots == lots(0.4)
    desk.wait(HOUR_US // 4)  # after each command `Desk` finds nobody below maintenance margin
    (started,) = of(desk.events, EventKind.LIQUIDATION_STARTED)
    assert 0 < started.margin_atoms - started.equity_atoms < ATOMS // 10**5


def test_funding_received_and_not_paid_out_is_eaten_up_to_the_atom():
    """LIQD-012, FUND-011: an hour is received, the next is paid, and cash moves once a day."""
    terms = {"rate_interval_us": HOUR_US, "rate_cap_e18": 5 * 10**15, "premium_cap_ppm": 0}
    desk = Desk(changed(setup(), funding_cash_us=24 * HOUR_US, **terms))
    desk.person("maker", 10**7)
    desk.person("eve", 500)
    desk.index(84_300)
    desk.buy("maker", lots(3), 84_074)
    desk.sell("maker", lots(3), 84_076)
    desk.buy("eve", lots(0.4), 84_076)
    desk.wait(HOUR_US)
    desk.index(83_700)
    desk.wait(HOUR_US)
    paid, pays = (event.rate_e18 for event in of(desk.events, EventKind.FUNDING_SET)[::2])
    assert paid < 0 < pays
    desk.index(83_215)
    spare = desk.equity("eve") - desk.maintenance("eve")
    view, eve = desk.engine.view, desk.position("eve")
    assert 0 < spare < accrued_atoms(view, view.markets[PERP], eve)
    desk.wait(HOUR_US // 2)  # after each command `Desk` finds nobody below maintenance margin
    (started,) = of(desk.events, EventKind.LIQUIDATION_STARTED)
    assert 0 < started.margin_atoms - started.equity_atoms < ATOMS // 10**5


def test_a_refused_amendment_keeps_the_old_hold_in_a_new_fee_tier():
    """ORDR-012, ORDR-017"""
    made = setup()
    made.fee_tiers[2].from_atoms = 0
    desk = Desk(made)
    desk.person("ann", 1_000, wallet=CASH)
    desk.person("bob", wallet=CASH, coins=0.01)
    desk.index(84_000)
    order = placed(desk.buy("ann", 60, 84_000, market_id=SPOT))
    cash = desk.engine.view.balances[balance_slot(desk.wallet("ann", CASH), USD)]
    before = cash.hold_atoms
    desk.engine.view.fee_tiers[3].taker_ppm //= 2
    amended = desk.do(
        CommandKind.AMEND_ORDER, account_id=desk.people["ann"], order_id=order, qty_lots=10**6
    )
    assert refusal(amended) == Reject.INSUFFICIENT_FUNDS
    assert cash.hold_atoms == before


def test_only_the_venue_cancels_in_a_halted_market():
    """ORDR-014"""
    desk = Desk()
    desk.person("ann", 10_000)
    desk.index(84_000)
    halted = placed(desk.buy("ann", 1, 80_000))
    desk.buy("ann", 1, 80_000, market_id=SECOND)
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.HALTED)
    assert refusal(desk.cancel("ann", halted)) == Reject.MARKET_HALTED
    everything = {"kind": CommandKind.CANCEL_ALL, "account_id": desk.people["ann"]}
    assert refusal(desk.do(**everything, market_id=PERP)) == Reject.MARKET_HALTED
    desk.do(**everything)
    assert [o.order_id for o in desk.orders("ann")] == [halted]
    venue = Command(**everything, seq=desk.seq + 1, time_us=desk.time_us, origin=Origin.OPERATOR)
    desk.engine.apply([venue])
    assert desk.orders("ann") == []


def test_quotients_by_next_to_nothing_stay_within_64_bits():
    """LEDG-007, LIQD-009: an index of three sub-ticks, a wallet with one atom of equity."""
    coin = Asset(index_subticks=3, value_divisor=10**10, haircut_ppm=10_000)
    assert amount_worth(coin, 10**8, 10**13) == 10**8
    assert amount_worth(coin, 10**12, 99) == 100 * 10**10 // 3
    assert amount_worth(coin, 10**8, -(10**13)) == 0
    assert share_ppm(500, 1_000) == 500_000
    assert 0 < share_ppm(10**17, 1) <= SHARE_MAX * 10**6
    assert -SHARE_MAX * 10**6 <= share_ppm(-(10**17), 1) < 0
