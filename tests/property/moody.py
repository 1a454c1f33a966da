"""A storm whose accounts change their minds: margin modes and leverages with open risk."""

from __future__ import annotations

from longshore.engine.codes import MarginMode
from longshore.engine.rows import Command
from tests.property.storm import Storm


class Moody(Storm):
    """A storm with one command in eight about a mode."""

    def one(self) -> Command:
        """The next command."""
        return self.mode() if self.random.random() < 0.12 else super().one()

    def mode(self) -> Command:
        """Cross or isolated, each at a leverage."""
        draw = self.random
        row = self.leverage()
        row.value = draw.choice([*MarginMode, *MarginMode, MarginMode.CROSS, 3])
        row.leverage_ppm = draw.choice([0, 1_000_000, 3_000_000, 10_000_000, 20_000_000])
        return row
