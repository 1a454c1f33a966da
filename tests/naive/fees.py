"""Article 06: fees.

Chosen: liquidation fills count toward the volume too. A fee schedule belongs to a market; the
volume it looks at is that of the market's kind.
"""

from __future__ import annotations

from longshore.engine.codes import MarketKind
from longshore.engine.rows import FeeTier, Market
from tests.naive.state import PPM, State, up

DAY_US = 86_400_000_000


def volume(s: State, account_id: int, market: Market) -> int:
    """FEES-002: today and the thirty days before, by UTC day, of this kind of market."""
    today = s.time_us // DAY_US
    days = s.accounts[account_id].volume
    return sum(days[is_spot(market), day] for day in range(today - 30, today + 1))


def tier(s: State, account_id: int, market: Market) -> FeeTier:
    """The highest tier whose bound the volume has reached."""
    reached = volume(s, account_id, market)
    return [t for t in s.fee_tiers[market.market_id] if t.from_atoms <= reached][-1]


def taker_ppm(s: State, account_id: int, market: Market) -> int:
    """The taker rate an account pays now."""
    return tier(s, account_id, market).taker_ppm


def maker_ppm(s: State, account_id: int, market: Market) -> int:
    """The maker rate an account pays now; negative is a rebate."""
    return tier(s, account_id, market).maker_ppm


def fee(value: int, rate_ppm: int) -> int:
    """FEES-001: rounded up; of a rebate that is down."""
    return up(value * rate_ppm, PPM)


def count(s: State, account_id: int, market: Market, value: int) -> None:
    """A fill adds to the day's volume, in the settlement asset (CONT-003)."""
    if market.settle_asset_id != s.settlement:
        coin = s.assets[market.settle_asset_id]
        value = value * coin.index_subticks // coin.value_divisor
    s.accounts[account_id].volume[is_spot(market), s.time_us // DAY_US] += value


def is_spot(market: Market) -> bool:
    """Spot and derivatives volumes are counted apart."""
    return market.kind == MarketKind.SPOT
