"""A connection has a time for each request; a request that is being answered has all it needs."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import httpx
import pytest

from longshore.testing.venue import open_venue
from longshore.venue import http_bounds

BEGUN = b"POST /0/private/AddOrder HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
LIMIT_S = 0.5


@pytest.fixture(scope="module")
def venue():
    """A venue whose clients have half a second."""
    with pytest.MonkeyPatch.context() as patch, open_venue(markets=["PF_XBTUSD"]) as opened:
        patch.setattr(http_bounds, "REQUEST_S", LIMIT_S)
        yield opened


@pytest.mark.parametrize("begun", [b"", b"GET / HT", BEGUN, BEGUN + b"\r\n1234"])
def test_a_request_that_does_not_come_whole_in_time_ends_its_connection(venue, begun):
    parts = urlsplit(venue.origin)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as waiting:
        began = time.monotonic()
        waiting.sendall(begun)
        assert waiting.recv(1_000) == b""
        assert time.monotonic() - began >= LIMIT_S - 0.1


def test_a_request_that_is_answered_late_is_answered(venue):
    with venue.trouble(delay_ms=int(3_000 * LIMIT_S)):
        assert httpx.get(f"{venue.origin}/0/public/Time").json()["error"] == []


def test_a_connection_is_used_again_for_more_than_a_head_may_hold(venue):
    headers = {"X-More": "a" * 10_000}
    with httpx.Client(base_url=venue.origin) as client:
        for _ in range(40):
            assert client.get("/0/public/Time", headers=headers).status_code == 200
