"""The liquidation of March 2020 asked five times, and branches of it at full length."""

from datetime import UTC, datetime

import pytest

from longshore.practice.counterfactual import Question, what_if
from longshore.world.branch import branch
from longshore.world.moment import Moment, reach
from longshore.world.scenario import read
from longshore.world.world import World

pytestmark = [pytest.mark.long, pytest.mark.timeout(7_200)]
UNTIL = datetime(2020, 3, 12, 12, 0, tzinfo=UTC)
LONG = "long-10x-isolated"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worlds") / "march"
    world = World.create(folder, read("march-2020"))
    world.run(int(UNTIL.timestamp()) * 1_000_000)
    world.save()
    world.close()
    return folder


@pytest.mark.parametrize("flow", ["agents", "frozen"])
def test_unchanged_it_is_reproduced_to_the_digest(folder, flow):
    answer = what_if(folder, Question(account=LONG, flow=flow))
    assert answer.reproduced is True
    assert answer.before.liquidated_at.startswith("12 Mar 2020")


@pytest.mark.parametrize(
    "asked",
    [
        {"change": "leverage 5x"},
        {"change": "stop at 7,600"},
        {"change": "add margin 60"},
        {"change": "cross"},
        {"rulebook": "bybit-linear-2026-11"},
    ],
)
def test_five_changes_of_one_liquidation(folder, asked):
    answer = what_if(folder, Question(account=LONG, **asked))
    assert answer.before.end in ("liquidated", "reduced")
    assert answer.after.digest != answer.before.digest
    assert answer.after.end != "nothing", answer.told
    print(answer.told)


def test_the_cross_long_with_a_margin_of_its_own(folder):
    answer = what_if(folder, Question(account="long-10x-cross", change="isolated"))
    assert answer.after.refusals == []
    assert answer.after.entry


def test_a_branch_in_the_middle_comes_to_the_same_end(folder):
    whole = reach(folder)
    digest, seq = whole.world.engine.digest(), whole.world.engine.seq
    whole.world.close()
    world = branch(folder, folder.parent / "half", Moment(seq=seq // 2))
    world.run(int(UNTIL.timestamp()) * 1_000_000)
    assert world.engine.digest() == digest
    world.close()
