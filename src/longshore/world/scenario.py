"""A world described in a file: rules, markets, feed, agents, accounts, and what is planned."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import msgspec

from longshore.world.live.venues import PREFIX, FollowError, scenario_text

US_PER_S = 1_000_000
COINS_MAX = 1_000_000
SHOCK_MOST_PPM = 1_000_000


class ScenarioError(ValueError):
    """A scenario that cannot be used; the message names the file and the place."""


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of the file: a key it does not know is an error."""


class FeedSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where index prices come from: made, recorded, a twin of that, held, or a real venue's.

    `recording` is one of the package, or a folder or name of an imported one; of a recorded book
    the best `levels` a side stand in the world's book. `preset` and `settings` belong to a sim, see
    `world.feeds.process` and `world.feeds.pull`; `prices` in dollars to held ones, which stand
    until an operator moves them, and begin where a sim would when none are given. Live prices are
    those of a `venue`, or of another Longshore at `url`; of its book too the best `levels` stand
    here, and `settings` are those of `world.feeds.live`.
    """

    kind: Literal["replay", "sim", "twin", "held", "live"]
    venue: str = ""
    url: str = ""
    recording: str = ""
    interval_s: Decimal | None = None
    preset: str = ""
    settings: dict[str, int] = {}
    prices: dict[str, Decimal] = {}
    levels: int = 20


class AgentSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Agents of one kind: `count` of them on each of these markets (none named: all).

    `settings` are the kind's own terms (see `world.agents`); what they say they own they pay in
    themselves, `deposit` comes on top.
    """

    kind: str
    count: int = 1
    markets: list[str] = []
    deposit: dict[str, Decimal] = {}
    settings: dict[str, int] = {}


class AccountSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An account that exists from the start, with money in its multi-collateral wallet.

    `spot` lies in its cash wallet, which pays on spot markets.
    """

    name: str
    deposit: dict[str, Decimal] = {}
    spot: dict[str, Decimal] = {}


class OrderSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An order an account of the scenario places by itself, at a world time.

    The size is `size` in the base asset, or `value` in dollars at mark, cut to whole lots.
    """

    at: datetime
    account: str
    market: str
    side: Literal["buy", "sell"]
    type: Literal["market", "limit", "post", "stop", "take_profit"] = "market"
    size: Decimal | None = None
    value: Decimal | None = None
    price: Decimal | None = None
    trigger: Decimal | None = None
    signal: Literal["mark", "index", "last"] = "mark"
    reduce_only: bool = False
    margin: Literal["cross", "isolated"] = "cross"
    leverage: Decimal | None = None


class ConstituentSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A venue whose price the index of an asset is made of, by the rulebook's `[index]`.

    It quotes the feed's price, by chance up to `apart_ppm` above or below.
    """

    asset: str
    name: str
    weight: int = 1
    apart_ppm: int = 20


class ShockSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What befalls an asset's index, or one constituent of it, in seconds from the world's start.

    It moves by `move_ppm` over `over_s`; with `back_s` it stays `hold_s` and comes back over that.
    `silent_s`: so long nothing is published. `sources`: meanwhile it is made of so few.
    """

    at_s: int
    asset: str
    constituent: str = ""
    move_ppm: int = 0
    over_s: int = 1
    hold_s: int = 0
    back_s: int = 0
    silent_s: int = 0
    sources: int = 0


class ActSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the operator does, in seconds from the world's start: with a market, or everywhere."""

    at_s: int
    do: Literal[
        "open", "post_only", "cancel_only", "halt", "auction", "settle",
        "stop_withdrawals", "allow_withdrawals",
    ]  # fmt: skip
    market: str = ""

    @property
    def is_everywhere(self) -> bool:
        """Whether it is about the whole venue and names no market."""
        return self.do.endswith("_withdrawals")


class GenesisSpec(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the venue's own accounts hold at the start."""

    conversion: dict[str, Decimal] = msgspec.field(default_factory=lambda: _usd(1_000_000_000))
    insurance: dict[str, Decimal] = {}
    pool: dict[str, Decimal] = msgspec.field(default_factory=lambda: _usd(10_000_000))


class Scenario(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A world to be made. Times are UTC; `opens` is when somebody who joins it comes in.

    The clock lets time reach every `tick_s` seconds, however quiet it is. `coins` is what each
    account gets of every coin that a market settles in, in that coin's own wallet. `limits` are
    the rate limits of the imitated APIs.
    """

    name: str
    title: str = ""
    about: str = ""
    rulebook: str = "kraken"
    markets: list[str]
    start: datetime | None = None
    opens: datetime | None = None
    end: datetime | None = None
    seed: int = 1
    speed: Decimal = Decimal(1)
    tick_s: int = 1
    limits: Literal["off", "generous", "real"] = "off"
    onshore: str = ""
    """Whose rules say who may trade what; empty: everybody may trade everything."""
    identity: str = "practice"
    """Who looks at made-up identities: practice, manual, or the address of a provider."""
    coins: Decimal = Decimal(0)
    feed: FeedSpec
    agent: list[AgentSpec] = []
    account: list[AccountSpec] = []
    order: list[OrderSpec] = []
    constituent: list[ConstituentSpec] = []
    shock: list[ShockSpec] = []
    act: list[ActSpec] = []
    goal: str = ""
    """What a drill is for, in a sentence."""
    genesis: GenesisSpec = msgspec.field(default_factory=GenesisSpec)

    @property
    def start_us(self) -> int:
        """World time at the first command."""
        assert self.start is not None, "a world's scenario has a start"
        return microseconds(self.start)

    @property
    def opens_us(self) -> int:
        """World time when a viewer comes in."""
        return self.start_us if self.opens is None else microseconds(self.opens)

    @property
    def is_live(self) -> bool:
        """Whether its prices are a real venue's, which come when they come."""
        return self.feed.kind == "live"

    @property
    def end_us(self) -> int | None:
        """World time at which a headless run ends; None: only the feed knows."""
        return None if self.end is None else microseconds(self.end)


def _usd(dollars: int) -> dict[str, Decimal]:
    return {"USD": Decimal(dollars)}


def microseconds(when: datetime) -> int:
    """A moment as microseconds since 1970; a time without a zone is UTC."""
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    past = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return (past.days * 86_400 + past.seconds) * US_PER_S + past.microseconds


def parse(text: str, place: str = "scenario") -> Scenario:
    """A scenario from the text of its file. Raises ScenarioError naming the place."""
    try:
        scenario = msgspec.convert(_tables(text), Scenario)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ScenarioError(f"{place}: {error}") from error
    for problem in _problems(scenario):
        raise ScenarioError(f"{place}: {problem}")
    return scenario


def with_start(text: str, now: datetime) -> str:
    """The text with a start written into it, unless it has one: what the journal keeps.

    Raises ScenarioError for what is no TOML.
    """
    try:
        has_start = "start" in _tables(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"scenario: {error}") from error
    if has_start:
        return text
    return f"start = {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}\n{text}"


def read(name: str) -> str:
    """The text of a shipped scenario by name, a file, or `live:VENUE`. Raises ScenarioError."""
    if name.startswith(PREFIX):
        try:
            return scenario_text(name)
        except FollowError as error:
            raise ScenarioError(str(error)) from error
    shipped = resources.files("longshore.world") / "scenarios" / f"{name}.toml"
    path = Path(name)
    try:
        if shipped.is_file():
            return shipped.read_text("utf-8")
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ScenarioError(f"scenario {name!r} is no text") from error
    except OSError as error:
        if path.exists():
            raise ScenarioError(f"scenario {name!r} cannot be read: {error.strerror}") from error
        names = ", ".join(shipped_names())
        raise ScenarioError(f"no scenario {name!r}: no such file, and none of {names}") from error


def check_unattended(scenario: Scenario) -> None:
    """Refuse a scenario that cannot be run by itself. Raises ScenarioError."""
    if scenario.is_live:
        raise ScenarioError(
            f"{scenario.name}: live prices come at their own time, so this world is served "
            "(longshore --world), not run"
        )


def _live_problems(scenario: Scenario) -> list[str]:
    """What does not go with live prices."""
    feed = scenario.feed
    if not scenario.is_live:
        return ["venue and url belong to a live feed"] if feed.venue or feed.url else []
    problems = []
    if feed.recording or feed.preset or feed.interval_s is not None:
        problems.append("a live feed has a venue and settings; nothing recorded or made")
    if scenario.shock:
        problems.append("shocks move prices that are made or recorded, not live ones")
    return problems


def shipped_names() -> list[str]:
    """The scenarios that come with the package."""
    folder = resources.files("longshore.world") / "scenarios"
    return sorted(p.name.removesuffix(".toml") for p in folder.iterdir() if p.name[-5:] == ".toml")


def _tables(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def _problems(scenario: Scenario) -> list[str]:
    """What a decoder cannot see: names that mean nothing, orders without a size."""
    problems = []
    accounts = {account.name for account in scenario.account}
    if len(accounts) != len(scenario.account):
        problems.append("two accounts have the same name")
    if not _in_order(scenario.start, scenario.opens, scenario.end):
        problems.append("start, opens and end are not in this order")
    if not 0 <= scenario.coins < COINS_MAX:
        problems.append(f"coins is from 0 up, below {COINS_MAX}")
    if scenario.feed.levels < 1:
        problems.append("levels of a recorded book must be at least 1")
    if scenario.tick_s < 1:
        problems.append("tick_s must be at least 1")
    for index, order in enumerate(scenario.order):
        place = f"order {index + 1}"
        problems += [f"{place}: {problem}" for problem in _order_problems(order, accounts)]
        if order.market not in scenario.markets:
            problems.append(f"{place}: {order.market} is not one of the markets")
    return problems + _script_problems(scenario) + _live_problems(scenario)


def _script_problems(scenario: Scenario) -> list[str]:
    """Constituents, shocks and acts that cannot be."""
    problems = _constituent_problems(scenario)
    if scenario.shock and scenario.feed.kind == "held":
        problems.append("held prices are moved by the operator: they have no shocks")
    for index, shock in enumerate(scenario.shock):
        spans = (shock.at_s, shock.hold_s, shock.back_s, shock.silent_s, shock.sources)
        if min(spans) < 0 or shock.over_s < 1:
            problems.append(f"shock {index + 1}: times are not below zero, over_s is above it")
        if not -SHOCK_MOST_PPM < shock.move_ppm <= SHOCK_MOST_PPM:
            problems.append(f"shock {index + 1}: move_ppm is above -1000000, up to 1000000")
    for index, act in enumerate(scenario.act):
        if act.at_s < 1:
            problems.append(f"act {index + 1}: at_s is above zero")
        if act.is_everywhere and act.market:
            problems.append(f"act {index + 1}: {act.do} is about the whole venue, no market's")
        if not act.is_everywhere and act.market not in scenario.markets:
            problems.append(f"act {index + 1}: {act.market or 'none'} is not one of the markets")
    return problems


def _constituent_problems(scenario: Scenario) -> list[str]:
    """Constituents that cannot be, and shocks to some that are not there."""
    problems = []
    names = [(each.asset, each.name) for each in scenario.constituent]
    if len(set(names)) < len(names):
        problems.append("two constituents of an index have the same name")
    for index, each in enumerate(scenario.constituent):
        if each.weight < 1 or not 0 <= each.apart_ppm < SHOCK_MOST_PPM:
            place = f"constituent {index + 1}"
            problems.append(f"{place}: weight is above zero, apart_ppm from 0 below 1000000")
    for index, shock in enumerate(scenario.shock):
        if shock.constituent and (shock.asset, shock.constituent) not in names:
            place = f"shock {index + 1}"
            problems.append(f"{place}: {shock.asset} has no constituent {shock.constituent!r}")
        if shock.constituent and shock.sources:
            problems.append(f"shock {index + 1}: sources is about the index, not a constituent")
    return problems


def _in_order(*moments: datetime | None) -> bool:
    times_us = [microseconds(moment) for moment in moments if moment is not None]
    return times_us == sorted(times_us)


def _order_problems(order: OrderSpec, accounts: set[str]) -> list[str]:
    problems = []
    if order.account not in accounts:
        problems.append(f"there is no account {order.account!r}")
    if (order.size is None) == (order.value is None):
        problems.append("give either size or value")
    if (order.price is None) == (order.type in {"limit", "post"}):
        problems.append("a price belongs to limit and post orders, and to no other")
    if (order.trigger is None) == (order.type in {"stop", "take_profit"}):
        problems.append("a trigger belongs to stop and take_profit orders, and to no other")
    if (order.leverage is None) == (order.margin == "isolated"):
        problems.append("leverage belongs to isolated margin; cross follows from the deposit")
    return problems
