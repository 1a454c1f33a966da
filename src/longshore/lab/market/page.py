"""The report as a page, and its table as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib import resources

from longshore.lab.market.charts import charts
from longshore.lab.market.facts import FACTS, WORDS, Fact, Figure, Verdict, judged, verdict
from longshore.lab.market.plot import svg
from longshore.lab.market.report import Report

Row = tuple[str, str, str, str, str, str]
HEADS = ("fact", "measured", "here", "recordings", "bounds", "verdict")
NONE = "–"
WHOLE_FROM = 10_000  # digits after the point say nothing from here on


def number(value: float | None) -> str:
    """Four digits, or fewer."""
    if value is None:
        return NONE
    return f"{value:,.0f}" if abs(value) >= WHOLE_FROM else f"{value:.3g}"


def recorded(report: Report, figure: Figure) -> str:
    """From the least to the greatest of the recordings' figures."""
    seen = report.recorded.get(figure.key, [])
    if not seen:
        return NONE
    low, high = number(min(seen)), number(max(seen))
    return low if low == high else f"{low} to {high}"


def lines(report: Report) -> Iterator[Row]:
    """The table: a line a figure, the fact's verdict on its first."""
    for fact in FACTS:
        for place, figure in enumerate(fact.figures):
            own = WORDS[judged(figure, report.found, report.recorded)]
            whole = WORDS[verdict(fact, report.found, report.recorded)]
            title = f"{fact.title}: **{whole}**" if place == 0 else ""
            yield (
                title,
                figure.title,
                number(report.found.get(figure.key)),
                recorded(report, figure),
                figure.bounds.told(),
                own,
            )


def markdown(report: Report) -> str:
    """The table alone, for a page of documentation."""
    rows = [HEADS, ("---",) * len(HEADS), *lines(report)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def beside(columns: Mapping[str, Report]) -> str:
    """The table of several reports, a column each: the figure, and what it comes to.

    The recordings' range is what the first of them was judged by.
    """
    judge = next(iter(columns.values()))
    heads = ("fact", "measured", *columns, "all recordings", "met from … to")
    rows = [heads, ("---",) * len(heads)]
    for fact in FACTS:
        words = [WORDS[verdict(fact, r.found, r.recorded)] for r in columns.values()]
        rows.append((f"**{fact.title}**", "", *(f"**{word}**" for word in words), "", ""))
        for figure in fact.figures:
            cells = (_cell(report, figure) for report in columns.values())
            rows.append(("", figure.title, *cells, recorded(judge, figure), figure.bounds.told()))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows) + "\n"


def _cell(report: Report, figure: Figure) -> str:
    own = judged(figure, report.found, report.recorded)
    told = number(report.found.get(figure.key))
    return told if own == Verdict.UNKNOWN else f"{told}, {WORDS[own]}"


def summary(report: Report) -> str:
    """How many facts are met."""
    counts = [verdict(fact, report.found, report.recorded) for fact in FACTS]
    met = sum(count >= Verdict.ROUGHLY for count in counts)
    whole = sum(count == Verdict.MATCHES for count in counts)
    return f"{met} of {len(FACTS)} facts are met at least roughly, {whole} of them wholly."


def html(report: Report) -> str:
    """The whole page: no script, nothing loaded from anywhere."""
    style = resources.files("longshore.lab.market").joinpath("report.css").read_text("utf-8")
    title = escape(f"How {report.tape.name} behaves")
    return "\n".join(
        [
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{style}</style></head><body><main>",
            f"<h1>{title}</h1><p>{escape(report.tape.about)}</p>",
            f"<p><strong>{escape(summary(report))}</strong></p>",
            _facts(report),
            "<h2>Charts</h2>",
            *_charts(report),
            *_profits(report),
            "<h2>Recordings</h2>",
            f"<p>{escape(report.source)}</p>",
            *(f"<p>{escape(tape.about)}</p>" for tape in report.recordings),
            f'<p class="small">Longshore {escape(report.program)}</p></main></body></html>',
        ]
    )


def _facts(report: Report) -> str:
    body = []
    for fact in FACTS:
        for place, figure in enumerate(fact.figures):
            body.append(_figure(report, fact, figure, first=place == 0))
    return _table(("fact", "measured", "here", "recordings", "met from … to", "verdict"), body)


def _figure(report: Report, fact: Fact, figure: Figure, *, first: bool) -> str:
    own = judged(figure, report.found, report.recorded)
    whole = verdict(fact, report.found, report.recorded)
    cells = [
        figure.title,
        number(report.found.get(figure.key)),
        recorded(report, figure),
        figure.bounds.told(),
    ]
    head = ""
    if first:
        head = (
            f'<th scope="rowgroup" rowspan="{len(fact.figures)}">{escape(fact.title)}<br>'
            f'<span class="v{int(whole)}">{WORDS[whole]}</span></th>'
        )
    return f'<tr>{head}{_cells(cells)}<td class="v{int(own)}">{WORDS[own]}</td></tr>'


def _cells(cells: Iterable[str]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)


def _table(heads: Iterable[str], body: Iterable[str]) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _charts(report: Report) -> Iterator[str]:
    for chart in charts(report.tape, report.recordings):
        drawn = svg(chart)
        if drawn:
            yield f"<figure>{drawn}<figcaption>{escape(chart.title)}</figcaption></figure>"


def _profits(report: Report) -> Iterator[str]:
    """What each kind of agent made; a recording has none."""
    if not report.profits:
        return
    body = [
        f'<tr><th scope="row">{escape(line.kind)}</th>'
        + _cells(
            [
                f"{line.agents}",
                f"{line.made_usd:+,.0f}",
                f"{line.paid_in_usd:,.0f}",
                f"{line.refills}",
                f"{line.liquidations}",
            ]
        )
        + "</tr>"
        for line in report.profits
    ]
    yield "<h2>What the agents made</h2>"
    yield _table(("kind", "agents", "made, USD", "paid in, USD", "refills", "liquidated"), body)
