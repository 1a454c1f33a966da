"""What the venue will not start on: it says why in one line, and leaves the folder as it was."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
from pathlib import Path

import pytest

from longshore.cli.app import run_app
from longshore.journal.store import Journal
from longshore.world.world import JOURNAL_FILE, World
from tests.reliability.process import LONGSHORE
from tests.world.small import TEXT

SCENARIOS = [
    (b"\xff\xfe not text", "bad.toml' is no text"),
    (b"name = ", "Invalid value"),
    (b'name = "x"', "missing required field"),
    (b"", "missing required field"),
    (TEXT.encode().replace(b"seed = 7", b'seed = "7"'), "seed"),
    (TEXT.encode().replace(b"PF_XBTUSD", b"PF_NONE"), "PF_NONE"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder whose main world has run for a while and was saved."""
    world = World.create(tmp_path / "data" / "worlds" / "main", TEXT)
    world.run(world.scenario.start_us + 60_000_000)
    world.save()
    world.run(world.scenario.start_us + 70_000_000)
    world.close()
    return tmp_path / "data"


def journal_of(folder: Path) -> Path:
    """The journal of the main world."""
    return folder / "worlds" / "main" / JOURNAL_FILE


def edit(path: Path, statement: str, *values: object) -> None:
    """Change a journal behind its back."""
    with sqlite3.connect(path) as db:
        db.execute(statement, values)
    db.close()


def refused(folder: Path, *options: str) -> tuple[int, str]:
    """Exit code and words of a `serve` that must not begin; the journal is not touched."""
    before = rows_of(folder)
    command = [*LONGSHORE, "serve", "--no-browser", "--port", "0", "--data", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stderr.startswith("longshore: ")
    assert rows_of(folder) == before
    return done.returncode, done.stderr


def rows_of(folder: Path) -> str:
    """A digest of all rows of the main world's journal; empty without one."""
    path = journal_of(folder)
    if not path.exists():
        return ""
    with sqlite3.connect(path) as db:
        found = list(db.execute("SELECT * FROM entries ORDER BY row"))
    db.close()
    return hashlib.blake2b(repr(found).encode()).hexdigest()


def test_a_damaged_journal_is_named_with_its_last_good_seq(folder):
    journal = Journal.open(journal_of(folder))
    last = journal.row
    journal.close()
    edit(journal_of(folder), "UPDATE entries SET payload = zeroblob(64) WHERE row = ?", last)
    code, said = refused(folder)
    assert code == 1
    assert f"journal row {last} is not what was written; the last good seq is" in said


def test_a_damaged_snapshot_is_named(folder):
    edit(journal_of(folder), "UPDATE snapshots SET state = zeroblob(64)")
    code, said = refused(folder)
    assert (code, "damaged snapshot" in said) == (1, True)


def test_a_file_that_is_no_journal_is_named(folder):
    for left in journal_of(folder).parent.glob(f"{JOURNAL_FILE}-*"):
        left.unlink()
    journal_of(folder).write_bytes(b"something else entirely, a kilobyte of it." * 25)
    command = [*LONGSHORE, "serve", "--no-browser", "--port", "0", "--data", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "is not a journal" in done.stderr) == (1, True)


@pytest.fixture
def other_engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder for a program whose engine has other rules; the journal was not closed."""
    for module in ("longshore.world.world", "longshore.journal.replay"):
        monkeypatch.setattr(f"{module}.engine_digest", lambda: "0123456789abcdef")
    return folder


def test_a_journal_of_another_engine_is_refused_by_both_digests(other_engine, capsys):
    before = rows_of(other_engine)
    options = ("--no-browser", "--port", "0", "--data", str(other_engine))
    assert run_app(("serve", *options)) == 1
    said = capsys.readouterr().err
    assert "was written by engine" in said
    assert "this is engine 0123456789abcdef" in said
    assert run_app(("replay", str(journal_of(other_engine).parent))) == 1
    assert "ask for another engine explicitly" in capsys.readouterr().err
    assert rows_of(other_engine) == before


@pytest.mark.parametrize(("content", "words"), SCENARIOS)
def test_a_scenario_that_cannot_be_used_is_named_and_makes_nothing(
    tmp_path, capsys, content, words
):
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    data = tmp_path / "data"
    options = ("--no-browser", "--port", "0", "--data", str(data), "--world", str(file))
    assert run_app(("serve", *options)) == 1
    assert words in capsys.readouterr().err
    assert not journal_of(data).exists()


def test_a_folder_is_no_scenario(tmp_path, capsys):
    options = ("--no-browser", "--port", "0", "--data", str(tmp_path), "--world", str(tmp_path))
    assert run_app(("serve", *options)) == 1
    assert "cannot be read: Is a directory" in capsys.readouterr().err
