"""Print the path of a Chromium for the browser tests, fetching one if there is none.

Prints nothing when none can be had; the browser tests then say so and are skipped, or, with
CI=true, fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FETCH_S = 600


def on_path() -> str:
    """A browser the machine has."""
    named = os.environ.get("LONGSHORE_CHROMIUM", "")
    return named or next((path for name in NAMES if (path := shutil.which(name))), "")


def of_playwright() -> str:
    """The browser Playwright keeps for itself, if it has been fetched."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else ""


def fetches() -> Iterator[Sequence[Sequence[str]]]:
    """Ways to get one, each a list of commands."""
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        yield [["apt-get", "-q", "update"], ["apt-get", "-qy", "install", "chromium"]]


def fetched(commands: Sequence[Sequence[str]]) -> bool:
    """Whether all commands of one way succeeded; what they say goes to stderr."""
    try:
        for command in commands:
            subprocess.run(command, check=True, timeout=FETCH_S, stdout=sys.stderr)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"{commands[-1][-1]} could not be fetched: {error}", file=sys.stderr)
        return False
    return True


def find() -> str:
    """The path of a Chromium, or nothing."""
    path = on_path() or of_playwright()
    for commands in fetches():
        if path:
            break
        if fetched(commands):
            path = on_path() or of_playwright()
    return path


if __name__ == "__main__":
    print(find())
