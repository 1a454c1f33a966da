"""Article 08: contracts that settle in coins."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from longshore.engine.codes import MarginBasis, MarketKind, Reason, Reject, System, TierUnit
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.insurance import bear_shortfall
from longshore.engine.lifecycle import Setup
from longshore.engine.margin import free_atoms, initial_with_orders_atoms
from longshore.engine.rows import Asset, Market, Tier
from longshore.engine.state import balance_slot, wallet_slot
from longshore.engine.value import lots_worth_too_much, value_at, value_atoms
from tests.engine.desk import (
    ATOMS,
    BTC,
    FLEX,
    PERP,
    USD,
    Desk,
    of,
    perp,
    refusal,
    setup,
)

COIN = 18 + BTC
QUANTO, ETH = 2, 3
PARTS = 10**12


def inverse() -> Market:
    """One dollar a contract, settled in BTC; tick 0.5 USD; 2 % / 1 %, 4 % / 2 % above 10,000."""
    row = perp(PERP)
    row.kind, row.settle_asset_id = MarketKind.INVERSE_PERPETUAL, BTC
    row.tick_subticks, row.atoms_per_tick_lot, row.value_divisor = 5 * 10**9, 0, 0
    row.inverse_factor, row.atom_parts = 10**18, PARTS
    row.margin_basis, row.tier_unit = MarginBasis.MARK, TierUnit.LOTS
    row.tier_first, row.impact_lots = 3, 100
    return row


def quanto() -> Market:
    """On ETH in dollars, 100 satoshi a dollar; tick 0.05 USD."""
    row = perp(QUANTO)
    row.base_asset_id, row.settle_asset_id = ETH, BTC
    row.tick_subticks, row.atoms_per_tick_lot, row.value_divisor = 5 * 10**8, 5, 10**8
    row.tier_first, row.tier_count = 5, 1
    return row


def coin_setup(partial_ppm: int = 100_000) -> Setup:
    """The desk's venue with contracts settled in BTC."""
    made = replace(setup(), markets=[inverse(), quanto()])
    made.assets.append(Asset(asset_id=ETH, conversion_rank=2, value_divisor=10**10))
    made.markets[0].partial_ppm = partial_ppm
    made.tiers += [
        Tier(from_size=0, initial_ppm=20_000, maintenance_ppm=10_000),
        Tier(from_size=10_000, initial_ppm=40_000, maintenance_ppm=20_000),
        Tier(from_size=0, initial_ppm=20_000, maintenance_ppm=10_000),
    ]
    return made


def coin_desk(eve_coins: float = 0.01, price: float = 8_000) -> Desk:
    """Bob has plenty of coins in the coin wallet, Eve a few."""
    desk = Desk(coin_setup())
    for name, coins in (("bob", 100), ("cat", 100), ("eve", eve_coins)):
        desk.person(name, coins=coins, wallet=COIN)
    desk.index(price)
    return desk


def coins(desk: Desk, name: str) -> int:
    return desk.coins(name, COIN)


def test_a_linear_contract_is_worth_price_times_size_and_a_quanto_one_pays_in_a_third_asset():
    """CONT-001: 30 contracts from 3,000 to 3,100 at 100 satoshi a dollar: 300,000 satoshi."""
    market = quanto()
    assert value_atoms(market, 60_000, 30) == 60_000 * 30 * 5 == 3_000 * 30 * 100
    assert value_at(market, 3_000 * 10**10, -30) == -3_000 * 30 * 100
    desk = coin_desk(eve_coins=1)
    desk.do(
        CommandKind.PUBLISH_INDEX, asset_id=ETH, price_subticks=3_000 * 10**10, sources=1
    )  # fmt: skip
    desk.trade("eve", "bob", 30, 60_000, market_id=QUANTO)
    fee = ATOMS - coins(desk, "eve")
    assert fee == 3_000 * 30 * 100 * 5 // 10_000
    desk.do(CommandKind.PUBLISH_INDEX, asset_id=ETH, price_subticks=3_100 * 10**10, sources=1)
    assert desk.equity("eve", COIN) == ATOMS - fee + 300_000
    assert desk.usd("eve") == 0


def test_an_inverse_contract_pays_the_difference_of_two_reciprocals():
    """CONT-002: 1,000 contracts from 8,000 to 10,000; values are rounded down once for both."""
    market = inverse()
    assert value_atoms(market, 16_001, 1_000) == int(Fraction(1_000 * ATOMS * 2, 16_001))
    assert value_at(market, 8_000 * 10**10, 1_000) == -1_000 * ATOMS // 8_000
    assert value_at(market, 7_001 * 10**10, 1_000) == -(1_000 * ATOMS // 7_001) - 1
    assert value_at(market, 7_001 * 10**10, -1_000) == 1_000 * ATOMS // 7_001
    desk = coin_desk(eve_coins=1)
    desk.trade("eve", "bob", 1_000, 16_000)
    entry = 1_000 * ATOMS // 8_000
    assert desk.position("eve").entry_value_atoms == -entry
    assert desk.position("bob").entry_value_atoms == entry
    before = coins(desk, "eve")
    desk.index(10_000)
    assert desk.equity("eve", COIN) - before == entry - 1_000 * ATOMS // 10_000 == 2_500_000
    (sold, *_) = of(desk.sell("eve", 400, 20_000), EventKind.ORDER_PLACED)
    assert sold.open_lots == 400
    (taken, _) = of(desk.buy("cat", 400, 20_000), EventKind.TRADED)
    assert taken.value_atoms == -(400 * ATOMS // 10_000)
    assert desk.position("eve").realised_atoms == 400 * ATOMS // 8_000 - 400 * ATOMS // 10_000


def test_turning_an_inverse_position_closes_it_and_opens_the_rest():
    """CONT-002, MRGN-011: the value of the fill is shared between what it closes and opens."""
    desk = coin_desk(eve_coins=1)
    desk.trade("eve", "bob", 1_000, 16_000)
    desk.index(10_000)
    desk.trade("cat", "eve", 1_500, 20_000)
    position = desk.position("eve")
    assert (position.qty_lots, position.entry_value_atoms) == (-500, 500 * ATOMS // 10_000)
    assert coins(desk, "eve") > ATOMS + 2_000_000


def test_sums_of_resting_inverse_orders_leave_as_they_came():
    """CONT-002, MRGN-003: rounding never stays behind in what is kept for orders."""
    desk = coin_desk(eve_coins=1, price=7_001)
    desk.sell("eve", 1_000, 14_003)
    for part in (1, 7, 333):
        desk.buy("bob", part, 14_003)
    position = desk.position("eve")
    assert position.sell_value_atoms == value_atoms(inverse(), 14_003, 1_000 - 341)
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["eve"])
    assert (position.sell_lots, position.sell_value_atoms) == (0, 0)


def test_a_coin_wallet_holds_its_coin_alone_and_counts_in_it():
    """CONT-003: deposits, transfers, fees, refusals; the flex wallet is left alone."""
    desk = coin_desk(eve_coins=1)
    desk.deposit("eve", 1_000, USD)
    assert refusal(desk.deposit("eve", 5, USD, COIN)) == Reject.NOT_MARGINABLE
    assert refusal(desk.deposit("eve", 5, ETH, 18 + ETH)) == Reject.UNKNOWN_WALLET
    desk.trade("eve", "bob", 1_000, 16_000)
    value = 1_000 * ATOMS // 8_000
    assert coins(desk, "eve") == ATOMS - -(-value * 500 // 10**6)
    assert desk.usd("eve") == 1_000 * ATOMS
    wallet = desk.wallet("eve", COIN)
    needed = initial_with_orders_atoms(desk.engine.view, wallet)
    assert needed == value * 2 // 100
    free = free_atoms(desk.engine.view, wallet, BTC)
    assert free == desk.equity("eve", COIN) - needed
    assert free_atoms(desk.engine.view, wallet, USD) == 0
    move = {"account_id": desk.people["eve"], "asset_id": BTC, "from_wallet": COIN}
    over = desk.do(CommandKind.TRANSFER, to_wallet=0, amount_atoms=free + 1, **move)
    assert refusal(over) == Reject.INSUFFICIENT_FUNDS
    assert refusal(desk.do(CommandKind.TRANSFER, to_wallet=0, amount_atoms=free, **move)) == 0
    assert desk.coins("eve", 0) == free


def test_volume_in_coins_counts_at_the_index():
    """CONT-003, FEES-002: 1,000 contracts are 1,000 dollars of volume."""
    desk = coin_desk(eve_coins=1)
    desk.trade("eve", "bob", 1_000, 16_000)
    account = desk.engine.view.accounts[desk.people["eve"]]
    assert account.derivatives_volume_atoms == 1_000 * ATOMS


def test_tiers_in_contracts_take_their_part_of_the_notional():
    """CONT-004: 15,000 contracts: 2 % of two thirds of the value, 4 % of the rest."""
    desk = coin_desk(eve_coins=1)
    desk.buy("eve", 15_000, 16_000)
    value = 15_000 * ATOMS // 8_000
    needed = initial_with_orders_atoms(desk.engine.view, desk.wallet("eve", COIN))
    assert needed == value * 2 // 3 * 2 // 100 + value // 3 * 4 // 100


def test_inverse_funding_is_a_share_of_the_value_at_the_index():
    """CONT-005: 0.002 % an hour at 84,000: 2.38e-10 BTC a contract, 2.38e-5 for 100,000."""
    desk = coin_desk(eve_coins=10, price=84_000)
    desk.trade("eve", "bob", 100_000, 168_000)
    market = desk.engine.view.markets[PERP]
    desk.wait(market.funding_next_us - desk.time_us - 1)
    market.premium_whole, market.premium_rest_e15 = 0, 2 * 8 * 20_000_000_000
    market.premium_count = market.premium_weights = 1  # one sample is due
    desk.wait(1)
    assert market.funding_rate_e18 == 20_000_000_000_000
    lot = 10**18 * PARTS // (84_000 * 10**10)
    assert market.funding_lot_parts == lot * market.funding_rate_e18 // 10**18
    desk.wait(3_600 * 10**6)
    (eve, bob) = of(desk.events, EventKind.FUNDING_PAID)[-2:]
    assert {eve.funding_atoms, bob.funding_atoms} == {-2_381, 2_380}
    assert round(2.38e-5 * ATOMS) == 2_380


def test_an_inverse_long_is_liquidated_at_the_published_prices():
    """CONT-006, LIQD-006: below 7,481.48; closed at 7,407.5, the tick above zero equity."""
    desk = coin_desk(eve_coins=0.01 + 0.0000625)
    desk.trade("eve", "bob", 1_000, 16_000)
    assert coins(desk, "eve") == ATOMS // 100
    desk.index(7_481.5)
    assert not of(desk.events, EventKind.LIQUIDATION_STARTED)
    events = desk.index(7_481)
    (started,) = of(events, EventKind.LIQUIDATION_STARTED)
    assert started.wallet == COIN
    full = [e for e in of(events, EventKind.LIQUIDATION_STEP) if e.type == 3]
    assert full[0].price_ticks == 14_815
    assert desk.position("eve").qty_lots == 0
    assert desk.equity("eve", COIN) >= 0


def test_an_inverse_short_with_much_money_has_no_price_of_zero_equity():
    """CONT-006: a short of 1,000 is worth 0.125 coins; with more it survives any price."""
    desk = coin_desk(eve_coins=1)
    desk.trade("bob", "eve", 1_000, 16_000)
    desk.index(1_000_000)
    assert not of(desk.events, EventKind.LIQUIDATION_STARTED)
    assert desk.equity("eve", COIN) > 80_000_000


def test_what_a_bankrupt_coin_wallet_lacks_is_paid_in_coins():
    """CONT-003, LIQD-011."""
    desk = coin_desk()
    desk.do(
        CommandKind.DEPOSIT, account_id=System.POOL, asset_id=BTC, to_wallet=FLEX,
        amount_atoms=ATOMS,
    )  # fmt: skip
    state, wallet = desk.engine.view, desk.wallet("eve", COIN)
    state.balances[balance_slot(wallet, BTC)].amount_atoms -= 3 * ATOMS // 2
    bear_shortfall(state, wallet)
    assert desk.equity("eve", COIN) == 0
    pool = wallet_slot(System.POOL, FLEX)
    assert state.balances[balance_slot(pool, BTC)].amount_atoms == 0
    venue = wallet_slot(System.VENUE, FLEX)
    assert state.balances[balance_slot(venue, BTC)].amount_atoms == -49_000_000


def test_an_isolated_inverse_position_is_funded_from_the_coin_wallet():
    """CONT-003, MRGN-007."""
    desk = coin_desk(eve_coins=1)
    desk.isolate("eve", 10)
    desk.trade("eve", "bob", 1_000, 16_000)
    value = 1_000 * ATOMS // 8_000
    assert desk.position("eve").margin_atoms == value // 10
    assert desk.coins("eve", 2 + PERP) == value // 10
    moved = [
        e for e in of(desk.events, EventKind.TRANSFERRED) if e.reason == Reason.ISOLATED_MARGIN
    ]
    assert {e.asset_id for e in moved} == {BTC}
    desk.trade("cat", "eve", 1_000, 16_000)
    assert desk.coins("eve", 2 + PERP) == 0


def test_a_price_that_would_make_what_is_open_worth_too_much_is_refused():
    """CONT-002, PRIC-001: an inverse contract grows without end as its price falls."""
    desk = coin_desk(eve_coins=1)
    desk.trade("eve", "bob", 1_000, 16_000)
    assert lots_worth_too_much(inverse(), 1_000, 10)
    low = desk.do(CommandKind.PUBLISH_INDEX, asset_id=BTC, price_subticks=10, sources=1)
    assert refusal(low) == Reject.PRICE_TOO_LARGE
    nothing_open = Desk(coin_setup())
    for dollars, expected in ((30, Reject.NONE), (20, Reject.PRICE_TOO_LARGE)):
        assert refusal(nothing_open.index(dollars)) == expected  # one lot's funding must fit
