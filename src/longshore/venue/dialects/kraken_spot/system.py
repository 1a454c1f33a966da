"""`Time`, `SystemStatus` and `MaintenanceSchedule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from longshore.engine.codes import MarketState
from longshore.explain import downtimes
from longshore.venue.dialects.kraken_spot.values import Json, iso_seconds, rfc1123, whole_seconds

if TYPE_CHECKING:
    from longshore.explain.downtimes import Downtime
    from longshore.venue.dialects.kraken_spot.api import Api
    from longshore.venue.dialects.kraken_spot.call import Call

US_PER_SECOND = 1_000_000
HOUR_S, MINUTE_S = 3_600, 60
SOON_S, SCHEDULE_S = 72 * HOUR_S, 168 * HOUR_S
"""How far ahead `SystemStatus` tells of maintenance, and how far `MaintenanceSchedule` does."""
STATUSES = {
    MarketState.ACTIVE: "online",
    MarketState.CANCEL_ONLY: "cancel_only",
    MarketState.HALTED: "maintenance",
    MarketState.POST_ONLY: "post_only",
}
PHASES = (
    (30, "final_warning_30s", "disconnect_and_wait"),
    (5 * MINUTE_S, "imminent_5m", "cancel_open_orders"),
    (30 * MINUTE_S, "approaching_30m", "reduce_activity"),
    (24 * HOUR_S, "reminder_24h", "continue"),
    (SCHEDULE_S, "announced", "continue"),
)
"""By seconds until it goes down: Kraken's phase, and what it advises. It publishes both lists of
words and an example of two of them; which advice goes with the other phases is not known."""


async def time(api: Api, call: Call) -> Json:
    """Public Time: the venue's clock."""
    told_us = api.venue.told_us
    return {"unixtime": whole_seconds(told_us), "rfc1123": rfc1123(told_us)}


async def status(api: Api, call: Call) -> Json:
    """Public SystemStatus: what the venue lets all markets do; single pairs are in `AssetPairs`.

    The lists of what is ahead are there while there is anything: Kraken's are empty, or absent.
    """
    told: Json = {"status": system_status(api), "timestamp": iso_seconds(api.venue.now_us)}
    ahead = await _ahead(api, SOON_S)
    return told | {"upcoming_maintenance": ahead, "emergency": []} if ahead else told


async def schedule(api: Api, call: Call) -> Json:
    """Public MaintenanceSchedule: what is planned for the next seven days."""
    return {"events": await _ahead(api, SCHEDULE_S)}


def system_status(api: Api) -> str:
    """One of Kraken's four words."""
    return STATUSES[MarketState(int(api.view.venue_state))]


async def _ahead(api: Api, within_s: int) -> list[Json]:
    """Maintenance that has not gone down yet, the soonest first."""
    now_us = api.venue.now_us
    planned = downtimes.planned(api.view)
    ahead = [each for each in planned if 0 < each.down_us - now_us <= within_s * US_PER_SECOND]
    reasons = await api.venue.history.downtime_reasons() if ahead else {}
    return [_event(each, now_us, reasons.get(each.number, "")) for each in ahead]


def _event(each: Downtime, now_us: int, reason: str) -> Json:
    left_s = (each.down_us - now_us) // US_PER_SECOND
    phase, advice = next((name, told) for most_s, name, told in PHASES if left_s <= most_s)
    return {
        "event_id": each.number,
        "title": f"Scheduled Maintenance - {reason}" if reason else "Scheduled Maintenance",
        "expected_start_utc": iso_seconds(each.down_us),
        "expected_end_utc": iso_seconds(each.opening_us),
        "time_to_start_s": left_s,
        "phase": phase,
        "affected_services": ["all"],
        "order_submission": "blocked" if each.is_under_way else "allowed",
        "recommended_action": advice,
        "cancel_before_utc": iso_seconds(each.down_us),
        "source_url": "",
    }
