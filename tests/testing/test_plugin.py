"""The plugin as others use it, who have nothing else of ours: the docs' examples; its cost."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import metadata
from pathlib import Path

import pytest
import yaml

PAGES = Path(__file__).parents[2] / "docs/how-to"
AT_COLLECTION = """
import sys

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session):
    session.config.loaded = set(sys.modules)
"""
WITHOUT = """
def test_something_else(pytestconfig):
    ours = {name for name in pytestconfig.loaded if name.startswith("longshore")}
    assert ours <= {"longshore", "longshore.testing", "longshore.testing.plugin"}
"""
WITH = """
import sys


def test_a_bot(venue, pytestconfig):
    from longshore.engine._compile import source_digest
    from longshore.rulebooks.loader import all_shipped

    late = {name.split(".")[0] for name in set(sys.modules) - pytestconfig.loaded}
    assert not late & {"longshore", "sqlalchemy", "starlette", "uvicorn", "httptools", "websockets"}
    assert source_digest.cache_info().hits
    assert all_shipped.cache_info().hits


def test_another(request):
    venue = request.getfixturevalue("venue")
    assert venue.mark("PF_XBTUSD") > 0
"""


def run(folder, **files):
    """What pytest prints of a folder with these files, and nothing of this one's settings."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "--strict-markers", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout


def examples(page):
    """The tests that a page shows."""
    shown = re.findall(r"```python\n(.*?)```", (PAGES / page).read_text("utf-8"), re.DOTALL)
    return {f"test_example_{n}": text for n, text in enumerate(shown) if "def test_" in text}


@pytest.mark.parametrize(("name", "at_least"), [("test-your-bot", 7), ("connect-kraken-sdk", 1)])
def test_the_examples_of_the_docs_pass(tmp_path, name, at_least):
    files = examples(f"{name}.md")
    assert len(files) >= at_least
    told = run(tmp_path, **files)
    assert f"{len(files)} passed" in told, told


@pytest.mark.parametrize(("text", "count"), [(WITHOUT, 1), (WITH, 2)])
def test_what_venues_share_is_loaded_before_the_first_and_only_for_one(tmp_path, text, count):
    told = run(tmp_path, conftest=AT_COLLECTION, test_it=text)
    assert f"{count} passed" in told, told


def test_the_repository_of_the_docs_passes_its_tests(tmp_path):
    page = (PAGES / "test-your-bot.md").read_text("utf-8")
    shown = re.findall(r'```\w+ title="(.*?)"\n(.*?)```', page, re.DOTALL)
    for name, text in shown:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    listed = re.findall(r"^      (\S+)$", page, re.MULTILINE)
    assert listed == [name for name, _ in shown]
    told = run(tmp_path)
    assert "1 passed" in told, told


def test_the_job_of_the_docs_installs_what_there_is():
    page = (PAGES / "test-your-bot.md").read_text("utf-8")
    [text] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    steps = yaml.safe_load(text)["jobs"]["test"]["steps"]
    commands = [step["run"] for step in steps if "run" in step]
    [extra] = re.findall(r"longshore\[(\w+)\]", commands[0])
    assert extra in metadata("longshore").get_all("Provides-Extra")
    assert commands[-1] == "pytest"
