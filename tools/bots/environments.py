"""An environment for each client, beside the project's own and never in its lock file."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(".clients")
NAMED = "LONGSHORE_CLIENTS_PYTHON"
NAMES = ("python3.13", "python3.12", "python3.11", "python3")
IS_NEW_ENOUGH = "import sys; sys.exit(sys.version_info[:2] < ({major}, {minor}))"


class NoPythonError(Exception):
    """No Python on this machine that the client runs on."""


@dataclass(frozen=True)
class Client:
    """A client as its package index offers it, and the oldest Python it runs on."""

    name: str
    version: str
    python: tuple[int, int]

    @property
    def folder(self) -> Path:
        """Where its environment lies."""
        return (FOLDER / f"{self.name}-{self.version}").absolute()

    def program(self, name: str) -> Path:
        """A program of its environment."""
        return self.folder / "bin" / name


FREQTRADE = Client("freqtrade", "2026.9", (3, 11))
NAUTILUS = Client("nautilus_trader", "1.231.0", (3, 12))


def install(client: Client) -> None:
    """Make its environment, unless it is there. Raises NoPythonError, CalledProcessError."""
    ready = client.folder / ".ready"
    if ready.exists():
        return
    print(f"Setting up {client.name} {client.version}; that takes some minutes once.", flush=True)
    shutil.rmtree(client.folder, ignore_errors=True)
    subprocess.run([_python(client), "-m", "venv", str(client.folder)], check=True)
    pip = [str(client.program("python")), "-m", "pip", "install", "-q"]
    subprocess.run([*pip, f"{client.name}=={client.version}"], check=True)
    ready.touch()


def _python(client: Client) -> str:
    major, minor = client.python
    for path in _candidates():
        asked = [path, "-c", IS_NEW_ENOUGH.format(major=major, minor=minor)]
        if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return path
    wanted = f"{client.name} {client.version} needs Python {major}.{minor} or newer"
    raise NoPythonError(f"{wanted}: name one in {NAMED}")


def _candidates() -> Iterator[str]:
    if NAMED in os.environ:
        yield os.environ[NAMED]
    yield from (path for name in NAMES if (path := shutil.which(name)))
    kept = Path.home().glob(".pyenv/versions/3.1[1-3].*/bin/python")
    yield from sorted(map(str, kept), reverse=True)
