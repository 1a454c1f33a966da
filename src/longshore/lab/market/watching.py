"""A world's events as a tape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from longshore.engine.codes import Side
from longshore.engine.events import EventKind
from longshore.engine.rows import Event
from longshore.lab.market.metas import Metas
from longshore.lab.market.sampler import Kind, Sampler
from longshore.lab.market.tape import HOUR_S, Floats, Tape, Track, floats, none
from longshore.rulebooks import Catalog, MarketInfo

STEP_S = 1.0
MICROSECONDS = 1_000_000
SUBTICKS = 10**10
META_KIND = "metaorder"
PREMIUM_STEP_S = 600
"""Hours of premium are taken every ten minutes: a short world has few whole ones."""


class Watch:
    """Takes a world's events in order; markets that are not in dollars are left out."""

    def __init__(self, catalog: Catalog, accounts: Mapping[str, int]) -> None:
        self._by_market: dict[int, Sampler] = {}
        self._by_asset: dict[int, list[Sampler]] = {}
        self._ticks: dict[int, float] = {}
        self._reached_s = 0
        self._liquidations: list[float] = []
        for market in catalog.markets.values():
            if in_dollars(market):
                self._add(market)
        working = {number for name, number in accounts.items() if name.startswith(META_KIND)}
        self._metas = Metas(working)

    def _add(self, market: MarketInfo) -> None:
        tick = float(market.price(1))
        usd = float(market.size(1))
        kind = Kind(market.symbol, market.base.symbol, market.is_margined, usd)
        sampler = Sampler(kind, STEP_S, indexed=True)
        self._by_market[market.market_id] = sampler
        self._by_asset.setdefault(market.base.asset_id, []).append(sampler)
        self._ticks[market.market_id] = tick

    def see(self, events: Iterable[Event]) -> None:
        """What happened next."""
        for event in events:
            kind = event.kind
            if event.time_us // MICROSECONDS > self._reached_s:
                self._reached_s = event.time_us // MICROSECONDS
                for sampler in self._by_market.values():
                    sampler.reach(event.time_us / MICROSECONDS)
            if kind == EventKind.BOOK_CHANGED:
                self._level(event)
            elif kind == EventKind.FILLED:
                self._fill(event)
            elif kind == EventKind.INDEX_PUBLISHED:
                for sampler in self._by_asset.get(event.asset_id, ()):
                    sampler.index = event.index_subticks / SUBTICKS
            elif kind == EventKind.LIQUIDATION_STARTED:
                self._liquidations.append(event.time_us / MICROSECONDS)

    def _level(self, event: Event) -> None:
        sampler = self._by_market.get(event.market_id)
        if sampler is not None:
            price = event.price_ticks * self._ticks[event.market_id]
            sampler.book.set(event.side == Side.BUY, price, float(event.open_lots))

    def _fill(self, event: Event) -> None:
        sampler = self._by_market.get(event.market_id)
        if sampler is None:
            return
        price = event.price_ticks * self._ticks[event.market_id]
        usd = price * event.qty_lots * sampler.kind.usd_per_unit
        signed = usd if event.side == Side.BUY else -usd
        time_s = event.time_us / MICROSECONDS
        sampler.trade(time_s, signed)
        self._metas.fill(event, time_s, signed)

    def tape(self, name: str, about: str) -> Tape:
        """All that was seen."""
        tracks = tuple(sampler.track() for sampler in self._by_market.values())
        symbols = {id_: sampler.kind.symbol for id_, sampler in self._by_market.items()}
        by_symbol = {track.symbol: track for track in tracks}
        return Tape(
            name,
            about,
            tracks,
            tuple(self._metas.told({id_: by_symbol[s] for id_, s in symbols.items()})),
            premium_hours(tracks),
            floats(self._liquidations),
        )


def in_dollars(market: MarketInfo) -> bool:
    """Whether its sizes are coins and its prices dollars."""
    return not market.is_in_coins and market.quote.symbol == "USD"


def premium_hours(tracks: Iterable[Track]) -> Floats:
    """The premium of all perpetuals, as means of an hour that begin every ten minutes."""
    made = [means for track in tracks if track.perpetual for means in (_rolling(track),)]
    return np.concatenate(made) if made else none()


def _rolling(track: Track) -> Floats:
    premium = track.mid / track.index - 1
    starts = range(0, premium.size - HOUR_S + 1, PREMIUM_STEP_S)
    return floats([np.nanmean(premium[start : start + HOUR_S]) for start in starts])
