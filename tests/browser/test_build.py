"""The screen is built with the package: what it is built from, and when it is built anew."""

from __future__ import annotations

import ast
import gzip
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def sources() -> list[Path]:
    """Every file that the build hook builds the screen from."""
    tree = ast.parse((ROOT / "hatch_build.py").read_text())
    named = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign)}
    paths = [ROOT / "ui" / name for name in ast.literal_eval(named["SOURCES"])]
    files = [path for path in paths if path.is_file()]
    return files + [file for path in paths for file in path.rglob("*") if file.is_file()]


def test_a_changed_source_makes_the_editable_install_anew():
    """Without a key for it uv would go on serving the old screen."""
    keys = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["cache-keys"]
    kept = {path for key in keys for path in ROOT.glob(key["file"])}
    wanted = {*sources(), ROOT / "pyproject.toml", ROOT / "hatch_build.py"}
    assert len(wanted) > 20
    assert wanted <= kept


def test_the_program_is_small():
    """UX-66: at most 150 KB of JavaScript as it travels, in one piece or in several."""
    scripts = sorted((ROOT / "src/longshore/venue/static/assets").glob("*.js"))
    if not scripts:
        pytest.skip("the screen is not built: make ui")
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= 150_000
