"""Trouble on demand for the imitated APIs; this one stays as it is."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.clock import Cut
from longshore.venue.dialects.native.wire import Call
from longshore.venue.trouble import TroubleTerms


async def get_trouble(call: Call) -> TroubleTerms:
    """What goes wrong between clients and the imitated APIs."""
    return call.venue.trouble.terms


async def set_trouble(call: Call, body: TroubleTerms) -> TroubleTerms:
    """From now on this goes wrong, drawn anew from the seed; nothing where all is zero."""
    call.venue.trouble.become(body)
    return body


async def cut_sockets(call: Call) -> Cut:
    """Cut every open socket of the imitated APIs now; their clients may come again."""
    return Cut(sockets=call.venue.trouble.cut())
