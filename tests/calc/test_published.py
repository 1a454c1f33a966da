"""Worked examples that venues publish, to the last digit."""

from decimal import Decimal

import pytest

from longshore import calc
from longshore.calc import given
from longshore.calc.desk import Desk, money
from longshore.engine.funding import set_rate
from longshore.engine.margin import accrued_atoms, initial_on, maintenance_on
from tests.calc import printed

LONG = calc.Position(symbol="PF_XBTUSD", side="long", qty="1", entry="84000")
INVERSE = calc.Contract(
    kind="inverse",
    lot=1,
    margin_on="mark",
    tiers=(calc.Tier(Decimal(0), Decimal("0.02"), Decimal("0.01")),),
    maker="-0.0001",
    taker="0.0005",
)
QUANTO = calc.Contract(
    kind="quanto",
    lot=1,
    worth="0.000001",
    tick="0.05",
    base="ETH",
    settle="XBT",
    tiers=(calc.Tier(Decimal(0), Decimal("0.02"), Decimal("0.01")),),
)


@pytest.mark.parametrize(
    ("balance", "liquidation", "zero"), [("10000", 74_420, 74_000), ("2000", 82_420, 82_000)]
)
def test_cross_long_in_dollars(balance, liquidation, zero):
    """LIQD-001, LIQD-006: exact, not rounded."""
    found = calc.liquidation_price(position=LONG, wallet=calc.Cross(balance=balance))
    assert (found.price, found.bankruptcy) == (liquidation, zero)
    assert (found.equity, found.maintenance) == (420, 420)
    assert found.distance == round(1 - Decimal(liquidation) / 84_000, 10)


def test_cross_long_with_bitcoin_as_collateral():
    """MRGN-002: the haircut is the rulebook's, the price the position's own mark."""
    wallet = calc.Cross(balance=5_000, collateral={"XBT": "0.2"})
    found = calc.liquidation_price(position=LONG, wallet=wallet)
    assert (round(found.price, 1), round(found.bankruptcy, 1)) == (
        Decimal("66293.8"),
        Decimal("65943.2"),
    )
    no_haircut = {"XBT": calc.Coin(quantity="0.2", price=84_000, haircut=0)}
    found = calc.liquidation_price(
        position=LONG, wallet=calc.Cross(balance=5_000, collateral=no_haircut)
    )
    assert round(found.price, 7) == round(Decimal(79_420) / Decimal("1.2"), 7)


def test_inverse_long_by_hand():
    """CONT-002, CONT-006: margin on the value at mark; an atom is worth 0.0006 USD of price."""
    held = calc.Position(symbol=INVERSE, side="long", qty=1_000, entry=8_000)
    found = calc.liquidation_price(position=held, wallet=calc.Cross(balance="0.01"))
    assert found.unit == "XBT"
    assert round(found.price, 2) == Decimal("7481.48")
    assert round(found.bankruptcy, 1) == Decimal("7407.4")


def test_margin_by_slice_of_the_published_schedule():
    """MRGN-001: 1.68 million: 23,600 and 11,800; one bitcoin 840 and 420."""
    large = calc.margin(symbol="PF_XBTUSD", qty=20, price=84_000)
    assert (large.initial, large.maintenance, large.tier) == (23_600, 11_800, 2)
    assert large.maintenance == large.notional * large.maintenance_rate - large.deduction
    small = calc.margin(symbol="PF_XBTUSD", qty=1, price=84_000)
    assert (small.initial, small.maintenance, small.deduction) == (840, 420, 0)


def test_margin_of_the_whole_by_hand():
    """MRGN-001: the same schedule on the whole position: 33,600 and 16,800."""
    tiers = calc.levels("PF_XBTUSD")
    contract = calc.Contract(lot="0.0001", tiers=tiers, tier_method="whole")
    found = calc.margin(symbol=contract, qty=20, price=84_000)
    assert (found.initial, found.maintenance, found.deduction) == (33_600, 16_800, 0)


def test_isolated_margin_is_what_the_leverage_or_the_tier_asks():
    """MRGN-007: at 100x two million need more than a hundredth."""
    found = calc.margin(symbol="PF_XBTUSD", qty=20, price=100_000, leverage=100)
    assert found.initial == 30_000
    found = calc.margin(symbol="PF_XBTUSD", qty=20, price=100_000, leverage="12.5")
    assert found.initial == 160_000


def test_collateral_of_the_published_account():
    """MRGN-002: 5,000 dollars and 0.2 bitcoin at 84,000."""
    coins = {"USD": 5_000, "XBT": calc.Coin(quantity="0.2", price=84_000)}
    found = calc.collateral_value(collateral=coins)
    assert (found.value, found.collateral) == (21_800, 21_632)
    assert [line.value for line in found.why] == [5_000, 16_632, 21_632]


def test_profit_of_all_kinds_of_contracts():
    """CONT-001, CONT-002, MRGN-010."""
    assert calc.pnl(position=LONG, price=83_000).realised == -1_000
    inverse = calc.Position(symbol=INVERSE, side="long", qty=1_000, entry=8_000)
    gained = calc.pnl(position=inverse, price=10_000)
    assert (gained.unit, gained.realised, gained.share) == ("XBT", Decimal("0.025"), Decimal("0.2"))
    quanto = calc.Position(symbol=QUANTO, side="long", qty=30, entry=3_000)
    gained = calc.pnl(position=quanto, price=3_100)
    assert (gained.unit, gained.realised) == ("XBT", Decimal("0.003"))


def test_fees_by_volume():
    """FEES-001, FEES-002: the recorded fill, a tier's bound, a rebate of 0.01 % rounded down."""
    assert calc.fee(symbol="PF_ETHUSD", qty="0.001", price=3_162).fee == Decimal("0.001581")
    below = calc.fee(symbol="PF_XBTUSD", qty=1, price=60_000, volume="4999999.99999999")
    at = calc.fee(symbol="PF_XBTUSD", qty=1, price=60_000, volume=5_000_000)
    assert (below.rate, below.fee, at.rate, at.fee) == (
        Decimal("0.0005"), 30, Decimal("0.00045"), 27,
    )  # fmt: skip
    rebate = calc.fee(symbol=INVERSE, qty=1_000, price=8_001, liquidity="maker")
    assert (rebate.value, rebate.fee) == (Decimal("0.12498437"), Decimal("-0.00001249"))


@pytest.mark.parametrize("side", ["long", "short"])
@pytest.mark.parametrize("symbol", ["PF_XBTUSD", INVERSE])
def test_breaking_even_leaves_nothing_lost_and_a_sub_tick_before_it_does(side, symbol):
    """FEES-001, FUND-006."""
    qty, paid = (2, Decimal(3)) if symbol == "PF_XBTUSD" else (10_000, Decimal("0.0001"))
    held = calc.Position(symbol=symbol, side=side, qty=qty, entry=60_000)
    found = calc.breakeven(position=held, funding_paid=paid)

    def left(price):
        fees = [calc.fee(symbol=symbol, qty=qty, price=p).fee for p in (60_000, price)]
        return calc.pnl(position=held, price=price).realised - sum(fees) - paid

    worse = Decimal("-1e-10") if side == "long" else Decimal("1e-10")
    assert left(found.price) >= 0 > left(found.price + worse)
    assert left(found.order_price) >= 0
    formula = printed.break_even(2 if side == "long" else -2, 60_000, "0.0005", "0.0005", 3)
    if symbol == "PF_XBTUSD":
        assert abs(found.price - formula) < Decimal("1e-7")


def test_funding_is_rounded_in_every_interval():
    """FUND-004 to FUND-007: a third of an atom is a whole one to who pays, nothing to who gets."""
    held = calc.Position(symbol="PF_XBTUSD", side="long", qty=2, entry=84_000)
    paid = calc.funding_payment(position=held, rate="0.00001875", index=84_000, hours="2.5")
    assert (paid.an_interval, paid.intervals, paid.payment) == (Decimal("-3.15"), 2, -7.875)
    tiny = calc.Position(symbol="PF_XBTUSD", side="long", qty="0.0001", entry=84_000)
    third = "0.0000000003968254"
    assert calc.funding_payment(
        position=tiny, rate=third, index=84_000, hours=3
    ).payment == Decimal("-0.00000003")
    short = calc.Position(symbol="PF_XBTUSD", side="short", qty="0.0001", entry=84_000)
    assert calc.funding_payment(position=short, rate=third, index=84_000, hours=3).payment == 0


@pytest.mark.parametrize("side", ["long", "short"])
@pytest.mark.parametrize("samples", [-7_123_456_789_013, 12_345_678_901_234, 10**15])
def test_an_intervals_funding_is_what_the_engine_sets_and_accrues(side, samples):
    """FUND-002, FUND-004, FUND-007: at the rate the engine makes of a premium."""
    held = calc.Position(symbol="PF_XBTUSD", side=side, qty="7.7777", entry=84_000)
    desk = Desk("kraken", ["PF_XBTUSD"])
    market, row = desk.market("PF_XBTUSD"), desk.open(desk.account(), held)
    desk.stand(held)
    market.premium_whole, market.premium_rest_e15 = divmod(samples, 10**15)
    market.premium_weights = 1
    set_rate(desk.state, market)
    desk.state.time_us = market.funding_interval_us // 3
    rate = Decimal(market.funding_rate_e18).scaleb(-18)
    found = calc.funding_payment(position=held, rate=rate, index=84_000, hours=Decimal(1) / 3)
    assert found.payment == money(accrued_atoms(desk.state, market, row)) != 0


def test_the_queue_of_unwinding_is_by_profit_and_leverage_then_by_loss():
    """LIQD-009: isolated at 10x ranks above 2x; who has lost comes last, the smaller loss first."""

    def holder(name, entry, **more):
        leverage = more.pop("leverage", None)
        position = calc.Position(
            symbol="PF_XBTUSD", side="short", qty=1, entry=entry, leverage=leverage
        )
        return calc.Holder(name=name, position=position, **more)

    queue = calc.adl_rank(
        holders=[
            holder("lost more", 70_000, balance=50_000),
            holder("calm", 84_000, leverage=2),
            holder("lost", 79_000, balance=50_000),
            holder("bold", 84_000, leverage=10),
            holder("as calm", 84_000, leverage=2),
        ],
        mark=80_000,
    )
    assert [each.name for each in queue] == ["bold", "calm", "as calm", "lost", "lost more"]
    profit = Decimal(4_000) / 84_000
    assert abs(queue[0].score - profit * 84_000 / 12_400) < Decimal("0.00001")
    assert queue[3].score == round(Decimal(-1_000) / 79_000 - Decimal("5e-7"), 6)


def test_every_answer_says_why_with_articles():
    found = calc.liquidation_price(position=LONG, wallet=calc.Cross(balance=2_000))
    assert [line.article for line in found.why] == [
        "MRGN-002", "MRGN-002", "MRGN-001", "LIQD-001", "LIQD-006",
    ]  # fmt: skip
    assert all(isinstance(line, given.Why) and line.formula for line in found.why)


def test_both_legs_of_hedge_mode_by_the_printed_formula():
    """MODE-006, LIQD-001: BN4's terms of both legs, the long one of 914,000 in the third bracket.

    (WB + cum_L + cum_S - L x EP_L + S x EP_S) / (L x mmr_L + S x mmr_S - L + S)
    """
    long = calc.Position(symbol="BTCUSDT", side="long", qty=40, entry=30_000, mark=31_000)
    short = calc.Position(symbol="BTCUSDT", side="short", qty=10, entry=32_000, mark=31_000)
    top = 200_000 + 950 + 50 - 40 * 30_000 + 10 * 32_000
    printed = top / (40 * Decimal("0.0065") + 10 * Decimal("0.005") - 40 + 10)
    for asked, other in ((long, short), (short, long)):
        wallet = calc.Cross(balance=200_000, others=[other])
        found = calc.liquidation_price(position=asked, wallet=wallet, rulebook="binance_usdm")
        assert abs(found.price - printed) < Decimal("0.0001")
    alone = calc.liquidation_price(
        position=long, wallet=calc.Cross(balance=200_000), rulebook="binance_usdm"
    )
    assert alone.price > found.price


def test_two_legs_only_where_the_rulebook_has_them():
    """MODE-004, MODE-006"""
    short = calc.Position(symbol="PF_XBTUSD", side="short", qty="1", entry="84000")
    with pytest.raises(ValueError, match="are one position"):
        calc.liquidation_price(position=LONG, wallet=calc.Cross(balance=5_000, others=[short]))
    isolated = calc.Position(symbol=INVERSE, side="short", qty=1_000, entry=8_000, leverage=5)
    held = calc.Position(symbol=INVERSE, side="long", qty=1_000, entry=8_000)
    with pytest.raises(ValueError, match="margined cross"):
        calc.liquidation_price(position=held, wallet=calc.Cross(balance="0.01", others=[isolated]))


def test_cross_leverage_of_binance_and_okx():
    """MODE-001: notional / leverage where the tiers ask less; maintenance does not know it."""
    for rulebook, symbol in (("binance_usdm", "BTCUSDT"), ("okx_swap", "BTC-USDT-SWAP")):
        desk = Desk(rulebook, [symbol])
        account_id = desk.account()
        position = calc.Position(symbol=symbol, side="long", qty=1, entry=40_000)
        row = desk.open(account_id, position)
        desk.stand(position)
        before = initial_on(desk.state, desk.market(symbol), row)
        kept = maintenance_on(desk.state, desk.market(symbol), row)
        row.leverage_ppm = 10_000_000
        assert money(initial_on(desk.state, desk.market(symbol), row)) == 4_000
        assert maintenance_on(desk.state, desk.market(symbol), row) == kept
        row.leverage_ppm = 125_000_000
        assert initial_on(desk.state, desk.market(symbol), row) == max(before, 320 * 10**8)
