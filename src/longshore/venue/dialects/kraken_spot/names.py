"""Kraken's names of assets and pairs.

Its oldest assets have an id with X or Z before a three-letter name; those of newer ones, and the
`altname` of all, are plain. Sockets v2 call bitcoin BTC and dogecoin DOGE, everything else XBT and
XDG.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from longshore.rulebooks import AssetInfo, MarketInfo

LEGACY_IDS = {
    "XBT": "XXBT",
    "ETH": "XETH",
    "XDG": "XXDG",
    "XRP": "XXRP",
    "LTC": "XLTC",
    "USD": "ZUSD",
    "EUR": "ZEUR",
    "GBP": "ZGBP",
}
ALTNAMES = {"DOGE": "XDG"}


def altname(asset: AssetInfo) -> str:
    """What `Assets` calls the asset's other name: `XBT`, `USD`, `SOL`."""
    return ALTNAMES.get(asset.symbol, asset.symbol)


def asset_id(asset: AssetInfo) -> str:
    """What balances are keyed by: `XXBT`, `ZUSD`, `SOL`."""
    return LEGACY_IDS.get(altname(asset), altname(asset))


def pair_altname(market: MarketInfo) -> str:
    """`XBTUSD`."""
    return altname(market.base) + altname(market.quote)


def pair_wsname(market: MarketInfo) -> str:
    """`XBT/USD`."""
    return f"{altname(market.base)}/{altname(market.quote)}"


def pair_symbol(market: MarketInfo) -> str:
    """`BTC/USD`, as sockets v2 say it."""
    return f"{market.base.code}/{market.quote.code}"


def assets_by_name(assets: Iterable[AssetInfo]) -> dict[str, AssetInfo]:
    """Every name under which a request may ask for an asset."""
    made: dict[str, AssetInfo] = {}
    for asset in assets:
        names = (asset_id(asset), altname(asset), asset.symbol, asset.code)
        made |= dict.fromkeys(names, asset)
    return made


def pairs_by_name(markets: Iterable[MarketInfo]) -> dict[str, MarketInfo]:
    """Every name under which a REST request may ask for a pair."""
    made: dict[str, MarketInfo] = {}
    for market in markets:
        codes = market.base.code + market.quote.code
        plain = (market.venue_id, pair_altname(market), codes)
        made |= dict.fromkeys((*plain, pair_wsname(market), pair_symbol(market)), market)
    return made
