"""What can be done when little of the safety buffer is left, each with what would be left then.

All are tried on a copy of the state by the engine: closing half or all of it at market, as much
margin as brings the buffer back to what it was, or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Leg, OrderType, Origin, Reject, Side, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.ledger import cross_wallet
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Command
from longshore.engine.state import wallet_kind
from longshore.explain.figures import Figures, figures
from longshore.practice.guardrails.log import Choice
from longshore.practice.trial import refusal_of
from longshore.practice.whatif import WhatIf

if TYPE_CHECKING:
    from longshore.engine.state import State


class Option(msgspec.Struct, frozen=True):
    """One thing to do: how many lots to close, how much margin to add, and how it stands then.

    `after` None: it cannot be done now.
    """

    choice: Choice
    lots: int
    margin_atoms: int
    after: Figures | None


def options(view: State, account_id: int, place: int) -> list[Option]:
    """The four choices for a position that is held."""
    held = figures(view, account_id, place)
    lots = abs(held.qty_lots)
    return [
        _closing(view, held, place, "reduce", lots // 2),
        _closing(view, held, place, "close", lots),
        _adding(view, held, place),
        Option("keep", 0, 0, held),
    ]


def _closing(view: State, held: Figures, place: int, choice: Choice, lots: int) -> Option:
    hedged = view.accounts[held.account_id].hedged
    leg = Leg.LONG if held.is_long else Leg.SHORT
    command = Command(
        kind=CommandKind.PLACE_ORDER,
        origin=Origin.USER,
        account_id=held.account_id,
        market_id=place % MARKETS_MAX,
        side=Side.SELL if held.is_long else Side.BUY,
        type=OrderType.MARKET,
        qty_lots=lots,
        reduce_only=1,
        leg=leg if hedged else Leg.ONE_WAY,
    )
    return Option(choice, lots, 0, _after(view, held, place, command) if lots else None)


def _adding(view: State, held: Figures, place: int) -> Option:
    """As much as is missing of the full buffer, or all that is free."""
    left = held.equity_atoms - held.maintenance_atoms
    missing = int(view.wallets[held.wallet].buffer_full_atoms) - left
    atoms = max(0, min(missing, held.free_atoms))
    market = view.markets[held.market_id]
    command = Command(
        kind=CommandKind.TRANSFER,
        origin=Origin.USER,
        account_id=held.account_id,
        asset_id=market.settle_asset_id,
        from_wallet=wallet_kind(cross_wallet(view, held.account_id, market)),
        to_wallet=WalletKind.ISOLATED + held.market_id,
        amount_atoms=atoms,
    )
    can = held.is_isolated and atoms > 0
    return Option("add", 0, atoms, _after(view, held, place, command) if can else None)


def _after(view: State, held: Figures, place: int, command: Command) -> Figures | None:
    tried = WhatIf(view)
    if refusal_of(tried.run(command)) != Reject.NONE:
        return None
    return figures(tried.view, held.account_id, place)
