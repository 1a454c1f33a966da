"""`Balance`, `BalanceEx`, `TradeBalance`, `OpenPositions`: what the cash wallet holds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import WalletKind
from longshore.engine.margin import collateral_value_atoms
from longshore.engine.units import mul_div_floor
from longshore.venue import views
from longshore.venue.dialects.kraken_spot.api import amount_text
from longshore.venue.dialects.kraken_spot.errors import UNKNOWN_ASSET, ApiError
from longshore.venue.dialects.kraken_spot.names import asset_id
from longshore.venue.dialects.kraken_spot.values import Json, fixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from longshore.rulebooks import AssetInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

WORTH_DECIMALS = 4
NOTHING = fixed(Decimal(0), WORTH_DECIMALS)


class Asked(msgspec.Struct):
    """The asset that figures are counted in."""

    asset: str = "ZUSD"


async def balance(api: Api, call: Call) -> Json:
    """Private Balance."""
    found = held(api, call.account_id)
    return {asset_id(asset): amount_text(asset, amount) for asset, amount, _ in found}


async def balance_ex(api: Api, call: Call) -> Json:
    """Private BalanceEx: with what open orders keep."""
    return {
        asset_id(asset): {
            "balance": amount_text(asset, amount),
            "hold_trade": amount_text(asset, hold),
        }
        for asset, amount, hold in held(api, call.account_id)
    }


def held(api: Api, account_id: int) -> Iterator[tuple[AssetInfo, int, int]]:
    """Every asset the wallet has any of, its amount, and what of it is kept for open orders."""
    for asset in api.venue.catalog.assets.values():
        row = views.balance(api.view, account_id, WalletKind.CASH, asset.asset_id)
        if row.amount_atoms:
            yield asset, int(row.amount_atoms), int(row.hold_atoms)


async def trade_balance(api: Api, call: Call) -> Json:
    """Private TradeBalance: all at index, then as collateral; nothing is borrowed or at risk."""
    counted_in = api.asset(call.form(Asked).asset)
    whole, collateral = _worth(api, call.account_id)
    equity = _in(api, counted_in, collateral)
    return {
        "eb": _in(api, counted_in, whole),
        "tb": equity,
        "m": NOTHING,
        "uv": NOTHING,
        "n": NOTHING,
        "c": NOTHING,
        "v": NOTHING,
        "e": equity,
        "mf": equity,
    }


def _worth(api: Api, account_id: int) -> tuple[int, int]:
    """What the wallet is worth at index and as collateral, in atoms of the settlement asset."""
    whole = collateral = 0
    for asset, amount, _ in held(api, account_id):
        row = api.asset_row(asset)
        if asset.is_settlement:
            whole, collateral = whole + amount, collateral + amount
        else:
            whole += mul_div_floor(amount, row.index_subticks, row.value_divisor)
            collateral += collateral_value_atoms(row, amount)
    return whole, collateral


def _in(api: Api, asset: AssetInfo, atoms: int) -> str:
    value = api.venue.catalog.settlement.amount(atoms)
    if not asset.is_settlement:
        price = asset.price(api.asset_row(asset).index_subticks)
        if not price:
            raise ApiError(UNKNOWN_ASSET)
        value /= price
    return fixed(value, WORTH_DECIMALS)


async def open_positions(api: Api, call: Call) -> Json | list[Json]:
    """Private OpenPositions: a spot trade opens none where nothing is lent."""
    return [] if call.values.get("consolidation") == "market" else {}
