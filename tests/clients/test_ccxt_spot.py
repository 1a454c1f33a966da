"""Every unified method of `ccxt.kraken`, in every form, on the venue."""

from __future__ import annotations

import asyncio

import pytest

from tests.clients import ccxt_spot_socket
from tests.clients.ccxt_client import opened
from tests.clients.ccxt_spot import SPOT
from tests.clients.covering import run_ids, shown
from tests.dialects.spot import known_spot_book, options, spot_trader

assert ccxt_spot_socket


@pytest.mark.parametrize(("form", "check"), SPOT.runs(), ids=run_ids(SPOT))
def test_it_does_here_what_it_does_there(desk, form, check):
    async def tell(book):
        trader = spot_trader(desk, USD="100000", XBT="1")
        async with opened("kraken", form, options(desk, trader)) as calls:
            await shown(SPOT, check, calls, book)

    with known_spot_book(desk) as book:
        asyncio.run(tell(book))
