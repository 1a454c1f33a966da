"""Further worlds: each in a process of its own, reached through this one under `/w/{world}`.

Worlds share nothing, so what is heavy in one never holds up another. A world that has been started
before goes on from its journal when it is next asked for.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from longshore.venue.auth import TOKEN_FILE
from longshore.venue.dialects.native.errors import CONFLICT, ApiError, not_found
from longshore.venue.dialects.native.schema import (
    ScenarioInfo,
    WorldBody,
    WorldInfo,
)
from longshore.venue.dialects.native.schema import (
    Worlds as WorldList,
)
from longshore.venue.dialects.native.wire import Call, Operation
from longshore.venue.proxy import Proxy
from longshore.world.scenario import parse, read, shipped_names

if TYPE_CHECKING:
    from longshore.venue.auth import OperatorToken

RUNNING_MAX = 4
SCENARIO_FILE = "scenario"
START_S = 60.0
STOP_S = 10.0


class Worker:
    """One child process and the port it serves on."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        """A child that has told its port."""
        self.process = process
        self.port = port

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self.process.returncode is None

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


class Worlds:
    """The worlds of a data folder besides the main one."""

    def __init__(self, data: Path, token: OperatorToken, main_title: str) -> None:
        """Nothing is started until asked for."""
        self.proxy = Proxy(self.port_of, token)
        self._token_file = data / TOKEN_FILE
        self._data = data
        self._main_title = main_title
        self._workers: dict[str, Worker] = {}
        self._starting = asyncio.Lock()

    def operations(self) -> tuple[Operation, ...]:
        """The routes that list and start worlds."""
        return (
            Operation("GET", "/worlds", self.list_worlds),
            Operation("POST", "/worlds", self.start_world),
        )

    async def list_worlds(self, call: Call) -> WorldList:
        """The worlds there are, and the scenarios a new one can be made from."""
        main = WorldInfo(
            name="main",
            scenario=call.venue.world.name,
            title=self._main_title,
            path="",
            running=True,
        )
        others = [self._info(name) for name in self._names()]
        return WorldList(worlds=[main, *others], scenarios=_scenarios())

    async def start_world(self, call: Call, body: WorldBody) -> WorldInfo:
        """A new world of a shipped scenario, in a process of its own."""
        if body.scenario not in shipped_names():
            raise not_found("scenario", "scenario")
        name = self._free_name(body.scenario)
        folder = self._folder(name)
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{SCENARIO_FILE}.new"
        draft.write_text(body.scenario)
        draft.replace(folder / SCENARIO_FILE)
        await self._worker(name)
        return self._info(name)

    async def port_of(self, name: str, may_start: bool) -> int | None:
        """Where a world is served; None when there is none, or it is not running and may not be."""
        if may_start and name in self._names():
            return (await self._worker(name)).port
        worker = self._workers.get(name)
        return worker.port if worker is not None and worker.running else None

    async def stop(self) -> None:
        """End all worlds; their journals stay."""
        await asyncio.gather(*(worker.stop() for worker in self._workers.values()))
        await self.proxy.close()

    def _folder(self, name: str) -> Path:
        return self._data / "worlds" / name

    def _names(self) -> list[str]:
        return sorted(path.parent.name for path in self._folder("").glob(f"*/{SCENARIO_FILE}"))

    def _free_name(self, scenario: str) -> str:
        taken = self._names()
        number = 1
        name = scenario
        while name in taken:
            number += 1
            name = f"{scenario}-{number}"
        return name

    def _info(self, name: str) -> WorldInfo:
        scenario = (self._folder(name) / SCENARIO_FILE).read_text()
        worker = self._workers.get(name)
        return WorldInfo(
            name=name,
            scenario=scenario,
            title=parse(read(scenario)).title,
            path=f"/w/{name}",
            running=worker is not None and worker.running,
        )

    async def _worker(self, name: str) -> Worker:
        async with self._starting:
            worker = self._workers.get(name)
            if worker is None or not worker.running:
                self._check_room()
                worker = self._workers[name] = await self._start(name)
            return worker

    def _check_room(self) -> None:
        running = sum(worker.running for worker in self._workers.values())
        if running >= RUNNING_MAX:
            message = f"{RUNNING_MAX} further worlds are running; end one first."
            raise ApiError(CONFLICT, "TOO_MANY_WORLDS", message)

    async def _start(self, name: str) -> Worker:
        folder = self._folder(name)
        scenario = (folder / SCENARIO_FILE).read_text()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "longshore.venue.worker"),
            *(str(folder), str(self._token_file), scenario),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        async with asyncio.timeout(START_S):
            line = await process.stdout.readline()
        if not line:
            raise ApiError(500, "WORLD_FAILED", "The world could not be started; the log says why.")
        return Worker(process, int(line))


def _scenarios() -> list[ScenarioInfo]:
    described = ((name, parse(read(name))) for name in shipped_names())
    return [
        ScenarioInfo(name=name, title=scenario.title, description=scenario.about)
        for name, scenario in described
    ]
