"""A private world in a process: `python -m longshore.venue.worker FOLDER TOKEN_FILE SCENARIO`.

Its first line on stdout is its port. It ends when its parent does, which closes its stdin.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from pathlib import Path

from longshore.venue.app import build
from longshore.venue.auth import OperatorToken
from longshore.venue.server import run, run_loop, say
from longshore.venue.station import Station
from longshore.world.scenario import read

LOOPBACK_HOST = "127.0.0.1"


async def work(folder: Path, token: OperatorToken, scenario: str, sock: socket.socket) -> None:
    """Serve one world on a socket until stdin ends."""
    station = Station.open(folder, read(scenario), lambda seq: say(f"{folder.name}: seq {seq:,}"))
    await station.start()
    watching = asyncio.create_task(_stop_with_parent())
    try:
        await run(build(station, token), sock, station, True, lambda: _tell(sock))
    finally:
        watching.cancel()
        await station.stop()


async def _stop_with_parent() -> None:
    """The parent holds the other end of stdin and never writes."""
    await asyncio.to_thread(sys.stdin.read)
    signal.raise_signal(signal.SIGTERM)


def _tell(sock: socket.socket) -> None:
    sys.stdout.write(f"{sock.getsockname()[1]}\n")
    sys.stdout.flush()


def main(folder: str, token_file: str, scenario: str) -> None:
    """Bind a free port of this machine and work."""
    token = OperatorToken(Path(token_file).read_text().strip())
    with socket.create_server((LOOPBACK_HOST, 0)) as sock:
        run_loop(work(Path(folder), token, scenario, sock))


if __name__ == "__main__":
    main(*sys.argv[1:])
