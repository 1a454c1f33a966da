"""A venue in a process and a folder of its own, and the operator's requests to it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

STOP_S = 60
ANSWER_S = 60
BEHIND_MS = 500
CATCHING_UP = 5


class VenueError(Exception):
    """The venue did not start."""


class Served:
    """A venue that answers at `url`; `token` is its operator's."""

    def __init__(self, first_line: str) -> None:
        """Its first line is its address with the token."""
        self.url, _, self.token = first_line.strip().partition("/?token=")
        if not self.token:
            raise VenueError(f"the venue began with {first_line!r}")

    def _open(self, path: str, body: object = None) -> bytes:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=ANSWER_S) as reply:  # noqa: S310 - our own
            content: bytes = reply.read()
            return content

    def get(self, path: str, **query: str) -> Any:
        """What a path tells."""
        return json.loads(self._open(f"{path}?{urlencode(query)}"))

    def post(self, path: str, body: object) -> Any:
        """What comes of a request."""
        return json.loads(self._open(path, body))

    def catch_up(self) -> None:
        """Bring world time to the wall clock's, behind which it is since the venue started."""
        for _ in range(CATCHING_UP):
            clock = self.get("/clock")
            behind_ms = clock["wall_time"] - clock["world_time"]
            if behind_ms < BEHIND_MS:
                return
            self.post("/clock/run", {"until": "time", "limit_ms": behind_ms})
            self.post("/clock", {"action": "resume"})

    def account(self, name: str, **deposits: str) -> dict[str, str]:
        """A new account with practice money; its API key."""
        self.post("/operator/accounts", {"name": name, "deposits": deposits})
        made: dict[str, str] = self.post("/operator/keys", {"account": name})
        return made

    def whole(self, what: str, account: str) -> list[dict[str, str]]:
        """All of an account's fills, funding or ledger, oldest first."""
        query = urlencode({"what": what, "account": account})
        text = self._open(f"/export?{query}").decode()
        return list(csv.DictReader(io.StringIO(text)))


@contextmanager
def served(
    folder: Path, world: str, engine: str, extra: Mapping[str, str] | None = None
) -> Iterator[Served]:
    """A venue on a free port, its world begun now; asked to stop at the end."""
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "longshore", "serve", "--no-browser", "--port", "0"]
    command += ["--world", world, "--engine", engine, "--data", str(folder / "data")]
    environment = {**os.environ, **(extra or {})}
    with (
        (folder / "venue.log").open("w") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment
        ) as process,
    ):
        assert process.stdout is not None
        try:
            yield Served(process.stdout.readline())
        finally:
            process.terminate()
            process.wait(STOP_S)
