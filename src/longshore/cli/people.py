"""Commands for the operator of a venue with `--accounts`: who may sign in, and as what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from longshore.cli.client import Client, Data, Url, Why
from longshore.cli.output import Json, emit, table

MS_PER_S = 1_000
RoleName = Literal["learner", "trader", "teacher", "operator", "auditor"]


def list_people(*, url: Url = "", data: Data = None, json: Json = False) -> None:
    """Everybody who may sign in."""
    people = Client(url, data).get("/operator/people")
    rows = [
        (p["name"], p["role"], "on" if p["code_is_on"] else "off", p["sessions"], _day(p))
        for p in people
    ]
    emit(people, json, table("people", ("name", "role", "codes", "sessions", "since"), rows))


def give_role(
    name: str,
    role: RoleName,
    /,
    *,
    why: Why = "",
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Make somebody a learner, trader, teacher, operator or auditor."""
    person = Client(url, data).patch(f"/operator/people/{name}", {"role": role}, why=why)
    emit(person, json, f"{person['name']} is {person['role']}")


def give_password(
    name: str, /, *, why: Why = "", url: Url = "", data: Data = None, json: Json = False
) -> None:
    """Make a new password for somebody who lost theirs; it is shown this once.

    Their sessions end, and one-time codes are switched off.
    """
    made = Client(url, data).post(f"/operator/people/{name}/password", {}, why=why)
    emit(made, json, f"password of {made['name']}: {made['password']}")


def _day(person: dict[str, int]) -> str:
    return f"{datetime.fromtimestamp(person['made_ms'] / MS_PER_S, UTC):%Y-%m-%d}"
