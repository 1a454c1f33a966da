"""Further worlds: each in a process of its own, reached through this one under `/w/{world}`.

Worlds share nothing, so what is heavy in one never holds up another. A world that has been started
before goes on from its journal when it is next asked for. While nobody looks at it, it rests.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from longshore.explain.sentences import say
from longshore.journal.errors import JournalError
from longshore.venue import aside
from longshore.venue.auth import TOKEN_FILE
from longshore.venue.caller import DEFAULT_ACCOUNT
from longshore.venue.dialects.native.errors import (
    CONFLICT,
    REFUSED,
    ApiError,
    bad_value,
    not_found,
)
from longshore.venue.dialects.native.schema.bodies import (
    BranchBody,
    FileBody,
    TitleBody,
    WhatIfBody,
    WorldBody,
)
from longshore.venue.dialects.native.schema.worlds import (
    ScenarioInfo,
    SideBySide,
    WhatIfAnswer,
    WorldFile,
    WorldGone,
    WorldInfo,
)
from longshore.venue.dialects.native.schema.worlds import Worlds as WorldList
from longshore.venue.dialects.native.wire import Call, Operation, Query
from longshore.venue.lessons import Lessons
from longshore.venue.proxy import Proxy
from longshore.venue.room import RUNNING_EACH, check_room, to_end
from longshore.venue.visitors import OWNED_MAX, Visitors
from longshore.venue.workers import (
    END_AFTER_S,
    MEMORY_MAX_BYTES,
    REST_AFTER_S,
    Clockwork,
    Job,
    Origin,
    Worker,
    WorkerError,
    watch,
)
from longshore.venue.worlds_refused import Refusals
from longshore.world.parcel import SUFFIX
from longshore.world.provenance import provenance
from longshore.world.scenario import parse, read, shipped_names
from longshore.world.shelf import MAIN, Card, Listed, Shelf, ShelfError

if TYPE_CHECKING:
    from longshore.venue.auth import OperatorToken
    from longshore.venue.caller import Caller
    from longshore.venue.classroom import Classroom
    from longshore.venue.people.people import People

RUNNING_MAX = 8
PEOPLES_WORLDS_MAX = 2_000
"""Where people sign in each may have some: see `visitors`."""
EXPORTS = "exports"
OWN_SCENARIO = "world.toml"
"""A world that was made of a text of its own keeps it beside its journal until it is made."""
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
TITLE_MAX = 200
US_PER_MS = 1_000


class CompareQuery(Query):
    """The other world."""

    other: str


class Worlds:
    """The worlds of a data folder besides the main one."""

    def __init__(
        self,
        data: Path,
        token: OperatorToken,
        main_title: str,
        *,
        compiled: bool = True,
        people: People | None = None,
        running_max: int = RUNNING_MAX,
    ) -> None:
        """Nothing is started until asked for. `compiled`: whether worlds get the fast engine."""
        self._compiled = compiled
        self._four_eyes = people is not None and people.four_eyes
        self._running_max = running_max
        self.proxy = Proxy(self, token if people is None else people.door, token)
        self.shelf = Shelf(data / "worlds", None if people is None else PEOPLES_WORLDS_MAX)
        self._visitors = Visitors(self.shelf, None if people is None else people.classes)
        self._welcomed: set[tuple[str, str]] = set()
        self.aside = aside.Aside()
        self._token_file = data / TOKEN_FILE
        self._exports = data / EXPORTS
        self._main_title = main_title
        self._lessons = Lessons(data / "lessons", self)
        self._classroom = _classroom(people, self._lessons, self.shelf, self._visitors)
        self._workers: dict[str, Worker] = {}
        self._spare: asyncio.Task[Worker] | None = None
        self._starting = asyncio.Lock()
        self._clockwork = Clockwork(token.value)
        self._watching: asyncio.Task[None] | None = None

    def operations(self) -> tuple[Operation, ...]:
        """The routes that list, start, branch, compare, carry and end worlds."""
        return (
            Operation("GET", "/worlds", self.list_worlds),
            Operation("POST", "/worlds", self.start_world),
            Operation("POST", "/worlds/import", self.import_world, "operator", "import"),
            Operation("PATCH", "/worlds/{world}", self.name_world),
            Operation("DELETE", "/worlds/{world}", self.delete_world, act="delete"),
            Operation("POST", "/worlds/{world}/branch", self.branch_world),
            Operation("POST", "/worlds/{world}/stop", self.stop_world, act="rest"),
            Operation("GET", "/worlds/{world}/compare", self.compare_worlds),
            Operation("POST", "/worlds/{world}/what-if", self.ask_what_if),
            Operation("POST", "/worlds/{world}/export", self.export_world, "operator", "export"),
            *self._lessons.operations(),
            *(() if self._classroom is None else self._classroom.operations()),
        )

    async def list_worlds(self, call: Call) -> WorldList:
        """The worlds there are, and the scenarios a new one can be made from."""
        self._keep_spare()
        main = WorldInfo(
            name=MAIN,
            scenario=call.venue.world.name,
            title=self._main_title,
            path="",
            running=True,
            seq=call.venue.view.seq,
            world_time=call.venue.now_us // US_PER_MS,
        )
        names = [name for name in self.shelf.names() if name != MAIN]
        names = [name for name in names if self._visitors.sees(call.caller, name)]
        return WorldList(
            worlds=[main, *[await self._info(name) for name in names]],
            scenarios=await asyncio.to_thread(_scenarios),
            running_max=self._running_max,
            worlds_max=self.shelf.most,
            memory_max_bytes=MEMORY_MAX_BYTES,
            rest_after_s=REST_AFTER_S,
            end_after_s=END_AFTER_S,
        )

    async def start_world(self, call: Call, body: WorldBody) -> WorldInfo:
        """A new world of a shipped scenario, in a process of its own."""
        if body.scenario not in shipped_names():
            raise not_found("scenario", "scenario")
        name = self._new_name(body.scenario)
        card = Card(scenario=body.scenario, owner=call.account, account=DEFAULT_ACCOUNT)
        async with self._reserved(name, card):
            await self._worker(name)
        return await self._info(name)

    async def start_lesson(self, lesson: str, text: str, title: str, owner: str) -> WorldInfo:
        """A new world of a lesson's scenario, its clock standing still."""
        name = self._new_name(lesson)
        card = Card(scenario=lesson, title=title, owner=owner, account=DEFAULT_ACCOUNT)
        async with self._reserved(name, card):
            (self.shelf.folder / name / OWN_SCENARIO).write_text(text, "utf-8")
            worker = await self._worker(name)
        await self._clockwork.hold(worker)
        return await self._info(name)

    def scenario_text(self, name: str, call: Call) -> str:
        """The scenario that a lesson's world, one's own, was made of."""
        return (self._path(name, call) / OWN_SCENARIO).read_text("utf-8")

    async def ask(self, name: str, path: str, call: Call) -> object:
        """What a world of one's own answers to a question of this API."""
        self._path(name, call)
        if name == MAIN:
            raise ApiError(CONFLICT, "MAIN_WORLD", "A lesson has a world of its own.", "world")
        caller = self._visitors.admitted(name, call.caller)
        assert caller is not None, "a caller who is known stays known"
        if caller.name and not caller.owns_world:
            raise not_found("world", "world")
        worker = await self._worker(name)
        worker.touch()
        return await self._clockwork.read(worker, path, caller, call.account)

    async def admitted(self, name: str, caller: Caller | None) -> Caller | None:
        """A caller as a world knows them, with an account there. Raises ApiError."""
        known = self._visitors.admitted(name, caller)
        if known is not None and self._visitors.is_guest(known, name):
            await self._welcome(name, known.name)
        return known

    async def _welcome(self, name: str, person: str) -> None:
        if (name, person) not in self._welcomed:
            await self._clockwork.welcome(await self._worker(name), person)
            self._welcomed.add((name, person))

    async def branch_world(self, call: Call, body: BranchBody) -> WorldInfo:
        """A new world from a moment of another's past; rewinding is looking at that one instead.

        It is paused there. The other world, its journal and everybody at it are left as they are.
        """
        parent = self._known(call)
        name = self._new_name(body.name or f"{parent}-branch", exact=bool(body.name))
        time_us = None if body.time_ms is None else body.time_ms * US_PER_MS
        origin = Origin(parent, body.seq, time_us)
        async with self._reserved(name, self._visitors.branched(parent, call)):
            await self._worker(name, origin)
        return await self._info(name)

    async def name_world(self, call: Call, body: TitleBody) -> WorldInfo:
        """Call a world something."""
        name = self._own(call)
        if not 0 < len(body.title) <= TITLE_MAX:
            raise bad_value(f"A title has 1 to {TITLE_MAX} characters.", "title")
        card = msgspec.structs.replace(self.shelf.card(name), title=body.title)
        self.shelf.keep(name, card)
        return await self._info(name)

    async def stop_world(self, call: Call) -> WorldInfo:
        """End a world's process; it goes on from its journal when it is next asked for."""
        name = self._own(call)
        await self._end(name)
        return await self._info(name)

    async def delete_world(self, call: Call) -> WorldGone:
        """Remove a world for good; its branches are made whole first."""
        name = self._own(call)
        self._welcomed = {each for each in self._welcomed if each[0] != name}
        async with self._starting:
            running = [c for c in self.shelf.children(name) if self._is_running(c)]
            if running:
                message = f"Branches of it run: {', '.join(running)}. End them first."
                raise ApiError(CONFLICT, "BRANCHES_RUN", message)
            await self._end(name)
            with Refusals():
                whole = await self.aside.do(aside.delete_world, self.shelf.folder, name)
            self._visitors.forget(name)
        return WorldGone(name=name, made_whole=whole)

    async def compare_worlds(self, call: Call, query: CompareQuery) -> SideBySide:
        """An account in two worlds since they parted: equity, positions, events side by side."""
        name = self._known(call)
        left, right = self._path(name, call), self._path(query.other, call)
        account = self._visitors.account(name, call)
        with Refusals():
            return await self.aside.do(aside.branches_compared, left, right, account)

    async def ask_what_if(self, call: Call, body: WhatIfBody) -> WhatIfAnswer:
        """How it would have gone for an account, had one thing been otherwise."""
        name = self._known(call)
        folder, account = self._path(name, call), self._visitors.account(name, call)
        with Refusals():
            return await self.aside.do(aside.answer_what_if, folder, account, body)

    async def export_world(self, call: Call) -> WorldFile:
        """Write a world to one file in the venue's `exports` folder; it may be running."""
        name = self._known(call)
        file = self._exports / f"{name}{SUFFIX}"
        with Refusals():
            return await self.aside.do(aside.export_world, self.shelf.folder, name, file)

    async def import_world(self, call: Call, body: FileBody) -> WorldInfo:
        """Make a world of a file in the venue's `exports` folder."""
        if FILE_NAME.fullmatch(body.file) is None:
            raise bad_value("This is no name of a file.", "file")
        file = self._exports / body.file
        if not file.is_file():
            raise not_found("file", "file")
        async with self._starting:
            with Refusals():
                name = await self.aside.do(
                    aside.import_world, self.shelf.folder, file, body.name, call.account
                )
        return await self._info(name)

    async def port_of(self, name: str, may_start: bool) -> int | None:
        """Where a world is served; None when there is none, or it is not running and may not be."""
        if name == MAIN:
            return None
        worker = self._workers.get(name)
        if worker is None or not worker.running:
            if not may_start or name not in self.shelf.names():
                return None
            worker = await self._worker(name)
        worker.touch()
        if worker.resting:
            await self._clockwork.go_on(worker)
        return worker.port

    @asynccontextmanager
    async def listening(self, name: str) -> AsyncIterator[None]:
        """While somebody has a socket open to a world, it does not rest."""
        worker = self._workers[name]
        worker.sockets += 1
        try:
            yield
        finally:
            worker.sockets -= 1
            worker.touch()

    async def stop(self) -> None:
        """End all worlds; their journals stay."""
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        spare = [] if self._spare is None else [await self._spare]
        workers = [*self._workers.values(), *spare]
        await asyncio.gather(*(worker.stop() for worker in workers))
        await self.proxy.close()
        await self._clockwork.close()
        self.aside.close()

    def _known(self, call: Call) -> str:
        name = call.path["world"]
        self._path(name, call)
        return name

    def _path(self, name: str, call: Call) -> Path:
        """A world's folder. A world that is not for the caller is told of like one not there."""
        if not self._visitors.sees(call.caller, name) or name not in self.shelf.names():
            raise not_found("world", "world")
        return self.shelf.folder / name

    def _own(self, call: Call) -> str:
        """A world that is not the main one, and the asker's."""
        name = self._known(call)
        if name == MAIN:
            raise ApiError(CONFLICT, "MAIN_WORLD", "The main world is the venue's own.", "world")
        if not self._visitors.owns(name, call):
            owner = self.shelf.card(name).owner
            raise ApiError(403, "NOT_YOUR_WORLD", f"This world is {owner}'s.", "account")
        return name

    def _new_name(self, wish: str, exact: bool = False) -> str:
        name = wish if exact else self.shelf.free_name(wish)
        with Refusals():
            self.shelf.check_new(name)
        return name

    @asynccontextmanager
    async def _reserved(self, name: str, card: Card) -> AsyncIterator[None]:
        """A world's card, which takes its name; gone again where the world cannot be made."""
        self._check_owned(card.owner)
        self.shelf.keep(name, card)
        try:
            with Refusals():
                yield
        except BaseException:
            self.shelf.drop(name)
            raise

    async def _info(self, name: str) -> WorldInfo:
        listed = await asyncio.to_thread(self._listed, name)
        worker = self._workers.get(name)
        running = worker is not None and worker.running
        return WorldInfo(
            name=name,
            scenario=listed.scenario,
            title=listed.title,
            path=f"/w/{name}",
            running=running,
            owner=listed.owner,
            parent=listed.parent,
            parent_seq=listed.parent_seq,
            parent_time=listed.parent_time_us // US_PER_MS,
            seq=listed.seq,
            world_time=listed.time_us // US_PER_MS,
            size_bytes=listed.size_bytes,
            memory_bytes=worker.memory_bytes if worker is not None and running else 0,
            viewers=worker.sockets if worker is not None and running else 0,
            resting=worker is not None and running and worker.resting,
            note=listed.note,
        )

    def _listed(self, name: str) -> Listed:
        try:
            return self.shelf.listed(name)
        except (JournalError, ShelfError) as error:
            return self.shelf.unread(name, str(error))

    def _is_running(self, name: str) -> bool:
        worker = self._workers.get(name)
        return worker is not None and worker.running

    async def _end(self, name: str) -> None:
        worker = self._workers.pop(name, None)
        if worker is not None and worker.running:
            await self._clockwork.go_on(worker)
            await worker.stop()

    async def _worker(self, name: str, origin: Origin | None = None) -> Worker:
        async with self._starting:
            worker = self._workers.get(name)
            if worker is None or not worker.running:
                await self._make_room(name)
                worker = self._workers[name] = await self._start(name, origin)
            return worker

    def _check_owned(self, owner: str) -> None:
        """Whether there may be one more world of somebody, which runs at first. Raises ApiError."""
        if not self._visitors.sign_in:
            check_room(self._workers, self._running_max)
        elif len(self._visitors.owned(owner)) >= OWNED_MAX:
            message = say("people-worlds-many", most=str(OWNED_MAX))
            raise ApiError(CONFLICT, "TOO_MANY_WORLDS", message)

    async def _make_room(self, name: str) -> None:
        """Room for one more that runs; where people share it, a world at rest makes way."""
        if self._visitors.sign_in:
            owner = self.shelf.card(name).owner
            theirs = {n: w for n, w in self._workers.items() if self.shelf.card(n).owner == owner}
            for workers, most in ((theirs, RUNNING_EACH), (self._workers, self._running_max)):
                for resting in to_end(workers, most):
                    await self._end(resting)
        check_room(self._workers, self._running_max)

    async def _start(self, name: str, origin: Origin | None) -> Worker:
        if self._watching is None:
            self._watching = asyncio.create_task(watch(self._workers, self._clockwork, self._note))
        worker = await self._keep_spare()
        self._spare = None
        own = self.shelf.folder / name / OWN_SCENARIO
        scenario = str(own) if own.exists() else self.shelf.card(name).scenario
        folder = str(self.shelf.folder / name)
        job = Job(folder, scenario, origin, self._compiled, self._four_eyes)
        try:
            await worker.serve(job)
        except WorkerError as error:
            raise ApiError(REFUSED, "WORLD_FAILED", f"{error}.", "world") from error
        self._keep_spare()
        return worker

    def _keep_spare(self) -> asyncio.Task[Worker]:
        """A process that waits with everything loaded: whoever looks at worlds may want one."""
        if self._spare is None:
            self._spare = asyncio.create_task(Worker.spare(self._token_file))
        return self._spare

    def _note(self, name: str, note: str) -> None:
        self.shelf.keep(name, msgspec.structs.replace(self.shelf.card(name), note=note))


def _classroom(
    people: People | None, lessons: Lessons, shelf: Shelf, visitors: Visitors
) -> Classroom | None:
    """Classes, where people sign in; what that needs is loaded only then."""
    if people is None:
        return None
    from longshore.venue.classroom import Classroom

    return Classroom(people, lessons, shelf, visitors)


def _scenarios() -> list[ScenarioInfo]:
    described = ((name, parse(read(name))) for name in shipped_names())
    return [
        ScenarioInfo(
            name=name,
            title=scenario.title,
            description=scenario.about,
            prices=told.prices,
            licence=told.licence,
            recorded=told.recorded,
        )
        for name, scenario in described
        for told in (provenance(scenario.feed),)
    ]
