"""What comes over the socket."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.account import AccountReply, Fill
from longshore.venue.dialects.native.schema.base import MarketStateName, Reply
from longshore.venue.dialects.native.schema.clock import ClockState
from longshore.venue.dialects.native.schema.markets import Bar, FundingNow, Trade


class MarketMessage(Reply, tag="market"):
    """Where a market stands; what has not changed is sent again."""

    seq: int
    world_time: int
    symbol: str
    state: MarketStateName
    state_text: str
    mark: str | None
    last: str | None
    index: str | None
    index_age_ms: int | None
    funding: FundingNow | None
    bids: list[tuple[str, str, str]]
    asks: list[tuple[str, str, str]]
    trades: list[Trade]  # new ones only, oldest first
    candle: Bar | None  # the open one-minute trade candle


class AccountMessage(Reply, tag="account"):
    """The account after something of its own happened, or its marks moved."""

    seq: int
    world_time: int
    account: AccountReply
    fills: list[Fill]  # new ones only, oldest first


class NoticeRow(Reply):
    """Something that befell a market, an index or the venue."""

    time: int
    code: str
    text: str
    symbol: str | None  # None: about an index, or the whole venue


class NoticeMessage(Reply, tag="notice"):
    """Something to say: a liquidation, a trigger, an engine that was handed over."""

    seq: int
    world_time: int
    code: str
    text: str
    symbol: str | None
    ref: str | None  # an order id, or the id of a liquidation for /explain, of a debrief


class ClockMessage(Reply, tag="clock"):
    """The clock changed, or a second has passed."""

    seq: int
    world_time: int
    clock: ClockState


class SnapshotMessage(Reply, tag="snapshot"):
    """The first message of a stream, and the one after a reconnection."""

    seq: int
    world_time: int
    market: MarketMessage
    account: AccountMessage
    clock: ClockState


StreamMessage = MarketMessage | AccountMessage | NoticeMessage | ClockMessage | SnapshotMessage
