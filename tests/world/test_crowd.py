"""Traders and engine together: compiled, plain, one by one and after a restore the same life."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from longshore.engine._compile import Mode
from longshore.engine.codes import Origin
from longshore.engine.engine import Engine
from longshore.engine.rows import Command
from longshore.engine.snapshot import Snapshot
from longshore.explain.board import Board, BoardState
from longshore.world.build import build, rulebook_text
from longshore.world.scenario import read, with_start
from longshore.world.stepper import Stepper

BEGIN = datetime(2026, 11, 1, 12, tzinfo=UTC)
TEXT = with_start(read("live"), BEGIN)
RULES = rulebook_text("kraken")
SECOND_US = 1_000_000


Rows = list[tuple[int, ...]]


class Lived(NamedTuple):
    """A world, and what happened in it."""

    stepper: Stepper
    commands: Rows
    events: Rows


class OneByOne(Stepper):
    """Every command is seen by Python before the engine sees it."""

    together = False


def born(mode: Mode, kind: type[Stepper] = Stepper) -> Stepper:
    """A world of every kind of trader, without journal or clock."""
    parts = build(TEXT, RULES)
    board = Board(parts.catalog, parts.setup)
    made = kind(Engine(parts.setup, mode), parts.cast, parts.scenario.start_us, board)
    for command in parts.genesis:
        command.time_us = made.reached_us
    made.carry_out(parts.genesis)
    return made


def lived(stepper: Stepper, commands: int) -> Stepper:
    """Second by second, until so many commands have been carried out."""
    while stepper.engine.seq < commands:
        stepper.advance(stepper.reached_us + SECOND_US)
    return stepper


def told(stepper: Stepper) -> tuple[Rows, Rows]:
    """All commands and events since the last time."""
    batch = stepper.take_batch()
    assert batch is not None
    return [c.values() for c in batch.commands], [e.values() for e in batch.events]


def board(stepper: Stepper) -> BoardState:
    """All that the notice board knows."""
    assert stepper.board is not None
    return stepper.board.state


def restored(stepper: Stepper, mode: Mode) -> Stepper:
    """Another world that goes on from where this one stands."""
    engine = stepper.engine.snapshot().to_bytes()
    made = born(mode)
    made.take_batch()
    made.adopt(Engine.restore(Snapshot.from_bytes(engine), mode))
    made.cast.restore(stepper.cast.states())
    made.reached_us = stepper.reached_us
    return made


@pytest.fixture(scope="module")
def one() -> Lived:
    """A world that went on as fast as it could."""
    stepper = lived(born("plain"), 1_600)
    return Lived(stepper, *told(stepper))


def test_every_kind_of_trader_has_acted(one: Lived) -> None:
    """Else the tests here would prove little."""
    crowd = one.stepper.cast.crowd
    assert crowd is not None
    steps = crowd.memory.column("agents", "step", crowd.memory.scalar("agents_count") + 1)
    assert min(steps[1:]) > 0
    origins = {command[Command.FIELDS.index("origin")] for command in one.commands}
    assert origins >= {Origin.AGENT, Origin.FEED}


def test_together_is_one_by_one(one: Lived) -> None:
    """Command by command and event by event, seqs and times included."""
    other = lived(born("plain", OneByOne), 1_600)
    assert one.stepper.engine.digest() == other.engine.digest()
    assert one.stepper.reached_us == other.reached_us
    assert (one.commands, one.events) == told(other)
    assert board(one.stepper) == board(other)
    assert all(watch.book.depths for watch in board(other).markets.values())


def test_time_is_looked_at_between_moments(one: Lived) -> None:
    """Cut into slices of a few real milliseconds, a world goes on as if it had not been."""
    other, cuts = born("plain"), 0
    while other.reached_us < one.stepper.reached_us:
        other.advance(one.stepper.reached_us, time.monotonic() + 0.004)
        cuts += 1
    assert cuts > 1
    assert (one.commands, one.events) == told(other)


def same_in_every_mode(commands: int) -> None:
    """Run through, and from a snapshot on the way: plain to compiled and compiled to plain."""
    half = {mode: lived(born(mode), commands // 2) for mode in ("plain", "jit")}
    states = [half[mode].cast.states() for mode in ("plain", "jit")]
    assert states[0] == states[1]
    assert board(half["plain"]) == board(half["jit"])
    later = [restored(half["plain"], "jit"), restored(half["jit"], "plain"), *half.values()]
    digests = {lived(each, commands).engine.digest() for each in later}
    assert len(digests) == 1
    assert told(later[0]) == told(later[1])


def test_compiled_and_plain_live_the_same_life() -> None:
    same_in_every_mode(2_000)


@pytest.mark.long
def test_compiled_and_plain_live_the_same_long_life() -> None:
    same_in_every_mode(100_000)


def test_an_error_of_the_compiled_engine_comes_through() -> None:
    """It stops in the traders' program as anywhere; what it was given is in the batch in hand."""
    stepper = lived(born("jit"), 1_500)
    stepper.take_batch()
    last = stepper.engine.seq
    stepper.engine._memory.record["balances"]["amount_atoms"][0][:] = 2**63 - 1
    with pytest.raises(OverflowError, match=r"sadd|ssub|smul"):
        lived(stepper, 10_000)
    batch = stepper.take_batch()
    assert batch is not None
    assert batch.first_seq == last + 1
