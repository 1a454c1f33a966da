"""Who is unwound against first, and how much of whom: the engine's own choice, asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from longshore.calc.desk import Desk
from longshore.calc.given import Position, Why, one_of
from longshore.calc.numbers import Number, plain, unscaled
from longshore.engine.adl import highest_ranked
from longshore.engine.codes import AdlRank
from longshore.engine.ranks import rank_score
from longshore.engine.state import position_slot

SCORE_DIGITS = 6
RankName = Literal[
    "profit_leverage", "profit_by_leverage", "price_leverage", "profit_margin_ratio", "random"
]
FORMULAS = {
    AdlRank.PROFIT_LEVERAGE: "pnl / entry value × notional / equity; the first factor in loss",
    AdlRank.PROFIT_BY_LEVERAGE: "pnl / entry value × notional / equity; in loss ÷ leverage",
    AdlRank.PRICE_LEVERAGE: "mark / entry, of a short entry / mark, × notional / equity",
    AdlRank.PROFIT_MARGIN_RATIO: "pnl above 0 / (equity - pnl) × maintenance margin / equity",
    AdlRank.RANDOM: "mixed of mark, account and market",
}


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


@dataclass(frozen=True)
class Deleveraged:
    """What is closed of a holder's position, in the order it happens, and what stays open."""

    name: str
    qty: Decimal
    left: Decimal


def adl_rank(
    *,
    holders: Sequence[Holder],
    mark: Number,
    rank: RankName | None = None,
    rulebook: str = "kraken",
) -> tuple[Ranked, ...]:
    """The order in which positions of one market and side are unwound at a mark (LIQD-009).

    By the rulebook's rank, or another by its name (LIQD-023). Where scores are equal, who stands
    first in `holders` comes first.

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
    desk, names = _laid_out(holders, mark, rank, rulebook)
    market = desk.market(holders[0].position.symbol)
    found: list[Ranked] = []
    for account_id in _queue(desk, holders):
        score = unscaled(rank_score(desk.state, market, account_id), SCORE_DIGITS)
        chosen = AdlRank(market.adl_rank)
        code = "LIQD-009" if chosen == AdlRank.PROFIT_LEVERAGE else "LIQD-023"
        why = (Why("score", score, "", FORMULAS[chosen], code),)
        found.append(Ranked(len(found) + 1, names[account_id], score, why))
    return tuple(found)


def deleverage(
    *,
    holders: Sequence[Holder],
    mark: Number,
    qty: Number,
    rank: RankName | None = None,
    rulebook: str = "kraken",
) -> tuple[Deleveraged, ...]:
    """Whose positions are closed, and how much of each, to unwind a size at a mark (LIQD-009).

    `qty` lies on the other side of the holders' positions; with more than all of them hold it is
    refused.

    >>> def held(name, qty, entry):
    ...     position = Position(
    ...         symbol="PF_XBTUSD", side="long", qty=qty, entry=entry, leverage="10")
    ...     return Holder(name=name, position=position)
    >>> crowd = [held("a", "1", "79000"), held("b", "2", "76000"), held("c", "1", "78000")]
    >>> closed = deleverage(holders=crowd, mark="80000", qty="2.5")
    >>> [(each.name, str(each.qty), str(each.left)) for each in closed]
    [('b', '2', '0'), ('c', '0.5', '0.5')]
    """
    if not holders:
        raise ValueError("a size is unwound against holders, and there are none")
    desk, names = _laid_out(holders, mark, rank, rulebook)
    symbol = holders[0].position.symbol
    market, listed = desk.market(symbol), desk.listed(symbol)
    left = desk.lots(symbol, qty)
    found: list[Deleveraged] = []
    for account_id in _queue(desk, holders):
        row = desk.state.positions[position_slot(account_id, market.market_id)]
        held = abs(row.qty_lots)
        taken = min(left, held)
        if taken:
            parts = (taken, held - taken)
            size, rest = (plain(n * listed.lot / listed.lots_per_lot) for n in parts)
            found.append(Deleveraged(names[account_id], size, rest))
        left -= taken
    if left:
        raise ValueError(f"qty {qty} is more than all holders have together")
    return tuple(found)


def _laid_out(
    holders: Sequence[Holder], mark: Number, rank: str | None, rulebook: str
) -> tuple[Desk, dict[int, str]]:
    """A desk with the holders at a mark, and their names by account."""
    first = holders[0].position
    if any(
        (each.position.symbol, each.position.side) != (first.symbol, first.side) for each in holders
    ):
        raise ValueError("a queue is of positions in one market, all long or all short")
    desk = Desk(rulebook, [first.symbol])
    if rank is not None:
        known = tuple(each.name.lower() for each in AdlRank)
        desk.market(first.symbol).adl_rank = AdlRank[one_of("rank", rank, known).upper()]
    names = {_enter(desk, each): each.name for each in holders}
    desk.stand(Position(symbol=first.symbol, side=first.side, qty=1, entry=mark))
    return desk, names


def _queue(desk: Desk, holders: Sequence[Holder]) -> Iterator[int]:
    """Accounts, the highest rank first; each is taken out after it was used."""
    position = holders[0].position
    market = desk.market(position.symbol)
    unwound = 1 if position.side == "short" else -1
    for _ in holders:
        account_id = highest_ranked(desk.state, market, unwound)
        yield account_id
        desk.state.positions[position_slot(account_id, market.market_id)].qty_lots = 0


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
