"""`ACCOUNT_UPDATE` and `ACCOUNT_CONFIG_UPDATE`: what a command did to money and positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Reason, Role, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.legs import leg_at
from longshore.venue import views, wallets
from longshore.venue.dialects.binance_usdm.api import (
    amount_text,
    average_price,
    mark_text,
    money_text,
    size_text,
)
from longshore.venue.dialects.binance_usdm.leverage import leverage_of
from longshore.venue.dialects.binance_usdm.order_objects import LEGS
from longshore.venue.dialects.binance_usdm.positions import Held, amounts, break_even, held_in
from longshore.venue.dialects.binance_usdm.values import Json, millis

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import AssetInfo
    from longshore.venue.dialects.binance_usdm.api import Api

POSITION_KINDS = (EventKind.TRADED, EventKind.LOSS_SHARED, EventKind.POSITION_SETTLED)
UNWOUND = (Role.UNWIND_BANKRUPT, Role.UNWIND_COUNTERPARTY)
MOVES: dict[int, str] = {
    Reason.DEPOSIT: "DEPOSIT",
    Reason.WITHDRAWAL: "WITHDRAW",
    Reason.ISOLATED_MARGIN: "MARGIN_TRANSFER",
    Reason.MARGIN_TOP_UP: "MARGIN_TRANSFER",
    Reason.CONVERSION: "AUTO_EXCHANGE",
    Reason.SETTLEMENT: "ADJUSTMENT",
}
INSURANCE = "INSURANCE_CLEAR"


def account_messages(api: Api, account_id: int, events: list[Event]) -> list[Json]:
    """What one command's events of an account have to tell."""
    told = [_config(api, account_id, event) for event in events if _is_leverage(api, event)]
    moved = [
        event
        for event in events
        if event.kind == EventKind.TRANSFERRED
        and (_gave(account_id, event) or _took(account_id, event))
    ]
    changed = {
        int(event.market_id)
        for event in events
        if event.kind in POSITION_KINDS and event.account_id == account_id
    }
    markets = [market for market in api.perpetuals if market.market_id in changed]
    if not (moved or markets):
        return told
    time_ms = millis(events[-1].time_us)
    body = {
        "m": _reason(account_id, events, moved),
        "B": [_balance(api, account_id, asset, moved) for asset in _assets(api, moved)],
        "P": [_position(api, held) for held in held_in(api, account_id, markets)],
    }
    return [*told, {"e": "ACCOUNT_UPDATE", "T": time_ms, "E": time_ms, "a": body}]


def _is_leverage(api: Api, event: Event) -> bool:
    return event.kind == EventKind.LEVERAGE_SET and api.known(event.market_id)


def _config(api: Api, account_id: int, event: Event) -> Json:
    market = api.venue.catalog.market(int(event.market_id))
    position = views.position(api.view, account_id, market.market_id)
    time_ms = millis(event.time_us)
    told = {"s": market.symbol, "l": leverage_of(market, position)}
    return {"e": "ACCOUNT_CONFIG_UPDATE", "T": time_ms, "E": time_ms, "ac": told}


def _reason(account_id: int, events: list[Event], moved: list[Event]) -> str:
    """Why money or a position changed, the most telling of what happened."""
    traded = [e for e in events if e.kind == EventKind.TRADED and e.account_id == account_id]
    if any(event.role in UNWOUND for event in traded):
        return "ADL"
    if traded:
        return "ORDER"
    if any(event.kind == EventKind.FUNDING_PAID for event in events):
        return "FUNDING_FEE"
    if not moved:
        return INSURANCE
    if moved[0].reason == Reason.TRANSFER:
        return _transfer(moved[0])
    return MOVES.get(moved[0].reason, INSURANCE)


def _transfer(event: Event) -> str:
    """Between the spot wallet and the futures', or between two of these."""
    if event.other_wallet == WalletKind.CASH:
        return "WITHDRAW"
    return "DEPOSIT" if event.wallet == WalletKind.CASH else "MARGIN_TRANSFER"


def _assets(api: Api, moved: list[Event]) -> list[AssetInfo]:
    """The assets that moved, each once."""
    ids = dict.fromkeys(int(event.asset_id) for event in moved)
    return [api.venue.catalog.asset(asset_id) for asset_id in ids]


def _balance(api: Api, account_id: int, asset: AssetInfo, moved: list[Event]) -> Json:
    kinds = wallets.margin_kinds(api.venue, account_id)
    held = [
        int(views.balance(api.view, account_id, kind, asset.asset_id).amount_atoms)
        for kind in kinds
    ]
    return {
        "a": asset.code,
        "wb": amount_text(asset, sum(held)),
        "cw": amount_text(asset, held[0]),
        "bc": amount_text(asset, _change(account_id, asset, moved)),
    }


def _change(account_id: int, asset: AssetInfo, moved: list[Event]) -> int:
    """What came or went besides profit and fees."""
    change = 0
    for event in moved:
        if event.asset_id == asset.asset_id and event.reason not in (Reason.TRADE_PNL, Reason.FEE):
            sign = _took(account_id, event) - _gave(account_id, event)
            change += int(event.amount_atoms) * sign
    return change


def _gave(account_id: int, event: Event) -> bool:
    """Whether money left a futures wallet of the account."""
    return bool(event.account_id == account_id and event.wallet != WalletKind.CASH)


def _took(account_id: int, event: Event) -> bool:
    """Whether money came into one."""
    return bool(event.other_account_id == account_id and event.other_wallet != WalletKind.CASH)


def _position(api: Api, held: Held) -> Json:
    market, position = held.market, held.position
    worth = amounts(api, held)
    entry = average_price(market, position.entry_value_atoms, position.qty_lots)
    return {
        "s": market.symbol,
        "pa": size_text(market, position.qty_lots),
        "ep": mark_text(entry),
        "bep": mark_text(break_even(api, held)),
        "cr": money_text(market, position.realised_atoms),
        "up": money_text(market, worth.unrealised),
        "mt": "isolated" if position.isolated else "cross",
        "iw": money_text(market, worth.isolated_wallet),
        "ps": LEGS[leg_at(api.view, held.account_id, held.place)],
    }
