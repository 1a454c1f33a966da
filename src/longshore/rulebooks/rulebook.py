"""A venue's rules as of a day: where each value comes from, and what they make of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import msgspec

from longshore.engine.codes import MarketKind
from longshore.engine.lifecycle import Setup
from longshore.rulebooks.asked import is_asked
from longshore.rulebooks.catalog import AssetInfo, Catalog, MarketInfo, UnknownSymbolError
from longshore.rulebooks.contracts import market_kind
from longshore.rulebooks.entries import Entry, entries
from longshore.rulebooks.market_terms import MarginedTerms, PairTerms
from longshore.rulebooks.setup import make_setup
from longshore.rulebooks.terms import Terms
from longshore.rulebooks.values import MarginTerms, Source, Value


class Rulebook:
    """One rulebook, or the part of it that a world offers (`only`)."""

    def __init__(self, terms: Terms) -> None:
        """Wrap checked terms (see `loader`)."""
        self.terms = terms
        self.catalog = Catalog(
            (_asset_info(terms, symbol) for symbol in terms.assets), _market_infos(terms)
        )

    @property
    def id(self) -> str:
        """Name and month, unique in the package."""
        return self.terms.id

    @property
    def venue(self) -> str:
        """Whose rules these are."""
        return self.terms.venue

    @property
    def region(self) -> str:
        """Where the venue applies them."""
        return self.terms.region

    @property
    def as_of(self) -> date:
        """The day the rules were read."""
        return self.terms.as_of

    @property
    def title(self) -> str:
        """Venue, region and month, as screens name it."""
        return f"{self.venue}, {self.region}, {self.as_of:%B %Y}"

    def only(self, symbols: Iterable[str]) -> Rulebook:
        """The same rules for some markets, renumbered from 1. Raises UnknownSymbolError."""
        wanted = set(symbols)
        unknown = wanted - self.catalog.markets.keys()
        if unknown:
            raise UnknownSymbolError(f"no market {', '.join(sorted(unknown))} in {self.id}")
        kept = [symbol for symbol in self.catalog.markets if symbol in wanted]
        return Rulebook(_with_markets(self.terms, kept))

    def setup(self, markets: Iterable[str] | None = None) -> Setup:
        """The engine's rows; with `markets`, those of `only(markets)`. Raises CannotHoldError."""
        return make_setup(self.terms if markets is None else self.only(markets).terms)

    def entries(self) -> Iterator[Entry]:
        """Every value with its path and unit."""
        return entries(self.terms)

    def value(self, path: str) -> Value[Any]:
        """One value by its path, such as `perpetuals.PF_XBTUSD.tick`. Raises UnknownSymbolError."""
        if path not in self._values:
            raise UnknownSymbolError(f"no value {path!r} in {self.id}")
        return self._values[path]

    @cached_property
    def _values(self) -> dict[str, Value[Any]]:
        return {entry.path: entry.value for entry in self.entries()}

    def source(self, value: Value[Any]) -> Source | None:
        """Where a value was read; None when it is our own choice."""
        return self.terms.sources.get(value.source)

    def table_of(self, symbol: str) -> str:
        """The path of a market's own table. Raises UnknownSymbolError."""
        for part in ("perpetuals", "pairs", "futures"):
            if symbol in getattr(self.terms, part):
                return f"{part}.{symbol}"
        raise UnknownSymbolError(f"no market {symbol!r} in {self.id}")

    def margin_tiers(self, symbol: str) -> list[MarginTerms]:
        """A perpetual's or a future's margin tiers, lowest first. Raises UnknownSymbolError."""
        market = self.terms.perpetuals.get(symbol) or self.terms.futures.get(symbol)
        if market is None:
            raise UnknownSymbolError(f"no perpetual {symbol!r} in {self.id}")
        return [tier.value for tier in market.tiers]

    def unverified(self) -> list[str]:
        """Paths of all values that cannot be relied on."""
        return [entry.path for entry in self.entries() if not entry.value.verified]

    def unverified_used(self, markets: Iterable[str], held: Iterable[str] = ()) -> list[str]:
        """Paths of the unverified values that a run of these markets uses; empty: faithful.

        `held`: symbols of the assets that somebody has, each of which may be collateral. Left out:
        what the ladder, the mark or the funding of this rulebook does not ask for.
        """
        prefixes = {*self._used_prefixes(set(markets)), *(f"assets.{symbol}" for symbol in held)}
        used = tuple(f"{prefix}." for prefix in prefixes)
        wanted = (path for path in self.unverified() if path.startswith(used))
        return [path for path in wanted if is_asked(self.terms, path)]

    def _used_prefixes(self, markets: set[str]) -> Iterator[str]:
        for symbol in markets:
            market = self.catalog.market(symbol)
            margined = ("perpetual", "liquidation", "fees.linear")
            yield from margined if market.is_margined else ("spot", "fees.spot")
            yield self.table_of(symbol)
            for asset in (market.base, market.quote, market.settle):
                yield f"assets.{asset.symbol}"


def _with_markets(terms: Terms, symbols: list[str]) -> Terms:
    """Terms that hold only these markets, numbered in this order."""
    numbers = {symbol: number for number, symbol in enumerate(symbols, start=1)}

    def numbered(table: dict[str, Any]) -> dict[str, Any]:
        return {
            symbol: msgspec.structs.replace(market, id=numbers[symbol])
            for symbol, market in table.items()
            if symbol in numbers
        }

    return msgspec.structs.replace(
        terms,
        perpetuals=numbered(terms.perpetuals),
        pairs=numbered(terms.pairs),
        futures=numbered(terms.futures),
    )


def _asset_info(terms: Terms, symbol: str) -> AssetInfo:
    asset = terms.assets[symbol]
    return AssetInfo(
        symbol=symbol,
        code=asset.code,
        title=asset.title,
        asset_id=asset.id,
        decimals=asset.decimals,
        price_decimals=asset.price_decimals,
        haircut=asset.haircut.value,
        is_settlement=symbol == terms.settlement,
    )


def _market_infos(terms: Terms) -> Iterator[MarketInfo]:
    for part in (terms.perpetuals, terms.pairs, terms.futures):
        for symbol, market in part.items():
            yield _market_info(terms, symbol, market)


def _market_info(terms: Terms, symbol: str, market: MarginedTerms | PairTerms) -> MarketInfo:
    margined = market if isinstance(market, MarginedTerms) else None
    settle = terms.settles_in(margined) if margined else terms.settlement
    return MarketInfo(
        symbol=symbol,
        venue_id=market.venue_id if isinstance(market, PairTerms) else symbol,
        market_id=market.id,
        kind=market_kind(margined) if margined else MarketKind.SPOT,
        base=_asset_info(terms, market.base),
        quote=_asset_info(terms, terms.settlement),
        settle=_asset_info(terms, settle),
        contract_value=margined.unit_worth if margined else Decimal(1),
        tick_size=market.tick.value,
        lot_size=market.lot.value,
        order_max=market.order_max.value,
        position_max=margined.position_max.value if margined else None,
        impact_size=margined.impact_size.value if margined else None,
        leverage_max=1 / margined.tiers[0].value.initial if margined else None,
    )
