"""The operator's part: cases that wait for a person, and the states of accounts."""

from __future__ import annotations

from longshore.engine.codes import AccountState, Origin
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.explain.operator import did
from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, not_found, raise_refusal
from longshore.venue.dialects.native.onshore.page import person_reply
from longshore.venue.dialects.native.schema.console import Done
from longshore.venue.dialects.native.schema.onshore import (
    AccountStateBody,
    QueueBody,
    WaitingCase,
)
from longshore.venue.dialects.native.wire import Call
from longshore.venue.onshore import people
from longshore.venue.onshore.gating import STATES
from longshore.venue.onshore.log import Appealed, Put

WAITING = ("waiting", "appealed")


async def list_cases(call: Call) -> list[WaitingCase]:
    """Identities that nobody has decided, and those whose owners appealed."""
    onshore, now_us = call.venue.onshore, call.venue.now_us
    made = []
    for account_id in onshore.log.accounts():
        standing = onshore.standing(account_id)
        if standing.case(now_us) not in WAITING or standing.shown is None:
            continue
        found = people.person(standing.shown.person, now_us)
        assert found is not None, "nobody else can be shown"
        words = [e.text for e in onshore.log.of(account_id) if isinstance(e, Appealed)]
        made.append(
            WaitingCase(
                account=call.venue.accounts.name(account_id) or "",
                case=standing.shown.case,
                person=person_reply(found),
                tier=standing.shown.tier,
                country=standing.country,
                appeal=words[-1] if words and standing.appealed else "",
            )
        )
    return made


async def decide_case(call: Call, body: QueueBody) -> Done:
    """Accept or refuse a case by hand."""
    onshore, case = call.venue.onshore, call.path["case"]
    owner = onshore.owner_of(case)
    if owner is None:
        raise not_found("case", "case")
    if onshore.standing(owner).case(call.venue.now_us) not in WAITING:
        raise ApiError(CONFLICT, "DECIDED", say("onshore-decision-decided"), "case")
    await onshore.note(owner, onshore.decision(owner, case, "" if body.accept else "by_hand"))
    return Done(text=did("identity", {"case": case, "accept": body.accept}))


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
