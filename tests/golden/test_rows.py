"""The layout of rows is part of snapshots and of the journal: it changes on purpose only."""

from __future__ import annotations

from tools.rows import GOLDEN, layout


def test_row_layout_is_the_golden_one():
    assert layout() == GOLDEN.read_text(encoding="utf-8"), "accept the change with `make golden`"
