"""Worlds beside each other: named, branched, deleted, carried away as one file and brought in."""

import sqlite3
import zipfile

import pytest

from longshore.journal.errors import JournalError
from longshore.world import shelf as shelves
from longshore.world.moment import Moment, MomentError
from longshore.world.parcel import MANIFEST_FILE, ParcelError, bring_in, export
from longshore.world.replaying import replay_folder
from longshore.world.shelf import SCENARIO_FILE, Card, Shelf, ShelfError
from longshore.world.world import JOURNAL_FILE, World
from tests.world.small import MINUTE_US, TEXT, make_world


@pytest.fixture
def shelf(tmp_path):
    shelf = Shelf(tmp_path / "worlds")
    world = make_world(shelf.folder / "first")
    world.run(world.scenario.start_us + MINUTE_US)
    world.save()
    world.close()
    shelf.keep("first", Card(scenario="small", owner="anna"))
    return shelf


def digest(shelf, name):
    return replay_folder(shelf.path(name)).digest


def middle(shelf):
    return Moment(time_us=shelf.listed("first").time_us - MINUTE_US // 2)


def test_the_list_says_whose_a_world_is_and_where_it_comes_from(shelf):
    shelf.branch("first", "second", middle(shelf), owner="bert")
    (shelf.folder / "old").mkdir()
    (shelf.folder / "old" / SCENARIO_FILE).write_text("live")
    (shelf.folder / "no world").mkdir()
    assert shelf.names() == ["first", "old", "second"]
    first, second = shelf.listed("first"), shelf.listed("second")
    assert (first.owner, first.parent, first.scenario) == ("anna", "", "small")
    assert (second.owner, second.parent) == ("bert", "first")
    assert 0 < second.parent_seq <= second.seq < first.seq
    assert shelf.card("old").scenario == "live"
    assert shelf.free_name("first") == "first-2"
    assert shelf.children("first") == ["second"]


def test_a_deleted_parent_leaves_its_branches_whole(shelf):
    shelf.branch("first", "second", middle(shelf))
    shelf.branch("second", "third")
    before = digest(shelf, "second"), digest(shelf, "third")
    shelf.delete("first")
    assert shelf.names() == ["second", "third"]
    assert [shelf.listed(name).parent for name in shelf.names()] == ["", "second"]
    shelf.delete("second")
    assert shelf.listed("third").parent == ""
    assert digest(shelf, "third") == before[1] == before[0]
    assert [path.name for path in shelf.folder.iterdir()] == ["third"]


def test_a_world_whose_branch_cannot_be_made_whole_is_not_deleted(shelf):
    shelf.branch("first", "second", middle(shelf))
    shelf.delete("first")
    other = make_world(shelf.folder / "first")
    other.run(other.scenario.start_us + 2 * MINUTE_US)
    other.close()
    shelf.branch("first", "third", middle(shelf))
    for file in (shelf.folder / "first").iterdir():
        file.unlink()
    make_world(shelf.folder / "first", TEXT.replace("seed = 7", "seed = 8")).close()
    with pytest.raises(JournalError, match="third is no branch of first"):
        shelf.delete("first")
    assert "first" in shelf.names()


def test_what_is_refused(shelf, monkeypatch):
    with pytest.raises(ShelfError, match="no world 'none'"):
        shelf.branch("none", "second")
    for name in ("First", "../first", "", "a" * 65, ".hidden"):
        with pytest.raises(ShelfError, match="small letters"):
            shelf.branch("first", name)
    with pytest.raises(ShelfError, match="a world 'first' already"):
        shelf.branch("first", "first")
    with pytest.raises(MomentError):
        shelf.branch("first", "second", Moment(seq=10**9))
    with pytest.raises(ShelfError, match="no world"):
        shelf.delete("../worlds")
    monkeypatch.setattr(shelves, "WORLDS_MAX", 1)
    with pytest.raises(ShelfError, match="delete one first"):
        shelf.branch("first", "second")
    assert shelf.names() == ["first"]


def test_the_main_world_is_not_deleted(tmp_path):
    make_world(tmp_path / "main").close()
    with pytest.raises(ShelfError, match="main"):
        Shelf(tmp_path).delete("main")


def test_a_world_goes_into_one_file_and_comes_out_the_same(shelf, tmp_path):
    shelf.branch("first", "second", middle(shelf), owner="anna")
    file = tmp_path / "second.world"
    made = export(shelf, "second", file)
    elsewhere = Shelf(tmp_path / "elsewhere")
    came = bring_in(elsewhere, file, owner="bert")
    assert (came.seq, came.chain, came.name) == (made.seq, made.chain, "second")
    listed = elsewhere.listed("second")
    assert (listed.parent, listed.owner, listed.scenario) == ("", "bert", "small")
    assert digest(elsewhere, "second") == digest(shelf, "second")
    assert bring_in(elsewhere, file).name == "second-2"
    world = World.open(elsewhere.path("second"))
    world.run(world.stepper.reached_us + MINUTE_US // 4)
    world.close()
    assert shelf.listed("second").parent == "first"


def repacked(path, change):
    """The same file with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda p: p.update({JOURNAL_FILE: p[JOURNAL_FILE][:-100]}), "not what was exported"),
        (lambda p: p.update({"world.json": b"{}"}), "not what was exported"),
        (lambda p: p.pop("world.json"), "holds manifest.json"),
        (lambda p: p.update({"../evil": b""}), "holds manifest.json"),
        (lambda p: p.update({MANIFEST_FILE: b"{"}), "manifest cannot be read"),
        (lambda p: p.update({MANIFEST_FILE: b'{"format": 9}'}), "has format 9"),
        (
            lambda p: p.update({MANIFEST_FILE: p[MANIFEST_FILE].replace(b'"seq": ', b'"seq": 1')}),
            "not the one its manifest",
        ),
    ],
)
def test_a_damaged_file_is_refused_by_name_and_leaves_nothing(shelf, tmp_path, change, why):
    file = tmp_path / "first.world"
    export(shelf, "first", file)
    repacked(file, change)
    elsewhere = Shelf(tmp_path / "elsewhere")
    with pytest.raises(ParcelError, match=why):
        bring_in(elsewhere, file)
    assert elsewhere.names() == []
    assert list(elsewhere.folder.glob("*")) == []


def test_what_is_no_zip_and_a_cut_one_are_refused(shelf, tmp_path):
    file = tmp_path / "first.world"
    export(shelf, "first", file)
    whole = file.read_bytes()
    for data in (b"", b"no world", whole[: len(whole) // 2]):
        file.write_bytes(data)
        with pytest.raises(ParcelError, match="no exported world"):
            bring_in(shelf, file)
    with pytest.raises(ParcelError):
        bring_in(shelf, tmp_path / "missing.world")
    assert shelf.names() == ["first"]


def test_an_edited_journal_is_found_even_where_the_manifest_was_made_to_fit(shelf, tmp_path):
    file = tmp_path / "first.world"
    journal = shelf.path("first") / JOURNAL_FILE
    db = sqlite3.connect(journal)
    db.execute("UPDATE entries SET time_us = time_us + 1 WHERE row = 2")
    db.commit()
    db.close()
    export(shelf, "first", file)
    with pytest.raises(ParcelError, match="is damaged"):
        bring_in(Shelf(tmp_path / "elsewhere"), file)
