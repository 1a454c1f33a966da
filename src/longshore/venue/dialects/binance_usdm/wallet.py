"""`/sapi`: what clients ask of the account beside futures: coins, status, transfers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, Reason, Reject, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command
from longshore.rulebooks import ConversionError
from longshore.venue import views
from longshore.venue.dialects.binance_usdm.api import amount_text
from longshore.venue.dialects.binance_usdm.decode import Form, Limit, Millis, Transfer
from longshore.venue.dialects.binance_usdm.drafts import refusal
from longshore.venue.dialects.binance_usdm.errors import ApiError, not_valid, rejected
from longshore.venue.dialects.binance_usdm.ids import event_number
from longshore.venue.dialects.binance_usdm.spans import gathered, span_of
from longshore.venue.dialects.binance_usdm.values import Json, millis

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import AssetInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call
    from longshore.venue.history import Span
    from longshore.venue.projections.records import LedgerRecord

WALLETS = {
    "MAIN_UMFUTURE": (WalletKind.CASH, WalletKind.FLEX),
    "UMFUTURE_MAIN": (WalletKind.FLEX, WalletKind.CASH),
}
SHORT = (-5013, "Asset transfer failed: insufficient balance")
SHORT_REJECTS = (Reject.INSUFFICIENT_FUNDS, Reject.INSUFFICIENT_MARGIN, Reject.WOULD_LIQUIDATE)
TRANSFERS_MAX = 100


class Transfers(Form):
    """`asset/transfer`, asked for."""

    type: str
    start_time: Millis | None = None
    end_time: Millis | None = None
    size: Limit = 10


async def status(api: Api, call: Call) -> Json:
    """GET system/status: normal, or under maintenance; there is no word for what lies between."""
    if api.venue.is_down:
        return {"status": 1, "msg": "system_maintenance"}
    return {"status": 0, "msg": "normal"}


async def coins(api: Api, call: Call) -> list[Json]:
    """GET capital/config/getall: every asset, with what the spot wallet holds of it.

    Nothing is deposited or withdrawn over a network here, so there are none.
    """
    return [_coin(api, call.account_id, asset) for asset in api.venue.catalog.assets.values()]


def _coin(api: Api, account_id: int, asset: AssetInfo) -> Json:
    balance = views.balance(api.view, account_id, WalletKind.CASH, asset.asset_id)
    return {
        "coin": asset.code,
        "name": asset.title,
        "depositAllEnable": False,
        "withdrawAllEnable": False,
        "trading": True,
        "isLegalMoney": False,
        "free": amount_text(asset, balance.amount_atoms - balance.hold_atoms),
        "locked": amount_text(asset, balance.hold_atoms),
        "freeze": "0",
        "withdrawing": "0",
        "ipoing": "0",
        "ipoable": "0",
        "storage": "0",
        "networkList": [],
    }


async def no_margin_pairs(api: Api, call: Call) -> list[Json]:
    """GET margin/allPairs: nothing is lent here."""
    return []


async def transfer(api: Api, call: Call) -> Json:
    """POST asset/transfer: between the spot and the futures wallet."""
    asked = call.form(Transfer)
    source, target = _wallets(asked.type)
    asset = api.asset(asked.asset)
    command = Command(
        kind=CommandKind.TRANSFER,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=asset.asset_id,
        from_wallet=source,
        to_wallet=target,
        amount_atoms=_atoms(asset, asked.amount),
    )
    (events,) = await api.submit([command])
    event = refusal(events)
    if event is not None:
        reject = Reject(event.reject)
        raise ApiError(SHORT) if reject in SHORT_REJECTS else rejected(reject)
    moved = next(e for e in events if e.kind == EventKind.TRANSFERRED and _is_own(e, call))
    return {"tranId": event_number(moved.seq, moved.index)}


def _is_own(event: Event, call: Call) -> bool:
    """What fell due before the command may have moved money too."""
    return bool(event.reason == Reason.TRANSFER and event.account_id == call.account_id)


def _wallets(name: str) -> tuple[WalletKind, WalletKind]:
    found = WALLETS.get(name)
    if found is None:
        raise not_valid("type")
    return found


def _atoms(asset: AssetInfo, amount: Decimal) -> int:
    try:
        atoms = asset.atoms(amount)
    except ConversionError:
        raise not_valid("amount") from None
    if atoms <= 0:
        raise not_valid("amount")
    return atoms


async def transfers(api: Api, call: Call) -> Json:
    """GET asset/transfer: what was moved one way, newest first."""
    asked = call.form(Transfers)
    source, target = _wallets(asked.type)
    span = span_of(asked.start_time, asked.end_time, min(asked.size, TRANSFERS_MAX))

    async def read(part: Span) -> list[LedgerRecord]:
        return await api.venue.history.ledger(call.account_id, part)

    def wanted(row: LedgerRecord) -> bool:
        own = row.reason == Reason.TRANSFER and row.other_account_id == row.account_id
        return own and (row.wallet, row.other_wallet) == (source, target)

    rows = [_transfer(api, asked.type, row) for row in await gathered(read, wanted, span)][::-1]
    return {"total": len(rows), "rows": rows}


def _transfer(api: Api, kind: str, row: LedgerRecord) -> Json:
    asset = api.venue.catalog.asset(row.asset_id)
    return {
        "asset": asset.code,
        "amount": amount_text(asset, abs(row.amount_atoms)),
        "type": kind,
        "status": "CONFIRMED",
        "tranId": event_number(row.seq, row.index),
        "timestamp": millis(row.time_us),
    }
