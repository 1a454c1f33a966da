"""Somebody new in a world: an account of their name, with practice money in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command
from longshore.venue.accounts import NameTakenError
from longshore.venue.history import Span

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.venue.context import Venue

PRACTICE_MONEY_ATOMS = 10_000 * 10**8


class NoRoomError(Exception):
    """The engine has no room for another account."""

    def __init__(self, events: list[Event]) -> None:
        """With what it said."""
        super().__init__("no account was made")
        self.events = events


async def open_account(venue: Venue, name: str) -> int:
    """Make an account in the engine and keep its name; its number.

    Raises NameTakenError and NoRoomError. Two who ask for one name at once do not both get it.
    """
    if name in venue.world.accounts:
        raise NameTakenError(name)
    with venue.accounts.claimed(name):
        command = Command(kind=CommandKind.CREATE_ACCOUNT, origin=Origin.OPERATOR)
        [events] = await venue.submit([command], {0: name})
        made = next((event for event in events if event.kind == EventKind.ACCOUNT_CREATED), None)
        if made is None:
            raise NoRoomError(events)
        account_id = int(made.account_id)
        venue.accounts.add(name, account_id)
    return account_id


async def welcome(venue: Venue, name: str) -> int:
    """The account of a name, made where there is none, with practice money where it never had any.

    A process that was killed in between may have left the account without the money. Raises
    NameTakenError for the name of an agent or of an account of the scenario, and NoRoomError.
    """
    if name in venue.world.parts.accounts:
        raise NameTakenError(name)
    async with venue.accounts.welcoming:
        account_id = venue.world.accounts.get(name)
        if account_id is None:
            account_id = await open_account(venue, name)
        venue.accounts.add(name, account_id)
        if not await venue.history.ledger(account_id, Span(limit=1)):
            await venue.submit([_money(venue, account_id)])
        await venue.onshore.settle(account_id)
    return account_id


def _money(venue: Venue, account_id: int) -> Command:
    return Command(
        kind=CommandKind.DEPOSIT,
        origin=Origin.OPERATOR,
        account_id=account_id,
        asset_id=venue.catalog.settlement.asset_id,
        to_wallet=WalletKind.FLEX,
        amount_atoms=PRACTICE_MONEY_ATOMS,
    )
