"""The generated reference pages are those of today's source."""

from __future__ import annotations

import pytest

from tools.reference import FOLDER, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_reference_page_is_up_to_date(name):
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == PAGES[name](), "write it again with `make docs`"


def test_no_other_page_claims_to_be_generated():
    generated = {p.name for p in FOLDER.glob("*.md") if "make docs" in p.read_text("utf-8")}
    assert generated == set(PAGES)
