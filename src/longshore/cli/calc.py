"""`longshore calc`: one question about a position, answered by the engine's rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from cyclopts import Parameter

from longshore import calc
from longshore.cli.output import Json, WrongUsage, emit, table

Symbol = Annotated[str, Parameter(help="A perpetual of the rulebook, such as PF_XBTUSD.")]
Side = Annotated[Literal["long", "short"], Parameter(help="Which way the position lies.")]
Qty = Annotated[str, Parameter(help="Its size in base units or contracts, without sign.")]
Rules = Annotated[str, Parameter(help="Whose rules; see `rulebook list`.")]
Volume = Annotated[str, Parameter(help="30-day volume in USD, which decides the fee tier.")]
Liquidity = Annotated[Literal["maker", "taker"], Parameter(help="Whose fee rate.")]
Leverage = Annotated[str, Parameter(help="Isolated at this leverage.", show_default=False)]

Balance = Annotated[
    str,
    Parameter(help="Cross: USD in the wallet, or the coin it settles in.", show_default=False),
]
Mark = Annotated[
    str, Parameter(help="Where the mark stands; without it at the entry.", show_default=False)
]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Held:
    """The position a question is about."""

    symbol: Symbol
    side: Side
    qty: Qty
    entry: Annotated[str, Parameter(help="Its average entry price in USD.")]
    rulebook: Rules = "kraken"

    def position(self, leverage: str = "", mark: str = "") -> calc.Position:
        """As the calculators take it."""
        return calc.Position(
            symbol=self.symbol,
            side=self.side,
            qty=self.qty,
            entry=self.entry,
            mark=mark or None,
            leverage=leverage or None,
        )

    @property
    def title(self) -> str:
        """The position in words."""
        return f"{self.symbol} {self.side} {self.qty} at {self.entry}, {self.rulebook}"


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Backing:
    """What margins the position."""

    leverage: Leverage = ""
    balance: Balance = ""
    collateral: Annotated[
        tuple[str, ...],
        Parameter(
            help="Cross: coins too, XBT=0.2 or XBT=0.2@84000 with their index price.",
            negative=(),
            show_default=False,
        ),
    ] = ()
    also: Annotated[
        tuple[str, ...],
        Parameter(
            help="Cross: another position in the wallet, PF_ETHUSD=-10@3000, or with its mark "
            "PF_ETHUSD=-10@3000/2950; below zero is short. On the same market: the other leg.",
            negative=(),
            show_default=False,
        ),
    ] = ()
    mark: Mark = ""

    def wallet(self) -> calc.Cross | None:
        """The cross wallet, if it is one. Raises ValueError."""
        if not self.balance and not self.collateral and not self.also:
            return None
        return calc.Cross(
            balance=self.balance or "0",
            collateral=dict(map(coin_of, self.collateral)),
            others=[position_of(text) for text in self.also],
        )


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Charged:
    """What decides a fee's rate."""

    volume: Volume = "0"
    liquidity: Liquidity = "taker"


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What margin may hang on beside size and price."""

    leverage: Leverage = ""
    open_interest: Annotated[str, Parameter(help="Of the market, in units of size.")] = "0"
    risk_limit: Annotated[
        str, Parameter(help="The limit its owner has chosen.", show_default=False)
    ] = ""

    def standing(self) -> calc.Standing:
        """As the calculators take it, the leverage apart."""
        return calc.Standing(open_interest=self.open_interest, risk_limit=self.risk_limit or None)


def liquidation_price(*, held: Held, backing: Backing | None = None, json: Json = False) -> None:
    """Where a position is liquidated: isolated with --leverage, cross with --balance.

    The price is the last mark that is safe; one sub-tick further the engine liquidates. Where
    price alone cannot close the position it says so and gives none.
    """
    given = backing or Backing()
    with wrong_values():
        found = calc.liquidation_price(
            position=held.position(given.leverage, given.mark),
            wallet=given.wallet(),
            rulebook=held.rulebook,
        )
    emit(found, json, why_table(f"Liquidation of {held.title}", found.why), found.sentence)


def margin(
    *,
    symbol: Symbol,
    qty: Qty,
    price: Annotated[str, Parameter(help="The price it is opened at, in USD.")],
    chosen: Chosen | None = None,
    rulebook: Rules = "kraken",
    json: Json = False,
) -> None:
    """Initial and maintenance margin of a size at a price, with the tier it falls into."""
    by = chosen or Chosen()
    with wrong_values():
        found = calc.margin(
            symbol=symbol,
            qty=qty,
            price=price,
            leverage=by.leverage or None,
            at=by.standing(),
            rulebook=rulebook,
        )
    emit(found, json, why_table(f"Margin of {symbol} {qty} at {price}, {rulebook}", found.why))


def funding_payment(
    *,
    held: Held,
    rate: Annotated[
        str,
        Parameter(
            help="The rate of an interval as a fraction, such as 0.0000125.",
            allow_leading_hyphen=True,
        ),
    ],
    index: Annotated[str, Parameter(help="The index price it is paid on, in USD.")],
    hours: Annotated[str, Parameter(help="How long it is held, from an interval's start.")] = "1",
    json: Json = False,
) -> None:
    """What a position gets over some hours at a funding rate; below zero: pays."""
    with wrong_values():
        found = calc.funding_payment(
            position=held.position(), rate=rate, index=index, hours=hours, rulebook=held.rulebook
        )
    emit(found, json, why_table(f"Funding of {held.title}", found.why))


def fee(
    *,
    symbol: Symbol,
    qty: Qty,
    price: Annotated[str, Parameter(help="The price of the fill, in USD.")],
    charged: Charged | None = None,
    rulebook: Rules = "kraken",
    json: Json = False,
) -> None:
    """The fee of a fill by 30-day volume; below zero: a rebate."""
    by = charged or Charged()
    with wrong_values():
        found = calc.fee(
            symbol=symbol,
            qty=qty,
            price=price,
            volume=by.volume,
            liquidity=by.liquidity,
            rulebook=rulebook,
        )
    emit(found, json, why_table(f"Fee of {symbol} {qty} at {price}, {rulebook}", found.why))


def pnl(
    *,
    held: Held,
    price: Annotated[str, Parameter(help="The price to value or close it at, in USD.")],
    json: Json = False,
) -> None:
    """What a position has gained or lost at a price, fees and funding left out."""
    with wrong_values():
        found = calc.pnl(position=held.position(), price=price, rulebook=held.rulebook)
    emit(found, json, why_table(f"Profit of {held.title}, at {price}", found.why))


def breakeven(
    *,
    held: Held,
    charged: Charged | None = None,
    funding_paid: Annotated[
        str,
        Parameter(
            help="Funding paid so far in USD; below zero received.", allow_leading_hyphen=True
        ),
    ] = "0",
    json: Json = False,
) -> None:
    """The price at which closing pays both fees and the funding paid so far."""
    by = charged or Charged()
    with wrong_values():
        found = calc.breakeven(
            position=held.position(),
            funding_paid=funding_paid,
            volume=by.volume,
            liquidity=by.liquidity,
            rulebook=held.rulebook,
        )
    emit(found, json, why_table(f"Break-even of {held.title}", found.why))


def coin_of(text: str) -> tuple[str, calc.Coin]:
    """Collateral as it is written. Raises ValueError."""
    symbol, equals, rest = text.partition("=")
    quantity, at, price = rest.partition("@")
    if not symbol or not equals or not quantity or (at and not price):
        raise ValueError(f"collateral is SYMBOL=QUANTITY or SYMBOL=QUANTITY@PRICE, not {text!r}")
    return symbol, calc.Coin(quantity=quantity, price=price or None)


def position_of(text: str) -> calc.Position:
    """A position as it is written, its size with a sign. Raises ValueError."""
    symbol, equals, rest = text.partition("=")
    size, at, prices = rest.partition("@")
    entry, slash, mark = prices.partition("/")
    if not (symbol and equals and size and at and entry) or (slash and not mark):
        raise ValueError(f"a position is SYMBOL=SIZE@ENTRY or SYMBOL=SIZE@ENTRY/MARK, not {text!r}")
    side: Side = "short" if size.startswith("-") else "long"
    return calc.Position(
        symbol=symbol, side=side, qty=size.removeprefix("-"), entry=entry, mark=mark or None
    )


@contextmanager
def wrong_values() -> Iterator[None]:
    """A question that cannot be answered is wrong usage."""
    try:
        yield
    except ValueError as error:
        raise WrongUsage(str(error)) from error


def why_table(title: str, lines: tuple[calc.Why, ...]) -> object:
    """The lines of an answer with unit and article."""
    rows = [
        (line.label, _shown(line.value), line.unit, line.formula, line.article) for line in lines
    ]
    return table(title, ("", "value", "unit", "how", "article"), rows)


def _shown(value: Decimal | str | None) -> str:
    if value is None:
        return "none"
    return f"{value:f}" if isinstance(value, Decimal) else value
