"""`longshore serve`: the venue on this machine."""

from __future__ import annotations

import sys
from contextlib import nullcontext, redirect_stdout
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, TextIO
from urllib.parse import urlsplit

import msgspec
from cyclopts import Parameter

from longshore.cli.client import URL_FILE, Data, data_folder
from longshore.cli.output import CliError, Json, WrongUsage
from longshore.journal.errors import JournalError
from longshore.rulebooks import RulebookError
from longshore.venue.server import Options, ServeError
from longshore.venue.server import serve as serve_venue
from longshore.venue.worlds import RUNNING_MAX
from longshore.world.clock import FLAT_OUT, PPM, SPEED_MAX_PPM
from longshore.world.scenario import ScenarioError


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The options of `serve`."""

    world: Annotated[str, Parameter(help="A shipped scenario, a file, or live:VENUE.")] = "live"
    rulebook: Annotated[str, Parameter(help="Instead of the scenario's own.")] = ""
    seed: Annotated[int | None, Parameter(help="Instead of the scenario's own.")] = None
    speed: Annotated[str, Parameter(help="World seconds a second, or `max`.")] = ""
    clock: Annotated[
        Literal["real", "manual"], Parameter(help="`manual`: world time moves by commands only.")
    ] = "real"
    limits: Annotated[
        Literal["off", "generous", "real"] | None,
        Parameter(help="Rate limits of a new world's imitated APIs; else the scenario's own."),
    ] = None
    onshore: Annotated[
        str, Parameter(help="Who may trade what in a new world: kraken, cautious; else everybody.")
    ] = ""
    identity: Annotated[
        str,
        Parameter(help="With --onshore: who decides on made-up people; practice, manual, a URL."),
    ] = ""
    engine: Annotated[
        Literal["plain", "jit"],
        Parameter(help="`jit`: plain at once, compiled when it is ready. `plain`: never compiled."),
    ] = "jit"
    host: Annotated[str, Parameter(help="The address to listen on.")] = "127.0.0.1"
    port: Annotated[int | None, Parameter(help="Without it 8000, or the next free one.")] = None
    tls_port: Annotated[
        int | None, Parameter(help="The same over TLS on this port, or on any free one for 0.")
    ] = None
    accounts: Annotated[
        bool, Parameter(negative=(), help="People sign in; needed for another --host.")
    ] = False
    four_eyes: Annotated[
        bool,
        Parameter(negative=(), help="With --accounts: operators' acts wait for a second operator."),
    ] = False
    container: Annotated[
        bool,
        Parameter(
            negative=(),
            help="Listen on all addresses of a container; publish its ports on 127.0.0.1 alone.",
        ),
    ] = False
    name: Annotated[
        list[str] | None,
        Parameter(negative=(), help="With --accounts: a name it is reached by over https."),
    ] = None
    certificate: Annotated[
        Path | None, Parameter(help="With --accounts: a certificate, for https.")
    ] = None
    private_key: Annotated[Path | None, Parameter(help="The certificate's private key.")] = None
    worlds_at_once: Annotated[
        int, Parameter(help="How many further worlds run at once, each a process.")
    ] = RUNNING_MAX
    data: Data = None
    browser: Annotated[bool, Parameter(help="Open the page in a browser.")] = True


def serve(asked: Annotated[Asked, Parameter(name="*")] = Asked(), *, json: Json = False) -> None:
    """Run the venue until it is stopped, and open the browser on it.

    The first line on stdout is the address, with the operator's token in it; with --json it is
    `{"url": ...}`. A world that has run before in the data folder goes on where it stopped.
    """
    folder = data_folder(asked.data)
    options = Options(
        data=folder,
        scenario=asked.world,
        host=asked.host,
        port=asked.port,
        tls_port=asked.tls_port,
        accounts=asked.accounts,
        four_eyes=asked.four_eyes,
        contained=asked.container,
        names=tuple(asked.name or ()),
        certificate=asked.certificate,
        private_key=asked.private_key,
        worlds_at_once=asked.worlds_at_once,
        compiled=asked.engine == "jit",
        changes=_changes(asked),
        speed_ppm=_speed_ppm(asked.speed) if asked.speed else None,
        paused=asked.clock == "manual",
    )
    out = sys.stdout
    try:
        with redirect_stdout(sys.stderr) if json else nullcontext():
            serve_venue(options, lambda url: _opened(url, asked, out if json else None))
    except ServeError as error:
        raise WrongUsage(str(error)) from error
    except (JournalError, ScenarioError, RulebookError) as error:
        raise CliError(str(error)) from error


def _changes(asked: Asked) -> tuple[tuple[str, str], ...]:
    """The scenario's lines that are to say something else."""
    words = {key: getattr(asked, key) for key in ("rulebook", "limits", "onshore", "identity")}
    changes = [(key, msgspec.json.encode(word).decode()) for key, word in words.items() if word]
    if asked.seed is not None:
        changes.append(("seed", str(asked.seed)))
    return tuple(changes)


def _speed_ppm(speed: str) -> int:
    """A speed in millionths of real time. Raises WrongUsage."""
    if speed == "max":
        return FLAT_OUT
    try:
        speed_ppm = int(Decimal(speed) * PPM)
    except (ArithmeticError, ValueError) as error:
        raise WrongUsage(f"{speed!r} is no speed: a number above zero, or max") from error
    if not 0 < speed_ppm <= SPEED_MAX_PPM:
        raise WrongUsage(f"the speed must be above zero, and {SPEED_MAX_PPM // PPM:,} at most")
    return speed_ppm


def _opened(url: str, asked: Asked, out: TextIO | None) -> None:
    """The venue answers: other commands find it by its folder, the user in the browser."""
    parts = urlsplit(url)
    (data_folder(asked.data) / URL_FILE).write_text(f"{parts.scheme}://{parts.netloc}\n")
    if out is not None:
        out.write(msgspec.json.encode({"url": url}).decode() + "\n")
        out.flush()
    if asked.browser:
        import webbrowser

        webbrowser.open(url)
