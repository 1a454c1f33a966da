"""Where practice money comes from and goes to: over a made-up chain, or without any.

Coins that a chain carries come and go over it (`on_chain`). Beside that, for every asset,
practice money leaves at once and for good under the key `practice`, and the operator brings it;
an asset that no chain carries has no other way. All addresses are this venue's alone, spelled so
that nobody takes them for those of a real chain. The fields of methods, addresses and a
withdrawal's info are as clients read them; no recording has them: unverified.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.rulebooks import AssetInfo
from longshore.venue import views
from longshore.venue.dialects.kraken_spot import drafts, on_chain
from longshore.venue.dialects.kraken_spot.api import amount_text
from longshore.venue.dialects.kraken_spot.errors import (
    FUNDING_AMOUNT,
    UNAVAILABLE,
    UNKNOWN_WITHDRAW_KEY,
    ApiError,
)
from longshore.venue.dialects.kraken_spot.funding import METHOD, amount_atoms, funded
from longshore.venue.dialects.kraken_spot.names import asset_id
from longshore.venue.dialects.kraken_spot.values import Json

if TYPE_CHECKING:
    from longshore.custody.inputs import Asked
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

KEY = "practice"
"""The name of the one address that can be withdrawn to."""


class AssetAsked(msgspec.Struct):
    """Of which asset."""

    asset: str


class AddressAsked(msgspec.Struct):
    """Of which asset, over which method."""

    asset: str
    method: str = ""


class CancelAsked(msgspec.Struct):
    """Which withdrawal."""

    asset: str
    refid: str = ""


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
    """Private DepositMethods: the networks, or the operator's one where none carries the asset."""
    asset = funded(api, call.form(AssetAsked).asset)
    over = [on_chain.deposit_method(each, asset) for each in on_chain.networks(api, asset)]
    plain = {"method": METHOD, "limit": False, "fee": amount_text(asset, 0), "gen-address": True}
    return over or [plain]


async def deposit_addresses(api: Api, call: Call) -> list[Json]:
    """Private DepositAddresses: the account's one of a method."""
    asked = call.form(AddressAsked)
    asset = funded(api, asked.asset)
    if on_chain.networks(api, asset):
        name = "" if asked.method == METHOD else asked.method
        return [await on_chain.deposit_address(api, call.account_id, asset, name)]
    return [{"address": _address(asset, call.account_id), "expiretm": "0", "new": False}]


def _address(asset: AssetInfo, account_id: int) -> str:
    return f"practice-{asset.code.lower()}-{account_id}"


async def withdraw_methods(api: Api, call: Call) -> list[Json]:
    """Private WithdrawMethods: without a chain, and the networks."""
    return [
        method
        for asset in _asked(api, call)
        for method in (
            {
                "asset": asset_id(asset),
                "method": METHOD,
                "network": METHOD,
                "minimum": amount_text(asset, 1),
            },
            *(on_chain.withdraw_method(each, asset) for each in on_chain.networks(api, asset)),
        )
    ]


async def withdraw_addresses(api: Api, call: Call) -> list[Json]:
    """Private WithdrawAddresses: the one without a chain, and the account's own book."""
    held = await on_chain.desk(api)
    return [
        address
        for asset in _asked(api, call)
        for address in (
            {
                "address": _address(asset, 0),
                "asset": asset_id(asset),
                "method": METHOD,
                "key": KEY,
                "verified": True,
            },
            *on_chain.kept_addresses(api, held, call.account_id, asset),
        )
    ]


def _asked(api: Api, call: Call) -> list[AssetInfo]:
    name = call.form(ListAsked).asset
    return [funded(api, name)] if name else list(api.venue.catalog.assets.values())


async def withdraw_info(api: Api, call: Call) -> Json:
    """Private WithdrawInfo: what could go, and what would arrive."""
    asked = call.form(Withdrawal)
    asset = funded(api, asked.asset)
    balance = views.balance(api.view, call.account_id, WalletKind.CASH, asset.asset_id)
    free = max(0, int(balance.amount_atoms) - int(balance.hold_atoms))
    if asked.key != KEY:
        over = _over(api, call, asset, asked)
        return on_chain.info(api, await on_chain.desk(api), call.account_id, over, free)
    _check(asset, asked)
    return {
        "method": METHOD,
        "limit": amount_text(asset, free),
        "amount": amount_text(asset, amount_atoms(asset, asked.amount)),
        "fee": amount_text(asset, 0),
    }


async def withdraw(api: Api, call: Call) -> Json:
    """Private Withdraw: money leaves the spot wallet, unless the operator holds it."""
    asked = call.form(Withdrawal)
    asset = funded(api, asked.asset)
    if asked.key != KEY:
        await _check_entry(api, call, asked)
    else:
        _check(asset, asked)
    if api.venue.withdrawals_stopped_us is not None:
        raise ApiError(UNAVAILABLE)
    if asked.key != KEY:
        return await on_chain.withdraw(api, _over(api, call, asset, asked))
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


def _over(api: Api, call: Call, asset: AssetInfo, asked: Withdrawal) -> Asked:
    atoms = amount_atoms(asset, asked.amount)
    return on_chain.asked_of(api, call.account_id, asset, asked.key, atoms)


def _check(asset: AssetInfo, asked: Withdrawal) -> None:
    """Refused unless it goes to the address without a chain."""
    if asked.address not in ("", _address(asset, 0)):
        raise ApiError(UNKNOWN_WITHDRAW_KEY)


async def _check_entry(api: Api, call: Call, asked: Withdrawal) -> None:
    """Refused unless the key is in the book, with the address that is given, if one is."""
    entries = (await on_chain.desk(api)).book.entries(call.account_id)
    kept = next((each.address for each in entries if each.name == asked.key), None)
    if kept is None or asked.address not in ("", kept):
        raise ApiError(UNKNOWN_WITHDRAW_KEY)


async def withdraw_cancel(api: Api, call: Call) -> bool:
    """Private WithdrawCancel: one that waits for its batch comes back."""
    asked = call.form(CancelAsked)
    funded(api, asked.asset)
    return await on_chain.cancel(api, call.account_id, asked.refid)
