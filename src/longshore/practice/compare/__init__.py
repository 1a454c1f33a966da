"""One trade under several rulebooks, in one world: what became of it, and which rule made that so.

trade = read_trade("long-10x")
compared = compare(trade, ["kraken", "kraken@2025-06", "cautious"])
compared.outcomes[0].liquidation_price
compared.pairs[0].groups[0].verdict                # "flips": this group of values alone does it
"""

from __future__ import annotations

from longshore.practice.compare.comparing import Comparison, Options, compare
from longshore.practice.compare.outcome import Amount, Outcome
from longshore.practice.compare.trade import Trade, TradeError, parse_trade, read_trade
from longshore.practice.compare.why import Group, Pair

__all__ = [
    "Amount",
    "Comparison",
    "Group",
    "Options",
    "Outcome",
    "Pair",
    "Trade",
    "TradeError",
    "compare",
    "parse_trade",
    "read_trade",
]
