"""The highest balance of the insurance account in the last hours, hour by hour.   LIQD-025"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import System
from longshore.engine.ledger import balance_atoms, system_wallet
from longshore.engine.limits import PEAK_HOURS
from longshore.engine.rows import Market
from longshore.engine.state import State
from longshore.engine.units import PPM, larger, mul_div_floor

HOUR_US = 3_600_000_000


@rule
def note_fund(state: State, asset_id: I64) -> None:
    """Keep what the insurance account holds now, if that is the most of its hour.

    Noted before it pays and when it is asked about: what came in between was less, or is noted
    with what is paid of it.
    """
    hour = state.time_us // HOUR_US
    peak = state.fund_peaks[asset_id * PEAK_HOURS + hour % PEAK_HOURS]
    held = balance_atoms(state, system_wallet(System.INSURANCE), asset_id)
    peak.peak_atoms = larger(held, peak.peak_atoms) if peak.hour == hour else held
    peak.hour = hour


@rule
def fund_has_fallen(state: State, market: Market) -> bool:
    """Whether the account has lost the rulebook's share of its peak, or has nothing.   LIQD-025"""
    if market.fund_drop_ppm == 0:
        return False
    note_fund(state, market.settle_asset_id)
    highest = 0
    for number in range(PEAK_HOURS):
        peak = state.fund_peaks[market.settle_asset_id * PEAK_HOURS + number]
        if peak.hour > state.time_us // HOUR_US - PEAK_HOURS:
            highest = larger(highest, peak.peak_atoms)
    held = balance_atoms(state, system_wallet(System.INSURANCE), market.settle_asset_id)
    return held <= mul_div_floor(highest, PPM - market.fund_drop_ppm, PPM)
