"""Trading fees: tiers by 30-day volume, rounding, who pays whom."""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import MarketKind, Role
from longshore.engine.limits import VOLUME_DAYS
from longshore.engine.rows import Account, Market
from longshore.engine.state import State
from longshore.engine.units import PPM, mul_div_ceil, mul_div_floor

DAY_US = 86_400_000_000


@rule
def volume_slot(account_id: I64, spot: I64, day: I64) -> I64:
    """The row of one account's volume on one day."""
    return (account_id * 2 + spot) * VOLUME_DAYS + day % VOLUME_DAYS


@rule
def volume_sum(state: State, account_id: I64, spot: I64, day: I64) -> I64:
    """Volume of a day and the thirty before it."""
    total = 0
    for back in range(VOLUME_DAYS):
        row = state.volume_days[volume_slot(account_id, spot, day - back)]
        if row.day == day - back:
            total += row.volume_atoms
    return total


@rule
def refresh_volume(state: State, account: Account) -> None:
    """Bring an account's 30-day sums to today.   FEES-002"""
    day = state.time_us // DAY_US
    if account.volume_day != day:
        account.volume_day = day
        account.derivatives_volume_atoms = volume_sum(state, account.account_id, 0, day)
        account.spot_volume_atoms = volume_sum(state, account.account_id, 1, day)


@rule
def volume_atoms(state: State, account_id: I64, market: Market) -> I64:
    """The 30-day volume that decides the tier in a market."""
    account = state.accounts[account_id]
    day = state.time_us // DAY_US
    spot = 1 if market.kind == MarketKind.SPOT else 0
    if account.volume_day != day:
        return volume_sum(state, account_id, spot, day)
    return account.spot_volume_atoms if spot == 1 else account.derivatives_volume_atoms


@rule
def add_volume(state: State, account_id: I64, market: Market, value_atoms: I64) -> None:
    """Count a fill; of one in coins what they are worth at index.   CONT-003"""
    value = value_atoms
    if market.settle_asset_id != state.settlement_asset_id:
        coin = state.assets[market.settle_asset_id]
        value = mul_div_floor(value_atoms, coin.index_subticks, coin.value_divisor)
    account = state.accounts[account_id]
    refresh_volume(state, account)
    spot = 1 if market.kind == MarketKind.SPOT else 0
    row = state.volume_days[volume_slot(account_id, spot, account.volume_day)]
    if row.day != account.volume_day:
        row.day = account.volume_day
        row.volume_atoms = 0
    row.volume_atoms += value
    if spot == 1:
        account.spot_volume_atoms += value
    else:
        account.derivatives_volume_atoms += value


@rule
def fee_rate_ppm(state: State, account_id: I64, market: Market, maker: bool) -> I64:
    """The rate of the highest tier reached.   FEES-002"""
    volume = volume_atoms(state, account_id, market)
    rate = 0
    for number in range(market.fee_count):
        tier = state.fee_tiers[market.fee_first + number]
        if volume >= tier.from_atoms:
            rate = tier.maker_ppm if maker else tier.taker_ppm
    return rate


@rule
def fee_atoms(state: State, account_id: I64, market: Market, role: I64, value_atoms: I64) -> I64:
    """The fee of one side of a fill: up to the atom for a fee, down for a rebate.   FEES-001"""
    if role >= Role.ASSIGNOR:
        return 0
    rate = fee_rate_ppm(state, account_id, market, role == Role.MAKER)
    return mul_div_ceil(value_atoms, rate, PPM)


@rule
def taker_fee_atoms(state: State, account_id: I64, market: Market, value_atoms: I64) -> I64:
    """The most a fill of this value can cost as a fee."""
    return mul_div_ceil(value_atoms, fee_rate_ppm(state, account_id, market, False), PPM)
