"""A journal followed in bulk: what a command at a time gives, and an error where code differs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from longshore.engine._compile import Mode
from longshore.engine.codes import Origin
from longshore.engine.rows import Command, Event
from longshore.journal.gathering import Gathered
from longshore.journal.store import Journal
from longshore.world.agents import noise
from longshore.world.build import build
from longshore.world.moment import Moment, reach
from longshore.world.scenario import read
from longshore.world.stepper import SourcesDivergedError, Stepper
from longshore.world.world import JOURNAL_FILE, World
from tests.world.small import TEXT as SMALL
from tests.world.small import bid, deposit
from tests.world.test_crowd import TEXT as LIVE

SECOND_US = 1_000_000
JOURNALS = {
    "a crash and its orders": (SMALL, "plain", 60, 10),
    "every kind of trader": (LIVE, "jit", 12, 4),
    "a recorded book": (read("book-2024"), "plain", 6, 2),
    "recorded bars": (read("march-2020"), "jit", 60, 20),
    "a halt and an auction": (read("halt-and-auction"), "plain", 100, 20),
}
"""Text, mode, seconds, and after how many of them a user sends something."""

Rows = list[tuple[int, ...]]


class Kept(NamedTuple):
    """A world's folder, how it stood at its end, and how it is run."""

    folder: Path
    mode: Mode
    end: tuple[object, ...]


class OneByOne(Stepper):
    """Asks who is due for commands and compares them, before the engine sees any."""

    together = False

    def _made_alone(self, commands: Sequence[Command], at: int) -> int:
        return 0


@pytest.fixture(scope="module", params=JOURNALS, ids=lambda name: name.replace(" ", "-"))
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A world that was left in the middle of a row, with one kept state on the way."""
    text, mode, seconds, part = JOURNALS[request.param]
    folder = tmp_path_factory.mktemp("followed")
    world = World.create(folder, text, mode)
    start_us = world.scenario.start_us
    for second in range(part, seconds + 1, part):
        world.run(start_us + second * SECOND_US)
        for command in (deposit(second), bid(second)):
            command.time_us = world.stepper.reached_us
            world.stepper.carry_out([command], {0: f"sent at {second}"})
        if second == part:
            world.write()
            world.journal.save_snapshot(world.state())
    world.write()
    end = standing(world)
    world.close()
    return Kept(folder, mode, end)


def standing(world: World) -> tuple[object, ...]:
    """All that a world goes on from."""
    stepper = world.stepper
    return (
        world.engine.digest(),
        world.parts.cast.states(),
        dict(stepper.accounts),
        world.board.state,
        stepper.cast.next_due_us(),
    )


def opened(kept: Kept, kind: type[Stepper], mode: Mode, *, marked: bool = False) -> World:
    """The world before its first command, or as it was when its state was kept."""
    journal = Journal.open(kept.folder / JOURNAL_FILE)
    version = journal.version()
    world = World(build(version.world, version.rulebook), journal, mode)
    before = world.stepper
    world.stepper = kind(before.engine, before.cast, before.reached_us, before.board)
    mark = journal.snapshots.latest()
    if marked:
        assert mark is not None and mark.row < journal.row
        world.restore(mark.state)
    return world


def written(journal: Journal, after_seq: int = 0) -> tuple[list[Command], dict[int, str]]:
    """The commands of a journal, and their texts."""
    commands: list[Command] = []
    texts: dict[int, str] = {}
    for entry in journal.entries():
        if entry.kind == "batch" and entry.first_seq > after_seq:
            more, named = journal.codec.decode(entry.payload, entry.first_seq, entry.time_us)
            commands += more
            texts |= named
    return commands, texts


def followed(world: World, count: int) -> tuple[Rows, tuple[object, ...]]:
    """The events that a journal gives, taken in rows of so many commands, and where it ends."""
    commands, texts = written(world.journal, world.engine.seq)
    events: Gathered[Event] = Gathered(Event)
    for at in range(0, len(commands), count):
        events.join(world.stepper.follow(commands[at : at + count], texts))
    end = standing(world)
    world.close()
    return list(events.values()), end


@pytest.mark.parametrize("marked", [False, True], ids=["whole", "from-a-kept-state"])
def test_in_bulk_is_one_by_one(kept: Kept, marked: bool) -> None:
    """Events, state, traders, notice board and who is due next."""
    bulk = followed(opened(kept, Stepper, kept.mode, marked=marked), 1_024)
    single = followed(opened(kept, OneByOne, kept.mode, marked=marked), 1_024)
    assert bulk[0]
    assert bulk == single
    assert bulk[1] == kept.end


@pytest.mark.parametrize("count", [1, 97])
def test_rows_may_end_within_a_moment(kept: Kept, count: int) -> None:
    """However a journal is cut, it says the same."""
    events, end = followed(opened(kept, Stepper, kept.mode), count)
    assert end == kept.end
    assert events == followed(opened(kept, Stepper, kept.mode), 10**6)[0]


def test_compiled_and_plain_follow_each_other(kept: Kept) -> None:
    """What one mode wrote the other one makes again."""
    other: Mode = "jit" if kept.mode == "plain" else "plain"
    events, end = followed(opened(kept, Stepper, other), 1_024)
    assert events == followed(opened(kept, Stepper, kept.mode), 1_024)[0]
    assert end == kept.end


def test_some_of_it_went_in_bulk(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tests here would compare a way with itself."""
    counts: list[int] = []
    go_again = Stepper._go_again

    def seen(stepper: Stepper, commands: Sequence[Command], at: int, count: int) -> Gathered[Event]:
        counts.append(count)
        return go_again(stepper, commands, at, count)

    monkeypatch.setattr(Stepper, "_go_again", seen)
    world = opened(kept, Stepper, kept.mode)
    total = len(written(world.journal)[0])
    followed(world, 1_024)
    assert sum(counts) * 2 > total


def test_a_moment_is_reached_as_one_by_one(kept: Kept) -> None:
    """Cut anywhere, also inside what was sent together; the batch in hand holds the rest."""
    journal = Journal.open(kept.folder / JOURNAL_FILE)
    last = journal.seq
    journal.close()
    for seq in (last // 3, last // 2, last * 4 // 5, last):
        past = reach(kept.folder, Moment(seq=seq), kept.mode)
        past.come_to_it()
        batch = past.world.stepper.take_batch()
        single = opened(kept, OneByOne, kept.mode)
        commands, texts = written(single.journal)
        single.stepper.follow([c for c in commands if c.seq <= seq], texts)
        single.stepper.settle()
        assert standing(past.world)[:4] == standing(single)[:4]
        assert batch is None or batch.commands[-1].seq == past.world.engine.seq
        past.world.close()
        single.close()


Change = Callable[[list[Command], int], None]


def another_price(commands: list[Command], at: int) -> None:
    """The journal holds another command than the traders make."""
    commands[at].client_lo += 1


def one_less(commands: list[Command], at: int) -> None:
    """The traders make one that the journal has not."""
    del commands[at]


def one_more(commands: list[Command], at: int) -> None:
    """The journal has one that no trader makes."""
    extra = Command.of(commands[at].values())
    extra.client_lo += 1
    commands.insert(at, extra)


def none_at_all(commands: list[Command], at: int) -> None:
    """From there on until the user's next, traders are missing."""
    last = next(i for i in range(at, len(commands)) if commands[i].origin == Origin.USER)
    del commands[at:last]


CHANGES = [another_price, one_less, one_more, none_at_all]


@pytest.mark.parametrize("kind", [Stepper, OneByOne], ids=["bulk", "single"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_where_journal_and_code_differ_the_seq_is_named(
    kept: Kept, change: Change, kind: type[Stepper]
) -> None:
    """Both ways name the same place."""
    world = opened(kept, kind, kept.mode)
    commands, texts = written(world.journal)
    by_trader = [i for i, c in enumerate(commands) if c.origin == Origin.AGENT]
    at = by_trader[len(by_trader) // 2]
    change(commands, at)
    for seq, command in enumerate(commands, 1):
        command.seq = seq
    with pytest.raises(SourcesDivergedError) as raised:
        world.stepper.follow(commands, texts)
    assert raised.value.seq == at + 1
    assert f"at seq {at + 1} the sources made" in str(raised.value)
    world.close()


def test_a_world_whose_traders_have_changed_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The code says it is what wrote the journal, and makes other commands."""
    world = World.create(tmp_path, SMALL)
    world.run(world.scenario.start_us + 30 * SECOND_US)
    world.close()
    World.open(tmp_path).close()
    monkeypatch.setattr(noise, "SIDE_PARTS", 900)
    with pytest.raises(SourcesDivergedError, match=r"at seq \d+ the sources made .*the journal"):
        World.open(tmp_path)
