"""The pytest plugin: `venue`, and what a test may ask of it.

def test_my_bot(venue):
anna = venue.account(USD=10_000)
exchange = venue.ccxt("krakenfutures", anna)
...

@pytest.mark.venue(markets=["PF_XBTUSD"], XBT=60_000)
def test_at_another_price(venue): ...
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from longshore.testing.venue import Venue

MARKER = "venue"
LOADED = "longshore_loaded"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(rulebook, markets, **prices): what the fixture `venue` of longshore opens",
    )


def pytest_collection_finish(session: pytest.Session) -> None:
    """Where a test of this run opens a venue, what all venues share is loaded before the first."""
    opens = any(LOADED in getattr(item, "fixturenames", ()) for item in session.items)
    if opens and not session.config.option.collectonly:
        _load()


@pytest.fixture(scope="session", name=LOADED)
def _loaded() -> None:
    """What all venues of this run share, for tests that ask for their fixtures by name."""
    _load()


def _load() -> None:
    from longshore.testing.loading import load

    load()


@pytest.fixture
def venue(request: pytest.FixtureRequest, longshore_loaded: None) -> Iterator[Venue]:
    """A venue of the test's own: still prices, a still clock, a house that quotes."""
    from longshore.testing.venue import open_venue

    marker = request.node.get_closest_marker(MARKER)
    with open_venue(*(marker.args if marker else ()), **(marker.kwargs if marker else {})) as made:
        yield made
