"""`longshore calc adl-rank`, `deleverage`, `bankruptcy-price`: what follows a liquidation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from longshore import calc
from longshore.calc.ranks import RankName
from longshore.cli.calc import Backing, Held, Qty, Rules, Side, Symbol, why_table, wrong_values
from longshore.cli.output import Json, emit, table

HOLDER = re.compile(r"(?P<name>[^=]+)=(?P<qty>[^@]+)@(?P<entry>[^x:]+)(?P<by>[x:])(?P<money>.+)")


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Queue:
    """The positions of one side of a market that may be closed."""

    symbol: Symbol
    side: Side
    holder: Annotated[
        tuple[str, ...],
        Parameter(
            help="NAME=QTY@ENTRYxLEVERAGE (isolated) or NAME=QTY@ENTRY:BALANCE (cross).",
            negative=(),
        ),
    ]
    mark: Annotated[str, Parameter(help="Where the mark stands, in USD.")]
    rank: Annotated[RankName | None, Parameter(help="Another rank than the rulebook's.")] = None
    rulebook: Rules = "kraken"

    def holders(self) -> list[calc.Holder]:
        """As the calculators take them. Raises ValueError."""
        return [_holder(self.symbol, self.side, each) for each in self.holder]


def adl_rank(*, queue: Queue, json: Json = False) -> None:
    """The order in which positions are unwound (auto-deleveraging), with each one's score."""
    with wrong_values():
        found = calc.adl_rank(
            holders=queue.holders(), mark=queue.mark, rank=queue.rank, rulebook=queue.rulebook
        )
    rows = [(str(each.place), each.name, f"{each.score:f}", each.why[0].formula) for each in found]
    title = f"Queue of {queue.symbol} {queue.side}s, {queue.rulebook}"
    emit(found, json, table(title, ("", "who", "score", "how"), rows))


def deleverage(*, queue: Queue, qty: Qty, json: Json = False) -> None:
    """Whose positions are closed, and how much of each, to unwind a size of the other side."""
    with wrong_values():
        found = calc.deleverage(
            holders=queue.holders(),
            mark=queue.mark,
            qty=qty,
            rank=queue.rank,
            rulebook=queue.rulebook,
        )
    rows = [(each.name, f"{each.qty:f}", f"{each.left:f}") for each in found]
    title = f"Unwinding {qty} of {queue.symbol}, {queue.rulebook}"
    emit(found, json, table(title, ("who", "closed", "left open"), rows))


def bankruptcy_price(*, held: Held, backing: Backing | None = None, json: Json = False) -> None:
    """Where nothing is left of a position: isolated with --leverage, cross with --balance."""
    given = backing or Backing()
    with wrong_values():
        found = calc.bankruptcy_price(
            position=held.position(given.leverage, given.mark),
            wallet=given.wallet(),
            rulebook=held.rulebook,
        )
    emit(found, json, why_table(f"Bankruptcy of {held.title}", found.why))


def _holder(symbol: str, side: str, text: str) -> calc.Holder:
    """One of the queue. Raises ValueError."""
    read = HOLDER.fullmatch(text)
    if read is None:
        raise ValueError(f"a holder is NAME=QTY@ENTRYxLEVERAGE or with :BALANCE, not {text!r}")
    isolated = read["by"] == "x"
    position = calc.Position(
        symbol=symbol,
        side="long" if side == "long" else "short",
        qty=read["qty"],
        entry=read["entry"],
        leverage=read["money"] if isolated else None,
    )
    balance = None if isolated else read["money"]
    return calc.Holder(name=read["name"], position=position, balance=balance)
