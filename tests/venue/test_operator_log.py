"""The operator's log is added to and never changed, also in a branch; people are in it as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError

from longshore.explain.operator import did
from longshore.venue.accounts import open_accounts
from longshore.venue.database import cut_after
from longshore.venue.inheriting import SINCE
from longshore.venue.operator_log import Deed, OperatorLog
from longshore.venue.proposals import Asked, Proposals
from tests.venue.desk import TOKEN, in_loop
from tests.venue.people import Visitor, town_on

CHANGES = (
    "UPDATE operator_log SET entry = '{}'",
    "UPDATE operator_log SET seq = 0 WHERE id = 1",
    "DELETE FROM operator_log",
    "INSERT OR REPLACE INTO operator_log VALUES (1, 1, '{}')",
    "UPDATE OR IGNORE operator_log SET id = 9 WHERE id = 1",
)


def deed(seq: int) -> Deed:
    who = {"who": "ada", "why": "a drill", "approved_by": "bob"}
    return Deed(act="cut", given={}, seq=seq, world_ms=1, wall_ms=1, **who)


def refuses(engine: Engine) -> None:
    for change in CHANGES:
        with pytest.raises(IntegrityError, match="never changed"), engine.begin() as connection:
            connection.execute(text(change))


def test_the_database_refuses_to_change_a_line(tmp_path: Path) -> None:
    accounts = open_accounts(tmp_path / "accounts.sqlite")
    log = OperatorLog(accounts.engine)
    for seq in (1, 2, 3):
        log.note(deed(seq))
    before = log.newest(9)
    refuses(accounts.engine)
    assert log.newest(9) == before
    assert [number for number, _ in before] == [3, 2, 1]
    accounts.close()


def test_a_branch_has_what_was_done_before_it_and_refuses_as_well(tmp_path: Path) -> None:
    path = tmp_path / "accounts.sqlite"
    accounts = open_accounts(path)
    log, kept = OperatorLog(accounts.engine), Proposals(accounts.engine)
    for seq in (1, 2, 3):
        log.note(deed(seq))
        asked = Asked(act="cut", path={}, body={}, who="ada", why="", wall_ms=seq, world_ms=seq)
        kept.add(asked, seq)
    accounts.close()
    cut_after(path, SINCE, 2)
    again = open_accounts(path)
    log = OperatorLog(again.engine)
    assert [each.seq for _, each in log.newest(9)] == [2, 1]
    assert [each.asked.world_ms for each in Proposals(again.engine).newest(9)] == [2, 1]
    refuses(again.engine)
    log.note(deed(4))
    assert [each.seq for _, each in log.newest(9)] == [4, 2, 1]
    again.close()


def test_a_file_from_before_gets_its_seals(tmp_path: Path) -> None:
    """Lines that were there stay, and whoever opens the file by themselves is refused as well."""
    from alembic import command
    from alembic.config import Config

    path = tmp_path / "accounts.sqlite"
    old = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", "src/longshore/venue/migrations")
    with old.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        line = '{"act":"cut","given":{},"who":"","why":"","seq":1,"world_ms":1,"wall_ms":1}'
        connection.execute(text("INSERT INTO operator_log VALUES (1, 1, :line)"), {"line": line})
    accounts = open_accounts(path)
    [(number, first)] = OperatorLog(accounts.engine).newest(9)
    assert (number, first.approved_by) == (1, "")
    accounts.close()
    refuses(old)
    old.dispose()


@in_loop
async def test_what_is_done_to_people_is_in_the_log_with_its_reason(folder: Path) -> None:
    operator = {"Authorization": f"Bearer {TOKEN}"}
    async with town_on(folder) as town:
        await town.person("anna")
        token = Visitor(town.app)
        people = "/operator/people/anna"
        role = {"role": "teacher"}
        for method, path, body, why in (
            ("PATCH", people, role, "teaches on Monday"),
            ("POST", f"{people}/password", None, "lost it"),
            ("PUT", "/operator/accounts/anna/state", {"state": "close_only"}, "asked for it"),
        ):
            reply = await token.ask(method, f"{path}?why={why}", body, headers=operator)
            assert reply.status_code == 200, reply.text
        lines = (await token.ask("GET", "/operator/log", headers=operator)).json()
        assert [(each["text"], each["why"]) for each in lines] == [
            (did("account-state", {"name": "anna", "state": "close_only"}), "asked for it"),
            (did("password", {"name": "anna"}), "lost it"),
            (did("role", {"name": "anna"} | role), "teaches on Monday"),
        ]
