"""A world small enough for many runs: nine minutes of the crash, a light book, a ten times long."""

from longshore.practice.compare import parse_trade

WORLD = """
name = "small"
title = "Nine minutes"
markets = ["PF_XBTUSD"]
start = 2020-03-12T10:36:00Z
end = 2020-03-12T10:45:00Z
seed = 7
[feed]
kind = "replay"
recording = "xbtusd-2020-03"
interval_s = 10
[[agent]]
kind = "maker"
settings = { slower = 15, levels = 6, stir_ppm = 2_000, deposit_usd = 50_000_000 }
[[account]]
name = "somebody"
deposit = { USD = "5" }
"""

TRADE = """
name = "small-long"
title = "A small <long>"
world = "WORLD"
base = "BTC"
side = "long"
size = "1.25"
margin = "isolated"
leverage = 10
collateral = { USD = "1100" }
at = 2020-03-12T10:37:00Z
"""


def written(folder, trade=TRADE, world=WORLD):
    """Trade and world as files; the trade's path."""
    (folder / "world.toml").write_text(world)
    path = folder / "trade.toml"
    path.write_text(trade.replace("WORLD", str(folder / "world.toml")))
    return path


def small_trade(folder, *changes, world=WORLD):
    """The small trade with some of its text changed."""
    text = TRADE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse_trade(written(folder, text, world).read_text())
