"""Tax lots on the wire: each close beside the opening it is set against, first in, first out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from longshore.explain.lots import Lots
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.schema.account import TaxLot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from longshore.engine.rows import Event
    from longshore.explain.lots import Disposed
    from longshore.rulebooks import Catalog


def lots_of(catalog: Catalog, account_id: int, events: Iterable[Event]) -> list[Disposed]:
    """What of an account's positions and coins is gone, oldest first."""

    def coins(market_id: int, lots: int) -> tuple[int, int]:
        market = catalog.market(market_id)
        return market.base.asset_id, market.base.atoms(market.lot_size) * lots

    return Lots(account_id, catalog.settlement.asset_id, coins).take_all(events).disposed


def lot_rows(catalog: Catalog, lots: Iterable[Disposed]) -> list[TaxLot]:
    """Lots as they are exported; those of one close are numbered."""
    seen: dict[str, int] = {}
    rows = []
    for lot in lots:
        name = f"{lot.close.seq}-{lot.close.index}"
        seen[name] = seen.get(name, 0) + 1
        side = _position(catalog, lot) if lot.market_id else _coins(catalog, lot)
        rows.append(_row(catalog, lot, f"{name}-{seen[name]}", side))
    return rows


Told = tuple[str, Literal["long", "short", "coin"], str, str, int]
"""Symbol, side, size, how it went, and the asset that it is paid in."""


def _position(catalog: Catalog, lot: Disposed) -> Told:
    market = catalog.market(lot.market_id)
    how = render.cause_of(market, lot.close)
    size = render.size(market, lot.size)
    return market.symbol, "long" if lot.is_long else "short", size, how, market.settle.asset_id


def _coins(catalog: Catalog, lot: Disposed) -> Told:
    asset = catalog.asset(lot.asset_id)
    size = render.text(asset.amount(lot.size))
    return asset.symbol, "coin", size, lot.how, catalog.settlement.asset_id


def _row(catalog: Catalog, lot: Disposed, name: str, told: Told) -> TaxLot:
    symbol, side, size, how, currency = told
    opened = lot.opened

    def money(atoms: int) -> str:
        return render.money(atoms, catalog, currency)

    def known(atoms: int | None) -> str | None:
        return None if atoms is None else money(atoms)

    cost = None if opened is None or opened.value_atoms is None else abs(opened.value_atoms)
    return TaxLot(
        id=name,
        symbol=symbol,
        side=side,
        acquired=None if opened is None else render.ms(opened.time_us),
        how_acquired="" if opened is None else opened.how,
        disposed=render.ms(int(lot.close.time_us)),
        how_disposed=how,
        size=size,
        currency=catalog.asset(currency).symbol,
        cost=known(cost),
        opening_fee=money(0 if opened is None else opened.fee_atoms),
        proceeds=known(None if lot.value_atoms is None else abs(lot.value_atoms)),
        closing_fee=money(lot.fee_atoms),
        funding=money(0 if opened is None else opened.funding_atoms),
        gain=known(lot.gain_atoms),
    )
