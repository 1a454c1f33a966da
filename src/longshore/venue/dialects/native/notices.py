"""What is said aloud: liquidations, triggers, orders that ended unasked, a new engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import Reason, WalletKind
from longshore.engine.events import EventKind
from longshore.explain import changes, outcomes
from longshore.explain.format import amount, money
from longshore.explain.sentences import say
from longshore.venue.dialects.native import render
from longshore.venue.dialects.native.schema.stream import NoticeMessage

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.rulebooks import Catalog
    from longshore.venue.context import Venue

TERMS = (EventKind.TERMS_ANNOUNCED, EventKind.TERMS_CHANGED, EventKind.TERMS_DROPPED)
_ASKED_FOR = frozenset((Reason.BY_USER, Reason.FILLED, Reason.IOC_REMAINDER))


def notice(venue: Venue, account_id: int, event: Event) -> NoticeMessage | None:
    """The notice an event of the account is worth, or None."""
    if event.kind in TERMS:
        return _of_terms(venue, event)
    if event.account_id != account_id:
        return None
    said = _said(event, venue.catalog)
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


def _of_terms(venue: Venue, event: Event) -> NoticeMessage:
    """A change of terms, which everybody in the market hears of."""
    info = venue.catalog.market(int(event.market_id))
    text = changes.said(event, info, venue.view.markets[info.market_id])
    return NoticeMessage(
        seq=event.seq,
        world_time=render.ms(event.time_us),
        code=EventKind(event.kind).name,
        text=text,
        symbol=info.symbol,
        ref=None,
    )


def handed_over(venue: Venue) -> NoticeMessage:
    """The compiled engine has taken over from the plain one."""
    return NoticeMessage(
        seq=int(venue.view.seq),
        world_time=render.ms(venue.now_us),
        code="ENGINE_HANDED_OVER",
        text=say("notice-engine"),
        symbol=None,
        ref=None,
    )


def _said(event: Event, catalog: Catalog) -> tuple[str, str, str] | None:
    """A code, a sentence, and what it is about."""
    if event.kind == EventKind.LIQUIDATION_STARTED:
        return "LIQUIDATION_STARTED", _liquidation_text(event), f"{event.seq}-{event.index}"
    if event.kind == EventKind.LIQUIDATION_ENDED:
        text = outcomes.ladder_left(event)
        return "LIQUIDATION_ENDED", text, f"{event.seq}-{event.index}"
    if event.kind == EventKind.LOSS_SHARED:
        text = say("notice-loss-shared", amount=money(event.amount_atoms))
        return "LOSS_SHARED", text, f"{event.seq}-{event.index}"
    if event.kind == EventKind.TRANSFERRED and event.reason == Reason.MARGIN_TOP_UP:
        market = catalog.market(int(event.other_wallet) - WalletKind.ISOLATED)
        text = say("notice-top-up", amount=amount(market, event.amount_atoms))
        return "MARGIN_TOPPED_UP", text, market.symbol
    if event.kind == EventKind.ORDER_TRIGGERED:
        text = outcomes.fired(event, catalog.market(int(event.market_id)))
        return "ORDER_TRIGGERED", text, str(event.order_id)
    if event.kind == EventKind.ORDER_ENDED and event.reason not in _ASKED_FOR:
        text = outcomes.ended(event.reason, event.reject)
        return Reason(event.reason).name, text, str(event.order_id)
    return None


def _liquidation_text(event: Event) -> str:
    equity, maint = money(event.equity_atoms), money(event.margin_atoms)
    return say("notice-liquidation", equity=equity, maint=maint)
