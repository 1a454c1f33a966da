"""Worlds of a data folder: list, branch, export, import, delete, what-if. No venue need run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cyclopts import Parameter

from longshore.cli.client import Data, data_folder
from longshore.cli.output import CliError, Json, WrongUsage, emit, table
from longshore.cli.terms import milliseconds
from longshore.cli.worlds import utc
from longshore.journal.errors import JournalError
from longshore.practice.counterfactual import ChangeError, Question, what_if
from longshore.rulebooks import RulebookError
from longshore.venue.locking import LockedError, locked
from longshore.world.moment import Moment, MomentError
from longshore.world.parcel import ParcelError, bring_in, export
from longshore.world.scenario import ScenarioError
from longshore.world.shelf import Shelf, ShelfError

LOCK_FILE = "serving.lock"
US_PER_MS = 1_000
REFUSALS = (
    *(ShelfError, MomentError, ParcelError, JournalError, ChangeError),
    *(ScenarioError, RulebookError, LookupError),
)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class When:
    """A moment of a world's past; without one, its end."""

    at: Annotated[
        str, Parameter(help="World time, such as 2020-03-12T10:00Z.", show_default=False)
    ] = ""
    seq: Annotated[int | None, Parameter(help="After this command.")] = None


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Otherwise:
    """What is done otherwise."""

    change: Annotated[
        str,
        Parameter(
            help='"leverage 5x", "stop at 58,000", "add margin 60", "isolated", "cross", '
            '"leave", "close", "close half".'
        ),
    ] = ""
    rulebook: Annotated[str, Parameter(help="Another rulebook, from the world's beginning.")] = ""
    market: Annotated[str, Parameter(help="Where the world has several with margin.")] = ""
    flow: Annotated[
        Literal["agents", "frozen"],
        Parameter(help="Agents react, or everybody's recorded orders come again."),
    ] = "agents"


def list_worlds(*, data: Data = None, json: Json = False) -> None:
    """The worlds there are: whose they are, what they come from, how far they have got."""
    shelf = _shelf(data)
    with _refused():
        found = [shelf.listed(name) for name in shelf.names()]
    rows = [
        (
            *(each.name, each.title, each.owner),
            f"{each.parent} at {utc(each.parent_time_us)}" if each.parent else "",
            utc(each.time_us) if each.seq else "",
            f"{each.seq:,}",
            f"{each.size_bytes / 1e6:,.1f} MB",
        )
        for each in found
    ]
    headings = ("name", "title", "owner", "comes from", "world time (UTC)", "seq", "size")
    emit(found, json, table("", headings, rows))


class Made(msgspec.Struct, frozen=True):
    """What `branch`, `import` and `export` print as JSON."""

    name: str
    seq: int
    time_us: int
    file: str = ""


def branch(
    world: str,
    name: str,
    /,
    *,
    when: When = When(),
    data: Data = None,
    json: Json = False,
) -> None:
    """A new world NAME from a moment of another's past, which is left as it is."""
    shelf = _shelf(data)
    with _refused():
        shelf.branch(world, name, _moment(when))
        made = shelf.listed(name)
    result = Made(name, made.seq, made.time_us)
    emit(result, json, f"{name}: {utc(made.time_us)}, seq {made.seq:,}, paused there")


def export_world(world: str, file: Path, /, *, data: Data = None, json: Json = False) -> None:
    """Write a world to one file, with all it comes from; it may be running."""
    with _refused():
        made = export(_shelf(data), world, file)
    result = Made(world, made.seq, made.time_us, str(file))
    emit(result, json, f"{world}: {made.seq:,} commands until {utc(made.time_us)}, in {file}")


def import_world(
    file: Path,
    /,
    *,
    name: Annotated[str, Parameter(help="Instead of the name it had.")] = "",
    data: Data = None,
    json: Json = False,
) -> None:
    """Make a world of an exported file, every row of it checked."""
    with _refused():
        made = bring_in(_shelf(data), file, name)
    result = Made(made.name, made.seq, made.time_us)
    emit(result, json, f"{made.name}: {made.seq:,} commands until {utc(made.time_us)}")


class Deleted(msgspec.Struct, frozen=True):
    """What `delete --json` prints."""

    name: str
    made_whole: list[str]


def delete(world: str, /, *, data: Data = None, json: Json = False) -> None:
    """Remove a world for good. Worlds branched from it are made whole first."""
    shelf = _shelf(data)
    with _refused():
        children = shelf.children(world)
        folder = shelf.path(world)
        with locked(folder / LOCK_FILE):
            pass
        shelf.delete(world)
    whole = f"; made whole: {', '.join(children)}" if children else ""
    emit(Deleted(world, children), json, f"{world} is gone{whole}")


def ask(
    world: Annotated[str, Parameter(help="Of the data folder, or a run's folder.")],
    account: str,
    /,
    *,
    otherwise: Otherwise = Otherwise(),
    when: When = When(),
    data: Data = None,
    json: Json = False,
) -> None:
    """How it would have gone for an account, had one thing been otherwise.

    Without --at or --seq the change counts from the world's beginning.
    """
    from datetime import UTC, datetime

    at = datetime.fromtimestamp(milliseconds(when.at) / 1_000, UTC) if when.at else when.seq
    question = Question(account=account, at=at, **vars(otherwise))
    with _refused():
        folder = Path(world) if Path(world).is_dir() else _shelf(data).path(world)
        answer = what_if(folder, question)
    emit(answer, json, *answer.told)


def _shelf(data: Path | None) -> Shelf:
    return Shelf(data_folder(data) / "worlds")


def _moment(when: When) -> Moment:
    if when.at and when.seq is not None:
        raise WrongUsage("give either --at or --seq")
    return Moment(seq=when.seq, time_us=milliseconds(when.at) * US_PER_MS if when.at else None)


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except LockedError as error:
        raise CliError("that world is running: end it first") from error
    except REFUSALS as error:
        raise CliError(str(error)) from error
