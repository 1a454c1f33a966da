"""One venue for all clients of this run, which began shortly before an hour was full."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dialects.desk import SCENARIO, Desk, started

CHECKS = (
    *("ccxt_futures", "ccxt_futures_socket", "ccxt_spot", "ccxt_spot_socket", "sdk_futures"),
    *("ccxt_usdm", "ccxt_usdm_absent", "ccxt_usdm_socket", "sdk_spot"),
)
pytest.register_assert_rewrite(*(f"tests.clients.{name}" for name in CHECKS))

BEFORE_THE_HOUR = SCENARIO.replace("T12:00:00Z", "T11:55:00Z")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A quiet venue with a little of the past behind it."""
    folder = tmp_path_factory.mktemp("clients")
    process, running = started(folder, BEFORE_THE_HOUR, "--tls-port", "0")
    running.step(3)
    running.tls = (folder / "data/venue.tls.url").read_text().strip().removeprefix("https://")
    running.authority = folder / "data/tls/authority.pem"
    yield running
    running.http.close()
    process.terminate()
    process.communicate(timeout=30)
