"""The names of the wire, and what everything sent or answered is."""

from __future__ import annotations

from typing import Literal

import msgspec

LegName = Literal["long", "short"]
PositionModeName = Literal["one_way", "hedge"]
SideName = Literal["buy", "sell"]
OrderKind = Literal["limit", "market", "post", "ioc", "fok", "stop", "take_profit"]
SignalName = Literal["mark", "index", "last"]
TypeName = Literal[OrderKind, "liquidation"]
OrderStatus = Literal["open", "waiting", "attached", "filled", "ended"]
"""`attached`: the stop or the target of an order that has opened nothing yet."""
MarketKindName = Literal["spot", "perpetual", "future"]
MarketStateName = Literal["active", "post_only", "cancel_only", "halted", "expired", "auction"]
Cause = Literal["you", "stop", "target", "liquidation", "adl", "assignment", "delisting", "expiry"]
"""Who or what traded: the last two are the end of a market, by the venue or by its date."""
BufferLevel = Literal["full", "half", "quarter", "tenth"]
PhaseName = Literal["announced", "closing", "down", "opening"]
"""How far a maintenance of the venue is."""
MarginMode = Literal["cross", "isolated"]
Permission = Literal["read", "trade", "transfer"]


class Body(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a caller sends. A field that is not known is refused, not ignored."""


class Reply(msgspec.Struct, kw_only=True):
    """What the venue answers."""


class ErrorReply(Reply):
    """A refusal: a stable code, the field it is about (or empty), a sentence."""

    code: str
    field: str
    message: str
