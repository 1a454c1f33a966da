"""Which commands there are, and how the command line ends when one fails."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from longshore.cli import DISCLAIMERS, version
from longshore.cli.output import CliError, emit_error

GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "account": (
        "Accounts of the running venue.",
        {
            "create": "operator:create_account",
            "deposit": "operator:deposit",
            "show": "operator:show_account",
        },
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
    "terms": (
        "Rule changes in the running venue.",
        {"change": "terms:change", "waiting": "terms:waiting"},
    ),
    "scenario": ("The scenarios in the package.", {"list": "worlds:list_scenarios"}),
    "world": ("Worlds looked at from outside.", {"report": "market:report"}),
}
COMMANDS = {
    "serve": "serve:serve",
    "run": "worlds:run",
    "replay": "worlds:replay",
    "archive": "worlds:archive",
    "explain": "explain:explain",
    "compare": "compare:compare",
    "connect": "connect:connect",
    "bench": "bench:bench",
}
ABOUT = ("--help", "-h", "--version")
USAGE_ERROR = 2


def make_app() -> App:
    """The application, its commands not imported yet."""
    app = App(
        name="longshore",
        help="A perpetual-futures venue on your own machine. Without a command: serve, and open "
        f"the browser. {DISCLAIMERS}",
        version=version,
    )
    for name, place in COMMANDS.items():
        app.command(f"longshore.cli.{place}", name=name)
    for group, (about, commands) in GROUPS.items():
        part = App(name=group, help=about)
        for name, place in commands.items():
            part.command(f"longshore.cli.{place}", name=name)
        app.command(part)
    return app


def run_app(arguments: Sequence[str]) -> int:
    """Carry out one command line; its exit code."""
    as_json = "--json" in arguments
    if not arguments or (arguments[0][:1] == "-" and arguments[0] not in ABOUT):
        arguments = ["serve", *arguments]
    try:
        code = make_app()(
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
