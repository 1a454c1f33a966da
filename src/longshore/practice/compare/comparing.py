"""A comparison from end to end: rulebooks on one ground, their runs, the trials between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from pathlib import Path

import msgspec

from longshore import __version__, rulebooks
from longshore.engine._compile import Mode
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.explain.venue import banner, banner_line
from longshore.practice.compare.ground import Ground, NoMarketError, make_ground
from longshore.practice.compare.outcome import Outcome, RefusedOrder
from longshore.practice.compare.rules import Fitted, fit
from longshore.practice.compare.running import Job, Progress, Runner
from longshore.practice.compare.telling import untaken
from longshore.practice.compare.trade import Trade, TradeError
from longshore.practice.compare.why import Pair, Trials, pair, questions
from longshore.rulebooks import Rulebook, RulebookError
from longshore.world.feeds.feed import make_feed
from longshore.world.scenario import Scenario, ScenarioError, check_unattended, parse, read

FIRST_SHARE = 0.4
"""How much of the progress bar the rulebooks' own runs get; the trials get the rest."""


class WorldInfo(msgspec.Struct, frozen=True):
    """The world of a comparison, and what its prices are."""

    name: str
    title: str
    seed: int
    start: str
    until: str
    prices: str


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """One trade under several rulebooks. `pairs` holds the first one against each of the others."""

    program: str
    banner: str
    disclaimer: str
    trade: Trade
    world: WorldInfo
    outcomes: list[Outcome]
    pairs: list[Pair]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a comparison is made. `processes` 0: as many as there are cores."""

    mode: Mode = "plain"
    processes: int = 0
    trials: Trials = "all"


USUAL = Options()


class Plan(msgspec.Struct, frozen=True):
    """What all runs of a comparison share."""

    trade: Trade
    ground: Ground
    mode: Mode
    trials: Trials

    def job(self, fitted: Fitted, entry_only: bool = False) -> Job:
        """A run under these rules; minutes up to an entry are done before a compiler is loaded."""
        mode: Mode = "plain" if entry_only else self.mode
        return Job(self.trade, self.ground, fitted, mode, entry_only)


def compare(
    trade: Trade,
    names: Sequence[str],
    world: str | Scenario = "",
    options: Options = USUAL,
    progress: Progress | None = None,
) -> Comparison:
    """Run the trade under each rulebook, and try what made the first one differ from the others.

    `names` are ids, names (the newest), `name@2025-06`, or paths of files; `world` is a scenario
    or its name, instead of the trade's own. Raises TradeError, RulebookError or ScenarioError.
    """
    books = _books(names)
    scenario = world if isinstance(world, Scenario) else parse(read(world or trade.world))
    check_unattended(scenario)
    ground = make_ground(trade, scenario)
    fitted = [_fit(book, trade, ground) for book in books]
    plan = Plan(trade, ground, options.mode, options.trials)
    with Runner(options.processes, progress) as runner:
        outcomes = _outcomes(books, fitted, plan, runner)
        if not any(outcome.is_taken for outcome in outcomes):
            told = "; ".join(f"{each.rulebook}: {each.told}" for each in outcomes)
            raise TradeError(f"no rulebook takes {trade.name}: {told}")
        pairs = _pairs(fitted, outcomes, plan, runner)
    return Comparison(
        program=__version__,
        banner=banner(),
        disclaimer=banner_line(),
        trade=trade,
        world=_world(scenario, ground),
        outcomes=outcomes,
        pairs=pairs,
    )


def load_rulebook(name: str) -> Rulebook:
    """A rulebook by id, name, `name@2025-06` or path. Raises RulebookError."""
    if not name.endswith(".toml"):
        return rulebooks.load(name.replace("@", "-"))
    try:
        return rulebooks.parse(Path(name).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RulebookError(f"rulebook {name!r} cannot be read: {error}") from error


def _books(names: Sequence[str]) -> list[Rulebook]:
    books = [load_rulebook(name) for name in names]
    if not books:
        raise RulebookError("name at least one rulebook")
    ids = [book.id for book in books]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise RulebookError(f"named twice: {', '.join(twice)}")
    return books


def _fit(book: Rulebook, trade: Trade, ground: Ground) -> Fitted | str:
    """The rulebook on the ground, or why it has no place there."""
    try:
        return fit(book, trade.base, ground)
    except NoMarketError as error:
        return str(error)


def _outcomes(
    books: list[Rulebook], fitted: list[Fitted | str], plan: Plan, runner: Runner
) -> list[Outcome]:
    jobs = [plan.job(each) for each in fitted if isinstance(each, Fitted)]
    if not jobs:
        base = plan.trade.base
        raise TradeError(f"{plan.trade.name}: no rulebook named has a linear perpetual on {base}")
    made = iter(runner.run(jobs, (0.0, FIRST_SHARE)))
    found = []
    for book, each in zip(books, fitted, strict=True):
        result = next(made) if isinstance(each, Fitted) else each
        if isinstance(result, str):
            market = each.symbol if isinstance(each, Fitted) else ""
            refusal = RefusedOrder(say("compare-order-entry"), "", f"{result}.", [])
            coin = book.catalog.settlement.code
            result = untaken((book.id, book.title), market, coin, refusal)
        found.append(result)
    return found


def _pairs(
    fitted: list[Fitted | str], outcomes: list[Outcome], plan: Plan, runner: Runner
) -> list[Pair]:
    on_ground = [each if isinstance(each, Fitted) else None for each in fitted]
    asked = questions(on_ground, outcomes, plan.trade, plan.ground.market)
    first = on_ground[0]
    end = outcomes[0].end
    tried = [plan.trials == "all" or outcomes[each.right].end != end for each in asked]
    jobs = [
        plan.job(msgspec.structs.replace(first, terms=each.terms), each.entry_only)
        for each in compress(asked, tried)
        if first is not None
    ]
    made = iter(runner.run(jobs, (FIRST_SHARE, 1.0)))
    answers = [next(made) if each else say("compare-not-tried") for each in tried]
    both = list(zip(asked, answers, strict=True))
    return [
        pair(
            outcomes[0],
            outcomes[index],
            [question for question, _ in both if question.right == index],
            [answer for question, answer in both if question.right == index],
        )
        for index in range(1, len(outcomes))
    ]


def _world(scenario: Scenario, ground: Ground) -> WorldInfo:
    own = rulebooks.load(scenario.rulebook).only([ground.market])
    try:
        feed = make_feed(ground.scenario, own.catalog)
    except ValueError as error:
        raise ScenarioError(f"{scenario.name}: {error}") from error
    return WorldInfo(
        name=scenario.name,
        title=scenario.title,
        seed=scenario.seed,
        start=fmt.moment(scenario.start_us),
        until=fmt.moment(min(ground.until_us, feed.end_us)),
        prices=feed.note,
    )
