"""The toy wallet: where coins end, who has the key there, and that no real address is taken."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore.practice.study import Attempt, LessonError, load
from longshore.practice.study.attempt import TOY, Answer
from longshore.practice.study.toy import Toy, ToyError

NETWORKS = load("wrong-network").file.toy
KEYS = load("your-own-keys").file.toy
REAL = [
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    "0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe",
    "TJRabPrwbZy45sbavfcjinPJC18kjpRTv8",
    "7EqQdEULxWcraVx3mXKFjc84LhCkMGZCkRuDpvcMwJeK",
    "rEb8TK3gBgk5auZkwc6sHnwrGVJH8DuaLh",
    "toy-3f9a-61c2",
    "TOY-3f9a-61c2-b07e",
    "toy-3f9a-61c2-b07e0",
]


@pytest.fixture
def wallet():
    return Toy(NETWORKS, "wrong-network/16")


@pytest.mark.parametrize("address", REAL)
def test_no_real_address_is_taken(wallet, address):
    """UX-47: whatever is written, only a toy address is one; nothing moves."""
    with pytest.raises(ToyError, match="never a real one"):
        wallet.act(f"send 0.1 {address} Harbour", 1)
    assert (wallet.in_wallet, wallet.acts) == (Decimal(1), [])


@pytest.mark.parametrize(
    ("to", "network", "outcome", "holder", "recovered"),
    [
        ("venue_address", "Harbour", "credited", "venue", "not_yours"),
        ("venue_address", "Lighthouse", "held", "venue", "not_yours"),
        ("venue_address", "Tideway", "lost", "nobody", "not_yours"),
        ("own_address", "Lighthouse", "yours", "you", "back"),
        ("", "Harbour", "lost", "nobody", "not_yours"),
    ],
)
def test_what_comes_back_depends_on_who_holds_the_key(
    wallet, to, network, outcome, holder, recovered
):
    """UX-47."""
    address = getattr(wallet, to) if to else "toy-0000-0000-0000"
    act = wallet.act(f"send 0.4 {address} {network}", 1)
    assert (act.outcome, act.holder, wallet.in_wallet) == (outcome, holder, Decimal("0.6"))
    back = wallet.act(f"recover {network}", 2)
    assert back.outcome == recovered
    assert wallet.in_wallet == (Decimal(1) if recovered == "back" else Decimal("0.6"))


def test_addresses_begin_and_end_alike_and_are_each_accounts_own(wallet):
    own, venue = wallet.own_address.split("-"), wallet.venue_address.split("-")
    assert (own[0], own[1], own[3]) == (venue[0], venue[1], venue[3])
    assert own[2] != venue[2]
    assert Toy(NETWORKS, "wrong-network/17").venue_address != wallet.venue_address


def test_a_test_counts_only_on_the_same_way_and_once_credited(wallet):
    venue = wallet.venue_address
    assert not wallet.act(f"send 0.05 {venue} Lighthouse", 1).tested
    assert not wallet.act(f"send 0.05 {venue} Harbour", 2).tested
    assert wallet.act(f"send 0.5 {venue} Harbour", 3).tested
    assert wallet.at_venue == Decimal("0.55")


def test_a_frozen_venue_a_lost_phone_and_a_message():
    wallet = Toy(KEYS, "x")
    with pytest.raises(ToyError, match="nobody has written"):
        wallet.act("tell", 1)
    with pytest.raises(ToyError, match="not lost"):
        wallet.act("restore", 1)
    for line in ("withdraw 0.6", "wait"):
        wallet.act(line, 1)
    assert wallet.act("withdraw 0.4", 2).outcome == "frozen"
    wallet.act("wait", 3)
    with pytest.raises(ToyError, match="lost: restore it"):
        wallet.act("keep paper", 4)
    stuck = wallet.act("restore", 5)
    assert (stuck.outcome, stuck.in_wallet_coins) == ("unreachable", 0)


LINES = st.lists(
    st.sampled_from([
        "withdraw 0.3", "keep paper", "keep cloud", "wait", "restore", "tell", "ignore",
        "send 0.1 {own} Harbour", "send 0.2 {venue} Harbour", "send 0.1 {venue} Tideway",
        "recover Harbour", "withdraw 9", "keep", "send x y z", "",
    ]),
    max_size=12,
)  # fmt: skip


@given(lines=LINES, keys=st.booleans())
@settings(deadline=None, max_examples=60)
def test_coins_are_never_made_and_a_refusal_changes_nothing(lines, keys):
    toy = Toy(KEYS if keys else NETWORKS, "y")
    for line in lines:
        before = (toy.in_wallet, toy.at_venue, dict(toy.elsewhere), len(toy.acts))
        said = line.format(own=toy.own_address, venue=toy.venue_address)
        try:
            toy.act(said, 1)
        except ToyError:
            assert before == (toy.in_wallet, toy.at_venue, toy.elsewhere, len(toy.acts))
        held = toy.in_wallet + toy.at_venue + sum(toy.elsewhere.values())
        assert min(toy.in_wallet, toy.at_venue) >= 0
        assert held <= 1


def test_an_attempt_refuses_what_the_wallet_refuses():
    with pytest.raises(LessonError, match=r"toy: .*cannot be done here"):
        Attempt(load("wrong-network"), None, 16).answer(Answer(TOY, "give me coins", 1))
    with pytest.raises(LessonError, match="has no toy wallet"):
        Attempt(load("funding"), None, 16).answer(Answer(TOY, "wait", 1))
