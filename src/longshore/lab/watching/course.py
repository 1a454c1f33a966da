"""One world with one kind of conduct in it, watched: what was told, and of whom it was true."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from longshore.engine._compile import Mode
from longshore.journal.batch import Batch
from longshore.lab.watching import honest, offenders
from longshore.practice.worlds import World
from longshore.surveillance.alert import Alert, Pattern
from longshore.surveillance.watch import Watch
from longshore.world import scenario as scenarios
from longshore.world.fitting import with_line

START = datetime(2026, 11, 2, 11, 50, tzinfo=UTC)
HOUR = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
MINUTES = 21
TURN = timedelta(seconds=2)
NONE, ALIKE = "nobody", "look-alikes"
CONDUCTS = (*Pattern, ALIKE, NONE)
"""What is done in a world: one of the patterns, things that look like them, or nothing special."""
MARKETS = '["PF_XBTUSD", "XBT/USD"]'
DEPOSIT_USD = 20_000_000
FALL = """
[[shock]]
asset = "XBT"
at_s = 120
move_ppm = {ppm}
over_s = 240
"""
PUMP = """
[[constituent]]
asset = "XBT"
name = "north"
[[constituent]]
asset = "XBT"
name = "south"
[[constituent]]
asset = "XBT"
name = "west"
"""
PUMPED = """
[[shock]]
asset = "XBT"
constituent = "{name}"
at_s = {at_s}
move_ppm = {ppm}
over_s = {over_s}
hold_s = {hold_s}
back_s = {back_s}
"""


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """Which world."""

    conduct: str
    seed: int
    minutes: int = MINUTES
    mode: Mode = "jit"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a watched world came to."""

    conduct: str
    seed: int
    events: int
    culprits: tuple[str, ...]
    """Who did it: whoever trades together counts as one."""
    told: tuple[tuple[Pattern, tuple[str, ...]], ...]
    """Alerts: the pattern and the accounts of each."""

    @property
    def found(self) -> bool:
        """Whether the pattern that was there was told of somebody who did it."""
        return any(self.is_right(pattern, accounts) for pattern, accounts in self.told)

    def is_right(self, pattern: Pattern, accounts: tuple[str, ...]) -> bool:
        """Whether an alert is true."""
        return pattern == self.conduct and set(accounts) <= set(self.culprits)


class Cast(msgspec.Struct):
    """Who joins a world: traders of one's own by account, and what the world's file gets."""

    traders: dict[str, object] = {}
    accounts: tuple[str, ...] = ()
    culprits: tuple[str, ...] = ()
    text: str = ""
    victims: int = 0


def run(course: Course, on_alert: Callable[[Alert], None] | None = None) -> Outcome:
    """Make the world, let it go on, watch it."""
    cast = cast_of(course)
    with World.create(_text(course, cast), seed=course.seed, mode=course.mode) as world:
        for name in cast.accounts:
            world.account(name, USD=DEPOSIT_USD)
        for number in range(cast.victims):
            _victim(world, f"victim {number + 1}")
        for name, trader in cast.traders.items():
            world.join(name, trader, every=TURN)
        watch, told, seq, count = Watch(world.rulebook.catalog), [], 0, 0
        for _ in range(course.minutes):
            world.advance(minutes=1)
            events = world.happened(seq)
            seq, count = world.seq, count + len(events)
            told += watch.see(Batch(first_seq=1, time_us=0, commands=[], events=events))
        names = {world.number(name): name for name in world.accounts}
    for alert in told:
        if on_alert is not None:
            on_alert(alert)
    return Outcome(
        conduct=course.conduct,
        seed=course.seed,
        events=count,
        culprits=cast.culprits,
        told=tuple((a.pattern, tuple(names.get(n, "?") for n in a.accounts)) for a in told),
    )


def cast_of(course: Course) -> Cast:
    """Who does what in a world, and when, by its seed."""
    chance = random.Random(f"{course.conduct} {course.seed}")  # noqa: S311 - chosen, not secret
    if course.conduct == ALIKE:
        return _alike(chance)
    makers: dict[str, Callable[[random.Random], Cast]] = {
        Pattern.WASH: _washers,
        Pattern.SPOOFING: lambda c: _one("spoofer", offenders.Spoofer("spoofer", c)),
        Pattern.LAYERING: lambda c: _one("layerer", offenders.Layerer("layerer", c)),
        Pattern.MARKING: lambda c: _one("marker", offenders.Marker("marker", c, HOUR)),
        Pattern.RATE: lambda c: _one("stuffer", offenders.Stuffer("stuffer", c)),
        Pattern.HUNTING: _manipulated,
        Pattern.PUMP: _pumped,
        NONE: lambda c: Cast(),
    }
    return makers[course.conduct](chance)


def _one(name: str, trader: object) -> Cast:
    return Cast(traders={name: trader}, accounts=(name,), culprits=(name,))


def _washers(chance: random.Random) -> Cast:
    washer = offenders.Washer("anna", "bert", chance)
    return Cast(traders={"anna": washer}, accounts=("anna", "bert"), culprits=("anna", "bert"))


def _alike(chance: random.Random) -> Cast:
    return Cast(
        traders={
            "quoter": honest.Quoter("quoter", chance),
            "ladderer": honest.Ladderer("ladderer", chance),
            "builder": honest.Builder("builder", chance, HOUR),
        },
        accounts=("quoter", "ladderer", "builder"),
    )


def _manipulated(chance: random.Random) -> Cast:
    """People with thin margin, an index that has come near it, and one who pushes the rest."""
    begins = START + timedelta(seconds=chance.uniform(380, 560))
    cast = _one("manipulator", offenders.Manipulator("manipulator", chance, begins))
    cast.text, cast.victims = FALL.format(ppm=-chance.randint(5_500, 8_500)), 4
    return cast


def _pumped(chance: random.Random) -> Cast:
    """Two of three constituents pushed up and let go, and one who knows when."""
    at_s, over_s, hold_s = chance.randint(420, 720), chance.randint(5, 30), chance.randint(15, 60)
    back_s, ppm = chance.randint(5, 60), chance.randint(4_000, 15_000)
    top = START + timedelta(seconds=at_s + over_s)
    cast = _one("pumper", offenders.Pumper("pumper", chance, top))
    shape = {"at_s": at_s, "ppm": ppm, "over_s": over_s, "hold_s": hold_s, "back_s": back_s}
    cast.text = PUMP + "".join(PUMPED.format(name=n, **shape) for n in ("north", "south"))
    return cast


def _text(course: Course, cast: Cast) -> str:
    """The live world with its bitcoin markets alone, at a set time."""
    text = with_line(scenarios.read("live"), "markets", MARKETS)
    return with_line(text, "start", f"{START:%Y-%m-%dT%H:%M:%SZ}") + cast.text


def _victim(world: World, name: str) -> None:
    """Somebody with the highest leverage there is."""
    info = world.rulebook.catalog.market("PF_XBTUSD")
    world.account(name, USD=1_000)
    world.set_leverage(name, info.symbol, info.leverage_max)
    price = world.price(info.symbol)
    assert price is not None, "the market has a price"
    assert info.leverage_max is not None, "and a leverage"
    size = int(900 * info.leverage_max / price / info.lot_size) * info.lot_size
    world.place(name, info.symbol, "buy", size)
