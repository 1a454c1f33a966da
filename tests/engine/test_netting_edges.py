"""Edges of netting: single lots, the last coin, a wallet short of initial margin."""

from __future__ import annotations

import pytest

from longshore.engine.codes import Reject
from longshore.engine.commands import CommandKind
from longshore.engine.cuts import fills_whole
from longshore.engine.liquidation import carries
from tests.articles.test_netting import DATED, ETH, ETHER, netted, opened, sums
from tests.engine.desk import ATOMS, DOLLAR_SUBTICKS, PERP, Desk, lots, refusal

BTC = 2


def moved(desk: Desk, dollars: float) -> None:
    """The index of bitcoin somewhere else."""
    subticks = int(dollars * DOLLAR_SUBTICKS)
    desk.do(CommandKind.PUBLISH_INDEX, asset_id=BTC, price_subticks=subticks, sources=1)


def few(dollars: float = 0.1) -> Desk:
    """Ann has hardly anything: one lot is eight dollars, asks for 0.08 and keeps 0.04."""
    desk = Desk(netted())
    desk.person("ann", dollars)
    desk.person("bob", 10**7)
    desk.index(80_000)
    price = 3_000 * DOLLAR_SUBTICKS
    desk.do(CommandKind.PUBLISH_INDEX, asset_id=ETH, price_subticks=price, sources=1)
    return desk


def test_one_lot_has_a_side():
    """MRGN-020: a single lot long nets a single lot short."""
    desk = few()
    desk.trade("ann", "bob", 1, 80_000)
    desk.trade("bob", "ann", 1, 80_000, market_id=DATED)
    assert sums(desk) == [0.08, 0.08, 0.04]
    assert sums(desk, "bob") == [0.08, 0.08, 0.04]


def test_the_last_coin_is_counted_from_nothing_each_time():
    """MRGN-020: who is long of it is weighed after who is short of it, and the other way."""
    desk = opened()
    desk.trade("bob", "ann", lots(10), 3_000, market_id=ETHER)
    for name in ("ann", "bob", "ann"):
        assert sums(desk, name) == [1_500, 1_500, 750]


def test_the_smaller_side_may_grow_in_a_wallet_short_of_initial_margin():
    """MRGN-020, MRGN-004: it asks for no more; the larger side may not."""
    desk = opened(1_400)
    moved(desk, 79_200)
    assert 600 < desk.equity("ann") / ATOMS < 1_200
    desk.buy("bob", lots(1), 79_200, market_id=DATED)
    assert refusal(desk.sell("ann", lots(0.1), 79_200, market_id=DATED)) == Reject.NONE
    desk.sell("bob", lots(1), 79_200)
    assert refusal(desk.buy("ann", lots(0.1), 79_200)) == Reject.INSUFFICIENT_MARGIN


def test_a_single_lot_is_closed_with_no_more_than_it_keeps():
    """MRGN-020, MRGN-005: nothing is left, so nothing is to be kept."""
    desk = few()
    desk.trade("ann", "bob", 1, 80_000)
    moved(desk, 79_450)
    desk.buy("bob", 1, 79_450)
    assert refusal(desk.sell("ann", 1, 79_450)) == Reject.NONE
    assert desk.position("ann").qty_lots == 0


def test_a_single_lot_against_another_keeps_no_more():
    """MRGN-020, MRGN-005: a lot of ether has lost 0.04 dollars; one side keeps 0.04, both 0.08."""
    desk = few()
    desk.trade("bob", "ann", 1, 80_000, market_id=DATED)
    desk.trade("bob", "ann", 1, 3_000, market_id=ETHER)
    price = 3_400 * DOLLAR_SUBTICKS
    desk.do(CommandKind.PUBLISH_INDEX, asset_id=ETH, price_subticks=price, sources=1)
    desk.sell("bob", 1, 80_000)
    assert 0.0415 < desk.equity("ann") / ATOMS < 0.08
    assert refusal(desk.buy("ann", 1, 80_000)) == Reject.NONE
    assert sums(desk)[2] == pytest.approx(0.0415, abs=0.001)


def test_a_provider_carries_what_nets_its_own():
    """MRGN-020, LIQD-006: one lot long on one lot short, with margin for one."""
    desk = few()
    desk.trade("bob", "ann", 1, 80_000, market_id=DATED)
    view, ann = desk.engine.view, desk.people["ann"]
    perpetual = view.markets[PERP]
    assert carries(view, perpetual, ann, 1)
    assert not carries(view, perpetual, ann, -1)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("held", [1, 2])
def test_a_whole_cut_looks_at_the_other_side_of_the_book(side: int, held: int):
    """LIQD-020: who is long sells to bids, who is short buys from offers, single lots too."""
    desk = few(10)
    first, second = ("ann", "bob") if side > 0 else ("bob", "ann")
    desk.trade(first, second, held, 80_000)
    view, ann = desk.engine.view, desk.people["ann"]
    limit = 79_000 if side > 0 else 81_000
    assert not fills_whole(view, ann, PERP, held, limit)
    (desk.buy if side > 0 else desk.sell)("bob", held, 80_000)
    assert fills_whole(view, ann, PERP, held, limit)
    assert not fills_whole(view, ann, PERP, held + 1, limit)
