"""The eleven facts, what is measured of each, and from where to where it is met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from math import isfinite
from typing import NamedTuple

from longshore.lab.market import measures
from longshore.lab.market.tape import Tape


class Verdict(IntEnum):
    """How a figure compares; a fact is as good as its worst figure."""

    UNKNOWN = 0
    NOT = 1
    ROUGHLY = 2
    MATCHES = 3


WORDS = {
    Verdict.UNKNOWN: "not measured",
    Verdict.NOT: "does not",
    Verdict.ROUGHLY: "roughly",
    Verdict.MATCHES: "matches",
}


class Between(NamedTuple):
    """Met between two numbers, roughly between two others."""

    matches: tuple[float, float]
    roughly: tuple[float, float]

    def judge(self, value: float, recorded: Sequence[float]) -> Verdict:
        """By the number alone."""
        for verdict, (low, high) in (
            (Verdict.MATCHES, self.matches),
            (Verdict.ROUGHLY, self.roughly),
        ):
            if low <= value <= high:
                return verdict
        return Verdict.NOT

    def told(self) -> str:
        """In words."""
        (a, b), (c, d) = self.matches, self.roughly
        return f"{a:g} to {b:g}; roughly {c:g} to {d:g}"


class Near(NamedTuple):
    """Met within a factor of the least and the greatest of the recordings' figures."""

    matches: float
    roughly: float

    def judge(self, value: float, recorded: Sequence[float]) -> Verdict:
        """By the recordings; without one nothing can be said."""
        if not recorded:
            return Verdict.UNKNOWN
        low, high = min(recorded), max(recorded)
        for verdict, factor in (
            (Verdict.MATCHES, self.matches),
            (Verdict.ROUGHLY, self.roughly),
        ):
            if low / factor <= value <= high * factor:
                return verdict
        return Verdict.NOT

    def told(self) -> str:
        """In words."""
        return f"within {self.matches:g}× of the recordings; roughly {self.roughly:g}×"


class Figure(NamedTuple):
    """One number that is measured."""

    key: str
    title: str
    measure: Callable[[Tape], float]
    bounds: Between | Near


class Fact(NamedTuple):
    """One thing that real markets do."""

    title: str
    figures: tuple[Figure, ...]


MORE = float("inf")
FACTS: tuple[Fact, ...] = (
    Fact(
        "Returns have fat tails",
        (
            Figure("kurtosis", "excess kurtosis of one-minute returns", measures.kurtosis,
                   Between((1.5, MORE), (0.5, MORE))),
            Figure("tail", "exponent of their tail (Hill, largest 5 %)", measures.tail,
                   Between((1.8, 5), (1.4, 7))),
        ),
    ),
    Fact(
        "Volatility clusters",
        (
            Figure("clustering", "autocorrelation of their sizes, mean of lags 1 to 10 min",
                   measures.clustering, Between((0.1, 0.6), (0.05, 0.8))),
        ),
    ),
    Fact(
        "Returns hardly tell of the next ones",
        (
            Figure("memory", "autocorrelation of one-minute returns, lag 1", measures.memory,
                   Between((-0.06, 0.06), (-0.12, 0.12))),
        ),
    ),
    Fact(
        "Spreads",
        (
            Figure("spread", "median spread, bp", measures.spread, Near(3, 10)),
            Figure("spread_wide", "spread exceeded one time in twenty, bp", measures.spread_wide,
                   Near(3, 10)),
        ),
    ),
    Fact(
        "Depth",
        (
            Figure("depth", "median dollars within 10 bp, a side", measures.depth, Near(3, 6)),
            Figure("slippage", "cost of taking 10,000 dollars, bp from mid", measures.slippage,
                   Near(3, 6)),
        ),
    ),
    Fact(
        "Impact grows like the root of size",
        (
            Figure("meta_impact", "exponent for large orders worked in pieces",
                   measures.meta_impact, Between((0.35, 0.65), (0.2, 0.8))),
            Figure("flow_impact", "exponent for the net flow of 10 s", measures.flow_impact,
                   Between((0.2, 0.8), (0.1, 1.0))),
        ),
    ),
    Fact(
        "Takers' sides persist",
        (
            Figure("flow_memory", "autocorrelation of sides, mean of lags 1 to 20 trades",
                   measures.flow_memory, Between((0.05, 0.5), (0.02, 0.7))),
        ),
    ),
    Fact(
        "The basis comes back",
        (
            Figure("basis_spread", "standard deviation of perpetual over index, bp",
                   measures.basis_spread, Near(3, 6)),
            Figure("basis_half_life", "half-life of a deviation, min", measures.basis_half_life,
                   Between((0.3, 60), (0.1, 240))),
        ),
    ),
    Fact(
        "Funding is mostly at the clamp, with bursts",
        (
            Figure("clamped", "share of hours with a premium inside the clamp", measures.clamped,
                   Between((0.4, 0.95), (0.25, 0.995))),
            Figure("burst", "greatest premium of an hour, in clamps", measures.burst,
                   Between((1.5, 60), (1.02, 100))),
        ),
    ),
    Fact(
        "Liquidations bring liquidations about",
        (
            Figure("cascading", "share of liquidations that others set off (branching, 1 min)",
                   measures.cascading, Between((0.25, 0.95), (0.1, 0.98))),
        ),
    ),
    Fact(
        "Perpetual and spot lead in turn",
        (
            Figure("lead_clear", "share of 5 min in which one clearly leads", measures.lead_clear,
                   Between((0.1, 0.95), (0.05, 1.0))),
            Figure("lead_perpetual", "of those: the perpetual leads", measures.lead_perpetual,
                   Between((0.2, 0.8), (0.08, 0.92))),
        ),
    ),
)  # fmt: skip
FIGURES = {figure.key: figure for fact in FACTS for figure in fact.figures}


def measured(tape: Tape) -> dict[str, float]:
    """Every figure that the tape has something for."""
    made = {key: figure.measure(tape) for key, figure in FIGURES.items()}
    return {key: value for key, value in made.items() if isfinite(value)}


def verdict(
    fact: Fact, found: Mapping[str, float], recorded: Mapping[str, Sequence[float]]
) -> Verdict:
    """The worst of its figures; unknown when one of them is."""
    return min(judged(figure, found, recorded) for figure in fact.figures)


def judged(
    figure: Figure, found: Mapping[str, float], recorded: Mapping[str, Sequence[float]]
) -> Verdict:
    """One figure's verdict."""
    if figure.key not in found:
        return Verdict.UNKNOWN
    return figure.bounds.judge(found[figure.key], recorded.get(figure.key, ()))
