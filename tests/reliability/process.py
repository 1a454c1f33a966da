"""`longshore serve` as a process that may be killed, and a client on one connection to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, urlencode, urlsplit

from longshore.venue.dialects.kraken_futures import auth

STOP_S = 30
V3 = "/derivatives/api/v3"
LONGSHORE = [sys.executable, "-m", "longshore"]
FORM = "application/x-www-form-urlencoded"


class Served:
    """One run of the venue on a data folder."""

    def __init__(self, data: Path, scenario: Path, *options: str) -> None:
        """Start it; `ready` waits for its first line."""
        command = [*LONGSHORE, "serve", "--no-browser", "--engine", "plain", *options]
        command += ["--world", str(scenario), "--data", str(data)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.address = self.token = ""

    def ready(self) -> Served:
        """Wait until it answers."""
        url = urlsplit(self._line())
        self.address, self.token = url.netloc, parse_qs(url.query)["token"][0]
        return self

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self.process.pid, signal.SIGKILL)
        self._gone()

    def stop(self) -> None:
        """Ask it to end; it must do so well."""
        self.process.terminate()
        assert self.process.wait(STOP_S) == 0
        self._gone()

    def _gone(self) -> None:
        self.process.wait(STOP_S)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def operate(self, method: str, path: str, body: object = None) -> Any:
        """A request of the operator that must succeed."""
        client = Client(self)
        try:
            return client.native(method, path, body)
        finally:
            client.close()


@contextmanager
def served(data: Path, scenario: Path, *options: str) -> Iterator[Served]:
    """A venue that answers; killed at the end if it still runs."""
    running = Served(data, scenario, *options)
    try:
        yield running.ready()
    finally:
        if running.process.poll() is None:
            running.kill()


class Reached(Protocol):
    """Where a venue answers, and its operator's token."""

    address: str
    token: str


class HasKey(Protocol):
    """Whoever can sign."""

    key: str
    secret: str


class Client:
    """One connection, kept open. Raises OSError or HTTPException when the venue goes."""

    def __init__(self, venue: Reached, key: str = "", secret: str = "") -> None:
        self.key, self.secret = key, secret
        self._token = venue.token
        self._connection = HTTPConnection(venue.address, timeout=60)

    @classmethod
    def of(cls, venue: Reached, owner: HasKey) -> Client:
        """A connection that signs with somebody's key."""
        return cls(venue, owner.key, owner.secret)

    def native(self, method: str, path: str, body: object = None) -> Any:
        """A request to `/api/v1` that must succeed."""
        headers = {"Authorization": f"Bearer {self._token}"}
        sent = None if body is None else json.dumps(body)
        return self._answer(method, f"/api/v1{path}", sent, headers)

    def post(self, name: str, **fields: str) -> Any:
        """A signed POST of the Kraken API."""
        return self._signed("POST", f"{V3}/{name}", body=urlencode(fields))

    def get(self, path: str, **fields: str) -> Any:
        """A signed GET of the Kraken API."""
        return self._signed("GET", path, query=urlencode(fields))

    def _signed(self, method: str, path: str, query: str = "", body: str = "") -> Any:
        nonce = str(time.time_ns())
        message = auth.signed_message(query.encode(), body.encode(), nonce.encode(), path.encode())
        headers = {
            "APIKey": self.key,
            "Nonce": nonce,
            "Authent": auth.signature(self.secret, message),
            "Content-Type": FORM,
        }
        return self._answer(method, f"{path}?{query}" if query else path, body, headers)

    def _answer(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Any:
        self._connection.request(method, path, body, headers)
        with self._connection.getresponse() as reply:
            text = reply.read().decode()
        assert reply.status == 200, f"{path}: {reply.status} {text}"
        return json.loads(text)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()
