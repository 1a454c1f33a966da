"""What a desk was asked, as it is kept: the same inputs at the same times give the same desk again.

Only what was carried out is kept. What follows from the passing of time is not: it is worked out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from longshore.custody.chain import Output
from longshore.custody.desk import Desk


class Input(msgspec.Struct, frozen=True, tag=True):
    """Something that was asked of a desk."""


class Placed(Input, frozen=True):
    """A deposit address was given out."""

    account_id: int
    network: str


class Gave(Input, frozen=True):
    """The operator had somebody outside send coins."""

    network: str
    asset: str
    address: str
    memo: str
    atoms: int


class Sent(Input, frozen=True):
    """Whoever has the key of an address outside sent coins."""

    network: str
    sender: str
    asset: str
    address: str
    memo: str
    atoms: int


class Added(Input, frozen=True):
    """An address was put into a book."""

    account_id: int
    name: str
    network: str
    address: str
    memo: str


class Removed(Input, frozen=True):
    """An address was taken out of a book."""

    account_id: int
    name: str


class Asked(Input, frozen=True):
    """A withdrawal that custody lets through; the engine has not been asked yet."""

    account_id: int
    wallet: int
    name: str
    asset: str
    atoms: int
    tier: str


class Taken(Input, frozen=True):
    """The engine took the money of a withdrawal."""

    id: int


class NotTaken(Input, frozen=True):
    """The engine took nothing for a withdrawal."""

    id: int


class Cancelled(Input, frozen=True):
    """A withdrawal was called off by its owner."""

    id: int
    account_id: int


class Recovered(Input, frozen=True):
    """The operator gave a deposit that came wrongly to an account."""

    id: int
    account_id: int


class Froze(Input, frozen=True):
    """The operator stopped all withdrawals, or let them go again."""

    is_frozen: bool


class Credited(Input, frozen=True):
    """The engine carried out a payment."""

    payment_id: str


AnyInput = (
    Placed
    | Gave
    | Sent
    | Added
    | Removed
    | Asked
    | Taken
    | NotTaken
    | Cancelled
    | Recovered
    | Froze
    | Credited
)


def carry_out(desk: Desk, time_us: int, asked: Input) -> Any:
    """Come to a time, then do what is asked. Refused: it is not done, and nothing is changed."""
    desk.come_to(time_us)
    return _DOES[type(asked)](desk, asked)


_DOES: dict[type[Input], Callable[[Desk, Any], Any]] = {
    Placed: lambda desk, a: desk.deposits.place(a.account_id, a.network),
    Gave: lambda desk, a: desk.give(a.network, a.asset, a.address, a.memo, a.atoms),
    Sent: lambda desk, a: desk.send(
        a.network, a.sender, Output(a.address, a.asset, a.atoms, a.memo)
    ),
    Added: lambda desk, a: desk.book.add(a.account_id, a.name, a.network, a.address, a.memo),
    Removed: lambda desk, a: desk.book.remove(a.account_id, a.name),
    Asked: lambda desk, a: desk.withdrawals.ask(
        a.account_id, a.wallet, a.name, a.asset, a.atoms, a.tier
    ),
    Taken: lambda desk, a: desk.withdrawals.take(a.id),
    NotTaken: lambda desk, a: desk.withdrawals.refuse(a.id),
    Cancelled: lambda desk, a: desk.cancel(a.id, a.account_id),
    Recovered: lambda desk, a: desk.recover(a.id, a.account_id),
    Froze: lambda desk, a: desk.freeze(is_frozen=a.is_frozen),
    Credited: lambda desk, a: desk.credited(a.payment_id),
}
