"""Customers' address books: where withdrawals may go, and since when.

Somebody who has got into an account can add an address and can ask for a withdrawal. What they
cannot do is wait unseen: a new address is not usable for a day, and exchanging or removing one
holds all withdrawals of the account for a day, so that the owner has time to notice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.custody.addresses import AddressError, check_address
from longshore.custody.records import Kept, Refused

if TYPE_CHECKING:
    from longshore.custody.house import House

NAME_MAX = 40
ENTRIES_MAX = 50
MEMO_MAX = 30


class AddressBook:
    """The entries of all customers, by account and name."""

    def __init__(self, house: House) -> None:
        """Empty."""
        self._house = house
        self._entries: dict[int, dict[str, Kept]] = {}
        self._held_until_us: dict[int, int] = {}

    def entries(self, account_id: int) -> list[Kept]:
        """A customer's entries, in the order in which they were made."""
        return list(self._entries.get(account_id, {}).values())

    def held_until_us(self, account_id: int) -> int:
        """Until when nothing leaves an account because its book was changed."""
        return self._held_until_us.get(account_id, 0)

    def add(self, account_id: int, name: str, network: str, address: str, memo: str) -> Kept:
        """Keep an address under a name; usable after the waiting period."""
        house, mine = self._house, self._entries.setdefault(account_id, {})
        if not 0 < len(name) <= NAME_MAX or not name.isprintable() or name != name.strip():
            raise Refused("BAD_NAME", "name")
        if len(memo) > MEMO_MAX or not memo.isascii() or not memo.isprintable():
            raise Refused("BAD_MEMO", "memo")
        try:
            check_address(address, house.network(network).family)
        except AddressError:
            raise Refused("BAD_ADDRESS", "address") from None
        if name not in mine and len(mine) >= ENTRIES_MAX:
            raise Refused("BOOK_FULL", "name")
        if name in mine:
            self._hold(account_id)
        usable_us = house.now_us + house.terms.book_wait_us
        made = Kept(name=name, network=network, address=address, memo=memo, usable_us=usable_us)
        mine[name] = made
        return made

    def remove(self, account_id: int, name: str) -> None:
        """Forget an address, and let nothing leave for a while."""
        if self._entries.get(account_id, {}).pop(name, None) is None:
            raise Refused("UNKNOWN_ADDRESS", "name")
        self._hold(account_id)

    def usable(self, account_id: int, name: str) -> Kept:
        """The entry that a withdrawal may go to now. Refused: not known, or not yet."""
        found = self._entries.get(account_id, {}).get(name)
        if found is None:
            raise Refused("UNKNOWN_ADDRESS", "name")
        if self._house.now_us < self.held_until_us(account_id):
            raise Refused("BOOK_CHANGED", "name")
        if self._house.now_us < found.usable_us:
            raise Refused("ADDRESS_WAITS", "name")
        return found

    def _hold(self, account_id: int) -> None:
        self._held_until_us[account_id] = self._house.now_us + self._house.terms.change_hold_us
