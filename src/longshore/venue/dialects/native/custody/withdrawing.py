"""The address book, one-time codes, and withdrawals over chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.custody.inputs import Added, Asked, Cancelled, Removed
from longshore.custody.records import Refused
from longshore.explain.outcomes import withdrawals_stopped
from longshore.explain.sentences import say
from longshore.venue.custody import TakenError
from longshore.venue.dialects.native.custody.asking import asked_atoms, done, refusal, shown
from longshore.venue.dialects.native.errors import REFUSED, ApiError, not_found, raise_refusal
from longshore.venue.dialects.native.schema.console import Done
from longshore.venue.dialects.native.schema.custody import (
    ChainCodeBody,
    ChainWithdrawalBody,
    ChainWithdrawalRow,
    CodeMessage,
    EntryBody,
    EntryRow,
)
from longshore.venue.dialects.native.transfers import WALLETS
from longshore.venue.dialects.native.wire import Call

if TYPE_CHECKING:
    from longshore.custody.desk import Desk
    from longshore.custody.records import Kept, Withdrawal

US_PER_MS = 1_000
DIGITS_MAX = 9


async def list_entries(call: Call) -> list[EntryRow]:
    """Where the account's withdrawals may go."""
    desk = await call.venue.custody.now()
    return [_entry(desk, each, call.account_id) for each in desk.book.entries(call.account_id)]


async def add_entry(call: Call, body: EntryBody) -> EntryRow:
    """Keep an address; it can be used after the waiting period."""
    asked = Added(call.account_id, body.name, body.network, body.address, body.memo)
    return _entry(call.venue.custody.desk, await done(call, asked), call.account_id)


async def remove_entry(call: Call) -> Done:
    """Forget an address; nothing leaves the account for a day."""
    await done(call, Removed(call.account_id, call.path["name"]))
    return Done(text=say("custody-entry-removed"))


def _entry(desk: Desk, kept: Kept, account_id: int) -> EntryRow:
    usable_us = max(kept.usable_us, desk.book.held_until_us(account_id))
    usable = desk.now_us >= usable_us
    return EntryRow(
        name=kept.name,
        network=kept.network,
        address=kept.address,
        memo=kept.memo,
        usable=usable,
        usable_ms=usable_us // US_PER_MS,
        text=say("custody-entry-usable" if usable else "custody-entry-waits"),
    )


async def ask_code(call: Call, body: ChainCodeBody) -> CodeMessage:
    """A one-time code for a withdrawal, in a practice message that says what it is for."""
    about = _about(call, body)
    venue = call.venue
    code = venue.custody.codes.ask(call.account_id, about, venue.now_us)
    told = {"amount": body.amount, "asset": body.asset, "name": body.name}
    return CodeMessage(code=code, message=say("custody-code", code=code, **told))


async def withdraw(call: Call, body: ChainWithdrawalBody) -> ChainWithdrawalRow:
    """Practice coins to an address of the book, over its network."""
    venue, custody = call.venue, call.venue.custody
    about = _about(call, body)
    since_us = venue.withdrawals_stopped_us
    if since_us is not None:
        raise ApiError(REFUSED, "WITHDRAWALS_STOPPED", withdrawals_stopped(since_us))
    name, asset, atoms, wallet = about
    asked = Asked(
        call.account_id, wallet, name, asset, atoms, call.venue.onshore.limits_of(call.account_id)
    )
    try:
        custody.codes.use(call.account_id, about, body.code, venue.now_us)
        made = await custody.withdraw(asked)
    except Refused as refused:
        raise refusal(refused) from None
    except TakenError as taken:
        raise_refusal(taken.events)
        raise
    return _withdrawal(call, custody.desk, made)


def _about(call: Call, body: ChainCodeBody) -> tuple[str, str, int, int]:
    """What a code is good for."""
    atoms = asked_atoms(call, body.asset, body.amount)
    return body.name, body.asset, atoms, WALLETS[body.wallet]


async def list_withdrawals(call: Call) -> list[ChainWithdrawalRow]:
    """The account's withdrawals over chains, newest first."""
    desk = await call.venue.custody.now()
    mine = desk.withdrawals.by_account.get(call.account_id, [])
    return [_withdrawal(call, desk, each) for each in reversed(mine)]


async def cancel(call: Call) -> ChainWithdrawalRow:
    """Call a withdrawal off before its batch leaves; all of it comes back."""
    text = call.path["id"]
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX):
        raise not_found("withdrawal", "id")
    await done(call, Cancelled(int(text), call.account_id))
    desk = await call.venue.custody.now()
    return _withdrawal(call, desk, desk.withdrawals.all[int(text)])


def _withdrawal(call: Call, desk: Desk, made: Withdrawal) -> ChainWithdrawalRow:
    chain = desk.house.chains[made.network]
    return ChainWithdrawalRow(
        id=made.id,
        network=made.network,
        asset=made.asset,
        amount=shown(call, made.asset, made.atoms),
        fee=shown(call, made.asset, made.fee_atoms),
        arrives=shown(call, made.asset, made.net_atoms),
        name=made.name,
        address=made.address,
        memo=made.memo,
        txid=made.txid,
        stage=made.stage,
        confirmations=0 if made.height is None else chain.confirmations(made.height),
        final=chain.network.final,
        asked_ms=made.asked_us // US_PER_MS,
        text=say(f"custody-withdrawal-{made.stage}"),
    )
