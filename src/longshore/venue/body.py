"""The body of a request, whole or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Receive


class BodyCutError(Exception):
    """The client went before its body had come whole."""


class BodyTooLargeError(Exception):
    """The body is larger than a request may be."""


async def whole_body(receive: Receive, most_bytes: int) -> bytes:
    """All of it. Raises BodyCutError and BodyTooLargeError."""
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BodyCutError
        chunk = message.get("body", b"")
        chunks.append(chunk)
        size += len(chunk)
        more = message.get("more_body", False)
        if size > most_bytes:
            raise BodyTooLargeError
    return b"".join(chunks)
