"""The operator's console: what stands, what would come of an act, and what was done and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from longshore.engine.codes import System
from longshore.engine.ledger import system_wallet
from longshore.engine.state import balance_slot
from longshore.explain.operator import did
from longshore.explain.sentences import LANGUAGES, say, speaking
from longshore.venue.caller import Role
from longshore.venue.dialects.native.routes import OPERATIONS
from longshore.venue.trouble import TroubleTerms
from tests.venue.desk import SYMBOL, desk_on, in_loop
from tests.venue.people import town_on

HALT = {"symbol": SYMBOL, "state": "halted"}
FALL = {"symbol": SYMBOL, "percent": "-30"}
TIER = {"symbol": SYMBOL, "term": "tier", "values": ["0.04", "0.02"]}
CALM = {"seed": 1, "delay_ms": 0}
DEEDS = {
    "state": [HALT | {"state": s} for s in ("active", "post_only", "cancel_only", "halted")],
    "index": [FALL, FALL | {"percent": "5"}],
    "terms": [TIER, TIER | {"effective_ms": 1_800_000_000_000}, TIER | {"term": "collar"}],
    "trouble": [CALM, dict.fromkeys(TroubleTerms.__struct_fields__, 5)],
    "alert": [{"id": "1", "state": each} for each in ("open", "dismissed", "escalated")],
    "ticket": [{"id": "1", "template": "received"}],
    "ticket-state": [{"id": "1", "state": each} for each in ("closed", "reopened")],
    "identity": [{"case": "c", "accept": each} for each in (True, False)],
    "cut": [{}],
    "maintenance": [{"down_min": 5, "reason": "A new engine"}],
    "maintenance-off": [{"id": "7"}],
    "notice": [{"text": "All is well."}],
    "clock": [
        *({"action": "pause"}, {"action": "resume"}),
        *({"action": "speed", "speed": "5"}, {"action": "step", "step_ms": 10}),
    ],
    "account": [{"name": "kim", "deposits": d} for d in ({}, {"USD": "5", "XBT": "1"})],
    "deposit": [{"account": "kim", "asset": "USD", "amount": "5"}],
    "key": [{"account": "kim"}, {"account": "kim", "permissions": ["read"]}],
    "gift": [{"amount": "1", "asset": "USD", "address": "hull1", "network": "ferry"}],
    "freeze": [{"frozen": True}, {"frozen": False}],
    "recovery": [{"id": 1, "account": "kim"}],
    "propose": [{"id": 1, "act": "cut", "given": {}}],
    **{act: [{"id": "1"}] for act in ("ticket", "approve", "decline", "withdraw")},
    "role": [{"name": "kim", "role": "teacher"}],
    "password": [{"name": "kim"}],
    "import": [{"file": "a.world"}],
    "export": [{"world": "main"}],
    "rest": [{"world": "w"}],
    "delete": [{"world": "w"}],
}


async def log(desk):
    return await desk.get("/operator/log")


async def acted(desk, path, body, why=""):
    method = "PUT" if path == "/operator/state" else "POST"
    params = {"why": why} if why else {}
    return await desk.client.request(method, f"/api/v1{path}", json=body, params=params)


@in_loop
async def test_a_halt_is_told_before_done_and_logged_with_its_reason(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        await desk.order()
        before = desk.digest()
        effect = (await desk.post("/operator/effect", {"state": HALT})).json()
        [there] = [m for m in await desk.get("/operator/markets") if m["symbol"] == SYMBOL]
        assert there["positions"] == 2  # the learner's and the maker's
        assert effect["text"] == did("state", HALT)
        counts = {"orders": str(there["orders"]), "positions": "2"}
        means, stands, nobody = effect["effects"]
        assert means == say("market-state-halted")
        assert stands == say("operator-stands", **counts)
        assert nobody == say("operator-nothing")
        assert desk.digest() == before
        assert await log(desk) == []
        done = await acted(desk, "/operator/state", HALT, "a drill")
        assert done.json() == {"text": effect["text"]}
        order = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"}
        refused = await desk.post("/orders", order)
        assert refused.json()["code"] == "MARKET_HALTED"
        [line] = await log(desk)
        assert (line["who"], line["why"], line["text"]) == ("", "a drill", effect["text"])
        assert line["world_time"] == desk.station.venue.now_us // 1_000
        await acted(desk, "/operator/state", HALT | {"state": "active"}, "the drill is over")
        await desk.order()
        assert [each["why"] for each in await log(desk)] == ["the drill is over", "a drill"]


@in_loop
async def test_what_an_index_would_do_is_what_it_does(tmp_path: Path) -> None:
    """The same accounts are liquidated as were told, and the price moves by what was asked."""
    async with desk_on(tmp_path) as desk:
        await desk.order(size="0.5", leverage="10")
        before = await desk.get(f"/markets/{SYMBOL}")
        effect = (await desk.post("/operator/effect", {"index": FALL})).json()
        assert say("operator-liquidated", count="1") in effect["effects"]
        done = await acted(desk, "/operator/index", FALL)
        assert done.status_code == 200, done.text
        after = await desk.get(f"/markets/{SYMBOL}")
        assert float(after["index"]) == pytest.approx(0.7 * float(before["index"]), rel=1e-4)
        assert len(await desk.get("/liquidations")) == 1
        [line] = await log(desk)
        assert (line["why"], line["text"]) == ("", did("index", FALL))


@in_loop
async def test_terms_stand_beside_their_file_and_other_rulebooks(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        url = f"/operator/rules?symbol={SYMBOL}"
        untouched = await desk.get(url)
        assert all(each["now"] == each["file"] for each in untouched["terms"])
        assert {"tier", "fees", "funding_cap"} < {each["term"] for each in untouched["terms"]}
        assert untouched["differences"] == []
        effect = (await desk.post("/operator/effect", {"terms": TIER})).json()
        assert effect["effects"][0].startswith(f"{SYMBOL}: margin (initial / maintenance)")
        assert (await acted(desk, "/operator/terms", TIER, "riskier days")).status_code == 200
        [changed] = [each for each in (await desk.get(url))["terms"] if each["now"] != each["file"]]
        assert (changed["term"], changed["tier"], changed["now"]) == ("tier", 0, TIER["values"])
        beside = await desk.get(f"{url}&against={untouched['rulebooks'][0]}")
        assert beside["differences"]
        assert all(each["left"] != each["right"] for each in beside["differences"])
        spot = await desk.get("/operator/rules?symbol=XBT/USD")
        assert {each["term"] for each in spot["terms"]} == {"fees", "order_max", "market_band"}


@in_loop
async def test_a_law_that_is_broken_is_found(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        told = await desk.get("/operator/checks")
        assert [each["holds"] for each in told["checks"]] == [True, True, True]
        held = desk.station.venue.view.balances[balance_slot(system_wallet(System.VENUE), 1)]
        held.amount_atoms += 1
        conserved, *others = (await desk.get("/operator/checks"))["checks"]
        held.amount_atoms -= 1
        assert not conserved["holds"]
        assert "asset 1" in conserved["text"]
        assert all(each["holds"] for each in others)


@in_loop
async def test_what_is_refused_is_not_logged(tmp_path: Path) -> None:
    bad = [
        ("/operator/state", HALT | {"symbol": "PF_NONE"}, 404, "symbol"),
        ("/operator/state", HALT | {"state": "shut"}, 400, "state"),
        ("/operator/state", HALT | {"state": "expired"}, 400, "state"),
        ("/operator/index", FALL | {"percent": "0"}, 400, "percent"),
        ("/operator/index", FALL | {"percent": "-95"}, 400, "percent"),
        ("/operator/index", FALL | {"percent": "much"}, 400, "percent"),
        ("/operator/index", FALL | {"percent": "0.00001"}, 400, "percent"),
        ("/operator/effect", {}, 400, "state"),
        ("/operator/effect", {"state": HALT, "index": FALL}, 400, "index"),
        ("/operator/effect", {"cut": False}, 400, "state"),
        ("/operator/effect", {"cut": "yes"}, 400, "cut"),
    ]
    async with desk_on(tmp_path) as desk:
        before = desk.digest()
        for path, body, status, field in bad:
            reply = await acted(desk, path, body, "" if "effect" in path else "no good")
            assert (reply.status_code, reply.json()["field"]) == (status, field), reply.text
        for why in ("x" * 281, "two\nlines"):
            reply = await acted(desk, "/operator/state", HALT, why)
            assert (reply.status_code, reply.json()["field"]) == (400, "why")
        wrong = {"terms": TIER | {"values": ["0.02", "0.03"]}}
        assert (await desk.post("/operator/effect", wrong)).json()["refused"]
        assert await log(desk) == []
        assert desk.digest() == before


@in_loop
async def test_the_clock_is_logged_where_a_reason_is_given(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        await acted(desk, "/clock", {"action": "step", "step_ms": 10})
        await acted(desk, "/clock", {"action": "step", "step_ms": 20}, "to the hour")
        assert [each["text"] for each in await log(desk)] == [
            did("clock", {"action": "step", "step_ms": 20})
        ]
        await desk.account("kim")
        newest, older = await log(desk)
        made = {"name": "kim", "deposits": {"USD": "10000"}}
        assert newest["text"] == did("account", made)
        assert await desk.get(f"/operator/log?before={newest['id']}") == [older]
    async with desk_on(tmp_path) as again:
        assert len(await log(again)) == 2


@pytest.mark.parametrize("role", ["learner", "trader", "teacher"])
@in_loop
async def test_nobody_but_an_operator_is_let_in(folder: Path, role: Role) -> None:
    """Every operator's route, with what it could carry out, and without anything having changed."""
    bodies = {"/operator/state": HALT, "/operator/index": FALL, "/operator/terms": TIER,
              "/operator/effect": {"state": HALT}}  # fmt: skip
    ours = [o for o in OPERATIONS if o.path.startswith("/operator/")]
    assert len(ours) >= 16
    async with town_on(folder) as town:
        kim, before = await town.person("kim", role), town.desk.digest()
        for operation in ours:
            path = f"{operation.path}?why=because"
            reply = await kim.ask(operation.method, path, bodies.get(operation.path, {}))
            refusal = (403, "NOT_ALLOWED", say(f"people-needs-{operation.needs}"))
            told = reply.json()
            assert (reply.status_code, told["code"], told["message"]) == refusal, operation.path
        assert town.desk.digest() == before
        boss = await town.person("boss", "operator")
        await boss.got("PUT", "/operator/state", HALT)
        newest, role_given, *_ = await boss.got("GET", "/operator/log")
        assert (newest["who"], role_given["who"]) == ("boss", "")
        assert role_given["text"] == did("role", {"name": "boss", "role": "operator"})


def test_every_deed_is_said_in_every_language() -> None:
    for language in LANGUAGES:
        with speaking(language):
            lines = {act: [did(act, given) for given in DEEDS[act]] for act in DEEDS}
        assert all("–" not in line for told in lines.values() for line in told), lines
        assert all(len(set(told)) == len(told) for told in lines.values())
