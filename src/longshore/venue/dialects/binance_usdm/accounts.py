"""`account` and `balance`: money, margin and positions of an account.

Single-asset mode: each asset stands for itself, and only what markets settle in is margin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from longshore.engine.codes import WalletKind
from longshore.engine.fees import volume_atoms
from longshore.engine.legs import leg_at
from longshore.venue import views, wallets
from longshore.venue.dialects.binance_usdm.api import (
    amount_text,
    average_price,
    mark_text,
    money_text,
    size_text,
)
from longshore.venue.dialects.binance_usdm.leverage import leverage_of, max_notional_text
from longshore.venue.dialects.binance_usdm.order_objects import LEGS
from longshore.venue.dialects.binance_usdm.positions import Held, amounts, held_in, updated_ms
from longshore.venue.dialects.binance_usdm.values import Json, millis
from longshore.venue.history import Span
from longshore.venue.wallets import Figures

if TYPE_CHECKING:
    from longshore.rulebooks import AssetInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call

ALIAS = "longshore"
ROWS_MAX = 1_000


class Money(NamedTuple):
    """What an account has of one asset, in all its futures wallets and in the cross one.

    The figures are those of what markets settle in; another asset has none.
    """

    asset: AssetInfo
    balance: int
    cross_balance: int
    whole: Figures
    cross: Figures
    free: int
    updated_ms: int


async def account(api: Api, call: Call) -> Json:
    """GET v3/account: positions that hold something or have orders."""
    money = await _money(api, call.account_id)
    held = [each for each in _held(api, call.account_id) if each.is_used]
    return {
        **_totals(money),
        "assets": [_asset(each) for each in money],
        "positions": [await _position(api, each) for each in held],
    }


async def account_v2(api: Api, call: Call) -> Json:
    """GET v2/account: every position, with leverage and mode."""
    money = await _money(api, call.account_id)
    held = _held(api, call.account_id)
    return {
        **config(api, call.account_id),
        "updateTime": 0,
        **_totals(money),
        "assets": [{**_asset(each), "marginAvailable": each.asset.is_settlement} for each in money],
        "positions": [{**await _position(api, each), **_terms(api, each)} for each in held],
    }


def _held(api: Api, account_id: int) -> list[Held]:
    return list(held_in(api, account_id, api.perpetuals))


def config(api: Api, account_id: int) -> Json:
    """What an account may do, and its fee tier."""
    market = api.perpetuals[0] if api.perpetuals else None
    return {
        "feeTier": 0 if market is None else fee_tier(api, account_id, market.market_id),
        "canTrade": True,
        "canDeposit": True,
        "canWithdraw": True,
        "feeBurn": False,
        "tradeGroupId": -1,
        "multiAssetsMargin": False,
    }


def fee_tier(api: Api, account_id: int, market_id: int) -> int:
    """The number of the highest fee tier that thirty days' volume reaches, from 0."""
    row = api.view.markets[market_id]
    volume = volume_atoms(api.view, account_id, row)
    tiers = [api.view.fee_tiers[row.fee_first + number] for number in range(row.fee_count)]
    return max((number for number, t in enumerate(tiers) if volume >= t.from_atoms), default=0)


async def _money(api: Api, account_id: int) -> list[Money]:
    """Every asset of the catalog. Funding that is accrued and not paid yet counts as paid."""
    changed = await _changed_ms(api, account_id)
    whole = wallets.total(api.venue, account_id)
    cross = wallets.figures(api.venue, account_id, WalletKind.FLEX)
    kinds = wallets.margin_kinds(api.venue, account_id)
    made = []
    for asset in api.venue.catalog.assets.values():
        held = [
            int(views.balance(api.view, account_id, kind, asset.asset_id).amount_atoms)
            for kind in kinds
        ]
        updated_ms = changed.get(asset.asset_id, 0)
        if not asset.is_settlement:
            nothing = Figures()
            made.append(Money(asset, held[0], held[0], nothing, nothing, held[0], updated_ms))
            continue
        balances = (sum(held) + whole.funding, held[0] + cross.funding)
        free = max(0, cross.available)
        made.append(Money(asset, *balances, whole, cross, free, updated_ms))
    return made


async def _changed_ms(api: Api, account_id: int) -> dict[int, int]:
    """When each asset of the account last moved."""
    rows = await api.venue.history.ledger(account_id, Span(limit=ROWS_MAX))
    return {row.asset_id: millis(row.time_us) for row in reversed(rows)}


def _totals(money: list[Money]) -> Json:
    each = next(each for each in money if each.asset.is_settlement)
    whole, cross, asset = each.whole, each.cross, each.asset
    orders = whole.initial_with_orders - whole.initial
    return {
        "totalInitialMargin": amount_text(asset, whole.initial_with_orders),
        "totalMaintMargin": amount_text(asset, whole.maintenance),
        "totalWalletBalance": amount_text(asset, each.balance),
        "totalUnrealizedProfit": amount_text(asset, whole.pnl),
        "totalMarginBalance": amount_text(asset, each.balance + whole.pnl),
        "totalPositionInitialMargin": amount_text(asset, whole.initial),
        "totalOpenOrderInitialMargin": amount_text(asset, orders),
        "totalCrossWalletBalance": amount_text(asset, each.cross_balance),
        "totalCrossUnPnl": amount_text(asset, cross.pnl),
        "availableBalance": amount_text(asset, each.free),
        "maxWithdrawAmount": amount_text(asset, each.free),
    }


def _asset(money: Money) -> Json:
    asset, whole, cross = money.asset, money.whole, money.cross
    balance = amount_text(asset, money.balance)
    orders = whole.initial_with_orders - whole.initial
    return {
        "asset": asset.code,
        "walletBalance": balance,
        "unrealizedProfit": amount_text(asset, whole.pnl),
        "marginBalance": amount_text(asset, money.balance + whole.pnl),
        "maintMargin": amount_text(asset, whole.maintenance),
        "initialMargin": amount_text(asset, whole.initial_with_orders),
        "positionInitialMargin": amount_text(asset, whole.initial),
        "openOrderInitialMargin": amount_text(asset, orders),
        "crossWalletBalance": amount_text(asset, money.cross_balance),
        "crossUnPnl": amount_text(asset, cross.pnl),
        "availableBalance": amount_text(asset, money.free),
        "maxWithdrawAmount": amount_text(asset, money.free),
        "updateTime": money.updated_ms,
    }


async def _position(api: Api, held: Held) -> Json:
    market, worth = held.market, amounts(api, held)
    return {
        "symbol": market.symbol,
        "positionSide": LEGS[leg_at(api.view, held.account_id, held.place)],
        "positionAmt": size_text(market, held.position.qty_lots),
        "unrealizedProfit": money_text(market, worth.unrealised),
        "isolatedMargin": money_text(market, worth.isolated_margin),
        "notional": money_text(market, worth.notional),
        "isolatedWallet": money_text(market, worth.isolated_wallet),
        "initialMargin": money_text(market, worth.initial_with_orders),
        "maintMargin": money_text(market, worth.maintenance),
        "updateTime": await updated_ms(api, held),
    }


def _terms(api: Api, held: Held) -> Json:
    market, position, worth = held.market, held.position, amounts(api, held)
    entry = average_price(market, position.entry_value_atoms, position.qty_lots)
    return {
        "positionInitialMargin": money_text(market, worth.initial),
        "openOrderInitialMargin": money_text(market, worth.open_orders),
        "leverage": str(leverage_of(market, position)),
        "isolated": position.isolated == 1,
        "entryPrice": mark_text(entry),
        "maxNotional": max_notional_text(api, market, position),
        "bidNotional": money_text(market, worth.buys),
        "askNotional": money_text(market, worth.sells),
    }


async def balance(api: Api, call: Call) -> list[Json]:
    """GET balance."""
    return [
        {
            "accountAlias": ALIAS,
            "asset": each.asset.code,
            "balance": amount_text(each.asset, each.balance),
            "crossWalletBalance": amount_text(each.asset, each.cross_balance),
            "crossUnPnl": amount_text(each.asset, each.cross.pnl),
            "availableBalance": amount_text(each.asset, each.free),
            "maxWithdrawAmount": amount_text(each.asset, each.free),
            "marginAvailable": each.asset.is_settlement,
            "updateTime": each.updated_ms,
        }
        for each in await _money(api, call.account_id)
    ]
