"""One venue with Binance's rulebook for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dialects.binance_usdm.clients import SCENARIO, Book, known_book
from tests.dialects.desk import Desk, started


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A quiet venue with a little of the past behind it: index and mark are there."""
    process, running = started(tmp_path_factory.mktemp("usdm"), SCENARIO)
    running.step(3)
    yield running
    running.http.close()
    process.terminate()
    process.communicate(timeout=30)


@pytest.fixture
def book(desk: Desk) -> Iterator[Book]:
    """A book that holds the maker's two quotes and nothing else."""
    with known_book(desk) as quoted:
        yield quoted
