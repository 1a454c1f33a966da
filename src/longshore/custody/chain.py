"""One made-up chain: blocks at their times, a pool of what waits, reorganisations, no clock.

Everything follows from the seed, from what was sent, and from when. A block that nothing waits for
and that undoes nothing is skipped, so a chain that nobody uses costs nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from longshore.custody.addresses import make_txid
from longshore.custody.chance import drawn
from longshore.custody.networks import HOUR_US, Network

MINERS = "miners"
"""Who has the fees: no address, so that nobody can send from it."""
PPM = 1_000_000
LEVELS = (1, 1, 1, 1, 1, 2, 2, 3, 5, 8)
"""What a quiet fee is multiplied with, by the hour."""
TAKEN_BACK = 3
"""Of payments that a reorganisation undoes, one in so many is never seen again."""

What = Literal["mined", "undone", "dropped"]


class Output(NamedTuple):
    """Money that arrives."""

    address: str
    asset: str
    atoms: int
    memo: str = ""


class Take(NamedTuple):
    """Money that leaves an address; of a chain of coins, one coin, whole."""

    address: str
    asset: str
    atoms: int
    coin: str = ""


class Transaction(NamedTuple):
    """What was sent. `back` is change, which a sender pays to itself."""

    txid: str
    takes: tuple[Take, ...]
    outputs: tuple[Output, ...]
    back: tuple[Output, ...]
    fee_atoms: int
    resent: bool
    """Its sender sends it again whenever it falls out of a block, as a venue does."""


class Block(NamedTuple):
    """One that holds something and may still be undone."""

    height: int
    mined: tuple[Transaction, ...]


class Happened(NamedTuple):
    """What a block did to a transaction."""

    what: What
    transaction: Transaction
    height: int


class ChainError(ValueError):
    """What cannot be sent, and why."""


class Chain:
    """A chain with its ledger, from a seed and what addresses have at its beginning."""

    def __init__(
        self, network: Network, seed: int, start_us: int, genesis: Sequence[Output] = ()
    ) -> None:
        """Before its first block, with what `genesis` gives."""
        self.network = network
        self.height = 0
        self.pool: list[Transaction] = []
        self.balances: Counter[tuple[str, str]] = Counter()
        self.coins: dict[str, Output] = {}
        self._seed = seed
        self._start_us = start_us
        self._sent = 0
        self._recent: list[Block] = []
        self._keep(make_txid(network.name, "genesis"), genesis)

    def supply(self) -> Counter[str]:
        """All there is of each asset; nothing but `genesis` changes it."""
        total: Counter[str] = Counter()
        for (_, asset), atoms in self.balances.items():
            total[asset] += atoms
        return total

    def fee_atoms(self, time_us: int, outputs: int = 1) -> int:
        """What a transaction must pay to be taken in at this hour."""
        level = LEVELS[drawn(len(LEVELS), self._seed, self.network.name, time_us // HOUR_US)]
        return self.network.fee_atoms * level * outputs

    def block_us(self, height: int) -> int:
        """When a block comes: in its own stretch of time, at a moment drawn from the seed."""
        stretch_us = self.network.block_us
        late_us = drawn(stretch_us, self._seed, self.network.name, "block", height)
        return self._start_us + height * stretch_us + late_us

    def next_us(self) -> int | None:
        """When the next block comes that matters; None: none does."""
        return self.block_us(self.height + 1) if self.pool or self._recent else None

    def come_to(self, time_us: int) -> None:
        """Skip the blocks until then of a chain that has nothing to do."""
        assert self.next_us() is None, "a chain with something to do goes block by block"
        height = max(self.height, (time_us - self._start_us) // self.network.block_us)
        self.height = height if self.block_us(height) <= time_us else max(self.height, height - 1)

    def sendable_atoms(self, address: str, asset: str, *, settled: bool = False) -> int:
        """What an address could send; `settled`: counting only what nothing can take back."""
        if self.network.keeps == "coins":
            mine = (coin for _, coin in self._free_coins(address, settled=settled))
            return sum(coin.atoms for coin in mine if coin.asset == asset)
        atoms = self.balances[address, asset] - sum(
            take.atoms
            for each in self.pool
            for take in each.takes
            if (take.address, take.asset) == (address, asset)
        )
        return atoms - (self._unsettled_atoms(address, asset) if settled else 0)

    def send(
        self,
        sender: str,
        outputs: Sequence[Output],
        time_us: int,
        *,
        payer: str = "",
        resent: bool = False,
    ) -> Transaction:
        """Put a payment into the pool, at this hour's fee. ChainError: there is not enough.

        `payer` pays the fee where it is not the sender. `resent`: the sender is a venue: it spends
        only what nothing can take back.
        """
        if any(each.atoms <= 0 for each in outputs):
            raise ChainError("nothing is no payment")
        fee_atoms = self.fee_atoms(time_us, len(outputs))
        wanted: Counter[tuple[str, str]] = Counter()
        for each in outputs:
            wanted[sender, each.asset] += each.atoms
        wanted[payer or sender, self.network.fee_asset] += fee_atoms
        takes, back = self._taken(wanted, settled=resent)
        self._sent += 1
        txid = make_txid(self._seed, self.network.name, self._sent)
        made = Transaction(txid, takes, tuple(outputs), back, fee_atoms, resent)
        self.pool.append(made)
        return made

    def step(self) -> list[Happened]:
        """The next block: what it undid, what it took in, what can never be taken in."""
        time_us = self.block_us(self.height + 1)
        self.height += 1
        happened = [*self._undo(), *self._mine(time_us)]
        deepest = self.height - self.network.final
        self._recent = [each for each in self._recent if each.height > deepest]
        return happened

    def confirmations(self, height: int) -> int:
        """Blocks on one of this height, itself counted."""
        return self.height - height + 1

    def is_settled(self, height: int) -> bool:
        """Whether a block of this height is so deep that nothing undoes it any more."""
        return height <= self.height - self.network.final

    def _undo(self) -> Iterator[Happened]:
        network = self.network
        if drawn(PPM, self._seed, network.name, "undone", self.height) >= network.undone_ppm:
            return
        depth = 1 + drawn(network.final, self._seed, network.name, "depth", self.height)
        fallen: list[Transaction] = []
        while self._recent and self._recent[-1].height >= self.height - depth:
            block = self._recent.pop()
            for each in reversed(block.mined):
                self._move(each, -1)
                fallen.insert(0, each)
                yield Happened("undone", each, block.height)
        kept = [each for each in fallen if each.resent or not self._is_taken_back(each)]
        self.pool = kept + self.pool
        for each in fallen:
            if each not in kept:
                yield Happened("dropped", each, self.height)

    def _is_taken_back(self, each: Transaction) -> bool:
        return drawn(TAKEN_BACK, self._seed, each.txid, self.height) == 0

    def _mine(self, time_us: int) -> Iterator[Happened]:
        mined: list[Transaction] = []
        waiting: list[Transaction] = []
        for each in self.pool:
            is_dear = each.fee_atoms >= self.fee_atoms(time_us, len(each.outputs))
            if is_dear and len(mined) < self.network.room and self._is_covered(each):
                self._move(each, 1)
                mined.append(each)
            elif self._is_hopeless(each):
                yield Happened("dropped", each, self.height)
            else:
                waiting.append(each)
        self.pool = waiting
        if mined:
            self._recent.append(Block(self.height, tuple(mined)))
        for each in mined:
            yield Happened("mined", each, self.height)

    def _is_hopeless(self, each: Transaction) -> bool:
        """What it spends is not there any more, and nobody will send it again."""
        return not each.resent and not self._is_covered(each)

    def _is_covered(self, each: Transaction) -> bool:
        if self.network.keeps == "coins":
            return all(take.coin in self.coins for take in each.takes)
        return all(self.balances[take.address, take.asset] >= take.atoms for take in each.takes)

    def _move(self, each: Transaction, sign: int) -> None:
        for take in each.takes:
            self.balances[take.address, take.asset] -= sign * take.atoms
            if take.coin and sign > 0:
                del self.coins[take.coin]
            elif take.coin:
                self.coins[take.coin] = Output(take.address, take.asset, take.atoms)
        self.balances[MINERS, self.network.fee_asset] += sign * each.fee_atoms
        arriving = (*each.outputs, *each.back)
        if sign > 0:
            self._keep(each.txid, arriving)
            return
        for at, output in enumerate(arriving):
            self.balances[output.address, output.asset] -= output.atoms
            self.coins.pop(f"{each.txid}:{at}", None)

    def _keep(self, txid: str, outputs: Sequence[Output]) -> None:
        for at, each in enumerate(outputs):
            self.balances[each.address, each.asset] += each.atoms
            if self.network.keeps == "coins":
                self.coins[f"{txid}:{at}"] = each

    def _unsettled_atoms(self, address: str, asset: str) -> int:
        return sum(
            output.atoms
            for block in self._recent
            for each in block.mined
            if not each.resent
            for output in each.outputs
            if (output.address, output.asset) == (address, asset)
        )

    def _free_coins(self, address: str, *, settled: bool) -> Iterator[tuple[str, Output]]:
        spent = {take.coin for each in self.pool for take in each.takes}
        if settled:
            spent |= {
                f"{each.txid}:{at}"
                for block in self._recent
                for each in block.mined
                if not each.resent
                for at in range(len(each.outputs) + len(each.back))
            }
        for name, coin in self.coins.items():
            if coin.address == address and name not in spent:
                yield name, coin

    def _taken(
        self, wanted: Counter[tuple[str, str]], *, settled: bool
    ) -> tuple[tuple[Take, ...], tuple[Output, ...]]:
        """What is spent for what is wanted of each address, and the change of it."""
        takes: list[Take] = []
        back: list[Output] = []
        for (address, asset), atoms in wanted.items():
            if self.sendable_atoms(address, asset, settled=settled) < atoms:
                raise ChainError(f"there is not so much {asset} at {address}")
            if self.network.keeps == "accounts":
                takes.append(Take(address, asset, atoms))
                continue
            left = atoms
            for name, coin in self._free_coins(address, settled=settled):
                if left > 0:
                    takes.append(Take(address, coin.asset, coin.atoms, name))
                    left -= coin.atoms
            if left < 0:
                back.append(Output(address, asset, -left))
        return tuple(takes), tuple(back)
