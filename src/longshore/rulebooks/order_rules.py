"""What a rulebook says of orders, into the engine's rows."""

from __future__ import annotations

from longshore.engine.rows import Market
from longshore.engine.units import PPM
from longshore.rulebooks.numbers import whole
from longshore.rulebooks.terms import OrderRules


def fill_orders(row: Market, rules: OrderRules) -> None:
    """Each rule, in parts per million where it is a share."""
    row.display_min_ppm = whole(rules.iceberg_min.value * PPM, "orders.iceberg_min", "ppm")
