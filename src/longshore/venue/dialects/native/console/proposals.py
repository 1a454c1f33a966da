"""What waits for a second operator: looked at, approved, declined or withdrawn."""

from __future__ import annotations

from typing import Any

from longshore.explain.operator import did
from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import (
    CONFLICT,
    FORBIDDEN,
    ApiError,
    bad_value,
    not_found,
)
from longshore.venue.dialects.native.four_eyes import check_named
from longshore.venue.dialects.native.markets import NUMBER_MAX, limited, number_in
from longshore.venue.dialects.native.schema.console import Done
from longshore.venue.dialects.native.schema.proposals import ProposalLine, ProposalsPage
from longshore.venue.dialects.native.wire import Call, Query
from longshore.venue.proposals import Proposal, ProposalState

LISTED_MAX = 200


class ProposalsQuery(Query):
    """The newest `limit`, with `before` those that are older; or all that wait, the oldest first.

    Without `waiting` also what was decided or lapsed.
    """

    limit: int = 50
    before: int | None = None
    waiting: bool = False


async def list_proposals(call: Call, query: ProposalsQuery) -> ProposalsPage:
    """What operators want done, and what became of it."""
    limited(query.limit, LISTED_MAX)
    if query.before is not None:
        limited(query.before, NUMBER_MAX, "before")
    kept = call.venue.proposals
    found = kept.waiting() if query.waiting else kept.newest(query.limit, query.before)
    return ProposalsPage(four_eyes=kept.four_eyes, proposals=[_line(call, each) for each in found])


async def approve(call: Call) -> Any:
    """Carry it out now; the answer is the act's own. Whoever proposed it does not approve it."""
    proposal = found_proposal(call, number_in(call))
    if proposal.asked.who == call.caller.name:
        raise ApiError(FORBIDDEN, "OWN_PROPOSAL", say("proposal-own"), "id")
    _decide(call, proposal, "taken")
    kept = call.venue.proposals
    outcome: ProposalState = "interrupted"
    try:
        reply = await kept.doing[proposal.asked.act](call, proposal.asked)
        outcome = "approved"
    except ApiError:
        outcome = "waiting"
        raise
    finally:
        kept.become(proposal.id, outcome)
    return reply


async def decline(call: Call) -> Done:
    """Say no to it, with a reason. Whoever proposed it withdraws it instead."""
    proposal = found_proposal(call, number_in(call))
    if proposal.asked.who == call.caller.name:
        raise ApiError(FORBIDDEN, "OWN_PROPOSAL", say("proposal-own"), "id")
    if not call.why:
        raise bad_value(say("proposals-why"), "why")
    _decide(call, proposal, "declined")
    return Done(text=did("decline", {"id": proposal.id}))


async def withdraw(call: Call) -> Done:
    """Take back what one has proposed."""
    proposal = found_proposal(call, number_in(call))
    if proposal.asked.who != call.caller.name:
        raise ApiError(FORBIDDEN, "NOT_YOUR_PROPOSAL", say("proposal-others"), "id")
    _decide(call, proposal, "withdrawn")
    return Done(text=did("withdraw", {"id": proposal.id}))


def found_proposal(call: Call, number: int, field: str = "id") -> Proposal:
    """A proposal by its number. Raises ApiError."""
    proposal = call.venue.proposals.get(number)
    if proposal is None:
        raise not_found("proposal", field)
    return proposal


def _decide(call: Call, proposal: Proposal, state: ProposalState) -> None:
    """Raises ApiError for one that does not wait any more: somebody may just have been quicker."""
    check_named(call.caller)
    if not call.venue.proposals.decide(proposal.id, state, call.caller.name, call.why):
        now = found_proposal(call, proposal.id)
        raise ApiError(CONFLICT, "NOT_WAITING", say(f"proposal-is-{now.state}"), "id")


def _line(call: Call, proposal: Proposal) -> ProposalLine:
    asked = proposal.asked
    return ProposalLine(
        id=proposal.id,
        state=proposal.state,
        act=asked.act,
        text=did(asked.act, asked.given),
        who=asked.who,
        why=asked.why,
        wall_ms=asked.wall_ms,
        until_ms=proposal.until_ms,
        is_own=asked.who == call.caller.name,
        decided_by=proposal.decided_by,
        decided_ms=proposal.decided_ms,
        decided_why=proposal.decided_why,
    )
