"""The shipped scenario, whole: the crash of March 2020 in every run mode and again."""

import pytest

from longshore.world.headless import run_scenario
from longshore.world.replaying import replay_folder
from longshore.world.scenario import read

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("march")
    return folder, run_scenario(read("march-2020"), folder)


def test_the_longs_are_liquidated_and_the_short_is_not(plain):
    """LIQD-001"""
    _, summary = plain
    assert {each.account for each in summary.liquidations} == {
        "long-10x-isolated",
        "long-10x-cross",
    }
    last = {each.account: each for each in summary.liquidations}
    assert all(each.nothing_left for each in last.values())


def test_plain_and_compiled_runs_end_in_the_same_state(plain, tmp_path):
    _, summary = plain
    compiled = run_scenario(read("march-2020"), tmp_path, "jit")
    assert (compiled.digest, compiled.chain) == (summary.digest, summary.chain)


def test_run_again_agents_make_the_same_commands_and_everything_adds_up(plain):
    """LEDG-002, LEDG-004, LEDG-005"""
    folder, summary = plain
    report = replay_folder(folder, resimulate=True)
    assert (report.digest, report.conserved) == (summary.digest, True)
