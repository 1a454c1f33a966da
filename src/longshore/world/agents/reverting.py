"""Reverting: sells what has risen and buys what has fallen, and waits for it to come back."""

from __future__ import annotations

from longshore.world.agents.trend import Trend, TrendTerms


class RevertingTerms(TrendTerms, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """As of trend, over shorter memories."""

    interval_ms: int = 10_000
    latency_us: int = 10_000
    fast_steps: int = 2
    slow_steps: int = 30
    full_ppm: int = 2_500
    hold_usd: int = 250_000
    slice_usd: int = 15_000


class Reverting(Trend):
    """The trend follower's mirror: it holds against the distance between the averages."""

    terms: RevertingTerms

    def wanted_atoms(self) -> int:
        """The opposite of what a trend follower wants."""
        return -super().wanted_atoms()
