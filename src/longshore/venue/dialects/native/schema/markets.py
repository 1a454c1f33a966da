"""What the venue answers about markets."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.base import (
    MarketKindName,
    MarketStateName,
    Reply,
    SideName,
)


class FundingNow(Reply):
    """Funding of a perpetual, in words first."""

    rate: str  # relative, of this interval, per interval
    rate_pct: str
    predicted: str  # relative, of the next interval, as it stands
    next_ms: int
    text: str  # who pays whom how much on 10,000 USD


class Market(Reply):
    """A market's terms and where it stands."""

    symbol: str
    title: str
    kind: MarketKindName
    expiry_ms: int | None  # of a dated future
    base: str
    quote: str
    settle: str  # the asset that it pays in and is margined by
    inverse: bool  # a unit of size is worth contract_value of the quote, paid in coins
    contract_value: str  # else: of the base, or what it pays for each unit of the price
    state: MarketStateName
    state_text: str  # what that means for orders; empty while all is as usual
    tick_size: str
    lot_size: str
    size_unit: str  # what sizes count, as sentences write it: the coin, or contracts
    price_decimals: int
    size_decimals: int
    leverage_max: str | None
    leverage_preference: str | None  # of the account asked for; null: cross
    leverage_cross: str | None  # what its cross margin is raised to; null: the tiers' alone
    top_up: bool | None  # whether its isolated margin is topped up; null: never, here
    mark: str | None
    last: str | None
    index: str | None
    index_age_ms: int | None
    funding: FundingNow | None
    open_interest: str
    volume_24h: str
    high_24h: str | None
    low_24h: str | None
    change_24h_pct: str | None
    maker_fee_pct: str
    taker_fee_pct: str


class Bar(Reply):
    """One candle."""

    time: int
    open: str
    high: str
    low: str
    close: str
    volume: str


class BookReply(Reply):
    """The best levels: [price, size, total size up to here], best first."""

    symbol: str
    seq: int
    time: int
    bids: list[tuple[str, str, str]]
    asks: list[tuple[str, str, str]]


class Trade(Reply):
    """One public match."""

    id: str
    time: int
    price: str
    size: str
    side: SideName  # the taker's
    liquidation: bool


class FundingRateRow(Reply):
    """One interval's rate."""

    time: int
    rate: str
    index: str
    text: str  # who paid whom, in money


class FundingReply(Reply):
    """Funding of a market: now and before, newest first."""

    now: FundingNow | None
    rates: list[FundingRateRow]
