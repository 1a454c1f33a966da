"""The shape of a rulebook file: one line a rule, with its unit.

Rates and shares are fractions, money is USD, sizes are base units, times are seconds. A key that is
not declared here is refused with its path.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

T = TypeVar("T")

USD = Meta(title="USD")
BASE = Meta(title="base units")
SHARE = Meta(title="fraction")
SECONDS = Meta(title="s")
PER_INTERVAL = Meta(title="fraction per interval")
METHOD = Meta(title="method")
COUNT = Meta(title="")
FEE = Meta(title="USD, maker, taker")
MARGIN = Meta(title="USD, initial, maintenance")


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file; a key it does not know is refused."""


class Value(Strict, Generic[T], frozen=True):
    """One rule: what it is, who says so, when, and whether it can be relied on."""

    value: T
    source: str = ""
    date: date | None = None
    verified: bool = True
    note: str = ""


class Source(Strict, frozen=True):
    """Where a value was read."""

    what: str
    url: str = ""


class FeeTerms(msgspec.Struct, frozen=True, array_like=True):
    """From this 30-day volume: maker and taker rate."""

    volume_usd: Decimal
    maker: Decimal
    taker: Decimal


class MarginTerms(msgspec.Struct, frozen=True, array_like=True):
    """From this notional: initial and maintenance margin rate."""

    notional_usd: Decimal
    initial: Decimal
    maintenance: Decimal


class AssetTerms(Strict, frozen=True):
    """An asset: the engine's units of it, and what it is worth as collateral."""

    id: int
    code: str
    title: str
    decimals: int
    price_decimals: int
    haircut: Annotated[Value[Decimal], SHARE]
    conversion_fee: Annotated[Value[Decimal], SHARE]
    conversion_rank: Annotated[Value[int], COUNT]
    stale_after_s: Annotated[Value[Decimal], SECONDS]


class PerpetualFamily(Strict, frozen=True):
    """What all perpetuals of the venue share."""

    margin_basis: Annotated[Value[Literal["entry", "mark"]], METHOD]
    tier_method: Annotated[Value[Literal["slice", "whole"]], METHOD]
    order_margin: Annotated[Value[Literal["worst_side"]], METHOD]
    market_band: Annotated[Value[Decimal], SHARE]
    collar: Annotated[Value[Decimal], SHARE]
    mark_ema_num: Annotated[Value[int], COUNT]
    mark_ema_den: Annotated[Value[int], COUNT]
    mark_premium_cap: Annotated[Value[Decimal], SHARE]
    premium_price: Annotated[Value[Literal["impact_mid"]], METHOD]
    sample_s: Annotated[Value[Decimal], SECONDS]
    funding_interval_s: Annotated[Value[Decimal], SECONDS]


class SpotFamily(Strict, frozen=True):
    """What all spot pairs of the venue share."""

    market_band: Annotated[Value[Decimal], SHARE]


StepName = Literal["cancel_orders", "partial", "full", "assign", "covered", "insurance", "unwind"]


class LiquidationTerms(Strict, frozen=True):
    """The ladder and its measures."""

    ladder: Annotated[Value[tuple[StepName, ...]], METHOD]
    cancel_on_initial: Annotated[Value[bool], METHOD]
    partial_share: Annotated[Value[Decimal], SHARE]
    partial_band: Annotated[Value[Decimal], SHARE]
    cover_band: Annotated[Value[Decimal], SHARE]
    cover_mark_band: Annotated[Value[Decimal], SHARE]
    assign_band: Annotated[Value[Decimal], SHARE]
    fee: Annotated[Value[Decimal], SHARE]


class FeeSchedule(Strict, frozen=True):
    """Fee tiers by 30-day volume, lowest first."""

    id: int
    tiers: Annotated[tuple[Value[FeeTerms], ...], FEE]


class Fees(Strict, frozen=True):
    """The two schedules: perpetuals and spot."""

    linear: FeeSchedule
    spot: FeeSchedule


class PerpetualTerms(Strict, frozen=True):
    """One perpetual's own rules."""

    id: int
    base: str
    tick: Annotated[Value[Decimal], USD]
    lot: Annotated[Value[Decimal], BASE]
    position_max: Annotated[Value[Decimal], BASE]
    order_max: Annotated[Value[Decimal], BASE]
    impact_size: Annotated[Value[Decimal], BASE]
    funding_divisor: Annotated[Value[int], COUNT]
    funding_cap: Annotated[Value[Decimal], PER_INTERVAL]
    tiers: Annotated[tuple[Value[MarginTerms], ...], MARGIN]


class PairTerms(Strict, frozen=True):
    """One spot pair's own rules."""

    id: int
    base: str
    venue_id: str
    tick: Annotated[Value[Decimal], USD]
    lot: Annotated[Value[Decimal], BASE]
    order_max: Annotated[Value[Decimal], BASE]


class Terms(Strict, frozen=True):
    """A whole rulebook file."""

    id: str
    name: str
    venue: str
    region: str
    as_of: date
    settlement: str
    sources: dict[str, Source]
    assets: dict[str, AssetTerms]
    perpetual: PerpetualFamily
    spot: SpotFamily
    liquidation: LiquidationTerms
    fees: Fees
    perpetuals: dict[str, PerpetualTerms]
    pairs: dict[str, PairTerms]
