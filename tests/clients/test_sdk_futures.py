"""Every call of python-kraken-sdk's futures clients, and every feed of their socket over TLS."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from tests.clients.covering import run_ids, shown
from tests.clients.sdk_client import SdkCalls
from tests.clients.sdk_futures import REST, SDK
from tests.dialects.book import known_book


@pytest.mark.parametrize(("form", "check"), SDK.runs(), ids=run_ids(SDK))
def test_it_does_here_what_it_does_there(desk, form, check, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(desk.authority))
    trader = desk.trader(USD="100000")
    names = {"key": trader.key, "secret": trader.secret, "url": desk.origin}
    with known_book(desk) as book, ExitStack() as stack:
        clients = {kind.__name__: kind(**names) for kind in REST}
        for client in clients.values():
            stack.callback(client._FuturesClient__session.close)
        stack.callback(clients["Trade"].cancel_all_orders)
        calls = SdkCalls({**clients, "trader": trader}, form)
        asyncio.run(shown(SDK, check, calls, book))
