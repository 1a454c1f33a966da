"""What a caller sends."""

from __future__ import annotations

from typing import Literal

import msgspec

from longshore.practice.guardrails.log import Why
from longshore.practice.plan import Reason
from longshore.rulebooks.changing import TermName
from longshore.venue.dialects.native.schema.base import (
    Body,
    LegName,
    OrderKind,
    Permission,
    PositionModeName,
    SideName,
    SignalName,
)


class PlanNote(Body):
    """What is meant by an order that opens risk; its stop, and its target, are the order's own."""

    reason: Reason
    max_loss: str
    note: str = ""
    hours: str | None = None  # how long it is meant to be held, where there is no target, or too


class PlanBody(Body):
    """An order to come, by what it may lose: its size is the answer."""

    symbol: str
    side: SideName
    stop_price: str
    max_loss: str
    price: str | None = None  # of a limit order; absent: at market
    target_price: str | None = None
    hours: str | None = None


class OrderBody(Body):
    """An order. `stop_price` and `target_price` come along: a linked stop and take-profit."""

    symbol: str
    side: SideName
    type: OrderKind
    size: str | None = None  # absent: only with `close_position`
    client_id: str = ""
    price: str | None = None
    trigger_price: str | None = None
    trigger_signal: SignalName = "mark"
    reduce_only: bool = False
    leverage: str | None = None  # isolated at this leverage; absent: as the market stands
    leg: LegName | None = None  # in hedge mode: the position that it opens or closes
    stop_price: str | None = None
    stop_loss: str | None = None  # or where this much is lost, both fees in
    stop_percent: str | None = None  # or this far from the entry price
    target_price: str | None = None
    target_profit: str | None = None
    target_percent: str | None = None
    trail: str | None = None  # a stop that follows its signal this far away, in the quote
    trail_percent: str | None = None  # or in percent of it
    rests: bool = False  # a stop or take-profit that becomes a limit order at `price`
    slides: bool = False  # a post-only order that steps back where it would cross
    display_size: str | None = None  # an iceberg: how much of it shows at a time
    close_position: bool = False  # a stop or take-profit for all there is when it fires
    expires_ms: int | None = None  # it ends at this time
    before_ms: int | None = None  # refused when it comes later than this
    plan: PlanNote | None = None  # kept with what the order opens


class AmendBody(Body):
    """New open size, price or trigger of an order; what is absent stays."""

    size: str | None = None
    price: str | None = None
    trigger_price: str | None = None
    before_ms: int | None = None  # refused when it comes later than this
    why: Why | None = None  # asked in guided practice where a stop is moved away


class CancelAllBody(Body):
    """End all orders, of one market or (absent) of all."""

    symbol: str | None = None


class CloseBody(Body):
    """Close a position at market, whole or in part."""

    size: str | None = None
    leg: LegName | None = None  # in hedge mode
    client_id: str = ""


class MarginBody(Body):
    """Practice money into (above zero) or out of (below zero) an isolated position."""

    amount: str


class TransferBody(Body):
    """Practice money between the money for spot (`cash`) and the money for futures (`flex`)."""

    asset: str
    amount: str
    source: Literal["cash", "flex"]
    target: Literal["cash", "flex"]


class LeverageBody(Body):
    """Isolated at this leverage, or cross when null; with a `margin_mode`, that mode's leverage."""

    symbol: str
    leverage: str | None  # cross: null leaves initial margin to the tiers
    margin_mode: Literal["cross", "isolated"] | None = None


class PositionModeBody(Body):
    """One position a market, or a long and a short leg in those that allow it."""

    mode: PositionModeName


class TopUpBody(Body):
    """Isolated margin here is topped up by itself before it is liquidated, or not."""

    symbol: str
    enabled: bool


class RiskLimitBody(Body):
    """A risk limit of at least this much money, in the asset that the market settles in."""

    symbol: str
    limit: str


class TermsBody(Body):
    """New values of a term, in the units of a rulebook file; `effective_ms` null: at once."""

    symbol: str
    term: TermName
    values: list[str]  # tier: initial, maintenance; margin_factor the same; fees: maker, taker
    tier: int = 0  # of tier, tier_bound and fees, from 0
    effective_ms: int | None = None


class ClockBody(Body):
    """What the world's clock is to do. `speed` for action speed, `step_ms` for action step."""

    action: Literal["pause", "resume", "speed", "step"]
    speed: str | None = None
    step_ms: int | None = None


class RunBody(Body):
    """Go on, as fast as it goes, until something happens; the world is paused there.

    `fill` and `liquidation`: of `of`, an account's name, or of anybody. `symbol`: in that market;
    a price needs one. Without it in `limit_ms` of world time, it stops there.
    """

    until: Literal["event", "fill", "funding", "liquidation", "price", "time"]
    of: str = ""
    symbol: str = ""
    price: str | None = None
    signal: SignalName = "mark"
    limit_ms: int = 86_400_000


class WorldBody(Body):
    """A further world, by the name of a shipped scenario."""

    scenario: str


class BranchBody(Body):
    """From when a branch goes its own way: after a seq, at a world time, or now (neither)."""

    seq: int | None = None
    time_ms: int | None = None
    name: str = ""


class TitleBody(Body):
    """What a world is called."""

    title: str


class FileBody(Body):
    """An exported world's file in the venue's `exports` folder, and the name it is to have."""

    file: str
    name: str = ""


class WhatIfBody(Body):
    """One thing about an account's past done otherwise (`longshore.practice.counterfactual`)."""

    change: str = ""
    rulebook: str = ""
    symbol: str = ""
    seq: int | None = None
    time_ms: int | None = None
    until_ms: int | None = None
    flow: Literal["agents", "frozen"] = "agents"


class AccountBody(Body):
    """A new account and its first deposits: asset code to amount, into the flex wallet."""

    name: str
    deposits: dict[str, str] = msgspec.field(default_factory=dict)


class WithdrawalBody(Body):
    """Practice money out of the venue."""

    asset: str
    amount: str
    wallet: Literal["cash", "flex", "coin"] = "flex"


class DepositBody(Body):
    """Practice money for an account."""

    account: str
    asset: str
    amount: str
    wallet: Literal["cash", "flex", "coin"] = "flex"  # coin: what markets in that coin settle in


class NameBody(Body):
    """Somebody by name."""

    name: str


class KeyBody(Body):
    """A new API key of an account."""

    account: str
    permissions: tuple[Permission, ...] = ("read", "trade", "transfer")
