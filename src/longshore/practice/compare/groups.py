"""Values of a rulebook in groups that belong together, and one group put into another rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from longshore.practice.compare.rules import Rule
from longshore.practice.compare.trade import Trade
from longshore.rulebooks.asked import is_asked
from longshore.rulebooks.entries import entries
from longshore.rulebooks.terms import Terms

OTHER = "other"
TABLES = {
    "assets": "collateral",
    "fees": "fees",
    "index": "mark",
    "liquidation": "ladder",
    "orders": "orders",
}
FIELDS = {
    "orders.collar_from": "bands",
    "orders.collar_most": "bands",
    "orders.take_band": "bands",
    "orders.halt_move": "halts",
    "orders.halt_window_s": "halts",
    "orders.halt_s": "halts",
    "orders.auction_s": "halts",
    "orders.position_open_share": "sizes",
    "liquidation.fee": "liquidation-fee",
    "perpetual.margin_basis": "margin-basis",
    "perpetual.order_margin": "order-margin",
    "perpetual.position_modes": "order-margin",
    "perpetual.margin_top_up": "order-margin",
    "perpetual.netting": "order-margin",
    "perpetual.market_band": "bands",
    "perpetual.collar": "bands",
}
BEGINNINGS = {
    "tier": "margin-tiers",
    "maintenance_fee": "margin-tiers",
    "margin_": "margin-tiers",  # a slope or a root goes with one tier only
    "open_interest": "margin-tiers",
    "risk_limit": "margin-tiers",
    "change_warning": "bands",
    "damper": "funding",
    "rate_": "funding",
    "funding": "funding",
    "premium": "funding",
    "sample": "funding",
    "interest": "funding",
    "mark": "mark",
    "index": "mark",
    "stale": "mark",
    "impact": "sizes",  # a whole number of lots, so it goes with them
    "tick": "sizes",
    "lot": "sizes",
    "position_max": "sizes",
    "order_max": "sizes",
    "kind": "sizes",
    "contract_value": "sizes",
    "expiry": "sizes",
    "settle": "sizes",
}
Place = tuple[str, ...]


def group_of(path: str) -> str:
    """The group of a value; what is not known by name is `other`."""
    place = place_of(path)
    known = FIELDS.get(".".join(place))
    if known is None:
        field = place[-1]
        known = next((g for start, g in BEGINNINGS.items() if field.startswith(start)), None)
        if known is None or place[0] in ("fees", "liquidation", "orders"):
            known = TABLES.get(place[0], OTHER)
    return known


def place_of(path: str) -> Place:
    """The keys to a value, without its number in a list."""
    keys = path.split(".")
    return tuple(keys[:-1] if keys[-1].isdigit() else keys)


def put(left: Terms, right: Terms, places: Iterable[Place]) -> Terms:
    """The left terms with the values at these places taken from the right ones."""
    for place in places:
        left = _put(left, right, place)
    return left


def _put(left: Any, right: Any, place: Place) -> Any:
    if not place:
        return right
    key, rest = place[0], place[1:]
    if isinstance(left, dict):
        both = key in left and key in right
        return {**left, key: _put(left[key], right[key], rest)} if both else left
    part = _put(getattr(left, key), getattr(right, key), rest)
    return msgspec.structs.replace(left, **{key: part})


def differing(
    left: Mapping[str, Rule], right: Mapping[str, Rule], used: set[str]
) -> dict[str, list[str]]:
    """By group, the paths of the used values that differ, or that one side does not have."""
    found: dict[str, list[str]] = {}
    for path in [*left, *(path for path in right if path not in left)]:
        if path in used and _value(left, path) != _value(right, path):
            found.setdefault(group_of(path), []).append(path)
    return found


def _value(rules: Mapping[str, Rule], path: str) -> str | None:
    return rules[path].value if path in rules else None


def used_paths(terms: Terms, trade: Trade, market: str, notional: Decimal) -> set[str]:
    """Paths of the values that this trade can have used.

    Left out: spot; how an index is made, because the world's feed gives it; coins nobody put in;
    tiers beyond the notional; measures of steps that the ladder does not have.
    """
    base = terms.perpetuals[market].base
    coins = set(trade.collateral)
    found = set()
    for entry in entries(terms):
        place = place_of(entry.path)
        if place[0] in ("spot", "pairs", "index") or place[:2] == ("fees", "spot"):
            continue
        if place[0] == "assets" and not _coin_counts(terms, place, base, coins):
            continue
        if place[0] == "liquidation" and not is_asked(terms, entry.path):
            continue
        if place[-1] == "tiers" and _bound(entry.value.value) > notional:
            continue
        found.add(entry.path)
    return found


def _coin_counts(terms: Terms, place: Place, base: str, coins: set[str]) -> bool:
    """Whether a coin's value counts: of collateral all, of the base when its index is stale."""
    if place[1] == terms.settlement:
        return False
    is_staleness = place[1] == base and place[2] == "stale_after_s"
    return is_staleness or terms.assets[place[1]].code in coins


def _bound(tier: Any) -> Decimal:
    """Where a tier begins: its first field, whatever the tier counts; 0 if it has no such field."""
    first = msgspec.structs.astuple(tier)[0] if isinstance(tier, msgspec.Struct) else 0
    return Decimal(first) if isinstance(first, Decimal | int) else Decimal(0)
