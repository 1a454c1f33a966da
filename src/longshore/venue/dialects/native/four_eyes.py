"""Which acts of an operator take two people, where a venue wants that; the rule in one place.

A route that is added is held to it by one line here: the name of its act.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from longshore.explain import format as fmt
from longshore.explain.operator import did
from longshore.explain.sentences import say
from longshore.venue.dialects.native.errors import CONFLICT, FORBIDDEN, ApiError, bad_value
from longshore.venue.dialects.native.schema.proposals import Waits
from longshore.venue.operator_log import Deed
from longshore.venue.proposals import WAITING_MAX, Asked, Proposal, now_ms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from longshore.venue.caller import Caller
    from longshore.venue.context import Venue
    from longshore.venue.dialects.native.wire import Call, Operation

FOUR_EYES: dict[str, dict[str, Any]] = {
    "account": {},
    "account-state": {"state": "frozen"},
    "deposit": {},
    "freeze": {"frozen": True},
    "gift": {},
    "index": {},
    "key": {},
    "maintenance": {},
    "maintenance-off": {},
    "password": {},
    "recovery": {},
    "role": {},
    "state": {"state": "halted"},
    "terms": {},
}
"""Acts on balances, rules, halts, prices, accounts and people. Beside each is the emergency: asked
with just this, one person does it at once. What stops can be undone, and to undo it takes two."""
APPOINTS = ("role", "password")
"""What the token alone may do: whoever has the machine makes the first operators."""
OWN_NEEDS = ("account", "trader")
US_PER_MS = 1_000
NUMBER_BOUND = 2**63
BODY_MAX_BYTES = 4_096
"""Of what is kept for another to read."""


def takes_two(call: Call, act: str, given: Mapping[str, Any]) -> bool:
    """Whether an act waits for a second person. In a world of one's own nothing does."""
    if not call.venue.proposals.four_eyes or act not in FOUR_EYES or call.caller.owns_world:
        return False
    if act in APPOINTS and not call.caller.name:
        return False
    emergency = FOUR_EYES[act].items()
    return not emergency or any(given.get(name) != value for name, value in emergency)


def kept(call: Call, act: str, body: dict[str, Any]) -> Waits:
    """Keep an act as a proposal, and say so. Raises ApiError."""
    check_named(call.caller)
    _check_size(body)
    asked = Asked(
        act=act,
        path=call.path,
        body=body,
        who=call.caller.name,
        why=call.why,
        wall_ms=now_ms(),
        world_ms=call.venue.now_us // US_PER_MS,
    )
    proposal = call.venue.proposals.add(asked, int(call.venue.view.seq))
    if proposal is None:
        message = say("proposals-many", most=str(WAITING_MAX))
        raise ApiError(CONFLICT, "TOO_MANY_PROPOSALS", message)
    note(call, "propose", {"id": proposal.id, "act": act, "given": asked.given})
    return Waits(proposal=proposal.id, text=waits_told(proposal), until_ms=proposal.until_ms)


def _check_size(body: dict[str, Any]) -> None:
    """Raises ApiError for what nobody reads, and for a number no act could use."""
    for name, value in body.items():
        if isinstance(value, int) and abs(value) >= NUMBER_BOUND:
            raise bad_value("This number is out of all proportion.", name)
    if len(msgspec.json.encode(body)) > BODY_MAX_BYTES:
        raise ApiError(413, "BODY_TOO_LARGE", "The body is too large.")


def waits_told(proposal: Proposal) -> str:
    """That it waits, what it is, and until when."""
    what = did(proposal.asked.act, proposal.asked.given)
    until = fmt.moment(proposal.until_ms * US_PER_MS)
    return say("proposal-waits", id=str(proposal.id), what=what, until=until)


def note(call: Call, act: str, given: dict[str, Any], asked: Asked | None = None) -> None:
    """A line of the operator's log; with what was asked, whose act it was and who approved it."""
    deed = Deed(
        act=act,
        given=given,
        who=call.caller.name if asked is None else asked.who,
        why=call.why if asked is None else asked.why,
        approved_by="" if asked is None else call.caller.name,
        seq=call.venue.view.seq,
        world_ms=call.venue.now_us // US_PER_MS,
        wall_ms=now_ms(),
    )
    call.venue.operator_log.note(deed)


def check_named(caller: Caller) -> None:
    """Raises ApiError for the holder of the token, who could be anybody."""
    if not caller.name:
        raise ApiError(FORBIDDEN, "NOT_A_PERSON", say("proposals-named"))


def check_reason(call: Call, operation: Operation) -> None:
    """Raises ApiError for an operator's act without a reason, where two look at each."""
    wanted = call.venue.proposals.four_eyes and not call.caller.owns_world
    if wanted and not call.why and operation.act and operation.is_operators:
        raise bad_value(say("proposals-why"), "why")


def check_own_name(venue: Venue, caller: Caller, operation: Operation, account: str) -> None:
    """Raises ApiError for a change in another's name: it would take one person."""
    if not venue.proposals.four_eyes or operation.looks or operation.needs not in OWN_NEEDS:
        return
    if account != caller.name and not caller.owns_world:
        raise ApiError(FORBIDDEN, "ANOTHERS_NAME", say("proposals-own-name"), "account")
