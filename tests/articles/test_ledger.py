"""Article 01: money."""

from __future__ import annotations

from longshore.engine.codes import Reason, Reject, Side, System
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import clearing_wallet, settlement_atoms
from longshore.engine.state import wallet_slot
from tests.engine.desk import (
    ATOMS,
    BTC,
    CASH,
    FLEX,
    HOUR_US,
    PERP,
    SPOT,
    USD,
    Desk,
    lots,
    of,
    refusal,
)


def market_with_premium() -> Desk:
    """Ann long and Bob short 3 lots, the book 84 dollars above the index: funding flows."""
    desk = Desk()
    desk.person("maker", 10**6)
    desk.person("ann", 10_000)
    desk.person("bob", 10_000)
    desk.person("cat", 10_000)
    desk.index(84_000.37)
    desk.buy("maker", lots(1), 84_083)
    desk.sell("maker", lots(1), 84_085)
    desk.trade("ann", "bob", 3, 84_084)
    return desk


def transfer(desk: Desk, name: str, asset: int, source: int, target: int, amount: int):
    return desk.do(
        CommandKind.TRANSFER, account_id=desk.people[name], asset_id=asset, from_wallet=source,
        to_wallet=target, amount_atoms=amount,
    )  # fmt: skip


def test_every_move_is_an_event_that_states_both_balances_after():
    """LEDG-001"""
    desk = Desk()
    desk.person("ann")
    (moved,) = of(desk.deposit("ann", 100), EventKind.TRANSFERRED)
    assert (moved.account_id, moved.other_account_id) == (0, desk.people["ann"])
    assert (moved.amount_atoms, moved.reason) == (100 * ATOMS, Reason.DEPOSIT)
    assert moved.other_balance_atoms == desk.usd("ann") == 100 * ATOMS
    (moved,) = of(transfer(desk, "ann", USD, FLEX, CASH, 40 * ATOMS), EventKind.TRANSFERRED)
    assert (moved.balance_atoms, moved.other_balance_atoms) == (60 * ATOMS, 40 * ATOMS)


def test_balances_sum_to_what_came_in_less_what_went_out():
    """LEDG-002"""
    desk = market_with_premium()
    desk.wait(2 * HOUR_US)
    before = desk.engine.view.assets[USD].supply_atoms
    desk.do(
        CommandKind.WITHDRAW, account_id=desk.people["cat"], asset_id=USD, from_wallet=FLEX,
        amount_atoms=7,
    )  # fmt: skip
    view = desk.engine.view
    assert view.assets[USD].supply_atoms == before - 7
    held = sum(
        b.amount_atoms for slot, b in view.balances.items() if slot % 8 == USD and slot > 144
    )
    assert held == view.assets[USD].supply_atoms


def test_a_transfer_needs_the_amount_to_be_free():
    """LEDG-003"""
    desk = Desk()
    desk.person("ann", 100, wallet=CASH)
    desk.index(84_000)
    desk.buy("ann", 10, 50_000, market_id=SPOT)  # keeps 50.00 and the 0.4 % taker fee, 0.20
    assert refusal(transfer(desk, "ann", USD, CASH, FLEX, 50 * ATOMS)) == Reject.INSUFFICIENT_FUNDS
    free = 100 * ATOMS - 50 * ATOMS - 20_000_000
    assert refusal(transfer(desk, "ann", USD, CASH, FLEX, free + 1)) == Reject.INSUFFICIENT_FUNDS
    assert refusal(transfer(desk, "ann", USD, CASH, FLEX, free)) == Reject.NONE


def test_the_clearing_account_is_its_stated_sum_while_funding_accrues():
    """LEDG-004, LEDG-005"""
    desk = market_with_premium()
    desk.wait(HOUR_US)
    desk.wait(HOUR_US // 3)  # `Desk` checks every invariant after each command
    paid = desk.buy("bob", 1, 84_085)  # bob buys one back: his funding is realised, ann's is not
    assert of(paid, EventKind.FUNDING_PAID)[0].funding_atoms > 0
    view = desk.engine.view
    sizes = [desk.position(name).qty_lots for name in ("ann", "bob", "maker")]
    assert sizes == [3, -2, -1]
    assert settlement_atoms(view, clearing_wallet(PERP)) != 0


def test_the_residue_of_rounding_is_swept_to_the_venue_and_clearing_ends_at_zero():
    """LEDG-006"""
    desk = market_with_premium()
    desk.wait(2 * HOUR_US)
    paid = {e.account_id: e.funding_atoms for e in of(desk.events, EventKind.FUNDING_PAID)}
    lot = of(desk.events, EventKind.FUNDING_SET)[0].amount_atoms
    exact = 3 * lot
    assert exact % 10**6 != 0
    assert paid[desk.people["ann"]] == -exact // 10**6  # paid: up to the atom
    assert paid[desk.people["bob"]] == exact // 10**6  # down to it
    desk.wait(HOUR_US // 3)  # closed in mid-interval: the residue is swept at once
    desk.trade("bob", "ann", 3, 84_084)
    view = desk.engine.view
    assert view.markets[PERP].open_lots == 0
    assert settlement_atoms(view, clearing_wallet(PERP)) == 0
    swept = [
        e for e in of(desk.events, EventKind.TRANSFERRED) if e.reason == Reason.FUNDING_RESIDUE
    ]
    assert sum(e.amount_atoms for e in swept) > 0


def test_more_than_is_free_cannot_leave():
    """LEDG-007"""
    desk = Desk()
    desk.person("ann", 5_000, coins=0.2)
    desk.person("bob", 10_000)
    desk.index(84_000)
    desk.trade("ann", "bob", lots(1), 84_000)  # margin 840, fee 42
    take = {"account_id": desk.people["ann"], "from_wallet": FLEX}
    equity, margin = desk.equity("ann"), 840 * ATOMS
    assert equity == (5_000 + 16_632 - 42) * ATOMS
    spare_coins = (equity - margin) * 100 // 99 * 10**10 // (84_000 * 10**10)
    assert spare_coins > 20_000_000  # all the coins may leave
    for amount, expected in ((20_000_001, Reject.INSUFFICIENT_FUNDS), (20_000_000, Reject.NONE)):
        answer = desk.do(CommandKind.WITHDRAW, asset_id=BTC, amount_atoms=amount, **take)
        assert refusal(answer) == expected
    free = 5_000 * ATOMS - 42 * ATOMS - margin
    for amount, expected in ((free + 1, Reject.INSUFFICIENT_FUNDS), (free, Reject.NONE)):
        answer = desk.do(CommandKind.WITHDRAW, asset_id=USD, amount_atoms=amount, **take)
        assert refusal(answer) == expected


def test_a_debt_is_paid_by_selling_collateral_at_index_less_the_fee():
    """LEDG-008"""
    desk = Desk()
    desk.person("ann", 100, coins=0.2)
    desk.person("bob", 100_000)
    desk.index(84_000)
    desk.trade("ann", "bob", lots(1), 84_000)  # fee 42: 58 left
    desk.index(83_000)
    desk.buy("bob", lots(1), 83_000)
    desk.sell("ann", lots(1), 83_000)  # loses 1,000 and a fee of 41.50: owes 983.50
    (sold,) = of(desk.events, EventKind.CONVERTED)
    owed = 98_350_000_000
    gross = -(-owed * 1_000 // 995)
    assert sold.amount_atoms == -(-gross * 10**10 // (83_000 * 10**10))
    assert sold.value_atoms >= owed
    assert sold.value_atoms - owed < 10**5  # one atom of BTC is worth 83,000 atoms of a dollar
    assert desk.usd("ann") == sold.value_atoms - owed
    assert desk.coins("ann") == 20_000_000 - sold.amount_atoms
    conversion = wallet_slot(System.CONVERSION, FLEX)
    assert settlement_atoms(desk.engine.view, conversion) == 10**14 - sold.value_atoms


def test_an_unknown_side_moves_nothing():
    """LEDG-001"""
    desk = Desk()
    desk.person("ann", 100)
    before = desk.engine.digest()
    assert refusal(desk.order("ann", Side.SELL + 1, 1, 5)) == Reject.BAD_VALUE
    assert desk.engine.digest() == before
