"""Practice money between an account's own wallets."""

from __future__ import annotations

from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.venue.dialects.native import draft
from longshore.venue.dialects.native.errors import bad_value, raise_refusal
from longshore.venue.dialects.native.render import money
from longshore.venue.dialects.native.schema.account import TransferResult
from longshore.venue.dialects.native.schema.bodies import TransferBody
from longshore.venue.dialects.native.wire import Call, decimal
from longshore.venue.views import balance

WALLETS = {"cash": WalletKind.CASH, "flex": WalletKind.FLEX}


async def transfer(call: Call, body: TransferBody) -> TransferResult:
    """Move an asset from the money for spot to that for futures, or back, without a fee."""
    if body.source == body.target:
        raise bad_value("Money is moved between two wallets.", "target")
    asset = draft.asset_of(call.venue.catalog, body.asset)
    command = Command(
        kind=CommandKind.TRANSFER,
        origin=Origin.USER,
        account_id=call.account_id,
        asset_id=asset.asset_id,
        from_wallet=WALLETS[body.source],
        to_wallet=WALLETS[body.target],
        amount_atoms=draft.atoms(asset, decimal(body.amount, "amount")),
    )
    [events] = await call.venue.submit([command])
    raise_refusal(events)
    held = {
        name: balance(call.venue.view, call.account_id, kind, asset.asset_id).amount_atoms
        for name, kind in WALLETS.items()
    }
    shown = {name: money(atoms, call.venue.catalog, asset.asset_id) for name, atoms in held.items()}
    return TransferResult(asset=asset.symbol, **shown)
