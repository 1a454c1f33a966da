"""Other people's engines on the canonical flow, in the same run, as far as they can follow it.

`limit-order-book` is a C++ book behind a Python binding; `nautilus_trader` is a backtest engine,
whose orders meet quotes and never each other. Neither is needed for anything else: they are the
dependency group `bench`, and a peer that is not installed is named and left out.
"""

from __future__ import annotations

import importlib.util

from benchmarks import flow
from benchmarks.engine import compiled_s, rules_alone_s
from benchmarks.report import GREATER, Aim, Report, each_us, seconds
from longshore.engine.codes import Side
from longshore.engine.commands import CommandKind
from longshore.engine.limits import ORDER_IDS_PER_COMMAND
from longshore.engine.rows import Command

BATCH = 4_096
BOOK_CHECKS = "no owner, no fill told, no margin, fees, funding or ledger"
NAUTILUS = flow.Shape(commands=1_000, resting=100)  # its cost grows with what rests
NAUTILUS_CHECKS = "orders meet quotes, never each other; no liquidation, no funding, no journal"


class PeerBook:
    """The flow through a book of `limit-order-book`, call by call."""

    def __init__(self) -> None:
        from limit_order_book import LimitOrderBook

        self.book = LimitOrderBook()
        self.sides: dict[int, bool] = {}

    def run(self, commands: list[Command]) -> None:
        """An amendment is a cancel and a new order: the peer knows no other."""
        book, sides = self.book, self.sides
        for command in commands:
            if command.kind == CommandKind.PLACE_ORDER:
                order_id = command.seq * ORDER_IDS_PER_COMMAND
                sides[order_id] = command.side == Side.BUY
                book.limit(sides[order_id], order_id, command.qty_lots, command.price_ticks)
            elif command.kind == CommandKind.CANCEL_ORDER:
                book.cancel(command.order_id)
            elif command.kind == CommandKind.AMEND_ORDER:
                book.cancel(command.order_id)
                side = sides[command.order_id]
                book.limit(side, command.order_id, command.qty_lots, command.price_ticks)


def book_s(made: flow.Flow) -> float:
    """Seconds for the whole flow in the peer's book."""
    peer = PeerBook()
    peer.run(made.opening)
    return seconds(lambda: peer.run(made.commands))


def is_there(module: str) -> bool:
    """Whether a peer is installed."""
    return importlib.util.find_spec(module) is not None


def measure(shape: flow.Shape) -> Report:
    """The compiled engine against each peer that is there."""
    made = flow.make(shape)
    count = len(made.commands)
    report = Report("Peers", f"{count:,} commands; every row says what the peer does not check")
    found = {"limit_order_book": add_book, "nautilus_trader": add_nautilus}
    for module, add in found.items():
        if is_there(module):
            add(report, made)
        else:
            report.add(f"{module} is not installed: `uv sync --group bench`", "left out")
    return report


def add_book(report: Report, made: flow.Flow) -> None:
    """Against the C++ book, with our rows made of Python objects, and without."""
    count, peer = len(made.commands), book_s(made)
    report.add(f"limit-order-book: {BOOK_CHECKS}", each_us(peer, count), value=1.0)
    ours, alone = compiled_s(made, BATCH), rules_alone_s(made)
    report.add("ours, with rows to and from Python", each_us(ours, count), value=peer / ours,
               aim=Aim(GREATER, 4), bound_by=BOUND_BY_CHECKS)  # fmt: skip
    report.add("ours, rows in place", each_us(alone, count), value=peer / alone,
               aim=Aim(GREATER, 4), bound_by=BOUND_BY_CHECKS)  # fmt: skip


BOUND_BY_CHECKS = "the margin, fees, ledger and events of every order, which the peer has not"


def add_nautilus(report: Report, _made: flow.Flow) -> None:
    """Against a backtest of a strategy that sends the same commands, over a smaller book."""
    from benchmarks.nautilus import backtest_s

    made = flow.make(NAUTILUS)
    count = len(made.commands)
    peer, sent = backtest_s(made)
    ours = compiled_s(made, BATCH)
    report.add(f"nautilus_trader BacktestEngine: {NAUTILUS_CHECKS}; {sent:,} of {count:,} "
               "commands could be sent", each_us(peer, max(1, sent)), value=1.0)  # fmt: skip
    ratio = peer / max(1, sent) / (ours / count)
    report.add("ours, with rows to and from Python", each_us(ours, count), value=ratio,
               aim=Aim(GREATER, 20), bound_by=BOUND_BY_CHECKS)  # fmt: skip
