"""`longshore trouble`: delays, refusals, lost answers and cut sockets, to order."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any

from cyclopts import Parameter

from longshore.cli.client import Client, Data, Url, Why
from longshore.cli.output import Json, emit, table


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Terms:
    """What shall go wrong; what is left out does not."""

    delay_ms: Annotated[int, Parameter(help="Every request and message comes so much later.")] = 0
    jitter_ms: Annotated[int, Parameter(help="And up to so much later again.")] = 0
    limited_percent: Annotated[int, Parameter(help="Of requests, refused by rate limit.")] = 0
    away_percent: Annotated[int, Parameter(help="Of requests and new sockets (503).")] = 0
    lost_percent: Annotated[int, Parameter(help="Of requests, done and answered 500.")] = 0
    dropped_percent: Annotated[int, Parameter(help="Of socket messages, never sent.")] = 0
    repeated_percent: Annotated[int, Parameter(help="Of socket messages, sent twice.")] = 0
    cut_after: Annotated[int, Parameter(help="Messages until a socket is cut; 0: never.")] = 0
    skew_ms: Annotated[int, Parameter(help="How far ahead the venue's clock is told.")] = 0
    seed: Annotated[int, Parameter(help="The same seed brings the same trouble.")] = 1


def set_trouble(
    *,
    terms: Terms = Terms(),
    why: Why = "",
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Let things go wrong for clients of the imitated APIs; without options, end it."""
    _told(Client(url, data).post("/operator/trouble", asdict(terms), why=why), json)


def show(*, url: Url = "", data: Data = None, json: Json = False) -> None:
    """What goes wrong now."""
    _told(Client(url, data).get("/operator/trouble"), json)


def cut(*, why: Why = "", url: Url = "", data: Data = None, json: Json = False) -> None:
    """Cut every open socket of the imitated APIs; clients may come again."""
    done = Client(url, data).post("/operator/trouble/cut", {}, why=why)
    emit(done, json, f"{done['sockets']} sockets cut")


def _told(terms: dict[str, Any], json: bool) -> None:
    real = [(key, value) for key, value in terms.items() if value and key != "seed"]
    if not real:
        emit(terms, json, "no trouble")
        return
    emit(terms, json, table("trouble", ("", ""), [*real, ("seed", terms["seed"])]))
