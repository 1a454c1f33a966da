"""The trees of a preview: why each line of an order's receipt is what it is."""

from __future__ import annotations

from longshore.engine.codes import Leg, Reject, Role
from longshore.engine.ledger import cross_wallet
from longshore.engine.limits import MARKETS_MAX
from longshore.engine.rows import Event, Market
from longshore.engine.state import State
from longshore.engine.value import value_atoms as value_of_fill
from longshore.explain.figures import figures
from longshore.explain.trees.fees import Fill
from longshore.explain.trees.ground import Ground
from longshore.explain.trees.node import Why
from longshore.explain.trees.orders import Costs, Deal, Match
from longshore.explain.trees.positions import Held
from longshore.explain.trees.wallets import Wallet
from longshore.practice.receipt import Draft
from longshore.practice.trial import Trial
from longshore.rulebooks import Rulebook

AFTER = ("size", "entry", "margin", "leverage", "liquidation", "break-even")


def explained(view: State, rulebook: Rulebook, draft: Draft) -> list[Why]:
    """What the receipt shows after the order and what it costs; nothing of a refused order.

    Of a spot order the fee alone: what it changes is one balance less another.
    """
    command = draft.command
    if not 1 <= command.market_id <= view.markets_count:
        return []
    trial = Trial(view, command, draft.leverage_ppm)
    if trial.refusal != Reject.NONE:
        return []
    matches = [Match(int(e.price_ticks), int(e.qty_lots)) for e in trial.trades]
    events = trial.trades + (trial.fill_rest() if trial.rests else [])
    deal = Deal(
        side=int(command.side),
        touch_ticks=trial.touch_ticks,
        own_ticks=trial.own_ticks,
        matches=matches,
        fills=[_fill(view.markets[command.market_id], event) for event in events],
    )
    account_id = int(command.account_id)
    costs = Costs(Ground(view, rulebook), account_id, int(command.market_id), deal)
    if not rulebook.catalog.market(int(command.market_id)).is_margined:
        return [costs.fee()]
    place = int(command.market_id) + (MARKETS_MAX if command.leg == Leg.SHORT else 0)
    after = Ground(trial.after, rulebook)
    held = Held(after, figures(trial.after, account_id, place), place)
    shown = [held.tree(key) for key in AFTER] if held.held.qty_lots else []
    home = int(cross_wallet(trial.after, account_id, held.market))
    return [*shown, Wallet(after, home).free(), *costs.trees(held.funding_day())]


def _fill(market: Market, event: Event) -> Fill:
    value = int(value_of_fill(market, event.price_ticks, event.qty_lots))
    return Fill(value, int(event.fee_atoms), event.role == Role.MAKER)
