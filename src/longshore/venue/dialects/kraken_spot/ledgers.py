"""`Ledgers` and `QueryLedgers`: every change of a balance of the cash wallet.

A trade makes two entries, one of each currency; the one that pays carries the fee, which the engine
moves by itself.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Reason, WalletKind
from longshore.venue.dialects.kraken_spot import paging
from longshore.venue.dialects.kraken_spot.api import amount_text
from longshore.venue.dialects.kraken_spot.decode import parts
from longshore.venue.dialects.kraken_spot.errors import UNKNOWN_ASSET, ApiError, invalid
from longshore.venue.dialects.kraken_spot.names import asset_id
from longshore.venue.dialects.kraken_spot.trade_lists import spot_fills
from longshore.venue.dialects.kraken_spot.values import Json, seconds
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.rulebooks import AssetInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call
    from longshore.venue.projections.records import FillRecord, LedgerRecord

TYPES: dict[int, str] = {
    Reason.SPOT_BASE: "trade",
    Reason.SPOT_QUOTE: "trade",
    Reason.DEPOSIT: "deposit",
    Reason.WITHDRAWAL: "withdrawal",
    Reason.TRANSFER: "transfer",
}
"""What a move of money is called; a fee is part of its trade."""
OTHER = "adjustment"
ALL_TYPES = ("all", *dict.fromkeys(TYPES.values()), OTHER, "margin", "rollover", "credit")
QUERY_MAX = 20
ASSETS_MAX = 100


class LedgersAsked(msgspec.Struct):
    """Which entries."""

    asset: str = "all"
    aclass: str = "currency"
    type: str = "all"
    start: str = ""
    end: str = ""
    ofs: str = "0"
    without_count: bool = False


class QueryAsked(msgspec.Struct):
    """Entries by their ids."""

    id: str = ""


class Entry(msgspec.Struct):
    """One row of the ledger: a move of money, and the fee that went with it."""

    record: LedgerRecord
    balance_atoms: int  # after both
    last_index: int  # of the row that came last of both
    fee_atoms: int = 0

    @property
    def type(self) -> str:
        """What Kraken calls it."""
        return TYPES.get(self.record.reason, OTHER)

    @property
    def last_key(self) -> tuple[int, int]:
        """The (seq, index) of the row that came last of both."""
        return self.record.seq, self.last_index


async def ledgers(api: Api, call: Call) -> Json:
    """Private Ledgers: newest first, fifty at a time."""
    asked = call.form(LedgersAsked)
    if asked.aclass != "currency":
        raise ApiError(UNKNOWN_ASSET)
    if asked.type not in ALL_TYPES:
        raise invalid("type")
    assets = _assets(api, asked.asset)
    span = paging.window(asked.start, asked.end)
    found = [
        entry
        for entry in await entries(api, call.account_id, span)
        if asked.type in ("all", entry.type) and entry.record.asset_id in assets
    ]
    page = await _told(api, call.account_id, paging.page(found, asked.ofs))
    return {"ledger": page} if asked.without_count else {"ledger": page, "count": len(found)}


def _assets(api: Api, text: str) -> set[int]:
    if text == "all":
        return {asset.asset_id for asset in api.venue.catalog.assets.values()}
    return {api.asset(name).asset_id for name in parts(text, ASSETS_MAX, "asset")}


async def query_ledgers(api: Api, call: Call) -> Json:
    """Private QueryLedgers: ids that name none of the caller's are left out."""
    ids = parts(call.form(QueryAsked).id, QUERY_MAX, "id")
    if not ids:
        raise invalid("id")
    keys = [key for each in ids if (key := api.ids.ledger_key(each)) is not None]
    found: list[Entry] = []
    for key in keys:
        command = Span(after_key=(key[0], -1), before_key=(key[0] + 1, 0))
        made = await entries(api, call.account_id, command)
        found += [entry for entry in made if _key(entry.record) == key]
    return await _told(api, call.account_id, found)


async def entries(api: Api, account_id: int, span: Span) -> list[Entry]:
    """The entries of a span, newest first."""

    async def read(part: Span) -> list[LedgerRecord]:
        return await api.venue.history.ledger(account_id, part)

    moves = await paging.everything(read, msgspec.structs.replace(span, limit=paging.ROWS_AT_ONCE))
    cash = sorted((m for m in moves if m.wallet == WalletKind.CASH), key=_key)
    return _with_fees(cash)[::-1]


def _key(record: LedgerRecord) -> tuple[int, int, int]:
    return record.seq, record.index, record.leg


def _with_fees(moves: list[LedgerRecord]) -> list[Entry]:
    """A fee joins the entry before it, which is the money of the match it was charged on."""
    made: list[Entry] = []
    for move in moves:
        if move.reason == Reason.FEE and made and made[-1].record.seq == move.seq:
            paid = next(e for e in reversed(made) if e.record.asset_id == move.asset_id)
            paid.fee_atoms -= move.amount_atoms
            paid.balance_atoms, paid.last_index = move.balance_atoms, move.index
        else:
            made.append(Entry(move, move.balance_atoms, move.index))
    return made


async def _told(api: Api, account_id: int, found: list[Entry]) -> Json:
    named = await refids(api, account_id, found)
    return {
        _id(api, entry.record): _entry(api, entry, refid)
        for entry, refid in zip(found, named, strict=True)
    }


async def refids(api: Api, account_id: int, found: list[Entry]) -> list[str]:
    """The id of the trade, or of the move of money, that each entry is of."""
    fills = await _fills_of(api, account_id, found)
    return [_refid(api, entry, fills) for entry in found]


async def _fills_of(api: Api, account_id: int, found: list[Entry]) -> dict[int, list[FillRecord]]:
    """The fills of the commands that entries are of, by seq, oldest first."""
    seqs = [entry.record.seq for entry in found if entry.type == "trade"]
    made: dict[int, list[FillRecord]] = defaultdict(list)
    if seqs:
        span = Span(
            after_key=(min(seqs), -1),
            before_key=(max(seqs) + 1, 0),
            limit=paging.ROWS_AT_ONCE,
        )
        for fill in reversed(await spot_fills(api, account_id, span)):
            made[fill.seq].append(fill)
    return made


def _id(api: Api, record: LedgerRecord) -> str:
    return api.ids.ledger(*_key(record))


def _entry(api: Api, entry: Entry, refid: str) -> Json:
    record = entry.record
    asset: AssetInfo = api.venue.catalog.asset(record.asset_id)
    return {
        "refid": refid,
        "time": seconds(record.time_us),
        "type": entry.type,
        "subtype": "",
        "aclass": "currency",
        "asset": asset_id(asset),
        "amount": amount_text(asset, record.amount_atoms),
        "fee": amount_text(asset, entry.fee_atoms),
        "balance": amount_text(asset, entry.balance_atoms),
    }


def _refid(api: Api, entry: Entry, fills: dict[int, list[FillRecord]]) -> str:
    """The trade an entry belongs to: the first fill told after the move; or the command's own."""
    record = entry.record
    for fill in fills.get(record.seq, ()) if entry.type == "trade" else ():
        if fill.index > record.index:
            return api.ids.trade(fill.seq, fill.index)
    return api.ids.transfer(record.seq)
