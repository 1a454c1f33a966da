"""Where a venue wants two people: what waits, who may approve it, and that it is done once."""

from __future__ import annotations

import asyncio
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from longshore.explain.operator import did
from longshore.explain.sentences import LANGUAGES, say, speaking
from longshore.venue import proposals
from longshore.venue.accounts import open_accounts
from longshore.venue.auth import passed_on
from longshore.venue.caller import Caller
from longshore.venue.dialects.native.four_eyes import FOUR_EYES
from longshore.venue.dialects.native.routes import OPERATIONS
from longshore.venue.people.door import SEAL, SESSION, seal_of
from longshore.venue.proposals import LAPSE_MS
from longshore.venue.server import Options, ServeError, bind
from tests.venue.desk import SYMBOL, TOKEN, desk_on, in_loop
from tests.venue.people import Town, Visitor, town_on

PAGE = Path(__file__).parents[2] / "docs/how-to/operate-a-venue.md"
DEPOSIT = {"account": "learner", "asset": "USD", "amount": "5"}
HALT = {"symbol": SYMBOL, "state": "halted"}
OPEN = {"symbol": SYMBOL, "state": "active"}
TIER = {"symbol": SYMBOL, "term": "tier", "values": ["0.04", "0.02"]}
GIFT = {"network": "ferry", "asset": "USD", "address": "none", "amount": "1"}
NAMES = {"name": "learner", "id": "1"}
ACTS: dict[str, Any] = {
    "account": {"name": "kim", "deposits": {"USD": "5"}},
    "account-state": {"state": "close_only"},
    "deposit": DEPOSIT,
    "freeze": {"frozen": False},
    "gift": GIFT,
    "index": {"symbol": SYMBOL, "percent": "-30"},
    "key": {"account": "learner"},
    "maintenance": {"down_min": 30, "reason": "A new engine."},
    "maintenance-off": None,
    "password": None,
    "recovery": {"id": 1, "account": "learner"},
    "role": {"role": "operator"},
    "state": OPEN,
    "terms": TIER,
}


@pytest.fixture(scope="module")
def staffed(born: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which three operators have signed up."""
    data = tmp_path_factory.mktemp("staffed")
    shutil.copytree(born, data / "world")

    async def sign_up() -> None:
        async with town_on(data / "world") as town:
            for name in ("ada", "bob", "cyd"):
                await town.person(name, "operator")

    asyncio.run(sign_up())
    return data


@pytest.fixture
def folder(staffed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(staffed, tmp_path, dirs_exist_ok=True)
    return tmp_path / "world"


def back(town: Town, name: str) -> Visitor:
    """Somebody who signed up before, in a browser that is signed in."""
    visitor, token = town.visitor(), town.people.store.sign_in(name)
    visitor.http.cookies.update({SESSION: token, SEAL: seal_of(token)})
    return visitor


def two(town: Town) -> tuple[Visitor, Visitor]:
    return back(town, "ada"), back(town, "bob")


async def asked(who: Visitor, method: str, path: str, body: object = None, why: str = "so") -> Any:
    return await who.ask(method, f"{path}?why={why}" if why else path, body)


async def proposed(who: Visitor, path: str = "/operator/deposits", body: object = DEPOSIT) -> int:
    method = "PUT" if path == "/operator/state" else "POST"
    reply = await asked(who, method, path, body)
    assert reply.status_code == 202, reply.text
    return int(reply.json()["proposal"])


def verb(number: int, name: str) -> str:
    return f"/operator/proposals/{number}/{name}"


async def free(town: Town) -> str:
    return str((await town.desk.get("/account"))["free"])


async def log(who: Visitor) -> list[tuple[str, str, str, str]]:
    lines = await who.got("GET", "/operator/log")
    return [(each["who"], each["approved_by"], each["why"], each["text"]) for each in lines]


def refused(reply: Any, status: int, code: str, field: str = "") -> None:
    told = reply.json()
    assert (reply.status_code, told["code"], told["field"]) == (status, code, field), reply.text
    assert told["message"]


@in_loop
async def test_a_second_person_has_it_done_and_both_stand_in_the_log(folder: Path) -> None:
    async with town_on(folder, four_eyes=True) as town:
        ada, bob = two(town)
        before = await free(town)
        reply = await asked(ada, "POST", "/operator/deposits", DEPOSIT, "prize")
        waits = reply.json()
        text = did("deposit", DEPOSIT)
        assert reply.status_code == 202
        assert text in waits["text"]
        assert await free(town) == before
        page = await bob.got("GET", "/operator/proposals?waiting=true")
        [line] = page["proposals"]
        assert page["four_eyes"]
        assert (line["who"], line["why"], line["text"]) == ("ada", "prize", text)
        assert not line["is_own"]
        done = await asked(bob, "POST", verb(line["id"], "approve"), why="seen it")
        assert done.status_code == 200
        assert done.json()["account"] == "learner"  # what a deposit answers
        assert float(await free(town)) == float(before) + 5
        approved, deed, waited, *_ = await log(ada)
        assert deed == ("ada", "bob", "prize", text)
        assert approved == ("bob", "", "seen it", did("approve", {"id": 1}))
        asked_for = {"id": 1, "act": "deposit", "given": DEPOSIT}
        assert waited == ("ada", "", "prize", did("propose", asked_for))
        [line] = (await ada.got("GET", "/operator/proposals"))["proposals"]
        assert (line["state"], line["decided_by"], line["is_own"]) == ("approved", "bob", True)
        again = await asked(bob, "POST", verb(line["id"], "approve"))
        refused(again, 409, "NOT_WAITING", "id")
        assert again.json()["message"] == say("proposal-is-approved")
        assert float(await free(town)) == float(before) + 5


@in_loop
async def test_every_act_of_the_list_waits_and_a_venue_without_it_waits_for_none(
    folder: Path,
) -> None:
    async with town_on(folder, four_eyes=True) as town:
        (ada, _), digest = two(town), town.desk.digest()
        routes = [*OPERATIONS, *town.people.operations()]
        listed = {each.act: each for each in routes if each.act in FOUR_EYES}
        assert listed.keys() == FOUR_EYES.keys() == ACTS.keys()
        assert len([each for each in routes if each.act in FOUR_EYES]) == len(listed)
        for act, operation in listed.items():
            assert operation.argument("query") is None  # a proposal keeps path and body
            path = operation.path.format(**NAMES)
            reply = await asked(ada, operation.method, path, ACTS[act])
            assert reply.status_code == 202, (act, reply.text)
        assert town.desk.digest() == digest
        town.desk.station.venue.proposals.four_eyes = False
        done = await ada.ask("POST", "/operator/deposits", DEPOSIT)
        assert done.status_code == 200


@in_loop
async def test_who_may_not(folder: Path) -> None:
    async with town_on(folder, four_eyes=True) as town:
        ada, bob = two(town)
        digest, number = town.desk.digest(), await proposed(ada)
        for name in ("approve", "decline"):
            own = await asked(ada, "POST", verb(number, name))
            refused(own, 403, "OWN_PROPOSAL", "id")
        refused(await asked(bob, "POST", verb(number, "withdraw")), 403, "NOT_YOUR_PROPOSAL", "id")
        refused(await asked(bob, "POST", verb(number, "decline"), why=""), 400, "BAD_VALUE", "why")
        refused(await asked(bob, "POST", verb(number, "approve"), why=""), 400, "BAD_VALUE", "why")
        refused(await asked(bob, "POST", verb(9, "approve")), 404, "UNKNOWN_PROPOSAL", "id")
        refused(await asked(bob, "POST", "/operator/proposals/x/approve"), 400, "BAD_VALUE", "id")
        for role in ("trader", "teacher"):
            other = await town.person(f"a-{role}", role)
            refused(await asked(other, "POST", verb(number, "approve")), 403, "NOT_ALLOWED")
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        token = Visitor(town.app)
        for path, body in (("/operator/deposits", DEPOSIT), (verb(number, "approve"), None)):
            reply = await token.ask("POST", f"{path}?why=so", body, headers=bearer)
            refused(reply, 403, "NOT_A_PERSON")
            assert reply.json()["message"] == say("proposals-named")
        [line] = (await bob.got("GET", "/operator/proposals"))["proposals"]
        assert (line["state"], line["decided_by"]) == ("waiting", "")
        accounts = town.desk.station.venue.accounts.names()
        assert accounts.keys() >= {"a-trader", "a-teacher"}
        assert town.desk.digest() != digest  # by those two, who have practice money now


@in_loop
async def test_a_proposal_is_declined_withdrawn_or_lapses(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with town_on(folder, four_eyes=True) as town:
        ada, bob = two(town)
        digest = town.desk.digest()
        monkeypatch.setattr(proposals, "WAITING_MAX", 3)
        declined, withdrawn, lapsed = [await proposed(ada) for _ in range(3)]
        more = await asked(ada, "POST", "/operator/deposits", DEPOSIT)
        refused(more, 409, "TOO_MANY_PROPOSALS")
        no = await asked(bob, "POST", verb(declined, "decline"), why="too much")
        assert no.json() == {"text": did("decline", {"id": declined})}
        assert (await asked(ada, "POST", verb(withdrawn, "withdraw"))).status_code == 200
        now_ms = proposals.now_ms()
        monkeypatch.setattr(proposals, "now_ms", lambda: now_ms + LAPSE_MS + 1_000)
        found = (await bob.got("GET", "/operator/proposals"))["proposals"]
        assert [each["state"] for each in found] == ["lapsed", "withdrawn", "declined"]
        assert found[2]["decided_why"] == "too much"
        assert (await bob.got("GET", "/operator/proposals?waiting=true"))["proposals"] == []
        for number in (declined, withdrawn, lapsed):
            for name in ("approve", "decline"):
                reply = await asked(bob, "POST", verb(number, name))
                refused(reply, 409, "NOT_WAITING", "id")
        assert town.desk.digest() == digest
        whys = [why for _, _, why, _ in await log(bob)]
        assert whys[:2] == ["so", "too much"]


@in_loop
async def test_of_two_who_approve_at_once_one_does(folder: Path) -> None:
    async with town_on(folder, four_eyes=True) as town:
        ada, bob = two(town)
        cyd = back(town, "cyd")
        before, number = float(await free(town)), await proposed(ada)
        asks = [asked(who, "POST", verb(number, "approve")) for who in (bob, cyd, bob, cyd)]
        statuses = sorted(reply.status_code for reply in await asyncio.gather(*asks))
        assert statuses == [200, 409, 409, 409]
        assert float(await free(town)) == before + 5


@in_loop
async def test_what_cannot_be_done_any_more_says_so_and_waits_on(folder: Path) -> None:
    async with town_on(folder, four_eyes=True) as town:
        ada, bob = two(town)
        digest = town.desk.digest()
        number = await proposed(ada, body=DEPOSIT | {"account": "nobody"})
        refused(
            await asked(bob, "POST", verb(number, "approve")), 404, "UNKNOWN_ACCOUNT", "account"
        )
        bad = await proposed(ada, "/operator/terms", TIER | {"values": ["0.02", "0.03"]})
        assert (await asked(bob, "POST", verb(bad, "approve"))).status_code == 422
        effect = await bob.got("POST", "/operator/effect", {"proposal": bad})
        assert effect["refused"]
        assert town.desk.digest() == digest
        page = await bob.got("GET", "/operator/proposals?waiting=true")
        assert [each["id"] for each in page["proposals"]] == [number, bad]
        assert [each["decided_by"] for each in page["proposals"]] == ["", ""]
        assert all(not second for _, second, _, _ in await log(bob))
        huge = await asked(ada, "POST", "/operator/terms", TIER | {"tier": 10**30})
        refused(huge, 400, "BAD_VALUE", "tier")
        long = await asked(ada, "POST", "/operator/deposits", DEPOSIT | {"account": "x" * 5_000})
        refused(long, 413, "BODY_TOO_LARGE")
        beyond = await ada.ask("POST", "/operator/effect", {"proposal": 10**30})
        refused(beyond, 400, "BAD_VALUE", "proposal")
        unread = await asked(ada, "POST", "/operator/deposits", DEPOSIT | {"amount": 5})
        refused(unread, 400, "BAD_VALUE", "amount")


@in_loop
async def test_a_halt_is_at_once_and_its_end_takes_two(folder: Path) -> None:
    async with town_on(folder, four_eyes=True) as town:
        ada, bob = two(town)
        assert (await asked(ada, "PUT", "/operator/state", HALT, "it burns")).status_code == 200
        assert (await ada.got("GET", f"/markets/{SYMBOL}"))["state"] == "halted"
        number = await proposed(ada, "/operator/state", OPEN)
        effect = await bob.got("POST", "/operator/effect", {"proposal": number})
        assert effect["text"] == did("state", OPEN)
        assert say("operator-state-active") in effect["effects"]
        assert (await ada.got("GET", f"/markets/{SYMBOL}"))["state"] == "halted"
        assert (await asked(bob, "POST", verb(number, "approve"))).status_code == 200
        assert (await ada.got("GET", f"/markets/{SYMBOL}"))["state"] == "active"
        for path, now, back in (
            ("/operator/custody/freeze", {"frozen": True}, {"frozen": False}),
            ("/operator/accounts/learner/state", {"state": "frozen"}, {"state": "active"}),
        ):
            assert (await asked(bob, "PUT", path, now)).status_code == 200
            assert (await asked(bob, "PUT", path, back)).status_code == 202
        told = await ada.got("POST", "/operator/effect", {"state": OPEN})
        assert told["effects"][0] == say("operator-takes-two")
        told = await ada.got("POST", "/operator/effect", {"state": HALT})
        assert say("operator-takes-two") not in told["effects"]


@in_loop
async def test_nobody_acts_alone_by_another_way(folder: Path) -> None:
    """In another's name, by a role or a password of one's own giving, or without a reason."""
    async with town_on(folder, four_eyes=True) as town:
        ada, bob = two(town)
        anna = await town.person("anna")
        order = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"}
        before = await anna.got("GET", "/account")
        reply = await ada.ask("POST", "/orders?account=anna", order)
        refused(reply, 403, "ANOTHERS_NAME", "account")
        assert (await ada.got("GET", "/account?account=anna"))["name"] == "anna"
        await ada.order()
        people = "/operator/people/anna"
        assert (await asked(ada, "PATCH", people, {"role": "operator"})).status_code == 202
        given = await asked(ada, "POST", f"{people}/password")
        assert given.status_code == 202
        assert (await anna.got("GET", "/me"))["role"] == "learner"
        assert (await anna.got("GET", "/account")) | {"seq": 0} == before | {"seq": 0}
        done = await asked(bob, "POST", verb(given.json()["proposal"], "approve"))
        assert (await town.visitor().sign_in("anna", done.json()["password"])).status_code == 200
        for path, body in (("/operator/deposits", DEPOSIT), ("/operator/trouble", {"seed": 1})):
            refused(await asked(ada, "POST", path, body, ""), 400, "BAD_VALUE", "why")


KILLED = """
import os, signal, sys
from pathlib import Path
from longshore.venue.accounts import open_accounts
from longshore.venue.auth import passed_on
from longshore.venue.caller import Caller
from longshore.venue.proposals import Asked, Proposals, now_ms
kept = Proposals(open_accounts(Path(sys.argv[1])).engine)
for _ in range(2):
    kept.add(Asked(act="cut", path={}, body={}, who="ada", why="", wall_ms=now_ms(), world_ms=1), 1)
assert kept.decide(2, "taken", "bob", "")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_kill_loses_no_proposal_and_one_cut_short_is_not_done_twice(tmp_path: Path) -> None:
    path = tmp_path / "accounts.sqlite"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    accounts = open_accounts(path)
    kept = proposals.Proposals(accounts.engine)
    assert [each.state for each in kept.newest(9)] == ["interrupted", "waiting"]
    assert not kept.decide(2, "taken", "bob", "")
    assert kept.decide(1, "taken", "bob", "")
    accounts.close()


@in_loop
async def test_proposals_outlive_the_venue(folder: Path) -> None:
    async with town_on(folder, four_eyes=True) as town:
        ada, _ = two(town)
        number = await proposed(ada)
    async with town_on(folder, four_eyes=True) as town:
        bob = back(town, "bob")
        before = float(await free(town))
        assert (await asked(bob, "POST", verb(number, "approve"))).status_code == 200
        assert float(await free(town)) == before + 5


@in_loop
async def test_in_a_world_of_ones_own_nothing_waits_and_in_anothers_it_does(tmp_path: Path) -> None:
    """As the process of such a world is asked by its venue."""
    async with desk_on(tmp_path) as desk:
        desk.station.venue.proposals.four_eyes = True
        owner = Caller("anna", "operator", owns_world=True, acts_as="learner")
        guest = Caller("bob", "operator", acts_as="learner")

        async def status(who: Caller, path: str, body: object) -> int:
            name, value = passed_on(who)
            headers = {name.decode(): value.decode()}
            reply = await desk.client.post(f"/api/v1{path}", json=body, headers=headers)
            return reply.status_code

        order = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"}
        for path, body, owners, guests in (
            ("/operator/terms?why=so", TIER, 200, 202),
            ("/operator/deposits?why=so", DEPOSIT, 200, 202),
            ("/orders", order, 200, 403),
        ):
            assert await status(owner, path, body) == owners
            assert await status(guest, path, body) == guests


def test_the_page_names_each_route_that_waits() -> None:
    page = PAGE.read_text("utf-8")
    part = page.split("## Two people")[1].split("## ")[0]
    paths = [o.path for o in OPERATIONS if o.act in FOUR_EYES]
    assert [path for path in paths if f"{path}`" not in part] == []


def test_it_takes_people_who_sign_in(tmp_path: Path) -> None:
    with pytest.raises(ServeError, match="--accounts"):
        bind(Options(data=tmp_path, port=0, four_eyes=True))


def test_each_proposal_is_told_in_every_language() -> None:
    for language in LANGUAGES:
        with speaking(language):
            given = {act: NAMES | (body or {}) for act, body in ACTS.items()}
            told = [did("propose", {"id": 1, "act": a, "given": given[a]}) for a in ACTS]
            means = [
                say(f"operator-means-{act}")
                for act in ACTS
                if act not in ("index", "maintenance", "state", "terms")
            ]
        assert len(set(told)) == len(ACTS)
        assert not any("–" in line for line in [*told, *means])
