"""Rulebooks with inverse, quanto and dated contracts: their rows are exact, their faults named."""

from __future__ import annotations

from decimal import Decimal
from importlib import resources

import pytest

from longshore import calc, rulebooks
from longshore.engine.codes import MarketKind
from longshore.engine.engine import Engine
from longshore.engine.value import value_at, value_atoms
from tests.rulebooks.test_check import found

TEXT = (
    resources.files("longshore.rulebooks")
    .joinpath("kraken_inverse_2026_09.toml")
    .read_text("utf-8")
)
PERPETUAL, FUTURE = "perpetuals.PI_XBTUSD", "futures.FI_XBTUSD_261225"
INVERSE = 'kind = { value = "inverse", source = "S7", date = 2026-09-25 }'
QUANTO = 'settle = "ETH"\nkind = { value = "quanto", verified = false, note = "a test" }'


def edited(old: str, new: str) -> str:
    """The inverse rulebook with one thing changed."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_an_inverse_contract_is_a_dollar_in_coins() -> None:
    """CONT-002, CONT-003: 84,000 contracts at 84,000 are a coin; a long's counts below zero."""
    row = rulebooks.load("kraken_inverse").setup().markets[0]
    assert (row.kind, row.settle_asset_id) == (MarketKind.INVERSE_PERPETUAL, 2)
    assert value_atoms(row, 168_000, 84_000) == 10**8
    assert value_at(row, 84_000 * 10**10, 84_000) == -(10**8)
    assert row.atom_parts * row.inverse_factor == 10**27


def test_a_dated_future_has_its_calendar_and_no_funding() -> None:
    """LIFE-001, LIFE-002: until 16:00 UTC on 25 December 2026, over half an hour of minutes."""
    row = rulebooks.load("kraken_inverse").setup().markets[2]
    assert row.kind == MarketKind.INVERSE_FUTURE
    assert row.expiry_us == 1_798_214_400 * 10**6
    assert (row.settle_window_us, row.settle_sample_us) == (1_800 * 10**6, 60 * 10**6)
    assert (row.funding_interval_us, row.settle_fee_ppm) == (0, 500)
    Engine(rulebooks.load("kraken_inverse").setup(), mode="plain")


def test_krakens_linear_future_is_a_perpetual_that_ends() -> None:
    """LIFE-001, LIFE-002, S5: half an hour of seconds before 08:00 UTC, in dollars."""
    row = rulebooks.load("kraken").setup().markets[7]
    assert (row.kind, row.settle_asset_id, row.funding_interval_us) == (4, 1, 0)
    assert row.expiry_us // 10**6 % 86_400 == 8 * 3_600
    assert row.settle_window_us // row.settle_sample_us == 1_800


def test_a_quanto_contract_pays_a_coin_for_each_dollar() -> None:
    """CONT-001: a millionth of an ether for each dollar: 100 gain 0.001 in ten dollars."""
    text = edited(INVERSE, QUANTO).replace(WORTH, WORTH.replace("1,", "0.000001,"), 1)
    row = rulebooks.parse(text).setup().markets[0]
    assert (row.kind, row.settle_asset_id, row.inverse_factor) == (2, 3, 0)
    gained = value_at(row, 84_010 * 10**10, 100) - value_at(row, 84_000 * 10**10, 100)
    assert gained == 10**5
    assert 10**18 // row.atom_parts * row.value_divisor <= 10**18


def test_a_multiplier_makes_a_contract_of_part_of_a_coin() -> None:
    """CONT-001: 0.01 coins a contract."""
    linear = 'kind = { value = "linear", verified = false, note = "a test" }'
    text = edited(INVERSE, linear).replace(WORTH, WORTH.replace("1,", "0.01,"), 1)
    row = rulebooks.parse(text).setup().markets[0]
    assert value_at(row, 84_000 * 10**10, 3) == 2_520 * 10**8
    assert row.settle_asset_id == 1


WORTH, SAMPLE = "contract_value = { value = 1,", "settle_sample_s = { value = 60,"
QUANTO_AT_HOME = QUANTO.replace('settle = "ETH"\n', "")


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        (INVERSE, INVERSE.replace("inve", "obve"), f"{PERPETUAL}.kind.value", "inverse, quanto"),
        (INVERSE, f'settle = "ETH"\n{INVERSE}', f"{PERPETUAL}.settle", "settles in its base, XBT"),
        (INVERSE, f'settle = "BCH"\n{INVERSE}', f"{PERPETUAL}.settle", "unknown asset BCH; there"),
        (INVERSE, QUANTO_AT_HOME, f"{PERPETUAL}.settle", "names the coin"),
        (INVERSE, QUANTO.replace("quanto", "linear"), f"{PERPETUAL}.settle", "is a quanto one"),
        ('base = "XBT"', 'base = "USD"', f"{PERPETUAL}.base", "settles in a coin"),
        (WORTH, WORTH.replace("1,", "0,"), f"{PERPETUAL}.contract_value", "0 is too small"),
        (WORTH, WORTH.replace("1,", "10,"), f"{PERPETUAL}.lot", "worth 10 is more than an"),
        ("25T16:00:00Z", "25T16:00:00", f"{FUTURE}.expiry", "has no zone"),
        ("2026-12-25T16", "1970-01-01T00", f"{FUTURE}.expiry", "before its window"),
        (SAMPLE, SAMPLE.replace("60", "7"), f"{FUTURE}.settle_window_s", "no multiple of settle_s"),
        (SAMPLE, SAMPLE.replace("60", "0.001"), f"{FUTURE}.settle_sample_s", "too short"),
        (SAMPLE, "# ", FUTURE, "the key settle_sample_s is missing"),
        ("id = 3\nbase", "id = 4\nbase", f"{FUTURE}.id", "ids count from 1"),
    ],
)
def test_what_cannot_be_is_told_with_path_and_line(
    old: str, new: str, path: str, reason: str
) -> None:
    """Each with the line of its key."""
    problems = found(edited(old, new))
    assert [where for where, why, _ in problems if reason in why] == [path]
    assert all(line > 1 for _, _, line in problems)


def test_krakens_own_example() -> None:
    """CONT-006, LIQD-001, S12: 1,000 at 8,000 with 0.01 coins and 1 %: 7,481 and 7,407."""
    held = calc.Position(symbol="PI_XBTUSD", side="long", qty=1_000, entry=8_000)
    wallet = calc.Cross(balance="0.01")
    answer = calc.liquidation_price(position=held, wallet=wallet, rulebook="kraken_inverse")
    assert answer.price is not None
    assert answer.bankruptcy is not None
    assert (round(answer.price, 1), round(answer.bankruptcy, 1)) == (
        Decimal("7481.5"),
        Decimal("7407.4"),
    )
    assert answer.unit == "BTC"


def test_krakens_funding_of_an_inverse_contract() -> None:
    """CONT-005, S4: 0.002 % an hour at 84,000: 100,000 contracts pay 2.38e-5 coins."""
    held = calc.Position(symbol="PI_XBTUSD", side="long", qty=100_000, entry=84_000)
    paid = calc.funding_payment(
        position=held, rate="0.00002", index=84_000, rulebook="kraken_inverse"
    )
    assert paid.payment == Decimal("-0.00002381")  # 2,380.95 atoms, up to the atom
