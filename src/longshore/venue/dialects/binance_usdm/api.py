"""What every part of the dialect works on: one venue seen through Binance's eyes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.rulebooks import UnknownSymbolError
from longshore.venue.dialects.binance_usdm.errors import AWAY, BAD_ASSET, BAD_SYMBOL, ApiError
from longshore.venue.dialects.binance_usdm.listen_keys import ListenKeys
from longshore.venue.dialects.binance_usdm.values import MARK_DECIMALS, fixed, millis, places
from longshore.world.sequencer import StoppedError

if TYPE_CHECKING:
    from longshore.engine.rows import Command, Event, Market
    from longshore.engine.state import State
    from longshore.rulebooks import AssetInfo, MarketInfo
    from longshore.venue.context import Venue


class Api:
    """A venue, and the listen keys of its accounts."""

    def __init__(self, venue: Venue) -> None:
        """The dialect on one venue."""
        self.venue = venue
        self.listen_keys = ListenKeys()

    @property
    def view(self) -> State:
        """The engine's state, read-only."""
        return self.venue.view

    @property
    def perpetuals(self) -> list[MarketInfo]:
        """The markets this API knows, in order of number."""
        return self.venue.catalog.dollar_perpetuals

    @property
    def now_ms(self) -> int:
        """World time."""
        return millis(self.venue.now_us)

    @property
    def told_ms(self) -> int:
        """The venue's clock, which signed requests are held to."""
        return millis(self.venue.told_us)

    def market(self, symbol: str) -> MarketInfo:
        """A perpetual by its symbol; refused when there is none."""
        try:
            market = self.venue.catalog.market(symbol)
        except UnknownSymbolError:
            raise ApiError(BAD_SYMBOL) from None
        if not market.is_dollar_perpetual:
            raise ApiError(BAD_SYMBOL)
        return market

    def markets(self, symbol: str | None) -> list[MarketInfo]:
        """The one asked for, or all of them."""
        return [self.market(symbol)] if symbol else self.perpetuals

    def market_id(self, symbol: str | None) -> int:
        """The number of the market asked for; 0 for all."""
        return self.market(symbol).market_id if symbol else 0

    def known(self, market_id: int) -> bool:
        """Whether a market is one of this API's."""
        return bool(market_id) and self.venue.catalog.market(int(market_id)).is_dollar_perpetual

    def asset(self, code: str) -> AssetInfo:
        """An asset by what people call it; refused when there is none."""
        for asset in self.venue.catalog.assets.values():
            if asset.code == code:
                return asset
        raise ApiError(BAD_ASSET)

    def row(self, market: MarketInfo) -> Market:
        """Where a market stands."""
        return self.view.markets[market.market_id]

    def mark(self, market: MarketInfo) -> Decimal:
        """The mark price; 0 before the first."""
        return market.mark(int(self.row(market).mark_subticks))

    def index(self, market: MarketInfo) -> Decimal:
        """The index price of a market's base; 0 before the first."""
        return market.base.price(int(self.view.assets[market.base.asset_id].index_subticks))

    async def submit(
        self, commands: list[Command], texts: dict[int, str] | None = None
    ) -> list[list[Event]]:
        """Carry out commands as one batch; refused when the world takes none any more."""
        try:
            return await self.venue.submit(commands, texts)
        except StoppedError:
            raise ApiError(AWAY, 503) from None


def price_text(market: MarketInfo, ticks: int) -> str:
    """An order price, with the decimals of its tick."""
    return fixed(market.price(int(ticks)), places(market.tick_size))


def size_text(market: MarketInfo, lots: int) -> str:
    """A size, with the decimals of its lot."""
    return fixed(market.size(int(lots)), places(market.lot_size))


def money_text(market: MarketInfo, atoms: int) -> str:
    """An amount of what a market settles in, to its smallest part."""
    return amount_text(market.settle, atoms)


def amount_text(asset: AssetInfo, atoms: int) -> str:
    """An amount of an asset, to its smallest part."""
    return fixed(asset.amount(int(atoms)), asset.decimals)


def mark_text(price: Decimal) -> str:
    """A mark, an index or an average: finer than a tick."""
    return fixed(price, MARK_DECIMALS)


def average_price(market: MarketInfo, value_atoms: int, lots: int) -> Decimal:
    """Value over size; 0 of nothing."""
    if not lots:
        return Decimal(0)
    return abs(
        market.settle.amount(int(value_atoms)) / (market.size(int(lots)) * market.contract_value)
    )
