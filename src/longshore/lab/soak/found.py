"""What days without anybody came to, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import msgspec

from longshore.lab.soak.looks import PPM, Looks

NEAR_SHARE = 0.99
"""The basis is near for this part of the time at least."""
GROWTH_SHARE = 0.10
"""From the first to the last quarter of a sitting, its memory grows by less than this: both what is
in use at the median look and what is in use at the most. Between kept states it swings by more."""
FEWEST_LOOKS = 8
"""A sitting with fewer looks at its memory says nothing."""


class Sitting(msgspec.Struct):
    """A stretch of world time that one process ran; seconds are the world's."""

    from_s: int
    to_s: int = 0
    cpu_s: float = 0.0
    memory_mb: list[float] = []
    """The memory in use, evenly spaced in world time, once it has run in."""

    def quarters(self) -> tuple[list[float], list[float]]:
        """The first and the last quarter of the looks at memory."""
        size = len(self.memory_mb) // 4
        return self.memory_mb[:size], self.memory_mb[-size:]

    @property
    def growth(self) -> float:
        """By which part memory has grown, at the median look or at the most, whichever is more."""
        early, late = self.quarters()
        return max(of(late) / of(early) for of in (median, max)) - 1


class MarketFound(msgspec.Struct, frozen=True):
    """One market: its looks, a second of world time apart, and shares of them."""

    symbol: str
    looks: int
    two_sided: float
    basis_near: float | None
    """Below one per cent from the index; None in spot markets."""
    basis_worst: float | None
    """The furthest, as a fraction of the index."""


class Line(msgspec.Struct, frozen=True):
    """One thing that is asked of an unattended world."""

    asked: str
    found: str
    holds: bool


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What days without anybody came to."""

    world: str
    seed: int
    days: float
    """As many were asked for."""
    reached_days: float
    """As many are over."""
    is_over: bool
    """Whether that is all of them."""
    commands: int
    markets: list[MarketFound]
    makers: int
    refinanced: dict[str, int]
    """How often each maker was paid in again, by deposits in the journal."""
    left_broke: list[str]
    """Makers that were broke and were not paid in again."""
    sittings: list[Sitting]
    cpu_s_a_day: float
    """Seconds of the processor's time for a day of world time."""
    journal_bytes_an_hour: int
    """Rows of commands alone; kept states come on top and are thinned out."""
    digest: str

    def lines(self) -> Iterator[Line]:
        """Each question with its answer."""
        if not self.is_over:
            yield Line("all the days", f"{self.reached_days:.3f} of {self.days:g}", False)
        yield self._whole_books()
        yield from self._near_basis()
        count = sum(self.refinanced.values())
        told = f"{len(self.left_broke)} of {self.makers}; paid in again {count} times"
        yield Line("no maker broke without a deposit in the journal", told, not self.left_broke)
        yield self._flat_memory()

    def _whole_books(self) -> Line:
        thin = min(self.markets, key=lambda each: each.two_sided)
        told = f"{thin.two_sided:.4%} of the seconds at least ({thin.symbol})"
        return Line("both sides of every book at every second", told, thin.two_sided == 1)

    def _near_basis(self) -> Iterator[Line]:
        near = [each for each in self.markets if each.basis_near is not None]
        if near:
            wide = min(near, key=lambda each: each.basis_near or 0)
            far = max(each.basis_worst or 0 for each in near)
            told = f"{wide.basis_near:.4%} at least ({wide.symbol}); at most {far:.3%} off"
            within = (wide.basis_near or 0) >= NEAR_SHARE
            yield Line("basis below 1 % of the index for 99 % of the time", told, within)

    def _flat_memory(self) -> Line:
        asked = "memory flat once it has run in"
        told = [each for each in self.sittings if len(each.memory_mb) >= FEWEST_LOOKS]
        if not told:
            return Line(asked, "no sitting has lasted long enough to say", False)
        worst = max(told, key=lambda each: each.growth)
        early, late = worst.quarters()
        found = (
            f"median {median(early):,.0f} to {median(late):,.0f} MB, "
            f"at most {max(early):,.0f} and {max(late):,.0f} MB ({worst.growth:+.1%})"
        )
        if len(told) > 1:
            found += f", the most of {len(told)} sittings"
        return Line(asked, found, worst.growth < GROWTH_SHARE)


def market_found(looks: Looks) -> MarketFound:
    """Shares of what was counted."""
    count = max(1, looks.count.looks)
    margined = looks.market.is_margined
    whole = max(1, looks.count.looks - looks.count.empty)
    return MarketFound(
        symbol=looks.market.symbol,
        looks=looks.count.looks,
        two_sided=(looks.count.looks - looks.count.empty) / count,
        basis_near=1 - looks.count.far / whole if margined else None,
        basis_worst=looks.count.worst_ppm / PPM if margined else None,
    )
