"""Alerts as other programs read them: for JSON, and a line each for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from longshore.explain.format import cell
from longshore.rulebooks import Catalog
from longshore.surveillance.alert import Alert
from longshore.surveillance.telling import told

US_PER_S = 1_000_000


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An alert with names."""

    pattern: str
    accounts: list[str]
    market: str
    """Empty: no single one."""
    from_seq: int
    to_seq: int
    from_us: int
    to_us: int
    text: str
    figures: dict[str, int]
    """What was measured, in the unit its name ends with."""
    evidence: list[tuple[int, int, int, str]]
    """Events: seq, index, time in microseconds, and what it is to the alert."""


def listed(alert: Alert, catalog: Catalog, names: Mapping[int, str]) -> Listed:
    """One alert, in the language and the voice of now."""
    market = catalog.market(alert.market_id).symbol if alert.market_id else ""
    return Listed(
        pattern=str(alert.pattern),
        accounts=[names.get(number, str(number)) for number in alert.accounts],
        market=market,
        from_seq=alert.from_seq,
        to_seq=alert.to_seq,
        from_us=alert.from_us,
        to_us=alert.to_us,
        text=told(alert, catalog, names),
        figures=alert.figures,
        evidence=[(each.seq, each.index, each.time_us, each.what) for each in alert.evidence],
    )


COLUMNS = ("pattern", "accounts", "market", "from", "to", "from_seq", "to_seq", "text")


def as_csv(alerts: Sequence[Listed]) -> str:
    """A line an alert; accounts are joined by semicolons."""
    sink = io.StringIO()
    lines = csv.writer(sink, lineterminator="\n")
    lines.writerow(COLUMNS)
    for each in alerts:
        times = [datetime.fromtimestamp(t / US_PER_S, UTC) for t in (each.from_us, each.to_us)]
        lines.writerow(
            (
                each.pattern,
                cell("; ".join(each.accounts)),
                each.market,
                *(f"{time:%Y-%m-%d %H:%M:%S}" for time in times),
                each.from_seq,
                each.to_seq,
                cell(each.text),
            )
        )
    return sink.getvalue()
