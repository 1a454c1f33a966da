"""The engine's rows of a rulebook are exact, and what they cannot hold is refused by name."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longshore import calc, rulebooks
from longshore.engine.codes import Step
from longshore.engine.margin import tier_requirement
from longshore.engine.state import State
from longshore.engine.value import value_at
from tests.calc import printed
from tests.rulebooks.test_loader import edited

KRAKEN = rulebooks.load("kraken")
SETUP = KRAKEN.setup()
MARKETS = {row.market_id: row for row in SETUP.markets}


@settings(max_examples=60)
@given(st.sampled_from(sorted(MARKETS)), st.integers(1, 10**8), st.integers(1, 10**6))
def test_value_in_ticks_and_in_subticks_is_the_decimal_product(market_id, ticks, lots):
    row, market = MARKETS[market_id], KRAKEN.catalog.market(market_id)
    atoms = ticks * lots * row.atoms_per_tick_lot
    assert KRAKEN.catalog.settlement.amount(atoms) == market.price(ticks) * market.size(lots)
    assert value_at(row, ticks * row.tick_subticks, lots) == atoms


@settings(max_examples=60)
@given(st.sampled_from(["PF_XBTUSD", "PF_ETHUSD", "PF_DOGEUSD"]), st.integers(1, 10**18))
def test_margin_by_tiers_is_the_calculators(symbol, notional_atoms):
    """MRGN-001, slice by slice, each rounded up."""
    state = State()
    for slot, tier in enumerate(SETUP.tiers, start=1):
        state.tiers[slot] = tier
    row = MARKETS[KRAKEN.catalog.market(symbol).market_id]
    exact = printed.margin(Decimal(notional_atoms), tiers_in_atoms(symbol))
    for initial, wanted in ((True, exact.initial), (False, exact.maintenance)):
        required = tier_requirement(state, row, notional_atoms, 1, initial)
        assert 0 <= required - wanted < len(calc.levels(symbol))


def tiers_in_atoms(symbol):
    return [tier._replace(from_usd=tier.from_usd * 10**8) for tier in calc.levels(symbol)]


def test_the_ladder_is_krakens():
    """LIQD-002."""
    assert SETUP.ladder == [
        Step.CANCEL_ORDERS,
        Step.PARTIAL,
        Step.FULL,
        Step.ASSIGN,
        Step.COVERED,
        Step.UNWIND,
    ]
    assert SETUP.cancel_on_initial == 1
    assert SETUP.settlement_asset_id == 1


def test_tiers_and_fees_of_a_market_are_its_own():
    bitcoin, ether = MARKETS[1], MARKETS[2]
    first = SETUP.tiers[bitcoin.tier_first - 1]
    assert (first.from_size, first.initial_ppm, first.maintenance_ppm) == (0, 10_000, 5_000)
    assert SETUP.tiers[ether.tier_first - 1].initial_ppm == 20_000
    assert bitcoin.tier_first + bitcoin.tier_count == ether.tier_first
    spot = MARKETS[KRAKEN.catalog.market("XBT/USD").market_id]
    assert SETUP.fee_tiers[bitcoin.fee_first - 1].taker_ppm == 500
    assert SETUP.fee_tiers[spot.fee_first - 1].taker_ppm == 4_000
    assert spot.fee_first + spot.fee_count - 1 == len(SETUP.fee_tiers)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "lot = { value = 0.0000001,",
            "lot = { value = 0.00000001,",
            "XBT/USD.tick: .* atoms a lot",
        ),
        ("cover_band = { value = 0.05,", "cover_band = { value = 0.00000005,", "cover_band"),
        ("tick = { value = 1,", "tick = { value = 1e-11,", "PF_XBTUSD.tick: 0.1 is no whole"),
        ("order_max = { value = 1200,", "order_max = { value = 1e12,", "above the engine's"),
    ],
)
def test_what_the_units_cannot_hold_is_refused_with_its_path(old, new, message):
    with pytest.raises(rulebooks.CannotHoldError, match=message):
        rulebooks.parse(edited(old, new)).setup()


def test_margin_that_would_jump_with_the_mark_is_refused():
    """LIQD-012"""
    whole = edited('tier_method = { value = "slice"', 'tier_method = { value = "whole"')
    assert rulebooks.parse(whole).setup().markets[0].tier_whole == 1
    by_mark = whole.replace('margin_basis = { value = "entry"', 'margin_basis = { value = "mark"')
    with pytest.raises(rulebooks.CannotHoldError, match=r"tier_method: 'whole' .* jump"):
        rulebooks.parse(by_mark).setup()
