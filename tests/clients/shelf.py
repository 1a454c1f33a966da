"""Every client with its checks, as `docs/reference/clients.md` lists them."""

from __future__ import annotations

from tests.clients import ccxt_futures_socket, ccxt_spot_socket
from tests.clients.ccxt_futures import FUTURES
from tests.clients.ccxt_spot import SPOT
from tests.clients.covering import Client
from tests.clients.sdk_futures import SDK

CLIENTS: list[Client] = [FUTURES, SPOT, SDK]
WITH_THEIR_SOCKETS = (ccxt_futures_socket, ccxt_spot_socket)
"""Importing a module adds its checks to the client's."""
