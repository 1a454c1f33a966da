"""What an account did, as a lesson sees it: trades, orders, refusals, in the field's own units."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

US_PER_S = 1_000_000
CENT = Decimal("0.01")
ZERO = Decimal(0)
PERCENT = Decimal(100)

MarketKind = Literal["spot", "perpetual", "future"]
Side = Literal["long", "short"]
EndedBy = Literal["nobody", "you", "stop", "target", "liquidation", "unwinding", "settlement"]
OrderKind = Literal["limit", "market", "post", "stop", "target", "other"]
Trigger = Literal["none", "mark", "index", "last"]
Fate = Literal["open", "filled", "you", "linked", "position", "liquidation", "margin", "other"]


class Trade(msgspec.Struct, kw_only=True):
    """One position from nothing to nothing: what it was, how it ended, what it came to.

    Coins bought on a spot market are a trade too, until they are sold. Markets that settle in a
    coin are left out: their money is no dollars.
    """

    market: Annotated[str, Meta(description="The market's symbol.")]
    kind: Annotated[MarketKind, Meta(description="What is traded there.")]
    side: Annotated[Side, Meta(description="Which way it gained.")]
    isolated: Annotated[bool, Meta(description="It had margin of its own, and risked no more.")]
    size_coins: Annotated[Decimal, Meta(description="The most that was held, in coins.")]
    pnl_usd: Annotated[Decimal, Meta(description="Profit (below zero: loss) by price alone.")] = (
        ZERO
    )
    fees_usd: Annotated[Decimal, Meta(description="All fees, that of a liquidation too.")] = ZERO
    funding_usd: Annotated[
        Decimal, Meta(description="Funding received; below zero: paid. As far as it is settled.")
    ] = ZERO
    funding_hour_usd: Annotated[
        Decimal | None,
        Meta(description="What an hour of funding came to when it was last settled."),
    ] = None
    margin_usd: Annotated[
        Decimal | None, Meta(description="Isolated margin once it was open; nothing for cross.")
    ] = None
    leverage_times: Annotated[
        Decimal | None,
        Meta(description="Value at entry over isolated margin, or over all the account had."),
    ] = None
    stop_before_entry: Annotated[
        bool, Meta(description="A stop that closes it was placed before it opened, or with it.")
    ] = False
    stop_usd: Annotated[
        Decimal | None, Meta(description="Where that stop stood when it opened.")
    ] = None
    stop_by: Annotated[Trigger, Meta(description="Which price sets that stop off.")] = "none"
    stop_kept: Annotated[
        bool, Meta(description="There was such a stop, never moved away nor taken off.")
    ] = False
    grown: Annotated[bool, Meta(description="It was made larger after it opened.")] = False
    liquidated: Annotated[bool, Meta(description="Its wallet was liquidated.")] = False
    liquidation_mark_usd: Annotated[
        Decimal | None, Meta(description="The mark at which its liquidation began.")
    ] = None
    liquidation_equity_usd: Annotated[
        Decimal | None, Meta(description="What its wallet was worth when its liquidation began.")
    ] = None
    buffer_percent: Annotated[
        Decimal | None,
        Meta(
            description="The safety buffer left when its owner, or a stop, first made it smaller: "
            "100 just after it opened, 0 at liquidation. By price alone, isolated only."
        ),
    ] = None
    after_loss_s: Annotated[
        int | None,
        Meta(description="From the last close at a loss to its opening; nothing: no loss before."),
    ] = None
    usual_usd: Annotated[
        Decimal | None,
        Meta(description="The median value of the five trades closed before it opened."),
    ] = None
    topped_up: Annotated[bool, Meta(description="Margin was put to it after it opened.")] = False
    ended_by: Annotated[EndedBy, Meta(description="What ended it; nobody: it is open.")] = "nobody"

    leg: int
    opened_by: int
    opened_seq: int
    opened_us: int
    closed_seq: int = 0
    closed_us: int = 0
    start_us: int
    held_lots: int = 0
    entered_coins: Decimal = ZERO
    entered_usd: Decimal = ZERO
    left_coins: Decimal = ZERO
    left_usd: Decimal = ZERO
    settled_us: int = 0
    room_usd: Decimal = ZERO
    wallet: int
    fee_rate: Decimal = ZERO

    @property
    def open(self) -> bool:
        """It is held still."""
        return self.closed_seq == 0

    @property
    def value_usd(self) -> Decimal:
        """All that was bought or sold to open it, at its prices."""
        return self.entered_usd

    @property
    def usual_times(self) -> Decimal | None:
        """Its value, as a multiple of what was usual before it."""
        return self.entered_usd / self.usual_usd if self.usual_usd else None

    @property
    def entry_usd(self) -> Decimal:
        """The average price it was opened at."""
        return self.entered_usd / self.entered_coins

    @property
    def exit_usd(self) -> Decimal | None:
        """The average price it was closed at so far."""
        return self.left_usd / self.left_coins if self.left_coins else None

    @property
    def net_usd(self) -> Decimal | None:
        """What it came to in all, once closed: price, funding, fees."""
        return None if self.open else self.pnl_usd + self.funding_usd - self.fees_usd

    @property
    def loss_usd(self) -> Decimal | None:
        """What it lost in all, once closed; zero where it gained."""
        return None if self.net_usd is None else max(ZERO, -self.net_usd)

    @property
    def pnl_price_percent(self) -> Decimal | None:
        """Profit by price alone, of the value at entry, once closed."""
        return None if self.open else self.pnl_usd * PERCENT / self.entered_usd

    @property
    def pnl_margin_percent(self) -> Decimal | None:
        """Profit by price alone, of the isolated margin at entry, once closed."""
        if self.open or not self.margin_usd:
            return None
        return self.pnl_usd * PERCENT / self.margin_usd

    @property
    def break_even_usd(self) -> Decimal:
        """The price at which closing it ends at zero, fees and settled funding counted.

        A long pays E + F - N and gets P*q*(1 - f); a short the other way round, with E entry value,
        F opening fee, N funding, f the rate of that fee.
        """
        cost = self.entered_usd * self.fee_rate - self.funding_usd
        if self.side == "long":
            return (self.entered_usd + cost) / (self.entered_coins * (1 - self.fee_rate))
        return (self.entered_usd - cost) / (self.entered_coins * (1 + self.fee_rate))

    @property
    def risk_usd(self) -> Decimal | None:
        """Entry to the stop it opened with, times its size: the loss by price if it is hit."""
        if self.stop_usd is None:
            return None
        return abs(self.entry_usd - self.stop_usd) * self.size_coins

    @property
    def opened_s(self) -> int:
        """When it opened, from the world's start."""
        return (self.opened_us - self.start_us) // US_PER_S

    @property
    def closed_s(self) -> int | None:
        """When it was closed, from the world's start."""
        return None if self.open else (self.closed_us - self.start_us) // US_PER_S

    @property
    def held_s(self) -> int | None:
        """How long it was held, once closed."""
        return None if self.open else (self.closed_us - self.opened_us) // US_PER_S


class Order(msgspec.Struct, kw_only=True):
    """One order that the venue took."""

    market: Annotated[str, Meta(description="The market's symbol.")]
    side: Annotated[Literal["buy", "sell"], Meta(description="Which way it trades.")]
    type: Annotated[OrderKind, Meta(description="What it asks for.")]
    trigger_by: Annotated[Trigger, Meta(description="Which price sets a stop or target off.")] = (
        "none"
    )
    price_usd: Annotated[Decimal | None, Meta(description="The price of a limit order.")] = None
    trigger_usd: Annotated[
        Decimal | None, Meta(description="The price that sets a stop or target off.")
    ] = None
    reduce_only: Annotated[bool, Meta(description="It can only shrink a position.")] = False
    fate: Annotated[Fate, Meta(description="What became of it.")] = "open"
    filled_coins: Annotated[Decimal, Meta(description="How much of it was filled.")] = ZERO

    order_id: int
    market_id: int
    leg: int = 0
    placed_seq: int
    placed_us: int
    ended_seq: int = 0
    ended_us: int = 0
    start_us: int
    filled_usd: Decimal = ZERO

    @property
    def open(self) -> bool:
        """It may still trade."""
        return self.fate == "open"

    @property
    def average_usd(self) -> Decimal | None:
        """The average price it was filled at."""
        return self.filled_usd / self.filled_coins if self.filled_coins else None

    @property
    def placed_s(self) -> int:
        """When it was placed, from the world's start."""
        return (self.placed_us - self.start_us) // US_PER_S

    @property
    def ended_s(self) -> int | None:
        """When it was gone, from the world's start."""
        return None if self.open else (self.ended_us - self.start_us) // US_PER_S


class Refusal(msgspec.Struct, kw_only=True):
    """One command that the venue refused."""

    reason: Annotated[str, Meta(description="The refusal's name, see the list of refusals.")]
    market: Annotated[str, Meta(description="The market's symbol; empty: none.")] = ""

    seq: int
    time_us: int
    start_us: int

    @property
    def at_s(self) -> int:
        """When, from the world's start."""
        return (self.time_us - self.start_us) // US_PER_S
