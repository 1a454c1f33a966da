"""What waits for a second operator."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.base import Reply
from longshore.venue.proposals import ProposalState


class Waits(Reply):
    """Not carried out but kept, with status 202: a second operator has to approve it."""

    proposal: int
    text: str
    until_ms: int  # wall clock


class ProposalLine(Reply):
    """Something an operator wants done."""

    id: int
    state: ProposalState
    act: str
    text: str
    who: str
    why: str
    wall_ms: int
    until_ms: int
    is_own: bool  # of whoever asks, who may withdraw it and not approve it
    decided_by: str
    decided_ms: int  # 0: nobody has
    decided_why: str


class ProposalsPage(Reply):
    """Whether operators' acts wait here for a second one, and those that do or did."""

    four_eyes: bool
    proposals: list[ProposalLine]
