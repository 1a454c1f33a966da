"""Print the path of a browser for the browser tests, fetching one if there is none.

    python tools/browsers.py chromium
    python tools/browsers.py firefox

Prints nothing when none can be had; the tests that need it then say so and are skipped, or, with
CI=true, fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "firefox": ("firefox", "firefox-esr"),
}
PACKAGES = {"chromium": "chromium", "firefox": "firefox-esr"}
FETCH_S = 600


def on_path(browser: str) -> str:
    """A browser the machine has."""
    named = os.environ.get(f"LONGSHORE_{browser.upper()}", "")
    return named or next((path for name in NAMES[browser] if (path := shutil.which(name))), "")


def of_playwright(browser: str) -> str:
    """The Chromium Playwright keeps for itself, if it has been fetched; it has its own Firefox."""
    if browser != "chromium":
        return ""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else ""


def had(browser: str) -> str:
    """The path of one that is there already, or nothing."""
    return on_path(browser) or of_playwright(browser)


def fetches(browser: str) -> Iterator[Sequence[Sequence[str]]]:
    """Ways to get one, each a list of commands."""
    if browser == "chromium":
        yield [[sys.executable, "-m", "playwright", "install", browser]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "-qy", "install", PACKAGES[browser]]
        yield [["apt-get", "-q", "update"], install]


def fetched(commands: Sequence[Sequence[str]]) -> bool:
    """Whether all commands of one way succeeded; what they say goes to stderr."""
    try:
        for command in commands:
            subprocess.run(command, check=True, timeout=FETCH_S, stdout=sys.stderr)
    except (subprocess.SubprocessError, OSError) as error:
        print(f"{commands[-1][-1]} could not be fetched: {error}", file=sys.stderr)
        return False
    return True


def find(browser: str) -> str:
    """The path of one, or nothing."""
    path = had(browser)
    for commands in fetches(browser):
        if path:
            break
        if fetched(commands):
            path = had(browser)
    return path


if __name__ == "__main__":
    print(find(sys.argv[1]))
