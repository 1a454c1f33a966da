"""Debriefs over the API: parts that add up, the plan beside, nothing told before it is chosen."""

from __future__ import annotations

from decimal import Decimal

from tests.venue.desk import BASE, SYMBOL, TOKEN, Socket, desk_on, in_loop, until
from tests.venue.test_plans import begun


async def traded(desk, *, widen=False):
    """A planned long, its stop moved away or not, closed by hand; its debrief's id."""
    _, _, order = await begun(desk)
    placed = await desk.order(**order)
    await desk.step(30)
    if widen:
        stop = placed["stop"]
        price = str(int(Decimal(stop["trigger_price"])) - 10)
        body = {"trigger_price": price}
        reply = await desk.client.patch(f"/api/v1/orders/{stop['id']}?account=learner", json=body)
        assert reply.status_code == 200, reply.text
    await desk.step(30)
    await desk.post(f"/positions/{SYMBOL}/close", {})
    return (await desk.get("/debriefs"))[0]["id"]


@in_loop
async def test_the_parts_add_up_to_what_the_account_lost(folder):
    """UX-30: exact and as shown; plan and what happened stand side by side."""
    async with desk_on(folder) as desk:
        before = Decimal((await desk.get("/account"))["equity"])
        key = await traded(desk)
        after = Decimal((await desk.get("/account"))["equity"])
        told = await desk.get(f"/debriefs/{key}")
        exact = sum(Decimal(part["exact"]) for part in told["parts"])
        assert exact == Decimal(told["result"])
        assert abs(after - before - exact) <= Decimal("0.01")
        shown = sum(Decimal(p["amount"].replace("$", "").replace(",", "")) for p in told["parts"])
        assert shown == Decimal(told["result_text"].replace("$", ""))
        lines = {line["key"]: line for line in told["lines"]}
        assert list(lines) == ["entry", "stop", "size", "limit", "hold", "exit"]
        assert lines["stop"]["planned"] == lines["stop"]["actual"]
        assert lines["size"]["kept"]
        assert lines["exit"]["actual"].endswith("(You)")
        assert told["plan"]["reason"] == "trend"
        assert (told["score"], told["read"]) == (4, False)
        assert (told["practise"], told["rule"]) == ("", "")


@in_loop
async def test_what_came_of_a_moment_is_told_once_it_was_chosen(folder):
    """UX-31: the first choice is kept, also over a restart, and nobody else sees it."""
    async with desk_on(folder) as desk:
        key = await traded(desk, widen=True)
        told = await desk.get(f"/debriefs/{key}")
        widened = next(each for each in told["moments"] if len(each["choices"]) == 4)
        assert all(each["after"] == "" for each in told["moments"])
        assert [each["code"] for each in widened["choices"]] == ["did", "leave", "close", "half"]
        assert [fact["key"] for fact in told["facts"] if not fact["kept"]] == ["stop", "debrief"]
        assert told["practise"] == "under-stress"
        path = f"/debriefs/{key}/choices"
        shown = (await desk.post(path, {"moment": widened["id"], "choice": "leave"})).json()
        [now] = [each for each in shown["moments"] if each["id"] == widened["id"]]
        assert now["chosen"] == "leave"
        assert now["after"].startswith("You moved the stop away, from")
        await desk.post(path, {"moment": widened["id"], "choice": "close"})
        for each in told["moments"]:
            await desk.post(path, {"moment": each["id"], "choice": "did"})
    async with desk_on(folder) as desk:
        told = await desk.get(f"/debriefs/{key}")
        chosen = {each["id"]: each["chosen"] for each in told["moments"]}
        assert chosen[widened["id"]] == "leave"
        assert told["read"]
        assert told["score"] == 4
        await desk.account("other")
        reply = await desk.client.get(f"/api/v1/debriefs/{key}?account=other")
        assert (reply.status_code, reply.json()["code"]) == (404, "UNKNOWN_DEBRIEF")


@in_loop
async def test_a_choice_that_is_none_is_refused_by_its_field(folder):
    """UX-31."""
    async with desk_on(folder) as desk:
        key = await traded(desk)
        path = f"/debriefs/{key}/choices"
        opened = (await desk.get(f"/debriefs/{key}"))["moments"][0]
        bad = [
            ({"moment": 1, "choice": "did"}, "moment"),
            ({"moment": opened["id"], "choice": "half"}, "choice"),
            ({"moment": 0, "choice": "did"}, "choice"),
            ({"moment": opened["id"], "choice": "win"}, "choice"),
        ]
        for body, field in bad:
            reply = await desk.post(path, body)
            assert (reply.status_code, reply.json()["field"]) == (400, field)
        assert (await desk.post(path, {"moment": 0, "choice": "read"})).json()["read"]


@in_loop
async def test_the_stream_says_that_a_position_has_ended_and_which_debrief(folder):
    """UX-30: at once, so that a screen can open it."""
    async with desk_on(folder) as desk:
        headers = {"host": BASE.removeprefix("http://"), "authorization": f"Bearer {TOKEN}"}
        socket = Socket(desk.app, f"/api/v1/stream?symbol={SYMBOL}", headers)
        await socket.open()
        await until(socket, "snapshot")
        await desk.order(leverage="10")
        await desk.post(f"/positions/{SYMBOL}/close", {})
        notice = await until(socket, "notice")
        while notice["code"] != "POSITION_FLAT":
            notice = await until(socket, "notice")
        [info] = await desk.get("/debriefs")
        assert notice["ref"] == info["id"]
        assert (info["score"], info["facts"]) == (0, 5)
        await socket.close()
