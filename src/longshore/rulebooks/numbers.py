"""A rulebook's decimals as whole counts of the engine's units, or a refusal by name."""

from __future__ import annotations

from decimal import Decimal

PPM = 10**6


class CannotHoldError(ValueError):
    """A value of the rulebook that the engine cannot hold, or not exactly; `path` is its place."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def whole(value: Decimal, path: str, unit: str) -> int:
    """The value as a whole count of the engine's unit. Raises CannotHoldError with the path."""
    if value != value.to_integral_value():
        raise CannotHoldError(path, f"{value:f} is no whole number of {unit}")
    return int(value)
