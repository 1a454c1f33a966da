"""What the venue answers about lessons: the list with levels, a lesson's pages, where it stands."""

from __future__ import annotations

from typing import Literal

from longshore.venue.dialects.native.schema.base import Body, Reply


class LessonQuestion(Reply):
    """Something a lesson asks; with choices, one of them, each with its label."""

    id: str
    ask: str
    unit: str
    choices: list[str]
    labels: list[str]


class TextBlock(Reply):
    """A paragraph, or a list of items."""

    text: str
    items: list[str]


class LessonStep(Reply):
    """One page: its heading, text, one action, questions, and the condition that ends it.

    `does` is the kind of the action: `trade`, `hold`, `wait` or `answer`.
    """

    heading: str
    text: list[TextBlock]
    action: str
    asks: list[str]
    does: str
    when: str


class LessonInfo(Reply):
    """A lesson or drill, and how well the account knows it. Wall times in milliseconds."""

    name: str
    kind: str
    number: int
    title: str
    about: str
    minutes: int
    unlocked: bool
    level: int
    level_name: str
    evidence: list[str]
    next_wall: int  # from when on a pass raises the level; 0: at once, or never


class LessonPages(Reply):
    """A lesson as it is read."""

    lesson: LessonInfo
    steps: list[LessonStep]
    questions: list[LessonQuestion]
    venues: list[str]  # rulebooks under which the first trade can be run again


class CommonQuestion(Reply):
    """A question people ask, its answer, and the scenario or lesson that shows it."""

    ask: str
    answer: str
    scenario: str
    lesson: str


class ChecklistItem(Reply):
    """One thing to have done before real money; `done` is the engine's word."""

    title: str
    about: str
    done: bool
    lessons: list[str]


class Learning(Reply):
    """All there is to learn, in order."""

    levels: list[str]
    lessons: list[LessonInfo]
    questions: list[CommonQuestion]
    checklist: list[ChecklistItem]


class StepState(Reply):
    """A step that is met or not; the command after which it was, and what to say then."""

    met: bool
    seq: int
    time: int
    right: str


class LessonAnswer(Reply):
    """The last answer to a question, and after which command it was given."""

    question: str
    answer: str
    seq: int


class ToyAddress(Reply):
    """An address of the toy wallet, and whose it is: `you` or `venue`."""

    holder: str
    address: str


class ToyState(Reply):
    """The toy wallet of a lesson that has one. Coins are toy coins; `told` says each act's end."""

    acts: list[str]
    networks: list[str]
    addresses: list[ToyAddress]
    in_wallet: str
    at_venue: str
    words: str
    phone_lost: bool
    told: list[str]


class LessonState(Reply):
    """Where a lesson stands in this world. `feedback` is about `wrong`; both empty: nothing is."""

    lesson: str
    passed: bool
    steps: list[StepState]
    wrong: str
    feedback: str
    answers: list[LessonAnswer]
    toy: ToyState | None


class LessonTrade(Reply):
    """The account's first isolated trade, in terms that belong to no venue, as JSON; empty: none.

    `seq` is the command up to which it was looked for.
    """

    seq: int
    account_id: int
    trade: str


class LessonVenuesBody(Body):
    """The world whose first trade is run again under the lesson's rulebooks."""

    world: str


class LessonVenue(Reply):
    """One rulebook's column: its id, what it is called, and how the trade ended there."""

    rulebook: str
    title: str
    told: str


class VenueLine(Reply):
    """A figure under each rulebook, and whether they differ in it."""

    label: str
    cells: list[str]
    differs: bool


class RuleValue(Reply):
    """One value of a rulebook, with its source and date as they are cited."""

    path: str
    value: str
    unit: str
    cited: str


class RulePair(Reply):
    """A value in both rulebooks; None where one does not have it."""

    left: RuleValue | None
    right: RuleValue | None


class RuleGroup(Reply):
    """Values that belong together, tried alone against the first rulebook."""

    group: str
    label: str
    rulebook: str
    verdict: str
    told: str
    values: list[RulePair]


class LessonVenues(Reply):
    """One trade under several rulebooks. Lines that differ and groups that decide come first."""

    venues: list[LessonVenue]
    lines: list[VenueLine]
    groups: list[RuleGroup]


class WayPoint(Reply):
    """All that an account had at a time, in dollars to the cent."""

    time: int
    equity: str


class Way(Reply):
    """One of three ways for the same money. `liquidated` 0: it was not closed for the account."""

    kind: Literal["spot", "future", "perpetual"]
    title: str
    symbol: str
    liquidated: int
    kept: str
    told: str
    points: list[WayPoint]
    cells: list[str]


class Ways(Reply):
    """The same money in coins, a dated future and a perpetual; `rows` name the cells."""

    money: str
    leverage: str
    leverage_max: str
    told: str
    rows: list[str]
    ways: list[Way]


class LessonStartBody(Body):
    """`anyway`: although the lesson before it is not passed."""

    anyway: bool = False
    seed: int | None = None


class LessonAnswerBody(Body):
    """An answer to a question of the lesson."""

    question: str
    answer: str


class LessonPassBody(Body):
    """The world in which it was done."""

    world: str
