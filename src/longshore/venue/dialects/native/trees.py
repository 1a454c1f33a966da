"""Explain trees on the wire: of an account, a position, a market, an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.explain.figures import figures
from longshore.explain.trees import markets
from longshore.explain.trees.accounts import Account
from longshore.explain.trees.ground import Ground
from longshore.explain.trees.positions import Held
from longshore.venue.dialects.native.errors import bad_value
from longshore.venue.dialects.native.schema.explain import Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from longshore.explain.trees.node import Why
    from longshore.venue.context import Venue

ALL = "all"


def ground_of(venue: Venue) -> Ground:
    """What trees stand on in this venue, as it is now."""
    return Ground(venue.view, venue.rulebook)


def of_account(venue: Venue, account_id: int) -> list[Why]:
    """Equity, free money, margins and profit of an account."""
    return Account(ground_of(venue), account_id).trees()


def of_position(venue: Venue, account_id: int, place: int) -> list[Why]:
    """All numbers of one position."""
    return Held(ground_of(venue), figures(venue.view, account_id, place), place).trees()


def of_market(venue: Venue, market_id: int) -> list[Why]:
    """Mark, index, last trade and funding of a market."""
    return markets.trees(ground_of(venue), market_id)


def chosen(trees: Sequence[Why], number: str) -> list[Node]:
    """The trees that were asked for: none, all, or one by its key."""
    if number == "":
        return []
    found = [tree for tree in trees if number in (ALL, tree.key)]
    if not found:
        keys = ", ".join([ALL, *(tree.key for tree in trees)])
        raise bad_value(f"One of {keys}.", "number")
    return [node(tree) for tree in found]


def node(why: Why) -> Node:
    """A tree as this API writes it: whole numbers as text, so that none loses a digit."""
    return Node(
        key=why.key,
        label=why.label,
        value=why.value,
        exact=str(why.exact),
        unit=why.unit,
        how=why.how,
        per=str(why.per),
        formula=why.formula,
        article=why.article,
        source=why.source,
        inputs=[node(each) for each in why.inputs],
    )
