"""Article 05: the ways to sample a premium and to charge a rate that markets choose from."""

from __future__ import annotations

import pytest

from longshore.engine.codes import FundingPay, FundingPrice, PremiumMethod
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.margin import accrued_atoms
from longshore.engine.rows import Market
from longshore.explain.figures import day_funding_atoms, next_funding_atoms
from tests.engine.desk import (
    ATOMS,
    DOLLAR_SUBTICKS,
    HOUR_US,
    PERP,
    Desk,
    changed,
    lots,
    of,
    setup,
)

SECOND_US = 1_000_000
INDEX = 80_000
AT_ONCE = {"funding_pay": FundingPay.AT_ONCE, "rate_interval_us": HOUR_US, "rate_cap_e18": 10**18}
BASIS_POINT = 10**14


def opened(**fields: int) -> Desk:
    """A market by its own terms, an index of 80,000, and three people."""
    desk = Desk(changed(setup(), PERP, **fields))
    for name in ("maker", "ann", "bob"):
        desk.person(name, 10**7)
    desk.index(INDEX)
    return desk


def market(desk: Desk) -> Market:
    """The perpetual's row."""
    return desk.engine.view.markets[PERP]


def book_at(desk: Desk, bid: int, ask: int) -> None:
    """Ten coins on either side in place of what was there."""
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["maker"])
    desk.buy("maker", lots(10), bid)
    desk.sell("maker", lots(10), ask)


def sampled_bp(desk: Desk) -> float:
    """The latest sample in basis points."""
    desk.wait(SECOND_US)
    return market(desk).premium_e15 / 10**11


@pytest.mark.parametrize(
    ("bid", "ask", "middle", "beyond"),
    [
        (80_080, 80_088, 10.5, 10),  # all of it above the index: the bid counts
        (79_920, 79_992, -5.5, -1),  # all below: the ask
        (79_960, 80_120, 5, 0),  # the index is between the two
    ],
)
def test_what_lies_beyond_the_index_is_the_premium(bid, ask, middle, beyond):
    """FUND-001, RATE-002"""
    for method, expected in (
        (PremiumMethod.IMPACT_MID, middle),
        (PremiumMethod.IMPACT_INDEX, beyond),
    ):
        desk = opened(premium_method=method)
        book_at(desk, bid, ask)
        assert sampled_bp(desk) == expected


def test_beyond_the_mark_counts_the_marks_own_premium_too():
    """FUND-001, RATE-002: an impact bid 10 above the index is 10 above it whatever the mark."""
    desk = opened(premium_method=PremiumMethod.IMPACT_MARK)
    book_at(desk, 80_080, 80_088)
    for _ in range(3):  # the mark draws near, and the sum stays
        assert sampled_bp(desk) == pytest.approx(10, abs=1e-3)
    assert market(desk).mark_subticks > INDEX * DOLLAR_SUBTICKS
    book_at(desk, 79_960, 80_120)
    desk.wait(SECOND_US)
    row = market(desk)
    own = (row.mark_subticks - INDEX * DOLLAR_SUBTICKS) / (INDEX * DOLLAR_SUBTICKS)
    assert row.premium_e15 / 10**15 == pytest.approx(own, rel=0.2)


def test_a_premium_of_the_mark_needs_no_book():
    """FUND-001, RATE-003"""
    desk = opened(premium_method=PremiumMethod.MARK)
    book_at(desk, 80_080, 80_080 + 8)
    desk.wait(60 * SECOND_US)
    desk.do(CommandKind.CANCEL_ALL, account_id=desk.people["maker"])
    before = market(desk).mark_subticks
    desk.wait(SECOND_US)
    index = INDEX * DOLLAR_SUBTICKS
    assert market(desk).premium_e15 == (before - index) * 10**15 // index > 0


def test_a_notional_is_looked_for_as_deep_as_it_is_worth_at_the_index():
    """PRIC-002: 400,000 dollars are five coins, of which four are to be had at the better price."""
    desk = opened(impact_atoms=400_000 * ATOMS, premium_method=PremiumMethod.IMPACT_INDEX)
    desk.sell("maker", lots(10), 80_800)
    desk.buy("maker", lots(4), 80_400)
    desk.buy("maker", lots(6), 80_000)
    assert sampled_bp(desk) == 40  # (4 * 400 + 1 * 0) / 5 = 320 dollars
    desk.index(INDEX * 2)
    assert sampled_bp(desk) == -49.5 * 100 / 1  # half as many coins, and all far below the index


def test_later_samples_weigh_more_where_the_rulebook_says_so():
    """FUND-001, FUND-002, RATE-005: half an hour of 0, then half of 10 basis points: 7.5, not 5."""
    means = []
    for linear in (0, 1):
        desk = opened(premium_method=PremiumMethod.IMPACT_INDEX, premium_linear=linear, **AT_ONCE)
        book_at(desk, 79_960, 80_120)
        desk.wait(1_800 * SECOND_US)
        book_at(desk, 80_080, 80_088)
        desk.wait(1_800 * SECOND_US)
        means.append(market(desk).funding_rate_e18 / BASIS_POINT)
    assert means == [pytest.approx(5, abs=0.01), pytest.approx(7.5, abs=0.01)]


def test_too_few_samples_are_filled_up_with_nothing():
    """FUND-002, RATE-005: 3,600 samples of 10 basis points among 14,400 are a quarter of it."""
    desk = opened(premium_method=PremiumMethod.IMPACT_INDEX, premium_samples_min=14_400, **AT_ONCE)
    book_at(desk, 80_080, 80_088)
    desk.wait(HOUR_US)
    assert market(desk).funding_rate_e18 == 25 * BASIS_POINT // 10


def test_interest_draws_and_the_last_rate_holds_back():
    """FUND-002, RATE-008, RATE-009: 10 - 5, then three quarters of 5 and a quarter of 5 again."""
    desk = opened(
        premium_method=PremiumMethod.IMPACT_INDEX, interest_e18=BASIS_POINT,
        damper_low_e18=5 * BASIS_POINT, damper_high_e18=5 * BASIS_POINT, rate_share_ppm=750_000,
        **AT_ONCE,
    )  # fmt: skip
    book_at(desk, 80_080, 80_088)
    desk.wait(HOUR_US)
    assert market(desk).rate_e18 == 375 * BASIS_POINT // 100
    desk.wait(HOUR_US)
    assert market(desk).rate_e18 == 46_875 * BASIS_POINT // 10_000


def paid(desk: Desk) -> list[int]:
    """What was paid or got by each holder, in the order of the accounts."""
    return [e.funding_atoms for e in of(desk.events, EventKind.FUNDING_PAID) if e.funding_atoms]


def test_paid_at_once_nothing_accrues_and_the_holder_at_the_end_owes_it_all():
    """FUND-009: who closed a second before owes nothing, who opened then owes the whole."""
    desk = opened(premium_method=PremiumMethod.IMPACT_INDEX, **AT_ONCE)
    book_at(desk, 80_080, 80_088)
    desk.trade("ann", "bob", lots(2), 80_084)
    desk.wait(HOUR_US - SECOND_US)
    assert paid(desk) == []
    desk.trade("bob", "ann", lots(2), 80_084)  # both are flat
    desk.trade("bob", "ann", lots(1), 80_084)
    assert paid(desk) == []
    desk.wait(SECOND_US)
    owed = 80 * ATOMS  # 10 basis points of one coin at 80,000
    assert paid(desk) == [owed, -owed]
    desk.wait(HOUR_US - SECOND_US)
    assert paid(desk) == [owed, -owed]


def test_the_rate_to_come_is_told_by_the_samples_of_now():
    """FUND-009: what would be paid if the interval ended here, and then is."""
    desk = opened(premium_method=PremiumMethod.IMPACT_INDEX, **AT_ONCE)
    book_at(desk, 80_080, 80_088)
    desk.trade("ann", "bob", lots(1), 80_084)
    desk.wait(HOUR_US - SECOND_US)
    state, row = desk.engine.view, market(desk)
    told = next_funding_atoms(state, row, desk.position("ann"))
    assert told == -80 * ATOMS
    assert day_funding_atoms(state, row, desk.position("ann")) == 24 * told
    desk.wait(SECOND_US)
    assert paid(desk)[0] == told


@pytest.mark.parametrize(("lag", "expected_bp"), [(0, [10, 0]), (1, [0, 10])])
def test_a_lag_charges_the_rate_of_the_interval_before(lag, expected_bp):
    """FUND-009"""
    desk = opened(premium_method=PremiumMethod.IMPACT_INDEX, funding_lag=lag, **AT_ONCE)
    desk.trade("ann", "bob", lots(1), INDEX)
    book_at(desk, 80_080, 80_088)
    charged = []
    for _ in range(2):
        before = desk.usd("ann")
        desk.wait(HOUR_US)
        charged.append((before - desk.usd("ann")) / (8 * ATOMS))
        book_at(desk, 79_960, 80_120)
    assert charged == [pytest.approx(bp, abs=0.01) for bp in expected_bp]


def test_a_rate_is_charged_on_the_price_that_the_rulebook_says():
    """FUND-004, RATE-014: on the mark, 0.5 % above the index, there is so much more to pay."""
    amounts = []
    for price in (FundingPrice.INDEX, FundingPrice.MARK):
        desk = opened(premium_method=PremiumMethod.IMPACT_INDEX, funding_price=price, **AT_ONCE)
        book_at(desk, 80_400, 80_400 + 8)
        desk.trade("ann", "bob", lots(1), 80_404)
        desk.wait(HOUR_US)
        amounts.append(max(paid(desk)))
    assert amounts[1] / amounts[0] == pytest.approx(1.005, abs=1e-4)


MINUTE_US = 60 * SECOND_US
SHORTENS = {
    "funding_pay": FundingPay.AT_ONCE,
    "premium_method": PremiumMethod.IMPACT_INDEX,
    "funding_interval_us": 8 * HOUR_US,
    "rate_interval_us": 8 * HOUR_US,
    "rate_cap_e18": 5 * BASIS_POINT,
    "rate_floor_e18": -5 * BASIS_POINT,
    "funding_short_us": HOUR_US,
    "funding_long_us": 4 * HOUR_US,
    "funding_calm_after": 3,
    "sample_us": MINUTE_US,
}


def intervals(desk: Desk) -> list[float]:
    """How many hours were left of those that began at a change of length."""
    sets = of(desk.events, EventKind.FUNDING_INTERVAL_SET)
    return [(e.expire_us - e.time_us) / HOUR_US for e in sets]


def test_an_interval_is_short_from_a_rate_at_its_cap_and_long_again_after_calm() -> None:
    """FUND-010: eight hours to the cap, then an eighth each hour; four hours after three calm."""
    desk = opened(**SHORTENS)
    book_at(desk, 80_080, 80_088)  # ten basis points, above the cap of five
    desk.trade("ann", "bob", lots(1), 80_084)
    first = market(desk).funding_next_us
    desk.wait(first - desk.engine.view.time_us)
    assert market(desk).funding_interval_us == HOUR_US
    assert market(desk).funding_next_us == first + HOUR_US
    assert paid(desk)[-2:] == [-40 * ATOMS, 40 * ATOMS]
    desk.wait(HOUR_US)
    assert paid(desk)[-2:] == [-5 * ATOMS, 5 * ATOMS]  # an eighth of five basis points
    book_at(desk, 79_990, 80_010)  # no premium
    for _ in range(3):
        assert market(desk).funding_interval_us == HOUR_US
        desk.wait(HOUR_US)
    assert market(desk).funding_interval_us == 4 * HOUR_US
    assert market(desk).funding_next_us % (4 * HOUR_US) == 0  # on its own hours again
    began = first // HOUR_US + 4
    assert intervals(desk) == [1, 4 - began % 4]
    assert market(desk).funding_calm == 0


@pytest.mark.parametrize("at_hours", [0, 4, 5, 12, 23])
def test_intervals_end_at_the_hours_of_the_rulebook(at_hours: int) -> None:
    """FUND-012: every eight hours, counted from a time of day; the first one is what is left."""
    desk = opened(
        funding_interval_us=8 * HOUR_US, sample_us=MINUTE_US, funding_at_us=at_hours * HOUR_US
    )
    row = market(desk)
    began = desk.engine.view.time_us
    first = row.funding_next_us
    assert began < first <= began + 8 * HOUR_US
    for number in range(3):
        assert row.funding_next_us == first + number * 8 * HOUR_US
        assert (row.funding_next_us // HOUR_US - at_hours) % 8 == 0
        assert row.funding_next_us % HOUR_US == 0
        desk.wait(row.funding_next_us - desk.engine.view.time_us)
        assert row.funding_from_us == first + number * 8 * HOUR_US
    assert [e.market_id for e in of(desk.events, EventKind.FUNDING_SET)].count(PERP) == 3


def test_a_short_interval_is_counted_from_the_same_time() -> None:
    """FUND-010, FUND-012: half past the hour, long and short."""
    desk = opened(**SHORTENS | {"funding_at_us": HOUR_US // 2})
    book_at(desk, 80_080, 80_088)
    row = market(desk)
    assert row.funding_next_us % (8 * HOUR_US) == HOUR_US // 2
    desk.wait(row.funding_next_us - desk.engine.view.time_us)
    assert row.funding_interval_us == HOUR_US
    assert row.funding_next_us == desk.engine.view.time_us + HOUR_US
    assert intervals(desk) == [1]


def test_an_interval_that_does_not_shorten_stays() -> None:
    """FUND-010: without a short one, or with a rate below its cap, nothing changes."""
    for fields, premium in (({"funding_short_us": 0}, 80_080), ({}, 80_020)):
        desk = opened(**SHORTENS | fields)
        book_at(desk, premium, premium + 8)
        desk.wait(16 * HOUR_US)
        assert market(desk).funding_interval_us == 8 * HOUR_US
        assert intervals(desk) == []


def test_cash_that_moves_apart_is_owed_meanwhile() -> None:
    """FUND-011, FUND-006: three hours accrue, then one payment; a change of size pays at once."""
    cash = {"funding_cash_us": 3 * HOUR_US, "funding_cash_at_us": HOUR_US}
    desk = opened(rate_interval_us=HOUR_US, rate_cap_e18=10**18, sample_us=MINUTE_US, **cash)
    book_at(desk, 80_080, 80_088)
    desk.trade("ann", "bob", lots(1), 80_084)
    at = market(desk).funding_next_us
    while (at - HOUR_US) % (3 * HOUR_US):  # up to the first cash time, which finds no rate or some
        at += HOUR_US
    desk.wait(at - desk.engine.view.time_us)
    before, times = desk.usd("ann"), len(paid(desk))
    for hour in range(1, 3):
        desk.wait(HOUR_US)
        assert (desk.usd("ann"), len(paid(desk))) == (before, times)
        owed = -accrued_atoms(desk.engine.view, market(desk), desk.position("ann"))
        assert owed / ATOMS == pytest.approx(84 * hour, abs=1)  # 10.5 basis points of 80,000
    desk.wait(HOUR_US)
    assert (before - desk.usd("ann")) / ATOMS == pytest.approx(252, abs=3)
    assert len(paid(desk)) == times + 2
    desk.wait(HOUR_US)
    desk.trade("bob", "ann", lots(1), 80_084)  # both are flat, between two cash times
    assert accrued_atoms(desk.engine.view, market(desk), desk.position("ann")) == 0
    assert (before - desk.usd("ann")) / ATOMS > 252 + 80
