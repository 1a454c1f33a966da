"""What all venues of a process share: read and worked out once, before the first of them starts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from longshore import rulebooks
from longshore.engine.engine import engine_digest
from longshore.testing import venue
from longshore.venue.server import Server

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

__all__ = ["load", "venue"]


@cache
def load() -> None:
    """Read the rulebooks, the digest of all rules and what serves; a start then takes none of it.

    A venue that is opened without this does the same first, once in a process.
    """
    rulebooks.available()
    engine_digest()
    Server(_nothing, lambda: None).config.load()


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that is never asked."""
