"""Every client with its checks, as `docs/reference/clients.md` lists them."""

from __future__ import annotations

from tests.clients import (
    ccxt_futures_socket,
    ccxt_spot_socket,
    ccxt_usdm_absent,
    ccxt_usdm_socket,
)
from tests.clients.ccxt_futures import FUTURES
from tests.clients.ccxt_spot import SPOT
from tests.clients.ccxt_usdm import USDM
from tests.clients.covering import Client
from tests.clients.sdk_futures import SDK
from tests.clients.sdk_spot import SDK_SPOT

CLIENTS: list[Client] = [FUTURES, SPOT, USDM, SDK, SDK_SPOT]
WITH_THE_REST = (ccxt_futures_socket, ccxt_spot_socket, ccxt_usdm_socket, ccxt_usdm_absent)
"""Importing a module adds its checks to the client's."""
