"""Article 07, who stands behind a ladder: backstop, shared losses, other ranks, a fallen fund."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest

from longshore.engine.codes import AdlPrice, AdlRank, Role, Step, System
from longshore.engine.events import EventKind
from longshore.engine.ledger import settlement_atoms, system_wallet
from longshore.engine.ranks import rank_score
from tests.articles.test_liquidation import opened, sides, steps
from tests.engine.desk import ATOMS, HOUR_US, PERP, Desk, changed, lots, of, setup

SECOND_US = 1_000_000
PPM = 10**6


def ladder(*taken: Step, **terms: int):
    """A setup with these steps between the cancelling and the unwinding."""
    made = changed(setup(), **terms)
    made.ladder = [int(s) for s in (Step.CANCEL_ORDERS, *taken, Step.UNWIND)]
    return made


def crowd(made) -> Desk:
    """Eve is long 1,000 BTC from 84,000 with 5,000,000 left; Bob is short as much, Cat the half."""
    desk = Desk(made)
    for name in ("ann", "bob", "cat", "dan"):
        desk.person(name, 10**8)
    desk.person("eve", 5_042_000)
    desk.index(84_000)
    desk.trade("eve", "bob", lots(1_000), 84_000)
    desk.trade("dan", "cat", lots(500), 84_000)
    return desk


def fund(desk: Desk) -> int:
    return settlement_atoms(desk.engine.view, system_wallet(System.INSURANCE))


def test_nobody_takes_over_above_the_backstop():
    """LIQD-021: two thirds of 420 dollars are 280; equal is too much."""
    terms = {"backstop_ppm": 666_666, "pause_us": SECOND_US}
    desk = opened(made=ladder(Step.FULL, Step.TAKEOVER, **terms))
    desk.buy("cat", lots(5), 50_000)
    assert steps(desk.index(82_400)) == [Step.CANCEL_ORDERS, Step.FULL]
    desk.index(82_279.999_8)  # 279.999 8 dollars left; 279.999 72 are the bound
    assert steps(desk.wait(SECOND_US)) == [Step.CANCEL_ORDERS, Step.FULL]
    desk.index(82_279.999_7)
    assert steps(desk.wait(SECOND_US)) == [Step.CANCEL_ORDERS, Step.FULL, Step.TAKEOVER]
    assert desk.usd("eve") == 0


def test_winners_bear_what_the_funds_cannot():
    """LIQD-022: 1,001,000 dollars are lacking; the insurance account has a million."""
    desk = crowd(ladder(Step.SOCIALISE))
    desk.buy("ann", lots(1_000), 77_999)
    entries = {name: desk.position(name).entry_value_atoms for name in ("bob", "cat")}
    events = desk.index(77_999)
    assert steps(events) == [Step.CANCEL_ORDERS, Step.SOCIALISE]
    assert sides(events, "eve", desk) == [(Role.LIQUIDATION, 77_999, lots(1_000))]
    shared = of(events, EventKind.LOSS_SHARED)
    paid = {name: desk.position(name).entry_value_atoms - entries[name] for name in entries}
    assert [e.amount_atoms for e in shared] == list(paid.values())
    assert paid == {"bob": 1_000 * ATOMS * 2 // 3, "cat": 1_000 * ATOMS // 3 + 1}
    assert (desk.usd("eve"), fund(desk)) == (0, 0)


def test_what_exceeds_all_profit_is_the_venues():
    """LIQD-022, LIQD-011: the winners of the market have won nothing by mark."""
    desk = crowd(ladder(Step.SOCIALISE))
    desk.buy("bob", lots(1_000), 77_999)
    desk.buy("cat", lots(500), 84_000)
    desk.sell("dan", lots(500), 84_000)
    events = desk.index(77_999)
    assert desk.position("bob").qty_lots == 0
    assert of(events, EventKind.LOSS_SHARED) == []
    borne = [(e.other_account_id, e.amount_atoms) for e in of(events, EventKind.SHORTFALL_BORNE)]
    assert borne == [(System.INSURANCE, 10**6 * ATOMS), (System.VENUE, 1_000 * ATOMS)]


def test_what_the_book_does_not_take_is_unwound():
    """LIQD-022"""
    desk = crowd(ladder(Step.SOCIALISE))
    desk.buy("ann", lots(400), 79_500)
    events = desk.index(79_500)
    assert steps(events) == [Step.CANCEL_ORDERS, Step.SOCIALISE, Step.UNWIND]
    assert desk.position("eve").qty_lots == 0
    assert 0 <= desk.usd("eve") < 600 * ATOMS  # a tick for each of the 600 BTC


def ratio(part: int, whole: int) -> int:
    return floor(Fraction(part, whole) * PPM)


@pytest.mark.parametrize("mark", [82_430, 85_000])
def test_ranks_of_other_rulebooks(mark):
    """LIQD-023: each formula, of a long and of a short position."""
    desk = opened()
    desk.index(mark)
    view = desk.engine.view
    for name, way in (("eve", 1), ("bob", -1)):
        equity, kept = desk.equity(name), desk.maintenance(name)
        profit, entry = way * (mark - 84_000) * ATOMS, 84_000 * ATOMS
        leverage = ratio(entry, equity)
        prices = (mark, 84_000) if way > 0 else (84_000, mark)
        gain = ratio(profit, entry)
        wanted = {
            AdlRank.PROFIT_LEVERAGE: gain * leverage // PPM if gain > 0 else gain,
            AdlRank.PROFIT_BY_LEVERAGE: (
                gain * leverage // PPM if gain > 0 else gain * PPM // leverage
            ),
            AdlRank.PRICE_LEVERAGE: ratio(*prices) * leverage // PPM,
            AdlRank.PROFIT_MARGIN_RATIO: (
                ratio(max(0, profit), equity - max(0, profit)) * ratio(kept, equity) // PPM
            ),
        }
        for chosen, score in wanted.items():
            view.markets[PERP].adl_rank = chosen
            assert rank_score(view, desk.people[name], PERP) == score, chosen


def test_a_random_rank_is_the_same_again_and_changes_with_the_mark():
    """LIQD-023"""
    desk = opened(made=changed(setup(), adl_rank=AdlRank.RANDOM))
    orders = set()
    for dollars in range(84_000, 84_030):
        desk.index(dollars)
        scores = {a: rank_score(desk.engine.view, a, PERP) for a in desk.people.values()}
        assert scores == {a: rank_score(desk.engine.view, a, PERP) for a in scores}
        assert len({*scores.values()}) == len(scores)
        orders.add(tuple(sorted(scores, key=scores.__getitem__)))
    assert len(orders) > 10


@pytest.mark.parametrize(
    ("rule", "price", "left"),
    [
        (AdlPrice.BANKRUPTCY, 82_000, 0),
        (AdlPrice.MARK, 79_000, 0),
        (AdlPrice.PREVIOUS_MARK, 82_500, 500),
    ],
)
def test_the_price_of_unwinding(rule, price, left):
    """LIQD-024: nobody falls at 82,500, and 3,000 dollars are lacking at 79,000."""
    desk = opened(made=ladder(adl_price=rule))
    desk.index(82_500)
    before = fund(desk)
    events = desk.index(79_000)
    assert sides(events, "eve", desk) == [(Role.UNWIND_BANKRUPT, price, lots(1))]
    assert desk.usd("eve") == left * ATOMS
    assert before - fund(desk) == (3_000 * ATOMS if rule == AdlPrice.MARK else 0)


def test_unwinding_is_at_mark_only_while_the_funds_can_pay():
    """LIQD-024: 1,000,000 dollars are lacking at 78,000, which is all there is; at 77,999 more."""
    for mark, price in ((78_000, 78_000), (77_999, 79_000)):
        desk = crowd(ladder(adl_price=AdlPrice.MARK))
        events = desk.index(mark)
        assert {p for _, p, _ in sides(events, "eve", desk)} == {price}
        assert desk.usd("eve") == 0


@pytest.mark.parametrize(
    ("drop", "hours", "then"),
    [
        (300_000, 7, Step.UNWIND),
        (300_000, 8, Step.TAKEOVER),
        (300_001, 7, Step.TAKEOVER),
        (0, 0, Step.TAKEOVER),
    ],
)
def test_a_fund_that_fell_from_its_peak_takes_nothing_over(drop, hours, then):
    """LIQD-025: it pays 30,000 dollars for each of 10 BTC, exactly 30 % of a million."""
    desk = opened(made=ladder(Step.TAKEOVER, fund_drop_ppm=drop))
    desk.person("fay", 20_420)
    desk.trade("fay", "bob", lots(10), 84_000)
    desk.deposit("eve", 1_000)
    desk.buy("cat", lots(11), 52_000)
    assert steps(desk.index(82_400)) == [Step.CANCEL_ORDERS, Step.TAKEOVER]
    assert fund(desk) == 700_000 * ATOMS
    desk.wait(hours * HOUR_US)
    assert steps(desk.index(81_400)) == [Step.CANCEL_ORDERS, then]
