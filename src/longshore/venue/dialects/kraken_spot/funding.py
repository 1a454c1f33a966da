"""Money in and out: `WalletTransfer`, and what there is of deposits and withdrawals.

Both ways of money out of and into the venue are told here; `outside` has what leads there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Origin, Reason, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.rulebooks import AssetInfo, ConversionError
from longshore.venue.dialects.kraken_spot import drafts, on_chain, paging
from longshore.venue.dialects.kraken_spot.api import amount_text
from longshore.venue.dialects.kraken_spot.decode import decimal
from longshore.venue.dialects.kraken_spot.errors import (
    FUNDING_AMOUNT,
    FUNDING_ASSET,
    ApiError,
    invalid,
)
from longshore.venue.dialects.kraken_spot.ledgers import entries
from longshore.venue.dialects.kraken_spot.names import asset_id
from longshore.venue.dialects.kraken_spot.values import Json, whole_seconds

if TYPE_CHECKING:
    from longshore.custody.desk import Desk
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.dialects.kraken_spot.ledgers import Entry
    from longshore.venue.history import Span

    Over = Callable[[Api, Desk, int, Span], list[tuple[int, int, Json]]]

WALLETS = {"Spot Wallet": WalletKind.CASH, "Futures Wallet": WalletKind.FLEX}
STATUS_MAX = 25
METHOD = "Practice money"


class Transfer(msgspec.Struct):
    """`WalletTransfer`."""

    asset: str
    source: str = msgspec.field(name="from")
    to: str
    amount: str


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
    asset = funded(api, asked.asset)
    command = Command(
        kind=CommandKind.TRANSFER,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=asset.asset_id,
        from_wallet=WALLETS[asked.source],
        to_wallet=WALLETS[asked.to],
        amount_atoms=amount_atoms(asset, asked.amount),
    )
    (events,) = await api.submit([command])
    if drafts.refusal(events) is not None:
        raise ApiError(FUNDING_AMOUNT)
    return {"refid": api.ids.transfer(int(events[0].seq))}


def funded(api: Api, name: str) -> AssetInfo:
    """An asset by any of its names; refused where there is none."""
    found = api.assets_by_name.get(name.upper())
    if found is None:
        raise ApiError(FUNDING_ASSET)
    return found


def amount_atoms(asset: AssetInfo, amount: str) -> int:
    """An amount in whole atoms; refused where it is none."""
    try:
        return asset.atoms(decimal(amount, "amount"))
    except ConversionError:
        raise ApiError(FUNDING_AMOUNT) from None


async def deposit_status(api: Api, call: Call) -> list[Json]:
    """Private DepositStatus: what came into the spot wallet from outside, newest first."""
    return await _moves(api, call, Reason.DEPOSIT, on_chain.deposits)


async def withdraw_status(api: Api, call: Call) -> list[Json]:
    """Private WithdrawStatus: what left the spot wallet for outside, newest first."""
    return await _moves(api, call, Reason.WITHDRAWAL, on_chain.withdrawals)


async def _moves(api: Api, call: Call, reason: Reason, over: Over) -> list[Json]:
    """Those over chains, and those without: what custody moved is told once, as its own."""
    asked = call.form(StatusAsked)
    wanted = funded(api, asked.asset) if asked.asset else None
    span = paging.window(asked.start, asked.end)
    held = await on_chain.desk(api)
    chained = over(api, held, call.account_id, span)
    known = set(api.venue.custody.seqs.values())
    plain = [
        (entry.record.time_us, entry.record.seq, _move(api, entry))
        for entry in await entries(api, call.account_id, span)
        if entry.record.reason == reason and entry.record.seq not in known
    ]
    found = sorted((*chained, *plain), key=lambda each: each[:2], reverse=True)
    asset = None if wanted is None else asset_id(wanted)
    return [row for _, _, row in found if asset in (None, row["asset"])][:STATUS_MAX]


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
