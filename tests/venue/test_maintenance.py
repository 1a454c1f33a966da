"""Maintenance through the native API: planned, told, met, over; and the status page's answer."""

from __future__ import annotations

import json
from pathlib import Path

from longshore.engine.codes import Phase
from longshore.explain import format as fmt
from longshore.explain.sentences import say
from longshore.venue.dialects.native.routes import PREFIX
from tests.venue.desk import SYMBOL, TOKEN, Desk, Socket, desk_on, in_loop, until
from tests.venue.people import town_on

MINUTE_MS = 60_000
PLAN = {"down_min": 30, "reason": "A new matching engine"}
ORDER = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01"}
SHORT = {"down_min": 1, "closing_min": 0, "opening_min": 0, "reason": "A short one"}


async def plan(desk: Desk, **fields: object) -> dict:
    reply = await desk.post("/operator/maintenance", PLAN | fields)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def status(desk: Desk) -> dict:
    reply = await desk.client.get(f"{PREFIX}/status")
    assert reply.status_code == 200, reply.text
    return reply.json()


async def refusal(desk: Desk, path: str, body: object) -> tuple[int, str, str]:
    reply = await desk.post(path, body)
    told = reply.json()
    return reply.status_code, told["code"], told["field"]


def part(told: dict, key: str) -> str:
    return next(each["state"] for each in told["parts"] if each["key"] == key)


@in_loop
async def test_the_course_as_a_trader_meets_it(folder: Path) -> None:
    """Refused by name, with the time when it opens; then traded."""
    async with desk_on(folder) as desk:
        made = await plan(desk, closing_min=1, opening_min=1, down_min=2)
        assert (made["phase"], made["reason"]) == ("closing", PLAN["reason"])
        assert (await refusal(desk, "/orders", ORDER))[1] == "MARKET_CANCEL_ONLY"
        told = await status(desk)
        assert (told["state"], part(told, "orders"), part(told, "money")) == (
            "limited", "limited", "up",
        )  # fmt: skip
        await desk.step(61)
        refused = await desk.post("/orders", ORDER)
        assert (refused.status_code, refused.json()["code"]) == (422, "VENUE_IN_MAINTENANCE")
        opens = say("downtime-refused", up=fmt.moment(made["opening"] * 1_000))
        assert refused.json()["message"] == opens
        told = await status(desk)
        assert (told["state"], part(told, "orders"), part(told, "money")) == ("down",) * 3
        assert {each["state"] for each in told["markets"]} == {"halted"}
        [under_way] = told["maintenance"]
        assert (under_way["id"], under_way["phase"]) == (made["id"], "down")
        assert under_way["reason"] == PLAN["reason"]
        await desk.step(121)
        assert (await refusal(desk, "/orders", ORDER))[1] == "MARKET_POST_ONLY"
        await desk.step(61)
        await desk.order()
        told = await status(desk)
        assert (told["state"], told["maintenance"]) == ("up", [])
        [was] = told["incidents"]
        assert (was["kind"], was["goes_on"]) == ("maintenance", False)
        assert was["until"] - was["begins"] == 4 * MINUTE_MS
        assert was["text"] == say("status-incident-maintenance", reason=PLAN["reason"])
        assert was["lasted"] == say("status-lasted", span="4 min")


@in_loop
async def test_everybody_is_told_on_board_and_stream(folder: Path) -> None:
    """Once a phase, and not once a market."""
    async with desk_on(folder) as desk:
        headers = {"host": "127.0.0.1:8000", "authorization": f"Bearer {TOKEN}"}
        socket = Socket(desk.app, f"{PREFIX}/stream", headers)
        assert (await socket.open())["type"] == "websocket.accept"
        await until(socket, "snapshot")
        ahead_ms = desk.station.venue.now_us // 1_000 + 2 * MINUTE_MS
        await plan(desk, **SHORT | {"from_ms": ahead_ms})
        notice = await until(socket, "notice")
        assert (notice["code"], notice["symbol"]) == ("DOWNTIME_ANNOUNCED", None)
        clock = (await until(socket, "clock"))["clock"]
        assert clock["maintenance"]["phase"] == "announced"
        await socket.close()
        await desk.step(240)
        told = [each["code"] for each in await desk.get("/notices")]
        ours = [code for code in told[::-1] if code.startswith(("DOWN", "HALT", "GOES"))]
        assert ours == [f"DOWNTIME_{Phase(each).name}" for each in (1, 3, 5)]


@in_loop
async def test_called_off_and_brought_to_its_end(folder: Path) -> None:
    async with desk_on(folder) as desk:
        ahead_ms = desk.station.venue.now_us // 1_000 + 60 * MINUTE_MS
        made = await plan(desk, from_ms=ahead_ms)
        assert made["phase"] == "announced"
        url = f"{PREFIX}/operator/maintenance/{made['id']}"
        assert (await desk.client.delete(url)).status_code == 200
        assert (await status(desk))["maintenance"] == []
        assert (await status(desk))["incidents"] == []
        assert (await desk.client.delete(url)).status_code == 404
        second = await plan(desk, **SHORT)
        assert second["phase"] == "down"
        await desk.client.delete(f"{PREFIX}/operator/maintenance/{second['id']}")
        await desk.order()
        log = [line["text"] for line in await desk.get("/operator/log")]
        assert log == [
            say("operator-did-maintenance-off", id=str(second["id"])),
            say("operator-did-maintenance", reason=SHORT["reason"]),
            say("operator-did-maintenance-off", id=str(made["id"])),
            say("operator-did-maintenance", reason=PLAN["reason"]),
        ]


@in_loop
async def test_what_cannot_be_planned_is_refused_by_its_field(folder: Path) -> None:
    async with desk_on(folder) as desk:
        before = desk.digest()
        path = "/operator/maintenance"
        for fields, code, field in (
            ({"down_min": 0}, "BAD_VALUE", "down_min"),
            ({"down_min": 10_081}, "BAD_VALUE", "down_min"),
            ({"closing_min": -1}, "BAD_VALUE", "closing_min"),
            ({"opening_min": "5"}, "BAD_VALUE", "opening_min"),
            ({"reason": ""}, "BAD_VALUE", "reason"),
            ({"reason": "two\nlines"}, "BAD_VALUE", "reason"),
            ({"reason": "x" * 281}, "BAD_VALUE", "reason"),
            ({"from_ms": 2**70}, "BAD_VALUE", "from_ms"),
            ({"from_ms": -1}, "BAD_VALUE", "from_ms"),
            ({"from_ms": 1}, "CHANGE_NOT_AHEAD", "from_ms"),
        ):
            assert (await refusal(desk, path, PLAN | fields))[1:] == (code, field), fields
        for text in ("", " ", "a\x00b", "x" * 281):
            assert await refusal(desk, "/operator/notices", {"text": text}) == (
                400, "BAD_VALUE", "text",
            )  # fmt: skip
        assert desk.digest() == before
        assert await desk.get("/operator/log") == []
        await plan(desk)
        assert (await refusal(desk, path, PLAN))[1:] == ("DOWNTIMES_OVERLAP", "from_ms")
        effect = (await desk.post("/operator/effect", {"maintenance": PLAN})).json()
        assert effect["refused"] == say("reject-downtimes-overlap")


@in_loop
async def test_an_effect_is_its_course_and_changes_nothing(folder: Path) -> None:
    async with desk_on(folder) as desk:
        before = desk.digest()
        effect = (await desk.post("/operator/effect", {"maintenance": PLAN})).json()
        assert effect["text"] == say("operator-did-maintenance", reason=PLAN["reason"])
        assert desk.digest() == before
        made = await plan(desk)
        assert effect["effects"] == [*made["steps"], say("downtime-ends")]


@in_loop
async def test_it_is_the_same_after_a_restart(folder: Path) -> None:
    """What is planned, why, and what has been, are in the journal."""
    async with desk_on(folder) as desk:
        ahead_ms = desk.station.venue.now_us // 1_000 + 2 * MINUTE_MS
        made = await plan(desk, closing_min=1, opening_min=0, down_min=1, from_ms=ahead_ms)
        await desk.step(61)
        before = (await status(desk))["maintenance"]
    async with desk_on(folder) as desk:
        assert (await status(desk))["maintenance"][0]["reason"] == PLAN["reason"]
        assert [each["id"] for each in before] == [made["id"]]
        await desk.step(180)
        told = await status(desk)
        assert [each["kind"] for each in told["incidents"]] == ["maintenance"]
        await desk.order()


@in_loop
async def test_incidents_are_what_is_known(folder: Path) -> None:
    """Halts, trouble and freezes with how long they lasted; none is typed in by anybody."""
    async with desk_on(folder) as desk:
        halt = {"symbol": SYMBOL, "state": "halted"}
        for method, path, body in (
            ("PUT", "/operator/state", halt),
            ("POST", "/operator/trouble", {"lost_percent": 20}),
            ("PUT", "/operator/custody/freeze", {"frozen": True}),
        ):
            reply = await desk.client.request(method, f"{PREFIX}{path}", json=body)
            assert reply.status_code == 200, reply.text
            await desk.step(30)
        told = await status(desk)
        assert told["state"] == "limited"
        assert (part(told, "orders"), part(told, "apis"), part(told, "money")) == ("limited",) * 3
        assert [(each["kind"], each["goes_on"]) for each in told["incidents"]] == [
            ("freeze", True),
            ("trouble", True),
            ("market", True),
        ]
        assert "20 %" in told["incidents"][1]["text"]
        await desk.client.put(f"{PREFIX}/operator/state", json=halt | {"state": "active"})
        await desk.post("/operator/trouble", {})
        await desk.client.put(f"{PREFIX}/operator/custody/freeze", json={"frozen": False})
        told = await status(desk)
        assert told["state"] == "up"
        lasted = [each["lasted"] for each in told["incidents"]]
        assert lasted == [say("status-lasted", span=f"{n} s") for n in (30, 60, 90)]


@in_loop
async def test_trouble_ends_with_a_restart(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.post("/operator/trouble", {"away_percent": 100})
        assert part(await status(desk), "apis") == "down"
    async with desk_on(folder) as desk:
        told = await status(desk)
        assert part(told, "apis") == "up"
        [was] = told["incidents"]
        assert (was["goes_on"], was["until"]) == (False, None)
        assert was["lasted"] == say("status-ended-unseen")


@in_loop
async def test_a_market_halted_before_is_halted_after(folder: Path) -> None:
    """One incident, from its halt on, and the maintenance beside it."""
    async with desk_on(folder) as desk:
        halt = {"symbol": SYMBOL, "state": "halted"}
        await desk.client.put(f"{PREFIX}/operator/state", json=halt)
        await desk.step(10)
        await plan(desk, **SHORT)
        await desk.step(100)
        told = await status(desk)
        going = [(each["kind"], each["symbol"], each["goes_on"]) for each in told["incidents"]]
        assert going == [("maintenance", None, False), ("market", SYMBOL, True)]


@in_loop
async def test_a_notice_is_for_everybody(folder: Path) -> None:
    async with desk_on(folder) as desk:
        text = "We are <b>back</b> & well."
        done = await desk.post("/operator/notices", {"text": text})
        assert done.json() == {"text": say("operator-did-notice", text=text)}
        assert [each["text"] for each in (await status(desk))["notices"]] == [text]
        [notice] = [each for each in await desk.get("/notices") if each["code"] == "NOTICE"]
        assert (notice["text"], notice["symbol"]) == (text, None)


@in_loop
async def test_anybody_may_ask_how_the_venue_is_and_learns_nothing_of_anyone(folder: Path) -> None:
    async with town_on(folder) as town:
        anna = await town.person("anna", "trader")
        await anna.order()
        olga = await town.person("olga", "operator")
        body = PLAN | {"reason": "Upkeep"}
        why = {"why": "for a reason of her own"}
        asked = await olga.ask("POST", "/operator/maintenance", body, params=why)
        assert asked.status_code == 200, asked.text
        assert (await anna.ask("POST", "/operator/maintenance", body)).status_code == 403
        said = json.dumps(await town.visitor().got("GET", "/status"))
        assert "Upkeep" in said
        assert not [word for word in ("anna", "olga", "her own") if word in said]
