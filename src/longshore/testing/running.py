"""A venue in a thread of its own, with its own event loop and port."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from longshore.venue.app import build
from longshore.venue.auth import TOKEN_FILE, OperatorToken, open_token
from longshore.venue.server import SecondPort, Server, bound, shown
from longshore.venue.station import Station
from longshore.venue.tls import authority_path, open_context

HOST = "127.0.0.1"
PATIENCE_S = 60.0
T = TypeVar("T")


class Running:
    """Serves one world until it is stopped. The clock of the world stands still."""

    def __init__(self, folder: Path, scenario: str) -> None:
        """Start it, and return when it answers. Raises what stopped it from starting."""
        self._folder = folder
        self._scenario = scenario
        self._socket = bound(HOST, 0)
        self._tls_socket = bound(HOST, 0)
        self.origin = f"http://{shown(self._socket)}"
        self.tls_origin = f"https://{shown(self._tls_socket)}"
        self.authority = authority_path(folder)
        self._up: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="longshore", daemon=True)
        self._thread.start()
        try:
            self._up.result(PATIENCE_S)
        except BaseException:
            self._let_go()
            raise

    def do(self, work: Callable[[Station], Coroutine[Any, Any, T]]) -> T:
        """Something that is done in the venue's own thread; its outcome."""
        coroutine = work(self._station)
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE_S)

    def stop(self) -> None:
        """Let go of port and files."""
        self._server.should_exit = True
        self._thread.join(PATIENCE_S)
        self._let_go()

    def _let_go(self) -> None:
        self._socket.close()
        self._tls_socket.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self._up.done():
                raise
            self._up.set_exception(error)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        token = OperatorToken(open_token(self._folder / TOKEN_FILE))
        self._station = Station.open(self._folder / "world", self._scenario, lambda _: None)
        self._station.world.clock.pause()
        await self._station.start()
        try:
            app = build(self._station, token, [HOST])
            second = SecondPort(self._tls_socket, open_context(self._folder))
            ready = partial(self._up.set_result, None)
            self._server = Server(app, ready, second=second)
            await self._server.serve(sockets=[self._socket])
        finally:
            await self._station.stop()
