"""Changes of a market's terms in a sentence."""

from __future__ import annotations

from longshore.engine.codes import Term
from longshore.engine.events import EventKind
from longshore.engine.rows import Event, Market
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.rulebooks import MarketInfo
from longshore.rulebooks.changing import UNITS, from_engine, name_of

KINDS = {
    EventKind.TERMS_ANNOUNCED: "terms-announced",
    EventKind.TERMS_CHANGED: "terms-changed",
    EventKind.TERMS_DROPPED: "terms-dropped",
}
TIERED = (Term.TIER, Term.TIER_BOUND, Term.FEES)


def said(event: Event, info: MarketInfo, market: Market) -> str:
    """What will be, is, or will not be, from when."""
    term = Term(event.type)
    values = from_engine(term, int(event.value_atoms), int(event.amount_atoms), info, market)
    name = say(f"term-{name_of(term).replace('_', '-')}")
    if term in TIERED:
        name = say("term-of-tier", term=name, tier=str(int(event.flag) + 1))
    plain = term in UNITS or term == Term.MARGIN_FACTOR
    shown = [
        f"{each.normalize():f}" if plain else f"{(each * 100).normalize():f}%" for each in values
    ]
    return say(
        KINDS[EventKind(event.kind)],
        symbol=info.symbol,
        term=name,
        values=" / ".join(shown),
        time=fmt.moment(int(event.expire_us)),
    )
