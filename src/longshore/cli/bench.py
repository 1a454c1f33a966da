"""`longshore bench`: the benchmarks of a source checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from longshore.cli.output import CliError, Json


def bench(*names: str, against: str = "", json: Json = False) -> int:
    """Run the benchmarks and print ratios. They are part of the source, not of the package.

    Parameters
    ----------
    names
        Which: `start`, `fixture`, `engine`, `gates`, `journal`, `wallets`, `scale`, `world`,
        `orders`, `socket`, `fan-out` (the three are `venue`), `surveillance`, `peers`, `screen`;
        else all.
    against
        A git revision: run the canonical flow of this tree and of that one in turns, and print how
        much slower this one is.

    """
    root = Path(__file__).parents[3]
    if not (root / "benchmarks" / "__main__.py").is_file():
        raise CliError("there are no benchmarks here: they come with the source checkout")
    wanted = [*(["--against", against] if against else []), *(["--json"] if json else [])]
    command = [sys.executable, "-m", "benchmarks", *names, *wanted]
    return subprocess.run(command, cwd=root, check=False).returncode  # noqa: S603 - our own
