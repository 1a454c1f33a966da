"""What commands print: a table for people, or one JSON document and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import msgspec
from cyclopts import Parameter

Json = Annotated[
    bool, Parameter(name="--json", negative=(), help="Print one JSON document and nothing else.")
]


class CliError(Exception):
    """A command that failed; the message is for the user."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


class WrongUsage(CliError):
    """A command that was asked for what cannot be: exit code 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code=2)


def emit(document: object, as_json: bool, *parts: object) -> None:
    """The document as JSON, or the parts (text and rich tables) for people.

    Text goes out as it is: rich would break it where a line is full, in the middle of a secret.
    """
    if as_json:
        sys.stdout.write(msgspec.json.encode(document, enc_hook=str).decode() + "\n")
        return
    from rich.console import Console

    console = Console(highlight=False)
    for part in parts:
        if isinstance(part, str):
            sys.stdout.write(f"{part}\n")
        else:
            console.print(part)


def emit_error(message: str, as_json: bool) -> None:
    """What went wrong, on stderr; with JSON asked for, as the document too."""
    if as_json:
        sys.stdout.write(msgspec.json.encode({"error": message}).decode() + "\n")
    sys.stderr.write(f"longshore: {message}\n")


def table(
    title: str, headings: tuple[str, ...], rows: list[tuple[Any, ...]], whole: str | None = None
) -> object:
    """A rich table of plain values; a column of names that are typed again is kept `whole`."""
    from rich.table import Table

    made = Table(title=title, title_justify="left")
    for heading in headings:
        made.add_column(heading, overflow="fold", no_wrap=heading == whole)
    for row in rows:
        made.add_row(*map(str, row))
    return made


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[float], None]]:
    """A bar on stderr, moved by the part done from 0 to 1; silent where nobody looks."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    words = TextColumn("{task.description}")
    columns = (words, BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=1.0)
        yield lambda part: progress.update(task, completed=part)
