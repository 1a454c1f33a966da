"""What the operator of this venue may do: accounts, practice money, API keys."""

from __future__ import annotations

import re
from collections.abc import Awaitable

from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.limits import AMOUNT_MAX_ATOMS
from longshore.engine.rows import Command
from longshore.venue.accounts import Accounts, NameTakenError
from longshore.venue.context import Venue
from longshore.venue.dialects.native.draft import asset_of, atoms
from longshore.venue.dialects.native.errors import (
    CONFLICT,
    ApiError,
    bad_value,
    not_found,
    raise_refusal,
)
from longshore.venue.dialects.native.keys import key_info
from longshore.venue.dialects.native.render import money
from longshore.venue.dialects.native.schema.account import AccountInfo, DepositResult, KeyInfo
from longshore.venue.dialects.native.schema.bodies import (
    AccountBody,
    DepositBody,
    KeyBody,
    NameBody,
)
from longshore.venue.dialects.native.wire import Call, decimal
from longshore.venue.dialects.native.withdrawing import wallet_kind
from longshore.venue.views import balance
from longshore.venue.welcome import NoRoomError, open_account, welcome

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


async def create_account(call: Call, body: AccountBody) -> AccountInfo:
    """A new account with its first deposits."""
    if _NAME.fullmatch(body.name) is None:
        raise bad_value("Letters, digits, dot, dash and underscore; at most 64.", "name")
    deposits = [
        deposit_command(call.venue, 0, symbol, amount) for symbol, amount in body.deposits.items()
    ]
    for amount_atoms in (command.amount_atoms for command in deposits):
        if not 0 < amount_atoms <= AMOUNT_MAX_ATOMS:  # before there is an account
            raise bad_value("An amount is above zero, and one that can be moved.", "deposits")
    account_id = await _opened(open_account(call.venue, body.name))
    for command in deposits:
        command.account_id = account_id
    for events in await call.venue.submit(deposits):
        raise_refusal(events)
    await call.venue.onshore.settle(account_id)
    return AccountInfo(name=body.name, account_id=account_id)


async def _opened(opening: Awaitable[int]) -> int:
    """The number of an account that is opened. Raises ApiError."""
    try:
        return await opening
    except NameTakenError:
        raise ApiError(CONFLICT, "NAME_TAKEN", "An account of this name exists.", "name") from None
    except NoRoomError as error:
        raise_refusal(error.events)
        raise


def deposit_command(
    venue: Venue, account_id: int, symbol: str, amount: str, wallet: int = WalletKind.FLEX
) -> Command:
    """Practice money from outside."""
    asset = asset_of(venue.catalog, symbol)
    return Command(
        kind=CommandKind.DEPOSIT,
        origin=Origin.OPERATOR,
        account_id=account_id,
        asset_id=asset.asset_id,
        to_wallet=wallet,
        amount_atoms=atoms(asset, decimal(amount, "amount")),
    )


async def deposit(call: Call, body: DepositBody) -> DepositResult:
    """Practice money for an account."""
    account_id = _known(call.venue.accounts, body.account)
    wallet = wallet_kind(call.venue, body.wallet, body.asset)
    command = deposit_command(call.venue, account_id, body.asset, body.amount, wallet)
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    asset_id = command.asset_id
    row = balance(call.venue.view, account_id, wallet, asset_id)
    return DepositResult(
        account=body.account,
        asset=body.asset,
        wallet=body.wallet,
        balance=money(row.amount_atoms, call.venue.catalog, asset_id),
    )


async def create_key(call: Call, body: KeyBody) -> KeyInfo:
    """A new API key; its secret is shown once."""
    _known(call.venue.accounts, body.account)
    return key_info(call.venue.accounts.create_key(body.account, body.permissions))


async def welcome_person(call: Call, body: NameBody) -> AccountInfo:
    """An account with practice money for somebody who comes into this world; once."""
    account_id = await _opened(welcome(call.venue, body.name))
    return AccountInfo(name=body.name, account_id=account_id)


async def list_accounts(call: Call) -> list[AccountInfo]:
    """All accounts that somebody asked for."""
    names = call.venue.accounts.names()
    return [AccountInfo(name=name, account_id=number) for name, number in names.items()]


def _known(accounts: Accounts, name: str) -> int:
    account_id = accounts.account_id(name)
    if account_id is None:
        raise not_found("account", "account")
    return account_id
