"""A world goes on until something has happened, and stands there."""

import asyncio
from types import SimpleNamespace

import pytest

from longshore.engine.events import EventKind
from longshore.world.until import FILL, LIQUIDATION, Crosses, Happens, Never
from tests.world.small import LONG, MINUTE_US, bid, deposit, live, make_world, run


@pytest.fixture
def world(tmp_path):
    world = make_world(tmp_path)
    yield world
    world.close()


def last_time(world):
    return world.journal.time_us


def seek(world, until, minutes=5):
    return world.run_until(until, world.scenario.start_us + minutes * MINUTE_US)


def test_it_stops_at_the_next_fill_of_an_account(world):
    assert seek(world, Happens(FILL, LONG))
    assert world.stepper.reached_us == world.scenario.start_us + 5_000_000
    assert not seek(world, Happens(FILL, LONG, market_id=2))


def test_it_stops_at_the_next_liquidation_and_at_no_other_accounts(world):
    assert not seek(world, Happens(LIQUIDATION, LONG + 1), minutes=1)
    assert seek(world, Happens(LIQUIDATION))
    assert world.scenario.start_us < world.stepper.reached_us < world.end_us


def test_one_event_is_the_moment_of_the_next(world):
    assert seek(world, Happens())
    first_us = world.stepper.reached_us
    assert seek(world, Happens(frozenset({EventKind.MARK_CHANGED})))
    assert first_us <= world.stepper.reached_us < world.scenario.start_us + MINUTE_US


def test_a_price_that_falls_to_a_level(world):
    seek(world, Never(), minutes=1)
    market = world.engine.view.markets[1]
    mark = int(market.mark_subticks)
    assert seek(world, Crosses(1, mark * 99 // 100))
    assert int(market.mark_subticks) <= mark * 99 // 100
    assert seek(world, Crosses(1, int(market.mark_subticks)))
    assert not seek(world, Crosses(1, mark * 2))


@pytest.mark.parametrize(
    ("prices", "met_at"),
    [
        ((0, 90, 95, 101, 90), 3),
        ((0, 110, 105, 99), 3),
        ((90, 100), 1),
        ((100,), 0),
        ((0, 0), None),
    ],
)
def test_a_level_is_crossed_from_the_side_the_price_was_on(prices, met_at):
    crossed = Crosses(1, 100)
    views = [SimpleNamespace(markets={1: SimpleNamespace(mark_subticks=p)}) for p in prices]
    met = [crossed.met((), view) for view in views]
    assert (met.index(True) if True in met else None) == met_at


@pytest.mark.parametrize("signal", ["mark", "index", "last"])
def test_every_price_can_be_waited_for(world, signal):
    seek(world, Never(), minutes=1)
    below = Crosses(1, int(world.engine.view.markets[1].mark_subticks) * 98 // 100, signal)
    assert seek(world, below)


def test_stopping_on_the_way_changes_nothing(tmp_path, world):
    straight = make_world(tmp_path / "straight")
    straight.run(straight.end_us)
    while seek(world, Happens(FILL)):
        pass
    assert world.engine.digest() == straight.engine.digest()
    straight.close()


def test_a_live_world_goes_there_flat_out_and_is_paused(tmp_path, world):
    async def go():
        async with live(world, speed_ppm=1_000_000) as sequencer:
            end_us = world.end_us
            assert await sequencer.seek(Happens(FILL, LONG), end_us, 20)
            assert world.clock.paused
            assert world.clock.now_us() == world.stepper.reached_us == last_time(world)
            assert world.clock.now_us() - world.scenario.start_us == 5_000_000
            await sequencer.submit([deposit(), bid()])
            assert not await sequencer.seek(Never(), world.clock.now_us() + 1_000_000, 20)
            assert world.clock.now_us() - world.scenario.start_us == 6_000_000
            assert not await sequencer.seek(Never(), end_us, 0.0)

    run(go())


def test_setting_the_clock_ends_the_search(world):
    async def go():
        async with live(world, speed_ppm=1_000_000) as sequencer:
            looking = asyncio.create_task(sequencer.seek(Never(), world.end_us, 60))
            while sequencer._quest is None:
                await asyncio.sleep(0)
            world.clock.resume()
            sequencer.wake()
            assert await looking is False
            assert not world.clock.paused

    run(go())


def test_stopping_the_world_refuses_who_looks(world):
    async def go():
        async with live(world, speed_ppm=1_000_000) as sequencer:
            looking = asyncio.create_task(sequencer.seek(Never(), world.end_us, 60))
            while sequencer._quest is None:
                await asyncio.sleep(0)
        with pytest.raises(RuntimeError):
            await looking

    run(go())


def test_a_paused_world_sleeps_until_it_is_woken(world):
    async def go():
        world.clock.pause()
        async with live(world, speed_ppm=1_000_000) as sequencer:
            await sequencer.caught_up()
            await asyncio.sleep(0.01)
            assert sequencer._timeout_s() is None
            world.clock.resume()
            sequencer.wake()
            await asyncio.sleep(0.05)
            assert sequencer._timeout_s() is not None

    run(go())
