"""Tickets: from a question to its answer, what is attached, and who sees them."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any, get_args

import pytest

from longshore.venue.dialects.native.support import asking
from longshore.venue.dialects.native.wire import BODY_MAX_BYTES
from longshore.venue.inheriting import inherit
from longshore.venue.station import ACCOUNTS_FILE, HISTORY_FILE, Station
from longshore.venue.support.attachments import BYTES_MAX, KINDS, TEXT
from longshore.venue.support.log import Category, Template
from longshore.venue.support.tickets import TicketState, tickets
from longshore.world.branch import branch
from longshore.world.moment import Moment
from tests.venue.desk import SYMBOL, Desk, crash, desk_on, in_loop

PAGE = Path(__file__).parents[2] / "docs/how-to/ask-for-help.md"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
QUESTION = {"category": "order", "text": "Why so dear?", "symbol": SYMBOL}


def file(content: bytes = PNG, kind: str = "image/png", name: str = "seen.png") -> dict[str, str]:
    return {"name": name, "type": kind, "content": base64.b64encode(content).decode()}


async def asked(desk: Desk, account: str = "learner", **fields: object) -> Any:
    reply = await desk.post("/support/tickets", QUESTION | fields, account)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def state(desk: Desk, number: int, wanted: str, account: str = "learner") -> Any:
    path, query = f"/api/v1/support/tickets/{number}/state", {"account": account}
    return await desk.client.put(path, json={"state": wanted}, params=query)


async def code(reply: Any) -> tuple[int, str, str]:
    told = reply.json()
    return reply.status_code, told["code"], told["field"]


@in_loop
async def test_a_ticket_lives_and_is_still_there_after_a_new_start(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.order(client_id="mine")
        opened = await asked(desk, attachment=file())
        assert opened["ticket"]["state"] == "open"
        fill = (await desk.get("/fills"))[0]
        assert {"kind": "fill", "id": fill["id"]} in opened["events"]
        assert {each["kind"] for each in opened["events"]} == {"fill", "order"}
        await desk.step(60)
        why = {"why": "asked by the desk"}
        path = "/api/v1/operator/tickets/1/answers"
        body = {"template": "by_the_rules"}
        answered = await desk.client.post(path, json=body, params=why)
        assert answered.json()["ticket"]["state"] == "answered"
        deed = (await desk.get("/operator/log"))[0]
        assert (deed["text"], deed["why"]) == ("Ticket 1 answered.", "asked by the desk")
        more = await desk.post("/support/tickets/1/messages", {"text": "And the fee?"})
        assert more.json()["ticket"]["state"] == "open"
        told = await desk.client.post(path, json={"text": "As the contract says."})
        assert told.json()["messages"][-1]["text"] == "As the contract says."
        assert (await state(desk, 1, "closed")).json()["ticket"]["state"] == "closed"
        assert (await state(desk, 1, "closed")).json()["moves"][1:] == []
        late = await desk.post("/support/tickets/1/messages", {"text": "One more"})
        assert await code(late) == (409, "TICKET_CLOSED", "id")
        assert await code(await desk.client.post(path, json={"text": "x"})) == (
            409,
            "TICKET_CLOSED",
            "id",
        )
        assert (await state(desk, 1, "reopened")).json()["ticket"]["state"] == "reopened"
        assert await code(await state(desk, 1, "reopened")) == (409, "TICKET_NOT_CLOSED", "state")
    async with desk_on(folder) as desk:
        [line] = (await desk.get("/support/tickets"))["tickets"]
        assert (line["state"], line["messages"], line["symbol"]) == ("reopened", 4, SYMBOL)
        page = await desk.get("/support/tickets/1")
        sides = [each["by"] for each in page["messages"]]
        assert sides == ["customer", "operator", "customer", "operator"]
        times = [each["time"] for each in page["messages"]]
        assert times == sorted(times)
        assert times[1] - times[0] == 60_000
        assert base64.b64decode(page["messages"][0]["attachment"]["content"]) == PNG
        assert page["messages"][1]["text"].startswith("We went through the events")
        german = await desk.get("/support/tickets/1?lang=de")
        assert german["messages"][1]["text"].startswith("Wir sind die Ereignisse")
        waiting = await desk.get("/operator/tickets?state=reopened")
        assert [each["id"] for each in waiting] == [1]
        assert await desk.get("/operator/tickets?state=open") == []
        exported = await desk.client.get("/api/v1/support/export")
        assert "attachment" in exported.headers["content-disposition"]
        [kept] = exported.json()["tickets"]
        assert kept == page


@in_loop
async def test_a_disputed_liquidation_opens_with_why_it_happened(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.account("bert")
        await desk.order(size="0.05", leverage="20")
        await crash(desk, 10)
        [fall] = await desk.get("/liquidations")
        dispute = {"category": "disputed_liquidation", "liquidation": fall["id"], "symbol": ""}
        page = await asked(desk, **dispute)
        story = await desk.get(f"/explain?liquidation={fall['id']}")
        assert page["autopsy"] == story["sentences"]
        assert page["ticket"]["symbol"] == SYMBOL
        assert {"kind": "liquidation", "id": fall["id"]} in page["events"]
        for body, account, expected in (
            (dispute, "bert", (404, "UNKNOWN_LIQUIDATION", "liquidation")),
            (dispute | {"liquidation": ""}, "learner", (400, "BAD_VALUE", "liquidation")),
            (dispute | {"category": "other"}, "learner", (400, "BAD_VALUE", "liquidation")),
            (
                dispute | {"liquidation": "9-9"},
                "learner",
                (404, "UNKNOWN_LIQUIDATION", "liquidation"),
            ),
        ):
            reply = await desk.post("/support/tickets", QUESTION | body, account)
            assert await code(reply) == expected, body
        assert len((await desk.get("/support/tickets"))["tickets"]) == 1


@in_loop
async def test_what_may_not_come_in_is_refused_by_name(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await asked(desk)
        large = PNG + bytes(32_768)
        kind, content = "attachment.type", "attachment.content"
        for attachment, expected in (
            (file(kind="application/zip"), (422, "ATTACHMENT_TYPE", kind)),
            (file(large), (413, "ATTACHMENT_TOO_LARGE", content)),
            (file(bytes(10_000_000)), (413, "BODY_TOO_LARGE", "")),
            (file(b"MZ" + bytes(9)), (422, "ATTACHMENT_NOT_ITS_TYPE", content)),
            (file(b""), (422, "ATTACHMENT_NOT_ITS_TYPE", content)),
            (file(b"%PDF-1.7", "text/plain"), (422, "ATTACHMENT_NOT_ITS_TYPE", content)),
            (file(b"a\x00b", "text/plain"), (422, "ATTACHMENT_NOT_ITS_TYPE", content)),
            (file(name="../seen.png"), (400, "BAD_VALUE", "attachment.name")),
            ({**file(), "content": "not base64!"}, (400, "BAD_VALUE", content)),
        ):
            for path, body in (
                ("/support/tickets", QUESTION),
                ("/support/tickets/1/messages", {"text": "See this."}),
            ):
                reply = await desk.post(path, body | {"attachment": attachment})
                assert await code(reply) == expected, (path, attachment["name"], expected)
        for text in ("", "  \n", "x" * 2_001, "bell \x07"):
            reply = await desk.post("/support/tickets", QUESTION | {"text": text})
            assert await code(reply) == (400, "BAD_VALUE", "text")
        for body in ({}, {"text": "x", "template": "received"}):
            reply = await desk.post("/operator/tickets/1/answers", body)
            assert await code(reply) == (400, "BAD_VALUE", "text")
        [line] = (await desk.get("/support/tickets"))["tickets"]
        assert line["messages"] == 1
        for good in (
            file(b"\xff\xd8\xff\xe0", "image/jpeg", "a.jpg"),
            file(b"%PDF-1.7", "application/pdf", "a.pdf"),
            file(b"A line\n", "text/plain", "a.txt"),
            file(large[:32_768]),
        ):
            full = {"text": "ä" * 2_000, "attachment": good}
            reply = await desk.post("/support/tickets/1/messages", full)
            assert reply.status_code == 200, reply.text


@in_loop
async def test_an_account_has_only_so_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "TICKETS_MAX", 2)
    monkeypatch.setattr(asking, "MESSAGES_MAX", 3)
    monkeypatch.setattr(asking, "ATTACHED_BYTES_MAX", 2 * len(PNG))
    async with desk_on(folder) as desk:
        await asked(desk, attachment=file())
        await asked(desk, attachment=file())
        path = "/support/tickets/2/messages"
        reply = await desk.post(path, {"text": "And", "attachment": file()})
        assert await code(reply) == (422, "ATTACHMENTS_FULL", "attachment")
        reply = await desk.post("/support/tickets", QUESTION)
        assert await code(reply) == (422, "TOO_MANY_TICKETS", "")
        for text in ("one", "two"):
            assert (await desk.post(path, {"text": text})).status_code == 200
        assert await code(await desk.post(path, {"text": "three"})) == (422, "TICKET_FULL", "id")
        assert (await state(desk, 2, "closed")).status_code == 200
        assert await code(await state(desk, 2, "reopened")) == (422, "TICKET_FULL", "id")


@in_loop
async def test_anothers_ticket_is_as_if_it_were_not_there(folder: Path) -> None:
    async with desk_on(folder) as desk:
        await desk.account("bert")
        await asked(desk, text="Only mine")
        for reply in (
            await desk.client.get("/api/v1/support/tickets/1?account=bert"),
            await desk.post("/support/tickets/1/messages", {"text": "Hello"}, "bert"),
            await state(desk, 1, "closed", "bert"),
            await desk.client.get("/api/v1/support/tickets/99"),
        ):
            assert await code(reply) == (404, "UNKNOWN_TICKET", "id")
        assert (await desk.get("/support/tickets", "bert"))["tickets"] == []
        assert (await desk.get("/support/export", "bert"))["tickets"] == []
        await asked(desk, "bert", text="Only his")
        [line] = (await desk.get("/support/tickets"))["tickets"]
        assert (line["first"], line["state"]) == ("Only mine", "open")
        assert [each["id"] for each in await desk.get("/operator/tickets")] == [2, 1]
        assert "Only his" not in json.dumps(await desk.get("/support/export"))


@in_loop
async def test_a_branch_has_the_tickets_of_before_it(tmp_path: Path) -> None:
    parent, child = tmp_path / "main", tmp_path / "child"
    async with desk_on(parent) as desk:
        await asked(desk, text="Before")
        await desk.step(5)
        seq = desk.station.world.journal.seq
        await desk.step(5)
        await desk.post("/support/tickets/1/messages", {"text": "After"})
        await asked(desk, text="Afterwards")
    world = branch(parent, child, Moment(seq=seq))
    inherit(world, child / HISTORY_FILE, child / ACCOUNTS_FILE)
    world.close()
    station = Station.open(child, "", lambda _: None)
    account_id = station.accounts.account_id("learner")
    assert account_id is not None
    found = tickets(station.venue.support.of(account_id))
    texts = [wrote.text for each in found.values() for wrote, _ in each.messages]
    assert texts == ["Before"]
    station.accounts.close()
    station.projector.close()
    station.world.close()


def test_the_page_about_it_says_what_is_so() -> None:
    page = PAGE.read_text(encoding="utf-8")
    names = (*get_args(Category), *get_args(Template), *get_args(TicketState))
    for name in names:
        assert f"`{name}`" in page or f'"{name}"' in page, name
    for most in (BYTES_MAX, BODY_MAX_BYTES, asking.ATTACHED_BYTES_MAX):
        assert f"{most:,} bytes" in page
    assert f"at most {asking.TICKETS_MAX} tickets" in page
    assert f"at most {asking.MESSAGES_MAX} messages" in page
    assert asking.EVENTS_EACH == 10
    assert "up to ten\nfills, ten orders and ten liquidations" in page
    spoken = {
        "image/png": "PNG",
        "image/jpeg": "JPEG",
        "application/pdf": "PDF",
        TEXT: "plain text",
    }
    assert set(KINDS) == set(spoken)
    assert all(each in page for each in spoken.values())
