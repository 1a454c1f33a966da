"""Every unified method of `ccxt.krakenfutures`, in every form, on the venue."""

from __future__ import annotations

import asyncio

import pytest

from tests.clients import ccxt_futures_socket
from tests.clients.ccxt_client import opened
from tests.clients.ccxt_futures import FUTURES
from tests.clients.covering import run_ids, shown
from tests.dialects.book import known_book

assert ccxt_futures_socket


@pytest.mark.parametrize(("form", "check"), FUTURES.runs(), ids=run_ids(FUTURES))
def test_it_does_here_what_it_does_there(desk, form, check):
    async def tell(book):
        options = desk.ccxt_options(desk.trader(USD="100000"))
        async with opened("krakenfutures", form, options) as calls:
            await shown(FUTURES, check, calls, book)

    with known_book(desk) as book:
        asyncio.run(tell(book))
