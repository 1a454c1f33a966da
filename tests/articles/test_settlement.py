"""Article 10: settlement at expiry and by command."""

from __future__ import annotations

import pytest

from longshore.engine.codes import (
    MarketKind,
    MarketState,
    OrderType,
    Reason,
    Reject,
    Signal,
    System,
)
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import settlement_atoms
from longshore.engine.rows import Event
from longshore.engine.state import wallet_slot
from tests.articles.dated import (
    DATES,
    MINUTE_US,
    clearing,
    dated_desk,
    dated_setup,
    settle,
    until_expiry,
)
from tests.articles.test_contracts import COIN, coin_setup
from tests.engine.desk import (
    ATOMS,
    DOLLAR_SUBTICKS,
    HOUR_US,
    PERP,
    SECOND,
    SPOT,
    USD,
    Desk,
    changed,
    lots,
    of,
    refusal,
)


def ended(events: list[Event]) -> list[tuple[int, int]]:
    return [(e.account_id, e.reason) for e in of(events, EventKind.ORDER_ENDED)]


def test_at_expiry_positions_are_settled_at_the_mean():
    """LIFE-004, LIFE-005: profit from the clearing account, nobody's equity jumps, no volume."""
    desk = dated_desk()
    desk.index(10_200)
    until_expiry(desk, 1)
    before = {name: desk.equity(name) for name in ("ann", "bob")}
    volume = desk.engine.view.markets[PERP].volume_lots
    events = until_expiry(desk)
    ann, bob = of(events, EventKind.POSITION_SETTLED)
    assert (ann.position_lots, bob.position_lots) == (lots(1), -lots(1))
    assert (ann.pnl_atoms, bob.pnl_atoms) == (200 * ATOMS, -200 * ATOMS)
    assert (ann.value_atoms, ann.fee_atoms, ann.funding_atoms) == (10_200 * ATOMS, 0, 0)
    assert ann.balance_atoms == desk.usd("ann") == before["ann"]
    assert desk.usd("bob") == before["bob"]
    moves = [e.amount_atoms for e in of(events, EventKind.TRANSFERRED)]
    assert moves == [200 * ATOMS, 200 * ATOMS]
    assert {e.reason for e in of(events, EventKind.TRANSFERRED)} == {Reason.SETTLEMENT}
    market = desk.engine.view.markets[PERP]
    assert (market.state, market.open_lots, clearing(desk)) == (MarketState.EXPIRED, 0, 0)
    assert market.volume_lots == volume
    assert not of(events, EventKind.FILLED)
    assert desk.position("ann").realised_atoms == 200 * ATOMS
    assert desk.position("ann").qty_lots == desk.position("ann").entry_value_atoms == 0


def test_an_expired_market_takes_nothing_and_moves_no_more():
    """LIFE-004: orders, amendments, states; no mark, no sample."""
    desk = dated_desk()
    until_expiry(desk)
    assert refusal(desk.buy("ann", 1, 10_000)) == Reject.MARKET_EXPIRED
    assert refusal(desk.order("ann", 1, 1, type=OrderType.POST_ONLY)) == Reject.MARKET_EXPIRED
    opened = desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.ACTIVE)
    assert refusal(opened) == Reject.MARKET_EXPIRED
    before = desk.engine.view.markets[PERP].values()
    desk.index(20_000)
    desk.wait(2 * HOUR_US)
    assert desk.engine.view.markets[PERP].values() == before


def test_an_expired_market_and_one_without_funding_do_not_hold_their_index_back():
    """LIFE-001, LIFE-004, PRIC-001: one lot's funding need not be counted any more."""
    desk = Desk(coin_setup())
    desk.index(30)
    assert refusal(desk.index(20)) == Reject.PRICE_TOO_LARGE
    settle(desk, 30)
    assert refusal(desk.index(20)) == Reject.NONE
    dated = Desk(changed(coin_setup(), **{**DATES, "kind": MarketKind.INVERSE_FUTURE}))
    assert refusal(dated.index(20)) == Reject.NONE


def test_nobody_sets_the_state_expired_by_hand():
    """LIFE-004, ORDR-014."""
    desk = dated_desk()
    made = desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.EXPIRED)
    assert refusal(made) == Reject.BAD_VALUE


def test_all_orders_of_the_market_end_first_account_by_account():
    """LIFE-005: resting, waiting, asleep; newest first; orders elsewhere stay."""
    desk = dated_desk()
    desk.sell("bob", 5, 11_000)
    desk.buy("ann", 5, 9_000, stop_ticks=8_000, target_ticks=12_000, signal=Signal.MARK)
    stop = {"type": OrderType.STOP, "trigger_ticks": 8_500, "signal": Signal.LAST}
    desk.sell("ann", 5, reduce_only=1, **stop)
    desk.buy("ann", 5, 9_000, market_id=SECOND)
    events = until_expiry(desk)
    ann, bob = desk.people["ann"], desk.people["bob"]
    over = int(Reason.MARKET_ENDED)
    linked = int(Reason.LINKED)
    assert ended(events)[0] == (ann, over)
    assert sorted(ended(events)[1:-1]) == sorted([(ann, over)] * 2 + [(ann, linked)])
    assert ended(events)[-1] == (bob, over)
    settled = of(events, EventKind.POSITION_SETTLED)
    assert [e.account_id for e in settled] == [ann, bob]
    assert settled[0].index < of(events, EventKind.ORDER_ENDED)[-1].index
    assert [o.market_id for o in desk.orders("ann")] == [SECOND]
    assert desk.engine.view.markets[PERP].best_bid == 0


def test_the_settlement_fee_is_a_share_of_the_value_and_never_more_than_is_left():
    """LIFE-005: 0.05 % of 10,000; an isolated position whose margin is gone pays what it has."""
    desk = Desk(dated_setup(settle_fee_ppm=500))
    for name in ("ann", "bob", "eve"):
        desk.person(name, 100_000)
    desk.index(10_000)
    desk.trade("ann", "bob", lots(1), 10_000)
    desk.isolate("eve", 50)
    desk.trade("eve", "bob", lots(1), 10_000)
    held = {name: desk.usd(name) for name in ("ann", "eve")}
    assert desk.position("eve").margin_atoms == 200 * ATOMS
    events = settle(desk, 9_803)
    fees = [e.fee_atoms for e in of(events, EventKind.POSITION_SETTLED)]
    value = 9_803 * ATOMS
    assert fees == [value * 5 // 10_000, value * 2 * 5 // 10_000, 3 * ATOMS]
    assert held["ann"] - desk.usd("ann") == 197 * ATOMS + fees[0]
    assert (desk.usd("eve"), desk.usd("eve", 2 + PERP)) == (held["eve"], 0)
    paid = [e for e in of(events, EventKind.TRANSFERRED) if e.reason == Reason.SETTLEMENT_FEE]
    assert [(e.other_account_id, e.amount_atoms) for e in paid] == [(System.VENUE, f) for f in fees]


def test_isolated_margin_goes_back():
    """LIFE-005, MRGN-007: with the profit, and what came for orders."""
    desk = Desk(dated_setup())
    for name in ("bob", "eve"):
        desk.person(name, 100_000)
    desk.index(10_000)
    desk.isolate("eve", 10)
    desk.trade("eve", "bob", lots(1), 10_000)
    desk.buy("eve", lots(1), 9_900)
    fee = 10_000 * ATOMS * 5 // 10_000
    settle(desk, 10_050)
    assert desk.usd("eve", 2 + PERP) == desk.position("eve").margin_atoms == 0
    assert desk.usd("eve") == 100_000 * ATOMS - fee + 50 * ATOMS


def test_a_loss_at_settlement_is_paid_from_collateral():
    """LIFE-005, LEDG-008: coins are sold as soon as the dollars do not suffice."""
    desk = Desk(dated_setup())
    desk.person("bob", 100_000)
    desk.person("eve", 100, coins=1)
    desk.index(10_000)
    desk.trade("eve", "bob", lots(1), 10_000)
    events = settle(desk, 9_500)
    assert of(events, EventKind.CONVERTED)[0].account_id == desk.people["eve"]
    assert desk.usd("eve") >= 0
    assert 0 < desk.coins("eve") < ATOMS


def test_what_a_bankrupt_wallet_lacks_is_borne_at_once():
    """LIFE-006, LIQD-011: 150 dollars and a loss of 1,000: the insurance account pays the rest."""
    desk = Desk(dated_setup())
    desk.person("bob", 100_000)
    desk.person("eve", 150)
    desk.index(10_000)
    desk.trade("eve", "bob", lots(1), 10_000)
    left = desk.usd("eve")
    events = settle(desk, 9_000)
    (borne,) = of(events, EventKind.SHORTFALL_BORNE)
    assert borne.account_id == desk.people["eve"]
    assert (borne.other_account_id, borne.amount_atoms) == (System.INSURANCE, 1_000 * ATOMS - left)
    assert desk.usd("eve") == 0
    assert not of(events, EventKind.LIQUIDATION_STARTED)


def test_an_isolated_wallet_is_borne_for_and_the_flex_wallet_is_not_asked():
    """LIFE-006, LIQD-013."""
    desk = Desk(dated_setup())
    for name in ("bob", "eve"):
        desk.person(name, 100_000)
    desk.index(10_000)
    desk.isolate("eve", 50)
    desk.trade("eve", "bob", lots(1), 10_000)
    flex = desk.usd("eve")
    (borne,) = of(settle(desk, 9_000), EventKind.SHORTFALL_BORNE)
    assert (borne.wallet, borne.amount_atoms) == (2 + PERP, 800 * ATOMS)
    assert (desk.usd("eve"), desk.usd("eve", 2 + PERP)) == (flex, 0)


def test_a_wallet_with_other_positions_goes_down_the_ladder_after():
    """LIFE-006, LIQD-002: the loss is the other position's matter, when all are settled."""
    desk = Desk(dated_setup())
    desk.person("bob", 100_000)
    desk.person("eve", 300)
    desk.index(10_000)
    desk.trade("eve", "bob", lots(1), 10_000)
    desk.trade("eve", "bob", lots(1), 10_000, market_id=SECOND)
    events = settle(desk, 9_000)
    settled = of(events, EventKind.POSITION_SETTLED)
    (started,) = of(events, EventKind.LIQUIDATION_STARTED)
    assert started.market_id == SECOND
    assert started.index > max(e.index for e in settled)
    assert desk.position("eve", SECOND).qty_lots == 0
    assert desk.usd("eve") == 0


def test_a_wallet_kept_from_its_ladder_by_a_halt_ends_well_at_expiry():
    """LIFE-006, PRIC-005: it waited at the foot of the ladder; settled, it lacks nothing."""
    desk = Desk(dated_setup(settle_window_us=MINUTE_US))
    desk.person("bob", 100_000)
    desk.person("eve", 150)
    desk.index(10_000)
    desk.trade("eve", "bob", lots(1), 10_000)
    desk.checking = False
    desk.do(CommandKind.SET_MARKET_STATE, market_id=PERP, value=MarketState.HALTED)
    desk.index(9_000)
    assert desk.equity("eve") < desk.maintenance("eve")
    desk.checking = True
    events = until_expiry(desk)
    assert of(events, EventKind.SHORTFALL_BORNE)[0].account_id == desk.people["eve"]
    assert (desk.usd("eve"), desk.equity("eve")) == (0, 0)
    assert desk.engine.view.markets[PERP].state == MarketState.EXPIRED


def test_what_rounding_leaves_goes_to_the_venue():
    """LIFE-005, LIFE-007: three positions at a price between atoms leave two."""
    desk = Desk(dated_setup())
    for name in ("ann", "bob", "cat"):
        desk.person(name, 100_000)
    desk.index(10_000)
    desk.trade("ann", "bob", 3, 10_000)
    desk.trade("cat", "bob", 4, 10_000)
    price = 10_000 * DOLLAR_SUBTICKS + 333_333
    events = desk.do(CommandKind.SETTLE_MARKET, market_id=PERP, price_subticks=price)
    exact = [3 * 333_333, -7 * 333_333, 4 * 333_333]
    profits = [part // 10**6 for part in exact]
    assert [e.pnl_atoms for e in of(events, EventKind.POSITION_SETTLED)] == profits
    swept = [e for e in of(events, EventKind.TRANSFERRED) if e.reason == Reason.SETTLEMENT_RESIDUE]
    assert [e.amount_atoms for e in swept] == [-sum(profits)] == [2]
    assert clearing(desk) == 0


def test_an_inverse_future_is_settled_in_its_coin():
    """LIFE-001, LIFE-005, LIFE-007: 1,000 contracts from 8,000 to 10,000, rounded down."""
    made = changed(coin_setup(), **{**DATES, "kind": MarketKind.INVERSE_FUTURE})
    desk = Desk(made)
    for name in ("ann", "bob"):
        desk.person(name, coins=1, wallet=COIN)
    desk.index(8_000)
    desk.trade("ann", "bob", 1_000, 16_000)
    desk.index(9_999)
    before = desk.coins("ann", COIN)
    ann, bob = of(until_expiry(desk), EventKind.POSITION_SETTLED)
    worth = 1_000 * ATOMS // 9_999
    assert ann.wallet == COIN
    assert (ann.value_atoms, bob.value_atoms) == (-worth - 1, worth)
    assert desk.coins("ann", COIN) - before == ann.pnl_atoms == 12_500_000 - worth - 1
    assert clearing(desk) == 0


def test_a_perpetual_is_taken_off_at_a_price_and_pays_its_funding_first():
    """LIFE-004, LIFE-009, FUND-006: longs owe half an hour's funding; no more is set after."""
    desk = Desk()
    for name in ("ann", "bob", "cat"):
        desk.person(name, 100_000)
    desk.index(10_000)
    desk.trade("ann", "bob", lots(1), 10_000)
    desk.buy("cat", lots(1), 10_050)
    desk.sell("bob", lots(1), 10_060)
    desk.wait(3 * HOUR_US // 2)
    events = settle(desk, 10_020)
    ann, bob = of(events, EventKind.POSITION_SETTLED)
    assert ann.funding_atoms < 0 < bob.funding_atoms
    assert (ann.pnl_atoms, bob.pnl_atoms) == (20 * ATOMS, -20 * ATOMS)
    market = desk.engine.view.markets[PERP]
    assert (market.state, market.residue_parts, clearing(desk)) == (MarketState.EXPIRED, 0, 0)
    assert (market.funding_rate_e18, market.funding_lot_parts) == (0, 0)
    events = desk.wait(2 * HOUR_US)
    assert {e.market_id for e in of(events, EventKind.FUNDING_SET)} == {SECOND}
    assert {e.market_id for e in of(events, EventKind.MARK_CHANGED)} <= {SECOND}


SETTLE_REFUSALS = [
    (0, 10_000, Reject.UNKNOWN_MARKET),
    (4, 10_000, Reject.UNKNOWN_MARKET),
    (SPOT, 10_000, Reject.NOT_MARGINABLE),
    (SPOT, 0, Reject.NOT_MARGINABLE),
    (PERP, 0, Reject.PRICE_NOT_POSITIVE),
    (PERP, -1, Reject.PRICE_NOT_POSITIVE),
    (PERP, 10**8 + 1, Reject.PRICE_TOO_LARGE),
]


@pytest.mark.parametrize(("market", "dollars", "expected"), SETTLE_REFUSALS)
def test_what_cannot_be_settled_is_refused_by_name(market: int, dollars: int, expected: Reject):
    """LIFE-009: and nothing changes."""
    desk = dated_desk()
    before = desk.engine.digest()
    assert refusal(settle(desk, dollars, market)) == expected
    assert desk.engine.digest() == before


def test_a_price_beyond_counting_is_refused():
    """LIFE-009: 1,000,000 BTC are open; at 10 million dollars each they cannot be counted."""
    desk = Desk(dated_setup(order_max_lots=10**10, position_max_lots=10**10))
    desk.person("ann", 10**9)
    desk.person("bob", 10**9)
    desk.index(1)
    desk.trade("ann", "bob", lots(1_000_000), 1)
    assert refusal(settle(desk, 10**7)) == Reject.PRICE_TOO_LARGE
    assert refusal(settle(desk, 100)) == Reject.NONE
    assert refusal(settle(desk, 100)) == Reject.MARKET_EXPIRED


def test_the_system_accounts_are_left_alone():
    """LIFE-007: what was in the venue's wallet and the pool is what they hold after."""
    desk = dated_desk()
    before = [settlement_atoms(desk.engine.view, wallet_slot(a, 1)) for a in (1, 4, 5)]
    until_expiry(desk)
    assert [settlement_atoms(desk.engine.view, wallet_slot(a, 1)) for a in (1, 4, 5)] == before
    assert desk.engine.view.assets[USD].supply_atoms > 0
