"""Chains, books and customers' balances agree after every block and every event."""

from __future__ import annotations

from collections import Counter

import pytest

from longshore.custody.books import UnbalancedError
from tests.custody.market import ASSETS, Market

WHOLE_EVENTS = 100_000
HAPPENS = {
    *("block", "sent", "credited", "taken", "cancelled", "recovered", "insufficient"),
    *("ADDRESS_WAITS", "BOOK_CHANGED", "NOT_ON_NETWORK", "BELOW_MINIMUM", "OVER_LIMIT"),
}


def walked(seed, events, undone_ppm=60_000):
    market = Market(seed, undone_ppm)
    for _ in range(events):
        market.event()
    return market


def seen(market):
    """What there was of deposits: why not credited, whether credited, whether taken back."""
    return Counter((d.why, d.paid, d.is_gone) for d in market.desk.deposits.all.values())


@pytest.mark.parametrize("seed", [1, 2])
def test_all_balances_agree_after_each_event(seed):
    market = walked(seed, 1_500)
    assert min(market.happened[each] for each in ("sent", "credited", "taken", "cancelled")) > 0


@pytest.mark.long
def test_all_balances_agree_after_each_of_a_hundred_thousand_events():
    market = walked(7, WHOLE_EVENTS)
    assert set(market.happened) >= HAPPENS
    kinds = seen(market)
    assert kinds["", True, True] > 0, "no credited deposit was taken back"
    for why in ("WRONG_NETWORK", "WRONG_MEMO", "BELOW_MINIMUM"):
        assert kinds[why, False, False] > 0
    assert any(market.desk.house.books.atoms("lost", asset) < 0 for asset in ASSETS)
    print(market.now_us, sorted(market.happened.items()), sorted(kinds.items()))


def test_an_atom_that_a_chain_has_and_no_book_is_noticed():
    market = walked(3, 200)
    house = market.desk.house
    chain = house.chains["ferry"]
    chain.balances[house.hot(chain.network), "USD"] += 1
    with pytest.raises(UnbalancedError, match="USD"):
        market.check()


def test_the_same_seed_and_inputs_give_the_same_state():
    one, other = walked(5, 300), walked(5, 300)
    assert one.desk.house.on_chains() == other.desk.house.on_chains()
    assert one.desk.deposits.all == other.desk.deposits.all
    assert one.desk.withdrawals.all == other.desk.withdrawals.all
    assert walked(6, 300).desk.deposits.all != one.desk.deposits.all
