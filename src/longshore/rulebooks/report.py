"""What `longshore rulebook show` and `check` say."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import msgspec
from rich.table import Table

from longshore.rulebooks.entries import Entry, entries, unused_sources
from longshore.rulebooks.loader import read_terms
from longshore.rulebooks.numbers import CannotHoldError
from longshore.rulebooks.problems import Problem, located
from longshore.rulebooks.rulebook import Rulebook
from longshore.rulebooks.setup import make_setup
from longshore.rulebooks.terms import Terms


class Check(msgspec.Struct):
    """What is wrong with a rulebook file, and what in it cannot be relied on."""

    id: str
    file: str
    problems: list[Problem]
    unverified: list[str]
    values_count: int


def check(text: str, file: str) -> Check:
    """Whether a file's text is a rulebook that the engine can hold, and how much is verified."""
    terms, problems = read_terms(text)
    if terms is None:
        return Check("", file, problems, [], 0)
    unused = [Problem(f"sources.{key}", "is cited by no value") for key in unused_sources(terms)]
    problems += located([*unused, *([] if problems else _not_whole(terms))], text)
    values = list(entries(terms))
    unverified = [entry.path for entry in values if not entry.value.verified]
    return Check(terms.id, file, problems, unverified, len(values))


def _not_whole(terms: Terms) -> Iterator[Problem]:
    """The first value that the engine's units cannot hold."""
    try:
        make_setup(terms)
    except CannotHoldError as error:
        yield Problem(error.path, error.reason)


def show(rulebook: Rulebook) -> Table:
    """Every value with unit, source, date and whether it is verified."""
    table = Table(title=f"{rulebook.id}: {rulebook.title}", title_justify="left")
    table.add_column("value", overflow="fold")
    for heading in ("is", "unit", "source", "date", "verified", "note"):
        table.add_column(heading)
    deducted = deductions(rulebook.terms)
    for entry in rulebook.entries():
        *row, note = show_row(entry)
        if entry.path in deducted:
            note = "; ".join(filter(None, [f"deduction {deducted[entry.path]:,f}", note]))
        table.add_row(*row, note)
    return table


def deductions(terms: Terms) -> dict[str, Decimal]:
    """By path of a margin tier, what maintenance is below its rate of the whole (MRGN-001).

    Each tier's is the one before and its bound times the rise of the rate: so margin never jumps.
    Where a tier's rate is for the whole, or bounds count size, there is none.
    """
    found: dict[str, Decimal] = {}
    family = terms.perpetual
    if family.tier_method.value != "slice" or family.tier_unit.value != "notional":
        return found
    for path, market in terms.margined():
        total = Decimal(0)
        for number, (before, tier) in enumerate(pairwise(each.value for each in market.tiers), 1):
            total += tier.bound * (tier.maintenance - before.maintenance)
            found[f"{path}.tiers.{number}"] = plain(total)
    return found


def plain(number: Decimal) -> Decimal:
    """Without zeros behind the point."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def show_row(entry: Entry) -> tuple[str, ...]:
    """One line of `show`, as text."""
    value = entry.value
    stated = value.date.isoformat() if value.date else ""
    verified = "yes" if value.verified else "no"
    return (entry.path, text(value.value), entry.unit, value.source, stated, verified, value.note)


def text(value: object) -> str:
    """A value as a reader writes it: lists with commas, numbers without exponents."""
    if isinstance(value, msgspec.Struct):
        return ", ".join(f"{part:f}" for part in msgspec.structs.astuple(value))
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value)
