"""A provider elsewhere: told by signed requests until it has them, believed by its signature."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import asynccontextmanager

import pytest

from longshore.venue.onshore.identity import SIGNING_FILE, Manual, Webhook, provider_of, signature
from longshore.world.scenario import ScenarioError
from tests.venue.desk import desk_on, in_loop
from tests.venue.onshore import ONSHORE, lives, refused, show

DECISIONS = "/onshore/identity/decisions"


class ExampleProvider:
    """What somebody would write who decides on identities: it keeps each case once."""

    def __init__(self) -> None:
        self.secret = ""
        self.tries = 0
        self.cases: dict[str, dict] = {}
        self.deliveries = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request; the first finds it busy."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        body = (await reader.readexactly(length)).decode()
        signed = head.split("x-longshore-signature: ")[1].split("\r\n")[0]
        key = head.split("idempotency-key: ")[1].split("\r\n")[0]
        self.tries += 1
        is_theirs = signed == signature(self.secret, key, body)
        status = "503 Busy" if self.tries == 1 else "200 OK" if is_theirs else "401 Unauthorized"
        if status == "200 OK":
            self.cases[key] = json.loads(body)
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()

    def decision(self, case: str, verdict: str = "", **changed: object) -> dict:
        """Signed as it is; what is changed afterwards is not theirs."""
        self.deliveries += 1
        delivery = str(changed.pop("delivery", f"d-{self.deliveries}"))
        sent_ms = int(changed.pop("sent_ms", time.time() * 1_000))
        signed = signature(self.secret, case, verdict, delivery, str(sent_ms))
        made = {"case": case, "verdict": verdict, "delivery": delivery, "sent_ms": sent_ms}
        return {**made, "signature": signed, **changed}


@asynccontextmanager
async def told(folder):
    """A venue that tells an example provider, a case that it has, and both."""
    provider = ExampleProvider()
    server = await asyncio.start_server(provider.answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    setting = f'onshore = "kraken"\nidentity = "http://127.0.0.1:{port}/cases"'
    async with server, desk_on(folder, ONSHORE.replace('onshore = "kraken"', setting)) as desk:
        provider.secret = (folder / SIGNING_FILE).read_text()
        yield desk, provider


async def waiting_case(desk, provider) -> str:
    """A person is shown, and the provider has the case."""
    await lives(desk, "DE")
    assert (await show(desk, "lena"))["case"]["state"] == "waiting"
    for _ in range(300):
        if provider.cases:
            return next(iter(provider.cases))
        await asyncio.sleep(0.02)
    raise AssertionError("the provider was not told")


@in_loop
async def test_it_is_told_again_until_it_has_the_case_and_decides(tmp_path):
    async with told(tmp_path) as (desk, provider):
        case = await waiting_case(desk, provider)
        assert provider.tries == 2
        assert provider.cases[case]["person"]["document"]["number"].startswith("SPECIMEN")
        reply = await desk.post(DECISIONS, provider.decision(case))
        assert reply.status_code == 200, reply.text
        assert await refused(desk) == "NOT_DISCLOSED"


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"signature": "0" * 64}, 403, "FORGED"),
        ({"verdict": "expired"}, 403, "FORGED"),
        ({"sent_ms": 1}, 403, "TOO_OLD"),
    ],
)
@in_loop
async def test_what_is_not_theirs_or_not_fresh_is_refused_and_changes_nothing(
    tmp_path, changed, status, code
):
    async with told(tmp_path) as (desk, provider):
        case = await waiting_case(desk, provider)
        before = desk.digest()
        late = {name: changed[name] for name in ("sent_ms",) if name in changed}
        reply = await desk.post(DECISIONS, provider.decision(case, **late) | changed)
        assert (reply.status_code, reply.json()["code"]) == (status, code)
        assert desk.digest() == before
        assert await refused(desk) == "NOT_IDENTIFIED"


@in_loop
async def test_a_decision_is_taken_once(tmp_path):
    """Sent again it is a replay, also after an appeal has opened the case again."""
    async with told(tmp_path) as (desk, provider):
        case = await waiting_case(desk, provider)
        first = provider.decision(case, "expired")
        assert (await desk.post(DECISIONS, first)).status_code == 200
        reply = await desk.post(DECISIONS, first)
        assert (reply.status_code, reply.json()["code"]) == (409, "REPLAYED")
        other = await desk.post(DECISIONS, provider.decision(case))
        assert (other.status_code, other.json()["code"]) == (409, "DECIDED")
        unknown = await desk.post(DECISIONS, provider.decision("nobody"))
        assert (unknown.status_code, unknown.json()["code"]) == (404, "UNKNOWN_CASE")


@in_loop
async def test_a_case_that_was_not_decided_is_told_again_after_a_restart(tmp_path):
    async with told(tmp_path) as (desk, provider):
        await waiting_case(desk, provider)
    async with desk_on(tmp_path, ONSHORE) as desk:
        told_again = desk.station.venue.onshore.provider
        assert told_again.name == "webhook"
        assert (await desk.get("/onshore"))["case"]["state"] == "waiting"


@in_loop
async def test_a_provider_that_is_none_is_refused_and_a_secret_is_never_empty(tmp_path):
    """Misspelt, identities would be accepted by nobody's decision."""
    assert isinstance(provider_of("manual", tmp_path), Manual)
    with pytest.raises(ScenarioError, match="manuel"):
        provider_of("manuel", tmp_path)
    (tmp_path / f"{SIGNING_FILE}.new").write_text("")  # what a cut in the middle leaves
    provider = provider_of("http://127.0.0.1:9", tmp_path)
    assert isinstance(provider, Webhook)
    await provider.close()
    assert len((tmp_path / SIGNING_FILE).read_text()) == 64
    assert (tmp_path / SIGNING_FILE).stat().st_mode & 0o777 == 0o600
