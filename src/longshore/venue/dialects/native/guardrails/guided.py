"""Whether somebody is guided: the one setting that all guardrails go by, and its record."""

from __future__ import annotations

from longshore.practice.guardrails import log
from longshore.venue.auth import header
from longshore.venue.dialects.native.wire import Call


def is_guided(call: Call) -> bool:
    """Whether a person asks, and Guided is on for the account."""
    return is_person(call) and log.is_guided(call.venue.guardrails.log(call.account_id))


def is_person(call: Call) -> bool:
    """A page sends a cookie; a process of this venue that asks for a person sends their name."""
    return bool(call.caller.name) or not header(call.scope, b"authorization")
