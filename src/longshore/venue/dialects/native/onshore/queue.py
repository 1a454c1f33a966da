"""The operator's part: cases that wait for a person, and the states of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import AccountState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.explain.operator import did
from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, not_found, raise_refusal
from longshore.venue.dialects.native.onshore.page import case_of, person_reply
from longshore.venue.dialects.native.render import ms
from longshore.venue.dialects.native.schema.console import Done
from longshore.venue.dialects.native.schema.onshore import (
    AccountStateBody,
    QueueBody,
    WaitingCase,
)
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.onshore import people
from longshore.venue.onshore.checking import flaw_of
from longshore.venue.onshore.gating import STATES
from longshore.venue.onshore.log import Appealed, Put

if TYPE_CHECKING:
    from longshore.venue.context import Venue
    from longshore.venue.onshore.standing import Standing

WAITING = ("waiting", "appealed")


class CasesQuery(Query):
    """Those that wait, longest first; else the newest decided one of each account, newest first."""

    waiting: bool = True


async def list_cases(call: Call, query: CasesQuery) -> list[WaitingCase]:
    """Identities that nobody has decided and those whose owners appealed, or the decided ones."""
    venue = call.venue
    found = [
        _told(venue, account_id, standing)
        for account_id, standing in _shown(venue)
        if (standing.case(venue.now_us) in WAITING) == query.waiting
    ]
    return sorted(found, key=lambda each: each.since if query.waiting else -each.since)


def count_waiting(venue: Venue) -> int:
    """How many cases wait for a person."""
    return sum(standing.case(venue.now_us) in WAITING for _, standing in _shown(venue))


def _shown(venue: Venue) -> list[tuple[int, Standing]]:
    """The accounts that have shown somebody."""
    found = [(each, venue.onshore.standing(each)) for each in venue.onshore.log.accounts()]
    return [(account_id, standing) for account_id, standing in found if standing.shown is not None]


def _told(venue: Venue, account_id: int, standing: Standing) -> WaitingCase:
    shown, now_us = standing.shown, venue.now_us
    assert shown is not None, "only those who have shown somebody are asked for"
    person = people.person(shown.person, now_us)
    assert person is not None, "nobody else can be shown"
    told = case_of(standing, now_us)
    flaw = flaw_of(person, standing.country, people.day_of(now_us))
    appeals = [each for each in venue.onshore.log.of(account_id) if isinstance(each, Appealed)]
    appeal = appeals[-1] if standing.appealed else None
    return WaitingCase(
        account=venue.accounts.name(account_id) or "",
        case=shown.case,
        person=person_reply(person),
        tier=shown.tier,
        tier_text=say(f"onshore-tier-{shown.tier}"),
        country=standing.country,
        appeal=appeal.text if appeal else "",
        state=told.state,
        state_text=told.text,
        reason=_reason(standing) if told.state in WAITING else "",
        found=say(f"onshore-found-{flaw.replace('_', '-')}" if flaw else "onshore-found-nothing"),
        since=ms((appeal or standing.decided or shown).time_us),
    )


def _reason(standing: Standing) -> str:
    """Why a case waits for a person."""
    if standing.decided is not None:
        flaw = standing.decided.flaw.replace("_", "-")
        return say("onshore-queue-appealed", before=say(f"onshore-flaw-{flaw}"))
    assert standing.shown is not None
    by_hand = standing.shown.provider == "manual"
    return say("onshore-queue-by-hand" if by_hand else "onshore-queue-unanswered")


async def decide_case(call: Call, body: QueueBody) -> Done:
    """Accept or refuse a case by hand."""
    onshore, case = call.venue.onshore, call.path["case"]
    owner = owner_of_waiting(call.venue, case)
    await onshore.note(owner, onshore.decision(owner, case, "" if body.accept else "by_hand"))
    return Done(text=did("identity", {"case": case, "accept": body.accept}))


def owner_of_waiting(venue: Venue, case: str) -> int:
    """Whose a case is that waits for a person. Raises ApiError for one that does not."""
    owner = venue.onshore.owner_of(case)
    if owner is None:
        raise not_found("case", "case")
    if venue.onshore.standing(owner).case(venue.now_us) not in WAITING:
        raise ApiError(CONFLICT, "DECIDED", say("onshore-decision-decided"), "case")
    return owner


async def set_account_state(call: Call, body: AccountStateBody) -> Done:
    """Let an account trade, close only, freeze it, or close it for good where nothing is open."""
    venue, name = call.venue, call.path["name"]
    account_id = venue.accounts.account_id(name)
    if account_id is None:
        raise not_found("account", "name")
    held = venue.view.accounts[account_id]
    if held.state == AccountState.CLOSED and body.state != "closed":
        raise ApiError(CONFLICT, "ACCOUNT_CLOSED", say("reject-account-closed"), "state")
    command = Command(
        kind=CommandKind.SET_ACCOUNT_STATE,
        origin=Origin.OPERATOR,
        account_id=account_id,
        value=STATES[body.state],
        leverage_ppm=int(held.leverage_cap_ppm),
    )
    [events] = await venue.submit([command])
    raise_refusal(events)
    await venue.onshore.note(account_id, Put(**venue.stamp(), state=body.state))
    return Done(text=did("account-state", {"name": name, "state": body.state}))
