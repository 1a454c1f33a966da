"""Killed at each write of the first start: the next one makes what is missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from longshore.journal import schema
from longshore.journal.store import Journal
from longshore.venue.accounts import open_accounts
from longshore.venue.auth import open_token
from longshore.world.world import JOURNAL_FILE, World
from tests.journal.rows import VERSION
from tests.world.small import TEXT


class Killed(BaseException):
    """What stands for a kill -9: nothing of the program catches it."""


@contextmanager
def killed_at_statement(number: int) -> Iterator[list[str]]:
    """Every statement to a database made here, and an end at the one of this number."""
    seen: list[str] = []

    def count(_connection, _cursor, statement, *_):
        seen.append(statement)
        if len(seen) == number:
            raise Killed

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def is_killed(path: Path) -> bool:
    """Open the accounts; whether that came to a bad end."""
    try:
        open_accounts(path).close()
    except Killed:
        return True
    return False


def test_killed_at_any_statement_of_its_migrations_accounts_are_made_the_next_time(tmp_path):
    number = 0
    finished = False
    while not finished:
        number += 1
        path = tmp_path / f"{number}.sqlite"
        with killed_at_statement(number) as seen:
            finished = not is_killed(path)
        assert finished == (len(seen) < number)
        accounts = open_accounts(path)
        accounts.add("anna", 16)
        accounts.create_key("anna", ("read",))
        accounts.close()
    assert number > 5


@pytest.mark.parametrize("place", ["note_version", "close"])
def test_a_journal_is_there_whole_or_not_at_all(tmp_path, monkeypatch, place):
    path = tmp_path / JOURNAL_FILE

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Journal, place, killed)
        with pytest.raises(Killed):
            Journal.create(path, VERSION)
    assert not path.exists()
    Journal.create(path, VERSION).close()
    assert [left.name for left in tmp_path.iterdir()] == [JOURNAL_FILE]


def test_killed_before_its_tables_are_made_a_journal_is_made_the_next_time(tmp_path, monkeypatch):
    path = tmp_path / JOURNAL_FILE
    with monkeypatch.context() as patch:
        patch.setattr(schema, "TABLES", "CREATE TABLE entries (row INTEGER); CREATE;")
        with pytest.raises(sqlite3.OperationalError):
            Journal.create(path, VERSION)
    Journal.create(path, VERSION).close()
    journal = Journal.open(path)
    assert journal.version() == VERSION
    journal.close()


def test_a_journal_without_its_first_commands_is_a_world_not_yet_born(tmp_path):
    world = World.create(tmp_path, TEXT)
    expected = world.engine.digest()
    world.close()
    again = World.open(tmp_path)
    assert (again.journal.seq, again.engine.digest()) == (0, expected)
    assert again.stepper.pending() > 0
    again.close()


def test_a_token_is_never_seen_half_written(tmp_path: Path, monkeypatch):
    path = tmp_path / "operator.token"

    def killed(_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("secrets.token_urlsafe", killed)
        with pytest.raises(Killed):
            open_token(path)
    assert not path.exists()
    assert len(open_token(path)) >= 32
