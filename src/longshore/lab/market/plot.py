"""Small charts as inline SVG: lines and points over two axes, plain or in powers of ten."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, floor, isfinite, log10

from longshore.lab.market.tape import Floats, floats

WIDTH, HEIGHT = 520, 240
LEFT, RIGHT, TOP, BOTTOM = 62, 12, 12, 40
TICKS = 5
POINTS_MAX = 1_200


@dataclass(frozen=True)
class Line:
    """One row of points; `style` is a class of the page: `sim`, `real`, `guide`."""

    label: str
    x: Floats
    y: Floats
    style: str = "sim"
    dots: bool = False


@dataclass(frozen=True)
class Chart:
    """Lines over the same axes."""

    title: str
    x_label: str
    y_label: str
    lines: tuple[Line, ...]
    powers: bool = False
    """Both axes in powers of ten: what is not above zero is left out."""


@dataclass(frozen=True)
class _Axis:
    """From values to places."""

    low: float
    high: float
    start: float
    end: float
    powers: bool

    def at(self, value: float) -> float:
        """Where a value stands."""
        part = (self._scaled(value) - self.low) / ((self.high - self.low) or 1.0)
        return self.start + part * (self.end - self.start)

    def _scaled(self, value: float) -> float:
        return log10(value) if self.powers else value

    def ticks(self) -> list[float]:
        """Round values inside."""
        if self.powers:
            return [10.0**n for n in range(ceil(self.low), floor(self.high) + 1)]
        step = round_step((self.high - self.low) / TICKS)
        first = ceil(self.low / step)
        return [n * step for n in range(first, floor(self.high / step) + 1)]


def round_step(least: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    if least <= 0 or not isfinite(least):
        return 1.0
    power = 10.0 ** floor(log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least * 0.999)


def svg(chart: Chart) -> str:
    """The chart; empty text where no line has points."""
    lines = [_cleaned(line, chart.powers) for line in chart.lines]
    lines = [line for line in lines if line.x.size]
    if not lines:
        return ""
    x = _axis([line.x for line in lines], LEFT, WIDTH - RIGHT, chart.powers)
    y = _axis([line.y for line in lines], HEIGHT - BOTTOM, TOP, chart.powers)
    labels = ", ".join(line.label for line in lines)
    return "\n".join(
        [
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
            f"<title>{escape(chart.title)}</title><desc>{escape(labels)}</desc>",
            *_grid(chart, x, y),
            *(_drawn(line, x, y) for line in lines),
            *_legend(lines),
            "</svg>",
        ]
    )


def _cleaned(line: Line, powers: bool) -> Line:
    """Without what cannot be drawn, and no more points than can be told apart."""
    keep = [
        isfinite(a) and isfinite(b) and not (powers and (a <= 0 or b <= 0))
        for a, b in zip(line.x, line.y, strict=True)
    ]
    x, y = line.x[keep], line.y[keep]
    step = max(1, x.size // POINTS_MAX)
    return Line(line.label, floats(x[::step]), floats(y[::step]), line.style, line.dots)


def _axis(rows: list[Floats], start: float, end: float, powers: bool) -> _Axis:
    low = min(float(row.min()) for row in rows)
    high = max(float(row.max()) for row in rows)
    if powers:
        low, high = log10(low), log10(high)
    margin = (high - low) * 0.04 or 0.5
    return _Axis(low - margin, high + margin, start, end, powers)


def _grid(chart: Chart, x: _Axis, y: _Axis) -> list[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    made = []
    for value in y.ticks():
        at = y.at(value)
        made.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{at:.1f}" y2="{at:.1f}"/>')
        made.append(_text(LEFT - 5, at + 4, f"{value:.4g}", "end"))
    made += [_text(x.at(value), bottom + 14, f"{value:.4g}", "middle") for value in x.ticks()]
    made.append(_text((LEFT + right) / 2, HEIGHT - 8, chart.x_label, "middle"))
    made.append(_text(LEFT, TOP - 2, chart.y_label, "start"))
    return made


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text text-anchor="{anchor}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _drawn(line: Line, x: _Axis, y: _Axis) -> str:
    places = [(x.at(a), y.at(b)) for a, b in zip(line.x, line.y, strict=True)]
    if line.dots:
        dots = "".join(f'<circle r="2.5" cx="{a:.1f}" cy="{b:.1f}"/>' for a, b in places)
        return f'<g class="{line.style}">{dots}</g>'
    path = "M" + " L".join(f"{a:.1f} {b:.1f}" for a, b in places)
    return f'<path class="{line.style}" d="{path}"/>'


def _legend(lines: list[Line]) -> list[str]:
    return [
        f'<text class="{line.style}" text-anchor="end" x="{WIDTH - RIGHT - 4}" '
        f'y="{TOP + 14 + 13 * row}">{escape(line.label)}</text>'
        for row, line in enumerate(lines)
    ]
