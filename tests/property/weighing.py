"""Every wallet weighed in floating point, compiled: which ones are not clearly safe."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numba import njit

from longshore.engine.codes import MarginBasis, TierUnit, WalletKind
from longshore.engine.limits import (
    ACCOUNTS_SYSTEM,
    ASSETS_MAX,
    MARKETS_MAX,
    POSITIONS_PER_ACCOUNT,
    WALLETS_PER_ACCOUNT,
)

FIRST, PPM = ACCOUNTS_SYSTEM + 1, 1_000_000
FLEX, ISOLATED, COIN = int(WalletKind.FLEX), int(WalletKind.ISOLATED), int(WalletKind.COIN)
BY_ENTRY, BY_LOTS = int(MarginBasis.ENTRY), int(TierUnit.LOTS)
CLEARLY, ATOMS = 1.001, 1_000
"""Above maintenance margin by so much more than all that rounding may come to."""


@njit
def doubtful(last, now, dollar, tables):
    """Account and kind of wallets that are not clearly safe, and whose ladder does not pause.

    LIQD-018: a pause is no longer than the longest of the markets'.
    """
    wallets, markets = tables[0], tables[3]
    longest = 0
    for number in range(MARKETS_MAX):
        longest = max(longest, markets[number].pause_us)
    found = []
    for account_id in range(FIRST, last + 1):
        spare = spare_of(account_id, now, dollar, tables)
        for kind in range(FLEX, WALLETS_PER_ACCOUNT):
            paused = wallets[account_id * WALLETS_PER_ACCOUNT + kind].paused_us
            if spare[kind] < 0 and not now < paused <= now + longest:
                found.append((account_id, kind))
    return found


@njit
def spare_of(account_id, now, dollar, tables):
    """What an account's wallets clearly have above maintenance margin, by kind."""
    _, balances, positions, markets, assets, tiers = tables
    rows = WALLETS_PER_ACCOUNT * ASSETS_MAX
    own = balances[account_id * rows : (account_id + 1) * rows]
    spare = held(own, dollar, markets, assets)
    for place in range(POSITIONS_PER_ACCOUNT):
        position = positions[account_id * POSITIONS_PER_ACCOUNT + place]
        market = markets[place % MARKETS_MAX]
        if position.qty_lots != 0:
            kind = kind_of(dollar, market, position)
            if position.isolated != 0:  # MRGN-007: no more than the position's margin
                spare[kind] = min(spare[kind], position.margin_atoms)
            spare[kind] += weight(now, market, position, tiers)
    return spare


@njit
def held(balances, dollar, markets, assets):
    """MRGN-002: what stands behind positions, by kind of wallet. Nobody in debt is clearly safe."""
    found = np.zeros(WALLETS_PER_ACCOUNT)
    for kind in range(FLEX, WALLETS_PER_ACCOUNT):
        unit = dollar
        if kind >= COIN:
            unit = kind - COIN
        elif kind >= ISOLATED:
            unit = markets[kind - ISOLATED].settle_asset_id
        amount = balances[kind * ASSETS_MAX + unit].amount_atoms
        found[kind] = amount - ATOMS if amount < 0 else amount
    for asset_id in range(ASSETS_MAX):
        amount, asset = balances[FLEX * ASSETS_MAX + asset_id].amount_atoms, assets[asset_id]
        if amount != 0 and asset_id != dollar:
            worth = float(amount) * asset.index_subticks / asset.value_divisor
            found[FLEX] += worth * (PPM - asset.haircut_ppm) / PPM
    return found


@njit
def kind_of(dollar, market, position):
    """CONT-003: the kind of wallet that a position hangs on."""
    if position.isolated != 0:
        return ISOLATED + market.market_id
    return FLEX if market.settle_asset_id == dollar else COIN + market.settle_asset_id


@njit
def weight(now, market, position, tiers):
    """What a position adds to equity, less more than it asks for."""
    lots, mark = float(position.qty_lots), float(market.mark_subticks)
    if market.inverse_factor == 0:
        value = mark * lots / market.value_divisor
    else:
        value = -lots * market.inverse_factor / mark
    since = float(market.funding_index_parts - position.funding_index_parts)
    if market.funding_lot_parts != 0:
        share = float(now - market.funding_from_us) / market.funding_interval_us
        since += market.funding_lot_parts * share
    gain = value - position.entry_value_atoms - lots * since / market.atom_parts
    notional = abs(value)
    if market.margin_basis == BY_ENTRY:
        notional = abs(float(position.entry_value_atoms))
    asked = required(market, tiers, notional, abs(lots))
    steps = position.risk_steps * tiers[market.tier_first].maintenance_ppm
    asked += notional * (market.maintenance_fee_ppm + steps) / PPM  # MRGN-014, MRGN-017
    return gain - asked * CLEARLY - ATOMS


@njit
def required(market, tiers, notional, lots):
    """Maintenance margin by the market's method: MRGN-013, MRGN-016, MRGN-019."""
    factor = market.maintenance_factor_ppm / PPM if market.maintenance_factor_ppm else 1.0
    low = tiers[market.tier_first]
    initial, rate = low.initial_ppm / PPM, low.maintenance_ppm / PPM
    if market.margin_root_e12 > 0:
        root = min(1.0, sqrt(lots) * market.margin_root_e12 / 1e12)
        return notional * min(1.0, max(root, initial) * rate / initial * factor)
    if market.margin_slope_e12 > 0:
        rate = min(1.0, rate + lots * market.margin_slope_e12 / 1e12)
        return notional * min(1.0, rate * factor)
    return by_tiers(market, tiers, notional, lots, factor)


@njit
def by_tiers(market, tiers, notional, lots, factor):
    """MRGN-001, CONT-004: by slices, or all of it at the rate that is reached."""
    size = lots if market.tier_unit == BY_LOTS else notional
    total, last = 0.0, market.tier_first + market.tier_count - 1
    for slot in range(market.tier_first, last + 1):
        tier = tiers[slot]
        if slot == market.tier_first or tier.from_size < size:
            rate = min(1.0, tier.maintenance_ppm / PPM * factor)
            top = size if slot == last else min(size, float(tiers[slot + 1].from_size))
            part = (top - tier.from_size) * notional / size if size > 0 else 0.0
            total = notional * rate if market.tier_whole == 1 else total + part * rate
    return total
