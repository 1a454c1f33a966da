"""Serving a data folder: bind, open, serve, hand over to the fast engine, stop cleanly."""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
import ssl
import sys
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import uvicorn

from longshore.venue.app import build
from longshore.venue.auth import LOOPBACK, TOKEN_FILE, OperatorToken, open_token
from longshore.venue.handover import hand_over
from longshore.venue.locking import LockedError, locked
from longshore.venue.socket_bounds import MESSAGE_MAX_BYTES, BoundedSocket
from longshore.venue.station import Station, open_station
from longshore.venue.worlds import RUNNING_MAX, Worlds
from longshore.world.fitting import fitted, with_line
from longshore.world.scenario import read

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from starlette.types import ASGIApp

    from longshore.venue.people.people import People

DEFAULT_PORT = 8000
PORTS_TRIED = 100
PORT_MAX = 65_535
SWITCH_S = 0.000_1
"""The loop is busy when it is loaded; a thread back from the disk waits for it this long at most,
and the loop for a thread that writes history. Python's own 5 ms are longer than a commit."""
EVERYWHERE = "0.0.0.0"  # noqa: S104 - of a container, where it was asked for
COLLECT_EVERY = 20_000  # new objects; Python's own 700 are those of a dozen orders
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
BACKLOG = 2_048
WAITING_BYTES = 262_144
"""What the system keeps of what was sent to a client that does not read, give or take twice."""
MAIN_WORLD = "main"
LOCK_FILE = "serving.lock"
TLS_URL_FILE = "venue.tls.url"
Tls = tuple[Path | None, Path | None]
"""Files of a certificate and of its private key."""
NO_TLS: Tls = (None, None)


class ServeError(Exception):
    """The venue cannot be served as asked; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What `longshore serve` was asked for. `port` None: 8000 or the next free one."""

    data: Path
    scenario: str = "live"
    host: str = "127.0.0.1"
    port: int | None = None
    tls_port: int | None = None  # None: not over TLS; 0: any free one
    accounts: bool = False
    four_eyes: bool = False  # what an operator changes waits for a second one
    contained: bool = False  # listens on all addresses of a container, whoever runs it publishes
    names: tuple[str, ...] = ()  # further names it is reached by, where something stands before it
    certificate: Path | None = None
    private_key: Path | None = None
    worlds_at_once: int = RUNNING_MAX
    compiled: bool = True
    changes: tuple[tuple[str, str], ...] = ()  # keys of the scenario's file and their new values
    speed_ppm: int | None = None
    paused: bool = False

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it by https only: its own, or that of what stands before it."""
        return self.certificate is not None or bool(self.names)

    @property
    def listens_on(self) -> str:
        """The address of its sockets: in a container all, of which the host publishes its own."""
        return EVERYWHERE if self.contained else self.host


def serve(options: Options, opened: Callable[[str], None] = lambda _: None) -> None:
    """Serve until interrupted. The URL is the first line on stdout, and is given to `opened`.

    Raises ServeError before anything is opened: a port that is taken, a host that is not private,
    a data folder that is served already.
    """
    with bind(options) as sock, bind_tls(options) as tls_sock:
        try:
            with locked(options.data / LOCK_FILE):
                run_loop(_serve(options, (sock, tls_sock), opened))
        except LockedError as error:
            raise ServeError(f"another venue serves {options.data}") from error


def run_loop(work: Coroutine[None, None, None]) -> None:
    """Run in uvloop where there is one."""
    sys.setswitchinterval(SWITCH_S)
    with asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner:
        runner.run(work)


def bind(options: Options) -> socket.socket:
    """A listening socket. Raises ServeError."""
    if options.host not in LOOPBACK and not options.accounts:
        raise ServeError(f"{options.host} can be reached from outside: that needs --accounts")
    if options.four_eyes and not options.accounts:
        raise ServeError("--four-eyes takes two people who sign in: that needs --accounts")
    if options.host not in LOOPBACK and options.certificate is None:
        raise ServeError(
            f"{options.host} can be reached from outside, where passwords could be read on their "
            "way: that needs --certificate and --private-key"
        )
    _check_tls(options)
    if options.port is not None:
        return bound(options.listens_on, options.port)
    for port in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        with suppress(PortTakenError):
            sock = bound(options.listens_on, port)
            if port != DEFAULT_PORT:
                say(f"port {DEFAULT_PORT} is in use; this venue is on {port}")
            return sock
    raise ServeError(f"no free port from {DEFAULT_PORT} to {DEFAULT_PORT + PORTS_TRIED - 1}")


@contextmanager
def bind_tls(options: Options) -> Iterator[socket.socket | None]:
    """A second listening socket, where one was asked for. Raises ServeError."""
    if options.tls_port is None:
        yield None
    else:
        with bound(options.listens_on, options.tls_port) as sock:
            yield sock


def _check_tls(options: Options) -> None:
    """Raises ServeError for options of https that do not go together."""
    files = (options.certificate, options.private_key)
    if (files[0] is None) != (files[1] is None):
        raise ServeError("a certificate and its private key belong together: give both")
    for file in files:
        if file is not None and not file.is_file():
            raise ServeError(f"there is no file {file}")
    if (options.names or files[0] is not None) and not options.accounts:
        raise ServeError("--name and --certificate are for a venue with --accounts")


class PortTakenError(ServeError):
    """Somebody listens on the port already."""


def bound(host: str, port: int) -> socket.socket:
    """A listening socket on this port; on any free one for 0. Raises ServeError."""
    if not 0 <= port <= PORT_MAX:
        raise ServeError(f"{port} is no port: they go up to {PORT_MAX}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, WAITING_BYTES)
    try:
        sock.bind((host, port))
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(f"port {port} is in use") from error
        raise ServeError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    return sock


async def _serve(
    options: Options,
    sockets: tuple[socket.socket, socket.socket | None],
    opened: Callable[[str], None],
) -> None:
    options.data.mkdir(parents=True, exist_ok=True)
    sock, tls_sock = sockets
    second = None if tls_sock is None else _over(tls_sock, options.data)
    token = OperatorToken(open_token(options.data / TOKEN_FILE))
    folder = options.data / "worlds" / MAIN_WORLD
    station = await open_station(folder, scenario_text(options), _say_history)
    _set_clock(station, options)
    station.venue.proposals.four_eyes = options.four_eyes
    title = station.world.scenario.title
    people = _people(options, token)
    worlds = Worlds(
        options.data,
        token,
        title,
        compiled=options.compiled,
        people=people,
        running_max=options.worlds_at_once,
    )
    await station.start()
    try:
        app = build(station, token, [options.host, *options.names], worlds, people)
        url = f"{_scheme(options)}://{shown(sock)}/?token={token.value}"
        tls = (options.certificate, options.private_key)
        server = Server(app, lambda: _announce(url, opened), tls, second)
        _note_tls(options.data, second)
        await run(server, sock, station, options.compiled)
    finally:
        await worlds.stop()
        await station.stop()
        if people is not None:
            people.close()


def _people(options: Options, token: OperatorToken) -> People | None:
    """The people of the data folder, where they sign in; what that needs is loaded only then."""
    if not options.accounts:
        return None
    from longshore.venue.people.people import People

    secure, twos = options.is_secure, options.four_eyes
    return People(options.data, token, is_secure=secure, four_eyes=twos)


def _scheme(options: Options) -> str:
    return "http" if options.certificate is None else "https"


def scenario_text(options: Options) -> str:
    """The scenario's file with the values that were asked for on the command line."""
    text = read(options.scenario)
    for key, value in options.changes:
        text = with_line(text, key, value)
    return fitted(text)


def _set_clock(station: Station, options: Options) -> None:
    if options.speed_ppm is not None:
        station.world.clock.set_speed(options.speed_ppm)
    if options.paused:
        station.world.clock.pause()


class SecondPort(NamedTuple):
    """A second port that answers the same over TLS."""

    sock: socket.socket
    context: ssl.SSLContext


class Server(uvicorn.Server):
    """Says when it answers; a signal ends serving, not the process, which has files to close."""

    def __init__(
        self,
        app: ASGIApp,
        ready: Callable[[], None],
        tls: Tls = NO_TLS,
        second: SecondPort | None = None,
    ) -> None:
        """Serves an application of this venue."""
        certificate, private_key = tls
        config = uvicorn.Config(
            app,
            http=_http(),
            ws=BoundedSocket,
            ws_max_size=MESSAGE_MAX_BYTES,
            ws_per_message_deflate=False,
            lifespan="off",
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,  # nobody stands in front of a venue on one laptop
            timeout_graceful_shutdown=2,
            ssl_certfile=certificate,
            ssl_keyfile=private_key,
        )
        super().__init__(config)
        self._ready = ready
        self._second = second

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say so."""
        await super().startup(sockets)
        if self._second is not None:
            await self._listen_over(self._second)
        self._ready()

    async def _listen_over(self, second: SecondPort) -> None:
        """The same connections, each encrypted; closed with the others."""
        loop = asyncio.get_running_loop()

        def protocol() -> asyncio.Protocol:
            return self.config.http_protocol_class(  # type: ignore[call-arg]
                config=self.config,
                server_state=self.server_state,
                app_state=self.lifespan.state,
                _loop=loop,
            )

        served = await loop.create_server(
            protocol, sock=second.sock, ssl=second.context, backlog=BACKLOG
        )
        self.servers.append(served)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End serving on a signal, and put back who took signals before."""
        if threading.current_thread() is not threading.main_thread():
            yield  # signals are the main thread's
            return
        before = {number: signal.signal(number, self.handle_exit) for number in STOP_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _http() -> type[asyncio.Protocol] | Literal["auto"]:
    """What requests come over. Without httptools uvicorn's parser is another, with bounds."""
    if sys.platform == "win32":
        return "auto"
    from longshore.venue.http_bounds import BoundedHttp

    return BoundedHttp


async def run(server: Server, sock: socket.socket, station: Station, compiled: bool) -> None:
    """Serve until a signal comes; meanwhile move the world to the fast engine."""
    _quiet_collector()
    tasks = []
    if compiled:
        tasks.append(asyncio.create_task(hand_over(station.venue, say)))
    try:
        await server.serve(sockets=[sock])
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                say(f"{type(outcome).__name__}: {outcome}")


def _quiet_collector() -> None:
    """Spare the collector the program and the world's past, which stay, and orders in flight."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY)


def _over(sock: socket.socket, data: Path) -> SecondPort:
    from longshore.venue.tls import open_context

    return SecondPort(sock, open_context(data))


def _note_tls(data: Path, second: SecondPort | None) -> None:
    """Where TLS is spoken stands in the data folder, and nowhere once it is not."""
    note = data / TLS_URL_FILE
    if second is None:
        note.unlink(missing_ok=True)
    else:
        note.write_text(f"https://{shown(second.sock)}\n")
        say(f"over TLS at https://{shown(second.sock)}; `longshore tls` says how to trust it")


def _announce(url: str, opened: Callable[[str], None]) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()
    opened(url)


def shown(sock: socket.socket) -> str:
    """Host and port of a listening socket, as a URL of this machine has them."""
    host, port = sock.getsockname()[:2]
    host = "127.0.0.1" if host == EVERYWHERE else host
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _say_history(seq: int) -> None:
    say(f"history written up to seq {seq:,}")


def say(text: str) -> None:
    """A line for whoever watches the command; stdout belongs to the URL."""
    sys.stderr.write(f"longshore: {text}\n")
    sys.stderr.flush()
