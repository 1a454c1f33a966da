"""What a client says on a market stream, decoded strictly."""

from __future__ import annotations

from typing import Literal

import msgspec

MESSAGE_MAX_CHARS = 65_536
BAD_JSON = {"error": {"code": 3, "msg": "Invalid JSON"}}


class Request(msgspec.Struct):
    """Streams to follow, or not any more; or what is followed."""

    method: Literal[
        "SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS", "SET_PROPERTY", "GET_PROPERTY"
    ]
    id: int | str | None = None
    params: list[str | bool] = []


def decoded(text: str) -> Request | None:
    """A message as a request; None when it is none."""
    if len(text) > MESSAGE_MAX_CHARS:
        return None
    try:
        return msgspec.json.decode(text, type=Request)
    except (msgspec.DecodeError, RecursionError):  # the latter from brackets in brackets in …
        return None


def refused(request: Request, text: str) -> dict[str, object]:
    """A request that cannot be carried out."""
    return {"error": {"code": 2, "msg": f"Invalid request: {text}"}, "id": request.id}
