"""What practice asks and answers: a position elsewhere, plans, debriefs."""

from __future__ import annotations

from typing import Literal

from longshore.practice.believed import Blank
from longshore.practice.debrief.moments import Choice
from longshore.practice.plan import Reason
from longshore.venue.dialects.native.schema.base import Body, Cause, LegName, Reply


class Elsewhere(Reply):
    """A point of a curve: the position at another mark. `closed`: past liquidation."""

    percent: str  # of the mark of now
    price: str
    result: str
    closed: bool


class AheadReply(Reply):
    """A held position at another price, later, at another funding; nothing of it has happened."""

    symbol: str
    text: str
    price: str  # the mark it comes to, or at which the venue closes it
    closed: bool
    result: str
    result_text: str
    mark: str
    curve: list[Elsewhere]
    unit: str | None  # the coin that results are counted in; None: dollars


class SayBackChip(Reply):
    """Something that can be put into a blank."""

    id: str
    label: str


class SayBackBlank(Reply):
    """A blank of the sentence about a position: how the sentence comes to it, and its chips."""

    blank: Blank
    before: str
    chips: list[SayBackChip]


class SayBackBlanks(Reply):
    """A held position, to be said back."""

    symbol: str
    blanks: list[SayBackBlank]


class SayBackBody(Body):
    """A chip for each blank that is filled."""

    said: dict[Blank, str]
    leg: LegName | None = None


class SayBackGrade(Reply):
    """A blank: whether its chip is so, and what is."""

    blank: Blank
    chip: str
    right: bool
    because: str


class SayBackReply(Reply):
    """Every blank that was filled; `passed`: all are, and all are so."""

    symbol: str
    passed: bool
    blanks: list[SayBackGrade]


class SayBackWorld(Reply):
    """What is imagined, how it would go were the chip true, and how it goes. Nothing of it is."""

    happens: str
    believed: str
    real: str


class ReasonChoice(Reply):
    """A reason for an order, by its code and as it is shown."""

    code: Reason
    label: str


class PlanStart(Reply):
    """Values to begin a plan with, and the reasons there are."""

    reasons: list[ReasonChoice]
    max_loss: str
    stop_price: str
    target_price: str
    text: str


class PlanRow(Reply):
    """A plan as it was made, with the id of the order it came with."""

    order_id: str
    time: int
    symbol: str
    side: LegName
    reason: Reason
    reason_text: str
    note: str
    size: str
    stop_price: str
    max_loss: str
    max_loss_text: str
    target_price: str | None
    hold_ms: int | None
    entry_price: str  # expected when it was sent


class PlanReply(Reply):
    """The size that follows from a plan. `ok` false: there is none, `reason` and `field` say why.

    `loss`, `fees` and `slippage` are what it loses at the stop, fees and slippage as parts of it.
    """

    ok: bool
    reason: str
    field: str
    size: str
    loss: str
    fees: str
    slippage: str
    sentences: list[str]


class DebriefPart(Reply):
    """One part of a result; below zero it was lost. `exact` has all digits, and those add up."""

    key: str
    label: str
    amount: str
    exact: str


class DebriefLine(Reply):
    """What was planned beside what happened; `kept` null: nothing that could be kept."""

    key: str
    label: str
    planned: str
    actual: str
    kept: bool | None


class DebriefFact(Reply):
    """One of the facts that the process score counts."""

    key: str
    text: str
    kept: bool


class DebriefChoice(Reply):
    """What could be done at a moment; `change` is what `/worlds/{world}/what-if` takes for it."""

    code: Choice
    label: str
    change: str | None  # null: it is what was done


class DebriefMoment(Reply):
    """A decision. Until one is chosen, what was done and what came of it is not told."""

    id: int
    time: int
    seq: int  # of the last command before it: a branch from there has it still to come
    text: str
    choices: list[DebriefChoice]
    chosen: Choice | None
    after: str


class DebriefMove(Reply):
    """A move of the stop. `outcome` is empty until all moments are chosen, or it was read."""

    id: int
    time: int
    kind: Literal["set", "widened", "tightened", "removed"]
    text: str
    why: str  # empty where it was not asked
    more: str  # what more could be lost, as it was told then
    outcome: str


class DebriefReply(Reply):
    """A closed position: its result in parts, the plan beside it, what was kept, its moments."""

    id: str
    symbol: str
    side: LegName
    opened: int
    closed: int
    cause: Cause
    headline: str
    result: str
    result_text: str
    parts: list[DebriefPart]
    plan: PlanRow | None
    lines: list[DebriefLine]
    facts: list[DebriefFact]
    score: int
    moments: list[DebriefMoment]
    moves: list[DebriefMove]
    near: list[str]  # what was chosen near liquidation, in its order
    guided: bool  # whether Guided was on when it was opened
    guided_text: str
    practise: str  # a lesson's name, empty where all was kept
    rule: str
    liquidation: str  # its id for /explain, empty where the venue did not close it
    read: bool


class DebriefInfo(Reply):
    """A closed position in a list."""

    id: str
    time: int
    symbol: str
    side: LegName
    size: str
    cause_text: str
    result: str
    result_text: str
    score: int
    facts: int
    read: bool


class ChoiceBody(Body):
    """What is chosen at a moment of a debrief; moment 0 and `read`: it has been gone through."""

    moment: int
    choice: Literal[Choice, "read"]
