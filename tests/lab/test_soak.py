"""A world left to itself: what is asked of it, and that the asking can fail."""

import itertools
import json
import signal
import subprocess
import sys
import time

import pytest

from longshore.cli.app import run_app
from longshore.engine.codes import Origin, WalletKind
from longshore.engine.commands import CommandKind
from longshore.engine.rows import Command
from longshore.journal.errors import JournalError
from longshore.journal.store import Journal
from longshore.lab.soak import soaking
from longshore.lab.soak.makers import Makers
from longshore.lab.soak.soaking import NOTE, soak
from longshore.world.world import JOURNAL_FILE, World

CALM = """
name = "calm"
markets = ["PF_XBTUSD"]
start = 2026-01-05T12:00:00Z
tick_s = 60
[feed]
kind = "sim"
interval_s = 60
[[agent]]
kind = "maker"
settings = { slower = 20, levels = 8, size_usd = 20_000 }
[[agent]]
kind = "noise"
settings = { slower = 10 }
"""
MINUTE = 1 / 1_440  # of a day
OPENED_US = 2_000_000


def held(found):
    return [line.holds for line in found.lines()]


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    file = tmp_path_factory.mktemp("calm") / "calm.toml"
    file.write_text(CALM)
    return file


def test_a_quarter_of_an_hour_of_a_calm_world_holds_and_says_what_it_counted(calm, capsys):
    assert run_app(["world", "soak", str(calm), "--days", str(15 * MINUTE), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (market,) = found["markets"]
    assert market["two_sided"] == market["basis_near"] == 1
    assert 800 < market["looks"] <= 900
    assert found["makers"] == 1
    assert found["refinanced"] == {} and found["left_broke"] == []
    (sitting,) = found["sittings"]
    assert len(sitting["memory_mb"]) > 50 and min(sitting["memory_mb"]) > 0
    assert (sitting["from_s"], sitting["to_s"]) == (0, 900)
    assert found["cpu_s_a_day"] > 0
    assert found["journal_bytes_an_hour"] > 1_000


def test_where_makers_leave_the_book_is_found_empty():
    found = soak("maker-withdrawal", 3 * MINUTE)
    both_sides, *others = held(found)
    assert not both_sides
    assert found.markets[0].two_sided < 0.9
    assert all(others)


def test_a_maker_left_broke_is_named_and_one_paid_in_again_is_counted(calm, tmp_path):
    world = World.create(tmp_path / "world", calm.read_text())
    makers = Makers(world)
    ((number, name),) = makers.names.items()

    def send(kind, **fields):
        amount = Command(kind=kind, origin=Origin.OPERATOR, account_id=number, asset_id=1, **fields)
        amount.time_us = world.stepper.reached_us
        world.stepper.carry_out([amount])
        batch = world.stepper.take_batch()
        makers.see(batch.caused)

    world.run(world.scenario.start_us + OPENED_US, lambda batch: makers.see(batch.caused))
    makers.look()
    dollars = 4_900_000 * 10**8
    send(CommandKind.WITHDRAW, from_wallet=WalletKind.FLEX, amount_atoms=dollars)
    makers.look()
    assert makers.known.left_broke == set()
    send(CommandKind.DEPOSIT, to_wallet=WalletKind.FLEX, amount_atoms=10**8)
    makers.look()
    assert makers.known.refinanced == {number: 1}
    assert makers.known.left_broke == set(), "it had been paid in again"
    makers.look()
    assert makers.known.left_broke == {number}
    assert name.startswith("maker")
    world.close()


@pytest.mark.parametrize(
    ("used_mb", "is_flat"),
    [
        (lambda look: 300, True),
        (lambda look: 300 + 20 * (look % 5), True),
        (lambda look: 300 + look, False),
        (lambda look: 300 + 40 * (look > 70), False),
    ],
    ids=["level", "swinging", "growing", "higher at the end"],
)
def test_memory_that_swings_is_flat_and_memory_that_grows_is_not(
    calm, monkeypatch, used_mb, is_flat
):
    looks = itertools.count()
    monkeypatch.setattr(soaking, "memory_mb", lambda: used_mb(next(looks)))
    *others, memory = soak(str(calm), 3 * MINUTE).lines()
    assert all(line.holds for line in others)
    assert memory.holds is is_flat


@pytest.mark.parametrize("used_mb", [None, 300.0])
def test_where_memory_is_not_told_or_looked_at_too_seldom_nothing_is_said_of_it(
    calm, monkeypatch, used_mb
):
    monkeypatch.setattr(soaking, "memory_mb", lambda: used_mb)
    *_, memory = soak(str(calm), 3 * MINUTE, stops=Stops(180 if used_mb is None else 30)).lines()
    assert not memory.holds
    assert memory.found == "no sitting has lasted long enough to say"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere"], 1, "no scenario 'nowhere'"),
        (["live", "--days", "0"], 2, "above zero"),
        (["flash-crash", "--days", "1"], 1, "ends before 1 days are over"),
    ],
)
def test_what_cannot_be_left_alone_is_named(arguments, code, words, capsys):
    assert run_app(["world", "soak", *arguments]) == code
    assert words in capsys.readouterr().err


class Stops:
    """Told to stop once so many seconds were asked about."""

    def __init__(self, seconds):
        self.left = seconds

    def __call__(self):
        self.left -= 1
        return self.left <= 0


def test_in_several_sittings_it_is_the_same_world(calm, tmp_path):
    folder = tmp_path / "soaked"
    whole = soak(str(calm), 5 * MINUTE)
    first = soak(str(calm), 5 * MINUTE, folder=folder, stops=Stops(70))
    assert round(first.reached_days * 86_400) == 70
    assert [line.holds for line in first.lines()][0] is False, "not all the days are over"
    short = soak(str(calm), 5 * MINUTE, folder=folder, stops=Stops(1))
    assert not short.is_over
    last = soak(str(calm), 5 * MINUTE, folder=folder)
    assert [(each.from_s, each.to_s) for each in last.sittings] == [(0, 70), (70, 71), (71, 300)]
    assert (last.digest, last.commands, last.markets) == (
        whole.digest,
        whole.commands,
        whole.markets,
    )
    assert all(held(last))


def test_rows_after_what_was_last_kept_are_run_again_and_compared(calm, tmp_path):
    """As a process that is killed leaves them."""
    folder = tmp_path / "soaked"
    soak(str(calm), 5 * MINUTE, folder=folder, stops=Stops(70))
    journal = Journal.open(folder / JOURNAL_FILE)
    kept = journal.note(NOTE)
    journal.close()
    whole = soak(str(calm), 5 * MINUTE, folder=folder)
    journal = Journal.open(folder / JOURNAL_FILE)
    journal.set_note(NOTE, kept)
    journal.close()
    again = soak(str(calm), 5 * MINUTE, folder=folder)
    assert (again.digest, again.commands, again.markets) == (
        whole.digest,
        whole.commands,
        whole.markets,
    )
    assert [each.from_s for each in again.sittings] == [0, 70]
    forge(folder, kept)
    with pytest.raises(JournalError, match=r"row \d of the journal is another one"):
        soak(str(calm), 5 * MINUTE, folder=folder)


def forge(folder, kept):
    """Rows that another run of the world would have written."""
    journal = Journal.open(folder / JOURNAL_FILE)
    journal.set_note(NOTE, kept)
    journal.db.execute("UPDATE entries SET events = zeroblob(16) WHERE row = ?", (journal.row,))
    journal.close()


def test_a_folder_of_another_world_or_of_other_code_is_refused(calm, tmp_path, monkeypatch):
    World.create(tmp_path, calm.read_text()).close()
    with pytest.raises(JournalError, match="was not begun by `world soak`"):
        soak(str(calm), MINUTE, folder=tmp_path)
    folder = tmp_path / "soaked"
    soak(str(calm), MINUTE, folder=folder)
    monkeypatch.setattr(soaking, "sources_digest", lambda: "other code")
    with pytest.raises(JournalError, match="begun by other code"):
        soak(str(calm), MINUTE, folder=folder)


def test_an_interrupt_ends_the_sitting_with_what_was_found(calm, tmp_path):
    arguments = ["world", "soak", str(calm), "--folder", str(tmp_path / "soaked"), "--json"]
    running = subprocess.Popen(
        [sys.executable, "-m", "longshore", *arguments], stdout=subprocess.PIPE
    )
    wait_for(tmp_path / "soaked" / JOURNAL_FILE)
    running.send_signal(signal.SIGINT)
    told, _ = running.communicate(timeout=120)
    found = json.loads(told)
    assert running.returncode == 1
    assert not found["is_over"]
    assert found["reached_days"] > 0


def wait_for(path):
    """Until a file is there."""
    until_s = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < until_s
        time.sleep(0.05)


@pytest.mark.long
@pytest.mark.timeout(36_000)
def test_seven_days_of_the_practice_market():
    """The default world, nobody in it."""
    found = soak("live", 7, "jit")
    assert [line for line in found.lines() if not line.holds] == []
