"""A world small enough to be run many times: one market, two agents, five minutes of a crash."""

import asyncio
from contextlib import asynccontextmanager

from longshore.engine.codes import OrderType, Origin, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.world.clock import FLAT_OUT
from longshore.world.sequencer import Sequencer
from longshore.world.world import World

MARKET = """
name = "small"
markets = ["PF_XBTUSD"]
start = 2020-03-12T10:40:00Z
end = 2020-03-12T10:45:00Z
seed = 7
[feed]
kind = "replay"
recording = "xbtusd-2020-03"
interval_s = 10
[[agent]]
kind = "maker"
settings = { slower = 4, levels = 8 }
[[agent]]
kind = "noise"
"""
TEXT = f"""{MARKET}
[[account]]
name = "long"
deposit = {{ USD = "1000" }}
[[order]]
at = 2020-03-12T10:40:05Z
account = "long"
market = "PF_XBTUSD"
side = "buy"
value = "30000"
"""
MINUTE_US = 60_000_000
LONG = 16


def make_world(folder, text=TEXT):
    return World.create(folder, text)


def deposit(dollars=100):
    """Practice money for the account of the scenario."""
    return Command(
        kind=CommandKind.DEPOSIT,
        origin=Origin.USER,
        account_id=LONG,
        asset_id=1,
        to_wallet=WalletKind.FLEX,
        amount_atoms=dollars * 10**8,
    )


def bid(client=0, qty_lots=1):
    """A buy order far below the market."""
    return Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.USER,
        account_id=LONG,
        market_id=1,
        side=Side.BUY,
        type=OrderType.LIMIT,
        price_ticks=1_000,
        qty_lots=qty_lots,
        client_hi=client,
        client_lo=client,
    )


@asynccontextmanager
async def live(world, speed_ppm=FLAT_OUT):
    """A running sequencer, stopped and closed at the end."""
    world.clock.set_speed(speed_ppm)
    sequencer = Sequencer(world)
    sequencer.start()
    try:
        yield sequencer
    finally:
        await sequencer.stop()
        world.close()


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 30))
