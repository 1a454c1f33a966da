"""The operator's queues: how many wait, in which order, and what becomes of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from longshore.explain.operator import did
from longshore.explain.sentences import LANGUAGES, say, speaking
from longshore.surveillance.alert import Pattern
from tests.venue.desk import Desk, desk_on, in_loop
from tests.venue.onshore import ONSHORE, lives, show
from tests.venue.test_alerts import put_alerts
from tests.venue.test_support import asked, state

BY_HAND = ONSHORE.replace('onshore = "kraken"', 'onshore = "kraken"\nidentity = "manual"')
WHY = {"why": "looked at it"}
PAGES = (
    *(("after=-1", "after"), ("before=0", "before"), ("limit=0", "limit")),
    *((f"after={2**63}", "after"), ("waiting=perhaps", "waiting")),
)
"""What is wrong in a query, and which field."""


async def waits(desk: Desk) -> tuple[int, int, int]:
    found = await desk.get("/operator/queues")
    return found["identities"], found["tickets"], found["alerts"]


async def put(desk: Desk, path: str, body: object) -> Any:
    return await desk.client.put(f"/api/v1{path}", json=body, params=WHY)


async def post(desk: Desk, path: str, body: object) -> Any:
    return await desk.client.post(f"/api/v1{path}", json=body, params=WHY)


async def effect(desk: Desk, **act: object) -> Any:
    reply = await desk.post("/operator/effect", act)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def newest_deed(desk: Desk) -> tuple[str, str]:
    deed = (await desk.get("/operator/log"))[0]
    return deed["text"], deed["why"]


@in_loop
async def test_what_waits_is_counted_until_it_is_dealt_with(tmp_path: Path) -> None:
    async with desk_on(tmp_path, BY_HAND) as desk:
        assert await waits(desk) == (0, 0, 0)
        await lives(desk, "DE")
        case = (await show(desk, "lena"))["case"]
        assert case["state"] == "waiting"
        await asked(desk)
        put_alerts(desk)
        assert await waits(desk) == (1, 1, len(Pattern))
        [shown] = await desk.get("/operator/identities")
        await post(desk, f"/operator/identities/{shown['case']}", {"accept": True})
        await post(desk, "/operator/tickets/1/answers", {"template": "received"})
        await put(desk, "/operator/alerts/1", {"state": "escalated"})
        assert await waits(desk) == (0, 0, len(Pattern) - 1)
        await desk.post("/support/tickets/1/messages", {"text": "And?"})
        await put(desk, "/operator/alerts/1", {"state": "open"})
        assert await waits(desk) == (0, 1, len(Pattern))
    async with desk_on(tmp_path, BY_HAND) as desk:
        assert await waits(desk) == (0, 1, len(Pattern))


@in_loop
async def test_a_case_is_told_with_why_it_waits_and_what_is_found(tmp_path: Path) -> None:
    async with desk_on(tmp_path, BY_HAND) as desk:
        for name, person in (("anna", "tim"), ("bert", "lena")):
            await desk.account(name)
            await lives(desk, "DE", account=name)
            await show(desk, person, account=name)
            await desk.step(60)
        anna, bert = await desk.get("/operator/identities")
        assert (anna["account"], bert["account"]) == ("anna", "bert")  # who waits longest
        assert anna["since"] < bert["since"]
        assert anna["reason"] == say("onshore-queue-by-hand")
        assert anna["found"] == say("onshore-found-under-age")
        assert bert["found"] == say("onshore-found-nothing")
        path = f"/operator/identities/{anna['case']}"
        await post(desk, path, {"accept": False})
        assert await newest_deed(desk) == (
            did("identity", {"case": anna["case"], "accept": False}),
            WHY["why"],
        )
        assert [each["account"] for each in await desk.get("/operator/identities")] == ["bert"]
        [left] = await desk.get("/operator/identities?waiting=false")
        assert (left["account"], left["state"], left["reason"]) == ("anna", "refused", "")
        await desk.post("/onshore/identity/appeal", {"text": "I am 61."}, "anna")
        *_, again = await desk.get("/operator/identities")
        assert (again["account"], again["state"]) == ("anna", "appealed")
        assert again["appeal"] == "I am 61."
        refusal = say("onshore-flaw-by-hand")
        assert again["reason"] == say("onshore-queue-appealed", before=refusal)
        await post(desk, path, {"accept": True})
        [left] = await desk.get("/operator/identities?waiting=false")
        assert (left["state"], left["appeal"]) == ("accepted", "")


@in_loop
async def test_what_would_come_of_a_decision_is_told_and_not_done(tmp_path: Path) -> None:
    async with desk_on(tmp_path, BY_HAND) as desk:
        await lives(desk, "DE")
        await show(desk, "lena")
        [case] = await desk.get("/operator/identities")
        body = {"case": case["case"], "accept": True}
        told = await effect(desk, identity=body)
        assert told["text"] == did("identity", body)
        assert say("onshore-tier-intermediate") in told["effects"]
        refusing = await effect(desk, identity=body | {"accept": False})
        assert refusing["effects"] == [say("operator-means-refused")]
        assert await waits(desk) == (1, 0, 0)
        assert await desk.get("/operator/log") == []
        await post(desk, f"/operator/identities/{case['case']}", {"accept": True})
        until = (await desk.get("/onshore"))["case"]["text"]
        assert any(
            until.removeprefix("Accepted until ").rstrip(".") in each for each in told["effects"]
        )
        assert (await effect(desk, identity=body))["refused"] == say("onshore-decision-decided")


@in_loop
async def test_the_operator_closes_a_ticket_and_its_owner_opens_it(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        await asked(desk)
        path = "/operator/tickets/1/state"
        told = await effect(desk, ticket_state={"id": 1, "state": "closed"})
        assert told["effects"] == [say("operator-means-ticket-closed")]
        for _ in range(2):  # said twice it is done once
            page = (await put(desk, path, {"state": "closed"})).json()
        assert [(each["state"], each["by"]) for each in page["moves"]] == [("closed", "operator")]
        assert page["ticket"]["state_text"] == say("support-state-closed-by-venue")
        assert await newest_deed(desk) == (told["text"], WHY["why"])
        late = await desk.post("/support/tickets/1/messages", {"text": "One more"})
        assert late.json()["code"] == "TICKET_CLOSED"
        answer = {"id": 1, "template": "received"}
        assert (await effect(desk, ticket=answer))["refused"] == late.json()["message"]
        own = (await state(desk, 1, "reopened")).json()
        assert [each["by"] for each in own["moves"]] == ["operator", "customer"]
        assert own["ticket"]["state"] == "reopened"
        refused = await put(desk, path, {"state": "reopened"})
        assert (refused.status_code, refused.json()["code"]) == (409, "TICKET_NOT_CLOSED")
        again = {"id": 1, "state": "reopened"}
        assert (await effect(desk, ticket_state=again))["refused"] == refused.json()["message"]
        closed = (await state(desk, 1, "closed")).json()["ticket"]
        assert closed["state_text"] == say("support-state-closed")
        reopened = (await put(desk, path, {"state": "reopened"})).json()
        assert reopened["ticket"]["state"] == "reopened"
    async with desk_on(tmp_path) as desk:
        assert (await desk.get("/operator/tickets/1")) == reopened


@in_loop
async def test_an_answer_is_read_before_it_is_sent(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        await asked(desk)
        offered = await desk.get("/operator/templates?lang=de")
        told = {each["id"]: each["text"] for each in offered["templates"]}
        with speaking("de"):
            assert told["put_right"] == say("support-answer-put-right")
        by_template = await effect(desk, ticket={"id": 1, "template": "put_right"})
        assert by_template["effects"] == [say("support-answer-put-right")]
        freely = await effect(desk, ticket={"id": 1, "text": " As agreed. "})
        assert freely["effects"] == ["As agreed."]
        assert len((await desk.get("/operator/tickets/1"))["messages"]) == 1


@in_loop
async def test_queues_are_worked_through_from_the_oldest(tmp_path: Path) -> None:
    async with desk_on(tmp_path) as desk:
        put_alerts(desk)
        for _ in range(4):
            await asked(desk)
        await put(desk, "/operator/tickets/2/state", {"state": "closed"})
        await put(desk, "/operator/alerts/2", {"state": "dismissed"})

        async def numbers(path: str) -> list[int]:
            found = await desk.get(path)
            lines = found["alerts"] if "alerts" in path else found
            return [each["id"] for each in lines]

        for queue in ("/operator/tickets", "/operator/alerts"):
            assert (await numbers(f"{queue}?after=0&waiting=true"))[:3] == [1, 3, 4]
            assert await numbers(f"{queue}?after=1&waiting=true&limit=1") == [3]
            assert await numbers(f"{queue}?after=0&before=3") == [1, 2]
            assert await numbers(f"{queue}?waiting=false") == [2]
            assert (await numbers(queue))[-4:] == [4, 3, 2, 1]
            for wrong, field in PAGES:
                reply = await desk.client.get(f"/api/v1{queue}?{wrong}")
                assert (reply.status_code, reply.json()["field"]) == (400, field), wrong


@in_loop
async def test_an_alert_tells_its_figures_and_what_an_answer_means(tmp_path: Path) -> None:
    """SURV-009"""
    async with desk_on(tmp_path) as desk:
        put_alerts(desk)
        for number in range(1, len(Pattern) + 1):
            page = await desk.get(f"/operator/alerts/{number}")
            assert len(page["told_figures"]) == len(page["figures"]) > 0
            assert page["alert"]["pattern_text"] == say(f"pattern-{page['alert']['pattern']}")
        told = await effect(desk, alert={"id": 1, "state": "dismissed"})
        assert told["text"] == did("alert", {"id": 1, "state": "dismissed"})
        assert (await desk.get("/operator/alerts/1"))["alert"]["state"] == "open"


def test_every_pattern_and_state_is_told_in_every_language() -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert all(say(f"pattern-{each}") for each in Pattern)


WRONG = (
    ({"identity": {"case": "none", "accept": True}}, 404, "case"),
    ({"identity": {"accept": True}}, 400, "identity"),
    ({"ticket": {"id": 9, "template": "received"}}, 404, "id"),
    ({"ticket": {"id": 1}}, 400, "text"),
    ({"ticket": {"id": 1, "text": "x" * 2_001}}, 400, "text"),
    ({"ticket_state": {"id": 1, "state": "lost"}}, 400, "ticket_state.state"),
    ({"alert": {"id": 9, "state": "open"}}, 404, "id"),
    ({"alert": {"id": 1, "state": "open"}, "cut": True}, 400, "alert"),
)


@in_loop
async def test_what_is_wrong_is_refused_by_field(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await asked(desk)
        for act, status, field in WRONG:
            reply = await desk.post("/operator/effect", act)
            assert (reply.status_code, reply.json()["field"]) == (status, field), reply.text
