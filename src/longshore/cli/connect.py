"""`longshore connect`: a configuration to paste into an unmodified client."""

from __future__ import annotations

from typing import Literal

import msgspec

from longshore.cli.client import Client, Data, Url
from longshore.cli.output import Json, emit
from longshore.world.live.venues import addresses

CCXT = """\
import ccxt                        # ccxt.async_support and ccxt.pro take the same dict

exchange = ccxt.krakenfutures({config})
exchange.load_markets()
"""
BINANCE = """\
import ccxt                        # ccxt.async_support and ccxt.pro take the same dict

config = {config}
config["exceptions"] = ccxt.binanceusdm().exceptions["linear"]  # ccxt picks them by host name
exchange = ccxt.binanceusdm(config)
exchange.load_markets()
"""
SDK = """\
from kraken.futures import Funding, Market, Trade, User

user = User(key={key!r}, secret={secret!r}, url={url!r})
print(user.get_wallets())
"""
SDK_NOTE = (
    "The SDK's futures WebSocket client speaks wss:// only: serve with --tls-port, and see "
    "`longshore tls`. Its REST clients, above, need no TLS."
)


class Connection(msgspec.Struct, frozen=True):
    """What `connect --json` prints: `config` is the client's own configuration."""

    client: str
    account: str
    config: dict[str, object]
    note: str = ""


def connect(
    client: Literal["ccxt", "ccxt-binance", "sdk"],
    name: str,
    /,
    *,
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Make an API key for account NAME and print what to paste: for ccxt, or for the Kraken SDK.

    Only addresses differ from what the client would use with the venue it was written for.
    ccxt's `binanceusdm` (ccxt-binance) is for a world with the rulebook `binance_usdm`.
    """
    venue = Client(url, data)
    made = venue.post("/operator/keys", {"account": name})
    key, secret = made["key"], made["secret"]
    if client == "ccxt":
        config = ccxt_config(venue.url, key, secret)
        emit(Connection(client, name, config), json, CCXT.format(config=_literal(config)))
        return
    if client == "ccxt-binance":
        config = usdm_config(venue.url, key, secret)
        emit(Connection(client, name, config), json, BINANCE.format(config=_literal(config)))
        return
    config = {"key": key, "secret": secret, "url": venue.url}
    text = SDK.format(**config)
    emit(Connection(client, name, config, SDK_NOTE), json, text, f"# {SDK_NOTE}")


def ccxt_config(url: str, key: str, secret: str) -> dict[str, object]:
    """The argument of `ccxt.krakenfutures`."""
    return {"apiKey": key, "secret": secret, "urls": addresses(url)}


def usdm_config(url: str, key: str, secret: str) -> dict[str, object]:
    """The argument of `ccxt.binanceusdm`."""
    from longshore.testing.clients import usdm_urls

    return {"apiKey": key, "secret": secret, "urls": usdm_urls(url)}


def _literal(config: dict[str, object]) -> str:
    """The dict as Python source, one entry a line."""
    from pprint import pformat

    return pformat(config, width=100, sort_dicts=False)
