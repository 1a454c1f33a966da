"""A venue with onshore rules for tests, and the walk of a person through its gates."""

from __future__ import annotations

from typing import Any

from longshore.venue.onshore import questions
from tests.venue.desk import UNHURRIED, Desk

ONSHORE = UNHURRIED.replace('rulebook = "kraken"', 'rulebook = "kraken"\nonshore = "kraken"')
LATE = ONSHORE.replace("2026-09-01T00:00:30Z", "2026-09-01T23:50:30Z")
"""Ten minutes before midnight."""
CAUTIOUS = ONSHORE.replace('onshore = "kraken"', 'onshore = "cautious"')
ORDER = {"symbol": "PF_XBTUSD", "side": "buy", "type": "market", "size": "0.01"}
HOUR_S = 3_600
MIDNIGHT_S = 600


async def put(desk: Desk, path: str, body: object, account: str = "learner") -> Any:
    return await desk.client.put(f"/api/v1{path}", json=body, params={"account": account})


async def refused(desk: Desk, account: str = "learner", **fields: object) -> str:
    """The code that an order is refused with; empty when it is taken."""
    reply = await desk.post("/orders", ORDER | fields, account)
    return "" if reply.status_code == 200 else str(reply.json()["code"])


async def lives(desk: Desk, country: str, state: str = "", account: str = "learner") -> Any:
    reply = await put(desk, "/onshore/residence", {"country": country, "state": state}, account)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def show(
    desk: Desk, person: str, tier: str = "intermediate", account: str = "learner"
) -> Any:
    reply = await desk.post("/onshore/identity", {"person": person, "tier": tier}, account)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def agree(desk: Desk, account: str = "learner", **changed: str) -> Any:
    """Accept the perpetual's disclosure as it stands, or something else in its place."""
    found = await desk.get("/onshore/documents/perpetual", account)
    body = {key: found[key] for key in ("product", "version", "sha256")} | changed
    return await desk.post("/onshore/consents", body, account)


async def answer(desk: Desk, rightly: bool, account: str = "learner") -> Any:
    """All questions of the attempt rightly, or all wrongly."""
    asked = await desk.get("/onshore/questions", account)
    answers = {
        each["id"]: questions.BANK[each["id"]] if rightly else wrong(each["id"])
        for each in asked["questions"]
    }
    body = {"attempt": asked["attempt"], "answers": answers}
    return await desk.post("/onshore/questions", body, account)


def wrong(name: str) -> str:
    return next(each for each in questions.CHOICES if each != questions.BANK[name])


async def through(desk: Desk, country: str = "US", account: str = "learner") -> None:
    """All gates, as somebody whom nothing stops."""
    who = {"US": "ada", "DE": "lena", "AU": "kai"}[country]
    await lives(desk, country, "TX" if country == "US" else "", account)
    await show(desk, who, account=account)
    assert (await agree(desk, account)).status_code == 200
    if country != "AU":
        assert (await answer(desk, True, account)).status_code == 200
