"""What this venue is, and its clock."""

from __future__ import annotations

import time
from decimal import Decimal

from longshore import __version__
from longshore.explain import downtimes
from longshore.explain.sentences import LANGUAGE_NAMES, spoken
from longshore.explain.venue import banner, banner_line, disclaimers, live_told, realism
from longshore.venue.context import Venue
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.errors import bad_value
from longshore.venue.dialects.native.schema.bodies import ClockBody
from longshore.venue.dialects.native.schema.clock import (
    About,
    ClockState,
    LanguageChoice,
    LiveState,
    MaintenanceNow,
    StateReply,
)
from longshore.venue.dialects.native.wire import Call, decimal
from longshore.world.clock import ClockError

PPM = 1_000_000
US_PER_MS = 1_000
NS_PER_MS = 1_000_000
SOON_US = 3_600_000_000


async def get_about(call: Call) -> About:
    """What this is, and what it is not."""
    world = call.venue.world
    rulebook = call.venue.rulebook
    unverified = world.unverified()
    return About(
        name="Longshore",
        version=__version__,
        banner=banner(),
        banner_line=banner_line(),
        realism=" ".join(realism(rulebook.title, world.parts.feed.note, unverified)),
        disclaimers=disclaimers(),
        rulebook=rulebook.id,
        venue=rulebook.venue,
        region=rulebook.region,
        as_of=rulebook.as_of.isoformat(),
        world=world.name,
        feed=world.scenario.feed.kind,
        engine=world.mode,
        faithful=not unverified,
        unverified=unverified,
        default_symbol=next(iter(call.venue.catalog.markets)),
        account=call.account,
        person=call.caller.name,
        role=call.caller.role,
        onshore=call.venue.onshore.is_on,
        owns_world=call.caller.may("world"),
        language=spoken()[0],
        languages=[LanguageChoice(code=c, name=n) for c, n in LANGUAGE_NAMES.items()],
    )


async def get_clock(call: Call) -> ClockState:
    """Where the world's clock stands."""
    return clock_state(call.venue)


async def get_state(call: Call) -> StateReply:
    """The digest of everything the engine holds; of a paused world where its clock stands.

    It takes a moment, so ask while time rests.
    """
    venue = call.venue
    if venue.world.clock.paused:
        await venue.sequencer.caught_up()
    return StateReply(
        seq=venue.view.seq,
        world_time=venue.now_us // US_PER_MS,
        digest=venue.world.engine.digest(),
    )


def clock_state(venue: Venue) -> ClockState:
    """The clock as it is; speed 0 is as fast as it goes."""
    clock = venue.world.clock
    return ClockState(
        world_time=clock.now_us() // US_PER_MS,
        wall_time=time.time_ns() // NS_PER_MS,
        paused=clock.paused,
        speed=render.text(Decimal(clock.speed_ppm) / PPM),
        mode="manual" if clock.paused else "real",
        live=live_state(venue),
        maintenance=maintenance_now(venue),
    )


def maintenance_now(venue: Venue) -> MaintenanceNow | None:
    """The maintenance that is under way, or begins within the hour."""
    each = downtimes.next_one(venue.view)
    if each is None or each.closing_us > venue.now_us + SOON_US:
        return None
    text = downtimes.told(each, venue.now_us)
    return MaintenanceNow(id=each.number, phase=render.phase(each), text=text)


def live_state(venue: Venue) -> LiveState | None:
    """How a world with live prices hears them."""
    name = venue.world.scenario.feed.venue
    if not name:
        return None
    if venue.upstream is None:
        text = live_told("left", name, 0)
        return LiveState(venue=name, state="left", since=None, outages=0, why="", text=text)
    link = venue.upstream.link
    return LiveState(
        venue=name,
        state=link.state,
        since=link.since_ms,
        outages=link.outages,
        why=link.why,
        text=live_told(link.state, name, link.since_ms),
    )


async def set_clock(call: Call, body: ClockBody) -> ClockState:
    """Pause, resume, step, or change the speed; a step is answered when it has been taken."""
    clock = call.venue.world.clock
    try:
        if body.action == "pause":
            clock.pause()
        elif body.action == "resume":
            clock.resume()
        elif body.action == "speed":
            clock.set_speed(_speed_ppm(body))
        else:
            clock.step((body.step_ms or 0) * US_PER_MS)
    except ClockError as error:
        raise bad_value(f"{error}.", body.action) from error
    call.venue.sequencer.wake()
    if body.action == "step":
        await call.venue.sequencer.caught_up()
    return clock_state(call.venue)


def _speed_ppm(body: ClockBody) -> int:
    if body.speed is None:
        raise bad_value("A speed is needed.", "speed")
    return int(decimal(body.speed, "speed") * PPM)
