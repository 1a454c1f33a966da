"""`longshore audit`: a world's past as a sealed file, and its check without venue or engine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from longshore.cli.output import CliError, Json, WrongUsage, emit, progress_bar
from longshore.cli.worlds import EngineMode
from longshore.journal.errors import JournalError
from longshore.rulebooks import RulebookError
from longshore.world.audit import Audited, AuditError, check_audit, export_audit
from longshore.world.scenario import ScenarioError


def export(
    folder: Annotated[Path, Parameter(help="A world's folder.")],
    file: Annotated[Path, Parameter(help="Where to write it; the name ends in .gz by custom.")],
    /,
    *,
    engine: Annotated[EngineMode, Parameter(help="How the engine's rules are run.")] = "plain",
    json: Json = False,
) -> None:
    """Replay a world, check every row and every invariant, and write all of it to one file."""
    try:
        with progress_bar("audit") as progress:
            done = export_audit(folder, file, engine, progress)
    except (JournalError, ScenarioError, RulebookError) as error:
        raise CliError(str(error)) from None
    except OSError as error:
        raise WrongUsage(f"{file}: {error.strerror}") from None
    emit(done, json, *_told(done, file))


def check(file: Path, /, *, json: Json = False) -> None:
    """Check an exported file, with nothing but the file: the first changed line is named."""
    try:
        done = check_audit(file)
    except AuditError as error:
        raise CliError(f"{file}: {error}") from None
    except OSError as error:
        raise WrongUsage(f"{file}: {error.strerror}") from None
    emit(done, json, *_told(done, file))


def _told(done: Audited, file: Path) -> list[object]:
    count = done.last_seq - done.after_seq
    return [
        f"{file}: {done.world}, commands {done.after_seq + 1:,} to {done.last_seq:,} "
        f"({count:,}), {done.events:,} events, every line as written",
        f"chain of the journal {done.chain}",
        f"seal {done.seal}",
    ]
