"""Messages such as owners of coins get, some of them bait; an exercise in telling them apart.

What makes each one out stands with the sentences. Whoever types a practice wallet's words into the
one that asks for them loses its coins, over the chain and for good, as it would be anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from longshore.custody.inputs import Sent
from longshore.custody.wallet import CHECKED, address_of, make_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from longshore.custody.house import House


class Message(NamedTuple):
    """One of them, by the name of its sentences."""

    name: str
    is_bait: bool = False
    asks_words: bool = False


MESSAGES = (
    Message("credited"),
    Message("restore", is_bait=True, asks_words=True),
    Message("code"),
    Message("moved", is_bait=True),
    Message("double", is_bait=True),
    Message("book"),
)
THIEF = make_words(bytes(range(1, CHECKED + 1)))
"""The words of whoever lays the bait: one thief for all worlds."""


def emptied(house: House, words: str) -> Iterator[Sent]:
    """The payments that leave nothing a thief could take: tokens first, then what pays the fees."""
    for network in house.networks.values():
        mine, theirs = (address_of(each, network.family) for each in (words, THIEF))
        chain = house.chains[network.name]
        for listed in sorted(network.listed, key=lambda each: each.asset == network.fee_asset):
            fee_atoms = chain.fee_atoms(house.now_us) if listed.asset == network.fee_asset else 0
            atoms = chain.sendable_atoms(mine, listed.asset) - fee_atoms
            if atoms > 0:
                yield Sent(network.name, mine, listed.asset, theirs, "", atoms)
