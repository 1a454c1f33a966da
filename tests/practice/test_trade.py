"""What a trade's file may say, and how it is refused."""

from decimal import Decimal

import pytest

from longshore.practice.compare import TradeError, parse_trade, read_trade
from tests.practice.ground import TRADE


def test_the_shipped_trade_is_a_ten_times_long_on_the_eve_of_the_crash():
    trade = read_trade("long-10x")
    assert (trade.side, trade.leverage, trade.world) == ("long", Decimal(10), "march-2020")
    assert f"{trade.at:%Y-%m-%d %H:%M}" == "2020-03-12 00:00"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('side = "long"', 'side = "up"', "side"),
        ('size = "1.25"', 'size = "0"', "size must be a number above zero"),
        ('size = "1.25"', 'size = "NaN"', "size must be a number above zero"),
        ('size = "1.25"', 'size = "much"', "size"),
        ('size = "1.25"', "", "missing required field `size`"),
        ("leverage = 10", "leverage = -1", "leverage must be a number above zero"),
        ("leverage = 10", "", "leverage belongs to isolated margin"),
        ('"isolated"', '"cross"', "leverage belongs to isolated margin"),
        ("leverage = 10", "leverage = 10\nstop = -5", "stop must be"),
        ('{ USD = "1100" }', "{ }", "collateral is missing"),
        ('"1100"', '"-1"', "collateral USD must be"),
        ("leverage = 10", "leverage = 10\nuntil = 2020-03-12T10:00:00Z", "until must be after at"),
        ("leverage = 10", "leverage = 10\nlucky = true", "unknown field `lucky`"),
        ("leverage = 10", "leverage = = 10", "Invalid value"),
        ("leverage = 10", "leverage = 1" + "0" * 5_000, "."),
    ],
)
def test_a_wrong_trade_is_refused_by_name(old, new, words):
    assert old in TRADE
    with pytest.raises(TradeError, match=words) as refused:
        parse_trade(TRADE.replace(old, new), "my.toml")
    assert str(refused.value).startswith("my.toml: ")


def test_an_unreadable_file_is_named(tmp_path):
    binary = tmp_path / "trade.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    for name, words in (("nowhere", "shipped: long-10x"), (str(binary), "no text")):
        with pytest.raises(TradeError, match=words):
            read_trade(name)
    with pytest.raises(TradeError, match="no trade"):
        read_trade(str(tmp_path))
