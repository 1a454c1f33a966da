"""What a preview gives back: rows before and after, costs, sentences, or a refusal."""

from __future__ import annotations

import msgspec

from longshore.engine.codes import Reject
from longshore.engine.rows import Command
from longshore.explain import format as fmt
from longshore.explain import outcomes
from longshore.explain.figures import Figures
from longshore.explain.sentences import say
from longshore.rulebooks import MarketInfo


class Draft(msgspec.Struct):
    """An order as it would be sent: the engine's command, and what goes with it.

    `leverage_ppm` None leaves the margin mode as it is, 0 is cross. `stop_ticks` is the protective
    stop that would be placed after a fill; 0: none.
    """

    command: Command
    leverage_ppm: int | None = None
    stop_ticks: int = 0


class Row(msgspec.Struct, frozen=True):
    """One figure before and after."""

    key: str
    label: str
    before: str
    after: str


class Cost(msgspec.Struct, frozen=True):
    """One cost in money, and in atoms, so that a debrief can compare."""

    key: str
    label: str
    amount: str
    amount_atoms: int


class Preview(msgspec.Struct):
    """What would happen. `reject` is the name of a refusal, `reason` says it in words.

    `held` are the figures of the position there would be; None for spot and for refusals.
    """

    ok: bool
    reject: str = ""
    reason: str = ""
    sentences: list[str] = msgspec.field(default_factory=list)
    rows: list[Row] = msgspec.field(default_factory=list)
    costs: list[Cost] = msgspec.field(default_factory=list)
    held: Figures | None = None
    submit_label: str = ""


def refused(reject: Reject) -> Preview:
    """The preview of an order that the venue would refuse."""
    return Preview(ok=False, reject=reject.name, reason=outcomes.refused(reject))


def row(key: str, before: str, after: str) -> Row:
    """A row with its label."""
    return Row(key, say(f"row-{key.replace('_', '-')}"), before, after)


def cost(key: str, atoms: int, market: MarketInfo | None = None) -> Cost:
    """A cost with its label; below zero it is received, which is said in words."""
    shown = fmt.amount(market, abs(atoms)) if market else fmt.money(abs(atoms))
    if atoms < 0:
        shown = say("cost-received", amount=shown)
    return Cost(key, say(f"cost-{key}"), shown, atoms)
