"""Terms of a market in the running world: change one, see what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from cyclopts import Parameter

from longshore.cli.client import Client, Data, Url, Why
from longshore.cli.output import Json, WrongUsage, emit, table
from longshore.rulebooks.changing import TermName

MS_PER_SECOND = 1_000


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Place:
    """Which tier, from when, and why."""

    tier: Annotated[int, Parameter(help="Of tier, tier_bound and fees, from 0.")] = 0
    at: Annotated[
        str,
        Parameter(
            help="World time, such as 2026-09-02T08:00Z; without it, at once.", show_default=False
        ),
    ] = ""
    why: Why = ""


def change(
    term: Annotated[tuple[str, TermName], Parameter(help="A market and one of its terms.")],
    values: Annotated[
        list[str],
        Parameter(help="As in a rulebook file; tier and margin_factor: initial, maintenance."),
    ],
    /,
    *,
    place: Place = Place(),
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Give a term of a market new values, announced for a time or at once."""
    symbol, name = term
    body: dict[str, object] = {"symbol": symbol, "term": name, "values": values}
    body["tier"] = place.tier
    if place.at:
        body["effective_ms"] = milliseconds(place.at)
    made = Client(url, data).post("/operator/terms", body, why=place.why)
    emit(made, json, told(made))


def waiting(symbol: str, /, *, url: Url = "", data: Data = None, json: Json = False) -> None:
    """The changes that have been announced for a market."""
    found = Client(url, data).get(f"/markets/{symbol}/changes")
    rows = [
        (each["term"], each["tier"], ", ".join(each["values"]), moment(each["effective_ms"]))
        for each in found
    ]
    emit(found, json, table(f"{symbol}: announced", ("term", "tier", "values", "from"), rows))


def told(made: dict[str, Any]) -> str:
    """One change in a line."""
    values, when = ", ".join(made["values"]), moment(made["effective_ms"])
    return f"{made['symbol']} {made['term']} {made['tier']}: {values} from {when}"


def milliseconds(text: str) -> int:
    """A time with a zone, in milliseconds. Raises WrongUsage."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUsage(f"{text!r} is no time; write it as 2026-09-02T08:00Z") from error
    if when.tzinfo is None:
        raise WrongUsage(f"{text!r} has no zone; write it as 2026-09-02T08:00Z")
    return round(when.timestamp() * MS_PER_SECOND)


def moment(time_ms: int) -> str:
    """A time for people."""
    return f"{datetime.fromtimestamp(time_ms / MS_PER_SECOND, UTC):%Y-%m-%d %H:%M:%S} UTC"
