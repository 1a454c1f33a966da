"""Processes that serve worlds: started, told what to do, watched, ended.

One spare process waits with everything loaded, so that a branch is served as soon as it is made.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import msgspec
import structlog

from longshore.venue.auth import passed_on
from longshore.venue.caller import Caller
from longshore.venue.dialects.native.errors import ApiError
from longshore.venue.dialects.native.schema.base import ErrorReply

LOG = structlog.get_logger()
START_S = 60.0
STOP_S = 10.0
WATCH_S = 5.0
REST_AFTER_S = 60
END_AFTER_S = 1_800
MEMORY_MAX_BYTES = 1_500 * 2**20
REFUSED = "!"
"""The first letter of what a child says instead of its port."""


class Origin(msgspec.Struct, frozen=True):
    """Which world a new one is branched from, and at which moment."""

    parent: str
    seq: int | None = None
    time_us: int | None = None


class Job(msgspec.Struct, frozen=True):
    """What a child is to serve."""

    folder: str
    scenario: str
    origin: Origin | None = None
    compiled: bool = True
    four_eyes: bool = False


class WorkerError(Exception):
    """A child could not serve what it was given; the message is its own."""


class Worker:
    """One child process, the port it serves on, and who uses it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """A child that waits for its job."""
        self.process = process
        self.port = 0
        self.sockets = 0
        self.used_s = time.monotonic()
        self.resting = False
        """Paused because nobody looked, not because somebody wanted it."""

    @classmethod
    async def spare(cls, token_file: Path) -> Worker:
        """A process with everything loaded and nothing to do."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "longshore.venue.worker", str(token_file)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return cls(process)

    async def serve(self, job: Job) -> None:
        """Give it its job, and wait until it answers. Raises WorkerError."""
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(msgspec.json.encode(job) + b"\n")
        try:
            await stdin.drain()
            async with asyncio.timeout(START_S):
                line = (await stdout.readline()).decode().strip()
        except (TimeoutError, ConnectionError):
            line = ""
        if not line.isdigit():
            await self.stop()
            raise WorkerError(line.removeprefix(REFUSED) or "the world's process has ended")
        self.port = int(line)
        self.touch()

    def touch(self) -> None:
        """Somebody has just used it."""
        self.used_s = time.monotonic()

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.process.returncode is None

    @property
    def idle_s(self) -> float:
        """How long nobody has asked it anything or listened to it."""
        return 0.0 if self.sockets else time.monotonic() - self.used_s

    @property
    def memory_bytes(self) -> int:
        """What it holds of the machine's memory; 0 where the system does not tell."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except (OSError, IndexError, ValueError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE")

    async def stop(self) -> None:
        """Ask it to end by closing its stdin; make it end when it does not."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            async with asyncio.timeout(STOP_S):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


class Clockwork:
    """Lets a child's world rest while nobody looks, and go on when somebody does."""

    def __init__(self, token: str) -> None:
        """With the operator's token, which the children know too."""
        self._client = httpx.AsyncClient(timeout=10.0, headers={"Authorization": f"Bearer {token}"})

    async def rest(self, worker: Worker) -> None:
        """Pause it, if it runs."""
        if not (await self._ask(worker, "GET"))["paused"]:
            await self._ask(worker, "POST", "pause")
            worker.resting = True

    async def go_on(self, worker: Worker) -> None:
        """Let it run again, if it was only resting."""
        if worker.resting:
            worker.resting = False
            await self._ask(worker, "POST", "resume")

    async def hold(self, worker: Worker) -> None:
        """Pause it until somebody lets it go on."""
        await self._ask(worker, "POST", "pause")

    async def read(self, worker: Worker, path: str, caller: Caller, account: str) -> object:
        """What its world answers an account. Raises httpx.HTTPError."""
        url = f"http://127.0.0.1:{worker.port}/api/v1{path}"
        said = dict([passed_on(caller)]) if caller.name else {}
        params = {} if caller.name else {"account": account}
        reply = await self._client.get(url, params=params, headers=said)
        reply.raise_for_status()
        return reply.json()

    async def welcome(self, worker: Worker, name: str) -> None:
        """An account with practice money for a person who comes into its world.

        Raises ApiError as that world says it, and httpx.HTTPError.
        """
        url = f"http://127.0.0.1:{worker.port}/api/v1/operator/welcome"
        reply = await self._client.post(url, json={"name": name})
        if reply.is_client_error:
            said = msgspec.json.decode(reply.content, type=ErrorReply)
            raise ApiError(reply.status_code, said.code, said.message, said.field)
        reply.raise_for_status()

    async def _ask(self, worker: Worker, method: str, action: str = "") -> dict[str, object]:
        url = f"http://127.0.0.1:{worker.port}/api/v1/clock"
        body = {"action": action} if action else None
        reply = await self._client.request(method, url, json=body)
        reply.raise_for_status()
        return dict(reply.json())

    async def close(self) -> None:
        """Let go of all connections."""
        await self._client.aclose()


async def watch(
    workers: dict[str, Worker], clockwork: Clockwork, on_end: Callable[[str, str], None]
) -> None:
    """Again and again: rest who is idle, end who is idle for long or has grown too large."""
    while True:
        await asyncio.sleep(WATCH_S)
        for name, worker in list(workers.items()):
            if worker.running:
                try:
                    await _look(name, worker, clockwork, on_end)
                except httpx.HTTPError as error:
                    LOG.warning("world_does_not_answer", world=name, error=str(error))


async def _look(
    name: str, worker: Worker, clockwork: Clockwork, on_end: Callable[[str, str], None]
) -> None:
    if worker.memory_bytes > MEMORY_MAX_BYTES:
        on_end(name, f"ended: it had more than {MEMORY_MAX_BYTES // 2**20:,} MB of memory")
        await worker.stop()
    elif worker.idle_s > END_AFTER_S:
        await clockwork.go_on(worker)  # so that it does not stay paused when it is next asked for
        await worker.stop()
    elif worker.idle_s > REST_AFTER_S and not worker.resting:
        await clockwork.rest(worker)
