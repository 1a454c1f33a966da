"""Markets and assets by symbol, and exact conversion between decimals and the engine's integers.

Nothing is ever rounded here: a price off the tick or a size off the lot is refused by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from longshore.engine.codes import MarketKind

INTEGER_MAX = 2**62


class ConversionError(ValueError):
    """A decimal that has no exact integer in the engine."""


class NotAMultipleError(ConversionError):
    """The value is no whole multiple of the tick, the lot or the atom."""


class OutOfRangeError(ConversionError):
    """The value is not a number, or too large for any order."""


class UnknownSymbolError(KeyError):
    """No market or asset of this name or number in the rulebook."""

    def __str__(self) -> str:
        """The message without the quotes a KeyError adds."""
        return str(self.args[0])


def steps(value: Decimal, step: Decimal, what: str) -> int:
    """value / step, which must be whole. Raises NotAMultipleError or OutOfRangeError."""
    size = value.copy_abs()  # unlike abs(), it keeps any exponent as it is
    if not value.is_finite() or size > step * INTEGER_MAX:
        raise OutOfRangeError(f"{what} {value} is out of range")
    if 0 < size < step:  # here, because the rest of a tiny value would round to nothing
        raise NotAMultipleError(f"{what} {value} is no multiple of {step:f}")
    count, rest = divmod(value, step)
    if rest:
        raise NotAMultipleError(f"{what} {value} is no multiple of {step:f}")
    return int(count)


class AssetInfo(msgspec.Struct, frozen=True):
    """An asset: its number in the engine and its units. `code` is what people call it (BTC)."""

    symbol: str
    code: str
    title: str
    asset_id: int
    decimals: int
    price_decimals: int
    haircut: Decimal
    is_settlement: bool

    def atoms(self, amount: Decimal) -> int:
        """An amount in the asset's smallest parts."""
        return steps(amount, Decimal(1).scaleb(-self.decimals), f"{self.symbol} amount")

    def amount(self, atoms: int) -> Decimal:
        """Atoms as a decimal amount."""
        return Decimal(atoms).scaleb(-self.decimals)

    def subticks(self, price: Decimal) -> int:
        """An index price in sub-ticks."""
        return steps(price, Decimal(1).scaleb(-self.price_decimals), f"{self.symbol} index price")

    def price(self, subticks: int) -> Decimal:
        """Sub-ticks, of the index or of a mark, as a decimal price."""
        return Decimal(subticks).scaleb(-self.price_decimals)


class MarketInfo(msgspec.Struct, frozen=True):
    """A market: its number in the engine, what it trades and its steps."""

    symbol: str
    venue_id: str
    market_id: int
    kind: MarketKind
    base: AssetInfo
    quote: AssetInfo
    settle: AssetInfo
    contract_value: Decimal
    tick_size: Decimal
    lot_size: Decimal
    order_max: Decimal
    position_max: Decimal | None
    impact_size: Decimal | None
    leverage_max: Decimal | None

    @property
    def is_margined(self) -> bool:
        """Whether it has margin and liquidation."""
        return self.kind != MarketKind.SPOT

    @property
    def is_inverse(self) -> bool:
        """Whether a unit of size is worth a fixed sum of quote money."""
        return self.kind in (MarketKind.INVERSE_PERPETUAL, MarketKind.INVERSE_FUTURE)

    @property
    def is_in_coins(self) -> bool:
        """Whether it is margined by a coin's own wallet, not by the multi-collateral one."""
        return not self.settle.is_settlement

    @property
    def priced_by(self) -> list[AssetInfo]:
        """The assets whose index it needs: its base, and the coin that it settles in."""
        return [self.base, self.settle] if self.is_in_coins else [self.base]

    @property
    def is_dollar_perpetual(self) -> bool:
        """Whether it is a linear perpetual of the multi-collateral wallet."""
        return self.kind == MarketKind.LINEAR_PERPETUAL and not self.is_in_coins

    def price_ticks(self, price: Decimal) -> int:
        """An order price in ticks."""
        return steps(price, self.tick_size, f"{self.symbol} price")

    def price(self, ticks: int) -> Decimal:
        """Ticks as a decimal price."""
        return ticks * self.tick_size

    def qty_lots(self, size: Decimal) -> int:
        """An order size in lots."""
        return steps(size, self.lot_size, f"{self.symbol} size")

    def size(self, lots: int) -> Decimal:
        """Lots as a decimal size."""
        return lots * self.lot_size

    def mark(self, subticks: int) -> Decimal:
        """A mark price in sub-ticks as a decimal."""
        return self.base.price(subticks)


class Catalog:
    """Every market and asset of a rulebook, by symbol and by number."""

    def __init__(self, assets: Iterable[AssetInfo], markets: Iterable[MarketInfo]) -> None:
        """Index both lists; symbols and numbers are unique."""
        self.assets = {asset.symbol: asset for asset in assets}
        self.markets = {market.symbol: market for market in markets}
        self._assets_by_id = {asset.asset_id: asset for asset in self.assets.values()}
        self._markets_by_id = {market.market_id: market for market in self.markets.values()}

    def asset(self, key: str | int) -> AssetInfo:
        """An asset by symbol or number. Raises UnknownSymbolError."""
        found = self._assets_by_id.get(key) if isinstance(key, int) else self.assets.get(key)
        if found is None:
            raise UnknownSymbolError(f"no asset {key!r}")
        return found

    def market(self, key: str | int) -> MarketInfo:
        """A market by symbol or number. Raises UnknownSymbolError."""
        found = self._markets_by_id.get(key) if isinstance(key, int) else self.markets.get(key)
        if found is None:
            raise UnknownSymbolError(f"no market {key!r}")
        return found

    @property
    def settlement(self) -> AssetInfo:
        """The asset that linear markets settle in."""
        return next(asset for asset in self.assets.values() if asset.is_settlement)

    @property
    def margined(self) -> list[MarketInfo]:
        """The markets with margin, in order of number."""
        return [market for market in self.markets.values() if market.is_margined]

    @property
    def dollar_perpetuals(self) -> list[MarketInfo]:
        """The linear perpetuals of the multi-collateral wallet, in order of number."""
        return [market for market in self.margined if market.is_dollar_perpetual]
