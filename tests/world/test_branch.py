"""Any moment again, and ways that part from it."""

import msgspec
import pytest

from longshore.engine.codes import Origin
from longshore.journal.errors import JournalError
from longshore.journal.store import Journal
from longshore.world import marks
from longshore.world.branch import branch, make_whole
from longshore.world.moment import Moment, MomentError, reach
from longshore.world.replaying import replay_folder
from longshore.world.world import JOURNAL_FILE, World
from tests.world.small import MINUTE_US, bid, deposit, make_world

MINUTES = 3


@pytest.fixture(scope="module")
def parent(tmp_path_factory):
    """A world of three minutes, marked often, with commands of a user half a minute apart."""
    folder = tmp_path_factory.mktemp("worlds") / "parent"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "MARK_COMMANDS", 40)
        patch.setattr(marks, "GAP_S", 0.0)
        patch.setattr(marks, "COST_SHARE", 0)
        world = make_world(folder)
        start_us = world.scenario.start_us
        digests = {}
        for half in range(1, 2 * MINUTES + 1):
            world.run(start_us + half * MINUTE_US // 2)
            by_user(world, [deposit(half), bid(half)])
            digests[world.journal.seq] = world.engine.digest()
        world.save()
        world.close()
    return folder, start_us, digests


def by_user(world, commands):
    for command in commands:
        command.time_us = world.stepper.reached_us
    world.stepper.carry_out(commands)
    world.write()


def rows(folder):
    journal = Journal.open(folder / JOURNAL_FILE)
    found = [msgspec.structs.astuple(entry) for entry in journal.entries()]
    journal.close()
    return found


def recorded(folder, after_seq):
    """The user's commands after a seq, by world time."""
    found = {}
    for entry_commands in commands_of(folder):
        for command in entry_commands:
            if command.seq > after_seq and command.origin == Origin.USER:
                found.setdefault(command.time_us, []).append(command)
    return found


def commands_of(folder):
    journal = Journal.open(folder / JOURNAL_FILE)
    for entry in journal.entries():
        if entry.kind == "batch":
            yield journal.codec.decode(entry.payload, entry.first_seq, entry.time_us)[0]
    journal.close()


def test_the_state_at_any_kept_seq_is_the_one_there_was(parent):
    folder, _, digests = parent
    for seq, digest in digests.items():
        past = reach(folder, Moment(seq=seq))
        past.come_to_it()
        assert (past.world.engine.seq, past.world.engine.digest()) == (seq, digest)
        past.world.close()


def test_a_moment_is_reached_from_the_mark_before_it(parent):
    folder, _, digests = parent
    journal = Journal.open(folder / JOURNAL_FILE)
    kept = [journal.snapshots.before(journal.row_until(seq, 2**62)) for seq in digests]
    assert [mark is not None and seq - mark.seq < 100 for seq, mark in zip(digests, kept)]  # noqa: B905
    assert len({mark.row for mark in kept}) > MINUTES
    journal.close()


@pytest.mark.parametrize("part", [0.2, 0.5, 0.77, 1.0])
def test_after_a_branch_the_same_commands_give_the_parents_digest(parent, part):
    folder, _, digests = parent
    before = rows(folder)
    last = max(digests)
    at_seq = int(last * part)
    world = branch(folder, folder.parent / f"branch-{at_seq}", Moment(seq=at_seq))
    began = world.engine.seq
    assert at_seq <= began <= at_seq + 40
    for time_us, commands in recorded(folder, began).items():
        world.run(time_us)
        by_user(world, commands)
    assert (world.engine.seq, world.engine.digest()) == (last, digests[last])
    world.close()
    again = replay_folder(folder.parent / f"branch-{at_seq}", resimulate=True)
    assert (again.digest, again.conserved) == (digests[last], True)
    assert rows(folder) == before


def test_a_branch_goes_its_own_way_and_opens_again_paused_where_it_stood(parent):
    folder, start_us, digests = parent
    at_us = start_us + MINUTE_US + 123
    to = folder.parent / "own-way"
    world = branch(folder, to, Moment(time_us=at_us))
    assert world.clock.paused
    assert world.clock.now_us() == world.stepper.reached_us == at_us
    by_user(world, [deposit(5_000)])
    world.run(at_us + MINUTE_US)
    digest = world.engine.digest()
    world.close()
    resumed = World.open(to)
    assert resumed.engine.digest() == digest not in digests.values()
    resumed.close()


def test_a_branch_of_a_branch_reaches_back_to_its_grandparent(parent):
    folder, start_us, _ = parent
    child = branch(folder, folder.parent / "child", Moment(time_us=start_us + 2 * MINUTE_US))
    child.run(start_us + 4 * MINUTE_US)
    child.close()
    grandchild = branch(folder.parent / "child", folder.parent / "grandchild")
    grandchild.close()
    early = Moment(time_us=start_us + MINUTE_US // 3)
    ours, theirs = (reach(folder.parent / name, early) for name in ("grandchild", "parent"))
    assert ours.world.engine.digest() == theirs.world.engine.digest()
    ours.world.close()
    theirs.world.close()


def test_a_branch_made_whole_replays_from_the_first_command(parent):
    folder, start_us, _ = parent
    to = folder.parent / "whole"
    world = branch(folder, to, Moment(time_us=start_us + MINUTE_US + 77))
    world.run(start_us + 2 * MINUTE_US)
    digest = world.engine.digest()
    world.close()
    make_whole(to)
    make_whole(to)  # again: there is nothing to do
    journal = Journal.open(to / JOURNAL_FILE)
    assert (journal.begin().row, journal.note("parent")) == (0, None)
    journal.close()
    assert replay_folder(to, resimulate=True).digest == digest
    assert rows(to)[:3] == rows(folder)[:3]


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (Moment(seq=0), "seq 0 is not from 1"),
        (Moment(seq=10**9), "is not from 1"),
        (Moment(seq=1), "had not begun"),
        (Moment(time_us=1), "had not begun"),
        (Moment(time_us=2**61), "has not come yet"),
    ],
)
def test_there_is_no_such_moment(parent, moment, why):
    folder, _, _ = parent
    with pytest.raises(MomentError, match=why):
        branch(folder, folder.parent / "nowhere", moment)
    assert not (folder.parent / "nowhere").exists()


def test_a_branch_takes_no_folder_that_holds_a_world_and_none_of_a_missing_one(parent):
    folder, _, _ = parent
    with pytest.raises(JournalError, match="there is a world in"):
        branch(folder, folder)
    with pytest.raises(JournalError, match="there is no journal"):
        branch(folder.parent / "deleted", folder.parent / "orphan")


def test_marks_are_taken_by_count_by_time_and_by_what_they_cost(monkeypatch):
    now_s = 100.0
    monkeypatch.setattr(marks.time, "monotonic", lambda: now_s)
    taking = marks.Marks()

    def costly():
        nonlocal now_s
        now_s += 1.0
        return b"state"

    now_s += marks.GAP_S
    assert taking.taken(marks.MARK_COMMANDS - 1, costly) is None
    assert taking.taken(1, costly) == b"state"
    now_s += marks.GAP_S
    assert taking.taken(marks.MARK_COMMANDS, costly) is None
    now_s += marks.COST_SHARE
    assert taking.taken(0, costly) == b"state"
    now_s += marks.MANY_SHARE - 1
    assert taking.taken(marks.MANY_COMMANDS, costly) is None
    now_s += 1
    assert taking.taken(0, costly) == b"state", "flat out, the way back counts for more"
