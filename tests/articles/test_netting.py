"""Article 03: the larger side of a coin, where the rulebook nets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from longshore.engine.codes import MarketKind, Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.lifecycle import Setup
from longshore.engine.margin import (
    free_atoms,
    initial_atoms,
    initial_with_orders_atoms,
    maintenance_atoms,
)
from longshore.engine.rows import Asset, Scale
from longshore.engine.scales import weigh
from longshore.explain.risk import buffer_ppm, liquidation
from tests.engine.desk import (
    ATOMS,
    DOLLAR_SUBTICKS,
    FLEX,
    HOUR_US,
    PERP,
    SECOND,
    START_US,
    USD,
    Desk,
    changed,
    lots,
    of,
    perp,
    refusal,
    setup,
)

DATED, ETHER, ETH = SECOND, 4, 3


def netted(netting: int = 1) -> Setup:
    """A perpetual and a dated contract on BTC, and a perpetual on ETH."""
    made = changed(
        setup(), DATED, kind=MarketKind.LINEAR_FUTURE, expiry_us=START_US + 100 * HOUR_US,
        settle_window_us=60_000_000, settle_sample_us=10_000_000, funding_interval_us=0,
    )  # fmt: skip
    made.assets.append(Asset(asset_id=ETH, haircut_ppm=10**6, value_divisor=10**10))
    made.markets.append(perp(ETHER))
    made.markets[ETHER - 1].base_asset_id = ETH
    return replace(made, netting=netting)


def opened(dollars: float = 10_000, netting: int = 1, dated: float = -1.0) -> Desk:
    """Ann is long 1.5 perpetual and, unless told, short 1 dated BTC, both at 80,000; Bob faces her.

    Asked for: 1,200 and 800 dollars, to be kept 600 and 400.
    """
    desk = Desk(netted(netting))
    desk.person("ann", dollars)
    desk.person("bob", 10**7)
    desk.index(80_000)
    price = 3_000 * DOLLAR_SUBTICKS
    desk.do(CommandKind.PUBLISH_INDEX, asset_id=ETH, price_subticks=price, sources=1)
    desk.trade("ann", "bob", lots(1.5), 80_000)
    if dated > 0:
        desk.trade("ann", "bob", lots(dated), 80_000, market_id=DATED)
    elif dated < 0:
        desk.trade("bob", "ann", lots(-dated), 80_000, market_id=DATED)
    return desk


def sums(desk: Desk, name: str = "ann", kind: int = FLEX) -> list[float]:
    """Dollars of initial margin, the same with orders, maintenance margin."""
    view, wallet = desk.engine.view, desk.wallet(name, kind)
    rules = initial_atoms, initial_with_orders_atoms, maintenance_atoms
    return [rule(view, wallet) / ATOMS for rule in rules]


@pytest.mark.parametrize(
    ("dated", "netting", "initial", "maintenance"),
    [
        (-1.0, 1, 1_200, 600),
        (-1.0, 0, 2_000, 1_000),
        (-1.5, 1, 1_200, 600),
        (-2.0, 1, 1_600, 800),
        (1.0, 1, 2_000, 1_000),
        (0, 1, 1_200, 600),
    ],
)
def test_of_a_coin_the_larger_side_counts(
    dated: float, netting: int, initial: int, maintenance: int
):
    """MRGN-020: long with short, and long with long."""
    desk = opened(netting=netting, dated=dated)
    assert sums(desk) == [initial, initial, maintenance]
    assert sums(desk, "bob") == [initial, initial, maintenance]


def test_one_atom_more_on_a_side_is_one_atom_more():
    """MRGN-020: the perpetual's 120,000.0001 dollars need 1 % more, rounded up by itself."""
    desk = opened(dated=-1.5)
    view, wallet = desk.engine.view, desk.wallet("ann")
    desk.position("ann", DATED).entry_value_atoms -= 101
    assert initial_atoms(view, wallet) == 1_200 * ATOMS + 2
    assert maintenance_atoms(view, wallet) == 600 * ATOMS + 1


def test_other_coins_are_apart():
    """MRGN-020: 10 ETH short at 3,000 ask for 300 more, though BTC is net long."""
    desk = opened()
    desk.trade("bob", "ann", lots(10), 3_000, market_id=ETHER)
    assert sums(desk) == [1_500, 1_500, 750]


def test_an_isolated_position_is_apart():
    """MRGN-020: each wallet nets its own."""
    desk = opened(dated=0)
    assert refusal(desk.isolate("ann", 20, DATED)) == Reject.NONE
    desk.trade("bob", "ann", lots(1), 80_000, market_id=DATED)
    assert sums(desk) == [1_200, 1_200, 600]
    assert sums(desk, kind=2 + DATED)[2] == 400


@pytest.mark.parametrize(
    ("orders", "asked"),
    [
        ([(PERP, 1, 80_000)], 2_000),
        ([(PERP, -4, 80_100)], 2_004),  # the larger side is short, but counts where the position is
        ([(DATED, -1, 80_100)], 1_601),
        ([(DATED, 2, 80_000)], 1_200),
        ([(DATED, 3, 80_000)], 1_600),
        ([(ETHER, -1, 3_000)], 1_230),
    ],
)
def test_orders_count_on_the_side_of_their_position(
    orders: list[tuple[int, int, int]], asked: float
):
    """MRGN-020, MRGN-003: long 1.5 perpetual, short 1 dated."""
    desk = opened()
    for market, coins, price in orders:
        send = desk.buy if coins > 0 else desk.sell
        assert refusal(send("ann", lots(abs(coins)), price, market_id=market)) == Reject.NONE
    assert sums(desk) == [1_200, asked, 600]


@pytest.mark.parametrize(("sold", "asked"), [(0.8, 1_848), (0.81, 1_200), (1.6, 1_296)])
def test_orders_alone_count_on_the_larger_side(sold: float, asked: float):
    """MRGN-020: bids of 64,800 dollars against offers; where they are equal, with the longs."""
    desk = opened(dated=0)
    desk.buy("ann", lots(0.81), 80_000, market_id=DATED)
    desk.sell("ann", lots(sold), 81_000, market_id=DATED)
    assert sums(desk)[1] == asked


def test_what_nets_is_free_to_leave():
    """MRGN-020, LEDG-003: 800 dollars of initial margin more than where nothing is netted."""
    desks = [opened(netting=netting) for netting in (1, 0)]
    free = [free_atoms(desk.engine.view, desk.wallet("ann"), USD) for desk in desks]
    assert free[0] - free[1] == 800 * ATOMS


def test_an_order_that_nets_needs_no_more():
    """MRGN-020, MRGN-004: 1,400 dollars carry both sides, not 2,000 as without netting."""
    for netting, expected in ((1, Reject.NONE), (0, Reject.INSUFFICIENT_MARGIN)):
        desk = opened(1_400, netting, dated=0)
        assert refusal(desk.sell("ann", lots(1), 80_000, market_id=DATED)) == expected


def test_an_order_that_turns_one_side_is_asked_for_both():
    """MRGN-020, MRGN-004: the perpetual asks for as much as before, the wallet for twice that."""
    desk = opened(2_000, dated=-1.5)
    desk.buy("bob", lots(3), 80_000)
    assert refusal(desk.sell("ann", lots(3), 80_000)) == Reject.INSUFFICIENT_MARGIN
    assert refusal(desk.sell("ann", lots(1.5), 80_000)) == Reject.NONE
    assert sums(desk) == [1_200, 1_200, 600]


def test_closing_one_side_is_weighed_by_what_is_left():
    """MRGN-020, MRGN-005: what is left may ask for less than is held, but not for more."""
    desk = opened(1_500)
    desk.buy("bob", lots(3), 79_000)
    assert refusal(desk.sell("ann", lots(1.5), 79_000)) == Reject.WOULD_LIQUIDATE
    desk = opened(2_600)
    desk.buy("bob", lots(3), 79_000)
    assert refusal(desk.sell("ann", lots(1.5), 79_000)) == Reject.NONE
    assert sums(desk) == [800, 800, 400]


def test_the_wallet_is_liquidated_at_the_netted_maintenance_margin():
    """MRGN-020, LIQD-001: half a coin long in all; equal is safe, and the explanation knows."""
    desk = opened(2_000)
    fall = 2 * (desk.equity("ann") - 600 * ATOMS)
    price = 80_000 * DOLLAR_SUBTICKS - fall * DOLLAR_SUBTICKS // ATOMS
    publish = {"asset_id": 2, "sources": 1}
    events = desk.do(CommandKind.PUBLISH_INDEX, price_subticks=price, **publish)
    assert of(events, EventKind.LIQUIDATION_STARTED) == []
    assert desk.equity("ann") == desk.maintenance("ann") == 600 * ATOMS
    assert buffer_ppm(desk.engine.view, desk.wallet("ann")) == 0
    events = desk.do(CommandKind.PUBLISH_INDEX, price_subticks=price - 10_000, **publish)
    (started,) = of(events, EventKind.LIQUIDATION_STARTED)
    assert (started.account_id, started.margin_atoms) == (desk.people["ann"], 600 * ATOMS)


def test_the_explained_price_is_that_of_the_netted_margin():
    """MRGN-020: the perpetual alone falls by what is left above 600 dollars, over 1.5 coins."""
    desk = opened(3_000)
    view = desk.engine.view
    found = liquidation(view, desk.people["ann"], PERP)
    left = desk.equity("ann") - 600 * ATOMS
    least = 80_000 * DOLLAR_SUBTICKS - left * DOLLAR_SUBTICKS // ATOMS * 2 // 3
    assert found.state == "price"
    assert abs(found.subticks - least) <= DOLLAR_SUBTICKS // ATOMS * 2
    alone = liquidation(opened(3_000, netting=0).engine.view, desk.people["ann"], PERP)
    assert alone.subticks > found.subticks
    assert buffer_ppm(view, desk.wallet("ann")) == 10**6


def test_the_scales_know_the_netted_margins():
    """MRGN-020, LIQD-012"""
    desk = opened()
    scale = Scale()
    weigh(desk.engine.view, desk.wallet("ann"), scale)
    assert (scale.initial_atoms, scale.maintenance_atoms) == (1_200 * ATOMS, 600 * ATOMS)
