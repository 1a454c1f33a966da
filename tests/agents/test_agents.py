"""Agents against a view filled in by hand: what they send, when it arrives, what they remember."""

from __future__ import annotations

import pytest

from longshore.engine.codes import MarketState, OrderType, Origin, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command, Event
from longshore.engine.state import State, position_slot
from longshore.world.agents.arbitrage import ArbitrageTerms
from longshore.world.agents.kinds import Kind
from longshore.world.agents.maker import MakerTerms
from longshore.world.agents.noise import NoiseTerms
from longshore.world.agents.provider import ProviderTerms
from longshore.world.agents.trend import TrendTerms
from tests.agents.view import (
    ATOMS,
    DOLLAR,
    INDEX,
    ME,
    PERP,
    SPOT,
    START_US,
    USD,
    XBT,
    Lone,
    pay_in,
    prices,
    rest,
    set_coins,
    top,
    view,
)


def agents() -> list[Lone]:
    return [
        Lone("maker", Kind.MAKER, MakerTerms(), [PERP]),
        Lone("spot maker", Kind.MAKER, MakerTerms(), [SPOT]),
        Lone("noise", Kind.NOISE, NoiseTerms(), [PERP]),
        Lone("trend", Kind.TREND, TrendTerms(), [PERP]),
        Lone("arbitrage", Kind.ARBITRAGE, ArbitrageTerms(), [PERP, SPOT]),
        Lone("provider", Kind.PROVIDER, ProviderTerms(), [PERP]),
    ]


def run(agent: Lone, state: State, until_us: int) -> list[Command]:
    """Everything it sends until a time, with the time on it."""
    made = []
    while (due_us := agent.next_due_us()) <= until_us:
        commands = agent.act(due_us, state)
        assert agent.next_due_us() > due_us
        for command in commands:
            assert command.time_us == due_us
        made += commands
    return made


def opened(agent: Lone, state: State) -> Lone:
    """An agent whose money has been paid in."""
    while not pay_in(state, agent.act(agent.next_due_us(), state)) and not agent.purse:
        pass
    while agent.row.sent_count:
        pay_in(state, agent.act(agent.next_due_us(), state))
    return agent


def maker(market_id: int = PERP, **settings: int) -> tuple[Lone, State]:
    state = view()
    made = Lone("maker", Kind.MAKER, MakerTerms(opinion_ppm=0, **settings), [market_id])
    opened(made, state)
    return made, state


def decided(agent: Lone, state: State) -> list[Command]:
    """The commands of one decision."""
    agent.act(agent.next_due_us(), state)
    return agent.act(agent.next_due_us(), state)


@pytest.mark.parametrize("agent", agents(), ids=lambda a: a.name)
def test_first_comes_money(agent: Lone) -> None:
    """Five million dollars where it margins, and coins of the same value where it sells coins."""
    state = view()
    first = []
    while not first:
        first = agent.act(agent.next_due_us(), state)
    paid = {(c.asset_id, c.to_wallet): c.amount_atoms for c in first if c.amount_atoms}
    usd = 5_000_000 * ATOMS
    if PERP in agent.market_ids:
        assert paid[DOLLAR, WalletKind.FLEX] == usd
    if SPOT in agent.market_ids:
        assert paid[DOLLAR, WalletKind.CASH] == usd
        assert paid[XBT, WalletKind.CASH] == usd * 10**10 // INDEX
    assert all(c.origin == Origin.AGENT and c.account_id == ME for c in first)


@pytest.mark.parametrize("agent", agents(), ids=lambda a: a.name)
def test_without_an_index_nothing_is_sent(agent: Lone) -> None:
    assert run(agent, view(index_subticks=0), START_US + 60_000_000) == []


@pytest.mark.parametrize("number", range(len(agents())))
def test_a_restored_agent_does_the_same(number: int) -> None:
    """Also with commands on their way."""
    first, second = agents()[number], agents()[number]
    state = view()
    top(state, PERP, 84_100, 84_101)
    top(state, SPOT, 839_990, 840_010)
    until_us = START_US + 30_000_000
    run(first, state, until_us)
    first.act(first.next_due_us(), state)
    kept = first.state()
    assert all(isinstance(v, int | list) for v in kept.values())
    second.restore(kept)
    sent = [c.values() for c in run(first, state, until_us + 60_000_000)]
    assert sent == [c.values() for c in run(second, state, until_us + 60_000_000)]
    assert sent or first.name in {"provider", "trend"}


def test_a_decision_arrives_after_its_latency() -> None:
    made, state = maker(latency_us=7_000)
    decided_us = made.next_due_us()
    assert made.act(decided_us, state) == []
    assert made.next_due_us() == decided_us + 7_000
    assert len(made.act(decided_us + 7_000, state)) == 32


def test_a_maker_quotes_both_sides_one_tick_apart() -> None:
    made, state = maker()
    sent = decided(made, state)
    assert {(c.kind, c.type) for c in sent} == {(CommandKind.PLACE_ORDER, OrderType.POST_ONLY)}
    assert all(c.reduce_only == c.client_hi == c.client_lo == 0 < c.qty_lots for c in sent)
    bids, asks = prices(sent, Side.BUY), prices(sent, Side.SELL)
    assert len(set(bids)) == len(set(asks)) == 16
    assert (bids[0], asks[0]) == (84_000, 84_001)


def test_a_ten_thousand_dollar_order_costs_a_few_points_at_most() -> None:
    made, state = maker()
    left, paid = 10_000 * ATOMS, 0
    lots = 0
    for c in sorted((c for c in decided(made, state) if c.side == Side.SELL),
                    key=lambda c: c.price_ticks):  # fmt: skip
        price_atoms = c.price_ticks * 10**4
        taken = min(c.qty_lots, left // price_atoms)
        left, paid, lots = left - taken * price_atoms, paid + taken * c.price_ticks, lots + taken
    assert left < 10 * ATOMS
    cost_ppm = (paid * 1_000_000 // lots - 84_000 * 1_000_000) // 84_000
    assert 10 < cost_ppm < 300


def test_a_maker_that_stands_right_sends_nothing() -> None:
    made, state = maker()
    rest(state, decided(made, state))
    assert decided(made, state) == []


@pytest.mark.parametrize("by_ticks", [9, -9])
def test_a_maker_follows_with_few_amends_clearing_the_way_first(by_ticks: int) -> None:
    made, state = maker()
    rest(state, decided(made, state))
    state.assets[XBT].index_subticks += by_ticks * USD
    sent = decided(made, state)
    assert 2 <= len(sent) <= 20
    assert {c.kind for c in sent} == {CommandKind.AMEND_ORDER}
    away = Side.SELL if by_ticks > 0 else Side.BUY
    sides = [state.orders[c.order_id].side for c in sent]
    assert sides[0] == away
    assert sides == sorted(sides, key=lambda side: side != away)


def test_a_holding_moves_the_view_against_it() -> None:
    made, state = maker()
    state.positions[position_slot(ME, PERP)].qty_lots = 119_047  # a million dollars long
    sent = decided(made, state)
    assert prices(sent, Side.BUY)[0] == 84_000 - 42  # 500 ppm lower


def test_a_spot_maker_is_at_home_with_the_coins_it_began_with() -> None:
    made, state = maker(SPOT)
    assert prices(decided(made, state), Side.SELL)[0] == 840_001
    made, state = maker(SPOT)
    set_coins(state, made.purse[1][2] + 12 * ATOMS)
    assert prices(decided(made, state), Side.SELL)[0] == 840_001 - 424  # 500 ppm a million


def test_a_maker_steps_back_when_the_price_runs() -> None:
    calm, state = maker()
    rest(state, decided(calm, state))
    state.assets[XBT].index_subticks += 840 * USD  # a full per cent
    sent = decided(calm, state)
    kept = [o.price_ticks for o in state.orders.values() if o.order_id not in
            {c.order_id for c in sent} and o.side == Side.SELL and o.price_ticks]  # fmt: skip
    moved = [c.price_ticks for c in sent if state.orders[c.order_id].side == Side.SELL]
    assert min(kept + moved) > 84_840 + 84  # more than a tenth of a per cent behind it


def test_a_fill_and_a_far_index_make_a_maker_hurry() -> None:
    made, state = maker(interval_ms=60_000)
    decided(made, state)
    usual_us = made.next_due_us()
    now_us = made.mind.decided_us + 20_000_000
    near = Event(kind=EventKind.INDEX_PUBLISHED, asset_id=XBT, index_subticks=INDEX + USD)
    near.time_us = now_us
    made.observe([near, Event(kind=EventKind.TRADED, account_id=ME + 1, time_us=now_us)])
    assert made.next_due_us() == usual_us
    made.observe([Event(kind=EventKind.TRADED, account_id=ME, time_us=now_us)])
    assert made.next_due_us() == now_us + 20_000
    made, state = maker(interval_ms=60_000)
    decided(made, state)
    far = Event(kind=EventKind.INDEX_PUBLISHED, asset_id=XBT, index_subticks=INDEX + 10 * USD)
    far.time_us = now_us
    made.observe([far])
    assert made.next_due_us() == now_us + 20_000


def test_a_maker_leaves_a_closed_market_alone() -> None:
    made, state = maker()
    state.markets[PERP].state = MarketState.HALTED
    assert run(made, state, START_US + 20_000_000) == []


def test_noise_takes_both_ways_in_sizes_with_a_long_tail() -> None:
    state = view()
    top(state, PERP, 83_999, 84_000)
    noise = opened(Lone("noise", Kind.NOISE, NoiseTerms(), [PERP]), state)
    sent = [c for c in run(noise, state, START_US + 4_000_000_000) if not c.amount_atoms]
    assert 1_000 < len(sent) < 3_500
    assert {c.type for c in sent} == {OrderType.MARKET}
    buys = sum(c.side == Side.BUY for c in sent)
    assert abs(buys * 100 // len(sent) - 50) < 6
    sizes = sorted(c.qty_lots for c in sent)
    assert sizes[len(sizes) // 2] * 10 < sizes[-1]
    assert sizes[-1] * 84_000 * 10**4 < 60_000 * ATOMS


def test_noise_leans_back_from_its_holding() -> None:
    state = view()
    top(state, PERP, 83_999, 84_000)
    state.positions[position_slot(ME, PERP)].qty_lots = -60_000
    noise = opened(Lone("noise", Kind.NOISE, NoiseTerms(), [PERP]), state)
    sent = [c for c in run(noise, state, START_US + 200_000_000) if not c.amount_atoms]
    assert {c.side for c in sent} == {Side.BUY}


@pytest.mark.parametrize(("by_usd", "side"), [(40, Side.BUY), (-40, Side.SELL)])
def test_trend_follows(by_usd: int, side: Side) -> None:
    state = view()
    top(state, PERP, 83_999, 84_000)
    trend = opened(Lone("trend", Kind.TREND, TrendTerms(), [PERP]), state)
    sent = []
    for step in range(60):
        state.markets[PERP].mark_subticks = INDEX + step * by_usd * USD
        sent += run(trend, state, START_US + step * 15_000_000)
    assert len(sent) > 10
    assert {c.side for c in sent} == {side}


@pytest.mark.parametrize(
    ("perp", "spot", "sides"),
    [
        ((84_100, 84_101), (839_990, 840_010), (Side.SELL, Side.BUY)),
        ((83_900, 83_901), (839_990, 840_010), (Side.BUY, Side.SELL)),
        ((84_010, 84_011), (839_990, 840_010), None),
        ((84_010, 84_011), (839_990, 0), None),
    ],
)
def test_arbitrage_sells_the_dear_and_buys_the_cheap(perp, spot, sides) -> None:
    state = view()
    top(state, PERP, *perp)
    top(state, SPOT, *spot)
    arbitrage = opened(Lone("arbitrage", Kind.ARBITRAGE, ArbitrageTerms(), [PERP, SPOT]), state)
    sent = decided(arbitrage, state) if sides else run(arbitrage, state, START_US + 5_000_000)
    assert [(c.market_id, c.side) for c in sent] == (
        [(PERP, sides[0]), (SPOT, sides[1])] if sides else []
    )
    if sides:
        values = [
            c.qty_lots * lot_subticks for c, lot_subticks in zip(sent, (10**3, 1), strict=True)
        ]
        assert abs(values[0] - values[1]) <= 10**3


def test_arbitrage_stops_when_it_carries_enough() -> None:
    state = view()
    top(state, PERP, 84_100, 84_101)
    top(state, SPOT, 839_990, 840_010)
    arbitrage = opened(Lone("arbitrage", Kind.ARBITRAGE, ArbitrageTerms(), [PERP, SPOT]), state)
    state.positions[position_slot(ME, PERP)].qty_lots = -240_000
    assert run(arbitrage, state, START_US + 5_000_000) == []


def test_a_provider_enrols_and_works_off_what_it_was_given() -> None:
    state = view()
    top(state, PERP, 83_999, 84_000)
    provider = Lone("provider", Kind.PROVIDER, ProviderTerms(), [PERP])
    first = run(provider, state, START_US + 1_000_000)
    assert [c.kind for c in first] == [CommandKind.DEPOSIT, CommandKind.SET_ASSIGNMENT]
    pay_in(state, first)
    state.positions[position_slot(ME, PERP)].qty_lots = 5_000
    (order,) = decided(provider, state)
    assert (order.side, order.reduce_only, order.type) == (Side.SELL, 1, OrderType.MARKET)
    assert 0 < order.qty_lots < 5_000


def test_an_empty_purse_is_filled_again() -> None:
    made, state = maker(deposit_usd=1_000)
    rest(state, decided(made, state))
    for balance in state.balances.values():
        balance.amount_atoms //= 3
    sent = run(made, state, START_US + 400_000_000)
    (paid,) = [c for c in sent if c.kind == CommandKind.DEPOSIT][:1]
    assert paid.amount_atoms == 1_000 * ATOMS - 1_000 * ATOMS // 3
