"""What is said aloud on the stream: liquidations, triggers, orders that ended unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Reason, Reject
from longshore.engine.events import EventKind
from longshore.explain.format import money
from longshore.explain.sentences import say
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.schema import NoticeMessage
from longshore.venue.dialects.native.words import REASONS

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.venue.context import Venue

_ASKED_FOR = frozenset((Reason.BY_USER, Reason.FILLED, Reason.IOC_REMAINDER))


def notice(venue: Venue, account_id: int, event: Event) -> NoticeMessage | None:
    """The notice an event of the account is worth, or None."""
    if event.account_id != account_id:
        return None
    said = _said(event)
    if said is None:
        return None
    code, text, ref = said
    return NoticeMessage(
        seq=event.seq,
        world_time=render.ms(event.time_us),
        code=code,
        text=text,
        symbol=venue.catalog.market(int(event.market_id)).symbol if event.market_id else None,
        ref=ref,
    )


def _said(event: Event) -> tuple[str, str, str] | None:
    """A code, a sentence, and what it is about."""
    if event.kind == EventKind.LIQUIDATION_STARTED:
        return "LIQUIDATION_STARTED", _trigger_text(event), f"{event.seq}-{event.index}"
    if event.kind == EventKind.LIQUIDATION_ENDED:
        key = "moment-ended-closed" if event.flag else "moment-ended-cured"
        return "LIQUIDATION_ENDED", say(key), f"{event.seq}-{event.index}"
    if event.kind == EventKind.ORDER_ENDED and event.reason not in _ASKED_FOR:
        return Reason(event.reason).name, _ended_text(event), str(event.order_id)
    return None


def _trigger_text(event: Event) -> str:
    equity, margin = money(event.equity_atoms), money(event.margin_atoms)
    return f"Equity {equity} fell below the required {margin}."


def _ended_text(event: Event) -> str:
    if event.reject:
        return say(f"reject-{Reject(event.reject).name.lower().replace('_', '-')}")
    return REASONS.get(event.reason, "")
