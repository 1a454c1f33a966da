"""`longshore explain`: why an account was liquidated, in words and to the cent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from longshore.cli.client import Client, Data, Url
from longshore.cli.output import CliError, Json, WrongUsage, emit, table
from longshore.explain.episode import NoLiquidationError
from longshore.explain.liquidation import LiquidationStory, liquidation
from longshore.journal.errors import JournalError
from longshore.world.telling import Told, events_of


def explain(
    folder: Path | None = None,
    /,
    *,
    account: Annotated[str, Parameter(help="Whose; needed for the running venue.")] = "",
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Tell the last liquidation of each account of a run (FOLDER), or of one account of the venue.

    The parts of the loss add up to the cent.
    """
    if folder is None:
        if not account:
            raise WrongUsage("name a run's folder, or an --account of the running venue")
        _explain_live(Client(url, data), account, json)
        return
    try:
        told = events_of(folder, account)
    except (JournalError, LookupError) as error:
        raise CliError(str(error)) from error
    stories = {name: story for name in told.events if (story := _story(told, name))}
    if not stories:
        raise CliError("no account was liquidated")
    parts = [part for name, story in stories.items() for part in _shown(name, story)]
    emit(stories, json, *parts)


def _story(told: Told, name: str) -> LiquidationStory | None:
    try:
        return liquidation(told.events[name], told.rulebook, notices=told.notices)
    except NoLiquidationError:
        return None


def _shown(name: str, story: LiquidationStory) -> list[object]:
    """A story for people: the sentences, what took the money, what happened when."""
    losses = [(part.label, part.amount) for part in story.parts]
    return [
        f"\n{name}: {story.side} {story.symbol}, {story.mode}, {story.time}",
        *story.sentences,
        table(f"Where {story.lost} went", ("", ""), losses),
    ]


def _explain_live(client: Client, account: str, as_json: bool) -> None:
    found = client.get("/liquidations", account=account)
    rows: list[dict[str, Any]] = found if isinstance(found, list) else found["liquidations"]
    if not rows:
        raise CliError(f"{account} was not liquidated")
    told = client.get("/explain", when=f"liquidation={rows[0]['id']}", account=account)
    emit(told, as_json, *told.get("sentences", []))
