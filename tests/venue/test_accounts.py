"""Names and keys: kept with their secrets, migrated as declared, healed from the journal."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from longshore.venue.accounts import METADATA, NameTakenError, open_accounts
from longshore.venue.station import ACCOUNTS_FILE
from tests.venue.desk import desk_on, in_loop


def test_keys_outlive_the_process_with_their_secrets(tmp_path: Path) -> None:
    accounts = open_accounts(tmp_path / "a.sqlite")
    accounts.add("anna", 16)
    made = accounts.create_key("anna", ("read", "trade"))
    accounts.close()
    again = open_accounts(tmp_path / "a.sqlite")
    assert again.key(made.key) == made
    assert again.key("unknown") is None
    assert len(made.secret_bytes) == 64
    assert base64.b64encode(made.secret_bytes).decode() == made.secret
    assert stat.S_IMODE((tmp_path / "a.sqlite").stat().st_mode) == 0o600
    again.close()


def test_a_name_stands_for_one_account(tmp_path: Path) -> None:
    accounts = open_accounts(tmp_path / "a.sqlite")
    accounts.add("anna", 16)
    accounts.add("anna", 16)
    with pytest.raises(NameTakenError):
        accounts.add("anna", 17)
    with pytest.raises(KeyError):
        accounts.create_key("bert", ("read",))
    accounts.close()


def test_migrations_make_what_is_declared(tmp_path: Path) -> None:
    open_accounts(tmp_path / "a.sqlite").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


@in_loop
async def test_the_learner_is_there_with_practice_money(folder: Path) -> None:
    async with desk_on(folder) as desk:
        account = await desk.get("/account")
        assert (account["name"], account["free"]) == ("learner", "10000.00")


@in_loop
async def test_names_are_healed_from_the_journal(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.account("anna")
        ids = desk.station.accounts.names()
    (folder / ACCOUNTS_FILE).unlink()
    async with desk_on(folder) as desk:
        assert desk.station.accounts.names() == ids


@in_loop
async def test_operator_routes_refuse_by_name(folder: Path) -> None:
    async with desk_on(folder) as desk:
        before = desk.digest()
        cases = [
            ("accounts", {"name": "learner"}, 409, "NAME_TAKEN"),
            ("accounts", {"name": "maker PF_XBTUSD 1"}, 400, "BAD_VALUE"),
            ("accounts", {"name": ""}, 400, "BAD_VALUE"),
            ("accounts", {"name": "x", "deposits": {"EUR": "1"}}, 404, "UNKNOWN_ASSET"),
            ("accounts", {"name": "x", "deposits": {"USD": "much"}}, 400, "BAD_VALUE"),
            ("deposits", {"account": "nobody", "asset": "USD", "amount": "1"}, 404, None),
            ("deposits", {"account": "learner", "asset": "USD", "amount": "-1"}, 422, None),
            ("deposits", {"account": "learner", "asset": "USD", "amount": "1e-9"}, 400, None),
            ("keys", {"account": "nobody"}, 404, "UNKNOWN_ACCOUNT"),
            ("keys", {"account": "learner", "permissions": ["all"]}, 400, "BAD_VALUE"),
        ]
        for route, body, status, code in cases:
            reply = await desk.post(f"/operator/{route}", body)
            assert reply.status_code == status, (body, reply.text)
            assert code is None or reply.json()["code"] == code
        assert desk.digest() == before
