"""Explain trees: each number is what its formula makes of the numbers below it, to the atom."""

from __future__ import annotations

from collections import Counter

import pytest

from longshore.engine.codes import Leg, MarketKind, OrderType, Side
from longshore.engine.commands import CommandKind
from longshore.engine.legs import market_at
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Command
from longshore.explain.figures import figures
from longshore.explain.trees import markets
from longshore.explain.trees.accounts import Account
from longshore.explain.trees.ground import Ground
from longshore.explain.trees.node import OPERATIONS, Why, broken, nodes
from longshore.explain.trees.positions import KEYS, Held
from longshore.explain.trees.wallets import Wallet
from longshore.practice.explained import explained
from longshore.practice.preview import preview
from longshore.practice.receipt import Draft
from tests.explain.states import Given, states


def trees_of(given: Given) -> list[Why]:
    """Every tree there is about a state."""
    ground = Ground(given.view, given.rulebook)
    found = Account(ground, given.account_id).trees()
    for place in given.held():
        held = figures(given.view, given.account_id, place)
        found += Held(ground, held, place).trees()
        found += markets.trees(ground, place % MARKETS_MAX)
    return found


def check_figures(given: Given, place: int) -> None:
    """The roots are the engine's own figures, as the card shows them."""
    held = figures(given.view, given.account_id, place)
    ground = Ground(given.view, given.rulebook)
    root = {tree.key: tree for tree in Held(ground, held, place).trees()}
    assert tuple(root) == KEYS
    assert root["value"].exact == held.value_atoms
    assert root["unrealised"].exact == held.pnl_atoms
    assert root["margin"].exact == held.margin_atoms
    assert root["liquidation"].exact == held.liquidation.subticks
    assert root["buffer"].exact == held.buffer_ppm
    assert root["funding"].exact == held.next_funding_atoms
    assert root["funding-day"].exact == held.day_funding_atoms
    assert root["break-even"].exact == held.break_even_subticks
    wallet = Wallet(ground, held.wallet)
    assert wallet.spare().exact == held.equity_atoms - held.maintenance_atoms


def check_leaves(trees: list[Why]) -> None:
    """Every number that is not counted says by which article it stands or where it was read."""
    leaves = [node for tree in trees for node in nodes(tree) if node.how == "given"]
    assert all(leaf.article or leaf.source for leaf in leaves)


@pytest.mark.parametrize("count", [40, pytest.param(800, marks=pytest.mark.long)])
def test_parts_add_up_in_random_states(count: int) -> None:
    """Contracts of every kind, isolated, cross and hedged: each node from its children."""
    kinds: Counter[object] = Counter()
    hows: Counter[str] = Counter()
    for given in states(count):
        trees = trees_of(given)
        for tree in trees:
            for node in nodes(tree):
                hows[node.how] += 1
            wrong = broken(tree)
            assert not wrong, (given.name, tree.key, wrong[0])
        for place in given.held():
            check_figures(given, place)
            market = market_at(given.view, place)
            kinds[MarketKind(market.kind).name] += 1
            kinds["hedged"] += place > MARKETS_MAX
            held = figures(given.view, given.account_id, place)
            kinds["isolated" if held.is_isolated else "cross"] += 1
            kinds[held.liquidation.state] += 1
            kinds["quanto"] += not market.inverse_factor and market.settle_asset_id != 1
    assert all(kinds[each] for each in ("INVERSE_PERPETUAL", "INVERSE_FUTURE", "quanto")), kinds
    assert all(kinds[each] for each in ("hedged", "isolated", "cross", "price", "none")), kinds
    assert hows.keys() - {"given", "edge"} <= OPERATIONS.keys()


def test_receipts_add_up_in_random_states() -> None:
    """What an order would change and cost: the preview's own numbers, each counted after."""
    seen = 0
    for given in states(24, seed=9):
        market_id = given.held()[0] % MARKETS_MAX
        market = given.view.markets[market_id]
        command = Command(
            kind=CommandKind.PLACE_ORDER,
            account_id=given.account_id,
            market_id=market_id,
            side=Side.BUY if given.lots(market_id) > 0 else Side.SELL,
            type=OrderType.LIMIT,
            qty_lots=max(1, abs(given.lots(market_id)) // 2),
            price_ticks=int(market.mark_subticks // market.tick_subticks),
            leg=Leg.LONG if given.view.accounts[given.account_id].hedged else Leg.ONE_WAY,
        )
        trees = explained(given.view, given.rulebook, Draft(command))
        made = preview(given.view, given.rulebook, Draft(command))
        assert bool(trees) == made.ok
        assert not [wrong for tree in trees for wrong in broken(tree)]
        found = {tree.key: tree for tree in trees}
        for cost in made.costs:
            assert found[cost.key].exact == cost.amount_atoms
        for row in made.rows:
            key = row.key.replace("_", "-")
            assert key not in found or found[key].value in row.after, (key, row)
        seen += made.ok
    assert seen > 12
