"""What the venue answers about lessons: the list with levels, a lesson's pages, where it stands."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.base import Body, Reply


class LessonQuestion(Reply):
    """Something a lesson asks; with choices, one of them."""

    id: str
    ask: str
    unit: str
    choices: list[str]


class TextBlock(Reply):
    """A paragraph, or a list of items."""

    text: str
    items: list[str]


class LessonStep(Reply):
    """One page: its heading, its text, its one action, the questions it asks."""

    heading: str
    text: list[TextBlock]
    action: str
    asks: list[str]


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


class LessonState(Reply):
    """Where a lesson stands in this world. `feedback` is about `wrong`; both empty: nothing is."""

    lesson: str
    passed: bool
    steps: list[StepState]
    wrong: str
    feedback: str
    answers: list[LessonAnswer]


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
