"""Deposits and withdrawals over the venue's made-up chains, in Kraken's words.

A method is a network. What clients read of a method, an address, a status or an info is as they
read it; no recording has them: unverified. A status is `Pending` until nothing can undo it, as
far as the customer is concerned: a deposit until it is credited, a withdrawal until its block is
settled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.custody.inputs import Asked, Cancelled
from longshore.custody.records import Refused
from longshore.engine.codes import WalletKind
from longshore.venue.custody import TakenError
from longshore.venue.dialects.kraken_spot.api import amount_text
from longshore.venue.dialects.kraken_spot.errors import (
    FUNDING_AMOUNT,
    UNAVAILABLE,
    UNKNOWN_REFERENCE,
    UNKNOWN_WITHDRAW_KEY,
    ApiError,
    invalid,
)
from longshore.venue.dialects.kraken_spot.names import asset_id
from longshore.venue.dialects.kraken_spot.values import Json, whole_seconds
from longshore.world.sequencer import StoppedError

if TYPE_CHECKING:
    from longshore.custody.desk import Desk
    from longshore.custody.networks import Network
    from longshore.custody.records import Deposit, Withdrawal
    from longshore.rulebooks import AssetInfo
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.history import Span

REFUSALS = {
    "BELOW_MINIMUM": FUNDING_AMOUNT,
    "OVER_LIMIT": FUNDING_AMOUNT,
    "NO_COINS": FUNDING_AMOUNT,
    "FROZEN": UNAVAILABLE,
    "UNKNOWN_WITHDRAWAL": UNKNOWN_REFERENCE,
    "ALREADY_SENT": UNKNOWN_REFERENCE,
}
"""Whatever else custody refuses is about the key: not known, not usable yet, of another asset."""
OWN_CHAIN = {"XBT": "Bitcoin", "ETH": "Ether (Hex)"}
"""Kraken's own name of a coin's chain: ccxt asks by it without looking at the methods."""
STATUSES = {"asked": "Initial", "waiting": "Initial", "sent": "Pending", "done": "Success"}


async def desk(api: Api) -> Desk:
    """Custody, come to the present; refused when the world takes nothing any more."""
    try:
        return await api.venue.custody.now()
    except StoppedError:
        raise ApiError(UNAVAILABLE) from None


def method(network: Network) -> str:
    """What a network is called as a method; it says what it is."""
    return f"{network.title} (practice)"


def networks(api: Api, asset: AssetInfo) -> list[Network]:
    """The networks that carry an asset."""
    known = api.venue.custody.desk.house.networks.values()
    return [each for each in known if each.terms(asset.symbol) is not None]


def deposit_method(network: Network, asset: AssetInfo) -> Json:
    """One of `DepositMethods`."""
    terms = network.terms(asset.symbol)
    assert terms is not None, "only networks that carry it are asked for"
    return {
        "method": method(network),
        "limit": False,
        "fee": amount_text(asset, 0),
        "gen-address": not network.needs_memo,
        "minimum": amount_text(asset, terms.deposit_min_atoms),
    }


async def deposit_address(api: Api, account_id: int, asset: AssetInfo, name: str) -> Json:
    """The account's address for a method; without one, for the first there is."""
    theirs = ("", OWN_CHAIN.get(asset.symbol))
    found = [each for each in networks(api, asset) if name in (method(each), *theirs)]
    if not found:
        raise invalid("method")
    try:
        place = await api.venue.custody.place(account_id, found[0].name)
    except StoppedError:
        raise ApiError(UNAVAILABLE) from None
    tag = {"tag": place.memo, "memo": place.memo} if place.memo else {}
    return {"address": place.address, "expiretm": "0", "new": False} | tag


def deposits(api: Api, held: Desk, account_id: int, span: Span) -> list[tuple[int, int, Json]]:
    """An account's deposits over chains: time, its place among those of one time, the row."""
    seqs = api.venue.custody.seqs
    return [
        (each.seen_us, seqs.get(f"d{each.id}", _number(each.id)), _deposit(api, held, each))
        for each in held.deposits.all.values()
        if each.account_id == account_id and span.after_us <= each.seen_us < span.before_us
    ]


def _deposit(api: Api, held: Desk, deposit: Deposit) -> Json:
    asset = api.venue.catalog.asset(deposit.asset)
    credited = f"d{deposit.id}" in api.venue.custody.seqs
    failed = not deposit.paid and (deposit.why or deposit.is_gone)
    network = held.house.networks[deposit.network]
    return {
        "method": method(network),
        "aclass": "currency",
        "asset": asset_id(asset),
        "refid": api.ids.transfer(_number(deposit.id)),
        "txid": deposit.txid,
        "info": deposit.address,
        "amount": amount_text(asset, deposit.atoms),
        "fee": amount_text(asset, 0),
        "time": whole_seconds(deposit.seen_us),
        "status": "Success" if credited else "Failure" if failed else "Pending",
    }


def _number(deposit_id: int) -> int:
    """A deposit's own number for its id: it is seen before the engine knows of it."""
    return 1 << 62 | deposit_id


def withdrawals(api: Api, held: Desk, account_id: int, span: Span) -> list[tuple[int, int, Json]]:
    """An account's withdrawals over chains: time, the engine's command that took it, the row."""
    seqs = api.venue.custody.seqs
    return [
        (each.asked_us, seqs[f"t{each.id}"], _withdrawal(api, held, each))
        for each in held.withdrawals.by_account.get(account_id, ())
        if f"t{each.id}" in seqs and span.after_us <= each.asked_us < span.before_us
    ]


def _withdrawal(api: Api, held: Desk, made: Withdrawal) -> Json:
    asset = api.venue.catalog.asset(made.asset)
    cancelled = made.stage == "cancelled"
    more = {"status-prop": "canceled"} if cancelled else {}
    return {
        "method": method(held.house.networks[made.network]),
        "network": held.house.networks[made.network].title,
        "aclass": "currency",
        "asset": asset_id(asset),
        "refid": reference(api, made),
        "txid": made.txid,
        "info": made.address,
        "key": made.name,
        "amount": amount_text(asset, made.net_atoms),
        "fee": amount_text(asset, made.fee_atoms),
        "time": whole_seconds(made.asked_us),
        "status": "Failure" if cancelled else STATUSES[made.stage],
    } | more


def reference(api: Api, made: Withdrawal) -> str:
    """The id of a withdrawal: that of the command that took the money."""
    return api.ids.transfer(api.venue.custody.seqs[f"t{made.id}"])


def withdraw_method(network: Network, asset: AssetInfo) -> Json:
    """One of `WithdrawMethods`."""
    terms = network.terms(asset.symbol)
    assert terms is not None, "only networks that carry it are asked for"
    return {
        "asset": asset_id(asset),
        "method": method(network),
        "network": network.title,
        "minimum": amount_text(asset, terms.withdrawal_min_atoms),
        "fee": {"aclass": "currency", "asset": asset_id(asset)}
        | {"fee": amount_text(asset, terms.withdrawal_fee_atoms)},
    }


def kept_addresses(api: Api, held: Desk, account_id: int, asset: AssetInfo) -> list[Json]:
    """The entries of the account's book that an asset can go to."""
    carrying = {each.name: each for each in networks(api, asset)}
    return [
        {
            "address": each.address,
            "asset": asset_id(asset),
            "method": method(carrying[each.network]),
            "key": each.name,
            "verified": held.now_us >= each.usable_us,
        }
        | ({"memo": each.memo} if each.memo else {})
        for each in held.book.entries(account_id)
        if each.network in carrying
    ]


def info(api: Api, held: Desk, account_id: int, asked: Asked, free_atoms: int) -> Json:
    """What `WithdrawInfo` says of a withdrawal to an entry of the book."""
    kept = next((e for e in held.book.entries(account_id) if e.name == asked.name), None)
    network = None if kept is None else held.house.networks[kept.network]
    terms = None if network is None else network.terms(asked.asset)
    if network is None or terms is None:
        raise ApiError(UNKNOWN_WITHDRAW_KEY)
    asset = api.venue.catalog.asset(asked.asset)
    left_atoms = held.withdrawals.left_today_atoms(account_id, asked.asset, asked.tier)
    return {
        "method": method(network),
        "limit": amount_text(asset, max(0, min(free_atoms, left_atoms))),
        "amount": amount_text(asset, max(0, asked.atoms - terms.withdrawal_fee_atoms)),
        "fee": amount_text(asset, terms.withdrawal_fee_atoms),
    }


async def withdraw(api: Api, asked: Asked) -> Json:
    """Coins to an entry of the book, by the engine and by custody."""
    try:
        made = await api.venue.custody.withdraw(asked)
    except Refused as refused:
        raise ApiError(REFUSALS.get(refused.name, UNKNOWN_WITHDRAW_KEY)) from None
    except TakenError:
        raise ApiError(FUNDING_AMOUNT) from None
    except StoppedError:
        raise ApiError(UNAVAILABLE) from None
    return {"refid": reference(api, made)}


def asked_of(api: Api, account_id: int, asset: AssetInfo, name: str, atoms: int) -> Asked:
    """A withdrawal out of the spot wallet, by the account's limits."""
    tier = api.venue.onshore.limits_of(account_id)
    return Asked(account_id, WalletKind.CASH, name, asset.symbol, atoms, tier)


async def cancel(api: Api, account_id: int, refid: str) -> bool:
    """Call off a withdrawal that has not left."""
    held = await desk(api)
    mine = held.withdrawals.by_account.get(account_id, ())
    taken = [each for each in mine if f"t{each.id}" in api.venue.custody.seqs]
    made = next((each for each in taken if reference(api, each) == refid), None)
    if made is None:
        raise ApiError(UNKNOWN_REFERENCE)
    try:
        await api.venue.custody.do(Cancelled(made.id, account_id))
    except Refused as refused:
        raise ApiError(REFUSALS[refused.name]) from None
    await desk(api)
    return True
