"""Glossary and contract pages."""

from __future__ import annotations

from longshore.venue.dialects.native.schema.base import Reply


class GlossaryTerm(Reply):
    """A term: what it means, the account's number of now, the hard words that stand for it."""

    key: str
    title: str
    means: str
    now: str
    words: list[str]


class GlossaryReply(Reply):
    """All terms, as they stand in one perpetual market."""

    symbol: str
    terms: list[GlossaryTerm]


class ContractLine(Reply):
    """One rule in a sentence, and where it was read; `path` empty: it holds for all markets."""

    key: str
    label: str
    text: str
    path: str
    source: str
    url: str
    date: str
    verified: bool
    note: str


class ContractPart(Reply):
    """Rules about one thing."""

    key: str
    title: str
    lines: list[ContractLine]


class ContractReply(Reply):
    """A market under a rulebook; `mine` are the account's numbers, none under another rulebook."""

    symbol: str
    rulebook: str
    title: str
    as_of: str
    parts: list[ContractPart]
    mine: list[GlossaryTerm]
