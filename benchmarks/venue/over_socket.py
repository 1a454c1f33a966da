"""Durable orders over the Kraken Spot socket (v2 `add_order`), beside a bare echo."""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256, sha512
from hmac import digest
from itertools import count
from urllib.parse import urlencode

import httpx
import msgspec
from websockets.asyncio.client import connect

from benchmarks.report import GREATER, Aim, Report
from benchmarks.venue.load import LOAD_S, Ask, Client, loads, told
from benchmarks.venue.servers import ECHO, Keys, Server, program, venue

PATH = "/0/private/GetWebSocketsToken"
ORDER = {
    "order_type": "limit",
    "side": "buy",
    "symbol": "BTC/USD",
    "order_qty": 0.0001,
    "limit_price": 10_000,
}
AIMS = {64: Aim(GREATER, 0.6)}
"""Books are told to nobody here: what is measured is the order's own way."""


def token(port: int, keys: Keys) -> str:
    """A token for the private methods of the socket."""
    nonce = str(time.time_ns())
    body = urlencode({"nonce": nonce})
    message = PATH.encode() + sha256((nonce + body).encode()).digest()
    signed = b64encode(digest(b64decode(keys.secret), message, sha512)).decode()
    headers = {"API-Key": keys.key, "API-Sign": signed}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    reply = httpx.post(f"http://127.0.0.1:{port}{PATH}", content=body, headers=headers).json()
    assert not reply["error"], reply
    given: str = reply["result"]["token"]
    return given


def client_of(tokens: list[str]) -> Callable[[Server], Client]:
    """Clients that order, each with one of the tokens."""

    def of(server: Server) -> Client:
        ids = count(1)

        async def client(number: int) -> tuple[Ask, Callable[[], Awaitable[None]]]:
            socket = await connect(f"ws://127.0.0.1:{server.port}/v2", compression=None)
            params = ORDER | {"token": tokens[number % len(tokens)]}

            async def ask() -> bool:
                req_id = next(ids)
                told = {"method": "add_order", "params": params, "req_id": req_id}
                await socket.send(msgspec.json.encode(told).decode())
                while True:
                    said = msgspec.json.decode(await socket.recv())
                    if said.get("req_id") == req_id:
                        return said.get("success", True) is True

            return ask, socket.close

        return client

    return of


def measure() -> Report:
    """Orders a second and their latencies, against the echo."""
    with program(ECHO) as server:
        echoes = loads(client_of(["token"]), server)
    with venue() as server:
        tokens = [token(server.port, keys) for keys in server.keys]
        orders = loads(client_of(tokens), server)
    report = Report("Orders over a socket", f"{LOAD_S:.0f} s each, committed to disk")
    told(report, echoes, orders, AIMS)
    return report
