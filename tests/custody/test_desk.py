"""The custody desk: deposits credited once, withdrawals that wait, are held, cancelled and sent."""

from __future__ import annotations

import msgspec
import pytest

from longshore.custody.addresses import make_address
from longshore.custody.desk import Desk
from longshore.custody.networks import COIN, HOUR_US, MINUTE_US, NETWORKS
from longshore.custody.records import Refused, Terms

START_US = 1_790_000_000_000_000
DAY_US = 24 * HOUR_US
ANNA, BERT = 16, 17
TERMS = Terms(
    daily_atoms={"basic": {"USD": 1_000 * COIN}},
    stock_atoms={"XBT": 100 * COIN, "ETH": 1_000 * COIN, "USD": 100_000 * COIN},
)


class Town:
    """A desk, and what people outside do with it."""

    def __init__(self, seed=1, undone_ppm=0, terms=TERMS):
        shipped = [msgspec.structs.replace(each, undone_ppm=undone_ppm) for each in NETWORKS]
        self.desk = Desk(seed, START_US, terms, shipped)

    def pay_in(self, network, asset, atoms, *, account=ANNA, over=None, memo=None):
        """Coins to an account's deposit address; the deposit that is made of it."""
        place = self.desk.deposits.place(account, network)
        sent_memo = place.memo if memo is None else memo
        self.desk.give(over or network, asset, place.address, sent_memo, atoms)
        return self.desk.deposits.all[len(self.desk.deposits.all)]

    def credit(self):
        """The engine carries out what is due; what it was."""
        due = list(self.desk.due.values())
        for each in due:
            self.desk.credited(each.id)
        return due

    def wait(self, us=DAY_US):
        """Time passes, and after each thing that happens the books agree."""
        until_us = self.desk.now_us + us
        while self.desk.step(until_us):
            self.desk.house.balanced()
        self.desk.come_to(until_us)
        self.desk.house.balanced()

    def keep(self, network="ferry", account=ANNA, name="mine", memo=""):
        """An address in the book, its waiting over."""
        family = self.desk.house.networks[network].family
        address = make_address(family, "wallet", account)
        self.desk.book.add(account, name, network, address, memo)
        self.wait()
        return address

    def ask(self, atoms, *, asset="USD", account=ANNA, name="mine"):
        """A withdrawal that the engine has paid for."""
        made = self.desk.withdrawals.ask(account, 1, name, asset, atoms, "basic")
        self.desk.withdrawals.take(made.id)
        return made


def refused(name, call):
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.name == name


@pytest.mark.parametrize(
    ("network", "asset"),
    [(each.name, listed.asset) for each in NETWORKS for listed in each.listed],
)
def test_a_deposit_is_credited_once_after_its_confirmations(network, asset):
    town = Town()
    deposit = town.pay_in(network, asset, 9 * COIN)
    chain = town.desk.house.chains[network]
    assert (deposit.height, deposit.paid, town.desk.due) == (None, False, {})
    while not deposit.paid:
        assert deposit.height is None or (
            chain.confirmations(deposit.height) < chain.network.confirmations
        )
        assert town.desk.step(START_US + DAY_US)
        town.desk.house.balanced()
    assert chain.confirmations(deposit.height) == chain.network.confirmations
    (paid,) = town.credit()
    assert (paid.account_id, paid.asset, paid.atoms) == (ANNA, asset, 9 * COIN)
    town.wait()
    assert town.credit() == []


def test_a_reorganisation_after_credit_is_the_venues_loss_and_nothing_is_paid_twice():
    ends = set()
    for seed in range(200):
        town = Town(seed, undone_ppm=120_000)
        deposit = town.pay_in("granite", "XBT", COIN)
        was_lost = False
        while town.desk.step(START_US + DAY_US):
            town.desk.house.balanced()
            lost = town.desk.house.books.atoms("lost", "XBT")
            assert lost == (-COIN if deposit.paid and deposit.height is None else 0)
            was_lost |= lost < 0
        assert len(town.credit()) == deposit.paid
        assert town.desk.house.books.atoms("customers", "XBT") == deposit.paid * COIN
        if was_lost:
            ends.add("taken back" if deposit.is_gone else "mined again")
        if len(ends) == 2:
            return
    pytest.fail(f"only {ends} was seen")


def test_what_comes_wrongly_is_kept_apart_and_credited_only_to_whoever_shows_that_it_is_theirs():
    town = Town()
    over_ferry = town.pay_in("lattice", "USD", 50 * COIN, over="ferry")
    no_memo = town.pay_in("harbour", "USD", 70 * COIN, memo="")
    too_little = town.pay_in("ferry", "USD", COIN // 2)
    hot = town.desk.house.hot(town.desk.house.networks["granite"])
    town.desk.give("granite", "XBT", hot, "", COIN)
    refused("NOT_SETTLED", lambda: town.desk.recover(over_ferry.id, ANNA))
    town.wait()
    assert [each.why for each in town.desk.deposits.all.values()] == [
        "WRONG_NETWORK",
        "WRONG_MEMO",
        "BELOW_MINIMUM",
        "NOT_A_DEPOSIT",
    ]
    assert (over_ferry.account_id, no_memo.account_id) == (ANNA, 0)
    assert town.credit() == []
    unclaimed = town.desk.house.books.atoms("unclaimed", "USD")
    assert unclaimed == 120 * COIN + COIN // 2
    town.desk.recover(over_ferry.id, ANNA)
    town.desk.recover(no_memo.id, BERT)
    refused("NOT_UNCLAIMED", lambda: town.desk.recover(no_memo.id, ANNA))
    refused("UNKNOWN_DEPOSIT", lambda: town.desk.recover(99, ANNA))
    paid = town.credit()
    assert [(each.account_id, each.atoms) for each in paid] == [
        (ANNA, 50 * COIN - 5 * COIN // 2 - 1),
        (BERT, 70 * COIN - 7 * COIN // 2 - 1),
    ]
    assert town.desk.house.books.atoms("unclaimed", "USD") == too_little.atoms
    town.desk.house.balanced()


def test_one_atom_cannot_be_recovered_for_it_would_not_pay_for_itself():
    town = Town()
    crumb = town.pay_in("ferry", "USD", 1)
    town.wait()
    refused("NOT_WORTH_IT", lambda: town.desk.recover(crumb.id, ANNA))


def test_a_withdrawal_waits_for_its_batch_arrives_less_the_fee_and_is_done_when_settled():
    town = Town()
    address = town.keep()
    made = town.ask(100 * COIN)
    assert (made.stage, made.txid) == ("waiting", "")
    town.wait(town.desk.house.terms.batch_us * 2)
    ferry = town.desk.house.chains["ferry"]
    assert made.stage in ("sent", "done")
    town.wait()
    assert made.stage == "done"
    assert ferry.balances[address, "USD"] == made.net_atoms == 100 * COIN - COIN // 10
    books = town.desk.house.books
    assert books.atoms("leaving", "USD") == 0
    assert books.atoms("fees", "USD") == COIN // 10
    assert books.atoms("network", "USD") < 0


def test_withdrawals_of_one_time_leave_in_one_transaction():
    town = Town()
    town.keep(account=ANNA)
    town.keep(account=BERT)
    mine = [town.ask(20 * COIN, account=each) for each in (ANNA, BERT, ANNA)]
    town.wait()
    assert len({each.txid for each in mine}) == 1


def test_what_waits_can_be_cancelled_by_its_owner_and_comes_back_with_its_fee():
    town = Town()
    town.keep()
    made = town.ask(100 * COIN)
    refused("UNKNOWN_WITHDRAWAL", lambda: town.desk.cancel(made.id, BERT))
    town.desk.cancel(made.id, ANNA)
    (paid,) = town.credit()
    assert (paid.account_id, paid.wallet, paid.atoms) == (ANNA, 1, 100 * COIN)
    refused("ALREADY_SENT", lambda: town.desk.cancel(made.id, ANNA))
    town.wait()
    assert (made.stage, town.credit()) == ("cancelled", [])
    gone = town.ask(100 * COIN)
    town.wait()
    refused("ALREADY_SENT", lambda: town.desk.cancel(gone.id, ANNA))


def test_a_new_address_waits_and_a_changed_book_holds_everything():
    town = Town()
    book, withdrawals = town.desk.book, town.desk.withdrawals
    mine = make_address("hull", "wallet", ANNA)
    other = make_address("hull", "wallet", "other")

    def ask(name="mine"):
        return withdrawals.ask(ANNA, 0, name, "USD", 50 * COIN, "basic")

    refused("UNKNOWN_ADDRESS", ask)
    book.add(ANNA, "mine", "ferry", mine, "")
    book.add(ANNA, "other", "ferry", other, "")
    refused("ADDRESS_WAITS", ask)
    refused("UNKNOWN_ADDRESS", lambda: withdrawals.ask(BERT, 0, "mine", "USD", COIN * 9, "basic"))
    town.wait(DAY_US - 1)
    refused("ADDRESS_WAITS", ask)
    town.wait(1)
    assert ask().stage == "asked"
    book.remove(ANNA, "other")
    refused("BOOK_CHANGED", ask)
    town.wait(DAY_US)
    assert ask().stage == "asked"
    book.add(ANNA, "mine", "ferry", other, "")
    refused("BOOK_CHANGED", ask)
    refused("UNKNOWN_ADDRESS", lambda: book.remove(ANNA, "other"))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (("a", "ferry", "practice-hull-x", ""), "BAD_ADDRESS"),
        (("a", "granite", make_address("hull", 1), ""), "BAD_ADDRESS"),
        (("a", "ferry", make_address("hull", 1)[:-1] + "b", ""), "BAD_ADDRESS"),
        (("a", "moon", make_address("hull", 1), ""), "UNKNOWN_NETWORK"),
        (("", "ferry", make_address("hull", 1), ""), "BAD_NAME"),
        ((" a", "ferry", make_address("hull", 1), ""), "BAD_NAME"),
        (("a\n", "ferry", make_address("hull", 1), ""), "BAD_NAME"),
        (("a" * 41, "ferry", make_address("hull", 1), ""), "BAD_NAME"),
        (("a", "ferry", make_address("hull", 1), "٣"), "BAD_MEMO"),
        (("a", "ferry", make_address("hull", 1), "9" * 31), "BAD_MEMO"),
    ],
)
def test_a_bad_entry_of_the_book_is_refused_by_name_and_changes_nothing(asked, name):
    town = Town()
    refused(name, lambda: town.desk.book.add(ANNA, *asked))
    assert town.desk.book.entries(ANNA) == []
    assert town.desk.book.held_until_us(ANNA) == 0


def test_limits_of_a_day_minimum_network_and_coins():
    town = Town()
    town.keep()
    town.keep("granite", name="coins")
    ask = town.desk.withdrawals.ask
    refused("BELOW_MINIMUM", lambda: ask(ANNA, 0, "mine", "USD", 2 * COIN - 1, "basic"))
    refused("NOT_ON_NETWORK", lambda: ask(ANNA, 0, "mine", "XBT", COIN, "basic"))
    refused("NO_COINS", lambda: ask(ANNA, 0, "coins", "XBT", 101 * COIN, "basic"))
    first = ask(ANNA, 0, "mine", "USD", 900 * COIN, "basic")
    refused("OVER_LIMIT", lambda: ask(ANNA, 0, "mine", "USD", 101 * COIN, "basic"))
    assert ask(ANNA, 0, "mine", "USD", 5_000 * COIN, "pro").stage == "asked"
    town.desk.withdrawals.refuse(first.id)
    refused("OVER_LIMIT", lambda: ask(ANNA, 0, "mine", "USD", 101 * COIN, "basic"))
    town.wait(DAY_US)
    assert ask(ANNA, 0, "mine", "USD", 1_000 * COIN, "basic").stage == "asked"
    refused("OVER_LIMIT", lambda: ask(ANNA, 0, "mine", "USD", 2 * COIN, "basic"))


def test_a_freeze_lets_nothing_leave_and_nothing_be_asked_but_lets_people_cancel():
    town = Town()
    town.keep()
    stays, goes = town.ask(100 * COIN), town.ask(50 * COIN)
    town.desk.freeze(is_frozen=True)
    refused("FROZEN", lambda: town.ask(50 * COIN))
    town.wait()
    assert (stays.stage, goes.stage) == ("waiting", "waiting")
    town.desk.cancel(goes.id, ANNA)
    town.desk.freeze(is_frozen=False)
    town.wait()
    assert (stays.stage, goes.stage) == ("done", "cancelled")


def test_the_safe_is_opened_where_the_hot_wallet_has_not_enough_and_what_is_too_much_goes_there():
    town = Town()
    house = town.desk.house
    ferry = house.networks["ferry"]
    chain = house.chains["ferry"]
    hot, cold = house.hot(ferry), house.cold(ferry)
    assert chain.balances[hot, "USD"] == 5_000 * COIN
    town.keep()
    made = town.desk.withdrawals.ask(ANNA, 0, "mine", "USD", 20_000 * COIN, "pro")
    town.desk.withdrawals.take(made.id)
    town.wait()
    assert made.stage == "done"
    assert chain.balances[cold, "USD"] < 95_000 * COIN - 15_000 * COIN
    town.pay_in("ferry", "USD", 90_000 * COIN)
    town.wait()
    town.ask(50 * COIN)
    town.wait(HOUR_US)
    town.ask(50 * COIN)
    town.wait(HOUR_US)
    assert chain.balances[cold, "USD"] > 150_000 * COIN
    assert chain.balances[hot, "USD"] < 10_000 * COIN


def test_a_withdrawal_to_another_customer_of_the_venue_arrives_as_a_deposit():
    town = Town()
    place = town.desk.deposits.place(BERT, "ferry")
    town.desk.book.add(ANNA, "bert", "ferry", place.address, "")
    town.wait()
    town.ask(100 * COIN, name="bert")
    town.wait()
    (paid,) = town.credit()
    assert (paid.account_id, paid.atoms) == (BERT, 100 * COIN - COIN // 10)


def test_money_that_came_without_a_chain_leaves_from_the_venues_own_stock():
    town = Town()
    town.keep()
    books = town.desk.house.books
    before = books.atoms("stock", "USD")
    town.ask(100 * COIN)
    assert books.atoms("stock", "USD") == before - 100 * COIN
    assert books.atoms("customers", "USD") == 0


@pytest.mark.parametrize("parts", [1, 7, 500])
def test_it_makes_no_difference_how_often_the_desk_looks_at_the_time(parts):
    def story(parts):
        town = Town(seed=11, undone_ppm=60_000)
        town.pay_in("granite", "XBT", COIN)
        town.pay_in("harbour", "USD", 30 * COIN)
        town.desk.book.add(ANNA, "mine", "ferry", make_address("hull", "wallet"), "")
        town.desk.come_to(START_US + DAY_US)
        town.ask(100 * COIN)
        for part in range(1, parts + 1):
            town.desk.come_to(START_US + DAY_US + 6 * HOUR_US * part // parts)
        town.pay_in("granite", "XBT", 2 * COIN)
        town.desk.come_to(START_US + 3 * DAY_US)
        house = town.desk.house
        heights = {name: each.height for name, each in house.chains.items()}
        return heights, house.on_chains(), town.desk.deposits.all, town.desk.withdrawals.all

    assert story(parts) == story(3)


def test_a_jump_of_the_clock_ends_a_waiting_period_and_going_back_does_nothing():
    town = Town()
    town.desk.book.add(ANNA, "mine", "ferry", make_address("hull", "wallet"), "")
    town.desk.come_to(START_US + 400 * DAY_US)
    town.desk.come_to(START_US + MINUTE_US)
    assert town.desk.now_us == START_US + 400 * DAY_US
    assert town.ask(50 * COIN).stage == "waiting"
