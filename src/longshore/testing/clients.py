"""What points clients at this venue: addresses and keys, nothing else."""

from __future__ import annotations

import importlib
from typing import Any

from longshore.testing.hands import TestingError
from longshore.world.live.venues import addresses

MODULES = {"sync": "ccxt", "async": "ccxt.async_support", "pro": "ccxt.pro"}


def spot_urls(origin: str) -> dict[str, object]:
    """The addresses of Kraken's spot API."""
    socket = origin.replace("http", "ws", 1)
    sockets = {"public": socket, "private": socket}
    newer = {"publicV2": f"{socket}/v2", "privateV2": f"{socket}/v2"}
    return {"api": {"public": origin, "private": origin, "ws": {**sockets, **newer}}}


def usdm_urls(origin: str) -> dict[str, object]:
    """The addresses of Binance's USD-M futures API, and of what its clients ask beside it."""
    futures = {
        f"fapi{access}{version}": f"{origin}/fapi/{version.lower() or 'v1'}"
        for access in ("Public", "Private")
        for version in ("", "V2", "V3")
    }
    wallet = {
        f"sapi{version}": f"{origin}/sapi/{version.lower() or 'v1'}"
        for version in ("", "V2", "V3", "V4")
    }
    socket = origin.replace("http", "ws", 1)
    data = {"fapiData": f"{origin}/futures/data", "ws": {"linear": f"{socket}/ws"}}
    return {"api": {**futures, **wallet, **data}}


URLS = {"krakenfutures": addresses, "kraken": spot_urls, "binanceusdm": usdm_urls}


def ccxt_client(name: str, kind: str, origin: str, keys: dict[str, str]) -> Any:
    """A client of ccxt for this venue, its class unchanged. Raises TestingError."""
    if name not in URLS:
        raise TestingError(f"no API of {name!r} here; there is: {', '.join(URLS)}")
    if kind not in MODULES:
        raise TestingError(f"ccxt comes as {', '.join(MODULES)}, not {kind!r}")
    try:
        module = importlib.import_module(MODULES[kind])
    except ImportError as error:
        raise TestingError("ccxt is not installed: pip install ccxt") from error
    kind_of = getattr(module, name)
    options = {"enableRateLimit": False, "urls": URLS[name](origin), **keys}
    if name == "binanceusdm":
        options["exceptions"] = kind_of().exceptions["linear"]  # ccxt picks them by host name
    return kind_of(options)
