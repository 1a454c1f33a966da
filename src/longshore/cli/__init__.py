"""The command `longshore`.

Commands are imported when they are called, so that `--version` and `--help` answer at once.
"""

from __future__ import annotations

import os
import sys

DISCLAIMERS = (
    "For education. Practice money only. Not financial advice. "
    "Not connected with or endorsed by any venue named."
)


def main() -> None:
    """Run the command line and leave with its exit code: 0 done, 1 failed, 2 asked wrongly."""
    arguments = sys.argv[1:]
    if arguments and set(arguments) <= {"--version", "--json"} and "--version" in arguments:
        sys.stdout.write(f"{version('--json' in arguments)}\n")
        return
    from longshore.cli.app import run_app

    try:
        sys.exit(run_app(arguments))
    except BrokenPipeError:  # whoever reads, as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def version(as_json: bool = False) -> str:
    """What `--version` prints."""
    from longshore import __version__

    if not as_json:
        return f"longshore {__version__}\n{DISCLAIMERS}"
    import json

    return json.dumps({"version": __version__, "disclaimers": DISCLAIMERS})
