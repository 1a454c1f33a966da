"""Every call of python-kraken-sdk's spot clients, and every channel of their socket over TLS."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest
from kraken.base_api import SpotAsyncClient, SpotClient
from kraken.spot import SpotWSClient

from tests.clients.covering import run_ids, shown
from tests.clients.sdk_client import SdkCalls
from tests.clients.sdk_spot import REST, SDK_SPOT
from tests.dialects.spot import known_spot_book, spot_trader


@pytest.mark.parametrize(("form", "check"), SDK_SPOT.runs(), ids=run_ids(SDK_SPOT))
def test_it_does_here_what_it_does_there(desk, form, check, monkeypatch):
    """The order book client takes no address: the SDK's own are changed for it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(desk.authority))
    for kind in (SpotClient, SpotAsyncClient):
        monkeypatch.setattr(kind, "URL", desk.origin)
    for name in ("WS_URL", "AUTH_WS_URL"):
        monkeypatch.setattr(SpotWSClient, name, f"wss://{desk.tls}")
    trader = spot_trader(desk, USD="200000", XBT="1")
    names = {"key": trader.key, "secret": trader.secret, "url": desk.origin}
    with known_spot_book(desk) as book, ExitStack() as stack:
        clients = {kind.__name__: kind(**names) for kind in REST}
        for client in clients.values():
            stack.callback(client._SpotClient__session.close)
        stack.callback(clients["Trade"].cancel_all_orders)
        known = {"trader": trader, "tls": desk.tls, "origin": desk.origin}
        calls = SdkCalls({**clients, **known}, form)
        asyncio.run(shown(SDK_SPOT, check, calls, book))
