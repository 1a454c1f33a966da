"""Maintenance of a running venue: plan it, see what is planned, call it off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from cyclopts import Parameter

from longshore.cli.client import Client, Data, Url, Why
from longshore.cli.output import Json, emit, table
from longshore.cli.terms import milliseconds, moment


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Course:
    """When, and in how many minutes of the world's time."""

    at: Annotated[
        str,
        Parameter(
            help="When it goes down, as 2026-09-02T08:00Z; without it, as soon as it has closed.",
            show_default=False,
        ),
    ] = ""
    down: Annotated[int, Parameter(help="Minutes in which nothing is taken.")] = 30
    closing: Annotated[int, Parameter(help="Minutes of cancels only, before.")] = 5
    opening: Annotated[int, Parameter(help="Minutes of post-only orders, after.")] = 10


def plan(
    reason: Annotated[str, Parameter(help="What is told to everybody, in one line.")],
    /,
    *,
    course: Course = Course(),
    why: Why = "",
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Announce maintenance of the whole venue."""
    body: dict[str, object] = {"reason": reason, "down_min": course.down}
    body |= {"closing_min": course.closing, "opening_min": course.opening}
    if course.at:
        body["from_ms"] = milliseconds(course.at)
    made = Client(url, data).post("/operator/maintenance", body, why=why)
    emit(made, json, told(made))


def planned(*, url: Url = "", data: Data = None, json: Json = False) -> None:
    """What is planned or under way."""
    found = Client(url, data).get("/status")["maintenance"]
    rows = [
        (each["id"], each["phase"], moment(each["down"]), moment(each["opening"]), each["reason"])
        for each in found
    ]
    emit(found, json, table("Maintenance", ("id", "phase", "down", "up", "reason"), rows))


def off(
    number: int, /, *, why: Why = "", url: Url = "", data: Data = None, json: Json = False
) -> None:
    """Call off what is planned; what is under way comes to its end."""
    done = Client(url, data).delete(f"/operator/maintenance/{number}", why=why)
    emit(done, json, done["text"])


def told(made: dict[str, Any]) -> str:
    """One of them in a line."""
    return f"{made['id']}: down from {moment(made['down'])} to {moment(made['opening'])}"
