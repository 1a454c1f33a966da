"""What a question gives: numbers checked by name, a position, coins, a contract by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from longshore.calc.numbers import Number, decimal, scaled
from longshore.calc.tiers import Tier

Side = Literal["long", "short"]
Kind = Literal["linear", "inverse", "quanto"]


@dataclass(frozen=True, kw_only=True)
class Contract:
    """A perpetual described by hand, as its specification page does.

    `worth` is what one unit of size is worth: linear, base units; inverse, quote money; quanto,
    settlement money for each unit of the price. Sizes are multiples of `lot`, order prices of
    `tick`. `settle` is the asset it pays in: empty is the rulebook's dollar, or the base where it
    is inverse. Tier bounds are settlement money, or units of size with `tiers_in="contracts"`.
    """

    tiers: tuple[Tier, ...]
    lot: Number
    kind: Kind = "linear"
    worth: Number = 1
    tick: Number = "0.5"
    base: str = "XBT"
    settle: str = ""
    margin_on: Literal["entry", "mark"] = "entry"
    tier_method: Literal["slice", "whole"] = "slice"
    tiers_in: Literal["notional", "contracts"] = "notional"
    maker: Number = 0
    taker: Number = 0
    root: Number = 0
    """Times the root of the size: the lowest rate of initial margin, of one tier only."""
    open_interest: tuple[Number, Number] | None = None
    """From where on initial margin grows with it, and where it is everything; settlement money."""
    risk_limit: tuple[Number, Number] | None = None
    """The base and the step of the limit that an owner chooses; settlement money."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What margin may hang on beside the position.

    `open_interest` of the market, in units of size; `risk_limit` the owner has chosen.
    """

    open_interest: Number = 0
    risk_limit: Number | None = None


Symbol = str | Contract
"""A perpetual's symbol in the rulebook, or a contract described by hand."""


@dataclass(frozen=True, kw_only=True)
class Position:
    """A position: unsigned size, average entry price in quote money.

    `mark` is where its mark price stands, at its entry unless said. With `leverage` it is isolated
    and has a wallet of its own; without, it is margined by all of its account's wallet.
    """

    symbol: Symbol
    side: Side
    qty: Number
    entry: Number
    mark: Number | None = None
    leverage: Number | None = None


@dataclass(frozen=True, kw_only=True)
class Coin:
    """Coins as collateral: how many, their index price in USD, their haircut as a fraction.

    The price may be left out where a position's mark gives it, the haircut where the rulebook's
    is meant.
    """

    quantity: Number
    price: Number | None = None
    haircut: Number | None = None


@dataclass(frozen=True)
class Why:
    """One line of how a number came about; `article` is the rule it follows."""

    label: str
    value: Decimal | str | None
    unit: str
    formula: str
    article: str


def finite(name: str, value: Number) -> Decimal:
    """A number by its name. Raises TypeError for a float, ValueError for what is no number."""
    try:
        found = decimal(value)
    except TypeError as error:
        raise TypeError(f"{name}: {error}") from error
    except InvalidOperation as error:
        raise ValueError(f"{name}: {value!r} is no number") from error
    if not found.is_finite():
        raise ValueError(f"{name}: {value} is no number to count with")
    return found


def above_zero(name: str, value: Number) -> Decimal:
    """A number above zero by its name."""
    found = finite(name, value)
    if found <= 0:
        raise ValueError(f"{name} must be above zero, not {found:f}")
    return found


def named(name: str, number: Decimal, digits: int, most: int) -> int:
    """A number in steps of a rule; one that is too fine or too large is refused by name."""
    try:
        return scaled(number, digits, most)
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    """A word out of a few."""
    if value not in known:
        raise ValueError(f"{name} is one of {', '.join(known)}, not {value!r}")
    return value
