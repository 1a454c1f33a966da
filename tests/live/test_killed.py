"""At real speed, with the rulebook's own minute of staleness: the venue is killed, three times."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys

import pytest

from longshore.engine.codes import MarketState
from longshore.world.replaying import replay_folder
from tests.live.pair import UPSTREAM, following, until
from tests.live.test_upstream import STALE_US, ages_us

SPEED_PPM = 1_000_000
OUTAGES = 3


class Place:
    """Where the venue is served, each time by a new process, on the same port and journal."""

    def __init__(self, folder) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        (folder / "up.toml").write_text(UPSTREAM)
        command = [sys.executable, "-m", "longshore", "serve", "--no-browser", "--engine", "plain"]
        command += ["--world", str(folder / "up.toml"), "--data", str(folder / "up")]
        self._command = [*command, "--port", str(self.port)]
        self._process = None

    def serve(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE)
        assert self._process.stdout.readline()

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate(timeout=30)


async def scene(tmp_path):
    place = Place(tmp_path)
    await asyncio.to_thread(place.serve)
    async with following(tmp_path / "down", place, SPEED_PPM) as here:
        trading = asyncio.create_task(here.trade())
        for outage in range(1, OUTAGES + 1):
            fills = here.fills()
            await until(lambda: here.market.state == MarketState.ACTIVE, "an open market")
            await until(lambda before=fills: here.fills() > before + 10, "trades")
            await asyncio.to_thread(place.kill)
            await until(lambda: here.live.state == "reconnecting", "the loss")
            await until(lambda: here.market.state == MarketState.AUCTION, "a market at rest", 90)
            await asyncio.to_thread(place.serve)
            await until(lambda: here.live.state == "connected", "the connection")
            assert here.live.outages == outage
        await until(lambda: here.market.state == MarketState.ACTIVE, "an open market")
        trading.cancel()
    place.kill()
    return here


@pytest.mark.long
@pytest.mark.timeout(1_200)
def test_a_world_outlives_its_venue_three_times_and_trades_on_no_old_price(tmp_path):
    """PRIC-005"""
    here = asyncio.run(asyncio.wait_for(scene(tmp_path), 1_100))
    ages = ages_us(here.events)
    assert len(ages) > 10 * OUTAGES
    assert max(ages) <= STALE_US
    report = replay_folder(tmp_path / "down", resimulate=True)
    assert report.digest == here.station.world.engine.digest()
