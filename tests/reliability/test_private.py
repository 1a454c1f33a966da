"""Every private route and feed of both APIs, from their tables: nobody sees or moves another's."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlencode

import pytest

from longshore.venue.dialects.kraken_futures import auth
from longshore.venue.dialects.kraken_futures.words import PRIVATE_FEEDS
from tests.reliability.quiet import BID, PRIVATE, V3, native_paths, quiet
from tests.venue.desk import BASE, SYMBOL, Socket, in_loop

NAMED = "annas-order"
FOREIGN = [
    ({"host": "evil.example:8000"}, "UNKNOWN_HOST"),
    ({"origin": "https://evil.example"}, "FOREIGN_ORIGIN"),
]
EVERYBODYS = ("/about", "/clock", "/markets", "/operator")
"""Native routes whose answers are the same whoever asks, or are the operator's."""


async def two_accounts(venue):
    """Anna with a position, a resting order and a stop; Bert with money. What only Anna may see."""
    for name in ("anna", "bert", "maker"):
        await venue.open(name, USD="100000")
    await venue.send("maker", side="sell", limitPrice="160000", size="0.2")
    ids = [
        (await venue.send("anna", limitPrice="160000", size="0.01"))["order_id"],
        (await venue.send("anna", limitPrice=BID, cliOrdId=NAMED))["order_id"],
        (await venue.send("anna", side="sell", orderType="stp", stopPrice="20000"))["order_id"],
    ]
    station = venue.desk.station
    account = station.accounts.account_id("anna")
    opened = (await venue.native("GET", "/orders?account=anna")).json()
    fills = (await venue.native("GET", "/fills?account=anna")).json()
    assert len(opened["open"]) == 2
    assert fills
    native_ids = [order["id"] for order in opened["history"]] + [fill["id"] for fill in fills]
    assert account is not None
    return [NAMED, *ids], native_ids


@in_loop
async def test_foreign_pages_and_rebinding_names_reach_no_route_of_either_api(tmp_path):
    async with quiet(tmp_path) as venue:
        before = venue.digest()
        paths = [(method, f"/api/v1{path}") for method, path, _ in native_paths()]
        paths += [(method, path) for path, method, _ in PRIVATE]
        for method, path in paths:
            for headers, code in FOREIGN:
                reply = await venue.desk.client.request(method, path, headers=headers)
                assert (reply.status_code, reply.json()["code"]) == (403, code), path
        assert venue.digest() == before


@in_loop
async def test_no_private_read_of_the_kraken_api_tells_of_another_account(tmp_path):
    async with quiet(tmp_path) as venue:
        secrets, _ = await two_accounts(venue)
        told = ""
        for path, method, permission in PRIVATE:
            if permission == "read":
                asked = urlencode({"orderIds": secrets[1], "cliOrdIds": NAMED})
                for sent in ("", asked) if path.endswith("orders/status") else ("",):
                    berts = await venue.kraken("bert", method, path, sent)
                    annas = await venue.kraken("anna", method, path, sent)
                    assert berts.status_code == annas.status_code == 200, berts.text
                    assert not [secret for secret in secrets if secret in berts.text], path
                    told += annas.text
        assert not [secret for secret in secrets if secret not in told]


@in_loop
async def test_no_write_of_the_kraken_api_touches_another_account(tmp_path):
    async with quiet(tmp_path) as venue:
        secrets, _ = await two_accounts(venue)
        before = venue.digest()
        batch = {
            "batchOrder": [
                {"order": "cancel", "order_id": secrets[2]},
                {"order": "cancel", "cliOrdId": NAMED},
                {"order": "edit", "order_id": secrets[2], "size": 0.2},
            ]
        }
        bodies = {
            "cancelorder": [{"order_id": secrets[2]}, {"cliOrdId": NAMED}],
            "editorder": [
                {"orderId": secrets[2], "size": "0.2"},
                {"cliOrdId": NAMED, "size": "0.2"},
                {"orderId": secrets[3], "stopPrice": "30000"},
            ],
            "cancelallorders": [{}, {"symbol": SYMBOL}],
            "batchorder": [{"json": json.dumps(batch)}],
        }
        for name, sent in bodies.items():
            for body in sent:
                reply = await venue.kraken("bert", "POST", f"{V3}/{name}", urlencode(body))
                assert reply.status_code == 200, reply.text
                assert "BadRequest" not in reply.text
        assert venue.digest() == before


@in_loop
async def test_no_read_of_the_native_api_tells_of_another_account(tmp_path):
    async with quiet(tmp_path) as venue:
        _, ids = await two_accounts(venue)
        told = ""
        for method, path, _ in native_paths("GET"):
            if not path.startswith(EVERYBODYS):
                berts = await venue.native(method, path, params={"account": "bert"})
                told += (await venue.native(method, path, params={"account": "anna"})).text
                found = [secret for secret in (NAMED, *ids) if f'"{secret}"' in berts.text]
                assert not found, path
        assert NAMED in told


@in_loop
async def test_no_write_of_the_native_api_touches_another_account(tmp_path):
    async with quiet(tmp_path) as venue:
        await two_accounts(venue)
        opened = (await venue.native("GET", "/orders?account=anna")).json()["open"]
        position = (await venue.native("GET", "/account?account=anna")).json()["positions"]
        before = venue.digest()
        for order in opened:
            for method, body in (("PATCH", {"size": "0.02"}), ("DELETE", None)):
                reply = await venue.native(method, f"/orders/{order['id']}?account=bert", json=body)
                assert reply.json()["code"] in ("UNKNOWN_ORDER", "NOT_YOUR_ORDER"), reply.text
        for method, path, body in (
            ("POST", "/cancel-all", {}),
            ("POST", f"/positions/{SYMBOL}/close", {}),
            ("POST", f"/positions/{SYMBOL}/margin", {"amount": "-1"}),
            ("POST", "/fresh-start", None),
        ):
            await venue.native(method, f"{path}?account=bert", json=body)
        assert venue.digest() == before
        assert (await venue.native("GET", "/orders?account=anna")).json()["open"] == opened
        assert (await venue.native("GET", "/account?account=anna")).json()["positions"] == position


@pytest.mark.parametrize("feed", sorted(PRIVATE_FEEDS))
def test_a_private_feed_tells_its_own_account_only(tmp_path, feed):
    @in_loop
    async def check():
        async with quiet(tmp_path) as venue:
            secrets, _ = await two_accounts(venue)
            bert, anna = await joined(venue, "bert", feed), await joined(venue, "anna", feed)
            for price in (BID, "160000"):
                secrets.append((await venue.send("anna", limitPrice=price))["order_id"])
            berts, annas = await bert.all_said(), await anna.all_said()
            assert not [secret for secret in secrets if secret in berts]
            assert "subscribed" in berts
            if (
                feed == "notifications_auth"
            ):  # whatever an account does, the venue announces nothing
                assert annas.count('"feed"') == berts.count('"feed"') == 2
            else:
                assert annas.count('"feed"') > berts.count('"feed"')

    check()


@pytest.mark.parametrize("feed", sorted(PRIVATE_FEEDS))
def test_a_private_feed_is_not_opened_with_anothers_signature(tmp_path, feed):
    @in_loop
    async def check():
        async with quiet(tmp_path) as venue:
            await two_accounts(venue)
            for changed in (
                {"api_key": venue.keys["anna"]["key"]},
                {"original_challenge": "of an earlier connection"},
                {"signed_challenge": ""},
            ):
                line = await joined(venue, "bert", feed, **changed)
                said = await line.all_said()
                assert "Failed to subscribe to authenticated feed" in said
                assert "snapshot" not in said
                assert '"subscribed"' not in said

    check()


class Line(Socket):
    """A socket of the Kraken API."""

    async def say(self, **message):
        """Send one message."""
        await self._in.put({"type": "websocket.receive", "text": json.dumps(message)})

    async def close(self):
        """Go away."""
        await self._in.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(self._task, 5)

    async def all_said(self):
        """Everything that comes until nothing more does, as text."""
        said = []
        try:
            while len(said) < 50:
                said.append(json.dumps(await asyncio.wait_for(self.message(), 0.3)))
        except TimeoutError:
            await self.close()
        return "\n".join(said)


async def joined(venue, account, feed, **changed):
    """A socket that has asked for a private feed with the account's key."""
    line = Line(venue.desk.app, "/ws/v1", {"host": BASE.removeprefix("http://")})
    assert (await line.open())["type"] == "websocket.accept"
    key = venue.keys[account]
    await line.say(event="challenge", api_key=key["key"])
    message = await line.message()
    while message.get("event") != "challenge":
        message = await line.message()
    asked = {
        "api_key": key["key"],
        "original_challenge": message["message"],
        "signed_challenge": auth.signature(key["secret"], message["message"].encode()),
    }
    await line.say(event="subscribe", feed=feed, **(asked | changed))
    return line
