"""Serves a world and places orders in it for ever, printing each one it has a reply for."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from longshore.world.sequencer import Sequencer
from longshore.world.world import World
from tests.world.small import bid


async def main():
    sequencer = Sequencer(World.open(Path(sys.argv[1])))
    sequencer.start()

    async def place(client):
        [[placed, *_]] = await sequencer.submit([bid(client)])
        print(client, placed.order_id, flush=True)

    first = 1
    while True:
        await asyncio.gather(*(place(client) for client in range(first, first + 5)))
        first += 5


asyncio.run(main())
