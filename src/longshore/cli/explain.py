"""`longshore explain`: why an account was liquidated, or how its position stands, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from longshore.cli.client import Client, Data, Url
from longshore.cli.output import CliError, Json, WrongUsage, emit, table
from longshore.explain.episode import NoLiquidationError
from longshore.explain.liquidation import LiquidationStory, liquidation
from longshore.journal.errors import JournalError
from longshore.world.telling import Told, events_of


@Parameter(name="*")
@dataclass(frozen=True)
class Asked:
    """What is to be told of whom."""

    account: Annotated[str, Parameter(help="Whose; needed for the running venue.")] = ""
    position: Annotated[
        str, Parameter(help="A symbol: how the account's position there stands now.")
    ] = ""
    number: Annotated[
        str, Parameter(help="With a position: the number whose tree is wanted, or all.")
    ] = ""


NOTHING = Asked()


def explain(
    folder: Path | None = None,
    /,
    *,
    asked: Asked = NOTHING,
    url: Url = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Tell the last liquidation of each account of a run (FOLDER), or of one account of the venue.

    The parts of the loss add up to the cent. With a position of the running venue: what the screen
    says of it, and with a number how that came about, down to the rulebook's values.
    """
    if asked.number and not asked.position:
        raise WrongUsage("a --number belongs to a --position")
    if folder is None:
        if not asked.account:
            raise WrongUsage("name a run's folder, or an --account of the running venue")
        tell = _explain_position if asked.position else _explain_live
        tell(Client(url, data), asked, json)
        return
    try:
        told = events_of(folder, asked.account)
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


def _explain_live(client: Client, asked: Asked, as_json: bool) -> None:
    account = asked.account
    found = client.get("/liquidations", account=account)
    rows: list[dict[str, Any]] = found if isinstance(found, list) else found["liquidations"]
    if not rows:
        raise CliError(f"{account} was not liquidated")
    told = client.get("/explain", liquidation=rows[0]["id"], account=account)
    emit(told, as_json, *told["sentences"])


def _explain_position(client: Client, asked: Asked, as_json: bool) -> None:
    query = {"position": asked.position, "number": asked.number, "account": asked.account}
    told = client.get("/explain", **query)
    trees = [line for tree in told["trees"] for line in drawn(tree, 0)]
    emit(told, as_json, *told["sentences"], *trees)


def drawn(node: dict[str, Any], depth: int) -> Iterator[str]:
    """A tree as lines: each number with its formula, then, further in, what that takes."""
    because = [node["formula"], node["article"], node["source"]]
    told = " · ".join(part for part in because if part)
    yield f"{'  ' * depth}{node['label']}: {node['value']}" + (f"  ({told})" if told else "")
    for each in node["inputs"]:
        yield from drawn(each, depth + 1)
