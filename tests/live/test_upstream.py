"""A world that follows another Longshore through ccxt, also when that goes away."""

from __future__ import annotations

import asyncio
from bisect import bisect_right

import pytest

from longshore.engine.codes import MarketState
from longshore.engine.events import EventKind
from longshore.venue.dialects.native.about import live_state
from longshore.venue.station import Station
from longshore.world.agents.orders import quotes
from longshore.world.branch import branch
from longshore.world.replaying import replay_folder
from tests.live.pair import following, serving, until
from tests.live.relay import Relay

SPEED_PPM = 20_000_000
"""The rulebook's minute of staleness is three seconds here."""
STALE_US = 60_000_000


async def close_to(there, here):
    """The index here becomes the one there, which moves once a second."""
    await until(lambda: here.index == there.venue.view.assets[2].index_subticks, "the same index")


async def is_back(there, here, fills):
    await until(lambda: here.live.state == "connected", "the connection")
    await until(lambda: here.market.state == MarketState.ACTIVE, "an open market")
    await close_to(there, here)
    await until(lambda: here.fills() > fills + 3, "trades")


async def is_stopped(here, state):
    await until(lambda: here.live.state == state, state)
    await until(lambda: here.market.state == MarketState.AUCTION, "a market that stands still")
    return here.fills()


async def scene(tmp_path):
    async with serving(tmp_path / "up") as (there, port):
        relay = await Relay(port).open()
        async with following(tmp_path / "down", relay, SPEED_PPM) as here:
            trading = asyncio.create_task(here.trade())
            await is_back(there, here, 0)
            relay.cut()
            fills = await is_stopped(here, "reconnecting")
            assert "No connection to longshore since" in here.live.text
            assert here.live.why
            relay.mend()
            await is_back(there, here, fills)
            await relay.cut_in_a_message()
            await until(lambda: here.live.outages == 2, "a second outage")
            await is_back(there, here, here.fills())
            there.world.clock.pause()
            fills = await is_stopped(here, "stale")
            assert here.fills() == fills
            there.world.clock.resume()
            there.venue.sequencer.wake()
            await is_back(there, here, fills)
            trading.cancel()
            assert here.live.outages == 3
        await relay.close()
        return here


def ages_us(events):
    """How old the newest price was at each fill."""
    heard = [e.time_us for e in events if e.kind == EventKind.INDEX_PUBLISHED]
    fills = [e.time_us for e in events if e.kind == EventKind.TRADED]
    return [time_us - heard[bisect_right(heard, time_us) - 1] for time_us in fills]


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """What happened, and the folder of the world that followed."""
    folder = tmp_path_factory.mktemp("live")
    return asyncio.run(asyncio.wait_for(scene(folder), 250)), folder / "down"


def test_it_follows_survives_three_outages_and_trades_on_no_old_price(followed):
    """PRIC-005"""
    here, folder = followed
    ages = ages_us(here.events)
    assert len(ages) > 12
    assert max(ages) <= STALE_US
    report = replay_folder(folder, resimulate=True)
    assert report.conserved
    assert report.digest == here.station.world.engine.digest()


async def opened(folder, look):
    """A world there is, served again, its venue gone."""
    station = Station.open(folder, "", lambda _: None)
    await station.start()
    try:
        await look(station)
    finally:
        await station.stop()


def test_opened_again_without_its_venue_it_waits_and_nothing_old_is_traded_on(followed):
    _, folder = followed

    async def look(station):
        view = station.venue.view
        mirror = station.world.accounts["live book PF_XBTUSD"]
        await until(lambda: view.markets[1].state == MarketState.AUCTION, "a market at rest")
        await until(lambda: quotes(view, mirror, 1) == ([], []), "an empty book")
        assert live_state(station.venue).state == "reconnecting"

    asyncio.run(opened(folder, look))


def test_a_branch_follows_no_longer_and_says_so(followed, tmp_path):
    _, folder = followed
    branch(folder, tmp_path / "branch").close()

    async def look(station):
        live = live_state(station.venue)
        assert (live.state, live.venue, live.since) == ("left", "longshore", None)
        assert "It follows no longer" in live.text
        assert station.upstream is None

    asyncio.run(opened(tmp_path / "branch", look))
