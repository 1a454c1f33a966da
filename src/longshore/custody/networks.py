"""The made-up chains, as data: what each carries, how fast it is, what it costs, how it is undone.

Amounts are atoms (10⁻⁸ of a coin or dollar). Two chains of one family have the same addresses:
that is how coins are sent over the wrong network. What a chain is likened to is said so that
people know what to learn from it; block times, fees and depths are ours.
"""

from __future__ import annotations

from typing import Literal

import msgspec

COIN = 100_000_000
MINUTE_US = 60_000_000
HOUR_US = 60 * MINUTE_US


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An asset that the venue takes and pays out over a chain."""

    asset: str
    deposit_min_atoms: int
    """Less is not credited: to move it would cost more than it is."""
    withdrawal_min_atoms: int
    withdrawal_fee_atoms: int
    """Taken from the customer, whatever the chain takes from the venue."""


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """One chain."""

    name: str
    title: str
    family: str
    """Of its addresses."""
    keeps: Literal["coins", "accounts"]
    """What its ledger is made of: coins that are spent whole, or a balance an address."""
    listed: tuple[Listed, ...]
    fee_asset: str
    """What its fees are paid in; also whoever moves another asset needs it."""
    fee_atoms: int
    """For one output, while the chain is quiet."""
    block_us: int
    room: int
    """Transactions that a block takes."""
    confirmations: int
    """Blocks on a deposit, its own counted, before the venue credits it."""
    final: int
    """No block under so many others is undone any more."""
    undone_ppm: int
    """How often a block comes with a reorganisation."""
    needs_memo: bool = False
    """The venue has one address for all; a memo says whose a deposit is."""

    def terms(self, asset: str) -> Listed | None:
        """What the venue asks for an asset here; None: it is not listed."""
        return next((each for each in self.listed if each.asset == asset), None)


def _dollars(minimum: int, fee_atoms: int) -> Listed:
    return Listed(
        asset="USD",
        deposit_min_atoms=minimum * COIN,
        withdrawal_min_atoms=2 * minimum * COIN,
        withdrawal_fee_atoms=fee_atoms,
    )


NETWORKS = (
    Network(
        name="granite",
        title="Granite",
        family="granite",
        keeps="coins",
        listed=(
            Listed(
                asset="XBT",
                deposit_min_atoms=10_000,
                withdrawal_min_atoms=50_000,
                withdrawal_fee_atoms=20_000,
            ),
        ),
        fee_asset="XBT",
        fee_atoms=1_500,
        block_us=10 * MINUTE_US,
        room=40,
        confirmations=3,
        final=6,
        undone_ppm=10_000,
    ),
    Network(
        name="lattice",
        title="Lattice",
        family="hull",
        keeps="accounts",
        listed=(
            Listed(
                asset="ETH",
                deposit_min_atoms=100_000,
                withdrawal_min_atoms=500_000,
                withdrawal_fee_atoms=200_000,
            ),
            _dollars(5, 4 * COIN),
        ),
        fee_asset="ETH",
        fee_atoms=40_000,
        block_us=12_000_000,
        room=80,
        confirmations=12,
        final=20,
        undone_ppm=4_000,
    ),
    Network(
        name="ferry",
        title="Ferry",
        family="hull",
        keeps="accounts",
        listed=(_dollars(1, COIN // 10),),
        fee_asset="USD",
        fee_atoms=COIN // 100,
        block_us=3_000_000,
        room=120,
        confirmations=20,
        final=30,
        undone_ppm=2_000,
    ),
    Network(
        name="harbour",
        title="Harbour",
        family="harbour",
        keeps="accounts",
        listed=(_dollars(1, COIN // 5),),
        fee_asset="USD",
        fee_atoms=COIN // 50,
        block_us=5_000_000,
        room=120,
        confirmations=6,
        final=10,
        undone_ppm=2_000,
        needs_memo=True,
    ),
)
