"""A session's limits and pauses: where they stand, how limits are set, how a pause ends sooner."""

from __future__ import annotations

from decimal import Decimal

from longshore.engine.units import PPM
from longshore.explain import format as fmt
from longshore.explain.closes import Held
from longshore.explain.sentences import say
from longshore.practice.guardrails import log, session
from longshore.practice.guardrails.log import Limits, Overrode, Switched
from longshore.practice.guardrails.session import CALM_US, OVERRIDE_US, Pause, Session
from longshore.venue.context import Venue
from longshore.venue.dialects.native import draft, render
from longshore.venue.dialects.native.account import in_dollars
from longshore.venue.dialects.native.errors import REFUSED, ApiError, bad_value
from longshore.venue.dialects.native.guardrails.guided import is_person
from longshore.venue.dialects.native.schema.guardrails import (
    GuardrailsReply,
    GuidedBody,
    LimitsBody,
    PauseReply,
)
from longshore.venue.dialects.native.wire import Call, decimal
from longshore.venue.history import Span
from longshore.venue.views import open_orders, positions

TRADES_MAX = 1_000
LEVERAGE_MAX = 1_000
NO_LIMITS = Limits(seq=0, time_us=0, loss_atoms=0, trades=0, leverage_ppm=0)


async def standing(call: Call) -> Session:
    """Where the account's session stands now."""
    venue = call.venue
    held = await venue.positions.of(call.account_id)
    entries = venue.guardrails.log(call.account_id)
    return session.session(entries, held, lambda each: _worth(venue, each), venue.now_us)


def _worth(venue: Venue, held: Held) -> int:
    """What a position came to, in the settlement asset; coins at the index of now."""
    market = venue.view.markets[held.market_id]
    return in_dollars(venue.view, int(market.settle_asset_id), held.result_atoms)


async def get_guardrails(call: Call) -> GuardrailsReply:
    """Where guided practice stands: its session, a pause, its limits, and when they may be set."""
    now, entries = await standing(call), call.venue.guardrails.log(call.account_id)
    limits, settlement = now.limits or NO_LIMITS, call.venue.catalog.settlement
    loss, leverage = limits.loss_atoms, limits.leverage_ppm
    return GuardrailsReply(
        guided=log.is_guided(entries),
        pause=None if now.pause is None else _pause(call, now.pause),
        max_loss=render.text(settlement.amount(loss)) if loss else None,
        max_trades=limits.trades or None,
        max_leverage=render.text(Decimal(leverage) / PPM) if leverage else None,
        fixed=await _fixed(call, now),
        text=_told(now),
    )


def _pause(call: Call, pause: Pause) -> PauseReply:
    time = fmt.countdown(pause.ends_us - call.venue.now_us)
    key = "pause-ends" if pause.asked_us else f"pause-{pause.cause}"
    return PauseReply(
        cause=pause.cause,
        ends=render.ms(pause.ends_us),
        asked=pause.asked_us > 0,
        text=say(key, time=time, losses=str(session.LOSSES_IN_A_ROW)),
        override_label=say("pause-override", delay=fmt.countdown(OVERRIDE_US)),
    )


def _told(now: Session) -> list[str]:
    """What the session has come to, beside its limits."""
    limits = now.limits
    if limits is None:
        return [say("session-without", trades=str(now.trades))]
    lost = fmt.money(max(0, now.lost_atoms))
    said = []
    if limits.loss_atoms:
        said.append(say("session-loss", lost=lost, most=fmt.money(limits.loss_atoms)))
    if limits.trades:
        said.append(say("session-trades", trades=str(now.trades), most=str(limits.trades)))
    if limits.leverage_ppm:
        said.append(say("session-leverage", most=fmt.times(limits.leverage_ppm, PPM)))
    return said


async def set_limits(call: Call, body: LimitsBody) -> GuardrailsReply:
    """Set a session's limits, while nothing is held and all is calm; a new session begins."""
    entry = _limits(call, body)
    why_not = await _fixed(call, await standing(call))
    if why_not:
        raise ApiError(REFUSED, "LIMITS_FIXED", why_not)
    call.venue.guardrails.note(call.account_id, entry)
    return await get_guardrails(call)


def _limits(call: Call, body: LimitsBody) -> Limits:
    loss_atoms = leverage_ppm = 0
    if body.max_loss is not None:
        number = decimal(body.max_loss, "max_loss")
        loss_atoms = draft.atoms(call.venue.catalog.settlement, number, "max_loss")
        if loss_atoms <= 0:
            raise bad_value("This must be above zero.", "max_loss")
    if body.max_trades is not None and not 0 < body.max_trades <= TRADES_MAX:
        raise bad_value(f"This is from 1 to {TRADES_MAX}.", "max_trades")
    if body.max_leverage is not None:
        number = decimal(body.max_leverage, "max_leverage")
        if not 0 < number <= LEVERAGE_MAX or number * PPM != int(number * PPM):
            raise bad_value(f"This is above 0 and at most {LEVERAGE_MAX}.", "max_leverage")
        leverage_ppm = int(number * PPM)
    return Limits(
        **call.venue.stamp(),
        loss_atoms=loss_atoms,
        trades=body.max_trades or 0,
        leverage_ppm=leverage_ppm,
    )


async def _fixed(call: Call, now: Session) -> str:
    """Why the limits cannot be set now; empty where they can."""
    view, account_id = call.venue.view, call.account_id
    margined = {info.market_id for info in call.venue.catalog.margined}
    waiting = any(int(order.market_id) in margined for order in open_orders(view, account_id))
    if waiting or any(True for _ in positions(view, account_id)):
        return say("limits-not-flat")
    fills = await call.venue.history.fills(account_id, Span(limit=1))
    entries = call.venue.guardrails.log(account_id)
    calm_us = session.calm_from_us(entries, fills[0].time_us if fills else 0)
    until_us = max(calm_us, now.pause.ends_us if now.pause else 0)
    left_us = until_us - call.venue.now_us
    calm = fmt.countdown(CALM_US)
    return say("limits-not-calm", calm=calm, time=fmt.countdown(left_us)) if left_us > 0 else ""


async def override(call: Call) -> GuardrailsReply:
    """Ask for the end of a pause; it still lasts a while, and that it was asked is on record."""
    pause = (await standing(call)).pause
    if pause is None:
        raise ApiError(REFUSED, "NO_PAUSE", say("pause-none"))
    if not pause.asked_us:
        call.venue.guardrails.note(call.account_id, Overrode(**call.venue.stamp()))
    return await get_guardrails(call)


async def switch(call: Call, body: GuidedBody) -> GuardrailsReply:
    """Switch Guided on or off, which is on record. At the page a pause is not switched away."""
    if body.on != log.is_guided(call.venue.guardrails.log(call.account_id)):
        pause = (await standing(call)).pause
        if pause is not None and not body.on and is_person(call):
            left = fmt.countdown(pause.ends_us - call.venue.now_us)
            raise ApiError(REFUSED, "COOL_DOWN", say("pause-stays", time=left), "on")
        call.venue.guardrails.note(call.account_id, Switched(**call.venue.stamp(), on=body.on))
    return await get_guardrails(call)
