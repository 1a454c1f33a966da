import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from longshore.engine.codes import Reject
from longshore.engine.commands import CommandKind
from longshore.engine.events import EventKind
from longshore.engine.rows import Command
from longshore.journal.entry import EntryKind
from longshore.journal.errors import JournalHaltedError
from longshore.world.clock import PPM
from longshore.world.replaying import replay_folder
from longshore.world.sequencer import Sequencer, StoppedError
from longshore.world.world import World
from tests.world.small import LONG, MINUTE_US, TEXT, bid, deposit, live, make_world, run

SERVER = Path(__file__).with_name("acknowledging.py")


def kinds(events):
    return [event.kind for event in events]


def test_each_command_gets_its_own_events_and_all_batches_are_told_in_order(tmp_path):
    async def scene():
        told = []
        async with live(make_world(tmp_path)) as sequencer:
            sequencer.on_commit(told.append)
            pairs = await asyncio.gather(
                *(sequencer.submit([deposit(n), bid(n)], {1: f"c{n}"}) for n in range(1, 40))
            )
        return told, pairs

    told, pairs = run(scene())
    for number, (paid, placed) in enumerate(pairs, 1):
        assert (kinds(paid), paid[0].amount_atoms) == ([EventKind.TRANSFERRED], number * 10**8)
        assert (placed[0].kind, placed[0].client_hi) == (EventKind.ORDER_PLACED, number)
    seqs = [command.seq for batch in told for command in batch.commands]
    assert seqs == list(range(1, len(seqs) + 1))
    assert sum(len(batch.texts) for batch in told) == 39 + 3
    assert max(len(batch.commands) for batch in told) >= 39
    assert replay_folder(tmp_path).seq == seqs[-1]


def test_what_a_paused_world_was_born_with_is_written(tmp_path):
    """Nobody asks it anything, and its clock stands still."""

    async def scene():
        world = make_world(tmp_path)
        world.clock.pause()
        written = asyncio.Event()
        async with live(world) as sequencer:
            sequencer.on_commit(lambda _: written.set())
            await asyncio.wait_for(written.wait(), 5)
            return world.journal.seq, len(world.parts.genesis)

    written, born = run(scene())
    assert written >= born > 0


def test_a_live_world_with_users_resimulates_to_the_same_digest(tmp_path):
    """Users' commands come when they come; sources act between them as they did live."""

    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            for number in range(1, 30):
                await sequencer.submit([deposit(1), bid(number)])
                await asyncio.sleep(0.01)
            await sequencer.stop()
            return world.engine.digest()

    digest = run(scene())
    report = replay_folder(tmp_path, resimulate=True)
    assert (report.digest, report.conserved) == (digest, True)


def test_a_reply_comes_only_after_the_disk(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            order = []
            append = world.journal.append
            world.journal.append = lambda batch: (append(batch), order.append("disk"))
            sequencer.on_commit(lambda batch: order.append("told"))
            [events] = await sequencer.submit([deposit()])
            order.append("reply")
            assert world.journal.seq >= events[0].seq
            return order[: order.index("reply") + 1]

    order = run(scene())
    assert order[-3:] == ["disk", "told", "reply"]


def test_a_paused_world_matches_orders_at_the_paused_instant(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            await sequencer.submit([deposit()])
            world.clock.pause()
            paused_us = world.clock.now_us()
            times = [(await sequencer.submit([deposit()]))[0][0].time_us for _ in range(3)]
            world.clock.step(MINUTE_US)
            sequencer.wake()
            await sequencer.caught_up()
            assert world.stepper.reached_us == world.clock.now_us() == paused_us + MINUTE_US
            assert world.journal.note("clock") is not None
            [[event]] = await sequencer.submit([deposit()])
            return paused_us, times, event.time_us

    paused_us, times, stepped_us = run(scene())
    assert len(set(times)) == 1
    assert times[0] <= paused_us
    assert stepped_us == paused_us + MINUTE_US


@pytest.mark.parametrize("then", ["stay", "resume"])
def test_a_step_is_taken_whole_before_anybody_acts(tmp_path, monkeypatch, then):
    """However slowly the world comes after: what is submitted meanwhile belongs to its end."""
    monkeypatch.setattr("longshore.world.sequencer.ADVANCE_S", 0.001)

    async def scene():
        world = make_world(tmp_path)
        world.clock.pause()
        async with live(world, PPM) as sequencer:
            [[before]] = await sequencer.submit([deposit()])
            world.clock.step(MINUTE_US // 4)
            stepped_us = world.clock.now_us()
            if then == "resume":
                world.clock.resume()
            sequencer.wake()
            [[event]] = await sequencer.submit([deposit()])
            return before.time_us, stepped_us, event.time_us

    before_us, stepped_us, time_us = run(scene())
    assert stepped_us - before_us >= MINUTE_US // 4
    assert stepped_us <= time_us <= stepped_us + (5_000_000 if then == "resume" else 0)


def test_a_step_beyond_the_end_of_the_world_keeps_nobody_waiting(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        world.clock.pause()
        async with live(world, PPM) as sequencer:
            world.clock.step(60 * MINUTE_US)
            sequencer.wake()
            [[event]] = await sequencer.submit([deposit()])
            return event.time_us, world.end_us

    time_us, end_us = run(scene())
    assert time_us == end_us


def test_a_world_stopped_in_the_middle_of_a_step_acknowledges_nothing_more(tmp_path, monkeypatch):
    monkeypatch.setattr("longshore.world.sequencer.ADVANCE_S", 0)

    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            world.clock.pause()
            await sequencer.submit([deposit()])
            world.clock.step(4 * MINUTE_US)
            waiting = asyncio.create_task(sequencer.submit([deposit()]))
            await asyncio.sleep(0)
            await sequencer.stop()
            with pytest.raises(StoppedError, match="middle of a step"):
                await waiting
            return world.stepper.reached_us, world.clock.now_us()

    reached_us, clock_us = run(scene())
    assert reached_us < clock_us


def test_world_time_goes_on_where_it_stopped(tmp_path):
    async def scene(world):
        async with live(world, 60 * PPM) as sequencer:
            [[event]] = await sequencer.submit([deposit()])
            await asyncio.sleep(0.1)
            return event.time_us, world.clock.now_us()

    first = run(scene(make_world(tmp_path)))
    second = run(scene(World.open(tmp_path)))
    assert first[0] <= first[1] <= second[0] <= second[1]
    assert second[0] - first[1] < 10_000_000


def test_a_world_goes_flat_out_to_the_moment_it_opens(tmp_path):
    text = TEXT.replace("seed = 7", "seed = 7\nopens = 2020-03-12T10:42:00Z")

    async def scene():
        world = make_world(tmp_path, text)
        async with live(world, PPM) as sequencer:
            await sequencer.caught_up()
            [[event]] = await sequencer.submit([deposit()])
            return event.time_us - world.scenario.start_us

    assert 2 * MINUTE_US <= run(scene()) < 2 * MINUTE_US + 5_000_000


def test_the_end_of_a_scenario_pauses_the_clock(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            while not world.clock.paused:
                await asyncio.sleep(0.02)
            [[event]] = await sequencer.submit([deposit()])
            return event.time_us, world.end_us

    time_us, end_us = run(scene())
    assert time_us == end_us


def test_a_refusal_is_an_event_and_a_bad_number_never_gets_in(tmp_path):
    async def scene():
        async with live(make_world(tmp_path)) as sequencer:
            [events] = await sequencer.submit([bid(qty_lots=0)])
            with pytest.raises(ValueError, match="beyond 64 bits"):
                await sequencer.submit([bid(qty_lots=10**30)])
            with pytest.raises(ValueError, match="at most"):
                await sequencer.submit([deposit() for _ in range(2_000)])
            with pytest.raises(ValueError, match="from a user or the operator"):
                await sequencer.submit([Command(kind=CommandKind.ADVANCE_TIME, origin=2)])
            assert await sequencer.submit([]) == []
            return events

    [refused] = run(scene())
    assert (refused.kind, refused.reject) == (EventKind.REFUSED, Reject.QTY_NOT_POSITIVE)


def break_engine_at(world, order_qty):
    """Let the engine stop with an error of its own at an order of this size."""
    apply = world.engine.apply

    def breaking(commands):
        assert all(command.qty_lots != order_qty for command in commands), "no such slot"
        return apply(commands)

    world.engine.apply = breaking


def test_an_engine_error_acknowledges_nothing_and_is_voided_by_name(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            await sequencer.submit([deposit()])
            world.clock.pause()
            await sequencer.submit([deposit()])
            good_seq = world.journal.seq
            break_engine_at(world, order_qty=777)
            results = await asyncio.gather(
                sequencer.submit([deposit(5)]),
                sequencer.submit([bid(qty_lots=777)]),
                return_exceptions=True,
            )
            with pytest.raises(StoppedError):
                await sequencer.submit([deposit()])
            assert isinstance(sequencer.error, AssertionError)
            return good_seq, results

    good_seq, results = run(scene())
    assert [type(result) for result in results] == [StoppedError, StoppedError]
    with pytest.raises(JournalHaltedError, match=f"seq {good_seq + 1} to {good_seq + 2} .*no such"):
        World.open(tmp_path)
    with pytest.raises(JournalHaltedError, match=f"--void {good_seq + 1}"):
        replay_folder(tmp_path)
    void(tmp_path, good_seq + 1)
    world = World.open(tmp_path)
    assert world.journal.seq == good_seq
    assert world.engine.view.accounts[LONG].orders_count == 0
    world.close()


def void(folder, seq):
    from longshore.cli.worlds import replay

    replay(folder, void=seq, json=True)


def test_a_full_disk_acknowledges_nothing(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            await sequencer.submit([deposit()])

            def full(batch):
                raise OSError(28, "No space left on device")

            world.journal.append = full
            with pytest.raises(StoppedError):
                await sequencer.submit([deposit()])
            await asyncio.sleep(0.05)
            assert isinstance(sequencer.error, OSError)
        return [entry.kind for entry in World.open(tmp_path).journal.entries()]

    assert EntryKind.HALTED not in run(scene())


def test_actions_between_batches_see_everything_durable(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            seen = []
            waiting = asyncio.gather(*(sequencer.submit([deposit()]) for _ in range(10)))
            await sequencer.between_batches(
                lambda: seen.append((world.engine.seq, world.journal.seq))
            )
            await waiting
            with pytest.raises(ZeroDivisionError):
                await sequencer.between_batches(lambda: seen.append(1 // 0))
            return seen

    [(engine_seq, journal_seq)] = run(scene())
    assert engine_seq == journal_seq


def test_the_engine_is_handed_over_between_two_commands(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        async with live(world) as sequencer:
            await sequencer.submit([deposit(), bid(1)])
            before = world.engine
            await sequencer.between_batches(lambda: world.hand_over("plain"))
            assert world.engine is not before
            [events] = await sequencer.submit([bid(1)])
            return events

    [event] = run(scene())
    assert event.reject == Reject.CLIENT_ID_TAKEN


@pytest.mark.parametrize("delay_ms", [3, 40, 150])
def test_what_was_acknowledged_survives_kill_9(tmp_path, delay_ms):
    """Each acknowledged order is there once after the restart, under the id of its reply."""
    make_world(tmp_path).close()
    command = [sys.executable, str(SERVER), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        acknowledged = [server.stdout.readline().split()]
        asyncio.run(asyncio.sleep(delay_ms / 1_000))
        os.kill(server.pid, signal.SIGKILL)
        acknowledged += [line.split() for line in server.stdout if line.endswith("\n")]
    world = World.open(tmp_path)
    orders = {o.client_lo: o.order_id for o in world.engine.view.orders.values() if o.order_id}
    for client, order_id in acknowledged:
        assert orders[int(client)] == int(order_id)
    digest = world.engine.digest()
    world.close()
    assert replay_folder(tmp_path).digest == digest


def test_a_stopped_sequencer_takes_nothing(tmp_path):
    async def scene():
        world = make_world(tmp_path)
        sequencer = Sequencer(world)
        sequencer.start()
        await sequencer.stop()
        with pytest.raises(StoppedError):
            await sequencer.submit([deposit()])
        world.close()

    run(scene())
