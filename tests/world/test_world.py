import msgspec
import pytest

from longshore.engine.codes import Origin
from longshore.engine.events import EventKind
from longshore.journal.archive import archive
from longshore.journal.errors import JournalError, OtherEngineError
from longshore.world import replaying
from longshore.world import world as world_module
from longshore.world.headless import run_scenario
from longshore.world.replaying import replay_folder
from longshore.world.world import World
from tests.world.small import MINUTE_US, TEXT, make_world


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    folder = tmp_path_factory.mktemp("finished")
    return folder, run_scenario(TEXT, folder)


def test_a_run_is_the_same_each_time_and_in_its_replay(finished, tmp_path):
    folder, summary = finished
    again = run_scenario(TEXT, tmp_path / "again")
    assert msgspec.structs.asdict(again) == msgspec.structs.asdict(summary)
    report = replay_folder(folder)
    assert (report.digest, report.seq, report.chain) == (
        summary.digest,
        summary.seq,
        summary.chain,
    )
    assert report.conserved, report.broken


def test_the_long_meets_the_crash_and_every_event_is_in_the_file(finished):
    from pyarrow import parquet

    folder, summary = finished
    assert {each.account for each in summary.liquidations} == {"long"}
    table = parquet.read_table(folder / "events.parquet")
    assert table.num_rows == summary.events
    assert table["kind"].to_pylist().count(EventKind.ACCOUNT_CREATED) == 3
    kinds = msgspec.json.decode(table.schema.metadata[b"kinds"], type=dict[int, str])
    assert kinds == {kind.value: kind.name for kind in EventKind}


def test_resimulated_feeds_and_agents_make_the_commands_of_the_journal(finished):
    folder, summary = finished
    report = replay_folder(folder, resimulate=True)
    assert (report.digest, report.resimulated) == (summary.digest, True)


def test_a_snapshot_and_the_rows_after_it_equal_the_whole_journal(tmp_path):
    world = make_world(tmp_path)
    start_us = world.scenario.start_us
    world.run(start_us + MINUTE_US)
    world.save()
    world.run(start_us + 3 * MINUTE_US)
    digest, accounts = world.engine.digest(), world.accounts
    world.close()
    resumed = World.open(tmp_path)
    assert resumed.engine.digest() == digest == replay_folder(tmp_path).digest
    assert resumed.accounts == accounts
    assert 0 <= resumed.clock.now_us() - (start_us + 3 * MINUTE_US) < MINUTE_US
    resumed.close()


def test_a_world_interrupted_anywhere_ends_as_one_that_was_not(finished, tmp_path):
    """Sources come back to where they were, from the snapshot and the rows after it."""
    _, summary = finished
    world = make_world(tmp_path)
    start_us = world.scenario.start_us
    world.close()
    for seconds in (7, 70, 71, 200):
        world = World.open(tmp_path)
        world.run(start_us + seconds * 1_000_000)
        if seconds == 70:
            world.save()
        world.close()
    world = World.open(tmp_path)
    world.run(world.end_us)
    assert world.engine.digest() == summary.digest
    world.close()


def test_other_sources_go_on_from_the_journal_and_are_noted(tmp_path, monkeypatch):
    world = make_world(tmp_path)
    world.run(world.scenario.start_us + MINUTE_US)
    digest = world.engine.digest()
    world.close()
    monkeypatch.setattr(world_module, "sources_digest", lambda: "other code")
    monkeypatch.setattr(replaying, "sources_digest", lambda: "other code")
    changed = World.open(tmp_path)
    assert changed.engine.digest() == digest
    assert changed.journal.version().sources == "other code"
    changed.close()


def test_an_archived_world_goes_on_and_replays(tmp_path):
    world = make_world(tmp_path / "w")
    world.run(world.scenario.start_us + MINUTE_US)
    world.save()
    world.run(world.scenario.start_us + 2 * MINUTE_US)
    digest = world.engine.digest()
    assert archive(world.journal, tmp_path / "old.db") > 0
    world.close()
    assert replay_folder(tmp_path / "w").digest == digest
    resumed = World.open(tmp_path / "w")
    assert resumed.engine.digest() == digest
    resumed.close()


@pytest.fixture
def other_engine(monkeypatch):
    """From here on this program has other rules, as far as any digest can tell."""
    modules = ("world.world", "journal.replay")

    def change():
        for module in modules:
            monkeypatch.setattr(f"longshore.{module}.engine_digest", lambda: "f" * 32)

    return change


def test_another_engine_is_refused_unless_asked_for(finished, other_engine):
    folder, summary = finished
    ours = replay_folder(folder).engine
    other_engine()
    with pytest.raises(OtherEngineError) as refusal:
        replay_folder(folder)
    assert (refusal.value.journal_digest, refusal.value.engine_digest) == (ours, "f" * 32)
    report = replay_folder(folder, any_engine=True)
    assert (report.journal_engine, report.engine) == (ours, "f" * 32)
    assert (report.first_difference_seq, report.digest) == (None, summary.digest)


def test_an_upgrade_begins_an_epoch_at_the_final_snapshot_only(tmp_path, other_engine):
    world = make_world(tmp_path)
    world.run(world.scenario.start_us + MINUTE_US)
    world.save()
    digest, before_seq = world.engine.digest(), world.journal.seq
    world.close()
    other_engine()
    upgraded = World.open(tmp_path)
    assert (upgraded.engine.digest(), upgraded.journal.seq) == (digest, before_seq)
    upgraded.run(world.scenario.start_us + 2 * MINUTE_US)
    digest = upgraded.engine.digest()
    upgraded.close()
    assert replay_folder(tmp_path).digest == digest


def test_without_a_final_snapshot_an_upgrade_is_refused(tmp_path, other_engine):
    world = make_world(tmp_path)
    world.run(world.scenario.start_us + MINUTE_US)
    world.close()
    other_engine()
    with pytest.raises(OtherEngineError):
        World.open(tmp_path)


def test_a_folder_holds_one_world(finished):
    folder, _ = finished
    with pytest.raises(JournalError, match="exists already"):
        World.create(folder, TEXT)


def test_every_command_says_who_caused_it(finished):
    folder, _ = finished
    world = World.open(folder)
    origins = 0
    for entry in world.journal.entries():
        origins |= entry.origins
    assert {o for o in Origin if origins >> o & 1} == {
        Origin.FEED,
        Origin.CLOCK,
        Origin.AGENT,
        Origin.WORLD,
    }
    world.close()
