"""An auditor sees what an operator sees and changes nothing: every route is walked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from longshore.explain.sentences import say
from longshore.venue.caller import Caller
from longshore.venue.dialects.native.wire import Operation
from tests.venue.desk import SYMBOL, TOKEN, in_loop
from tests.venue.people import PASSWORD, Visitor, town_on
from tests.venue.test_nobody_sees_anothers import operations_of

OWN = {
    ("DELETE", "/session"),
    *(("POST", "/me/code"), ("PUT", "/me/code"), ("DELETE", "/me/code"), ("PUT", "/me/password")),
}
"""What concerns nothing but an auditor's own signing in."""
NAMES = {"symbol": SYMBOL, "lesson": "first-trade", "name": "anna", "product": "perpetual"}
NAMES |= {"world": "main"}
RULES = {"/operator/rules": {"symbol": SYMBOL}}
UNKNOWN = {"no-such-word": "1"}
"""What is looked at only after whether somebody may ask at all."""
BOOKKEEPING = ("/account", "/orders", "/fills", "/ledger", "/support/tickets")


def path_of(operation: Operation) -> str:
    """With names in it that are there, and with 1 for whatever has numbers."""
    return re.sub(r"\{(\w+)\}", lambda found: NAMES.get(found[1], "1"), operation.path)


async def given(town: Any, name: str, role: str) -> Any:
    operator = {"Authorization": f"Bearer {TOKEN}"}
    path = f"/operator/people/{name}?why=a+test"
    return await Visitor(town.app).ask("PATCH", path, {"role": role}, headers=operator)


@in_loop
async def test_every_change_is_refused_and_every_look_is_allowed(folder: Path) -> None:
    async with town_on(folder) as town:
        anna = await town.person("anna", "trader")
        await anna.order(leverage="5")
        eve = await town.person("eve", "auditor")
        digest = town.desk.digest()
        seen, changes = 0, 0
        for operation in operations_of(town.app):
            at = (operation.method, operation.path)
            if operation.needs == "nobody" or at in OWN:
                continue
            is_operators = operation.is_operators and "{" not in operation.path
            query = RULES.get(operation.path, {}) if is_operators else UNKNOWN
            reply = await eve.ask(operation.method, path_of(operation), {}, params=query)
            if operation.method == "GET":
                allowed = 200 if is_operators else 400
                assert reply.status_code == allowed, (at, reply.text)
                seen += is_operators
                continue
            told = reply.json()
            assert (reply.status_code, told["code"]) == (403, "NOT_ALLOWED"), (at, reply.text)
            assert told["message"] == say("people-needs-auditor")
            changes += 1
        assert seen >= 12
        assert changes >= 70
        for path in BOOKKEEPING:
            assert (await eve.ask("GET", f"{path}?account=anna")).status_code == 200, path
        assert (await eve.got("GET", "/account?account=anna"))["positions"]
        everybody = await eve.got("GET", "/operator/people")
        assert [each["name"] for each in everybody] == ["anna", "eve"]
        assert town.desk.digest() == digest
        about = await eve.got("GET", "/about")
        assert (about["role"], about["owns_world"]) == ("auditor", False)


@in_loop
async def test_signing_in_is_an_auditors_own(folder: Path) -> None:
    async with town_on(folder) as town:
        eve = await town.person("eve", "auditor")
        assert (await eve.got("GET", "/me"))["told"][0] == say("people-role-auditor")
        assert {(o.method, o.path) for o in operations_of(town.app) if o.needs == "self"} == OWN
        body = {"password": PASSWORD, "new_password": "another long word"}
        await eve.got("PUT", "/me/password", body)
        chosen = await eve.ask("PATCH", "/me", {"role": "trader"})
        assert chosen.json()["code"] == "NOT_ALLOWED"
        await eve.got("DELETE", "/session")
        assert (await eve.ask("GET", "/operator/log")).status_code == 401


@in_loop
async def test_whoever_audits_has_nothing_at_stake(folder: Path) -> None:
    async with town_on(folder) as town:
        kim = await town.person("kim", "trader")
        key = await kim.got("POST", "/keys", {})
        refused = await given(town, "kim", "auditor")
        assert (refused.status_code, refused.json()["code"]) == (409, "AUDITOR_TRADES")
        assert refused.json()["message"] == say("people-auditor-trades")
        assert key["key"]
        [row] = await kim.got("GET", "/keys")
        await kim.got("DELETE", f"/keys/{row['id']}")
        resting = await kim.order(type="limit", price="50000")
        assert (await given(town, "kim", "auditor")).status_code == 409
        await kim.got("DELETE", f"/orders/{resting['order']['id']}")
        await kim.order()
        assert (await given(town, "kim", "auditor")).status_code == 409
        await kim.got("POST", f"/positions/{SYMBOL}/close", {})
        assert (await given(town, "kim", "auditor")).status_code == 200
        order = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"}
        assert (await kim.ask("POST", "/orders", order)).status_code == 403


@pytest.mark.parametrize("need", ["account", "trader", "teacher", "world", "operator"])
def test_an_auditor_may_look_whatever_is_needed(need: Any) -> None:
    eve = Caller("eve", "auditor", owns_world=True)
    assert eve.may(need, looks=True)
    assert not eve.may(need)
    assert not Caller("kim", "trader").may("operator", looks=True)
