"""One request on its way in: read, signed for, decoded; and its answer on the way out."""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from starlette.types import Receive, Scope, Send

from longshore.venue.body import BodyCutError, BodyTooLargeError, whole_body
from longshore.venue.dialects.kraken_futures import decode
from longshore.venue.dialects.kraken_futures.errors import bad_request, refused
from longshore.venue.dialects.kraken_futures.values import Json

if TYPE_CHECKING:
    from longshore.venue.dialects.kraken_futures.api import Api

BODY_MAX_BYTES = 1_000_000


class Call:
    """A request: where it goes, what it carries, and (once signed for) whose it is."""

    def __init__(self, scope: Scope, path: str, body: bytes) -> None:
        """A request to `path`, which is the path inside its part of the API."""
        self.method: str = scope["method"]
        self.path = path
        self.query: bytes = scope["query_string"]
        self.body = body
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.path_values: tuple[str, ...] = ()
        self.account_id = 0

    @property
    def key(self) -> str:
        """What is asked, as the tables of operations name it."""
        return f"{self.method} {self.path.strip('/')}"

    def header(self, name: bytes) -> str:
        """A header by its lower-case name, empty when absent."""
        return self.headers.get(name, b"").decode("latin-1")

    @cached_property
    def parameters(self) -> dict[str, list[str]]:
        """Query and form together."""
        return decode.parameters(self.query, self.body)

    def form(self, shape: type[decode.T]) -> decode.T:
        """The parameters as a struct."""
        return decode.decoded(self.parameters, shape)

    def required(self, name: str) -> str:
        """One parameter that must be there."""
        values = self.parameters.get(name)
        if not values:
            raise refused("requiredArgumentMissing")
        return values[-1]


class Csv(NamedTuple):
    """An answer as rows of text, header first."""

    rows: list[tuple[object, ...]]

    def encoded(self) -> bytes:
        """Lines of cells; what there is not is an empty one."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(self.rows)
        return text.getvalue().encode()


Answer = Json | list[str] | Csv
Handler = Callable[["Api", Call], Awaitable[Answer]]


class Operation(NamedTuple):
    """What a route does, and the permission its key needs (none: anyone may)."""

    handler: Handler
    permission: str = ""


async def read_body(receive: Receive) -> bytes:
    """The whole body, refused when it is larger than any request can be."""
    try:
        return await whole_body(receive, BODY_MAX_BYTES)
    except (BodyCutError, BodyTooLargeError):
        raise bad_request() from None


async def respond(
    send: Send, status: int, body: bytes, headers: tuple[tuple[bytes, bytes], ...] = ()
) -> None:
    """Send an answer, JSON unless the headers say otherwise."""
    kind = () if any(name == b"content-type" for name, _ in headers) else (JSON_TYPE,)
    length = (b"content-length", str(len(body)).encode())
    start = {"type": "http.response.start", "status": status, "headers": [*kind, length, *headers]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


JSON_TYPE = (b"content-type", b"application/json")
TEXT_TYPE = (b"content-type", b"text/plain; charset=utf-8")
CSV_TYPE = (b"content-type", b"text/csv; charset=utf-8")
