"""Withdrawals: asked, taken from the balance, waiting for their batch, sent, done; or given back.

The engine takes the money first: what custody counts as leaving is in nobody's balance any more,
so two withdrawals cannot race for one balance. Until its batch leaves a withdrawal can be
cancelled, and then what was taken, fee and all, is paid back like a deposit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.custody.chain import Output
from longshore.custody.records import Payment, Refused, Withdrawal

if TYPE_CHECKING:
    from longshore.custody.address_book import AddressBook
    from longshore.custody.chain import Transaction
    from longshore.custody.house import House
    from longshore.custody.networks import Network

NOT_LEAVING = ("cancelled", "refused")


class Withdrawals:
    """All withdrawals of one venue."""

    def __init__(self, house: House, book: AddressBook) -> None:
        """None yet."""
        self.all: dict[int, Withdrawal] = {}
        self.by_account: dict[int, list[Withdrawal]] = {}
        self.frozen_us: int | None = None
        """Since when nothing leaves by the operator's will."""
        self._house = house
        self._book = book
        self._open: dict[int, Withdrawal] = {}
        self._sent: dict[str, list[Withdrawal]] = {}

    def ask(
        self, account_id: int, wallet: int, name: str, asset: str, atoms: int, tier: str
    ) -> Withdrawal:
        """Everything that custody has to say about a withdrawal, before money is touched."""
        house = self._house
        if self.frozen_us is not None:
            raise Refused("FROZEN")
        kept = self._book.usable(account_id, name)
        terms = house.network(kept.network).terms(asset)
        if terms is None:
            raise Refused("NOT_ON_NETWORK", "asset")
        if atoms < terms.withdrawal_min_atoms:
            raise Refused("BELOW_MINIMUM", "amount")
        if atoms > self.left_today_atoms(account_id, asset, tier):
            raise Refused("OVER_LIMIT", "amount")
        if atoms > self.payable_atoms(kept.network, asset):
            raise Refused("NO_COINS", "amount")
        made = Withdrawal(
            id=len(self.all) + 1,
            account_id=account_id,
            wallet=wallet,
            network=kept.network,
            asset=asset,
            atoms=atoms,
            fee_atoms=terms.withdrawal_fee_atoms,
            name=name,
            address=kept.address,
            memo=kept.memo,
            asked_us=house.now_us,
        )
        self.all[made.id] = self._open[made.id] = made
        self.by_account.setdefault(account_id, []).append(made)
        return made

    def left_today_atoms(self, account_id: int, asset: str, tier: str) -> int:
        """How much more may leave within the day that ends now; what has no limit: very much."""
        house = self._house
        limits = house.terms.daily_atoms.get(tier, {})
        if asset not in limits:
            return 2**63
        since_us = house.now_us - house.terms.day_us
        return limits[asset] - sum(
            each.atoms
            for each in self.by_account.get(account_id, ())
            if each.asset == asset and each.asked_us > since_us and each.stage not in NOT_LEAVING
        )

    def payable_atoms(self, network: str, asset: str) -> int:
        """What the venue could pay out on a network, hot and cold, beyond what is asked already."""
        house, chain = self._house, self._house.chains[network]
        homes = (house.hot(chain.network), house.cold(chain.network))
        held = sum(chain.sendable_atoms(each, asset, settled=True) for each in homes)
        return held - sum(
            each.atoms
            for each in self._open.values()
            if (each.network, each.asset) == (network, asset) and not each.txid
        )

    def found(self, number: int, account_id: int) -> Withdrawal:
        """One of an account's own. Refused: there is none of this number."""
        made = self.all.get(number)
        if made is None or made.account_id != account_id:
            raise Refused("UNKNOWN_WITHDRAWAL", "id")
        return made

    def take(self, number: int) -> None:
        """The engine has taken the money: it waits for its batch.

        Money that came without a chain leaves over one: the venue's own stock makes good for it.
        """
        house, made = self._house, self.all[number]
        assert made.stage == "asked", made
        made.stage = "waiting"
        short = made.atoms - house.books.atoms("customers", made.asset)
        if short > 0:
            house.books.move("stock", "customers", made.asset, short)
        house.books.move("customers", "leaving", made.asset, made.net_atoms)
        house.books.move("customers", "fees", made.asset, made.fee_atoms)

    def refuse(self, number: int) -> None:
        """The engine took nothing: there was not enough."""
        assert self.all[number].stage == "asked", self.all[number]
        self.all[number].stage = "refused"
        del self._open[number]

    def cancel(self, number: int, account_id: int) -> Payment:
        """Give everything back. Refused: it has left."""
        house, made = self._house, self.found(number, account_id)
        if made.stage != "waiting":
            raise Refused("ALREADY_SENT", "id")
        made.stage = "cancelled"
        del self._open[number]
        house.books.move("leaving", "due", made.asset, made.net_atoms)
        house.books.move("fees", "due", made.asset, made.fee_atoms)
        return Payment(f"w{number}", made.account_id, made.wallet, made.asset, made.atoms)

    def waiting(self) -> bool:
        """Whether any waits for a batch."""
        return any(each.stage == "waiting" for each in self._open.values())

    def wanted_atoms(self, network: str, asset: str) -> int:
        """What the next batches need of an asset on a network."""
        return sum(
            each.net_atoms
            for each in self._open.values()
            if (each.network, each.asset, each.stage) == (network, asset, "waiting")
        )

    def send_batches(self) -> list[tuple[Network, Transaction]]:
        """Send what has waited long enough, by network and asset, as far as the hot wallet goes."""
        house = self._house
        if self.frozen_us is not None:
            return []
        ripe_us = house.now_us - house.terms.cancel_us
        groups: dict[tuple[str, str], list[Withdrawal]] = {}
        for each in self._open.values():
            if each.stage == "waiting" and each.asked_us <= ripe_us:
                groups.setdefault((each.network, each.asset), []).append(each)
        made = []
        for (name, _), group in groups.items():
            network = house.networks[name]
            sent = self._send(network, group)
            if sent is not None:
                made.append((network, sent))
        return made

    def _send(self, network: Network, group: list[Withdrawal]) -> Transaction | None:
        """The oldest of a group together; fewer where the hot wallet has not enough for all."""
        house = self._house
        batch = group[: house.terms.batch_max]
        while batch:
            outputs = [
                Output(each.address, each.asset, each.net_atoms, each.memo) for each in batch
            ]
            made = house.send(network, house.hot(network), outputs)
            if made is not None:
                for each in batch:
                    each.stage, each.txid = "sent", made.txid
                self._sent[made.txid] = batch
                return made
            batch = batch[: len(batch) // 2]
        return None

    def happened(self, what: str, made: Transaction, height: int) -> None:
        """A block did something: what a block holds has left, until it is undone."""
        for each in self._sent.get(made.txid, ()):
            each.height = height if what == "mined" else None
            atoms = each.net_atoms if what == "mined" else -each.net_atoms
            self._house.books.came("leaving", each.asset, -atoms)

    def confirm(self, name: str) -> None:
        """After a block: what nothing can undo any more is done."""
        chain = self._house.chains[name]
        for each in list(self._open.values()):
            is_here = each.network == name and each.height is not None
            if is_here and chain.is_settled(each.height or 0):
                each.stage = "done"
                del self._open[each.id]
                self._sent.pop(each.txid, None)
