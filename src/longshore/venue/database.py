"""A small SQLite database of its own file, made and kept up to date by migrations."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Table, create_engine, delete, event, inspect

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def migrated(path: Path, package: str) -> Engine:
    """The database at `path`, readable by its user alone; `package` has its `migrations`."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _leave_transactions_alone)
    event.listen(engine, "begin", _begin)
    config = Config()
    config.set_main_option("script_location", str(files(package) / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    path.chmod(0o600)
    return engine


def _leave_transactions_alone(connection: Any, _: object) -> None:
    """Python's driver would commit a new table by itself; a migration is made whole or not."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def cut_after(path: Path, tables: Iterable[Table], seq: int) -> None:
    """Take out of a copied file what came after a seq: in a branch that has not happened.

    A table that the file does not have yet is passed over. What keeps a table from being cut is
    put aside meanwhile: the file is a copy that nobody has read.
    """
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _leave_transactions_alone)
    event.listen(engine, "begin", _begin)
    with engine.begin() as connection:
        known = inspect(connection).get_table_names()
        triggers = connection.exec_driver_sql(TRIGGERS).all()
        for name, _ in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for table in tables:
            if table.name in known:
                connection.execute(delete(table).where(table.c.seq > seq))
        for _, made in triggers:
            connection.exec_driver_sql(made)
    engine.dispose()
