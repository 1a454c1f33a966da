"""Practice money out of the venue, as long as the operator lets it go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.explain.outcomes import withdrawals_stopped
from longshore.venue.dialects.native.draft import asset_of, atoms
from longshore.venue.dialects.native.errors import REFUSED, ApiError, raise_refusal
from longshore.venue.dialects.native.render import money
from longshore.venue.dialects.native.schema.account import WithdrawalResult
from longshore.venue.dialects.native.schema.bodies import WithdrawalBody
from longshore.venue.dialects.native.transfers import WALLETS
from longshore.venue.dialects.native.wire import Call, decimal
from longshore.venue.views import balance

if TYPE_CHECKING:
    from longshore.venue.context import Venue


def wallet_kind(venue: Venue, wallet: str, asset: str) -> int:
    """The number of a wallet by its name; `coin` is the one of that asset."""
    if wallet == "coin":
        return WalletKind.COIN + asset_of(venue.catalog, asset).asset_id
    return WALLETS[wallet]


async def withdraw(call: Call, body: WithdrawalBody) -> WithdrawalResult:
    """Practice money to the outside. Refused while the operator has stopped withdrawals."""
    venue = call.venue
    asset = asset_of(venue.catalog, body.asset)
    wallet = wallet_kind(venue, body.wallet, body.asset)
    command = Command(
        kind=CommandKind.WITHDRAW,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=asset.asset_id,
        from_wallet=wallet,
        amount_atoms=atoms(asset, decimal(body.amount, "amount")),
    )
    since_us = venue.withdrawals_stopped_us
    if since_us is not None:
        raise ApiError(REFUSED, "WITHDRAWALS_STOPPED", withdrawals_stopped(since_us))
    [events] = await venue.submit([command])
    raise_refusal(events)
    row = balance(venue.view, call.account_id, wallet, asset.asset_id)
    left = money(row.amount_atoms, venue.catalog, asset.asset_id)
    return WithdrawalResult(asset=body.asset, wallet=body.wallet, balance=left)
