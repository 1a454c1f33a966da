"""Selling collateral to pay a debt in the settlement asset.   LEDG-008"""

from __future__ import annotations

from longshore.engine._compile import rule
from longshore.engine._table import I64
from longshore.engine.codes import Reason, System, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import balance_atoms, settlement_atoms, system_wallet, transfer
from longshore.engine.rows import Asset
from longshore.engine.state import State, next_event, wallet_account, wallet_kind
from longshore.engine.units import PPM, mul_div_ceil, mul_div_floor, smaller


@rule
def pay_debt(state: State, wallet: I64) -> None:
    """Sell collateral, in the rulebook's order, until nothing is owed or left.   LEDG-008"""
    if wallet_kind(wallet) != WalletKind.FLEX:
        return
    for rank in range(1, state.assets_count + 1):
        if settlement_atoms(state, wallet) >= 0:
            return
        for asset_id in range(1, state.assets_count + 1):
            asset = state.assets[asset_id]
            if asset.conversion_rank == rank and asset.index_subticks > 0:
                sell_for_debt(state, wallet, asset)


@rule
def sell_for_debt(state: State, wallet: I64, asset: Asset) -> None:
    """Sell as much of one asset as the debt asks, or all of it.

    amount = debt * value_divisor / index / (1 - fee), rounded up; proceeds rounded down. The
    conversion account buys as far as it has money.
    """
    debt = -settlement_atoms(state, wallet)
    held = balance_atoms(state, wallet, asset.asset_id)
    counter = system_wallet(System.CONVERSION)
    debt = smaller(debt, settlement_atoms(state, counter))
    if debt <= 0 or held <= 0:
        return
    gross = mul_div_ceil(debt, PPM, PPM - asset.conversion_fee_ppm)
    amount = held
    if mul_div_floor(held, asset.index_subticks, asset.value_divisor) >= gross:
        amount = mul_div_ceil(gross, asset.value_divisor, asset.index_subticks)
    value = mul_div_floor(amount, asset.index_subticks, asset.value_divisor)
    proceeds = value - mul_div_ceil(value, asset.conversion_fee_ppm, PPM)
    proceeds = smaller(proceeds, settlement_atoms(state, counter))
    transfer(state, asset.asset_id, wallet, counter, amount, Reason.CONVERSION)
    transfer(state, state.settlement_asset_id, counter, wallet, proceeds, Reason.CONVERSION)
    event = next_event(state, EventKind.CONVERTED)
    event.account_id = wallet_account(wallet)
    event.wallet = wallet_kind(wallet)
    event.asset_id = asset.asset_id
    event.amount_atoms = amount
    event.value_atoms = proceeds
    event.fee_atoms = value - proceeds
    event.index_subticks = asset.index_subticks
