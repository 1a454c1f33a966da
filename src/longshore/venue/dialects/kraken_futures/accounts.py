"""`accounts`: the cash wallet and the multi-collateral one; `transfer` between them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from longshore.engine.codes import Origin, Reject, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.rulebooks import ConversionError, UnknownSymbolError
from longshore.venue import views, wallets
from longshore.venue.dialects.kraken_futures.errors import ACCOUNT_INACTIVE, SHUT, refused
from longshore.venue.dialects.kraken_futures.order_events import refusal
from longshore.venue.dialects.kraken_futures.values import Json, money, number

if TYPE_CHECKING:
    from longshore.rulebooks import AssetInfo
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call
    from longshore.venue.wallets import Holding

WALLETS = {"cash": WalletKind.CASH, "flex": WalletKind.FLEX}
ASSET_NAMES = {"BTC": "XBT"}
TRANSFER_REFUSALS: dict[Reject, str] = {
    Reject.INSUFFICIENT_FUNDS: "insufficientFunds",
    Reject.INSUFFICIENT_MARGIN: "insufficientFunds",
    Reject.AMOUNT_NOT_POSITIVE: "invalidAmount",
    Reject.AMOUNT_TOO_LARGE: "invalidAmount",
    Reject.NOT_MARGINABLE: "invalidUnit",
    Reject.UNKNOWN_WALLET: "invalidAccount",
    **dict.fromkeys(SHUT, ACCOUNT_INACTIVE),
}


class Transfer(msgspec.Struct, rename="camel"):
    """`transfer`."""

    from_account: str
    to_account: str
    unit: str
    amount: Decimal


class Withdrawal(msgspec.Struct, rename="camel"):
    """`withdrawal`: to the spot account."""

    currency: str
    amount: Decimal
    source_wallet: str = "cash"


async def accounts(api: Api, call: Call) -> Json:
    """GET accounts."""
    return {"accounts": {"cash": _cash(api, call.account_id), "flex": _flex(api, call.account_id)}}


def cash_balances(api: Api, account_id: int) -> dict[str, Decimal]:
    """What the cash wallet holds, by asset."""
    return {
        asset.symbol: number(asset.amount(_cash_atoms(api, account_id, asset)))
        for asset in api.venue.catalog.assets.values()
    }


def _cash_atoms(api: Api, account_id: int, asset: AssetInfo) -> int:
    balance = views.balance(api.view, account_id, WalletKind.CASH, asset.asset_id)
    return balance.amount_atoms


def _cash(api: Api, account_id: int) -> Json:
    held = cash_balances(api, account_id)
    balances = {symbol.lower(): amount for symbol, amount in held.items()}
    return {"type": "cashAccount", "balances": balances}


def _flex(api: Api, account_id: int) -> Json:
    whole = wallets.total(api.venue, account_id)
    cross = wallets.figures(api.venue, account_id, WalletKind.FLEX)
    held = wallets.holdings(api.venue, account_id)
    return {
        "type": "multiCollateralMarginAccount",
        "currencies": {holding.asset.symbol: _currency(holding) for holding in held},
        "balanceValue": money(whole.balance),
        "portfolioValue": money(whole.balance + whole.unrealised),
        "collateralValue": money(whole.collateral),
        "initialMargin": money(whole.initial),
        "initialMarginWithOrders": money(whole.initial_with_orders),
        "maintenanceMargin": money(whole.maintenance),
        "pnl": money(whole.pnl),
        "unrealizedFunding": money(whole.funding),
        "totalUnrealized": money(whole.unrealised),
        "totalUnrealizedAsMargin": money(whole.unrealised),
        "marginEquity": money(whole.equity),
        "availableMargin": money(cross.available),
    }


def _currency(holding: Holding) -> Json:
    return {
        "quantity": number(holding.asset.amount(holding.amount)),
        "value": money(holding.value),
        "collateral": money(holding.collateral),
        "available": number(holding.asset.amount(holding.free)),
    }


async def transfer(api: Api, call: Call) -> Json:
    """POST transfer: money between the cash and the multi-collateral wallet."""
    asked = call.form(Transfer)
    asset = _asset(api, asked.unit)
    wallets = _wallet(asked.from_account), _wallet(asked.to_account)
    await _move(api, call.account_id, asset, wallets, _atoms(asset, asked.amount))
    return {}


async def withdraw(api: Api, call: Call) -> Json:
    """POST withdrawal: money to the spot account, which is the cash wallet here.

    What lies there already stays where it is, if there is so much of it.
    """
    asked = call.form(Withdrawal)
    asset = _asset(api, asked.currency)
    source, atoms = _wallet(asked.source_wallet), _atoms(asset, asked.amount)
    if atoms <= 0:
        raise refused("invalidAmount")
    if source != WalletKind.CASH:
        await _move(api, call.account_id, asset, (source, WalletKind.CASH), atoms)
    elif _cash_atoms(api, call.account_id, asset) < atoms:
        raise refused("insufficientFunds")
    return {"uid": str(uuid4())}


async def _move(
    api: Api, account_id: int, asset: AssetInfo, wallets: tuple[int, int], atoms: int
) -> None:
    command = Command(
        kind=CommandKind.TRANSFER,
        origin=Origin.USER,
        account_id=account_id,
        asset_id=asset.asset_id,
        from_wallet=wallets[0],
        to_wallet=wallets[1],
        amount_atoms=atoms,
    )
    (events,) = await api.submit([command])
    event = refusal(events)
    if event is not None:
        raise refused(TRANSFER_REFUSALS.get(Reject(event.reject), "invalidArgument"))


def _asset(api: Api, unit: str) -> AssetInfo:
    symbol = unit.upper()
    try:
        return api.venue.catalog.asset(ASSET_NAMES.get(symbol, symbol))
    except UnknownSymbolError:
        raise refused("invalidUnit") from None


def _wallet(name: str) -> int:
    kind = WALLETS.get(name.lower())
    if kind is None:
        raise refused("invalidAccount")
    return kind


def _atoms(asset: AssetInfo, amount: Decimal) -> int:
    try:
        return asset.atoms(amount)
    except ConversionError:
        raise refused("invalidAmount") from None
