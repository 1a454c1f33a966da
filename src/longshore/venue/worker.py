"""A private world in a process: `python -m longshore.venue.worker TOKEN_FILE`.

It is told on stdin, in one line, what to serve. Its first line on stdout is its port, or why not.
It ends when its parent does, which closes its stdin.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
import sys
from pathlib import Path

import msgspec

from longshore.explain.sentences import use_setting
from longshore.journal.errors import JournalError
from longshore.rulebooks import RulebookError
from longshore.venue.app import build
from longshore.venue.auth import OperatorToken
from longshore.venue.locking import LockedError, locked
from longshore.venue.server import Server, run, run_loop, say
from longshore.venue.station import open_station
from longshore.venue.workers import REFUSED, Job
from longshore.world.branch import branch
from longshore.world.moment import Moment, MomentError
from longshore.world.scenario import ScenarioError, read

LOOPBACK_HOST = "127.0.0.1"
LOCK_FILE = "serving.lock"
REFUSALS = (MomentError, JournalError, ScenarioError, RulebookError, LockedError)


async def work(job: Job, token: OperatorToken, sock: socket.socket) -> None:
    """Serve one world on a socket until stdin ends."""
    folder = Path(job.folder)
    text = read(job.scenario) if job.scenario else ""
    station = await open_station(folder, text, lambda seq: say(f"{folder.name}: seq {seq:,}"))
    station.venue.proposals.four_eyes = job.four_eyes
    await station.start()
    watching = asyncio.create_task(_stop_with_parent())
    try:
        server = Server(build(station, token), lambda: _tell(sock))
        await run(server, sock, station, job.compiled)
    finally:
        watching.cancel()
        await station.stop()


def make_branch(job: Job) -> None:
    """The world itself, where it is to be a branch; all of it or nothing."""
    origin, folder = job.origin, Path(job.folder)
    if origin is None:
        return
    moment = Moment(seq=origin.seq, time_us=origin.time_us)
    try:
        branch(folder.parent / origin.parent, folder, moment).close()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


async def _stop_with_parent() -> None:
    """The parent holds the other end of stdin and never writes again."""
    await asyncio.to_thread(sys.stdin.read)
    signal.raise_signal(signal.SIGTERM)


def _tell(sock: socket.socket) -> None:
    _say(str(sock.getsockname()[1]))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(token_file: str) -> None:
    """Wait for a job, bind a free port of this machine and work."""
    token = OperatorToken(Path(token_file).read_text().strip())
    line = sys.stdin.readline()
    if not line.strip():
        return
    job = msgspec.json.decode(line, type=Job)
    use_setting()
    try:
        make_branch(job)
        with (
            locked(Path(job.folder) / LOCK_FILE),
            socket.create_server((LOOPBACK_HOST, 0)) as sock,
        ):
            run_loop(work(job, token, sock))
    except REFUSALS as error:
        _say(f"{REFUSED}{' '.join(str(error).split())}")


if __name__ == "__main__":
    main(*sys.argv[1:])
