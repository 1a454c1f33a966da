"""An alert in a sentence: what it looks like, of whom, and what was measured."""

from __future__ import annotations

from collections.abc import Mapping

from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.rulebooks import Catalog
from longshore.surveillance.alert import Alert
from longshore.surveillance.detector import PERCENT
from longshore.surveillance.tape import PPM

MONEY, SHARE, MOVED = "_dollars", "_percent", "_ppm"


def told(alert: Alert, catalog: Catalog, names: Mapping[int, str]) -> str:
    """The sentence of an alert, in the language and the voice of now."""
    market = catalog.market(alert.market_id).symbol if alert.market_id else ""
    values = {"accounts": accounts(alert, names), "symbol": market or say("alert-of-any-market")}
    values["span"] = fmt.span(alert.to_us - alert.from_us)
    for name, figure in alert.figures.items():
        values |= dict([_figure(name, figure)])
    return say(f"alert-{alert.pattern}", **values)


def measured(alert: Alert) -> list[tuple[str, str]]:
    """What was measured: each figure with what it is called."""
    return [
        (say(f"figure-{name.replace('_', '-')}"), _figure(name, figure)[1])
        for name, figure in alert.figures.items()
    ]


def accounts(alert: Alert, names: Mapping[int, str]) -> str:
    """Whom it names."""
    found = [names.get(number, str(number)) for number in alert.accounts]
    if len(found) == 1:
        return found[0]
    return say("alert-two-accounts", first=found[0], second=found[1])


def _figure(name: str, figure: int) -> tuple[str, str]:
    """A figure as a sentence writes it, under the name that it has there."""
    if name.endswith(MONEY):
        return "dollars", f"${figure:,}"
    if name.endswith(SHARE):
        return "share", fmt.percent(figure, PERCENT)
    if name.endswith(MOVED):
        return "moved", fmt.percent(figure, PPM)
    return name, f"{figure:,}"
