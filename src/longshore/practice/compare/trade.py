"""A trade described in a file, in terms that belong to no venue."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec

from longshore.world.scenario import Strict, microseconds


class TradeError(ValueError):
    """A trade that cannot be compared; the message names the file, or the rulebook, and why."""


class Trade(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One position: opened at the market, perhaps with a stop and a target, and left alone.

    `collateral` is by coin; `USD` stands for the asset that a rulebook settles in, one for one.
    """

    name: str
    title: str = ""
    world: str = "march-2020"
    base: str
    side: Literal["long", "short"]
    size: Decimal
    margin: Literal["isolated", "cross"] = "isolated"
    leverage: Decimal | None = None
    collateral: dict[str, Decimal]
    stop: Decimal | None = None
    target: Decimal | None = None
    at: datetime
    until: datetime | None = None

    @property
    def at_us(self) -> int:
        """World time of the entry."""
        return microseconds(self.at)


def parse_trade(text: str, place: str = "trade") -> Trade:
    """A trade from the text of its file. Raises TradeError naming the place."""
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
        trade = msgspec.convert(raw, Trade)
    except (ValueError, ArithmeticError, RecursionError) as error:  # also numbers beyond reading
        raise TradeError(f"{place}: {error}") from error
    for problem in _problems(trade):
        raise TradeError(f"{place}: {problem}")
    return trade


def read_trade(name: str) -> Trade:
    """A shipped trade by name, or one from a file. Raises TradeError."""
    folder = resources.files("longshore.practice") / "trades"
    shipped = {each.name.removesuffix(".toml"): each for each in folder.iterdir()}
    try:
        if name in shipped:
            return parse_trade(shipped[name].read_text("utf-8"), name)
        return parse_trade(Path(name).read_text("utf-8"), name)
    except UnicodeDecodeError as error:
        raise TradeError(f"trade {name!r} is no text") from error
    except OSError as error:
        names = ", ".join(sorted(shipped))
        reason = error.strerror or "it cannot be read"
        raise TradeError(f"no trade {name!r}: {reason}; shipped: {names}") from error


def _problems(trade: Trade) -> Iterator[str]:
    """What a decoder cannot see."""
    numbers = [("size", trade.size), ("leverage", trade.leverage)]
    numbers += [("stop", trade.stop), ("target", trade.target)]
    numbers += [(f"collateral {coin}", amount) for coin, amount in trade.collateral.items()]
    for key, number in numbers:
        if number is not None and not (number.is_finite() and number > 0):
            yield f"{key} must be a number above zero"
    if not trade.collateral:
        yield "collateral is missing: without money there is no position"
    if (trade.leverage is None) == (trade.margin == "isolated"):
        yield "leverage belongs to isolated margin; cross follows from the collateral"
    if trade.until is not None and microseconds(trade.until) <= trade.at_us:
        yield "until must be after at"
