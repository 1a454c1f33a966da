"""How the venue is: its parts, what is planned, what was; and what an operator plans and says."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from longshore.venue.dialects.native.schema.base import Body, MarketStateName, PhaseName, Reply
from longshore.venue.incidents import Kind

WEEK_MIN = 7 * 24 * 60
PartState = Literal["up", "limited", "down"]
PartKey = Literal["orders", "market_data", "money", "journal", "watch", "apis"]
Down = Annotated[int, msgspec.Meta(ge=1, le=WEEK_MIN)]
Around = Annotated[int, msgspec.Meta(ge=0, le=WEEK_MIN)]


class MaintenanceBody(Body):
    """Maintenance of the whole venue, in minutes of the world's time."""

    down_min: Down
    reason: str  # one line for everybody
    from_ms: int | None = None  # when it goes down; without, as soon as it has closed
    closing_min: Around = 5  # before it, orders can only be cancelled
    opening_min: Around = 10  # after it, only orders that rest are taken


class NoticeBody(Body):
    """A line for everybody, on the notice board and the status page."""

    text: str


class Maintenance(Reply):
    """One that is planned or under way. Times are the world's, in ms."""

    id: int
    phase: PhaseName
    closing: int
    down: int
    opening: int
    active: int
    reason: str
    text: str
    steps: list[str]


class VenuePart(Reply):
    """Something the venue does, and how it does it now."""

    key: PartKey
    title: str
    state: PartState
    text: str


class MarketNow(Reply):
    """A market, and what it takes now."""

    symbol: str
    state: MarketStateName
    text: str


class IncidentLine(Reply):
    """Something that did not work as usual. `until` is empty while it goes on, or was not seen."""

    kind: Kind
    begins: int
    until: int | None
    goes_on: bool
    symbol: str | None
    text: str
    lasted: str


class VenueNotice(Reply):
    """What an operator told everybody."""

    time: int
    text: str


class StatusReply(Reply):
    """How the venue is, for anybody; it shows nothing of anyone."""

    state: PartState
    text: str
    note: str
    world_time: int
    parts: list[VenuePart]
    markets: list[MarketNow]
    maintenance: list[Maintenance]
    incidents: list[IncidentLine]
    notices: list[VenueNotice]
