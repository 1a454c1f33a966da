"""A chart of one outcome: equity against maintenance margin over time, as inline SVG."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import msgspec

from longshore.explain.sentences import say
from longshore.practice.compare.outcome import Outcome, Point, money
from longshore.practice.compare.table import NONE, shown

WIDTH, HEIGHT = 760, 250
LEFT, RIGHT, TOP, BOTTOM = 74, 16, 14, 34
TICKS = 5
MS_PER_MIN = 60_000
STEPS_MIN = (1, 5, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080)


class Frame(msgspec.Struct, frozen=True):
    """What all charts of a report share, so that they can be laid side by side."""

    start_ms: int
    end_ms: int
    low: float
    high: float

    def x(self, time_ms: int) -> float:
        """Where a moment stands."""
        part = (time_ms - self.start_ms) / max(1, self.end_ms - self.start_ms)
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def y(self, value: float) -> float:
        """Where an amount stands."""
        part = (value - self.low) / ((self.high - self.low) or 1.0)
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)


def frame(outcomes: list[Outcome]) -> Frame | None:
    """Wide enough for all points; None when nobody took the trade."""
    points = [point for outcome in outcomes for point in outcome.points]
    if not points:
        return None
    values = [value for p in points for value in (p.equity, p.maintenance)]
    times = [point.time_ms for point in points]
    return Frame(min(times), max(times), min(0.0, *values), max(values))


def svg(outcome: Outcome, shared: Frame) -> str:
    """The chart. Its title and description say in words what it shows."""
    name = escape(outcome.rulebook)
    points = outcome.points
    last = points[-1]
    return "\n".join(
        [
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t-{name} d-{name}">',
            f'<title id="t-{name}">{escape(_title(outcome))}</title>',
            f'<desc id="d-{name}">{escape(_description(outcome))}</desc>',
            *_money_axis(shared, outcome.start.unit),
            *_time_axis(shared),
            f'<path class="maintenance" d="{_path(shared, points, "maintenance")}"/>',
            f'<path class="equity" d="{_path(shared, points, "equity")}"/>',
            f'<circle class="end" r="4" cx="{shared.x(last.time_ms):.1f}" '
            f'cy="{shared.y(last.equity):.1f}"/>',
            "</svg>",
        ]
    )


def _title(outcome: Outcome) -> str:
    return say("compare-chart-title", rulebook=outcome.title)


def _description(outcome: Outcome) -> str:
    return say(
        "compare-chart-description",
        end=outcome.told,
        time=outcome.liquidated_at or NONE,
        liq=shown(outcome.liquidation_price),
        kept=money(outcome.kept),
    )


def _path(shared: Frame, points: list[Point], field: str) -> str:
    places = [(shared.x(p.time_ms), shared.y(getattr(p, field))) for p in points]
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _money_axis(shared: Frame, unit: str) -> list[str]:
    step = _round_step((shared.high - shared.low) / TICKS)
    first = -(-shared.low // step)
    made = []
    while first * step <= shared.high:
        value = first * step
        y = shared.y(value)
        made.append(
            f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        )
        made.append(
            f'<text class="tick" text-anchor="end" x="{LEFT - 6}" y="{y + 4:.1f}">'
            f"{value:,.10g} {escape(unit)}</text>"
        )
        first += 1
    return made


def _round_step(least: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    if least <= 0:
        return 1.0
    power = 10.0
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


def _time_axis(shared: Frame) -> list[str]:
    span_min = (shared.end_ms - shared.start_ms) // MS_PER_MIN
    step_min = next((s for s in STEPS_MIN if span_min // s <= TICKS + 2), STEPS_MIN[-1])
    step_ms = step_min * MS_PER_MIN
    made = []
    for time_ms in range(-(-shared.start_ms // step_ms) * step_ms, shared.end_ms + 1, step_ms):
        x = shared.x(time_ms)
        made.append(
            f'<text class="tick" text-anchor="middle" x="{x:.1f}" y="{HEIGHT - 12}">'
            f"{datetime.fromtimestamp(time_ms / 1000, UTC):%d %b %H:%M}</text>"
        )
    return made
