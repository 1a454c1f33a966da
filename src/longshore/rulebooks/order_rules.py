"""What a rulebook says of orders, into the engine's rows."""

from __future__ import annotations

from decimal import Decimal

from longshore.engine.codes import CollarFrom
from longshore.engine.rows import Market
from longshore.rulebooks.numbers import PPM, CannotHoldError, whole
from longshore.rulebooks.order_terms import OrderRules


def fill_orders(row: Market, rules: OrderRules) -> None:
    """Each rule, in parts per million where it is a share; the collar is there already."""
    row.display_min_ppm = _ppm(rules.iceberg_min.value, "orders.iceberg_min")
    row.collar_from = CollarFrom[rules.collar_from.value.upper()]
    row.collar_most_ppm = _ppm(rules.collar_most.value, "orders.collar_most")
    row.take_band_ppm = _ppm(rules.take_band.value, "orders.take_band")
    row.position_open_ppm = _ppm(rules.position_open_share.value, "orders.position_open_share")
    row.orders_max, row.triggers_max = rules.orders_max.value, rules.triggers_max.value
    row.taker_delay_us = _us(rules.taker_delay_s.value, "orders.taker_delay_s")
    row.halt_move_ppm = _ppm(rules.halt_move.value, "orders.halt_move")
    row.halt_window_us = _us(rules.halt_window_s.value, "orders.halt_window_s")
    row.halt_us = _us(rules.halt_s.value, "orders.halt_s")
    row.auction_us = _us(rules.auction_s.value, "orders.auction_s")
    if (row.halt_move_ppm > 0) != (row.halt_window_us > 0):
        raise CannotHoldError("orders.halt_move", "goes with a halt_window_s, and it with this")
    if row.collar_most_ppm > 0 and row.collar_from != CollarFrom.PREMIUM:
        raise CannotHoldError("orders.collar_most", "goes with a collar from a premium only")
    if 0 < row.collar_most_ppm < row.collar_ppm:
        raise CannotHoldError("orders.collar_most", "is below perpetual.collar")


def _ppm(share: Decimal, path: str) -> int:
    return whole(share * PPM, path, "ppm")


def _us(seconds: Decimal, path: str) -> int:
    return whole(seconds * 10**6, path, "us")
