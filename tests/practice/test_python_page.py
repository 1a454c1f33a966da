"""The page on Python runs from top to bottom, and the notebook is the same page."""

import json

import pytest

from tools.notebook import NOTEBOOK, document, parts, printed

SOURCES = ("cell_type", "id", "source")


def sources(notebook):
    return [{key: cell[key] for key in SOURCES} for cell in notebook["cells"]]


@pytest.fixture(scope="module")
def notebook():
    return json.loads(NOTEBOOK.read_text(encoding="utf-8"))


def test_the_notebook_is_the_page(notebook):
    codes = sum(kind == "code" for kind, _ in parts())
    assert sources(notebook) == sources(document([""] * codes)), "python -m tools.notebook"
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert all({"outputs", "execution_count"} <= c.keys() for c in notebook["cells"][1::2])


@pytest.mark.timeout(600)
def test_every_example_runs_and_says_what_the_notebook_says(notebook):
    said = printed()
    assert len(said) == sum(kind == "code" for kind, _ in parts())
    shown = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert [bool(text) for text in said] == [bool(cell["outputs"]) for cell in shown]
    assert said[2].startswith("True 2020-03-12")
    assert said[-1] == "True\n"
