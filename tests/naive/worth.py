"""Article 08: what a size is worth.

Chosen: the value of a fill is rounded down once for both sides; the signed value of a position is
rounded down, so that profit is never too high. A position's entry value is a sum of signed values.
"""

from __future__ import annotations

from longshore.engine.rows import Market


def value(market: Market, ticks: int, qty_lots: int) -> int:
    """Of an order or a fill, without sign (CONT-001, CONT-002)."""
    if not market.inverse_factor:
        return ticks * qty_lots * market.atoms_per_tick_lot
    return qty_lots * market.inverse_factor // (ticks * market.tick_subticks) if ticks else 0


def at(market: Market, subticks: int, qty_lots: int) -> int:
    """Of a position at a price, with its sign, rounded down."""
    if not market.inverse_factor:
        return subticks * qty_lots // market.value_divisor
    return -qty_lots * market.inverse_factor // subticks if subticks else 0


def way(market: Market, moved_lots: int) -> int:
    """The sign with which a fill's value enters the entry value."""
    rises = moved_lots > 0
    return 1 if rises != bool(market.inverse_factor) else -1
