"""The one formatter: every number a person reads is written here.

Money with its unit, percentages with two figures that mean something, prices at the decimals of
their tick, times in UTC. Digits are the same in every language, so that a number in a sentence is
the number of the API and of the book; only words beside them, such as months, are translated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from longshore.explain.sentences import say
from longshore.rulebooks import AssetInfo, MarketInfo

ATOMS_PER_USD = 10**8
ATOMS_PER_CENT = 10**6
CENT = Decimal("0.01")
MITE = Decimal("0.0001")
US_PER_SECOND = 1_000_000
SECONDS_TOLD = 180
FORMULA = "=+-@\t\r"
"""What a formula may begin with."""


def money(atoms: int) -> str:
    """Dollars and cents; between a hundredth of a cent and a cent, that too is shown."""
    dollars = Decimal(atoms) / ATOMS_PER_USD
    step = CENT if abs(dollars) >= CENT else MITE
    rounded = abs(dollars).quantize(step, ROUND_HALF_EVEN)
    text = f"{rounded:,}" if rounded else "0.00"
    return _signed(dollars, f"${text}")


def _signed(number: Decimal, text: str) -> str:
    return f"-{text}" if number < 0 and any(digit in text for digit in "123456789") else text


def amount(market: MarketInfo, atoms: int) -> str:
    """Money of the asset that a market settles in: dollars, or a coin with all its digits."""
    if not market.is_in_coins:
        return money(atoms)
    return coins(market.settle, atoms)


def coins(asset: AssetInfo, atoms: int) -> str:
    """Money of a coin, which has no cents, with all its digits."""
    return f"{stripped(asset.amount(atoms))} {asset.code}"


@dataclass(frozen=True)
class Currency:
    """The money of one wallet as sentences write it: dollars and cents, or a coin's last digit."""

    asset: AssetInfo

    @property
    def step_atoms(self) -> int:
        """The smallest amount that is shown: a cent, or an atom of a coin."""
        return ATOMS_PER_CENT if self.asset.is_settlement else 1

    def amount(self, atoms: int) -> str:
        """An amount with its unit."""
        return money(atoms) if self.asset.is_settlement else coins(self.asset, atoms)

    def shown(self, parts: Sequence[int]) -> list[int]:
        """Amounts rounded to what is shown, so that they add up to their sum's nearest step.

        Rounding each alone would leave a step over; those cut furthest get it (largest remainder).
        """
        step = self.step_atoms
        floors = [part // step for part in parts]
        total = (2 * sum(parts) + step) // (2 * step)
        by_rest = sorted(range(len(parts)), key=lambda i: parts[i] % step, reverse=True)
        for i in by_rest[: total - sum(floors)]:
            floors[i] += 1
        return [floor * step for floor in floors]


def percent(part: int | Decimal, whole: int | Decimal) -> str:
    """Part of whole as a percentage; a dash when there is no whole to be a part of."""
    if whole == 0:
        return "–"
    number = Decimal(part) / Decimal(whole) * 100
    return _signed(number, f"{percent_figures(abs(number))}%")


def percent_figures(number: Decimal) -> str:
    """One decimal from 1 % up, two from 0.1 %, below that two figures."""
    if number >= 1 or number == 0:
        return stripped(number.quantize(Decimal("0.1"), ROUND_HALF_EVEN))
    if number >= Decimal("0.1"):
        return stripped(number.quantize(CENT, ROUND_HALF_EVEN))
    return stripped(Decimal(two_figures(number)))


def two_figures(number: Decimal) -> str:
    """A small number to two significant figures, without an exponent."""
    return f"{number.quantize(Decimal(1).scaleb(number.adjusted() - 1), ROUND_HALF_EVEN):f}"


def stripped(number: Decimal) -> str:
    """A number with thousands apart and without trailing zeros."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def price(market: MarketInfo, subticks: int) -> str:
    """A price in sub-ticks, rounded to the market's tick and with its decimals."""
    ticks = (market.mark(subticks) / market.tick_size).quantize(Decimal(1), ROUND_HALF_EVEN)
    return f"{ticks * market.tick_size:,f}"


def price_step(market: MarketInfo, subticks: int) -> str:
    """A difference of two prices, as money with the decimals of the tick."""
    return f"${price(market, abs(subticks))}"


def size(market: MarketInfo, lots: int) -> str:
    """A size without sign, and its unit."""
    return f"{stripped(abs(market.size(lots)))} {size_unit(market)}"


def size_unit(market: MarketInfo) -> str:
    """What sizes of a market count: its coin; where a unit is no coin, contracts."""
    in_base = market.contract_value == 1 and not market.is_in_coins
    return market.base.code if in_base else say("unit-contracts")


def times(numerator: int, denominator: int) -> str:
    """A ratio such as a leverage, to one decimal."""
    if denominator == 0:
        return "–"
    ratio = (Decimal(numerator) / denominator).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    return stripped(ratio)


def moment(time_us: int) -> str:
    """A time of the world: day and second, UTC."""
    at = datetime.fromtimestamp(time_us // US_PER_SECOND, UTC)
    return f"{at:%d} {say(f'month-{at.month}')} {at:%Y %H:%M:%S} UTC"


def countdown(duration_us: int) -> str:
    """Time until something: seconds below a minute, else to the nearest minute."""
    seconds = max(0, -(-duration_us // US_PER_SECOND))
    if seconds < 60:  # noqa: PLR2004
        return f"{seconds} s"
    minutes = (seconds + 30) // 60
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if hours == 0 else f"{hours} h {rest} min" if rest else f"{hours} h"


def span(duration_us: int) -> str:
    """How long something took: below three minutes to the second."""
    seconds = duration_us // US_PER_SECOND
    return f"{seconds} s" if seconds < SECONDS_TOLD else countdown(duration_us)


def cell(text: str) -> str:
    """Text for a file that a spreadsheet opens: nothing that it would take for a formula."""
    return f"'{text}" if text[:1] in FORMULA and text else text
