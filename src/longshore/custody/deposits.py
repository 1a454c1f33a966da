"""Deposits: seen, confirming, credited once; and what becomes of those that came wrongly.

A reorganisation before the credit only makes the customer wait. One after it is the venue's loss,
stated in its own book: the customer keeps what was credited, and if the same transaction is mined
again the loss is made good and nothing is credited a second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from longshore.custody.addresses import make_address, make_memo, memo_account
from longshore.custody.records import Deposit, Payment, Refused, Why

if TYPE_CHECKING:
    from longshore.custody.books import Book
    from longshore.custody.chain import Output, Transaction
    from longshore.custody.house import House
    from longshore.custody.networks import Network

PPM = 1_000_000
CASH = 0
"""The wallet that deposits are credited to, by the engine's number."""


class Place(NamedTuple):
    """Where a customer is asked to send to."""

    account_id: int
    network: str
    address: str
    memo: str


class Deposits:
    """All deposits of one venue, and the addresses that were given out for them."""

    def __init__(self, house: House) -> None:
        """None yet."""
        self.all: dict[int, Deposit] = {}
        self._house = house
        self._places: dict[str, Place] = {}
        self._outputs: dict[tuple[str, int], Deposit] = {}
        self._watched: dict[str, dict[int, Deposit]] = {name: {} for name in house.networks}

    def place(self, account_id: int, name: str) -> Place:
        """An account's address on a network, made where there is none yet."""
        house, network = self._house, self._house.network(name)
        if network.needs_memo:
            return Place(account_id, name, house.hot(network), make_memo(account_id))
        address = make_address(network.family, house.seed, "deposit", name, account_id)
        house.take(address, network)
        return self._places.setdefault(address, Place(account_id, name, address, ""))

    def known(self, account_id: int, name: str) -> Place | None:
        """An address that need not be made: it was, or it is everybody's. Refused: no network."""
        if self._house.network(name).needs_memo:
            return self.place(account_id, name)
        mine = (each for each in self._places.values() if each.account_id == account_id)
        return next((each for each in mine if each.network == name), None)

    def addresses(self, family: str) -> list[str]:
        """All that were given out on networks of a family: coins may have come over any of them."""
        networks = self._house.networks
        places = self._places.values()
        return [each.address for each in places if networks[each.network].family == family]

    def sent(self, network: Network, made: Transaction, time_us: int) -> None:
        """A transaction is in the pool: those of its outputs that come here."""
        for at, output in enumerate(made.outputs):
            if output.address in self._house.own:
                self._outputs[made.txid, at] = self._seen(network, made.txid, output, time_us)

    def _seen(self, network: Network, txid: str, output: Output, time_us: int) -> Deposit:
        account_id, why = self._whose(network, output)
        deposit = Deposit(
            id=len(self.all) + 1,
            network=network.name,
            asset=output.asset,
            atoms=output.atoms,
            txid=txid,
            address=output.address,
            memo=output.memo,
            account_id=account_id,
            why=why,
            seen_us=time_us,
        )
        self.all[deposit.id] = self._watched[network.name][deposit.id] = deposit
        return deposit

    def _whose(self, network: Network, output: Output) -> tuple[int, Why]:
        """The account of an output, and why it is not credited, if it is not."""
        if network.needs_memo and output.address == self._house.hot(network):
            account_id = memo_account(output.memo) or 0
            if account_id == 0:
                return 0, "WRONG_MEMO"
        else:
            place = self._places.get(output.address)
            if place is None:
                return 0, "NOT_A_DEPOSIT"
            account_id = place.account_id
            if place.network != network.name:
                return account_id, "WRONG_NETWORK"
        terms = network.terms(output.asset)
        assert terms is not None, "a chain carries what is listed, and nothing else"
        return account_id, "BELOW_MINIMUM" if output.atoms < terms.deposit_min_atoms else ""

    def happened(self, what: str, made: Transaction, height: int) -> None:
        """A block did something to a transaction."""
        for at in range(len(made.outputs)):
            deposit = self._outputs.get((made.txid, at))
            if deposit is None:
                continue
            if what == "dropped":
                deposit.is_gone = True
                continue
            deposit.height = height if what == "mined" else None
            atoms = deposit.atoms if what == "mined" else -deposit.atoms
            self._house.books.came(_book(deposit), deposit.asset, atoms)

    def confirm(self, name: str) -> list[Payment]:
        """After a block: credit what has its confirmations, forget what is settled."""
        house, due = self._house, []
        chain, watched = house.chains[name], self._watched[name]
        for deposit in list(watched.values()):
            if deposit.height is not None:
                count = chain.confirmations(deposit.height)
                if not deposit.why and not deposit.paid and count >= chain.network.confirmations:
                    due.append(self._pay(deposit, "arriving", deposit.atoms))
                if chain.is_settled(deposit.height):
                    del watched[deposit.id]
            elif deposit.is_gone:
                del watched[deposit.id]
        return due

    def recover(self, number: int, account_id: int) -> Payment:
        """Credit what came wrongly, less what it costs to find it. Refused: it cannot be."""
        house, deposit = self._house, self.all.get(number)
        if deposit is None:
            raise Refused("UNKNOWN_DEPOSIT", "id")
        chain = house.chains[deposit.network]
        if not deposit.why or deposit.paid:
            raise Refused("NOT_UNCLAIMED", "id")
        if deposit.height is None or not chain.is_settled(deposit.height):
            raise Refused("NOT_SETTLED", "id")
        fee_atoms = deposit.atoms * house.terms.recovery_ppm // PPM + 1
        if fee_atoms >= deposit.atoms:
            raise Refused("NOT_WORTH_IT", "id")
        house.books.move("unclaimed", "fees", deposit.asset, fee_atoms)
        deposit.account_id = account_id
        return self._pay(deposit, "unclaimed", deposit.atoms - fee_atoms)

    def _pay(self, deposit: Deposit, source: Book, atoms: int) -> Payment:
        deposit.paid = True
        self._house.books.move(source, "due", deposit.asset, atoms)
        return Payment(f"d{deposit.id}", deposit.account_id, CASH, deposit.asset, atoms)


def _book(deposit: Deposit) -> Book:
    """Where a deposit's coins stand when a block brings or takes them."""
    if deposit.paid:
        return "lost"
    return "unclaimed" if deposit.why else "arriving"
