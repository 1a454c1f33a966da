"""How it ended for one account in one market, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from longshore.engine.codes import OrderType, Reject, Role, WalletKind
from longshore.engine.events import EventKind
from longshore.engine.ledger import balance_atoms
from longshore.engine.margin import accrued_atoms, unrealised_atoms
from longshore.engine.rows import Event
from longshore.engine.state import State, position_slot, wallet_slot
from longshore.explain import format as fmt
from longshore.explain.outcomes import refused
from longshore.explain.sentences import say
from longshore.practice.compare.costs import amount
from longshore.practice.compare.outcome import Amount
from longshore.practice.compare.telling import CLOSED_BY, price
from longshore.rulebooks import Catalog, MarketInfo


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """One way it went. `kept`: all the account has at the end, at mark and index."""

    end: str
    told: str
    entry: str
    liquidated_at: str
    liquidation_mark: str
    ended_at: str
    kept: Amount
    paid_in: Amount
    refusals: list[str]
    digest: str
    seq: int


def ending(
    view: State, catalog: Catalog, market: MarketInfo, account_id: int, events: Sequence[Event]
) -> Ending:
    """What the account's events in the market came to; `digest` and `seq` are the caller's."""
    trades = [e for e in events if e.kind == EventKind.TRADED and e.account_id == account_id]
    trades = [e for e in trades if e.market_id == market.market_id]
    starts = [e for e in events if e.kind == EventKind.LIQUIDATION_STARTED]
    starts = [e for e in starts if (e.account_id, e.market_id) == (account_id, market.market_id)]
    held = int(view.positions[position_slot(account_id, market.market_id)].qty_lots)
    end = _end(trades, held)
    return Ending(
        end=end,
        told=say(f"what-if-end-{end}"),
        entry=f"{market.price(int(trades[0].price_ticks)):,f}" if trades else "",
        liquidated_at=fmt.moment(starts[0].time_us) if starts else "",
        liquidation_mark=str(price(market, starts[0].mark_subticks)) if starts else "",
        ended_at=fmt.moment(trades[-1].time_us) if trades and held == 0 else "",
        kept=amount(market.settle, worth_atoms(view, catalog, account_id)),
        paid_in=amount(market.settle, 0),
        refusals=refusals(events, account_id),
        digest="",
        seq=0,
    )


def _end(trades: Sequence[Event], held: int) -> str:
    """How it ended, by the last fill."""
    if held != 0:
        forced = any(trade.role > Role.TAKER for trade in trades)
        return "reduced" if forced else "open"
    if not trades:
        return "nothing"
    last = trades[-1]
    if last.role == Role.UNWIND_COUNTERPARTY:
        return "deleveraged"
    if last.role > Role.TAKER:
        return "liquidated"
    return CLOSED_BY.get(OrderType(last.type), "closed")


def refusals(events: Sequence[Event], account_id: int) -> list[str]:
    """Why the venue did not take what the account sent."""
    found = [e for e in events if e.kind == EventKind.REFUSED and e.account_id == account_id]
    return list(dict.fromkeys(refused(Reject(event.reject)) for event in found))


def worth_atoms(view: State, catalog: Catalog, account_id: int) -> int:
    """All an account has in settlement atoms: money, coins at index, what is not realised."""
    total = 0
    for wallet in _wallets(catalog, account_id):
        for asset in catalog.assets.values():
            held = int(balance_atoms(view, wallet, asset.asset_id))
            row = view.assets[asset.asset_id]
            if asset.is_settlement or held == 0:
                total += held
            else:
                total += held * int(row.index_subticks) // int(row.value_divisor)
    for market in catalog.margined:
        position = view.positions[position_slot(account_id, market.market_id)]
        if position.qty_lots != 0 and not market.is_in_coins:
            row_of = view.markets[market.market_id]
            total += int(unrealised_atoms(row_of, position))
            total += int(accrued_atoms(view, row_of, position))
    return total


def _wallets(catalog: Catalog, account_id: int) -> list[int]:
    isolated = [WalletKind.ISOLATED + market.market_id for market in catalog.margined]
    coins = [WalletKind.COIN + asset.asset_id for asset in catalog.assets.values()]
    return [
        wallet_slot(account_id, kind)
        for kind in (WalletKind.CASH, WalletKind.FLEX, *isolated, *coins)
    ]
