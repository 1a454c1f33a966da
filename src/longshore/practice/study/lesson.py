"""A lesson's folder as it is read and checked: `lesson.toml`, `text.md`, perhaps `world.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from longshore.explain.sentences import LANGUAGES, Language, spoken
from longshore.practice.study.exposure import Exposure
from longshore.practice.study.facts import SUFFIXES, Fact, Kind, facts_of
from longshore.practice.study.language import LanguageError, Scope, Vocabulary, condition
from longshore.practice.study.log import Log
from longshore.practice.study.rows import Order, Refusal, Trade
from longshore.practice.study.toy import Act, ToySpec
from longshore.practice.study.venues import Difference, Venue
from longshore.practice.study.words import StepWords, WordsFile, lacking
from longshore.rulebooks.lines import line_of
from longshore.world import scenario
from longshore.world.fitting import with_line

LEARNER = "learner"
QUOTED_AFTER = timedelta(seconds=20)
"""The learner comes in when makers have quoted."""
LESSON_FILE, TEXT_FILE, WORLD_FILE = "lesson.toml", "text.md", "world.toml"
WORDS_FILE, WORDS_TEXT_FILE = "lesson.{language}.toml", "text.{language}.md"
OWN_LANGUAGE: Language = "en"
WORDS_MAX = 120
WRONG_LEAST = 3
DIGITS_MAX = 20
ACCOUNT = facts_of(Log)
LISTS = {
    "trades": facts_of(Trade),
    "orders": facts_of(Order),
    "refusals": facts_of(Refusal),
    "exposures": facts_of(Exposure),
    "acts": facts_of(Act),
    "venues": facts_of(Venue),
    "differences": facts_of(Difference),
}
Unit = Literal["usd", "coins", "times", "percent", "s", "count"]
LessonKind = Literal["lesson", "drill", "exercise"]
Does = Literal["trade", "hold", "wait", "answer"]


T = TypeVar("T")


class LessonError(ValueError):
    """A lesson that cannot be used, or an answer that cannot be; the message says where and why."""


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: a key it does not know is an error."""


class LearnerSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the learner's account holds: `deposit` margins, `spot` buys coins."""

    deposit: dict[str, Decimal] = msgspec.field(default_factory=lambda: {"USD": Decimal(10_000)})
    spot: dict[str, Decimal] = {}


class Question(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is asked: a number in a unit, or one of some choices. `until`: when it stops to count.

    For a trade an answer counts if it was given before its entry, or before its close.
    """

    id: str
    ask: str
    unit: Unit = "usd"
    choices: list[str] = []
    until: Literal["entry", "close"] = "close"

    @property
    def fact(self) -> Fact:
        """How conditions see its answer."""
        if self.choices:
            return Fact(self.id, Kind.WORD, self.ask, tuple(self.choices))
        return Fact(self.id, SUFFIXES.get(self.unit, Kind.COUNT), self.ask)

    def read(self, said: str) -> str | Decimal:
        """An answer as it was written. Raises LessonError."""
        if self.choices:
            if said not in self.choices:
                raise LessonError(f"{self.id}: {said!r} is none of {', '.join(self.choices)}")
            return said
        try:
            number = Decimal(said.strip().removeprefix("$").replace(",", ""))
        except InvalidOperation:
            raise LessonError(f"{self.id}: {said!r} is not a number") from None
        if not number.is_finite() or abs(number.adjusted()) > DIGITS_MAX:
            raise LessonError(f"{self.id}: {said!r} is out of all proportion")
        return number


class StepSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A step: the condition that ends it, what to say then, its one action, what it asks.

    `does` is the kind of that action: an order, an order and then time, letting time pass, or an
    answer alone. The screen makes its control the one that stands out.
    """

    when: str
    right: str
    action: str
    asks: list[str] = []
    does: Does = "trade"


class WrongSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A wrong outcome and what to say about it."""

    id: str
    when: str
    feedback: str


class LessonFile(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`lesson.toml`. `world` is a shipped scenario's name, or `world.toml` beside it.

    `lapses` is a condition over free play in the main world that takes a level back. `toy` is a
    wallet beside the market; `venues` are rulebooks under which the first trade can be run again.
    """

    title: str
    about: str
    kind: LessonKind = "lesson"
    number: int = 0
    world: str
    minutes: int
    learner: LearnerSpec = LearnerSpec()
    toy: ToySpec | None = None
    venues: list[str] = []
    question: list[Question] = []
    step: list[StepSpec]
    wrong: list[WrongSpec]
    lapses: str = ""
    lapsed: str = ""


class Page(msgspec.Struct, frozen=True):
    """A step's text: its heading and its paragraphs; one that is a list has its items."""

    heading: str
    paragraphs: list[str | list[str]]


class Told(msgspec.Struct, frozen=True):
    """All that a lesson says in one language."""

    words: WordsFile
    pages: list[Page]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step that can be shown and checked."""

    page: Page
    right: str
    action: str
    asks: list[str]
    does: Does
    when: str
    holds: Callable[[Scope], bool]


class Wrong(msgspec.Struct, frozen=True, kw_only=True):
    """A wrong outcome that can be checked."""

    id: str
    feedback: str
    when: str
    holds: Callable[[Scope], bool]


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson, checked. `world_text` is its scenario with the learner's account in it."""

    name: str
    file: LessonFile
    world_text: str
    steps: list[Step]
    wrong: list[Wrong]
    lapses: Callable[[Scope], bool] | None
    languages: dict[Language, Told]

    @property
    def told(self) -> Told:
        """What it says in the language that is spoken, or in its own where that is not there."""
        return self.languages.get(spoken()[0], self.languages[OWN_LANGUAGE])

    def question(self, name: str) -> Question:
        """A question. Raises LessonError."""
        for each in self.file.question:
            if each.id == name:
                return each
        raise LessonError(f"{self.name} has no question {name!r}")


def read(folder: Path) -> Lesson:
    """The lesson of a folder. Raises LessonError with file, line and reason."""
    return _Reader(folder).lesson()


class _Reader:
    """One folder, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.text = self._file(LESSON_FILE)

    def lesson(self) -> Lesson:
        file = self._lesson_file()
        for path, reason in _problems(file):
            raise self._error(path, reason)
        questions = {each.id: each.fact for each in file.question}
        self.vocabulary = Vocabulary(ACCOUNT, LISTS, questions)
        lapses = self._condition(file.lapses, "lapses") if file.lapses else None
        return Lesson(
            name=self.folder.name,
            file=file,
            world_text=self._world(file),
            steps=list(self._steps(file)),
            wrong=[
                Wrong(
                    id=each.id,
                    feedback=each.feedback,
                    when=each.when,
                    holds=self._condition(each.when, f"wrong.{at}.when"),
                )
                for at, each in enumerate(file.wrong)
            ],
            lapses=lapses,
            languages=self._languages(file),
        )

    def _lesson_file(self) -> LessonFile:
        return self._decoded(LESSON_FILE, self.text, LessonFile)

    def _languages(self, file: LessonFile) -> dict[Language, Told]:
        """Its own words, and those of each language that has a file here."""
        own = own_words(file)
        found = {OWN_LANGUAGE: Told(own, self._pages(TEXT_FILE))}
        for language in LANGUAGES:
            names = [each.format(language=language) for each in (WORDS_FILE, WORDS_TEXT_FILE)]
            if any((self.folder / name).exists() for name in names):
                found[language] = self._words(own, *names)
        return found

    def _words(self, own: WordsFile, name: str, text_name: str) -> Told:
        text = self._file(name)
        words = self._decoded(name, text, WordsFile)
        for path, reason in lacking(words, own):
            raise LessonError(f"{self.folder / name}:{line_of(text, path)}: {path}: {reason}")
        pages = self._pages(text_name)
        if len(pages) != len(own.step):
            reason = f"it has {len(pages)} headings `## …` for {len(own.step)} steps"
            raise LessonError(f"{self.folder / text_name}:1: {reason}")
        return Told(words, pages)

    def _decoded(self, name: str, text: str, kind: type[T]) -> T:
        try:
            return msgspec.convert(tomllib.loads(text, parse_float=Decimal), kind)
        except tomllib.TOMLDecodeError as error:
            raise LessonError(f"{self.folder / name}: {error}") from error
        except msgspec.ValidationError as error:
            reason, _, place = str(error).partition(" - at `$.")
            path = place.rstrip("`").replace("[", ".").replace("]", "")
            where = f"{path}: " if path else ""
            line = line_of(text, path)
            raise LessonError(f"{self.folder / name}:{line}: {where}{reason}") from error

    def _steps(self, file: LessonFile) -> Iterator[Step]:
        pages = self._pages(TEXT_FILE)
        if len(pages) != len(file.step):
            reason = f"it has {len(pages)} headings `## …` for {len(file.step)} steps"
            raise LessonError(f"{self.folder / TEXT_FILE}:1: {reason}")
        known = {each.id for each in file.question}
        for at, (spec, page) in enumerate(zip(file.step, pages, strict=True)):
            unknown = set(spec.asks) - known
            if unknown:
                raise self._error(f"step.{at}.asks", f"no question {', '.join(sorted(unknown))}")
            yield Step(
                page=page,
                right=spec.right,
                action=spec.action,
                asks=spec.asks,
                does=spec.does,
                when=spec.when,
                holds=self._condition(spec.when, f"step.{at}.when"),
            )

    def _condition(self, text: str, path: str) -> Callable[[Scope], bool]:
        try:
            return condition(text, self.vocabulary)
        except LanguageError as error:
            raise self._error(path, str(error)) from error

    def _pages(self, name: str) -> list[Page]:
        before, *parts = f"\n{self._file(name)}".split("\n## ")
        line = before.count("\n") + 1
        pages = []
        for part in parts:
            heading, _, body = part.partition("\n")
            if (words := len(body.split())) > WORDS_MAX:
                reason = f"{heading!r} has {words} words, more than {WORDS_MAX}"
                raise LessonError(f"{self.folder / name}:{line}: {reason}")
            pages.append(Page(heading.strip(), paragraphs(body)))
            line += part.count("\n") + 1
        return pages

    def _world(self, file: LessonFile) -> str:
        """The scenario, with the learner's account in it."""
        try:
            own = file.world == WORLD_FILE
            text = self._file(WORLD_FILE) if own else scenario.read(file.world)
            found = scenario.parse(text, file.world)
        except scenario.ScenarioError as error:
            raise self._error("world", str(error)) from error
        if any(account.name == LEARNER for account in found.account):
            raise self._error("world", f"the account {LEARNER!r} is the lesson's: say `[learner]`")
        opens = found.opens or (found.start and found.start + QUOTED_AFTER)
        if opens is not None:
            text = with_line(text, "opens", f"{opens.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        return text + account_table(file.learner)

    def _file(self, name: str) -> str:
        try:
            return (self.folder / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text"
            raise LessonError(f"{self.folder / name}: {reason}") from error

    def _error(self, path: str, reason: str) -> LessonError:
        where = f"{path}: " if path else ""
        place = f"{self.folder / LESSON_FILE}:{line_of(self.text, path)}"
        return LessonError(f"{place}: {where}{reason}")


def own_words(file: LessonFile) -> WordsFile:
    """What the lesson's own file says, as another language's file would have it."""
    return WordsFile(
        title=file.title,
        about=file.about,
        lapsed=file.lapsed,
        ask={each.id: each.ask for each in file.question},
        choices={each.id: each.choices for each in file.question if each.choices},
        step=[StepWords(action=each.action, right=each.right) for each in file.step],
        wrong={each.id: each.feedback for each in file.wrong},
    )


def paragraphs(body: str) -> list[str | list[str]]:
    """Markdown's paragraphs and lists; nothing else is used."""
    found: list[str | list[str]] = []
    for block in body.strip().split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if lines and all(line.startswith("- ") for line in lines):
            found.append([line[2:] for line in lines])
        elif lines:
            found.append(" ".join(lines))
    return found


def account_table(learner: LearnerSpec, name: str = LEARNER) -> str:
    """An account that holds what the learner's does, as a scenario's table."""
    wallets = {"deposit": learner.deposit, "spot": learner.spot}
    lines = [f'\n[[account]]\nname = "{name}"\n']
    for wallet, amounts in wallets.items():
        if amounts:
            held = ", ".join(f'{symbol} = "{amount}"' for symbol, amount in amounts.items())
            lines.append(f"{wallet} = {{ {held} }}\n")
    return "".join(lines)


def _problems(file: LessonFile) -> Iterator[tuple[str, str]]:
    """What a decoder cannot see."""
    if len(file.wrong) < WRONG_LEAST:
        yield "wrong", f"feedback for at least {WRONG_LEAST} wrong outcomes"
    if not file.step:
        yield "step", "at least one step"
    for at, step in enumerate(file.step):
        if step.does == "answer" and not step.asks:
            yield f"step.{at}.does", "a step that is an answer asks something"
    if file.minutes < 1:
        yield "minutes", "at least 1"
    if bool(file.lapses) != bool(file.lapsed):
        yield "lapses", "`lapses` says when a level is taken back, `lapsed` says why: give both"
    yield from _ids("wrong", [each.id for each in file.wrong])
    yield from _ids("question", [each.id for each in file.question])
    yield from ((path, "no exclamation marks") for text, path in _told(file) if "!" in text)


def _ids(table: str, ids: list[str]) -> Iterator[tuple[str, str]]:
    for at, each in enumerate(ids):
        if not each.isidentifier():
            yield f"{table}.{at}.id", f"{each!r} is no name: letters, digits and _"
        if each in ids[:at]:
            yield f"{table}.{at}.id", f"there are two named {each!r}"


def _told(file: LessonFile) -> Iterator[tuple[str, str]]:
    for at, step in enumerate(file.step):
        yield step.right, f"step.{at}.right"
        yield step.action, f"step.{at}.action"
    for at, wrong in enumerate(file.wrong):
        yield wrong.feedback, f"wrong.{at}.feedback"
