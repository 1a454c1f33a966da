"""The venue's own moves: deposits swept into the hot wallet, and what goes to the safe and back.

Hot is what a program can send, so hot is what can be stolen: a small part of all, and what waits
to leave. Moves between the venue's own addresses belong to the same customers as before; only the
chain's fee is somebody's, the venue's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.custody.chain import Output
from longshore.custody.house import PPM

if TYPE_CHECKING:
    from longshore.custody.chain import Transaction
    from longshore.custody.house import House
    from longshore.custody.networks import Network

SWEEP_FEES = 10
"""An address is swept when it holds so many fees of the asset, or any amount of another asset."""
HOT_MAX = 2
"""What is above so many times the hot part goes to the safe."""
MARGIN_FEES = 200
"""Kept hot beside what is wanted, for fees."""


class Treasury:
    """Keeps the right amount in the right place."""

    def __init__(self, house: House) -> None:
        """Nothing sent yet."""
        self._house = house
        self._sent: dict[str, int] = {}

    def note(self, made: Transaction) -> None:
        """Remember that a transaction's fee is the venue's."""
        self._sent[made.txid] = made.fee_atoms

    def happened(self, network: Network, what: str, made: Transaction) -> None:
        """A block took the fee, or an undone one gave it back."""
        fee_atoms = self._sent.get(made.txid, 0)
        if what in ("mined", "undone"):
            atoms = -fee_atoms if what == "mined" else fee_atoms
            self._house.books.came("network", network.fee_asset, atoms)

    def sweep(self, network: Network, addresses: list[str]) -> None:
        """Bring settled deposits together in the hot wallet, which pays for it."""
        house, chain = self._house, self._house.chains[network.name]
        least = SWEEP_FEES * chain.fee_atoms(house.now_us)
        for address in addresses:
            for listed in network.listed:
                atoms = chain.sendable_atoms(address, listed.asset, settled=True)
                if atoms > (least if listed.asset == network.fee_asset else 0):
                    hot = house.hot(network)
                    self._move(network, address, Output(hot, listed.asset, atoms), hot)

    def balance(self, network: Network, asset: str, wanted: int) -> None:
        """From the safe where withdrawals want more than is hot; into it where much is hot."""
        house, chain = self._house, self._house.chains[network.name]
        hot, cold = house.hot(network), house.cold(network)
        fees = MARGIN_FEES * network.fee_atoms if asset == network.fee_asset else 0
        here, safe = (chain.sendable_atoms(each, asset, settled=True) for each in (hot, cold))
        part = (chain.balances[hot, asset] + chain.balances[cold, asset]) * house.terms.hot_ppm
        target = max(part // PPM, wanted + fees)
        if any(_moves(each, cold, asset) for each in chain.pool):
            return
        if here < wanted + fees and safe > 0:
            amount = min(safe, target - here)
            self._move(network, cold, Output(hot, asset, amount), hot)
        elif here > HOT_MAX * target:
            self._move(network, hot, Output(cold, asset, here - target), hot)

    def _move(self, network: Network, sender: str, output: Output, payer: str) -> None:
        made = self._house.send(network, sender, [output], payer)
        if made is not None:
            self.note(made)


def _moves(each: Transaction, address: str, asset: str) -> bool:
    """Whether a transaction brings an asset to or from an address."""
    takes = {(part.address, part.asset) for part in each.takes}
    return (address, asset) in takes | {(part.address, part.asset) for part in each.outputs}
