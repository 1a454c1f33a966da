"""The screen's types are the venue's."""

from __future__ import annotations

import runpy
from pathlib import Path

UI = Path(__file__).parents[2] / "ui"


def test_the_types_are_made_from_the_schema_as_it_is():
    """House law 2: no mirror by hand. Remedy: `python ui/make_types.py`."""
    made = runpy.run_path(str(UI / "make_types.py"))["render"]()
    assert made == (UI / "src/api.gen.ts").read_text()
