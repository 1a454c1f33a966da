"""Talking to the running venue, as its operator."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import httpx
from cyclopts import Parameter

from longshore.cli.output import CliError

DEFAULT_URL = "http://127.0.0.1:8000"
TOKEN_FILE = "operator.token"  # noqa: S105 - the name of a file
URL_FILE = "venue.url"
TIMEOUT_S = 30.0

Data = Annotated[
    Path | None,
    Parameter(
        name="--data",
        help="The venue's data folder; without it $LONGSHORE_DATA, else the user's own.",
    ),
]
Url = Annotated[
    str, Parameter(name="--url", help="The running venue; without it the one of the data folder.")
]


def data_folder(asked: Path | None) -> Path:
    """Where the venue keeps its worlds, keys and token."""
    if asked is not None:
        return asked
    if "LONGSHORE_DATA" in os.environ:
        return Path(os.environ["LONGSHORE_DATA"])
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "longshore"


def venue_url(asked: str, data: Path | None) -> str:
    """The address asked for, or the one the venue last wrote into its folder."""
    if asked:
        return asked.rstrip("/")
    note = data_folder(data) / URL_FILE
    return note.read_text().strip() if note.is_file() else DEFAULT_URL


Why = Annotated[str, Parameter(name="--why", help="The reason, for the operator's log.")]


class Client:
    """One venue's native API, with the operator's token."""

    def __init__(self, url: str, data: Path | None) -> None:
        """The token lies in the data folder. CliError: there is none, so no venue has run there."""
        path = data_folder(data) / TOKEN_FILE
        try:
            token = path.read_text().strip()
        except OSError as error:
            raise CliError(f"no operator token at {path}: has `longshore serve` run?") from error
        self.url = venue_url(url, data)
        self._headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: str) -> Any:
        """The JSON answer to a read."""
        return self._call("GET", path, query, None)

    def post(self, path: str, body: Mapping[str, object], **query: str) -> Any:
        """The JSON answer to a change."""
        return self._call("POST", path, query, body)

    def patch(self, path: str, body: Mapping[str, object], **query: str) -> Any:
        """The JSON answer to a change of a part."""
        return self._call("PATCH", path, query, body)

    def put(self, path: str, body: Mapping[str, object], **query: str) -> Any:
        """The JSON answer to a setting."""
        return self._call("PUT", path, query, body)

    def delete(self, path: str, **query: str) -> Any:
        """The JSON answer to an end."""
        return self._call("DELETE", path, query, None)

    def _call(
        self, method: str, path: str, query: dict[str, str], body: Mapping[str, object] | None
    ) -> Any:
        address = f"{self.url}/api/v1{path}"
        try:
            reply = httpx.request(
                method, address, params=query, json=body, headers=self._headers, timeout=TIMEOUT_S
            )
        except httpx.TransportError as error:
            raise CliError(f"no venue answers at {self.url}: {error}") from error
        if reply.is_error:
            raise CliError(_refusal(reply))
        return reply.json()


def _refusal(reply: httpx.Response) -> str:
    """What the venue said, in its own words where it used any."""
    try:
        said = reply.json()
    except ValueError:
        return f"the venue answered {reply.status_code}"
    error = said.get("error", said) if isinstance(said, dict) else said
    if isinstance(error, dict):
        return str(error.get("message") or error.get("text") or error)
    return str(error)
