"""The screen's files, the API page, health and metrics."""

from __future__ import annotations

import time
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from longshore import __version__
from longshore.venue.auth import OperatorToken, cookie_header
from longshore.venue.dialects.native.openapi import document, page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from longshore.journal.batch import Batch
    from longshore.venue.context import Venue
    from longshore.venue.dialects.native.wire import Operation
    from longshore.venue.people.people import People
    from longshore.venue.projections.projector import Projector

STATIC = Path(str(files("longshore.venue"))) / "static"
POLICY = (
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Screen:
    """The built screen. `/?token=…` trades the token for a cookie; other pages ask for it.

    Where people sign in anybody gets the pages: they have nothing in them until somebody has.
    """

    def __init__(self, token: OperatorToken, people: People | None = None) -> None:
        """Pages for whoever holds this token, or for people."""
        self._token = token
        self._people = people

    async def get(self, request: Request) -> Response:
        """A file of the screen, or its one page for any other path."""
        given = request.query_params.get("token")
        if given is not None and self._token.matches(given):
            return self._let_in(request)
        path = _file(request.path_params.get("path", ""))
        if path is None or path.name == "index.html":
            return self._page(request)
        return FileResponse(path, headers=_HEADERS)

    def _let_in(self, request: Request) -> Response:
        response = RedirectResponse(request.url.path, status_code=303)
        response.raw_headers.append(cookie_header(self._token.value))
        if self._people is not None:
            response.raw_headers.append(self._people.door.seal(self._token.value))
        return response

    def _page(self, request: Request) -> Response:
        if self._people is None and not self._token.is_in(request.scope):
            message = "Open the URL with the token that `longshore` printed."
            return PlainTextResponse(message, status_code=401, headers=_HEADERS)
        index = STATIC / "index.html"
        if not index.exists():
            message = "The screen is not built: run `make ui`. The API page is at /api/docs."
            return PlainTextResponse(message, status_code=404, headers=_HEADERS)
        return FileResponse(index, headers={**_HEADERS, "Cache-Control": "no-cache"})


def _file(name: str) -> Path | None:
    """A file below the static folder, None when there is none of this name."""
    path = (STATIC / name).resolve()
    return path if path.is_relative_to(STATIC.resolve()) and path.is_file() else None


class Docs:
    """The native API described, made once, when somebody first asks for it."""

    def __init__(self, further: Sequence[Operation] = ()) -> None:
        """`further` are the operations of whoever hosts the venue."""
        self._further = further

    @cached_property
    def _described(self) -> dict[str, Any]:
        return document(self._further)

    async def get_page(self, _: Request) -> Response:
        """For people."""
        return HTMLResponse(page(self._described), headers=_HEADERS)

    async def get_document(self, _: Request) -> Response:
        """For programs."""
        return Response(msgspec.json.encode(self._described), media_type="application/json")


class Health:
    """Whether this venue works, and where it stands."""

    def __init__(self, venue: Venue, projector: Projector) -> None:
        """Health of one venue and its history."""
        self._venue = venue
        self._projector = projector

    async def get(self, _: Request) -> Response:
        """200 while all works; 503 when an error has stopped the world or its history."""
        world, status = self._venue.world, self._status()
        body = {
            "status": status,
            "version": __version__,
            "world": world.name,
            "engine": world.mode,
            "seq": world.journal.seq,
            "chain": world.journal.chain.hex(),
            "world_time": self._venue.now_us // 1_000,
            "wall_time": time.time_ns() // 1_000_000,
        }
        return JSONResponse(body, status_code=200 if status == "ok" else 503)

    def _status(self) -> str:
        if self._venue.sequencer.error is not None:
            return "stopped"
        return "ok" if self._projector.error is None else "history_stopped"


class Metrics:
    """Numbers for Prometheus."""

    def __init__(self, venue: Venue, projector: Projector) -> None:
        """Count what is committed; read the rest when asked."""
        self._registry = CollectorRegistry()
        self._commands = Counter(
            "longshore_commands", "Commands made durable.", registry=self._registry
        )
        self._events = Counter("longshore_events", "Events caused.", registry=self._registry)
        journal, streams = venue.world.journal, venue.streams
        self._gauge("longshore_seq", "Last durable seq.", lambda: journal.seq)
        self._gauge("longshore_streams", "Open streams.", lambda: streams.count)
        self._gauge(
            "longshore_history_lag", "Commands not in history.", lambda: journal.seq - projector.seq
        )

    def _gauge(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        Gauge(name, meaning, registry=self._registry).set_function(read)

    def on_commit(self, batch: Batch) -> None:
        """Count one durable batch."""
        self._commands.inc(batch.count)
        self._events.inc(batch.caused.count)

    async def get(self, _: Request) -> Response:
        """The exposition."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
