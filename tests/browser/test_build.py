"""The screen is built with the package: what it is built from, and when it is built anew."""

from __future__ import annotations

import ast
import gzip
import re
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


def loaded_at_first(assets: Path) -> set[Path]:
    """The scripts that the market's page needs: the one named by it and those that imports."""
    waiting = re.findall(r'src="/assets/([^"]+\.js)"', (assets.parent / "index.html").read_text())
    found: set[Path] = set()
    while waiting:
        script = assets / waiting.pop()
        if script not in found:
            found.add(script)
            waiting += re.findall(r'(?:from|import)"\./([^"]+\.js)"', script.read_text())
    return found


def test_the_program_is_small():
    """UX-66: at most 150 KB of JavaScript to trade, as it travels; a page of its own 15 KB more."""
    assets = ROOT / "src/longshore/venue/static/assets"
    if not assets.is_dir():
        pytest.skip("the screen is not built: make ui")
    sizes = {path: len(gzip.compress(path.read_bytes())) for path in assets.glob("*.js")}
    first = loaded_at_first(assets)
    assert sum(sizes[path] for path in first) <= 150_000
    assert all(size <= 15_000 for path, size in sizes.items() if path not in first)
