"""Feed, agents and engine together: a market that lives, and lives the same way twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from longshore.engine.codes import MarketKind, Reject, Side
from longshore.engine.commands import CommandKind
from longshore.engine.engine import Engine
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.world.agents.registry import KINDS
from longshore.world.scenario import AgentSpec, FeedSpec, Scenario
from tests.agents.living import Living

SECOND_US = 1_000_000
BITCOIN = ["PF_XBTUSD", "XBT/USD"]
ALL = [*BITCOIN, "PF_ETHUSD", "PF_SOLUSD", "PF_DOGEUSD", "ETH/USD", "SOL/USD"]
LEVELS = 15


def scenario(markets: list[str], seed: int = 3, **agent: object) -> Scenario:
    return Scenario(
        name="test",
        markets=markets,
        start=datetime(2026, 11, 1, 12, tzinfo=UTC),
        feed=FeedSpec(kind="sim"),
        agent=[AgentSpec(kind="crowd", **agent)],
        seed=seed,
    )


def crash() -> Scenario:
    """The worst hour of March 2020, agents slowed down to the pace of the recording."""
    return Scenario(
        name="test",
        markets=BITCOIN,
        start=datetime(2020, 3, 13, 2, 10, tzinfo=UTC),
        feed=FeedSpec(kind="replay", recording="xbtusd-2020-03"),
        agent=[AgentSpec(kind="crowd", settings={"slower": 10})],
        seed=3,
    )


class Watched(Living):
    """Looked at once a second, from when everybody has come in."""

    def watch(self, seconds: int) -> list[Event]:
        self.thinnest = 1_000
        self.spreads: dict[int, list[int]] = {}
        self.furthest_ppm = 0
        happened = []
        for second in range(3, seconds):
            happened += self.run(self.start_us + second * SECOND_US)
            self.look()
        return happened

    def look(self) -> None:
        view = self.engine.view
        for symbol in self.catalog.markets:
            market = view.markets[self.catalog.market(symbol).market_id]
            bids, asks = (self.side(market.market_id, side) for side in Side)
            self.thinnest = min(self.thinnest, len(bids), len(asks))
            if bids and asks:
                spread = asks[0][0] - bids[0][0]
                self.spreads.setdefault(market.market_id, []).append(spread)
            if market.kind == MarketKind.LINEAR_PERPETUAL:
                index = view.assets[market.base_asset_id].index_subticks
                away_ppm = abs(market.mark_subticks - index) * 1_000_000 // index
                self.furthest_ppm = max(self.furthest_ppm, away_ppm)


@pytest.fixture(scope="module")
def calm() -> Watched:
    world = Watched(scenario(BITCOIN))
    world.watch(180)
    return world


def test_the_book_is_deep_at_every_moment(calm: Watched) -> None:
    assert calm.thinnest >= LEVELS


def test_spreads_are_narrow_when_it_is_calm(calm: Watched) -> None:
    perpetual, spot = (sorted(some) for some in calm.spreads.values())
    assert (perpetual[0], perpetual[len(perpetual) // 2]) == (1, 1)
    assert perpetual[-1] <= 30  # four basis points
    assert spot[len(spot) // 2] <= 20
    assert spot[-1] <= 300


def test_people_trade(calm: Watched) -> None:
    assert calm.events[EventKind.FILLED] > 100
    assert all(market.volume_lots for market in list(calm.engine.view.markets.values())[:2])


def test_mark_follows_index(calm: Watched) -> None:
    assert 0 < calm.furthest_ppm < 500


def test_nobody_is_liquidated_and_hardly_anything_refused(calm: Watched) -> None:
    assert calm.events[EventKind.LIQUIDATION_STARTED] == 0
    assert calm.events[EventKind.MARGIN_BREACHED] == 0
    assert set(calm.refusals) <= {Reject.POST_WOULD_CROSS, Reject.UNKNOWN_ORDER}
    assert calm.refusals.total() * 100 < calm.commands.total()


def test_the_whole_market_costs_few_commands() -> None:
    """Four perpetuals and three spot markets: between 40 and 200 commands a second."""
    world = Watched(scenario(ALL))
    world.watch(13)
    assert world.thinnest >= LEVELS
    opening = world.commands[CommandKind.PLACE_ORDER]
    assert opening > 7 * 2 * 2 * LEVELS
    world.commands.clear()
    world.run(world.start_us + 23 * SECOND_US)
    assert 40 * 10 < world.commands.total() < 200 * 10


def test_the_same_seed_lives_the_same_life_and_another_another() -> None:
    def digest(seed: int) -> str:
        world = Living(scenario(BITCOIN, seed))
        world.run(world.start_us + 20 * SECOND_US)
        return world.engine.digest()

    assert digest(3) == digest(3) != digest(4)


def test_a_restored_world_goes_on_as_if_nothing_had_been() -> None:
    """Engine by snapshot, feed and agents by their states, at a moment with orders on their way."""
    one = Living(scenario(BITCOIN))
    one.run(one.start_us + 20 * SECOND_US)
    other = Living(scenario(BITCOIN))
    other.engine = Engine.restore(one.engine.snapshot(), "plain")
    other.cast.restore(one.cast.states())
    for world in (one, other):
        world.run(world.start_us + 40 * SECOND_US)
    assert one.engine.seq == other.engine.seq
    assert one.engine.digest() == other.engine.digest()


def test_a_world_of_every_kind_is_restored_too() -> None:
    """With the venue's share in the index."""
    every = Scenario(
        name="test",
        markets=BITCOIN,
        start=datetime(2026, 11, 1, 12, tzinfo=UTC),
        feed=FeedSpec(kind="sim", settings={"blend_ppm": 400_000, "pull_ppm": 800}),
        agent=[AgentSpec(kind=kind) for kind in KINDS],
        seed=5,
    )
    one, other = Living(every), Living(every)
    one.run(one.start_us + 12 * SECOND_US)
    other.engine = Engine.restore(one.engine.snapshot(), "plain")
    other.cast.restore(one.cast.states())
    for world in (one, other):
        world.run(world.start_us + 24 * SECOND_US)
    assert one.engine.digest() == other.engine.digest()
    assert set(one.refusals) <= {Reject.POST_WOULD_CROSS, Reject.UNKNOWN_ORDER}


def test_the_book_holds_through_the_crash() -> None:
    """13 March 2020, 02:10 to 02:18: the lowest price of the month is among these minutes."""
    world = Watched(crash())
    world.watch(480)
    assert world.thinnest >= LEVELS
    assert world.furthest_ppm < 20_000
    assert world.events[EventKind.LIQUIDATION_STARTED] == 0
