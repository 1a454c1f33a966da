"""What every part of the dialect works on: one venue seen through Kraken's eyes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.rulebooks import UnknownSymbolError
from longshore.venue.dialects.kraken_futures.auth import Nonces
from longshore.venue.dialects.kraken_futures.errors import refused
from longshore.venue.dialects.kraken_futures.ids import WorldIds
from longshore.venue.dialects.kraken_futures.limits import Limits
from longshore.venue.dialects.kraken_futures.values import iso, number
from longshore.world.sequencer import StoppedError

if TYPE_CHECKING:
    from longshore.engine.rows import Asset, Command, Event, Market
    from longshore.engine.state import State
    from longshore.rulebooks import MarketInfo
    from longshore.venue.context import Venue


class Api:
    """A venue, the ids of its world, and what its keys have used of nonces and rate limits."""

    def __init__(self, venue: Venue) -> None:
        """The dialect on one venue."""
        self.venue = venue
        self.ids = WorldIds(venue.world.name)
        self.nonces = Nonces()
        self.limits = Limits(venue)

    @property
    def view(self) -> State:
        """The engine's state, read-only."""
        return self.venue.view

    @property
    def perpetuals(self) -> list[MarketInfo]:
        """The markets this API knows, in order of number."""
        return self.venue.catalog.dollar_perpetuals

    def market(self, symbol: str) -> MarketInfo:
        """A perpetual by symbol in any case; `contractNotFound` when there is none."""
        try:
            market = self.venue.catalog.market(symbol.upper())
        except UnknownSymbolError:
            raise refused("contractNotFound") from None
        if not market.is_dollar_perpetual:
            raise refused("contractNotFound")
        return market

    def row(self, market: MarketInfo) -> Market:
        """Where a market stands."""
        return self.view.markets[market.market_id]

    def base_row(self, market: MarketInfo) -> Asset:
        """Where the index of a market's base asset stands."""
        return self.view.assets[market.base.asset_id]

    def mark(self, market: MarketInfo) -> Decimal:
        """The mark price."""
        return number(market.mark(self.row(market).mark_subticks))

    def index(self, market: MarketInfo) -> Decimal:
        """The index price."""
        return number(market.base.price(self.base_row(market).index_subticks))

    async def submit(
        self, commands: list[Command], texts: dict[int, str] | None = None
    ) -> list[list[Event]]:
        """Carry out commands as one batch; `Unavailable` when the world takes none any more."""
        try:
            return await self.venue.submit(commands, texts)
        except StoppedError:
            raise refused("Unavailable") from None

    def now_iso(self) -> str:
        """The venue's clock, as `serverTime`."""
        return iso(self.venue.told_us)


def price(market: MarketInfo, ticks: int) -> Decimal:
    """An order price, as a JSON number."""
    return number(market.price(ticks))


def size(market: MarketInfo, lots: int) -> Decimal:
    """A size in contracts, as a JSON number."""
    return number(market.size(lots))


def currency(symbol: str) -> str:
    """The name Kraken Futures gives an asset as the base of an instrument."""
    return "BTC" if symbol == "XBT" else symbol
