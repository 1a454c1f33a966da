"""Article 01: money.

Chosen: wallets of the venue's own accounts. A market's clearing account is CLEARING's isolated
wallet of that market; all other venue accounts keep their money in their flex wallet. Conversion
(LEDG-008): amount = ceil(debt / (index x (1 - fee))), proceeds = floor(amount x index) less the fee
on that, rounded up; proceeds may exceed the debt by less than one atom of the coin. An asset
without an index price is neither counted nor sold.
"""

from __future__ import annotations

from longshore.engine.codes import MarketKind, OrderState, Side, System, WalletKind
from longshore.engine.rows import Asset
from tests.naive.state import OUTSIDE, PPM, State, up

Place = tuple[int, int]
"""Account and wallet."""


def clearing(market_id: int) -> Place:
    """Where a market's clearing account is kept."""
    return System.CLEARING, WalletKind.ISOLATED + market_id


def venue_purse(account_id: int) -> Place:
    """Where the venue's other accounts keep their money."""
    return (OUTSIDE, 0) if account_id == OUTSIDE else (account_id, WalletKind.FLEX)


def move(s: State, asset_id: int, source: Place, target: Place, amount: int) -> None:
    """LEDG-001. A negative amount goes the other way. The insurance fund's levels are kept."""
    fund = venue_purse(System.INSURANCE)
    if fund in (source, target):
        s.fund_levels.append((asset_id, s.time_us, s.balances[(*fund, asset_id)]))
    s.balances[(*source, asset_id)] -= amount
    s.balances[(*target, asset_id)] += amount


def balance(s: State, place: Place, asset_id: int) -> int:
    """What a wallet holds of an asset."""
    return s.balances.get((*place, asset_id), 0)


def held(s: State, account_id: int, asset_id: int) -> int:
    """What open spot orders keep of an asset in the cash wallet (ORDR-017)."""
    total = 0
    for order in s.orders.values():
        market = s.markets[order.market_id]
        if order.account_id != account_id or order.state != OrderState.RESTING:
            continue
        if market.kind != MarketKind.SPOT:
            continue
        spent = market.quote_asset_id if order.side == Side.BUY else market.base_asset_id
        total += order.hold_atoms if spent == asset_id else 0
    return total


def collateral_value(asset: Asset, amount: int) -> int:
    """Amount at index, rounded down, x (1 - haircut), rounded down (MRGN-002)."""
    worth = amount * asset.index_subticks // asset.value_divisor
    return worth * (PPM - asset.haircut_ppm) // PPM


def convert_debt(s: State, place: Place) -> None:
    """LEDG-008: other collateral is sold until the settlement balance is no longer negative."""
    if place[1] != WalletKind.FLEX:
        return
    ranked = [a for a in s.assets.values() if a.conversion_rank > 0 and a.index_subticks > 0]
    for asset in sorted(ranked, key=lambda a: a.conversion_rank):
        desk = venue_purse(System.CONVERSION)
        debt = min(-balance(s, place, s.settlement), balance(s, desk, s.settlement))
        have = balance(s, place, asset.asset_id)
        if asset.asset_id == s.settlement or debt <= 0 or have <= 0:
            continue
        net = asset.index_subticks * (PPM - asset.conversion_fee_ppm)
        scale = asset.value_divisor * PPM
        sold = min(have, up(debt * scale, net))
        gross = sold * asset.index_subticks // asset.value_divisor
        net_of_fee = gross - up(gross * asset.conversion_fee_ppm, PPM)
        paid = min(net_of_fee, balance(s, desk, s.settlement))
        move(s, asset.asset_id, place, desk, sold)
        move(s, s.settlement, desk, place, paid)
