"""What every part of the dialect works on: one venue seen through Kraken Spot's eyes."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from longshore.venue.dialects.kraken_spot import names
from longshore.venue.dialects.kraken_spot.auth import Nonces
from longshore.venue.dialects.kraken_spot.decode import parts
from longshore.venue.dialects.kraken_spot.errors import (
    UNAVAILABLE,
    UNKNOWN_ASSET,
    UNKNOWN_PAIR,
    ApiError,
)
from longshore.venue.dialects.kraken_spot.ids import WorldIds
from longshore.venue.dialects.kraken_spot.limits import Limits
from longshore.venue.dialects.kraken_spot.tokens import Tokens
from longshore.venue.dialects.kraken_spot.values import (
    PRICE_DECIMALS_MIN,
    SIZE_DECIMALS,
    fixed,
    places,
)
from longshore.world.sequencer import StoppedError

if TYPE_CHECKING:
    from longshore.engine.rows import Asset, Command, Event, Market
    from longshore.engine.state import State
    from longshore.rulebooks import AssetInfo, MarketInfo
    from longshore.venue.context import Venue

NAMES_MAX = 500
"""A list of names that is longer asks for no pair or asset there is."""


class Api:
    """A venue, the ids of its world, what its keys have used and its sockets may show."""

    def __init__(self, venue: Venue) -> None:
        """The dialect on one venue."""
        self.venue = venue
        self.ids = WorldIds(venue.world.name)
        self.nonces = Nonces()
        self.tokens = Tokens(venue.accounts)
        self.limits = Limits(venue)

    @property
    def view(self) -> State:
        """The engine's state, read-only."""
        return self.venue.view

    @cached_property
    def pairs(self) -> list[MarketInfo]:
        """The markets this API knows, in order of number."""
        markets = self.venue.catalog.markets.values()
        return [market for market in markets if not market.is_margined]

    @cached_property
    def pairs_by_name(self) -> dict[str, MarketInfo]:
        """The same by every name a request may use."""
        return names.pairs_by_name(self.pairs)

    @cached_property
    def assets_by_name(self) -> dict[str, AssetInfo]:
        """Every asset by every name a request may use."""
        return names.assets_by_name(self.venue.catalog.assets.values())

    def pair(self, name: str) -> MarketInfo:
        """A pair by any of its names in any case; refused when there is none."""
        found = self.pairs_by_name.get(name.upper())
        if found is None:
            raise ApiError(UNKNOWN_PAIR)
        return found

    def keyed_pair(self, name: str) -> tuple[str, MarketInfo]:
        """A pair and the key of its answer: its id, or the name asked for where that has a `/`."""
        market = self.pair(name)
        return (name if "/" in name else market.venue_id), market

    def keyed_pairs(self, text: str) -> list[tuple[str, MarketInfo]]:
        """The pairs of a comma-separated list with their keys; all where none is named."""
        wanted = [self.keyed_pair(name) for name in parts(text, NAMES_MAX, "pair")]
        return wanted or [(market.venue_id, market) for market in self.pairs]

    def asset(self, name: str) -> AssetInfo:
        """An asset by any of its names in any case; refused when there is none."""
        found = self.assets_by_name.get(name.upper())
        if found is None:
            raise ApiError(UNKNOWN_ASSET)
        return found

    def is_spot(self, market_id: int) -> bool:
        """Whether a market is one of this API's."""
        return not self.venue.catalog.market(market_id).is_margined

    def row(self, market: MarketInfo) -> Market:
        """Where a market stands."""
        return self.view.markets[market.market_id]

    def asset_row(self, asset: AssetInfo) -> Asset:
        """Where an asset's index stands."""
        return self.view.assets[asset.asset_id]

    async def submit(
        self, commands: list[Command], texts: dict[int, str] | None = None
    ) -> list[list[Event]]:
        """Carry out commands as one batch; refused when the world takes none any more."""
        try:
            return await self.venue.submit(commands, texts)
        except StoppedError:
            raise ApiError(UNAVAILABLE) from None


def price_decimals(market: MarketInfo) -> int:
    """The decimals of a pair's tick."""
    return places(market.tick_size)


def price_text(market: MarketInfo, price: Decimal) -> str:
    """A price as tickers, books and orders print it."""
    return fixed(price, max(PRICE_DECIMALS_MIN, price_decimals(market)))


def size_text(market: MarketInfo, lots: int) -> str:
    """A size with eight decimals."""
    return fixed(market.size(lots), max(SIZE_DECIMALS, places(market.lot_size)))


def money_text(market: MarketInfo, atoms: int) -> str:
    """An amount of the quote currency, to its smallest part."""
    return fixed(market.quote.amount(atoms), market.quote.decimals)


def amount_text(asset: AssetInfo, atoms: int) -> str:
    """An amount of an asset, to its smallest part."""
    return fixed(asset.amount(atoms), asset.decimals)
