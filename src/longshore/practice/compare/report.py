"""A comparison as one HTML file: no script, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib import resources
from pathlib import Path

from longshore.explain.sentences import say
from longshore.practice.compare.chart import frame, svg
from longshore.practice.compare.comparing import Comparison
from longshore.practice.compare.outcome import Outcome
from longshore.practice.compare.rules import Rule
from longshore.practice.compare.table import NONE, lines
from longshore.practice.compare.why import Group, Pair

REPORT_FILE = "compare.html"


def write_report(compared: Comparison, folder: Path) -> Path:
    """Write the report into a folder, made if it is not there; the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / REPORT_FILE
    path.write_text(html(compared), encoding="utf-8")
    return path


def html(compared: Comparison) -> str:
    """The whole page."""
    style = resources.files("longshore.practice.compare").joinpath("report.css").read_text("utf-8")
    trade, world = compared.trade, compared.world
    title = escape(trade.title or trade.name)
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title><style>{style}</style></head><body><main>",
        f"<h1>{title}</h1>",
        f'<p class="notice"><strong>{escape(compared.banner)}</strong> '
        f"{escape(compared.disclaimer)}</p>",
        f"<p>{escape(summary(compared))}</p>",
        f"<p>{escape(say('realism-feed', feed=world.prices))}</p>",
        _outcome_table(compared),
        f"<h2>{escape(say('compare-heading-why'))}</h2>",
        f"<p>{escape(say('compare-how'))}</p>",
        *map(_pair, compared.pairs),
        *_charts(compared.outcomes),
        *_stories(compared.outcomes),
        f'<p class="source">Longshore {escape(compared.program)}</p>',
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def summary(compared: Comparison) -> str:
    """The trade and its world in one sentence."""
    trade, world = compared.trade, compared.world
    key = "compare-trade-isolated" if trade.leverage is not None else "compare-trade-cross"
    lev = {} if trade.leverage is None else {"lev": f"{trade.leverage:f}"}
    given = ", ".join(f"{amount:,f} {coin}" for coin, amount in trade.collateral.items())
    return say(
        key,
        side=trade.side,
        size=f"{trade.size:f} {trade.base}",
        given=given,
        world=world.title or world.name,
        time=f"{trade.at:%d %b %Y %H:%M:%S} UTC",
        seed=str(world.seed),
        **lev,
    )


def _outcome_table(compared: Comparison) -> str:
    heads = "".join(
        f'<th scope="col">{escape(each.rulebook)}<br>'
        f'<span class="source">{escape(each.title)}</span></th>'
        for each in compared.outcomes
    )
    rows = "\n".join(
        f'<tr class="{"differs" if line.differs else "same"}">'
        f'<th scope="row">{escape(line.label)}</th>{_cells(line.cells)}</tr>'
        for line in lines(compared)
    )
    caption, figure = escape(say("compare-table-caption")), escape(say("compare-figure"))
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{caption}"><table>'
        f'<caption>{caption}</caption><thead><tr><th scope="col">{figure}</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cells(cells: Iterable[str]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in cells)


def _pair(pair: Pair) -> str:
    told = f"<h3>{escape(pair.told)}</h3>"
    return told + "\n".join(_group(pair, group) for group in pair.groups)


def _group(pair: Pair, group: Group) -> str:
    heads = "".join(
        f'<th scope="col">{escape(text)}</th>'
        for text in (say("compare-value"), pair.left, pair.right)
    )
    rows = "\n".join(
        f'<tr><th scope="row">{escape(_path(each.left, each.right))}</th>'
        f"<td>{_rule(each.left)}</td><td>{_rule(each.right)}</td></tr>"
        for each in group.values
    )
    region = escape(f"{group.label}: {pair.left}, {pair.right}")
    caption = f"<strong>{escape(group.label)}</strong>: {escape(group.told)}"
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{region}"><table>'
        f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _path(left: Rule | None, right: Rule | None) -> str:
    """The place of a value; both, where the files name it differently."""
    return " / ".join(dict.fromkeys(rule.path for rule in (left, right) if rule is not None))


def _rule(rule: Rule | None) -> str:
    if rule is None:
        return NONE
    unit = f" [{rule.unit}]" if rule.unit else ""
    kind = "source" if rule.verified else "unverified"
    value = f"{escape(rule.value)}{escape(unit)}"
    return f'{value}<br><span class="{kind}">{escape(rule.cited())}</span>'


def _charts(outcomes: list[Outcome]) -> list[str]:
    shared = frame(outcomes)
    if shared is None:
        return []
    heading = f"<h2>{escape(say('compare-heading-chart'))}</h2>"
    legend = f"<p>{escape(say('compare-legend'))}</p>"
    figures = [
        f"<figure>{svg(each, shared)}<figcaption>{escape(each.rulebook)}: {escape(each.told)}"
        "</figcaption></figure>"
        for each in outcomes
        if each.points
    ]
    return [heading, legend, *figures]


def _stories(outcomes: list[Outcome]) -> list[str]:
    """What each liquidation was, and what each run used that is not verified."""
    made = [f"<h2>{escape(say('compare-heading-stories'))}</h2>"]
    for each in outcomes:
        made.append(f"<h3>{escape(each.rulebook)}: {escape(each.told)}</h3>")
        told = [line for order in each.refused for line in (order.reason, *order.rules)]
        made += [f"<p>{escape(line)}</p>" for line in [*each.sentences, *told]]
        if each.unverified:
            paths = ", ".join(each.unverified)
            listed = say("compare-unverified", count=str(len(each.unverified)), paths=paths)
            made.append(f'<p class="unverified">{escape(listed)}</p>')
    return made
