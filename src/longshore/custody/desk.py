"""The custody desk: deposits, withdrawals and the venue's own coins on all chains, by world time.

Its state is a function of the seed, the terms, and what it was asked when. `come_to` a time, then
ask: asking what is refused changes nothing. After every block and every request the books agree
with the chains (`House.balanced`).
"""

from __future__ import annotations

from collections.abc import Sequence

from longshore.custody.address_book import AddressBook
from longshore.custody.chain import ChainError, Output
from longshore.custody.deposits import Deposits
from longshore.custody.house import House
from longshore.custody.networks import NETWORKS, Network
from longshore.custody.records import Payment, Refused, Terms
from longshore.custody.treasury import Treasury
from longshore.custody.withdrawals import Withdrawals


class Desk:
    """One venue's custody."""

    def __init__(
        self,
        seed: int,
        start_us: int,
        terms: Terms | None = None,
        networks: Sequence[Network] = NETWORKS,
    ) -> None:
        """At the beginning of a world."""
        self.house = House(networks, seed, start_us, terms or Terms())
        self.book = AddressBook(self.house)
        self.deposits = Deposits(self.house)
        self.withdrawals = Withdrawals(self.house, self.book)
        self.due: dict[str, Payment] = {}
        """What the engine is to credit and has not been said to have credited."""
        self._treasury = Treasury(self.house)
        self._batch_us = start_us

    @property
    def now_us(self) -> int:
        """The time it has come to."""
        return self.house.now_us

    def next_us(self) -> int | None:
        """When something happens next; None: nothing does before it is asked for something."""
        times = [each.next_us() for each in self.house.chains.values()]
        if self.withdrawals.waiting() and self.withdrawals.frozen_us is None:
            times.append(self._next_batch_us())
        return min((each for each in times if each is not None), default=None)

    def come_to(self, time_us: int) -> None:
        """Let everything happen until then, in the order of its times. Never goes back."""
        while self.step(time_us):
            pass
        self.house.now_us = max(self.house.now_us, time_us)
        for chain in self.house.chains.values():
            if chain.next_us() is None:
                chain.come_to(self.house.now_us)

    def step(self, time_us: int) -> bool:
        """The next thing that happens until then; whether there was one."""
        due_us = self.next_us()
        if due_us is None or due_us > time_us:
            return False
        self.house.now_us = max(self.house.now_us, due_us)
        for name, chain in self.house.chains.items():
            if chain.next_us() == due_us:
                self._block(name)
                return True
        self._batch_us = due_us
        self._send_batches()
        return True

    def give(self, name: str, asset: str, address: str, memo: str, atoms: int) -> str:
        """Made-up coins for an address, from somebody outside; the transaction's name."""
        network = self.house.network(name)
        return self.send(name, self.house.giver(network), Output(address, asset, atoms, memo))

    def send(self, name: str, sender: str, output: Output) -> str:
        """A payment from an address outside, by whoever has its key; the transaction's name."""
        network = self.house.network(name)
        if network.terms(output.asset) is None:
            raise Refused("NOT_ON_NETWORK", "asset")
        if output.atoms <= 0:
            raise Refused("BAD_AMOUNT", "amount")
        self._quiet(name)
        try:
            made = self.house.chains[name].send(sender, [output], self.now_us)
        except ChainError:
            raise Refused("NOT_ENOUGH", "amount") from None
        self.deposits.sent(network, made, self.now_us)
        return made.txid

    def cancel(self, number: int, account_id: int) -> None:
        """Give a withdrawal back that has not left."""
        self._owe([self.withdrawals.cancel(number, account_id)])

    def recover(self, number: int, account_id: int) -> None:
        """Credit a deposit that came wrongly, to whoever showed that it is theirs."""
        self._owe([self.deposits.recover(number, account_id)])

    def freeze(self, *, is_frozen: bool) -> None:
        """Stop all withdrawals that have not left, or let them go again."""
        self.withdrawals.frozen_us = self.now_us if is_frozen else None

    def credited(self, payment_id: str) -> None:
        """The engine has carried out a payment."""
        payment = self.due.pop(payment_id)
        self.house.books.move("due", "customers", payment.asset, payment.atoms)

    def _owe(self, payments: list[Payment]) -> None:
        self.due |= {each.id: each for each in payments}

    def _quiet(self, name: str) -> None:
        """A chain that had nothing to do knows what time it is."""
        chain = self.house.chains[name]
        if chain.next_us() is None:
            chain.come_to(self.now_us)

    def _block(self, name: str) -> None:
        chain = self.house.chains[name]
        for what, made, height in chain.step():
            self.deposits.happened(what, made, height)
            self.withdrawals.happened(what, made, height)
            self._treasury.happened(chain.network, what, made)
        self._owe(self.deposits.confirm(name))
        self.withdrawals.confirm(name)

    def _next_batch_us(self) -> int:
        """Batches leave at whole multiples of their distance."""
        distance_us = self.house.terms.batch_us
        return (max(self._batch_us, self.now_us) // distance_us + 1) * distance_us

    def _send_batches(self) -> None:
        for name, network in self.house.networks.items():
            self._quiet(name)
            self._treasury.sweep(network, self.deposits.addresses(network.family))
            for listed in network.listed:
                wanted = self.withdrawals.wanted_atoms(name, listed.asset)
                self._treasury.balance(network, listed.asset, wanted)
        for network, made in self.withdrawals.send_batches():
            self._treasury.note(made)
            self.deposits.sent(network, made, self.now_us)
