"""The table of docs/market.md says what was measured, and measuring says it again."""

from pathlib import Path

import pytest

from longshore.lab.market.recordings import tapes
from tools.market_table import COLUMNS, DOCS, PLACE, column, kept, measure, table

RECORDINGS = Path("/work/shared/data")


def test_the_table_is_what_was_measured():
    found = PLACE.search(DOCS.read_text("utf-8"))
    assert found is not None
    assert found[0] == table(kept())
    assert set(kept()) == set(COLUMNS)


def test_the_default_world_meets_eight_facts_of_eleven():
    """A changed bound is seen here; a changed world by the long test below."""
    assert kept()["live"].report().met() >= 8


@pytest.mark.long
@pytest.mark.timeout(3_600)
@pytest.mark.skipif(not RECORDINGS.exists(), reason="the recordings are not on this machine")
def test_measured_again_it_is_the_same():
    """Half a day of the default world, and two recordings."""
    again = measure(tapes(RECORDINGS))
    assert {name: column(made) for name, made in again.items()} == kept()
