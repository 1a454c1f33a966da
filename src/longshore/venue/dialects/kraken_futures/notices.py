"""What the platform announces: maintenance that is planned or under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from longshore.engine.codes import Phase
from longshore.explain import downtimes
from longshore.venue.dialects.kraken_futures.values import Json, iso_seconds, millis

if TYPE_CHECKING:
    from longshore.engine.rows import Event
    from longshore.explain.downtimes import Downtime
    from longshore.venue.dialects.kraken_futures.api import Api
    from longshore.venue.dialects.kraken_futures.call import Call


class Announcement(msgspec.Struct, frozen=True):
    """One of them: maintenance until it is over with, then markets that only rest orders."""

    number: int
    kind: str
    time_us: int
    note: str


async def announced(api: Api) -> list[Announcement]:
    """All that count now, the soonest first."""
    planned = downtimes.planned(api.view)
    reasons = await api.venue.history.downtime_reasons() if planned else {}
    return [_announcement(each, reasons.get(each.number, "")) for each in planned]


def _announcement(each: Downtime, reason: str) -> Announcement:
    if each.phase == Phase.OPENING:
        note = "All contracts are post-only until then: nothing is matched, nobody is liquidated."
        return Announcement(each.number, "market", each.active_us, note)
    minutes = (each.opening_us - each.down_us) // 60_000_000
    note = f"Maintenance, about {minutes} minutes. {reason}".rstrip()
    return Announcement(each.number, "maintenance", each.down_us, note)


async def notifications(api: Api, call: Call) -> Json:
    """GET notifications: each with the time from which it counts."""
    found = await announced(api)
    told = [
        {
            "type": each.kind,
            "priority": "high",
            "note": each.note,
            "effectiveTime": iso_seconds(each.time_us),
        }
        for each in found
    ]
    return {"notifications": told}


class NotificationFeed:
    """`notifications_auth`: what is announced, at first and whenever that changes."""

    def __init__(self, api: Api) -> None:
        """Nothing is sent before `snapshot`."""
        self._api = api
        self._told: list[Announcement] = []

    async def snapshot(self) -> list[Json]:
        """All that is announced now; often nothing."""
        self._told = await announced(self._api)
        return [self._message(self._told)]

    async def messages(self, events: list[Event]) -> list[Json]:
        """Whatever happens to an account, it is no announcement."""
        return []

    async def pulse(self) -> list[Json]:
        """What is new since it was told last."""
        if not self._told and not downtimes.planned(self._api.view):
            return []
        now = await announced(self._api)
        new = [each for each in now if each not in self._told]
        self._told = now
        return [self._message(new)] if new else []

    def _message(self, told: list[Announcement]) -> Json:
        rows = [
            {
                "id": each.number,
                "type": each.kind,
                "priority": "high",
                "note": each.note,
                "effective_time": millis(each.time_us),
            }
            for each in told
        ]
        return {"feed": "notifications_auth", "notifications": rows}
