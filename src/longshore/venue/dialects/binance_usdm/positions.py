"""`positionRisk` and `adlQuantile`: positions, with what they hang on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from longshore.engine.legs import is_hedged, leg_at
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.margin import (
    initial_of,
    initial_with_orders_of,
    maintenance_of,
    position_wallet,
    unrealised_atoms,
)
from longshore.engine.state import wallet_kind
from longshore.engine.value import value_at
from longshore.explain.figures import break_even_subticks
from longshore.explain.risk import liquidation
from longshore.venue import views
from longshore.venue.dialects.binance_usdm.api import (
    average_price,
    mark_text,
    money_text,
    size_text,
)
from longshore.venue.dialects.binance_usdm.decode import MaybeSymbol
from longshore.venue.dialects.binance_usdm.leverage import (
    leverage_of,
    max_notional_text,
)
from longshore.venue.dialects.binance_usdm.order_objects import LEGS
from longshore.venue.dialects.binance_usdm.values import Json, millis
from longshore.venue.history import Span
from longshore.venue.unwinding import BAND, percentile

if TYPE_CHECKING:
    from longshore.engine.rows import Market, Position
    from longshore.rulebooks import MarketInfo
    from longshore.venue.dialects.binance_usdm.api import Api
    from longshore.venue.dialects.binance_usdm.call import Call

QUANTILE_LOWEST = 1
NO_QUANTILE = 0


class Held(NamedTuple):
    """One position of an account, also one that is empty."""

    market: MarketInfo
    account_id: int
    place: int
    row: Market
    position: Position

    @property
    def is_used(self) -> bool:
        """Whether it holds anything, or may come to by an order."""
        return bool(self.position.qty_lots or self.position.orders_count)


class Amounts(msgspec.Struct):
    """What a position is worth and needs, in atoms."""

    notional: int
    unrealised: int
    initial: int
    initial_with_orders: int
    maintenance: int
    isolated_wallet: int
    buys: int
    sells: int

    @property
    def open_orders(self) -> int:
        """What its orders need beside it."""
        return self.initial_with_orders - self.initial

    @property
    def isolated_margin(self) -> int:
        """What its own wallet is worth; 0 for a cross position."""
        return self.isolated_wallet + self.unrealised if self.isolated_wallet else 0


def held_in(api: Api, account_id: int, markets: list[MarketInfo]) -> Iterator[Held]:
    """An account's positions in markets: one each, or a long and a short leg."""
    for market in markets:
        legs = (0, MARKETS_MAX) if is_hedged(api.view, account_id, market.market_id) else (0,)
        for leg in legs:
            place = market.market_id + leg
            position = views.position(api.view, account_id, place)
            yield Held(market, account_id, place, api.row(market), position)


def amounts(api: Api, held: Held) -> Amounts:
    """The amounts of a position, by the engine's own rules."""
    view, position, whose = api.view, held.position, (held.account_id, held.place)
    wallet = position_wallet(view, *whose)
    settle, kind = held.market.settle.asset_id, wallet_kind(wallet)
    own = views.balance(view, held.account_id, kind, settle).amount_atoms
    return Amounts(
        notional=value_at(held.row, held.row.mark_subticks, position.qty_lots),
        unrealised=unrealised_atoms(held.row, position),
        initial=initial_of(view, *whose),
        initial_with_orders=initial_with_orders_of(view, *whose),
        maintenance=maintenance_of(view, *whose),
        isolated_wallet=own if position.isolated else 0,
        buys=position.buy_value_atoms,
        sells=position.sell_value_atoms,
    )


async def risk(api: Api, call: Call) -> list[Json]:
    """GET v3/positionRisk: positions that hold something or have orders."""
    markets = api.markets(call.form(MaybeSymbol).symbol)
    found = [held for held in held_in(api, call.account_id, markets) if held.is_used]
    return [await _risk(api, held) for held in found]


async def risk_v2(api: Api, call: Call) -> list[Json]:
    """GET v2/positionRisk: every position there can be, with leverage and mode."""
    markets = api.markets(call.form(MaybeSymbol).symbol)
    return [
        {**await _risk(api, held), **_terms(api, held)}
        for held in held_in(api, call.account_id, markets)
    ]


def _terms(api: Api, held: Held) -> Json:
    return {
        "leverage": str(leverage_of(held.market, held.position)),
        "maxNotionalValue": max_notional_text(api, held.market, held.position),
        "marginType": "isolated" if held.position.isolated else "cross",
        "isAutoAddMargin": str(held.position.tops_up == 1).lower(),
    }


async def _risk(api: Api, held: Held) -> Json:
    market, position = held.market, held.position
    worth = amounts(api, held)
    entry = average_price(market, position.entry_value_atoms, position.qty_lots)
    return {
        "symbol": market.symbol,
        "positionSide": LEGS[leg_at(api.view, held.account_id, held.place)],
        "positionAmt": size_text(market, position.qty_lots),
        "entryPrice": mark_text(entry),
        "breakEvenPrice": mark_text(break_even(api, held)),
        "markPrice": mark_text(api.mark(market)),
        "unRealizedProfit": money_text(market, worth.unrealised),
        "liquidationPrice": mark_text(_liquidation_price(api, held)),
        "isolatedMargin": money_text(market, worth.isolated_margin),
        "notional": money_text(market, worth.notional),
        "marginAsset": market.settle.code,
        "isolatedWallet": money_text(market, worth.isolated_wallet),
        "initialMargin": money_text(market, worth.initial_with_orders),
        "maintMargin": money_text(market, worth.maintenance),
        "positionInitialMargin": money_text(market, worth.initial),
        "openOrderInitialMargin": money_text(market, worth.open_orders),
        "adl": await _quantile(api, held),
        "bidNotional": money_text(market, worth.buys),
        "askNotional": money_text(market, worth.sells),
        "updateTime": await updated_ms(api, held),
    }


def break_even(api: Api, held: Held) -> Decimal:
    """The price at which closing it gives back what it cost; 0 of nothing."""
    if not held.position.qty_lots:
        return Decimal(0)
    found = break_even_subticks(api.view, held.row, held.position, held.account_id)
    return held.market.mark(int(found))


def _liquidation_price(api: Api, held: Held) -> Decimal:
    """The mark that liquidates it, all others standing still; 0 where no price alone does."""
    if not held.position.qty_lots:
        return Decimal(0)
    found = liquidation(api.view, held.account_id, held.place)
    return held.market.mark(found.subticks) if found.state == "price" else Decimal(0)


async def updated_ms(api: Api, held: Held) -> int:
    """When the account last traded in the market; 0: never."""
    span = Span(limit=1)
    fills = await api.venue.history.fills(held.account_id, span, held.market.market_id)
    return millis(fills[0].time_us) if fills else 0


async def adl_quantile(api: Api, call: Call) -> list[Json]:
    """GET adlQuantile: in which fifth of its side each position ranks, 4 the first to go."""
    markets = api.markets(call.form(MaybeSymbol).symbol)
    told: dict[str, dict[str, int]] = {}
    for held in held_in(api, call.account_id, markets):
        if held.position.qty_lots:
            leg = LEGS[leg_at(api.view, held.account_id, held.place)]
            told.setdefault(held.market.symbol, {})[leg] = await _quantile(api, held)
    return [{"symbol": symbol, "adlQuantile": legs} for symbol, legs in told.items()]


async def _quantile(api: Api, held: Held) -> int:
    """0 to 4; 0 where nothing is held."""
    if not held.position.qty_lots:
        return NO_QUANTILE
    part = await percentile(api.view, held.account_id, held.place)
    return part // BAND - QUANTILE_LOWEST
