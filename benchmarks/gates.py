"""What asking an account's gates adds to the canonical flow.

The same flow twice, in compiled code alone and turn by turn: as it is, where every gate is open and
the question ends at once, and with a leverage cap on every account, where it is asked to its end.
How much asking costs at all is told by `--against` a revision before there were gates.
"""

from __future__ import annotations

import time

from benchmarks import flow
from benchmarks.engine import rules_alone_s
from benchmarks.report import LESS, Aim, Report
from longshore.engine.codes import Origin
from longshore.engine.commands import CommandKind
from longshore.engine.limits import ACCOUNTS_SYSTEM
from longshore.engine.rows import Command

TURNS = 3
CAP_PPM = 100_000_000
"""As much as the market allows: everything is asked, and nothing refused."""


def measure(shape: flow.Shape) -> Report:
    """The least of some turns each."""
    report = Report(
        "Gates of an account",
        "compiled code, processor time, the least of three turns",
    )
    open_s, capped_s = [], []
    for _ in range(TURNS):
        open_s.append(rules_alone_s(flow.make(shape), clock=time.process_time))
        capped_s.append(rules_alone_s(capped(flow.make(shape)), clock=time.process_time))
    report.add("gates open", f"{1e6 * min(open_s) / shape.commands:.3g} µs a command")
    ratio = min(capped_s) / min(open_s)
    report.add(
        "a leverage cap on every account / gates open",
        f"{1e6 * min(capped_s) / shape.commands:.3g} µs a command",
        value=ratio,
        aim=Aim(LESS, 1.05),
    )
    return report


def capped(made: flow.Flow) -> flow.Flow:
    """The flow with a cap on every account, set after the book is there."""
    last = made.opening[-1]
    accounts = sum(each.kind == CommandKind.CREATE_ACCOUNT for each in made.opening)
    caps = [
        Command(
            kind=CommandKind.SET_ACCOUNT_STATE,
            seq=last.seq,
            time_us=last.time_us,
            origin=Origin.OPERATOR,
            account_id=ACCOUNTS_SYSTEM + 1 + at,
            leverage_ppm=CAP_PPM,
        )
        for at in range(accounts)
    ]
    made.opening += caps
    return made
