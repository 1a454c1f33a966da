"""`longshore bench`: the benchmarks of a source checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from longshore.cli.output import CliError, Json


def bench(*, json: Json = False) -> int:
    """Run the benchmarks and print ratios. They are part of the source, not of the package."""
    root = Path(__file__).parents[3]
    if not (root / "benchmarks" / "__main__.py").is_file():
        raise CliError("there are no benchmarks here: they come with the source checkout")
    command = [sys.executable, "-m", "benchmarks", *(["--json"] if json else [])]
    return subprocess.run(command, cwd=root, check=False).returncode  # noqa: S603 - our own
