"""Glossary and contract pages on the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore import rulebooks
from longshore.engine.value import has_funding
from longshore.explain import contract as pages
from longshore.explain.glossary import Term, glossary
from longshore.explain.known import Known
from longshore.rulebooks import RulebookError, UnknownSymbolError
from longshore.venue.dialects.native.draft import market_of
from longshore.venue.dialects.native.errors import bad_value, not_found
from longshore.venue.dialects.native.schema.terms import (
    ContractLine,
    ContractPart,
    ContractReply,
    GlossaryReply,
    GlossaryTerm,
)
from longshore.venue.dialects.native.trees import ground_of
from longshore.venue.dialects.native.wire import Call, Query

if TYPE_CHECKING:
    from longshore.rulebooks import MarketInfo, Rulebook

MINE = (
    *("position", "margin", "leverage", "liquidation-price", "funding", "fee"),
    *("taker", "free-money"),
)
"""Whose numbers stand on a contract page as the reader's own."""


class GlossaryQuery(Query):
    """In which perpetual market the reader's numbers are; without one in the first."""

    symbol: str = ""


class ContractQuery(Query):
    """Under which rulebook; without one under the world's own."""

    rulebook: str = ""


async def get_glossary(call: Call, query: GlossaryQuery) -> GlossaryReply:
    """Sixty terms, each with the account's own number of now, and the hard words for each."""
    info = _perpetual(call, query.symbol)
    known = Known(ground_of(call.venue), call.account_id, info.market_id)
    terms = [_wire(term) for term in glossary(known)]
    return GlossaryReply(symbol=info.symbol, terms=terms)


async def get_contract(call: Call, query: ContractQuery) -> ContractReply:
    """What a rulebook says of a market, with sources and dates, and the account's numbers."""
    book = _rulebook(call, query.rulebook)
    symbol = call.path["symbol"]
    try:
        parts = pages.contract(book, symbol)
    except UnknownSymbolError:
        raise not_found("symbol", "symbol") from None
    return ContractReply(
        symbol=symbol,
        rulebook=book.id,
        title=book.title,
        as_of=book.as_of.isoformat(),
        parts=[_part(part) for part in parts],
        mine=_mine(call, book, symbol),
    )


def _perpetual(call: Call, symbol: str) -> MarketInfo:
    """The market asked for if it has funding, else the first that has."""
    catalog = call.venue.catalog
    wanted = [market_of(catalog, symbol)] if symbol else []
    for info in [*wanted, *catalog.margined]:
        if info.is_margined and has_funding(call.venue.view.markets[info.market_id]):
            return info
    raise not_found("market", "symbol")


def _rulebook(call: Call, name: str) -> Rulebook:
    if not name:
        return call.venue.rulebook
    try:
        return rulebooks.load(name)
    except RulebookError as error:
        raise bad_value(f"{error}.", "rulebook") from error


def _mine(call: Call, book: Rulebook, symbol: str) -> list[GlossaryTerm]:
    """The account's numbers in a perpetual of this world; none under another rulebook."""
    info = call.venue.catalog.markets.get(symbol)
    if book is not call.venue.rulebook or info is None:
        return []
    if not has_funding(call.venue.view.markets[info.market_id]):
        return []
    terms = glossary(Known(ground_of(call.venue), call.account_id, info.market_id))
    return [_wire(term) for term in terms if term.key in MINE]


def _wire(term: Term) -> GlossaryTerm:
    return GlossaryTerm(
        key=term.key, title=term.title, means=term.means, now=term.now, words=term.words
    )


def _part(part: pages.Section) -> ContractPart:
    return ContractPart(key=part.key, title=part.title, lines=[_line(each) for each in part.lines])


def _line(line: pages.Line) -> ContractLine:
    return ContractLine(
        key=line.key,
        label=line.label,
        text=line.text,
        path=line.path,
        source=line.source,
        url=line.url,
        date=line.date,
        verified=line.verified,
        note=line.note,
    )
