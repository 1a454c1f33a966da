"""The one writer of a live world: what arrives is ordered, carried out, made durable, answered.

While one batch is on its way to the disk, the next is carried out; whatever arrives meanwhile goes
into that one. The engine may run ahead of the disk. Replies and callbacks may not.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.world.cast import FROM_SOURCES
from longshore.world.jobs import FROM_OUTSIDE, Job, StoppedError, gathered, share_out, take
from longshore.world.until import Until
from longshore.world.world import World

__all__ = ["Batch", "Sequencer", "StoppedError"]

TICK_S = 0.05
"""Sources are stepped no more often than this; each command carries its own due time."""
ADVANCE_S = 0.01
"""How long sources may hold the loop before waiting users get their turn."""
IDLE_S = 0.25
"""A sleeping sequencer looks at the clock this often; of a paused world it waits to be woken."""


class Quest(NamedTuple):
    """What a world is to go on until, and who waits for it."""

    until: Until
    to_us: int
    give_up_s: float
    done: asyncio.Future[bool]


class Sequencer:
    """Runs inside an event loop: `start` it, `submit` to it, `stop` it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.error: BaseException | None = None
        """What stopped it, if it was not `stop`."""
        self._waiting: list[Job] = []
        self._in_hand: list[Job] = []
        self._callbacks: list[Callable[[Batch], None]] = []
        self._between: list[tuple[Callable[[], None], asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._stopping = False
        self._behind = False
        self._clock_set = False
        self._flight: asyncio.Task[None] | None = None
        self._task: asyncio.Task[None] | None = None
        self._disk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._quest: Quest | None = None

    def on_commit(self, callback: Callable[[Batch], None]) -> None:
        """Call it in the loop with every batch that has become durable, in seq order."""
        self._callbacks.append(callback)

    def start(self) -> None:
        """Begin to take commands and to let time pass."""
        self._wake.set()  # what a world was born with is written though it is paused
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Finish what was submitted, save the world, and take no more."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            await self._task
        self._disk.shutdown()

    def wake(self) -> None:
        """The clock was set: look at it now, and keep how it runs."""
        self._end_quest(met=False)
        self._clock_set = True
        self._wake.set()

    async def seek(self, until: Until, to_us: int, wall_s: float) -> bool:
        """Go flat out until something has happened, a world time, or so many real seconds.

        The world is paused at the end of that moment, which is durable. Whether it has happened;
        setting the clock meanwhile ends it, and so does another such wish.
        """
        self._check_running()
        self.world.clock.pause()
        self.wake()
        await self.caught_up()
        self._end_quest(met=False)
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        end_us = min(to_us, self.world.end_us)
        self._quest = Quest(until, end_us, time.monotonic() + wall_s, done)
        self._wake.set()
        met = await done
        await self.between_batches(self.world.save_clock)
        return met

    def _end_quest(self, met: bool) -> None:
        quest, self._quest = self._quest, None
        if quest is not None and not quest.done.done():
            quest.done.set_result(met)

    async def caught_up(self) -> None:
        """Wait until a paused world has come to where its clock stands, all of it durable."""
        late = True
        while late:
            late = self._is_late()
            await self.between_batches(lambda: None)

    async def submit(
        self, commands: list[Command], texts: dict[int, str] | None = None
    ) -> list[list[Event]]:
        """Carry out commands in this order, at one moment; the events of each, once durable.

        `texts` is by place in the list. Raises ValueError for commands that could not come back
        from the journal, StoppedError when the world has stopped: nothing of it is acknowledged.
        """
        self._check_running()
        if not commands:
            return []
        outside = FROM_OUTSIDE | (FROM_SOURCES - self.world.parts.cast.makes)
        job = Job(commands, texts or {}, outside)
        self._waiting.append(job)
        self._wake.set()
        return await job.done

    async def between_batches(self, action: Callable[[], None]) -> None:
        """Run an action at a command boundary, with everything before it durable."""
        self._check_running()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._between.append((action, done))
        self._wake.set()
        await done

    def _is_late(self) -> bool:
        """Whether a paused world has not yet come to where its clock stands."""
        world = self.world
        stands_us = min(world.clock.now_us(), world.end_us)
        return world.clock.paused and world.stepper.reached_us < stands_us

    def _check_running(self) -> None:
        if self._stopping or self.error is not None:
            raise StoppedError("the world takes no commands any more") from self.error

    async def _run(self) -> None:
        try:
            while not self._stopping or self._has_work():
                await self._sleep()
                await self._round()
            await self._land()
            await self._on_disk(self.world.save)
            self._refuse_all(StoppedError("the world was stopped in the middle of a step"))
        except Exception as error:  # noqa: BLE001 - whatever it is, nobody may be left waiting
            self._fail(error)

    def _has_work(self) -> bool:
        return bool(self._between or (self._waiting and not self._users_wait()))

    async def _sleep(self) -> None:
        """Until a command comes or something falls due."""
        timeout_s = self._timeout_s()
        if timeout_s == 0:
            await asyncio.sleep(0)
        else:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), timeout_s)
        self._wake.clear()

    def _timeout_s(self) -> float | None:
        if self._waiting or self._between or self._stopping or self._behind or self._quest:
            return 0.0
        wait_s = self.world.clock.wall_s_until(self.world.stepper.cast.next_due_us())
        return None if wait_s is None else min(IDLE_S, max(TICK_S, wait_s))

    async def _round(self) -> None:
        """Carry out what is due and what was submitted, then send it on its way to the disk."""
        try:
            self._advance()
            self._carry_out_waiting()
        except Exception as error:
            await self._halt(error)
            raise
        batch = self.world.stepper.take_batch()
        await self._land()
        if batch is not None:
            self._flight = asyncio.create_task(
                self._commit(batch, self._in_hand, self._kept(batch))
            )
            self._in_hand = []
        if self._between or self._clock_set:
            await self._land()
            await self._act_between()

    def _advance(self) -> None:
        """Let the sources act until now, as far as they get without keeping users waiting.

        A world not yet open goes flat out to the moment it opens.
        """
        world = self.world
        if self._quest is not None:
            self._go_on_quest(self._quest)
            return
        opens_us = world.scenario.opens_us
        is_open = world.stepper.reached_us >= opens_us
        target_us = min(world.clock.target_us(), world.end_us) if is_open else opens_us
        deadline_s = time.monotonic() + ADVANCE_S
        reached_us = world.stepper.advance(target_us, deadline_s)
        self._behind = reached_us < target_us
        if self._behind or not is_open:
            world.clock.slip(max(reached_us, opens_us))
        elif reached_us >= world.end_us and not world.clock.paused:
            world.clock.pause()

    def _go_on_quest(self, quest: Quest) -> None:
        """A slice of the way; the paused clock comes along."""
        world = self.world
        met = world.stepper.seek(quest.until, quest.to_us, time.monotonic() + ADVANCE_S)
        world.clock.put(world.stepper.reached_us)
        is_over = world.stepper.reached_us >= quest.to_us or time.monotonic() >= quest.give_up_s
        if met or is_over:
            self._end_quest(met)

    def _carry_out_waiting(self) -> None:
        """Apply what users submitted, all of it at the time reached."""
        if self._users_wait():
            return
        stepper = self.world.stepper
        self._in_hand, self._waiting = take(self._waiting)
        commands, texts = gathered(self._in_hand, stepper.reached_us)
        share_out(self._in_hand, stepper.carry_out(commands, texts))
        assert stepper.cast.next_due_us() > stepper.reached_us, "a source has no latency"

    def _users_wait(self) -> bool:
        """In the middle of a step nobody acts: what is submitted belongs to its end."""
        world = self.world
        return world.stepper.reached_us < min(world.clock.put_us, world.end_us)

    def _kept(self, batch: Batch) -> bytes | None:
        """The state after this batch, when it is time to keep one."""
        return self.world.marks.taken(batch.count, self.world.state)

    async def _commit(self, batch: Batch, jobs: list[Job], state: bytes | None) -> None:
        """Make a batch durable, then tell everybody."""
        journal = self.world.journal
        try:
            await self._on_disk(lambda: journal.append(batch))
        except Exception:
            for job in jobs:
                job.refuse(StoppedError("the journal could not be written"))
            raise
        for job in jobs:
            job.answer()
        for callback in self._callbacks:
            callback(batch)
        if state is not None:
            await self._on_disk(lambda: journal.save_snapshot(state))

    async def _land(self) -> None:
        """Wait for the batch in flight."""
        if self._flight is not None:
            await self._flight
            self._flight = None

    async def _act_between(self) -> None:
        if self._clock_set:
            self._clock_set = False
            await self._on_disk(self.world.save_clock)
        actions, self._between = self._between, []
        for action, done in actions:
            try:
                action()
            except Exception as error:  # noqa: BLE001 - it is the asker's error
                done.set_exception(error)
            else:
                done.set_result(None)

    async def _halt(self, error: Exception) -> None:
        """The engine has stopped: keep the batch it stopped in, unacknowledged, for the record."""
        await self._land()
        batch = self.world.stepper.take_batch()
        if batch is not None:
            why = f"{type(error).__name__}: {error}"
            await self._on_disk(lambda: self.world.journal.halt(batch, why))

    def _fail(self, error: Exception) -> None:
        """Take no more, and tell all who wait."""
        self.error = error
        stopped = StoppedError(f"an error stopped the world after seq {self.world.journal.seq}")
        stopped.__cause__ = error
        self._refuse_all(stopped)

    def _refuse_all(self, error: StoppedError) -> None:
        for job in (*self._in_hand, *self._waiting):
            job.refuse(error)
        if self._quest is not None and not self._quest.done.done():
            self._quest.done.set_exception(error)
        for _, done in self._between:
            done.set_exception(error)
        self._in_hand, self._waiting, self._between = [], [], []

    async def _on_disk(self, action: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._disk, action)
