"""A world that follows another Longshore through ccxt, also when that goes away."""

from __future__ import annotations

import asyncio
from bisect import bisect_right

from longshore.engine.codes import MarketState
from longshore.engine.events import EventKind
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


def test_it_follows_survives_three_outages_and_trades_on_no_old_price(tmp_path):
    """PRIC-005"""
    here = asyncio.run(asyncio.wait_for(scene(tmp_path), 250))
    ages = ages_us(here.events)
    assert len(ages) > 12
    assert max(ages) <= STALE_US
    report = replay_folder(tmp_path / "down", resimulate=True)
    assert report.conserved
    assert report.digest == here.station.world.engine.digest()
