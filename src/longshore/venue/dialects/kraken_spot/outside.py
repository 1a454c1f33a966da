"""Where practice money comes from and goes to: one method and one address for every asset.

The address is one of this venue alone, spelled so that nobody takes it for one of a real chain.
What is withdrawn is gone at once; what is deposited the operator brings. The fields of methods,
addresses and a withdrawal's info are as clients read them; no recording has them: unverified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.rulebooks import AssetInfo
from longshore.venue import views
from longshore.venue.dialects.kraken_spot import drafts
from longshore.venue.dialects.kraken_spot.api import amount_text
from longshore.venue.dialects.kraken_spot.errors import (
    FUNDING_AMOUNT,
    UNAVAILABLE,
    UNKNOWN_REFERENCE,
    UNKNOWN_WITHDRAW_KEY,
    ApiError,
)
from longshore.venue.dialects.kraken_spot.funding import METHOD, amount_atoms, funded
from longshore.venue.dialects.kraken_spot.names import asset_id
from longshore.venue.dialects.kraken_spot.values import Json

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

KEY = "practice"
"""The name of the one address that can be withdrawn to."""


class AssetAsked(msgspec.Struct):
    """Of which asset."""

    asset: str


class ListAsked(msgspec.Struct):
    """Of which asset, all where none is named."""

    asset: str = ""


class Withdrawal(msgspec.Struct):
    """`Withdraw` and `WithdrawInfo`."""

    asset: str
    key: str
    amount: str
    address: str = ""


async def deposit_methods(api: Api, call: Call) -> list[Json]:
    """Private DepositMethods: one, without limit and fee."""
    asset = funded(api, call.form(AssetAsked).asset)
    return [{"method": METHOD, "limit": False, "fee": amount_text(asset, 0), "gen-address": True}]


async def deposit_addresses(api: Api, call: Call) -> list[Json]:
    """Private DepositAddresses: the account's one, by whatever method it is asked for."""
    asset = funded(api, call.form(AssetAsked).asset)
    return [{"address": _address(asset, call.account_id), "expiretm": "0", "new": False}]


def _address(asset: AssetInfo, account_id: int) -> str:
    return f"practice-{asset.code.lower()}-{account_id}"


async def withdraw_methods(api: Api, call: Call) -> list[Json]:
    """Private WithdrawMethods."""
    return [
        {
            "asset": asset_id(asset),
            "method": METHOD,
            "network": METHOD,
            "minimum": amount_text(asset, 1),
        }
        for asset in _asked(api, call)
    ]


async def withdraw_addresses(api: Api, call: Call) -> list[Json]:
    """Private WithdrawAddresses: the one there is, under its name."""
    return [
        {
            "address": _address(asset, 0),
            "asset": asset_id(asset),
            "method": METHOD,
            "key": KEY,
            "verified": True,
        }
        for asset in _asked(api, call)
    ]


def _asked(api: Api, call: Call) -> list[AssetInfo]:
    name = call.form(ListAsked).asset
    return [funded(api, name)] if name else list(api.venue.catalog.assets.values())


async def withdraw_info(api: Api, call: Call) -> Json:
    """Private WithdrawInfo: what could go, and what would arrive."""
    asset, asked = _checked(api, call)
    balance = views.balance(api.view, call.account_id, WalletKind.CASH, asset.asset_id)
    free = int(balance.amount_atoms) - int(balance.hold_atoms)
    return {
        "method": METHOD,
        "limit": amount_text(asset, max(0, free)),
        "amount": amount_text(asset, amount_atoms(asset, asked.amount)),
        "fee": amount_text(asset, 0),
    }


async def withdraw(api: Api, call: Call) -> Json:
    """Private Withdraw: money leaves the spot wallet for good, unless the operator holds it."""
    asset, asked = _checked(api, call)
    if api.venue.withdrawals_stopped_us is not None:
        raise ApiError(UNAVAILABLE)
    command = Command(
        kind=CommandKind.WITHDRAW,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=asset.asset_id,
        from_wallet=WalletKind.CASH,
        amount_atoms=amount_atoms(asset, asked.amount),
    )
    (events,) = await api.submit([command])
    if drafts.refusal(events) is not None:
        raise ApiError(FUNDING_AMOUNT)
    return {"refid": api.ids.transfer(int(events[0].seq))}


def _checked(api: Api, call: Call) -> tuple[AssetInfo, Withdrawal]:
    """The asset and what is asked of it; refused unless it goes to the address there is."""
    asked = call.form(Withdrawal)
    asset = funded(api, asked.asset)
    if asked.key != KEY or asked.address not in ("", _address(asset, 0)):
        raise ApiError(UNKNOWN_WITHDRAW_KEY)
    return asset, asked


async def withdraw_cancel(api: Api, call: Call) -> Json:
    """Private WithdrawCancel: none is under way."""
    funded(api, call.form(AssetAsked).asset)
    raise ApiError(UNKNOWN_REFERENCE)
