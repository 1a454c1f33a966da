"""People sign in: what they are refused, what their sessions are worth, what is kept of them."""

from __future__ import annotations

import logging
import stat
from pathlib import Path

import pyotp
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from structlog.testing import capture_logs

from longshore.explain.sentences import say, speaking
from longshore.venue.people import attempts, codes
from longshore.venue.people.door import SEAL, SESSION
from longshore.venue.people.store import open_store
from longshore.venue.people.tables import METADATA
from tests.venue.desk import BASE, TOKEN, in_loop
from tests.venue.people import PASSWORD, Visitor, town_on

NEW = "another long word"


@in_loop
async def test_somebody_new_is_signed_in_and_has_practice_money(folder: Path) -> None:
    async with town_on(folder) as town:
        anna = town.visitor()
        assert (await anna.ask("GET", "/account")).json()["code"] == "NOT_SIGNED_IN"
        told = await anna.sign_up("Anna ")
        assert (told["name"], told["role"], told["code_is_on"]) == ("anna", "learner", False)
        account = await anna.got("GET", "/account")
        assert (account["name"], account["free"]) == ("anna", "10000.00")
        about = await anna.got("GET", "/about")
        assert (about["account"], about["person"], about["role"]) == ("anna", "anna", "learner")
        await anna.got("DELETE", "/session")
        assert (await anna.ask("GET", "/account")).status_code == 401
        assert (await anna.sign_in("ANNA")).status_code == 200
        assert (await anna.got("GET", "/account"))["free"] == "10000.00"


@in_loop
async def test_the_form_names_the_field_and_what_to_do(folder: Path) -> None:
    async with town_on(folder) as town:
        await town.person("anna")
        before = town.desk.digest()
        cases = [
            ({"name": "an"}, "name", "people-name-form"),
            ({"name": "1anna"}, "name", "people-name-form"),
            ({"name": "anna bert"}, "name", "people-name-form"),
            ({"name": "ünal"}, "name", "people-name-form"),
            ({"name": "anna"}, "name", "people-name-taken"),
            ({"name": "learner"}, "name", "people-name-taken"),
            ({"password": "short"}, "password", "people-password-short"),
            ({"password": "x" * 201}, "password", "people-password-long"),
            ({"password": "ababababababab"}, "password", "people-password-plain"),
            ({"password": "it is bertie ok"}, "password", "people-password-plain"),
            ({"role": "operator"}, "role", ""),
        ]
        for fields, field, sentence in cases:
            body = {"name": "bertie", "password": PASSWORD} | fields
            reply = await town.visitor().ask("POST", "/people", body)
            assert reply.status_code in (400, 409), reply.text
            assert reply.json()["field"] == field
            assert not sentence or reply.json()["message"] == say(sentence)
        german = await town.visitor().ask("POST", "/people?lang=de", {"name": "x", "password": ""})
        with speaking("de"):
            assert german.json()["message"] == say("people-name-form")
        assert town.desk.digest() == before
        assert [person.name for person in town.people.store.everybody()] == ["anna"]


@in_loop
async def test_a_name_is_one_persons_however_many_ask_at_once(folder: Path) -> None:
    import asyncio

    async with town_on(folder) as town:
        body = {"name": "anna", "password": PASSWORD}
        asked = (town.visitor().ask("POST", "/people", body) for _ in range(5))
        replies = await asyncio.gather(*asked)
        assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409, 409]


@in_loop
async def test_an_unknown_name_and_a_wrong_password_are_told_alike(folder: Path) -> None:
    async with town_on(folder) as town:
        await town.person("anna")
        wrong = await town.visitor().sign_in("anna", "not the word")
        unknown = await town.visitor().sign_in("nobody", "not the word")
        assert wrong.status_code == unknown.status_code == 401
        assert wrong.json() == unknown.json()
        assert wrong.json()["field"] == "password"


@in_loop
async def test_guessing_is_slowed_for_whoever_guesses(folder: Path) -> None:
    async with town_on(folder) as town:
        await town.person("anna")
        guesser = town.visitor("10.0.0.9")
        tries = attempts.PER_PERSON_THERE.amount
        for _ in range(tries):
            assert (await guesser.sign_in("anna", "not the word")).status_code == 401
        refused = await guesser.sign_in("anna")
        assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_TRIES")
        assert refused.json()["message"] == say("people-too-many", minutes="10")
        assert (await town.visitor("10.0.0.2").sign_in("anna")).status_code == 200


@in_loop
async def test_the_cookie_is_no_scripts_and_no_other_sites(folder: Path) -> None:
    for secure, prefix in ((False, ""), (True, "__Host-")):
        async with town_on(folder, secure=secure) as town:
            visitor = town.visitor()
            body = {"name": f"anna{secure}".lower(), "password": PASSWORD}
            reply = await visitor.ask("POST", "/people", body)
            session, seal = reply.headers.get_list("set-cookie")
            assert session.startswith(f"{prefix}{SESSION}=")
            assert seal.startswith(f"{prefix}{SEAL}=")
            for cookie in (session, seal):
                assert {"SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
                assert ("Secure" in cookie.split("; ")) is secure
            assert "HttpOnly" in session
            assert "HttpOnly" not in seal


@in_loop
async def test_a_change_needs_what_only_this_sites_pages_can_read(folder: Path) -> None:
    async with town_on(folder) as town:
        anna = await town.person("anna")
        before = town.desk.digest()
        for seal in ("", "0" * 64, "ü"):
            headers = {"x-longshore-seal": seal.encode()}
            reply = await anna.http.post("/api/v1/fresh-start", headers=headers)
            assert (reply.status_code, reply.json()["code"]) == (403, "FORGED")
        await anna.got("GET", "/account")
        operator = Visitor(town.app)
        assert (await operator.http.get(f"/?token={TOKEN}")).status_code == 303
        forged = await operator.http.post("/api/v1/clock", json={"action": "resume"})
        assert forged.json()["code"] == "FORGED"
        await operator.got("POST", "/clock", {"action": "pause"})
        foreign = await anna.ask("POST", "/fresh-start", headers={"origin": "https://evil.example"})
        assert foreign.json()["code"] == "FOREIGN_ORIGIN"
        assert town.desk.digest() == before


@in_loop
async def test_another_password_ends_other_sessions_and_their_sockets(folder: Path) -> None:
    async with town_on(folder) as town:
        here, there = await town.person("anna"), town.visitor()
        await there.sign_in("anna")
        sockets = [browser.socket("/api/v1/stream") for browser in (here, there)]
        for socket in sockets:
            assert (await socket.open())["type"] == "websocket.accept"
            assert (await socket.message())["type"] == "snapshot"
        wrong = {"password": "not the word", "new_password": NEW}
        refused = await here.ask("PUT", "/me/password", wrong)
        assert (refused.status_code, refused.json()["field"]) == (403, "password")
        short = {"password": PASSWORD, "new_password": "short"}
        refused = await here.ask("PUT", "/me/password", short)
        assert (refused.status_code, refused.json()["field"]) == (400, "new_password")
        await there.got("GET", "/account")
        body = {"password": PASSWORD, "new_password": NEW}
        assert (await here.got("PUT", "/me/password", body))["sessions"] == 1
        await here.got("GET", "/account")
        assert (await there.ask("GET", "/account")).status_code == 401
        closed = await sockets[1].message()
        while closed.get("type") != "websocket.close":
            closed = await sockets[1].message()
        assert (closed["code"], closed["reason"]) == (4401, "NOT_SIGNED_IN")
        await here.order()
        await sockets[0].close()
        assert (await town.visitor().sign_in("anna", PASSWORD)).status_code == 401
        assert (await town.visitor().sign_in("anna", NEW)).status_code == 200


@in_loop
async def test_one_time_codes_are_asked_for_once_one_was_given_and_good_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town_on(folder) as town:
        anna = await town.person("anna")
        assert (await anna.ask("POST", "/me/code", {"password": "no"})).status_code == 403
        started = await anna.got("POST", "/me/code", {"password": PASSWORD})
        assert started["picture"].startswith("data:image/svg+xml")
        assert started["secret"] in started["uri"]
        totp = pyotp.TOTP(started["secret"])
        assert (await town.visitor().sign_in("anna")).status_code == 200  # not on yet
        at = 1_800_000_000
        monkeypatch.setattr(codes.time, "time", lambda: at)
        wrong = await anna.ask("PUT", "/me/code", {"code": "000000"})
        assert (wrong.status_code, wrong.json()["field"]) == (400, "code")
        await anna.got("PUT", "/me/code", {"code": totp.at(at)})
        missing = await town.visitor().sign_in("anna")
        assert (missing.json()["code"], missing.json()["field"]) == ("CODE_NEEDED", "code")
        used = await town.visitor().sign_in("anna", code=totp.at(at))
        assert used.json()["code"] == "WRONG_CODE"
        spaced = f"{totp.at(at + 30)[:3]} {totp.at(at + 30)[3:]}"
        assert (await town.visitor().sign_in("anna", code=spaced)).status_code == 200
        again = await town.visitor().sign_in("anna", code=spaced)
        assert again.json()["code"] == "WRONG_CODE"
        assert (await town.visitor().sign_in("anna", "wrong", spaced)).json()["code"] == (
            "WRONG_PASSWORD"
        )
        dropped = await anna.got("DELETE", "/me/code", {"password": PASSWORD})
        assert dropped["code_is_on"] is False
        assert (await town.visitor().sign_in("anna")).status_code == 200


@in_loop
async def test_the_operator_gives_roles_and_a_way_back_in(folder: Path) -> None:
    async with town_on(folder) as town:
        anna = await town.person("anna")
        operator = {"Authorization": f"Bearer {TOKEN}"}
        for path in ("/operator/people", "/operator/people/anna/password"):
            refused = await anna.ask("GET" if path.endswith("people") else "POST", path)
            assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
        people, address = Visitor(town.app), "/api/v1/operator/people/anna"
        [row] = (await people.http.get("/api/v1/operator/people", headers=operator)).json()
        assert (row["name"], row["role"], row["sessions"]) == ("anna", "learner", 1)
        await people.ask("PATCH", "/operator/people/anna", {"role": "teacher"}, headers=operator)
        assert (await anna.got("GET", "/me"))["role"] == "teacher"
        assert (await anna.ask("PATCH", "/me", {"role": "trader"})).json()["field"] == "role"
        reply = await people.http.post(f"{address}/password", headers=operator)
        assert (await anna.ask("GET", "/me")).status_code == 401
        assert (await anna.sign_in("anna", reply.json()["password"])).status_code == 200
        unknown = await people.http.post(
            "/api/v1/operator/people/nobody/password", headers=operator
        )
        assert unknown.status_code == 404


@in_loop
async def test_people_choose_between_learner_and_trader(folder: Path) -> None:
    async with town_on(folder) as town:
        anna = await town.person("anna")
        assert (await anna.ask("GET", "/keys")).json()["message"] == say("people-needs-trader")
        assert (await anna.got("PATCH", "/me", {"role": "trader"}))["role"] == "trader"
        made = await anna.got("POST", "/keys", {"permissions": ["read"]})
        [row] = await anna.got("GET", "/keys")
        assert (row["key"], row["permissions"]) == (made["key"], ["read"])
        assert made["secret"] not in str(row)
        assert (await anna.ask("POST", "/keys", {"permissions": []})).json()["field"] == (
            "permissions"
        )
        await anna.got("DELETE", f"/keys/{row['id']}")
        assert await anna.got("GET", "/keys") == []
        assert town.desk.station.accounts.key(made["key"]) is None


@in_loop
async def test_no_password_and_no_token_is_written_down(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as said:
        async with town_on(folder) as town:
            anna = await town.person("anna")
            token = anna.http.cookies[SESSION]
            await town.visitor().sign_in("anna", "a wrong guess of it")
            await anna.ask("PUT", "/me/password", {"password": PASSWORD, "new_password": NEW})
            await anna.ask("PUT", "/me/password", {"password": PASSWORD, "new_password": 5})
    written = [caplog.text, str(said)]
    kept = [path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()]
    for secret in (PASSWORD, NEW, "a wrong guess of it", token):
        assert not any(secret in text for text in written)
        assert not any(secret.encode() in data for data in kept)
    people = folder.parent / "people.sqlite"
    assert stat.S_IMODE(people.stat().st_mode) == 0o600
    assert b"$argon2id$" in people.read_bytes()


@in_loop
async def test_sessions_outlive_the_process_and_end_in_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town_on(folder) as town:
        anna = await town.person("anna")
        cookies = anna.http.cookies
    async with town_on(folder) as town:
        again = town.visitor()
        again.http.cookies = cookies
        await again.got("GET", "/account")
        later = town.people.store.session(cookies[SESSION])
        assert later is not None
        monkeypatch.setattr("longshore.venue.people.store.now_ms", lambda: later.until_ms)
        assert (await again.ask("GET", "/account")).status_code == 401


@in_loop
async def test_the_pages_come_without_a_token_and_say_nothing(folder: Path) -> None:
    async with town_on(folder) as town:
        page = await town.visitor().http.get("/", headers={"host": BASE.removeprefix("http://")})
        assert page.status_code in (200, 404)  # 404 where the screen is not built
        assert "token" not in page.text


def test_migrations_make_what_is_declared(tmp_path: Path) -> None:
    open_store(tmp_path / "people.sqlite").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'people.sqlite'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
    engine.dispose()
