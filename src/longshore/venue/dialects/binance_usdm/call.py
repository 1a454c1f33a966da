"""One request on its way in: read, signed for, decoded; and its answer on the way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from starlette.types import Receive, Scope, Send

from longshore.venue.body import BodyCutError, BodyTooLargeError, whole_body
from longshore.venue.dialects.binance_usdm import decode
from longshore.venue.dialects.binance_usdm.errors import UNREADABLE, ApiError
from longshore.venue.dialects.binance_usdm.values import Answer

if TYPE_CHECKING:
    from longshore.venue.dialects.binance_usdm.api import Api

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
        self.account_id = 0

    def header(self, name: bytes) -> str:
        """A header by its lower-case name, empty when absent."""
        return self.headers.get(name, b"").decode("latin-1")

    @cached_property
    def parameters(self) -> dict[str, str]:
        """Query and form together."""
        return decode.parameters(self.query, self.body)

    def form(self, shape: type[decode.T]) -> decode.T:
        """The parameters as a struct."""
        return decode.shaped(self.parameters, shape)


Handler = Callable[["Api", Call], Awaitable[Answer]]


class Operation(NamedTuple):
    """What a route does, and the permission its key needs (none: anyone may).

    A few routes ask for a key but no signature.
    """

    handler: Handler
    permission: str = ""
    signed: bool = True


async def read_body(receive: Receive) -> bytes:
    """The whole body, refused when it is larger than any request can be."""
    try:
        return await whole_body(receive, BODY_MAX_BYTES)
    except (BodyCutError, BodyTooLargeError):
        raise ApiError(UNREADABLE) from None


async def respond(send: Send, status: int, body: bytes) -> None:
    """Send an answer."""
    length = (b"content-length", str(len(body)).encode())
    headers = [(b"content-type", b"application/json"), length]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
