"""Money in and out: `WalletTransfer`, and what there is of deposits and withdrawals.

Practice money comes from the operator and goes nowhere: what has come and gone is told, methods and
addresses there are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Origin, Reason, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.rulebooks import AssetInfo, ConversionError
from longshore.venue.dialects.kraken_spot import drafts, paging
from longshore.venue.dialects.kraken_spot.api import amount_text
from longshore.venue.dialects.kraken_spot.decode import decimal
from longshore.venue.dialects.kraken_spot.errors import (
    FUNDING_AMOUNT,
    FUNDING_ASSET,
    NO_METHOD,
    UNKNOWN_REFERENCE,
    UNKNOWN_WITHDRAW_KEY,
    ApiError,
    invalid,
)
from longshore.venue.dialects.kraken_spot.ledgers import entries
from longshore.venue.dialects.kraken_spot.names import asset_id
from longshore.venue.dialects.kraken_spot.values import Json, whole_seconds

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.dialects.kraken_spot.ledgers import Entry

WALLETS = {"Spot Wallet": WalletKind.CASH, "Futures Wallet": WalletKind.FLEX}
STATUS_MAX = 25
METHOD = "Practice money"


class Transfer(msgspec.Struct):
    """`WalletTransfer`."""

    asset: str
    source: str = msgspec.field(name="from")
    to: str
    amount: str


class AssetAsked(msgspec.Struct):
    """Of which asset."""

    asset: str


class StatusAsked(msgspec.Struct):
    """Of which asset, all where none is named, and in which window."""

    asset: str = ""
    start: str = ""
    end: str = ""


async def wallet_transfer(api: Api, call: Call) -> Json:
    """Private WalletTransfer: between the spot wallet and the futures' multi-collateral one."""
    asked = call.form(Transfer)
    for name, argument in ((asked.source, "from"), (asked.to, "to")):
        if name not in WALLETS:
            raise invalid(argument)
    asset = _asset(api, asked.asset)
    command = Command(
        kind=CommandKind.TRANSFER,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=asset.asset_id,
        from_wallet=WALLETS[asked.source],
        to_wallet=WALLETS[asked.to],
        amount_atoms=_atoms(asset, asked.amount),
    )
    (events,) = await api.submit([command])
    if drafts.refusal(events) is not None:
        raise ApiError(FUNDING_AMOUNT)
    return {"refid": api.ids.transfer(int(events[0].seq))}


def _asset(api: Api, name: str) -> AssetInfo:
    found = api.assets_by_name.get(name.upper())
    if found is None:
        raise ApiError(FUNDING_ASSET)
    return found


def _atoms(asset: AssetInfo, amount: str) -> int:
    try:
        return asset.atoms(decimal(amount, "amount"))
    except ConversionError:
        raise ApiError(FUNDING_AMOUNT) from None


async def no_method(api: Api, call: Call) -> Json:
    """DepositMethods, DepositAddresses, WithdrawMethods, WithdrawInfo: an asset has no method."""
    _asset(api, call.form(AssetAsked).asset)
    raise ApiError(NO_METHOD)


async def withdraw_addresses(api: Api, call: Call) -> list[Json]:
    """Private WithdrawAddresses: there is none."""
    return []


async def withdraw(api: Api, call: Call) -> Json:
    """Private Withdraw: it goes to an address by its name, and there is none."""
    _asset(api, call.form(AssetAsked).asset)
    raise ApiError(UNKNOWN_WITHDRAW_KEY)


async def withdraw_cancel(api: Api, call: Call) -> Json:
    """Private WithdrawCancel: none is under way."""
    _asset(api, call.form(AssetAsked).asset)
    raise ApiError(UNKNOWN_REFERENCE)


async def deposit_status(api: Api, call: Call) -> list[Json]:
    """Private DepositStatus: what came into the spot wallet from outside, newest first."""
    return await _moves(api, call, Reason.DEPOSIT)


async def withdraw_status(api: Api, call: Call) -> list[Json]:
    """Private WithdrawStatus: what left the spot wallet for outside, newest first."""
    return await _moves(api, call, Reason.WITHDRAWAL)


async def _moves(api: Api, call: Call, reason: Reason) -> list[Json]:
    asked = call.form(StatusAsked)
    wanted = _asset(api, asked.asset).asset_id if asked.asset else 0
    found = [
        entry
        for entry in await entries(api, call.account_id, paging.window(asked.start, asked.end))
        if entry.record.reason == reason and wanted in (0, entry.record.asset_id)
    ]
    return [_move(api, entry) for entry in found[:STATUS_MAX]]


def _move(api: Api, entry: Entry) -> Json:
    asset = api.venue.catalog.asset(entry.record.asset_id)
    reference = api.ids.transfer(entry.record.seq)
    return {
        "method": METHOD,
        "aclass": "currency",
        "asset": asset_id(asset),
        "refid": reference,
        "txid": reference,
        "info": "",
        "amount": amount_text(asset, abs(entry.record.amount_atoms)),
        "fee": amount_text(asset, 0),
        "time": whole_seconds(entry.record.time_us),
        "status": "Success",
    }
