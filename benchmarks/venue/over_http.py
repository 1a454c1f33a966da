"""Durable orders through the Kraken Futures dialect, beside a bare echo of the same server.

Every client keeps one connection and one signed order in flight. Clients, server and disk share the
machine: read the ratio, not the rate.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from urllib.parse import urlencode

from benchmarks.report import GREATER, Aim, Report
from benchmarks.venue.load import LOAD_S, Ask, Client, loads, told
from benchmarks.venue.servers import ECHO, Keys, Server, program, venue
from longshore.venue.dialects.kraken_futures.auth import signature, signed_message

PATH = "/derivatives/api/v3/sendorder"
SYMBOL = "PF_XBTUSD"
PRICE_USD = 1_000
SIZE = "0.0001"
AIMS = {64: Aim(GREATER, 0.6)}


def request(keys: Keys, nonce: int, price_usd: int = PRICE_USD) -> bytes:
    """One signed order, far below the market, as it goes over the wire."""
    order = {"orderType": "lmt", "symbol": SYMBOL, "side": "buy", "size": SIZE,
             "limitPrice": price_usd, "cliOrdId": f"bench-{nonce}"}  # fmt: skip
    body = urlencode(order).encode()
    authent = signature(keys.secret, signed_message(b"", body, str(nonce).encode(), PATH.encode()))
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAPIKey: {keys.key}\r\nAuthent: {authent}\r\n"
        f"Nonce: {nonce}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def answer(reader: asyncio.StreamReader) -> bytes:
    """One HTTP answer's body."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    return await reader.readexactly(length)


def client_of(server: Server) -> Client:
    """Clients that order, each under one of the accounts."""
    nonces = count(time.time_ns() // 1_000)

    async def client(number: int) -> tuple[Ask, Callable[[], Awaitable[None]]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        keys = server.keys[number % len(server.keys)]

        async def ask() -> bool:
            writer.write(request(keys, next(nonces)))
            body = await answer(reader)
            return b"placed" in body or b"orderType" in body

        async def leave() -> None:
            writer.close()
            await writer.wait_closed()

        return ask, leave

    return client


def measure() -> Report:
    """Orders a second and their latencies, against the echo."""
    with program(ECHO) as server:
        echoes = loads(client_of, server)
    with venue() as server:
        orders = loads(client_of, server)
    report = Report("Orders over HTTP", f"{LOAD_S:.0f} s each, signed, committed to disk")
    told(report, echoes, orders, AIMS)
    return report
