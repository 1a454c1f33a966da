"""Which commands there are, and how the command line ends when one fails."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from pathlib import Path

from cyclopts import App, CycloptsError

from longshore.cli import DISCLAIMERS, version
from longshore.cli.output import CliError, emit_error
from longshore.explain.setting import wanted_language

GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "account": (
        "Accounts of the running venue.",
        {
            "create": "operator:create_account",
            "deposit": "operator:deposit",
            "show": "operator:show_account",
            "state": "operator:set_state",
        },
    ),
    "audit": (
        "A world's whole past as one sealed file, checked with nothing but the file.",
        {"export": "audit:export", "check": "audit:check"},
    ),
    "calc": (
        "Questions about a position, answered by the engine's rules.",
        {
            "liquidation-price": "calc:liquidation_price",
            "margin": "calc:margin",
            "funding-payment": "calc:funding_payment",
            "fee": "calc:fee",
            "pnl": "calc:pnl",
            "breakeven": "calc:breakeven",
            "bankruptcy-price": "ranks:bankruptcy_price",
            "adl-rank": "ranks:adl_rank",
            "deleverage": "ranks:deleverage",
            "collateral-value": "rates:collateral_value",
            "premium": "rates:premium",
            "funding-rate": "rates:funding_rate",
            "index-price": "quotes:index_price",
            "mark-price": "quotes:mark_price",
        },
    ),
    "data": (
        "Recordings of other venues: bars, trades, books, funding.",
        {
            "import": "data:import_",
            "fetch": "data:fetch",
            "list": "data:list_recordings",
            "check": "data:check",
            "show": "data:show",
        },
    ),
    "keys": ("API keys of the running venue.", {"create": "operator:create_key"}),
    "lesson": (
        "Lessons and drills, checked by the engine.",
        {"list": "lesson:list_lessons", "check": "lesson:check", "show": "lesson:show"},
    ),
    "people": (
        "People who sign in to the running venue, where it has `--accounts`.",
        {
            "list": "people:list_people",
            "role": "people:give_role",
            "password": "people:give_password",
        },
    ),
    "reserves": (
        "What the running venue owes and holds; a customer's proof, checked without it.",
        {
            "show": "reserves:show",
            "proof": "reserves:proof",
            "check": "reserves:check_proof",
        },
    ),
    "rulebook": (
        "The venue rule sets in the package, with their sources.",
        {
            "list": "rulebook:list_rulebooks",
            "show": "rulebook:show",
            "diff": "rulebook:diff",
            "check": "rulebook:check",
            "schema": "rulebook:schema",
        },
    ),
    "surveillance": (
        "What looks like abuse of a world's market.",
        {"report": "surveillance:report"},
    ),
    "terms": (
        "Rule changes in the running venue.",
        {"change": "terms:change", "waiting": "terms:waiting"},
    ),
    "maintenance": (
        "Maintenance of the running venue, announced and met by everybody.",
        {"plan": "maintenance:plan", "planned": "maintenance:planned", "off": "maintenance:off"},
    ),
    "trouble": (
        "What goes wrong between clients and the imitated APIs of the running venue.",
        {"set": "trouble:set_trouble", "show": "trouble:show", "cut": "trouble:cut"},
    ),
    "scenario": ("The scenarios in the package.", {"list": "worlds:list_scenarios"}),
    "world": (
        "Worlds: looked at, branched, carried and asked what if.",
        {
            "list": "shelf:list_worlds",
            "branch": "shelf:branch",
            "export": "shelf:export_world",
            "import": "shelf:import_world",
            "delete": "shelf:delete",
            "what-if": "shelf:ask",
            "report": "market:report",
            "soak": "soak:soak",
        },
    ),
}
COMMANDS = {
    "serve": "serve:serve",
    "run": "worlds:run",
    "replay": "worlds:replay",
    "archive": "worlds:archive",
    "explain": "explain:explain",
    "compare": "compare:compare",
    "fit": "fit:fit",
    "connect": "connect:connect",
    "tls": "tls:tls",
    "bench": "bench:bench",
}
ABOUT = ("--help", "-h", "--version")
USAGE_ERROR = 2


def make_app(arguments: Sequence[str] = ABOUT) -> App:
    """The application, its commands not imported yet; what each does only where it is asked."""
    asked = any(word in arguments for word in ABOUT)
    app = App(
        name="longshore",
        help="A perpetual-futures venue on your own machine. Without a command: serve, and open "
        f"the browser. {DISCLAIMERS}",
        version=version,
    )
    for name, place in COMMANDS.items():
        app.command(f"longshore.cli.{place}", name=name, help=first_line(place) if asked else None)
    for group, (what, commands) in GROUPS.items():
        part = App(name=group, help=what)
        for name, place in commands.items():
            part.command(
                f"longshore.cli.{place}", name=name, help=first_line(place) if asked else None
            )
        app.command(part)
    return app


def first_line(place: str) -> str:
    """The first line of a command's docstring, without importing what the command needs."""
    file, name = place.split(":")
    tree = ast.parse(Path(__file__).with_name(f"{file}.py").read_text(encoding="utf-8"))
    found = (n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name)
    return (ast.get_docstring(next(found)) or "").partition("\n")[0]


def _speak() -> None:
    """In the language that the environment names; without one nothing is imported for it."""
    if wanted_language():
        from longshore.explain.sentences import use_setting

        use_setting()


def run_app(arguments: Sequence[str]) -> int:
    """Carry out one command line; its exit code."""
    as_json = "--json" in arguments
    try:
        _speak()
    except ValueError as error:
        emit_error(str(error), as_json)
        return USAGE_ERROR
    if not arguments or (arguments[0][:1] == "-" and arguments[0] not in ABOUT):
        arguments = ["serve", *arguments]
    try:
        code = make_app(arguments)(
            arguments, exit_on_error=False, print_error=False, result_action="return_value"
        )
    except CycloptsError as error:
        emit_error(str(error), as_json)
        return USAGE_ERROR
    except CliError as error:
        emit_error(str(error), as_json)
        return error.code
    except KeyboardInterrupt:
        sys.stderr.write("stopped\n")
        return 1
    return code if isinstance(code, int) else 0
