"""The feed `balances`: wallets whole at first, then the changed ones."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from longshore.engine.codes import WalletKind
from longshore.venue import wallets
from longshore.venue.dialects.kraken_futures.accounts import cash_balances
from longshore.venue.dialects.kraken_futures.values import Json, fraction, money, number, ratio

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.wallets import Figures, Holding

LEVERAGE_DECIMALS = Decimal(1).scaleb(-12)


def holding(api: Api, account_id: int) -> Json:
    """The cash wallet."""
    return {"holding": cash_balances(api, account_id), "futures": {}}


def flex_futures(api: Api, account_id: int) -> Json:
    """The multi-collateral wallet: whole, and by isolated position and cross."""
    held = wallets.holdings(api.venue, account_id)
    isolated = {}
    for kind in wallets.margin_kinds(api.venue, account_id)[1:]:
        figures = wallets.figures(api.venue, account_id, kind)
        symbol = api.venue.catalog.market(kind - WalletKind.ISOLATED).symbol
        isolated[symbol] = _figures(figures, figures.available)
    cross = wallets.figures(api.venue, account_id, WalletKind.FLEX)
    whole = wallets.total(api.venue, account_id)
    return {
        "flex_futures": {
            "currencies": {each.asset.symbol: _currency(api, each) for each in held},
            **_figures(whole, cross.available),
            "isolated": isolated,
            "cross": {
                **_figures(cross, cross.available),
                "effective_leverage": _effective_leverage(api, account_id, cross),
            },
        }
    }


def _currency(api: Api, held: Holding) -> Json:
    row = api.view.assets[held.asset.asset_id]
    return {
        "quantity": number(held.asset.amount(held.amount)),
        "value": money(held.value),
        "collateral_value": money(held.collateral),
        "available": number(held.asset.amount(held.free)),
        "haircut": fraction(row.haircut_ppm),
        "conversion_spread": fraction(row.conversion_fee_ppm),
    }


def _figures(figures: Figures, available: int) -> Json:
    """Here `initial_margin` counts the orders; in REST it is the other way round."""
    return {
        "balance_value": money(figures.balance),
        "portfolio_value": money(figures.balance + figures.unrealised),
        "collateral_value": money(figures.collateral),
        "initial_margin": money(figures.initial_with_orders),
        "initial_margin_without_orders": money(figures.initial),
        "maintenance_margin": money(figures.maintenance),
        "pnl": money(figures.pnl),
        "unrealized_funding": money(figures.funding),
        "total_unrealized": money(figures.unrealised),
        "total_unrealized_as_margin": money(figures.unrealised),
        "margin_equity": money(figures.equity),
        "available_margin": money(available),
    }


def _effective_leverage(api: Api, account_id: int, cross: Figures) -> Decimal:
    """The value at mark of all cross positions against equity."""
    value = wallets.value_at_mark(api.venue, account_id, WalletKind.FLEX)
    return number(ratio(value, max(cross.equity, 0)).quantize(LEVERAGE_DECIMALS))
