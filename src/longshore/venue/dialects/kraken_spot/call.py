"""One request on its way in: read, signed for, decoded; and its answer on the way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.types import Receive, Scope, Send

from longshore.venue.body import BodyCutError, BodyTooLargeError, whole_body
from longshore.venue.dialects.kraken_spot import decode
from longshore.venue.dialects.kraken_spot.errors import BAD_REQUEST, ApiError
from longshore.venue.dialects.kraken_spot.values import Json

if TYPE_CHECKING:
    from longshore.venue.accounts import ApiKey
    from longshore.venue.dialects.kraken_spot.api import Api

BODY_MAX_BYTES = 1_000_000


class Call:
    """A request: what it carries, and (once signed for) whose it is."""

    def __init__(self, scope: Scope, body: bytes) -> None:
        """A request with its whole body."""
        self.path: str = scope["path"]
        self.query: bytes = scope["query_string"]
        self.body = body
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self.key: ApiKey | None = None

    @property
    def account_id(self) -> int:
        """Whose request it is; only asked once it is signed for."""
        assert self.key is not None
        return self.key.account_id

    def header(self, name: bytes) -> str:
        """A header by its lower-case name, empty when absent."""
        return self.headers.get(name, b"").decode("latin-1")

    @cached_property
    def values(self) -> decode.Values:
        """Query and body together; the body counts where both say something."""
        given = decode.query(self.query)
        return given | decode.body(self.body, self.header(b"content-type"))

    def form(self, shape: type[decode.T]) -> decode.T:
        """The parameters as a struct."""
        return decode.shaped(self.values, shape)


Answer = Json | list[Any] | bool
Handler = Callable[["Api", Call], Awaitable[Answer]]


class Operation(NamedTuple):
    """What a method does, and the permission its key needs (none: anyone may)."""

    handler: Handler
    permission: str = ""


async def read_body(receive: Receive) -> bytes:
    """The whole body, refused when it is larger than any request can be."""
    try:
        return await whole_body(receive, BODY_MAX_BYTES)
    except (BodyCutError, BodyTooLargeError):
        raise ApiError(BAD_REQUEST) from None


async def respond(send: Send, body: bytes) -> None:
    """Send an answer; the status is always 200."""
    length = (b"content-length", str(len(body)).encode())
    headers = [(b"content-type", b"application/json"), length]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
