"""The account: what stands now, and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.ledger import unit_asset
from longshore.engine.legs import market_at
from longshore.engine.margin import (
    equity_atoms,
    free_atoms,
    initial_with_orders_atoms,
    maintenance_atoms,
    unrealised_atoms,
)
from longshore.engine.rows import Command
from longshore.engine.state import wallet_slot
from longshore.engine.value import value_at
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.errors import REFUSED, ApiError, raise_refusal
from longshore.venue.dialects.native.markets import LimitQuery
from longshore.venue.dialects.native.positions import dollars, position_cards
from longshore.venue.dialects.native.schema.account import (
    AccountReply,
    Fill,
    FundingPaymentRow,
    LedgerRow,
    LiquidationRow,
    OrderPage,
    OrderReply,
    WalletRow,
)
from longshore.venue.dialects.native.wire import Call
from longshore.venue.projections.orders import standing
from longshore.venue.views import balance, open_orders, positions, wallet_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from longshore.engine.state import State
    from longshore.rulebooks import AssetInfo
    from longshore.venue.context import Venue

FRESH_START_ATOMS = 10_000 * 10**8


async def get_account(call: Call) -> AccountReply:
    """All that stands now."""
    return await account_reply(call.venue, call.account, call.account_id)


async def account_reply(venue: Venue, name: str, account_id: int) -> AccountReply:
    """An account as it stands at the view's seq."""
    fresh_starts = await venue.history.fresh_starts(account_id)
    orders = standing_orders(venue, account_id)
    cards = await position_cards(venue, account_id, orders)
    view = venue.view
    margined = [wallet_slot(account_id, kind) for kind in _margined(venue)]
    held = ((market_at(view, place), each) for place, each in positions(view, account_id))
    unrealised = sum(
        in_dollars(view, int(market.settle_asset_id), unrealised_atoms(market, each))
        for market, each in held
    )

    def total(measure: Callable[[State, int], int]) -> str:
        parts = ((unit_asset(view, wallet), measure(view, wallet)) for wallet in margined)
        return dollars(sum(in_dollars(view, int(asset), atoms) for asset, atoms in parts))

    return AccountReply(
        name=name,
        seq=int(view.seq),
        world_time=render.ms(venue.now_us),
        equity=total(equity_atoms),
        free=dollars(_free_atoms(venue, account_id)),
        initial_margin=total(initial_with_orders_atoms),
        maintenance_margin=total(maintenance_atoms),
        unrealised=dollars(unrealised),
        wallets=list(_wallets(venue, account_id)),
        positions=cards,
        position_mode="hedge" if view.accounts[account_id].hedged else "one_way",
        orders=orders,
        can_start_fresh=can_start_fresh(venue, account_id),
        fresh_starts=fresh_starts,
    )


def in_dollars(view: State, asset_id: int, atoms: int) -> int:
    """Money of an asset at its index; a coin without one counts for nothing."""
    asset = view.assets[asset_id]
    if asset.is_settlement:
        return int(atoms)
    return int(atoms) * int(asset.index_subticks) // int(asset.value_divisor)


def _margined(venue: Venue) -> list[int]:
    return [kind for kind in wallet_kinds(venue.view) if kind != WalletKind.CASH]


def _free_atoms(venue: Venue, account_id: int) -> int:
    flex = wallet_slot(account_id, WalletKind.FLEX)
    return free_atoms(venue.view, flex, venue.catalog.settlement.asset_id)


def standing_orders(venue: Venue, account_id: int) -> list[OrderReply]:
    """The account's open orders, newest first."""
    return [
        render.order_reply(
            venue.catalog.market(int(order.market_id)),
            standing(venue.view, order, venue.client_ids.text_of(order)),
        )
        for order in open_orders(venue.view, account_id)
    ]


def _wallets(venue: Venue, account_id: int) -> Iterator[WalletRow]:
    """Balances that hold something; the settlement balance of the flex wallet always."""
    for kind in wallet_kinds(venue.view):
        for asset in venue.catalog.assets.values():
            row = balance(venue.view, account_id, kind, asset.asset_id)
            if row.amount_atoms or (kind == WalletKind.FLEX and asset.is_settlement):
                yield WalletRow(
                    wallet=render.wallet_name(venue.catalog, kind),
                    asset=asset.symbol,
                    amount=render.money(row.amount_atoms, venue.catalog, asset.asset_id),
                    held=render.money(row.hold_atoms, venue.catalog, asset.asset_id),
                    value=_value(venue, asset, int(row.amount_atoms)),
                )


def _value(venue: Venue, asset: AssetInfo, amount_atoms: int) -> str | None:
    """An amount in dollars at index; None while there is no index price."""
    if asset.is_settlement:
        return dollars(amount_atoms)
    row = venue.view.assets[asset.asset_id]
    if not row.index_subticks:
        return None
    return dollars(in_dollars(venue.view, asset.asset_id, amount_atoms))


def can_start_fresh(venue: Venue, account_id: int) -> bool:
    """Whether the account's free practice money is below the value of the smallest order."""
    view = venue.view
    markets = [view.markets[info.market_id] for info in venue.catalog.margined]
    smallest = [
        in_dollars(view, int(m.settle_asset_id), abs(value_at(m, m.mark_subticks, 1)))
        for m in markets
        if m.mark_subticks
    ]
    return bool(smallest) and _free_atoms(venue, account_id) < min(smallest)


async def fresh_start(call: Call) -> AccountReply:
    """New practice money for an account that has too little left for the smallest order."""
    venue = call.venue
    if not can_start_fresh(venue, call.account_id):
        message = "There is still practice money to trade with."
        raise ApiError(REFUSED, "NOT_NEEDED", message)
    command = Command(
        kind=CommandKind.DEPOSIT,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=venue.catalog.settlement.asset_id,
        to_wallet=WalletKind.FLEX,
        amount_atoms=FRESH_START_ATOMS,
    )
    [events] = await venue.submit([command])
    raise_refusal(events)
    return await get_account(call)


async def list_orders(call: Call, query: LimitQuery) -> OrderPage:
    """Open orders, and all orders by placement, newest first."""
    records = await call.venue.history.orders(call.account_id, query.span())
    catalog = call.venue.catalog
    return OrderPage(
        open=standing_orders(call.venue, call.account_id),
        history=[render.order_reply(catalog.market(r.market_id), r) for r in records],
    )


async def list_fills(call: Call, query: LimitQuery) -> list[Fill]:
    """The account's fills, newest first."""
    records = await call.venue.history.fills(call.account_id, query.span())
    return [render.fill(call.venue.catalog, record) for record in records]


async def list_funding_payments(call: Call, query: LimitQuery) -> list[FundingPaymentRow]:
    """Funding paid and received, newest first."""
    records = await call.venue.history.funding_payments(call.account_id, query.span())
    return [render.funding_payment(call.venue.catalog, record) for record in records]


async def list_ledger(call: Call, query: LimitQuery) -> list[LedgerRow]:
    """Every move of the account's money, newest first."""
    records = await call.venue.history.ledger(call.account_id, query.span())
    return [render.ledger_row(call.venue.catalog, record) for record in records]


async def list_liquidations(call: Call, query: LimitQuery) -> list[LiquidationRow]:
    """The account's liquidations, newest first; `/explain` tells each."""
    records = await call.venue.history.liquidations(call.account_id, query.span())
    return [render.liquidation_row(call.venue.catalog, record) for record in records]
