"""Questions that cannot be answered are refused by name and reason."""

from decimal import Decimal

import pytest

from longshore import calc

TIER = calc.Tier(Decimal(0), Decimal("0.02"), Decimal("0.01"))


def held(**changed):
    fields = {"symbol": "PF_XBTUSD", "side": "long", "qty": "1", "entry": "60000", "leverage": 10}
    return calc.Position(**{**fields, **changed})


def cross(**fields):
    return calc.liquidation_price(position=held(leverage=None), wallet=calc.Cross(**fields))


POSITIONS = {
    "leverage of nothing": ({"leverage": 0}, "leverage must be above zero"),
    "leverage below one": ({"leverage": "0.5"}, "leverage 0.5 is refused: at least 1"),
    "leverage above the tier": ({"leverage": 101}, "leverage 101 is above the lowest tier's 100"),
    "leverage too fine": ({"leverage": "1.0000001"}, "leverage: .* more than 6 digits"),
    "no size": ({"qty": 0}, "qty must be above zero, not 0"),
    "size with a sign": ({"qty": "-1"}, "qty must be above zero, not -1"),
    "size off the lot": ({"qty": "0.00005"}, "qty 0.00005 is no multiple of the lot 0.0001"),
    "size beyond the largest": ({"qty": 1201}, "qty 1201 is above the largest position, 1200"),
    "no number": ({"qty": "many"}, "qty: 'many' is no number"),
    "not a number": ({"entry": "NaN"}, "entry: NaN is no number to count with"),
    "without end": ({"entry": "Infinity"}, "entry: Infinity is no number to count with"),
    "price of nothing": ({"entry": 0}, "entry must be above zero"),
    "price too fine": ({"entry": "1.00000000001"}, "entry: .* more than 10 digits"),
    "price too high": ({"entry": "1e9"}, "entry: .* more than a rule counts with"),
    "side": ({"side": "up"}, "side is one of long, short, not 'up'"),
    "unknown symbol": ({"symbol": "PF_PEPEUSD"}, "no perpetual 'PF_PEPEUSD' in kraken; there are"),
    "spot": ({"symbol": "XBT/USD"}, "no perpetual 'XBT/USD' in kraken"),
    "neither margin": ({"leverage": None}, "give a leverage .* or a wallet"),
    "mark far from index": ({"mark": 0}, "mark must be above zero"),
}


@pytest.mark.parametrize(("changed", "words"), POSITIONS.values(), ids=POSITIONS.keys())
def test_positions(changed, words):
    with pytest.raises(ValueError, match=words):
        calc.liquidation_price(position=held(**changed))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"balance": -1}, "balance of USD: -1 is refused: amount not positive"),
        ({"balance": "1e11"}, "balance of USD: .* more than a rule counts with"),
        ({"balance": 1, "collateral": {"ETH": 1}}, "ETH needs an index price"),
        ({"balance": 1, "collateral": {"PEPE": 1}}, "no asset 'PEPE' in kraken"),
        (
            {"balance": 1, "collateral": {"XBT": calc.Coin(quantity=1, haircut="1.1")}},
            "haircut of XBT is a fraction from 0 to 1",
        ),
        (
            {"balance": 1, "collateral": {"XBT": calc.Coin(quantity=1, price=50_000)}},
            "mark 60000 is further from the index 50000 than the rulebook lets it be",
        ),
        ({"balance": 1, "others": [held(leverage=None)]}, "two positions in PF_XBTUSD"),
    ],
)
def test_wallets(fields, words):
    with pytest.raises(ValueError, match=words):
        cross(**fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tiers": ()}, "margin tiers begin at 0"),
        ({"tiers": (TIER._replace(from_usd=Decimal(1)),)}, "margin tiers begin at 0"),
        ({"tiers": (TIER, TIER)}, "margin tiers begin at 0 and ascend"),
        ({"tick": "1e-11"}, "tick: .* more than 10 digits"),
        ({"tiers": (TIER._replace(initial=Decimal(2)),)}, "initial rate: 2 is more than"),
        ({"kind": "option"}, "kind is one of linear, inverse, quanto"),
        ({"kind": "quanto"}, "says which asset it settles in"),
        ({"lot": 0}, "lot must be above zero"),
        ({"lot": "1e-11"}, "finer than a rule counts with"),
        ({"worth": -1}, "worth must be above zero"),
        ({"tier_method": "whole", "margin_on": "mark"}, "margin would jump as the mark moves"),
    ],
)
def test_contracts_by_hand(fields, words):
    contract = calc.Contract(**{"lot": 1, "tiers": (TIER,), **fields})
    with pytest.raises(ValueError, match=words):
        calc.liquidation_price(position=held(symbol=contract))


def test_more_assets_than_the_engine_counts():
    """The rulebook has five of seven."""
    two = calc.Contract(lot=1, tiers=(TIER,), base="A", settle="B", kind="quanto")
    assert calc.liquidation_price(position=held(symbol=two)).unit == "B"
    third = held(symbol=calc.Contract(lot=1, tiers=(TIER,), base="C"), leverage=None)
    with pytest.raises(ValueError, match="C is one asset more than the engine counts"):
        calc.liquidation_price(
            position=held(symbol=two, leverage=None),
            wallet=calc.Cross(balance=1, others=[third]),
        )


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: calc.margin(symbol="PF_XBTUSD", qty=0, price=1), "qty must be above zero"),
        (lambda: calc.fee(symbol="PF_XBTUSD", qty=1, price=1, volume=-1), "volume is from 0"),
        (lambda: calc.fee(symbol="PF_XBTUSD", qty=1, price=1, liquidity="x"), "liquidity is"),
        (lambda: calc.pnl(position=held(), price=0), "price must be above zero"),
        (lambda: calc.breakeven(position=held(), funding_paid="x"), "funding_paid: 'x' is no"),
        (
            lambda: calc.funding_payment(position=held(), rate="0.006", index=60_000),
            "rate 0.006 is beyond the rulebook's cap of 0.005",
        ),
        (lambda: calc.funding_payment(position=held(), rate=0, index=1, hours=0), "hours must be"),
        (lambda: calc.collateral_value(collateral={"XBT": 1}), "XBT needs an index price"),
        (lambda: calc.margin(symbol="X", qty=1, price=1, rulebook="atlantis"), "no rulebook"),
        (
            lambda: calc.adl_rank(
                holders=[calc.Holder(name="a", position=held(), balance=1)], mark=1
            ),
            "give a a leverage",
        ),
        (
            lambda: calc.adl_rank(
                holders=[
                    calc.Holder(name="a", position=held()),
                    calc.Holder(name="b", position=held(side="short")),
                ],
                mark=60_000,
            ),
            "all long or all short",
        ),
    ],
)
def test_the_other_questions(ask, words):
    with pytest.raises(ValueError, match=words):
        ask()


@pytest.mark.parametrize("field", ["qty", "entry", "leverage", "mark"])
def test_floats_are_refused_by_name(field):
    with pytest.raises(TypeError, match=f"{field}: 10.5 is a float"):
        calc.liquidation_price(position=held(**{field: 10.5}))


def test_what_no_price_can_close_says_so_and_names_none():
    """LIQD-001: never a price of zero or below."""
    found = cross(balance=60_301)
    assert (found.price, found.distance) == (None, None)
    assert found.sentence.startswith("Price alone cannot close this position")
    hedged = cross(balance=1_000, collateral={"XBT": calc.Coin(quantity=1, haircut=1)})
    assert hedged.price == 59_300
    short = calc.Position(symbol="PF_XBTUSD", side="short", qty="0.5", entry="60000")
    coins = calc.Cross(balance=1_000, collateral={"XBT": 1})
    assert calc.liquidation_price(position=short, wallet=coins).price is None


def test_a_wallet_that_is_below_margin_already_says_so():
    found = cross(balance=100)
    assert (found.price, found.distance) == (60_000, 0)
    assert "already at the mark of 60000" in found.sentence


def test_no_price_breaks_even_on_more_funding_than_a_short_can_earn():
    short = held(side="short", leverage=None)
    found = calc.breakeven(position=short, funding_paid=60_001)
    assert (found.price, found.order_price, found.fees) == (None, None, None)


def test_what_would_break_even_below_the_tick_can_not_be_ordered():
    found = calc.breakeven(position=held(side="short", leverage=None), funding_paid="59969.7")
    assert 0 < found.price < 1
    assert found.order_price is None
