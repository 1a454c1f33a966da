"""Customers, a stand-in for the engine, and people outside: a seeded walk over a custody desk.

The stand-in knows balances and nothing of chains; the chains know nothing of it; after each event
the three counts must agree.
"""

from __future__ import annotations

import random
from collections import Counter

import msgspec

from longshore.custody.addresses import make_address
from longshore.custody.chain import Output
from longshore.custody.desk import Desk
from longshore.custody.networks import COIN, NETWORKS
from longshore.custody.records import Refused, Terms

DAY_US = 86_400_000_000
SECOND_US = 1_000_000
START_US = 1_790_000_000 * SECOND_US
ACCOUNTS = range(16, 24)
ASSETS = ("XBT", "ETH", "USD")
TERMS = Terms(
    book_wait_us=DAY_US // 24,
    change_hold_us=DAY_US // 24,
    daily_atoms={"basic": {"USD": 20_000 * COIN, "XBT": 2 * COIN, "ETH": 20 * COIN}},
    stock_atoms={"XBT": 500 * COIN, "ETH": 5_000 * COIN, "USD": 5_000_000 * COIN},
)
GIFT = 40 * COIN
PRACTICE_MONEY = {"XBT": 3 * COIN, "ETH": 30 * COIN, "USD": 30_000 * COIN}
"""What an account has from the operator, without any chain."""


def stormy(undone_ppm):
    """The shipped networks, with many more reorganisations."""
    return [msgspec.structs.replace(each, undone_ppm=undone_ppm) for each in NETWORKS]


class Market:
    """A desk, balances by account and asset, and chance from a seed."""

    def __init__(self, seed, undone_ppm=60_000, terms=TERMS):
        self.random = random.Random(seed)
        self.desk = Desk(seed, START_US, terms, stormy(undone_ppm))
        self.now_us = START_US
        self.brought = {(a, s): n for a in ACCOUNTS for s, n in PRACTICE_MONEY.items()}
        self.balances = Counter(self.brought)
        self.credited = Counter()
        self.paid = set()
        self.taken = Counter()
        self.happened = Counter()
        for account in ACCOUNTS:
            for network in NETWORKS:
                place = self.desk.deposits.place(account, network.name)
                assert place.account_id == account
                for asset in (each.asset for each in network.listed):
                    self.desk.give(network.name, asset, self.wallet(account, network), "", GIFT)

    def wallet(self, account, network):
        """A customer's own address outside the venue."""
        return make_address(network.family, "wallet", account)

    def check(self):
        """Chains, books, and the balances that the stand-in kept by itself."""
        house = self.desk.house
        held = house.on_chains()
        house.books.balanced(held)
        for asset in ASSETS:
            brought = sum(n for (_, s), n in self.brought.items() if s == asset)
            mine = sum(self.balances[a, asset] for a in ACCOUNTS)
            moved = self.credited[asset] - self.taken[asset]
            assert mine == brought + moved
            atoms = {book: house.books.atoms(book, asset) for book in ("customers", "stock")}
            stock = TERMS.stock_atoms[asset] * sum(n.terms(asset) is not None for n in NETWORKS)
            assert atoms["customers"] + atoms["stock"] == stock + moved
            assert atoms["customers"] >= 0
            others = ("arriving", "due", "leaving", "unclaimed", "fees")
            assert all(house.books.atoms(each, asset) >= 0 for each in others)
            assert house.books.atoms("lost", asset) <= 0 >= house.books.atoms("network", asset)
            owed = sum(house.books.atoms(each, asset) for each in others)
            lost = house.books.atoms("lost", asset) + house.books.atoms("network", asset)
            assert held[asset] == stock + moved + owed + lost

    def pay(self):
        """The engine carries out what is due, and says so."""
        for payment in list(self.desk.due.values()):
            assert payment.id not in self.paid, "credited twice"
            self.paid.add(payment.id)
            self.balances[payment.account_id, payment.asset] += payment.atoms
            self.credited[payment.asset] += payment.atoms
            self.desk.credited(payment.id)
            self.happened["credited"] += 1

    def pass_time(self):
        """One thing of the chains, or a while in which nothing need happen."""
        due_us = self.desk.next_us()
        if due_us is None or self.random.random() < 0.05:
            due_us = max(due_us or 0, self.now_us) + self.random.randrange(1, 600) * SECOND_US
        self.now_us = max(self.now_us, due_us)
        if self.desk.step(self.now_us):
            self.happened["block"] += 1
        else:
            self.desk.come_to(self.now_us)

    def event(self):
        """Something: a block, time, a deposit right or wrong, a withdrawal, a change of heart."""
        if self.random.random() < 0.55:
            self.pass_time()
        else:
            while self.desk.step(self.now_us):
                self.check()
            self.desk.come_to(self.now_us)
            acts = (
                *(self.deposit,) * 4,
                *(self.withdraw,) * 4,
                *(self.pay,) * 3,
                *(self.change_book, self.cancel, self.recover, self.trade, self.receive),
            )
            try:
                self.random.choice(acts)()
            except Refused as refused:
                self.happened[refused.name] += 1
        self.check()

    def deposit(self):
        account = self.random.choice(ACCOUNTS)
        network = self.random.choice(NETWORKS)
        sent_over = self.random.choice([n for n in NETWORKS if n.family == network.family])
        if self.random.random() < 0.8:
            sent_over = network
        place = self.desk.deposits.place(account, network.name)
        memo = place.memo if self.random.random() < 0.9 else place.memo[:-1]
        asset = self.random.choice(sent_over.listed).asset
        atoms = self.random.choice((1, 5_000, COIN // 10, 3 * COIN, 7 * COIN + 1))
        output = Output(place.address, asset, atoms, memo)
        self.desk.send(sent_over.name, self.wallet(account, sent_over), output)
        self.happened["sent"] += 1

    def change_book(self):
        account = self.random.choice(ACCOUNTS)
        network = self.random.choice(NETWORKS)
        entries = self.desk.book.entries(account)
        if self.random.random() < 0.05 and entries:
            self.desk.book.remove(account, self.random.choice(entries).name)
            return
        place = self.desk.deposits.place(self.random.choice(ACCOUNTS), network.name)
        address = self.random.choice((self.wallet(account, network), place.address))
        name = f"{network.name} {self.random.randrange(3)}"
        if all(each.name != name for each in entries):
            self.desk.book.add(account, name, network.name, address, place.memo)

    def withdraw(self):
        account = self.random.choice(ACCOUNTS)
        entries = self.desk.book.entries(account)
        if not entries:
            return
        name = self.random.choice(entries).name
        asset = self.random.choice(ASSETS)
        atoms = self.random.choice((COIN // 100, COIN // 2, 12 * COIN, 15_000 * COIN))
        made = self.desk.withdrawals.ask(account, 0, name, asset, atoms, "basic")
        if self.balances[account, asset] < atoms:
            self.desk.withdrawals.refuse(made.id)
            self.happened["insufficient"] += 1
            return
        self.balances[account, asset] -= atoms
        self.taken[asset] += atoms
        self.desk.withdrawals.take(made.id)
        self.happened["taken"] += 1

    def cancel(self):
        waiting = [w for w in self.desk.withdrawals._open.values() if w.stage == "waiting"]
        if waiting:
            made = self.random.choice(waiting)
            self.desk.cancel(made.id, made.account_id)
            self.happened["cancelled"] += 1

    def recover(self):
        wrong = [d for d in self.desk.deposits.all.values() if d.why and not d.paid]
        if wrong:
            found = self.random.choice(wrong)
            self.desk.recover(found.id, found.account_id or self.random.choice(ACCOUNTS))
            self.happened["recovered"] += 1

    def receive(self):
        """Somebody outside gives coins to a wallet."""
        network = self.random.choice(NETWORKS)
        to = self.wallet(self.random.choice(ACCOUNTS), network)
        self.desk.give(network.name, self.random.choice(network.listed).asset, to, "", 9 * COIN)

    def trade(self):
        one, other = self.random.sample(ACCOUNTS, 2)
        asset = self.random.choice(ASSETS)
        atoms = self.random.randrange(self.balances[one, asset] + 1)
        self.balances[one, asset] -= atoms
        self.balances[other, asset] += atoms
