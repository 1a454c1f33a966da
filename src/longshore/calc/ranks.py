"""Who is unwound against first: the engine's own choice, asked again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from longshore.calc.desk import Desk
from longshore.calc.given import Position, Why
from longshore.calc.numbers import Number, unscaled
from longshore.engine.adl import highest_ranked
from longshore.engine.ranks import rank_score
from longshore.engine.state import position_slot

SCORE_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Somebody with one position; without leverage it is margined by a balance of its own money."""

    name: str
    position: Position
    balance: Number | None = None


@dataclass(frozen=True)
class Ranked:
    """A holder's place, from 1, and score: a plain number, the loss as a fraction if below zero."""

    place: int
    name: str
    score: Decimal
    why: tuple[Why, ...]


def adl_rank(
    *, holders: Sequence[Holder], mark: Number, rulebook: str = "kraken"
) -> tuple[Ranked, ...]:
    """The order in which positions of one market and side are unwound at a mark (LIQD-009).

    Where scores are equal, who stands first in `holders` comes first.

    >>> def held(name, entry, leverage):
    ...     position = Position(
    ...         symbol="PF_XBTUSD", side="short", qty="1", entry=entry, leverage=leverage)
    ...     return Holder(name=name, position=position)
    >>> queue = adl_rank(holders=[held("a", "84000", 2), held("b", "84000", 10)], mark="80000")
    >>> [(each.place, each.name) for each in queue]
    [(1, 'b'), (2, 'a')]
    """
    if not holders:
        return ()
    first = holders[0].position
    if any(
        (each.position.symbol, each.position.side) != (first.symbol, first.side) for each in holders
    ):
        raise ValueError("a queue is of positions in one market, all long or all short")
    desk = Desk(rulebook, [first.symbol])
    names = {_enter(desk, each): each.name for each in holders}
    desk.stand(Position(symbol=first.symbol, side=first.side, qty=1, entry=mark))
    market = desk.market(first.symbol)
    unwound = 1 if first.side == "short" else -1
    found: list[Ranked] = []
    while len(found) < len(holders):
        account_id = highest_ranked(desk.state, market, unwound)
        score = unscaled(rank_score(desk.state, market, account_id), SCORE_DIGITS)
        how = "pnl / entry value × notional / equity; the first factor alone in loss"
        why = (Why("score", score, "", how, "LIQD-009"),)
        found.append(Ranked(len(found) + 1, names[account_id], score, why))
        desk.state.positions[position_slot(account_id, market.market_id)].qty_lots = 0
    return tuple(found)


def _enter(desk: Desk, holder: Holder) -> int:
    """An account for a holder, with position and money."""
    account_id = desk.account()
    position = holder.position
    if (position.leverage is None) == (holder.balance is None):
        raise ValueError(f"give {holder.name} a leverage (isolated) or a balance (cross)")
    desk.open(account_id, position)
    home, settle = desk.home(account_id, position.symbol), desk.listed(position.symbol).settle
    desk.give(account_id, home, settle, holder.balance or 0)
    return account_id
