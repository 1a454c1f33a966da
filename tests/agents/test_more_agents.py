"""The kinds besides the crowd, against a view filled in by hand."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketState, OrderType, Side
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.engine.state import State, position_slot
from longshore.world.agents.arbitrage import HarvesterTerms
from longshore.world.agents.hedger import HedgerTerms
from longshore.world.agents.hunter import HunterTerms
from longshore.world.agents.kinds import Kind
from longshore.world.agents.maker import MakerTerms
from longshore.world.agents.metaorder import MetaorderTerms
from longshore.world.agents.retail import RetailTerms
from longshore.world.agents.trend import RevertingTerms, TrendTerms
from tests.agents.test_agents import decided, opened, run
from tests.agents.view import (
    ATOMS,
    INDEX,
    ME,
    PERP,
    SPOT,
    START_US,
    USD,
    XBT,
    Lone,
    prices,
    rest,
    top,
    view,
)

SECOND_US = 1_000_000
LOT_USD = 84_000 // 10_000  # what a lot is worth, nearly


def tops(index_usd: int = 84_000) -> State:
    state = view(index_usd * USD)
    top(state, PERP, index_usd, index_usd + 1)
    top(state, SPOT, index_usd * 10 - 10, index_usd * 10 + 10)
    state.markets[PERP].mark_subticks = index_usd * USD
    return state


def agents() -> list[Lone]:
    return [
        Lone("metaorder", Kind.METAORDER, MetaorderTerms(), [PERP]),
        Lone("reverting", Kind.REVERTING, RevertingTerms(), [PERP]),
        Lone("harvester", Kind.HARVESTER, HarvesterTerms(), [PERP, SPOT]),
        Lone("hedger", Kind.HEDGER, HedgerTerms(), [PERP]),
        Lone("hunter", Kind.HUNTER, HunterTerms(), [PERP]),
        Lone("retail", Kind.RETAIL, RetailTerms(), [PERP]),
        Lone("shy", Kind.MAKER, MakerTerms(root_ppm=500, follow_ppm=500_000, leave_ppm=1), [PERP]),
    ]


@pytest.mark.parametrize("number", range(len(agents())))
def test_a_restored_agent_does_the_same(number: int) -> None:
    first, second = agents()[number], agents()[number]
    until_us = START_US + 40 * SECOND_US
    run(first, tops(), until_us)
    second.restore(first.state())
    moved = tops(85_000)
    sent = [c.values() for c in run(first, moved, until_us + 300 * SECOND_US)]
    assert sent == [c.values() for c in run(second, moved, until_us + 300 * SECOND_US)]


@pytest.mark.parametrize("agent", agents(), ids=lambda a: a.name)
def test_without_an_index_or_in_a_closed_market_nothing_is_sent(agent: Lone) -> None:
    assert run(agent, view(index_subticks=0), START_US + 60 * SECOND_US) == []
    state = tops()
    opened(agent, state)
    state.markets[PERP].state = MarketState.CANCEL_ONLY
    assert run(agent, state, agent.next_due_us() + 60 * SECOND_US) == []


def test_a_metaorder_is_worked_one_way_in_pieces_and_then_it_rests() -> None:
    agent, state = agents()[0], tops()
    opened(agent, state)
    pieces: list[Command] = []
    while not pieces or agent.mind.left_atoms:
        pieces += run(agent, state, agent.next_due_us())
    pieces += run(agent, state, agent.next_due_us())
    assert len({piece.side for piece in pieces}) == 1
    assert all(piece.type == OrderType.MARKET for piece in pieces)
    assert max(piece.qty_lots for piece in pieces) * LOT_USD <= 30_000
    assert sum(piece.qty_lots for piece in pieces) * LOT_USD * 84_000 // 80_000 >= 100_000
    assert agent.next_due_us() - pieces[-1].time_us < 1_200 * SECOND_US


def test_metaorders_lean_back_to_nothing() -> None:
    state = tops()
    state.positions[position_slot(ME, PERP)].qty_lots = 3_100_000 // LOT_USD
    sides = set()
    for number in range(12):
        agent = Lone(f"m{number}", Kind.METAORDER, MetaorderTerms(), [PERP])
        opened(agent, state)
        sides |= {command.side for command in decided(agent, state)}
    assert sides == {Side.SELL}


def test_reverting_wants_the_opposite_of_trend() -> None:
    shared = {"interval_ms": 1_000, "fast_steps": 2, "slow_steps": 30, "full_ppm": 2_500}
    ways = []
    for kind, terms in ((Kind.TREND, TrendTerms), (Kind.REVERTING, RevertingTerms)):
        agent = Lone("a", kind, terms(**shared), [PERP])
        opened(agent, tops())
        decided(agent, tops())
        (order,) = decided(agent, tops(85_000))
        ways.append(order.side)
    assert ways == [Side.BUY, Side.SELL]


def test_a_harvester_sells_a_dear_perpetual_and_goes_when_it_is_dear_no_more() -> None:
    agent, state = agents()[2], tops()
    opened(agent, state)
    assert decided(agent, state) == []
    state.markets[PERP].mark_subticks = 84_084 * USD
    sold, bought = decided(agent, state)
    assert (sold.market_id, sold.side) == (PERP, Side.SELL)
    assert (bought.market_id, bought.side) == (SPOT, Side.BUY)
    state.positions[position_slot(ME, PERP)].qty_lots = -sold.qty_lots
    state.markets[PERP].mark_subticks = 84_010 * USD
    assert decided(agent, state) == []
    state.markets[PERP].mark_subticks = 84_001 * USD
    assert decided(agent, state)[0].side == Side.BUY


def test_a_hedger_follows_the_price_away_from_its_strike() -> None:
    agent = agents()[3]
    opened(agent, tops())
    assert decided(agent, tops()) == []
    (order,) = decided(agent, tops(84_840))
    assert order.side == Side.BUY
    assert 160_000 < order.qty_lots * 8.484 < 172_000
    (order,) = decided(agent, tops(83_160))
    assert order.side == Side.SELL


def liquidation(position_lots: int, time_us: int, market_id: int = PERP) -> Event:
    return Event(
        kind=EventKind.LIQUIDATION_STARTED,
        time_us=time_us,
        account_id=99,
        market_id=market_id,
        position_lots=position_lots,
    )


def test_a_hunter_goes_with_a_liquidation_and_out_again() -> None:
    agent, state = agents()[4], tops()
    opened(agent, state)
    assert decided(agent, state) == []
    now_us = agent.next_due_us() - 4 * SECOND_US
    agent.observe([liquidation(500, now_us, SPOT)])
    assert agent.next_due_us() > now_us + SECOND_US
    agent.observe([liquidation(500, now_us)])
    assert agent.next_due_us() == now_us + 30_000
    (order,) = decided(agent, state)
    assert (order.side, order.reduce_only) == (Side.SELL, 0)
    state.positions[position_slot(ME, PERP)].qty_lots = -order.qty_lots
    later = run(agent, state, now_us + 60 * SECOND_US)
    assert later[-1].side == Side.BUY
    assert (later[-1].reduce_only, later[-1].qty_lots) == (1, order.qty_lots)


def retail(**settings: int) -> Lone:
    agent = Lone("retail", Kind.RETAIL, RetailTerms(**settings), [PERP])
    opened(agent, tops())
    return agent


def entered(agent: Lone, index_usd: int, state: State | None = None) -> list[Command]:
    """What it sends when it comes in, the price having moved there."""
    at = state or tops(index_usd)
    at.assets[XBT].index_subticks = index_usd * USD
    for _ in range(60):
        sent = decided(agent, at)
        if sent:
            return sent
    return []


def with_purse(agent: Lone, index_usd: int) -> State:
    """The same prices, with the agent's money in its wallet."""
    from tests.agents.view import pay_in

    state = tops(index_usd)
    pay_in(state, [Command(account_id=ME, asset_id=a, to_wallet=w, amount_atoms=n)
                   for a, w, n in agent.purse])  # fmt: skip
    return state


def test_retail_comes_in_after_a_move_with_high_leverage_and_a_stop_at_a_round_price() -> None:
    agent = retail(stops_permille=1_000)
    assert decided(agent, with_purse(agent, 84_000)) == []
    sent = entered(agent, 85_000, with_purse(agent, 85_000))
    order, stop = sent
    assert 15_000 * 19 < order.qty_lots * 8.5 < 15_000 * 91
    assert stop.side != order.side
    assert (stop.type, stop.reduce_only, stop.qty_lots) == (OrderType.STOP, 1, order.qty_lots)
    assert stop.trigger_ticks % 50 == 0
    assert (stop.trigger_ticks < 85_000) == (order.side == Side.BUY)


def test_stops_of_many_lie_at_few_prices() -> None:
    triggers = []
    for number in range(40):
        agent = Lone(f"r{number}", Kind.RETAIL, RetailTerms(stops_permille=1_000), [PERP])
        opened(agent, tops())
        decided(agent, with_purse(agent, 84_000))
        sent = entered(agent, 85_000, with_purse(agent, 85_000))
        triggers += [c.trigger_ticks for c in sent if c.trigger_ticks]
    assert len(triggers) == 40
    assert len(set(triggers)) <= 10


def test_retail_that_is_broke_comes_again_a_few_times_and_no_more() -> None:
    agent, state = retail(lives=2, back_steps=5), tops()
    sent = run(agent, state, START_US + 7_200 * SECOND_US)
    assert [c.kind for c in sent] == [CommandKind.DEPOSIT] * 2
    assert {c.amount_atoms for c in sent} == {15_000 * ATOMS}


def maker(state: State, **settings: int) -> Lone:
    agent = Lone("maker", Kind.MAKER, MakerTerms(opinion_ppm=0, **settings), [PERP])
    opened(agent, state)
    return agent


def middle(commands: list[Command]) -> float:
    placed = [c for c in commands if c.kind == CommandKind.PLACE_ORDER]
    return (prices(placed, Side.BUY)[0] + prices(placed, Side.SELL)[0]) / 2


def test_new_holdings_move_a_makers_view_by_their_root_and_old_ones_do_not() -> None:
    def moved(lots: int, decisions: int) -> float:
        state = view()
        agent = maker(state, root_ppm=1_000, habit_s=100, skew_ppm=0)
        decided(agent, state)
        state.positions[position_slot(ME, PERP)].qty_lots = lots
        for _ in range(decisions):
            sent = decided(agent, state)
        return (84_000 - middle(sent)) / 0.084

    million = 1_000_000 * 10_000 // 84_000
    assert moved(million, 1) == pytest.approx(1_000, rel=0.05)
    assert moved(million // 4, 1) == pytest.approx(500, rel=0.05)
    assert moved(-million, 1) == pytest.approx(-1_000, rel=0.05)
    assert abs(moved(million, 600)) < 100


def test_a_maker_that_follows_goes_a_part_of_the_way_with_the_coins_other_market() -> None:
    state = view()
    top(state, SPOT, 841_000, 841_680)
    agent = maker(state, follow_ppm=500_000)
    assert middle(decided(agent, state)) == pytest.approx(84_067, abs=3)


def test_a_shy_maker_takes_its_quotes_away_when_the_price_runs_and_comes_back() -> None:
    state = view()
    agent = maker(state, leave_ppm=300, away_s=20)
    first = decided(agent, state)
    rest(state, first)
    state.assets[XBT].index_subticks = INDEX * 102 // 100
    assert {c.kind for c in decided(agent, state)} == {CommandKind.CANCEL_ORDER}
    state.accounts[ME].first_order = view().accounts[ME].first_order
    later = run(agent, state, agent.mind.decided_us + 40 * SECOND_US)
    assert later
    assert {c.kind for c in later} == {CommandKind.PLACE_ORDER}
    assert later[0].time_us > agent.mind.away_until_us - SECOND_US
