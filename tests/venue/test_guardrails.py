"""Guided practice: what a person at the page is asked, what is kept of it, and who is not."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import httpx

from tests.venue.desk import SYMBOL, TOKEN, Desk, crash, desk_on, in_loop
from tests.venue.test_plans import begun


class AtPage:
    """A person at the page: known by the cookie that a browser sends, not by a header."""

    def __init__(self, desk: Desk, account: str = "learner") -> None:
        self.desk = desk
        self.account = account

    async def ask(self, method: str, path: str, body: Any = None, **query: str) -> httpx.Response:
        return await self.desk.client.request(
            method,
            f"/api/v1{path}",
            json=body,
            params={"account": self.account} | query,
            headers={"authorization": "", "cookie": f"longshore={TOKEN}"},
        )

    async def got(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        reply = await self.ask(method, path, body, **query)
        assert reply.status_code == 200, reply.text
        return reply.json()

    async def refused(self, method: str, path: str, body: Any) -> tuple[str, str]:
        """Code and field of a refusal that changes nothing."""
        before = self.desk.digest()
        reply = await self.ask(method, path, body)
        assert reply.status_code == 422, reply.text
        assert self.desk.digest() == before
        return reply.json()["code"], reply.json()["field"]


async def guided(desk: Desk) -> AtPage:
    """A person whose Guided is on."""
    page = AtPage(desk)
    assert (await page.got("PUT", "/guided", {"on": True}))["guided"]
    return page


@in_loop
async def test_guided_is_the_accounts_own_and_stands_after_a_restart(folder):
    async with desk_on(folder) as desk:
        page = await guided(desk)
        await desk.account("other")
        assert not (await desk.get("/guardrails", "other"))["guided"]
    async with desk_on(folder) as desk:
        page = AtPage(desk)
        assert (await page.got("GET", "/guardrails"))["guided"]
        await page.got("PUT", "/guided", {"on": False})
        assert not (await desk.get("/guardrails"))["guided"]


async def with_stop(desk: Desk) -> Any:
    """The stop of a planned long that is held."""
    _, _, order = await begun(desk)
    return (await desk.order(**order))["stop"]


def further(stop: Any, by: int) -> str:
    return str(int(Decimal(stop["trigger_price"])) - by)


@in_loop
async def test_a_stop_moved_away_asks_why_and_says_what_more_may_be_lost(folder):
    """UX-52: of the venue, in practice money; closer asks nothing; a program is not asked."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        stop = await with_stop(desk)
        path, price = f"/orders/{stop['id']}", further(stop, 200)
        told = await page.got("GET", f"{path}/move", trigger_price=price)
        size = Decimal((await desk.get("/account"))["positions"][0]["size"])
        assert told["widens"]
        assert abs(Decimal(told["more"]) - 200 * size) < 200 * size / 100
        assert f"${told['more']}" in told["text"]
        assert "practice money" in told["text"]
        assert [why["code"] for why in told["whys"]] == ["room", "level", "news", "loss", "other"]
        closer = await page.got("GET", f"{path}/move", trigger_price=further(stop, -10))
        assert (closer["widens"], closer["whys"], closer["text"]) == (False, [], "")
        move = {"trigger_price": price}
        assert await page.refused("PATCH", path, move) == ("STOP_MOVED_AWAY", "why")
        moved = await page.got("PATCH", path, move | {"why": "news"})
        assert moved["trigger_price"] == price
        await page.got("PATCH", path, {"trigger_price": further(stop, 100)})
        assert (await desk.get(f"{path}/move?trigger_price={price}"))["whys"] == []
        body = {"trigger_price": further(stop, 150)}
        reply = await desk.client.patch(f"/api/v1{path}?account=learner", json=body)
        assert reply.status_code == 200


@in_loop
async def test_a_debrief_lists_every_move_with_why_and_what_came_of_it(folder):
    """UX-52: what came of it only once the moments were chosen; Guided is on record."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        stop = await with_stop(desk)
        await desk.step(61)
        for by, why in ((300, "room"), (100, None), (120, "loss")):
            body = {"trigger_price": further(stop, by), "why": why}
            await page.got("PATCH", f"/orders/{stop['id']}", body)
            await desk.step(30)
        await page.got("POST", f"/positions/{SYMBOL}/close", {})
        key = (await desk.get("/debriefs"))[0]["id"]
        told = await desk.get(f"/debriefs/{key}")
        kinds = [move["kind"] for move in told["moves"]]
        assert kinds == ["widened", "tightened", "widened"]
        whys = [move["why"] for move in told["moves"]]
        assert whys == ["It needs more room", "", "I do not want this loss yet"]
        assert [bool(move["more"]) for move in told["moves"]] == [True, False, True]
        assert {move["outcome"] for move in told["moves"]} == {""}
        assert told["guided"]
        read = await page.got("POST", f"/debriefs/{key}/choices", {"moment": 0, "choice": "read"})
        outcomes = [move["outcome"] for move in read["moves"]]
        assert all(outcomes)
        assert outcomes[1] == "It was moved again before it acted."
        assert "would not have acted" in outcomes[0]
        await page.got("PUT", "/guided", {"on": False})
        assert (await desk.get(f"/debriefs/{key}"))["guided"]
        await desk.order()
        await desk.post(f"/positions/{SYMBOL}/close", {})
        key = (await desk.get("/debriefs"))[0]["id"]
        assert not (await desk.get(f"/debriefs/{key}"))["guided"]


async def sunk(desk: Desk, percent: int) -> Any:
    """A long at ten times, after the index fell; what is asked about it."""
    await desk.order(size="0.1", leverage="10")
    await crash(desk, percent)
    return await AtPage(desk).got("GET", f"/positions/{SYMBOL}/near")


@in_loop
async def test_near_liquidation_each_choice_shows_what_the_venue_then_has(folder):
    """UX-55: what is told of a choice is what stands once it was made; each is on record."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        near = await sunk(desk, 6)
        assert (near["level"], near["asked"]) == ("half", True)
        options = {each["choice"]: each for each in near["options"]}
        assert list(options) == ["reduce", "close", "add", "keep"]
        assert all(each["possible"] for each in near["options"])
        card = (await desk.get("/account"))["positions"][0]
        assert options["keep"]["buffer_pct"] == card["buffer_pct"]
        assert options["close"]["buffer_pct"] is None
        added = options["add"]
        path = f"/positions/{SYMBOL}/near"
        done = await page.got("POST", path, {"choice": "add", "amount": added["amount"]})
        assert "you chose: Add margin" in done["text"]
        card = (await desk.get("/account"))["positions"][0]
        assert card["buffer_pct"] == added["buffer_pct"] == "100"
        assert f"{card['liquidation']['distance_pct']}%" in added["after"]
        assert not (await page.got("GET", path))["asked"]


@in_loop
async def test_what_was_kept_is_asked_again_only_further_down(folder):
    """UX-55: and the debrief lists what was chosen."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        path = f"/positions/{SYMBOL}/near"
        assert (await sunk(desk, 6))["asked"]
        await page.got("POST", path, {"choice": "keep"})
        assert not (await page.got("GET", path))["asked"]
        await crash(desk, 2)
        deeper = await page.got("GET", path)
        assert deeper["asked"]
        assert deeper["level"] in ("quarter", "tenth")
        size = deeper["options"][0]["size"]
        held = Decimal((await desk.get("/account"))["positions"][0]["size"])
        await page.got("POST", path, {"choice": "reduce", "size": size})
        assert Decimal((await desk.get("/account"))["positions"][0]["size"]) == held / 2
        await page.got("POST", path, {"choice": "close", "client_id": "once"})
        assert (await desk.get("/account"))["positions"] == []
        reply = await page.ask("GET", path)
        assert (reply.status_code, reply.json()["code"]) == (404, "UNKNOWN_POSITION")
        key = (await desk.get("/debriefs"))[0]["id"]
        near = (await desk.get(f"/debriefs/{key}"))["near"]
        assert [line.rsplit(": ")[-1] for line in near] == ["Keep.", "Reduce.", "Close."]


@in_loop
async def test_a_choice_without_its_number_does_nothing(folder):
    """UX-55: nothing is guessed; in cross margin there is nothing to add."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        await sunk(desk, 6)
        path = f"/positions/{SYMBOL}/near"
        before = desk.digest()
        for body, field in (({"choice": "reduce"}, "size"), ({"choice": "add"}, "amount")):
            reply = await page.ask("POST", path, body)
            assert (reply.status_code, reply.json()["field"]) == (400, field)
        assert desk.digest() == before
        assert (await page.got("GET", path))["asked"]
        await desk.post(f"/positions/{SYMBOL}/close", {})
        await desk.client.put("/api/v1/leverage", json={"symbol": SYMBOL, "leverage": None})
        await desk.order(size="0.1")
        add = (await page.got("GET", path))["options"][2]
        assert not add["possible"]
        assert "already uses all" in add["after"]


async def lose(desk: Desk, times: int) -> None:
    """Positions opened and closed at once: each ends with a loss of its costs."""
    for _ in range(times):
        await desk.order(leverage="2")
        await desk.post(f"/positions/{SYMBOL}/close", {})


LONG = {"symbol": SYMBOL, "side": "buy", "type": "market", "size": "0.01", "leverage": "2"}


@in_loop
async def test_after_losses_in_a_row_new_risk_waits_and_closing_does_not(folder):
    """UX-50: by world time; a program is not held up; the preview says the same as the order."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        await lose(desk, 2)
        assert (await page.got("GET", "/guardrails"))["pause"] is None
        await page.got("POST", "/orders", LONG)
        await lose(desk, 0)
        await page.got("POST", f"/positions/{SYMBOL}/close", {})
        pause = (await page.got("GET", "/guardrails"))["pause"]
        assert (pause["cause"], pause["asked"]) == ("losses", False)
        assert "waits 15 min" in pause["text"]
        assert await page.refused("POST", "/orders", LONG) == ("COOL_DOWN", "")
        tried = await page.got("POST", "/preview", LONG)
        assert (tried["ok"], tried["reject"]) == (False, "COOL_DOWN")
        assert await page.refused("PUT", "/guided", {"on": False}) == ("COOL_DOWN", "on")
        await desk.order(leverage="2", size="0.02")
        half = LONG | {"side": "sell", "leverage": None}
        await page.got("POST", "/orders", half)
        flip = half | {"size": "0.03"}
        assert await page.refused("POST", "/orders", flip) == ("COOL_DOWN", "")
        await page.got("POST", f"/positions/{SYMBOL}/close", {})
        await desk.step(14 * 60)
        assert await page.refused("POST", "/orders", LONG) == ("COOL_DOWN", "")
    async with desk_on(folder) as desk:
        page = AtPage(desk)
        assert (await page.got("GET", "/guardrails"))["pause"] is not None
        await desk.step(2 * 60)
        assert (await page.got("GET", "/guardrails"))["pause"] is None
        await page.got("POST", "/orders", LONG)


@in_loop
async def test_a_pause_ends_sooner_only_after_a_delay(folder):
    """UX-50: and that its end was asked for is on record."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        assert await page.refused("POST", "/pause/override", None) == ("NO_PAUSE", "")
        await lose(desk, 3)
        asked = await page.got("POST", "/pause/override")
        assert asked["pause"]["asked"]
        assert "in 1 min, as you asked" in asked["pause"]["text"]
        await desk.step(50)
        assert await page.refused("POST", "/orders", LONG) == ("COOL_DOWN", "")
        assert (await page.got("POST", "/pause/override"))["pause"]["ends"] == asked["pause"][
            "ends"
        ]
        await desk.step(15)
        assert (await page.got("GET", "/guardrails"))["pause"] is None
        await page.got("POST", "/orders", LONG)
        account_id = desk.station.venue.accounts.account_id("learner")
        kinds = [type(entry).__name__ for entry in desk.station.venue.guardrails.log(account_id)]
        assert kinds == ["Switched", "Overrode"]
        resting = LONG | {"type": "limit", "price": "50000", "leverage": None}
        placed = await page.got("POST", "/orders", resting)
        await page.got("POST", f"/positions/{SYMBOL}/close", {})
        await lose(desk, 2)
        path = f"/orders/{placed['order']['id']}"
        assert await page.refused("PATCH", path, {"size": "0.02"}) == ("COOL_DOWN", "")
        await page.got("PATCH", path, {"size": "0.005"})
        assert (await page.ask("DELETE", path)).status_code == 200


LIMITS = {"max_loss": "0.50", "max_trades": 4, "max_leverage": "3"}


@in_loop
async def test_limits_of_a_session_are_set_while_flat_and_calm(folder):
    """UX-53: not while something is held or waits, nor within ten minutes."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        await page.got("POST", "/orders", LONG)
        assert await page.refused("PUT", "/session-limits", LIMITS) == ("LIMITS_FIXED", "")
        await page.got("POST", f"/positions/{SYMBOL}/close", {})
        assert "in 10 min" in (await page.got("GET", "/guardrails"))["fixed"]
        assert await page.refused("PUT", "/session-limits", LIMITS) == ("LIMITS_FIXED", "")
        await desk.step(601)
        resting = LONG | {"type": "limit", "price": "50000", "leverage": None}
        placed = await page.got("POST", "/orders", resting)
        assert await page.refused("PUT", "/session-limits", LIMITS) == ("LIMITS_FIXED", "")
        await page.ask("DELETE", f"/orders/{placed['order']['id']}")
        now = await page.got("PUT", "/session-limits", LIMITS)
        assert {name: now[name] for name in LIMITS} == LIMITS | {"max_loss": "0.5"}
        assert now["text"][1] == "Positions opened: 0 of 4."
        assert await page.refused("PUT", "/session-limits", {}) == ("LIMITS_FIXED", "")
    async with desk_on(folder) as desk:
        assert (await desk.get("/guardrails"))["max_trades"] == 4


@in_loop
async def test_limits_hold_orders_up_by_name_and_a_new_session_begins_with_new_ones(folder):
    """UX-53, UX-50: leverage, loss of a plan, trades; the loss itself brings a pause."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        await page.got("PUT", "/session-limits", {**LIMITS, "max_loss": "20", "max_trades": 2})
        high = LONG | {"leverage": "4"}
        assert await page.refused("POST", "/orders", high) == ("SESSION_LEVERAGE", "leverage")
        body = {"symbol": SYMBOL, "leverage": "4"}
        assert await page.refused("PUT", "/leverage", body) == ("SESSION_LEVERAGE", "leverage")
        start, _, order = await begun(desk)
        planned = {"symbol": SYMBOL, "type": "market"} | order
        assert Decimal(start["max_loss"]) > 20
        named = ("SESSION_LOSS", "plan.max_loss")
        assert await page.refused("POST", "/orders", planned) == named
        await page.got("POST", "/orders", LONG)
        await page.got("POST", "/orders", LONG | {"leverage": None})
        await page.got("POST", f"/positions/{SYMBOL}/close", {})
        await page.got("POST", "/orders", LONG)
        await page.got("POST", f"/positions/{SYMBOL}/close", {})
        assert await page.refused("POST", "/orders", LONG) == ("SESSION_TRADES", "")
        await desk.step(601)
        now = await page.got("PUT", "/session-limits", {"max_loss": "0.50"})
        assert now["text"] == ["Lost so far: $0.00 of $0.50 in practice money."]
        await page.got("POST", "/orders", LONG)
        await page.got("POST", f"/positions/{SYMBOL}/close", {})
        pause = (await page.got("GET", "/guardrails"))["pause"]
        assert pause["cause"] == "limit"
        assert await page.refused("POST", "/orders", LONG) == ("COOL_DOWN", "")


@in_loop
async def test_limits_that_are_none_are_refused_by_their_field(folder):
    """UX-53."""
    async with desk_on(folder) as desk:
        page = await guided(desk)
        for name, values in (
            ("max_loss", ["0", "-1", "much", "0.000000001"]),
            ("max_trades", [0, -1, 1_001]),
            ("max_leverage", ["0", "x", "1001", "0.0000001"]),
        ):
            for value in values:
                reply = await page.ask("PUT", "/session-limits", {name: value})
                assert (reply.status_code, reply.json()["field"]) == (400, name), value


@in_loop
async def test_a_trade_is_passed_on_without_its_reason_size_and_limit(folder):
    """UX-54: as a text and as a link, and opens with nothing said that is one's own to say."""
    async with desk_on(folder) as desk:
        start, _, order = await begun(desk, "sell")
        await desk.order(**order)
        await desk.post(f"/positions/{SYMBOL}/close", {})
        key = (await desk.get("/debriefs"))[0]["id"]
        passed = await desk.get(f"/debriefs/{key}/trade")
        for text in (passed["text"], passed["link"], f"http://localhost:8000/{passed['link']}"):
            assert "trend" not in text
            told = (await desk.post("/plan/copy", {"text": text})).json()
            assert (told["symbol"], told["side"]) == (SYMBOL, "sell")
            assert told["stop_price"] == start["stop_price"]
            assert told["target_price"] == start["target_price"]
            assert told["hours"] is None
            assert "yours to say" in told["text"]
            assert not {"reason", "max_loss", "size"} & set(told)
        bare = {"side": "sell", "size": "0.01", "stop_price": start["stop_price"]}
        for plan in (
            {"reason": "copied"},
            {"max_loss": "10"},
            {"max_loss": "", "reason": "copied"},
        ):
            body = {"symbol": SYMBOL, "type": "market"} | bare | {"plan": plan | {"hours": "1"}}
            before = desk.digest()
            assert (await desk.post("/orders", body)).status_code == 400
            assert desk.digest() == before


@in_loop
async def test_a_text_that_is_no_trade_is_refused(folder):
    """UX-54: of another market, of spot, with a price that is none, or nothing at all."""
    async with desk_on(folder) as desk:
        good = {"symbol": SYMBOL, "side": "buy", "stop_price": "50000"}
        assert (await desk.post("/plan/copy", {"text": json.dumps(good)})).status_code == 200
        for text in (
            "",
            "nonsense",
            "{}",
            "#/trade/////",
            "x" * 3_000,
            json.dumps(good | {"symbol": "PF_NONE"}),
            json.dumps(good | {"symbol": "XBT/USD"}),
            json.dumps(good | {"stop_price": "-1"}),
            json.dumps(good | {"stop_price": "many"}),
            json.dumps(good | {"hours": "0"}),
            json.dumps(good | {"size": "1"}),
        ):
            reply = await desk.post("/plan/copy", {"text": text})
            assert (reply.status_code, reply.json()["field"]) == (400, "text"), text
        await desk.order()
        await desk.post(f"/positions/{SYMBOL}/close", {})
        key = (await desk.get("/debriefs"))[0]["id"]
        reply = await desk.client.get(f"/api/v1/debriefs/{key}/trade?account=learner")
        assert (reply.status_code, reply.json()["code"]) == (404, "UNKNOWN_PLAN")
