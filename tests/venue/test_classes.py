"""A class from its code to its export: learners are told apart, and nobody is ranked by money."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec

from longshore.explain.format import cell
from longshore.explain.sentences import say
from longshore.practice.study.levels import Entry
from longshore.venue.accounts import open_accounts
from longshore.venue.people import attempts
from tests.venue.desk import in_loop
from tests.venue.people import Town, Visitor, town_on

MONEY = ("equity", "free", "pnl", "profit", "balance", "10000")


async def a_class(town: Town) -> tuple[Visitor, Any, list[str]]:
    """A teacher with a class that is to do two lessons; its page and their names."""
    tess = await town.person("tess", "teacher")
    made = await tess.got("POST", "/classes", {"title": "Perps on Monday"})
    listed = (await tess.got("GET", "/lessons"))["lessons"]
    names = [listed[0]["name"], listed[-1]["name"]]
    for name in names:
        made = await tess.got("PUT", f"/classes/{made['id']}/lessons/{name}")
    return tess, made, names


def passed(folder: Path, account_id: int, lesson: str, world: str) -> None:
    """Put down that an account has passed a lesson, as passing it does."""
    book = folder.parent / "lessons" / f"{account_id}.json"
    book.parent.mkdir(exist_ok=True)
    entry = Entry(kind="passed", at_ms=1_800_000_000_000, world=world, seqs=[7, 9], free_seq=1)
    book.write_bytes(msgspec.json.encode({lesson: [entry]}))


@in_loop
async def test_a_class_from_its_code_to_its_export(folder: Path) -> None:
    async with town_on(folder) as town:
        tess, made, names = await a_class(town)
        anna, bert = await town.person("anna"), await town.person("bert")
        code = f" {made['code'][:4].lower()} {made['code'][4:]}"
        for learner in (anna, bert, anna):
            joined = await learner.got("POST", "/classes/join", {"code": code})
            assert [each["name"] for each in joined["lessons"]] == names
            assert joined["teacher"] == "tess"
        account_id = town.desk.station.accounts.account_id("anna")
        assert account_id is not None
        passed(folder, account_id, names[0], "annas-lesson")
        page = await tess.got("GET", f"/classes/{made['id']}")
        annas, berts = page["learners"]
        assert [annas["name"], berts["name"]] == ["anna", "bert"]
        assert [each["level_name"] for each in annas["lessons"]] == ["Practised", "New"]
        assert "annas-lesson" in annas["lessons"][0]["evidence"][0]
        assert [each["level"] for each in berts["lessons"]] == [0, 0]
        own = (await anna.got("GET", "/classes"))["joined"][0]
        assert own["lessons"][0]["level_name"] == "Practised"
        assert "anna" not in json.dumps(await bert.got("GET", "/classes"))
        exported = {
            form: await tess.ask("GET", f"/classes/{made['id']}/export?format={form}")
            for form in ("csv", "json")
        }
        rows = list(csv.DictReader(io.StringIO(exported["csv"].text)))
        assert [(row["learner"], row["lesson"]) for row in rows] == [
            *(("anna", name) for name in names),
            *(("bert", name) for name in names),
        ]
        assert (rows[0]["level"], rows[0]["level_name"]) == ("1", "Practised")
        assert "annas-lesson" in rows[0]["evidence"]
        assert exported["json"].json()["learners"] == page["learners"]
        assert made["code"] not in exported["json"].text + exported["csv"].text
        for text in (json.dumps(page), exported["csv"].text, exported["json"].text):
            assert not any(word in text for word in MONEY)


@in_loop
async def test_a_class_is_its_teachers_and_a_learner_can_leave_it(folder: Path) -> None:
    async with town_on(folder) as town:
        tess, made, names = await a_class(town)
        anna = await town.person("anna")
        await anna.got("POST", "/classes/join", {"code": made["code"]})
        other = await town.person("theo", "teacher")
        path = f"/classes/{made['id']}"
        for asker, status in ((anna, 403), (other, 404)):
            for method, way in (
                *(("GET", ""), ("DELETE", ""), ("POST", "/code"), ("GET", "/export")),
                ("PUT", f"/lessons/{names[0]}"),
                ("DELETE", f"/lessons/{names[0]}"),
                ("PUT", "/worlds/main"),
                ("DELETE", "/worlds/main"),
            ):
                assert (await asker.ask(method, path + way)).status_code == status, (method, way)
        assert (await other.ask("DELETE", f"{path}/learners/anna")).status_code == 404
        await anna.got("DELETE", f"{path}/learners/anna")
        assert (await tess.got("GET", path))["learners"] == []
        await anna.got("POST", "/classes/join", {"code": made["code"]})
        await tess.got("DELETE", f"{path}/learners/anna")
        changed = await tess.got("POST", f"{path}/code")
        refused = await anna.ask("POST", "/classes/join", {"code": made["code"]})
        assert (refused.status_code, refused.json()["field"]) == (404, "code")
        await anna.got("POST", "/classes/join", {"code": changed["code"]})
        assert (await tess.ask("PUT", f"{path}/worlds/main")).status_code == 404
        assert (await tess.ask("PUT", f"{path}/lessons/none")).json()["field"] == "lesson"
        await tess.got("DELETE", path)
        assert (await anna.got("GET", "/classes"))["joined"] == []


@in_loop
async def test_codes_and_titles_are_refused_by_name(folder: Path) -> None:
    async with town_on(folder) as town:
        tess, made, _ = await a_class(town)
        for title in ("", "  ", "x" * 81):
            refused = await tess.ask("POST", "/classes", {"title": title})
            assert (refused.status_code, refused.json()["field"]) == (400, "title")
        own = await tess.ask("POST", "/classes/join", {"code": made["code"]})
        assert own.json()["message"] == say("class-own")
        anna = await town.person("anna")
        for _ in range(attempts.PER_PERSON_THERE.amount):
            wrong = await anna.ask("POST", "/classes/join", {"code": "AAAA BBBB"})
            assert wrong.json()["message"] == say("class-code-unknown")
        slowed = await anna.ask("POST", "/classes/join", {"code": made["code"]})
        assert (slowed.status_code, slowed.json()["code"]) == (429, "TOO_MANY_TRIES")


def test_no_spreadsheet_takes_a_title_for_a_formula() -> None:
    assert [cell(text) for text in ("=1+1", "+1", "-1", "@x", "Monday")] == [
        *("'=1+1", "'+1", "'-1", "'@x"),
        "Monday",
    ]


@in_loop
async def test_a_shared_world_has_an_account_for_each_of_the_class(folder: Path) -> None:
    """Its owner holds the clock; the world's name means nothing once it is gone."""
    async with town_on(folder) as town:
        tess, made, _ = await a_class(town)
        anna, bert = await town.person("anna"), await town.person("bert")
        path = f"/classes/{made['id']}"
        await anna.got("POST", "/classes/join", {"code": made["code"]})
        branch = {"name": "for-monday"}
        await tess.got("POST", "/worlds/main/branch", branch)
        inside = "/w/for-monday/api/v1"
        assert (await anna.ask("GET", f"{inside}/account")).status_code == 404
        page = await tess.got("PUT", f"{path}/worlds/for-monday")
        assert [each["name"] for each in page["worlds"]] == ["for-monday"]
        assert "for-monday" in json.dumps(await anna.got("GET", "/worlds"))
        assert "for-monday" not in json.dumps(await bert.got("GET", "/worlds"))
        account = await anna.got("GET", f"{inside}/account")
        assert (account["name"], account["free"]) == ("anna", "10000.00")
        assert (await anna.got("GET", f"{inside}/about"))["owns_world"] is False
        assert (await anna.ask("POST", f"{inside}/clock", {"action": "pause"})).status_code == 403
        for method, way in (("DELETE", ""), ("POST", "/stop"), ("PATCH", "")):
            refused = await anna.ask(method, f"/worlds/for-monday{way}", {"title": "mine"})
            assert refused.json()["code"] == "NOT_YOUR_WORLD"
        assert (await tess.got("GET", f"{inside}/account"))["name"] == "tess"
        assert (await tess.got("POST", f"{inside}/clock", {"action": "pause"}))["paused"] is True
        assert (await bert.ask("GET", f"{inside}/account")).status_code == 404
        await tess.got("DELETE", "/worlds/for-monday")
        await bert.got("POST", "/worlds/main/branch", branch)
        assert (await anna.ask("GET", f"{inside}/account")).status_code == 404


@in_loop
async def test_a_world_from_before_somebody_came_knows_them_when_they_come(folder: Path) -> None:
    """Its accounts are numbered anew: nobody's key is another's, and it opens again."""
    async with town_on(folder) as town:
        tess, made, _ = await a_class(town)
        seq = (await tess.got("GET", "/account"))["seq"]
        anna, bert = await town.person("anna", "trader"), await town.person("bert")
        for learner in (anna, bert):
            await learner.got("POST", "/classes/join", {"code": made["code"]})
        key = await anna.got("POST", "/keys", {})
        await tess.got("POST", "/worlds/main/branch", {"name": "early", "seq": seq})
        await tess.got("PUT", f"/classes/{made['id']}/worlds/early")
        inside = "/w/early/api/v1"
        for again in range(2):
            for learner, name in ((bert, "bert"), (anna, "anna")):
                account = await learner.got("GET", f"{inside}/account")
                assert (account["name"], account["free"]) == (name, "10000.00"), again
            await tess.got("POST", "/worlds/early/stop")
        accounts = open_accounts(folder.parent / "worlds" / "main" / "accounts.sqlite")
        inherited = open_accounts(folder.parent / "worlds" / "early" / "accounts.sqlite")
        assert accounts.key(key["key"]) is not None
        assert inherited.key(key["key"]) is None
        accounts.close()
        inherited.close()


@in_loop
async def test_many_requests_of_a_newcomer_make_one_account_with_money_once(folder: Path) -> None:
    async with town_on(folder) as town:
        tess, made, _ = await a_class(town)
        anna = await town.person("anna")
        await anna.got("POST", "/classes/join", {"code": made["code"]})
        await tess.got("POST", "/worlds", {"scenario": "flash-crash"})
        await tess.got("PUT", f"/classes/{made['id']}/worlds/flash-crash")
        asked = (anna.got("GET", "/w/flash-crash/api/v1/account") for _ in range(5))
        for account in await asyncio.gather(*asked):
            assert (account["name"], account["free"]) == ("anna", "10000.00")


@in_loop
async def test_nobody_comes_in_as_one_of_a_worlds_own_accounts(folder: Path) -> None:
    async with town_on(folder) as town:
        tess, made, _ = await a_class(town)
        buyer = await town.person("long-20x")
        await buyer.got("POST", "/classes/join", {"code": made["code"]})
        await tess.got("POST", "/worlds", {"scenario": "flash-crash"})
        await tess.got("PUT", f"/classes/{made['id']}/worlds/flash-crash")
        refused = await buyer.ask("GET", "/w/flash-crash/api/v1/account")
        assert (refused.status_code, refused.json()["code"]) == (409, "NAME_TAKEN")
