"""What an order asks beyond side, size and price: when it fires, rests, slides, ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.limits import TIME_MAX_US
from longshore.venue.dialects.native.errors import bad_value
from longshore.venue.dialects.native.wire import decimal

if TYPE_CHECKING:
    from longshore.engine.rows import Command
    from longshore.venue.dialects.native.schema.bodies import OrderBody

PPM_PER_PERCENT = 10_000
US_PER_MS = 1_000


def check_conditions(body: OrderBody) -> None:
    """Fields that do not go together, each refused by its name."""
    trails = body.trail is not None or body.trail_percent is not None
    if trails and body.type != "stop":
        raise bad_value("Only a stop trails.", "trail" if body.trail else "trail_percent")
    if body.trail is not None and body.trail_percent is not None:
        raise bad_value("A trailing stop has one distance.", "trail_percent")
    if trails and body.price is not None:
        raise bad_value("A trailing stop has no limit price.", "price")
    if body.rests and (body.type not in ("stop", "take_profit") or body.price is None):
        raise bad_value("What rests is a stop or take-profit with a price.", "rests")
    if body.slides and body.type != "post":
        raise bad_value("Only a post-only order slides.", "slides")
    if body.display_size is not None and (body.type not in ("limit", "post") or body.reduce_only):
        raise bad_value("Only a limit or post-only order that opens shows a part.", "display_size")
    if (body.size is None) != body.close_position:
        raise bad_value("An order has a size, unless it closes the position.", "size")
    if body.close_position and (body.type not in ("stop", "take_profit") or not body.reduce_only):
        raise bad_value("Only a reduce-only stop or take-profit closes.", "close_position")
    if body.close_position and body.price is not None:
        raise bad_value("What closes the position has no limit price.", "price")


def set_conditions(command: Command, body: OrderBody) -> None:
    """What was asked, as the engine takes it; a distance in quote is set by the caller."""
    command.rests = int(body.rests)
    command.slides = int(body.slides)
    command.closes = int(body.close_position)
    if body.trail_percent is not None:
        command.trail_ppm = _ppm(body.trail_percent)
    if body.expires_ms is not None:
        command.expire_us = time_us(body.expires_ms, "expires_ms")
    if body.before_ms is not None:
        command.before_us = time_us(body.before_ms, "before_ms")


def time_us(time_ms: int, field: str) -> int:
    """Epoch milliseconds of the world's time as the engine counts."""
    if not 0 < time_ms <= TIME_MAX_US // US_PER_MS:
        raise bad_value("A time is in milliseconds since 1970.", field)
    return time_ms * US_PER_MS


def _ppm(percent: str) -> int:
    """A distance in percent; the engine counts ten-thousandths of one."""
    scaled = decimal(percent, "trail_percent") * PPM_PER_PERCENT
    if scaled <= 0 or scaled != int(scaled):
        raise bad_value("A distance is above zero, in steps of 0.0001 %.", "trail_percent")
    return int(scaled)
