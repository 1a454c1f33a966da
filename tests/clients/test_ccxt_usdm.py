"""Every unified method of `ccxt.binanceusdm`, in every form, on a venue with that rulebook."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.clients import ccxt_usdm_absent, ccxt_usdm_socket
from tests.clients.ccxt_client import opened
from tests.clients.ccxt_usdm import USDM, WAITING
from tests.clients.covering import run_ids, shown
from tests.dialects.binance_usdm.clients import SCENARIO, UNIFIED, known_book, options
from tests.dialects.desk import Desk, started

assert ccxt_usdm_absent
assert ccxt_usdm_socket
BEFORE_IT_IS_DUE = SCENARIO.replace("T12:00:00Z", "T15:58:00Z")


@pytest.fixture(scope="module")
def usdm_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A quiet venue, two minutes before funding is due."""
    process, running = started(tmp_path_factory.mktemp("usdm"), BEFORE_IT_IS_DUE)
    running.step(3)
    yield running
    running.http.close()
    process.terminate()
    process.communicate(timeout=30)


@pytest.mark.parametrize(("form", "check"), USDM.runs(), ids=run_ids(USDM))
def test_it_does_here_what_it_does_there(usdm_desk, form, check):
    async def tell(book):
        chosen = options(usdm_desk, usdm_desk.trader(USD="100000"))
        api = chosen["urls"]["api"]
        api["eapiPublic"] = f"{usdm_desk.origin}/eapi/v1"
        api["ws"]["ws-api"] = {"future": f"{usdm_desk.origin.replace('http', 'ws', 1)}/ws-fapi/v1"}
        async with opened("binanceusdm", form, chosen, UNIFIED) as calls:
            await shown(USDM, check, calls, book)
            await calls.cancel_all_orders(UNIFIED, WAITING)

    with known_book(usdm_desk) as book:
        asyncio.run(tell(book))
