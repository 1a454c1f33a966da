"""What practice asks and answers: a position elsewhere, plans, debriefs."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.base import Reply


class Elsewhere(Reply):
    """A point of a curve: the position at another mark. `closed`: past liquidation."""

    percent: str  # of the mark of now
    price: str
    result: str
    closed: bool


class AheadReply(Reply):
    """A held position at another price, later, at another funding; nothing of it has happened."""

    symbol: str
    text: str
    price: str  # the mark it comes to, or at which the venue closes it
    closed: bool
    result: str
    result_text: str
    mark: str
    curve: list[Elsewhere]
    unit: str | None  # the coin that results are counted in; None: dollars
