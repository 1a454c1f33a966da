import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from longshore.journal import snapshots
from longshore.journal.archive import archive
from longshore.journal.entry import EntryKind
from longshore.journal.errors import JournalDamagedError, JournalError
from longshore.journal.store import Journal
from tests.journal.rows import VERSION, index_batch

WRITER = Path(__file__).with_name("writer.py")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def journal(path):
    journal = Journal.create(path, VERSION)
    for first_seq in (1, 3, 5):
        journal.append(index_batch(first_seq))
    yield journal
    journal.close()


def edit(path, statement, *arguments):
    with sqlite3.connect(path) as db:
        db.execute(statement, arguments)
    db.close()


def reopened(path):
    journal = Journal.open(path)
    try:
        return list(journal.entries())
    finally:
        journal.close()


def test_the_first_row_says_what_wrote_the_journal(journal, path):
    entries = reopened(path)
    assert [entry.kind for entry in entries] == [EntryKind.VERSION] + [EntryKind.BATCH] * 3
    assert msgspec.msgpack.decode(entries[0].payload, type=type(VERSION)) == VERSION


def test_reopening_goes_on_where_it_stopped(journal, path):
    again = Journal.open(path)
    assert (again.seq, again.time_us, again.chain) == (6, 6_000_000, journal.chain)
    again.append(index_batch(7))
    assert [entry.last_seq for entry in again.entries()] == [0, 2, 4, 6, 8]
    again.close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE entries SET payload = zeroblob(9) WHERE row = 3", "row 3 is not what was written"),
        ("UPDATE entries SET time_us = 1 WHERE row = 3", "row 3 is not what was written"),
        ("UPDATE entries SET events = zeroblob(16) WHERE row = 3", "row 3 is not what was"),
        ("DELETE FROM entries WHERE row = 3", "row 3 is missing or out of order"),
        ("UPDATE entries SET first_seq = 4 WHERE row = 3", "row 3 is missing or out of order"),
    ],
)
def test_an_edited_row_is_refused_by_name_with_the_last_good_seq(journal, path, statement, words):
    edit(path, statement)
    with pytest.raises(JournalDamagedError, match=words) as refusal:
        reopened(path)
    assert refusal.value.last_good_seq == 2


def test_damage_to_the_file_itself_is_named(path):
    journal = Journal.create(path, VERSION)
    for first_seq in range(1, 400, 2):
        journal.append(index_batch(first_seq))
    journal.close()
    raw = bytearray(path.read_bytes())
    page = len(raw) // 4096 * 3 // 4 * 4096
    raw[page : page + 4096] = b"\xff" * 4096
    path.write_bytes(raw)
    with pytest.raises(JournalDamagedError, match=r"journal row \d+ .* last good seq") as why:
        reopened(path)
    assert why.value.last_good_seq > 0


def test_a_file_that_is_no_journal_is_refused(path):
    path.write_text("something else entirely, and long enough to have a header" * 100)
    with pytest.raises(JournalError, match="is not a journal"):
        Journal.open(path)
    with pytest.raises(JournalError, match="exists already"):
        Journal.create(path, VERSION)
    with pytest.raises(JournalError, match="there is no journal"):
        Journal.open(path.with_name("none.db"))


def test_two_writers_do_not_mix(journal, path):
    other = Journal.open(path)
    other.append(index_batch(7))
    other.close()
    with pytest.raises(JournalError, match="another process"):
        journal.append(index_batch(7))


def test_a_halted_batch_is_voided_by_name_and_its_seqs_are_taken_again(journal, path):
    journal.halt(index_batch(7, count=3), "AssertionError: no such slot")
    assert (journal.seq, journal.halted().count) == (6, 3)
    with pytest.raises(JournalError, match="seq 10 is not in the halted batch, 7 to 9"):
        journal.void(10)
    journal.void(8)
    with pytest.raises(JournalError, match="nothing to void"):
        journal.void(8)
    journal.append(index_batch(7))
    kinds = [entry.kind for entry in reopened(path)]
    assert kinds[-3:] == [EntryKind.HALTED, EntryKind.VOID, EntryKind.BATCH]


def test_snapshots_are_tied_to_their_row_and_the_older_half_is_thinned(journal, path, monkeypatch):
    monkeypatch.setattr(snapshots, "KEEP", 6)
    rows = []
    for first_seq in range(7, 31, 2):
        journal.append(index_batch(first_seq))
        journal.save_snapshot(b"state %d" % first_seq)
        rows.append(journal.row)
    latest = journal.snapshots.latest()
    assert (latest.seq, latest.state, latest.chain) == (30, b"state 29", journal.chain)
    kept = [row for row in rows if journal.snapshots.at_row(row)]
    assert len(kept) <= 6
    assert (kept[0], kept[-4:]) == (rows[0], rows[-4:])
    assert journal.snapshots.before(rows[-1] - 1).row == rows[-2]
    assert journal.snapshots.before(rows[0] - 1) is None
    edit(path, "UPDATE snapshots SET state = x'00' WHERE seq = 30")
    with pytest.raises(JournalDamagedError, match="damaged snapshot"):
        journal.snapshots.latest()


def test_an_archived_journal_goes_on_and_both_files_check(journal, path):
    journal.save_snapshot(b"state")
    journal.append(index_batch(7))
    old = path.with_name("old.db")
    assert archive(journal, old) == 4
    journal.append(index_batch(9))
    assert [entry.first_seq for entry in reopened(path)] == [7, 9]
    assert [entry.last_seq for entry in reopened(old)] == [0, 2, 4, 6]
    assert journal.version() == VERSION
    archived = Journal.open(old)
    assert archived.chain == journal.snapshots.latest().chain
    archived.close()
    with pytest.raises(JournalError, match="nothing to archive"):
        archive(journal, path.with_name("older.db"))


def test_the_last_row_before_a_seq_or_a_time_is_found(journal):
    entries = list(journal.entries())
    for entry in entries:
        assert journal.row_until(entry.last_seq, 2**62) >= entry.row
        assert journal.row_until(2**62, entry.time_us) >= entry.row
    assert journal.row_until(3, 2**62) == next(e.row for e in entries if e.last_seq == 2)
    assert journal.row_until(2**62, -1) == 0
    assert journal.row_until(2**62, 2**62) == journal.row


def test_what_was_acknowledged_survives_kill_9(path):
    Journal.create(path, VERSION).close()
    for lines in (1, 5, 12):
        command = [sys.executable, str(WRITER), str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            acknowledged = [int(writer.stdout.readline()) for _ in range(lines)]
            writer.kill()
        assert reopened(path)[-1].last_seq >= acknowledged[-1]
