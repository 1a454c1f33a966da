"""What did not work as usual, and when: from the journal's history and the operators' log.

Nothing here is typed in by anybody. Maintenance and markets' states come from projections, so that
a branch has its parent's until then; trouble and freezes come from what operators did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from longshore.engine.codes import MarketState, Phase

if TYPE_CHECKING:
    from longshore.explain.board import Stop
    from longshore.venue.operator_log import Deed
    from longshore.venue.projections.records import DowntimePhase, MarketStateChange

US_PER_MS = 1_000
Kind = Literal["maintenance", "market", "trouble", "freeze", "withdrawals"]
STATES = {
    MarketState.HALTED: "halted",
    MarketState.AUCTION: "auction",
    MarketState.POST_ONLY: "post-only",
    MarketState.CANCEL_ONLY: "cancel-only",
}


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One of them. What a text is made of beside the kind is in `what` and `market_id`."""

    kind: Kind
    from_us: int
    until_us: int | None
    """None: it goes on, or nobody saw its end."""
    goes_on: bool
    what: str = ""
    """Of a market the state; of a maintenance its reason; of trouble its terms as JSON."""
    market_id: int = 0
    called_off: bool = False


def maintenance(phases: Iterable[DowntimePhase]) -> list[Incident]:
    """Each that has begun, from its closing to its end; `phases` oldest first."""
    found: dict[int, Incident] = {}
    reasons: dict[int, str] = {}
    for each in phases:
        if each.phase == Phase.ANNOUNCED:
            reasons[each.number] = each.reason
        elif each.phase < Phase.OVER and each.number not in found:
            found[each.number] = Incident(
                kind="maintenance",
                from_us=each.time_us,
                until_us=None,
                goes_on=True,
                what=reasons.get(each.number, ""),
            )
        elif each.phase >= Phase.OVER and each.number in found:
            found[each.number] = _ended(
                found[each.number], each.time_us, called_off=each.phase == Phase.CALLED_OFF
            )
    return list(found.values())


def markets(changes: Iterable[MarketStateChange], held: Sequence[Incident]) -> list[Incident]:
    """Each time a market took less than usual of its own, not since the venue was maintained."""
    made: list[Incident] = []
    going: dict[int, int] = {}
    for each in changes:
        at = going.get(each.market_id)
        if each.state == MarketState.ACTIVE:
            if at is not None:
                made[at] = _ended(made[at], each.time_us)
                del going[each.market_id]
            continue
        name = STATES.get(MarketState(each.state))
        if any(_covers(one, each.time_us) for one in held):
            continue
        if at is not None:
            made[at] = _ended(made[at], each.time_us)
            del going[each.market_id]
        if name is not None:
            going[each.market_id] = len(made)
            made.append(
                Incident(
                    kind="market",
                    from_us=each.time_us,
                    until_us=None,
                    goes_on=True,
                    what=name,
                    market_id=each.market_id,
                )
            )
    return made


def trouble(deeds: Iterable[Deed], calm: bool) -> list[Incident]:
    """Each time the imitated APIs were disturbed; a start of the venue ends it unseen."""
    made: list[Incident] = []
    for deed in deeds:
        if made and made[-1].goes_on:
            made[-1] = _ended(made[-1], deed.world_ms * US_PER_MS)
        terms = {key: value for key, value in deed.given.items() if value and key != "seed"}
        if terms:
            told = msgspec.json.encode(terms).decode()
            made.append(_begun("trouble", deed, told))
    if calm and made and made[-1].goes_on:
        made[-1] = msgspec.structs.replace(made[-1], goes_on=False)
    return made


def freezes(deeds: Iterable[Deed]) -> list[Incident]:
    """Each time withdrawals over chains were frozen."""
    made: list[Incident] = []
    for deed in deeds:
        is_frozen = bool(deed.given.get("frozen"))
        if made and made[-1].goes_on:
            if not is_frozen:
                made[-1] = _ended(made[-1], deed.world_ms * US_PER_MS)
        elif is_frozen:
            made.append(_begun("freeze", deed))
    return made


def stops(planned: Iterable[Stop], now_us: int) -> list[Incident]:
    """Each time withdrawals were stopped by the world's plan."""
    return [
        Incident(
            kind="withdrawals",
            from_us=stop.from_us,
            until_us=stop.to_us if stop.to_us <= now_us else None,
            goes_on=stop.to_us > now_us,
        )
        for stop in planned
        if stop.from_us <= now_us
    ]


def _begun(kind: Kind, deed: Deed, what: str = "") -> Incident:
    from_us = deed.world_ms * US_PER_MS
    return Incident(kind=kind, from_us=from_us, until_us=None, goes_on=True, what=what)


def _ended(begun: Incident, at_us: int, *, called_off: bool = False) -> Incident:
    return msgspec.structs.replace(begun, until_us=at_us, goes_on=False, called_off=called_off)


def _covers(one: Incident, time_us: int) -> bool:
    return one.from_us <= time_us and (one.until_us is None or time_us <= one.until_us)
