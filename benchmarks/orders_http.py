"""Durable orders through the Kraken dialect at 64 clients, beside a bare echo of the same server.

Every client keeps one connection and one signed order in flight. Clients, server and disk share the
machine: read the ratio, not the rate.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode, urlsplit

from benchmarks.report import GREATER, Aim, Report
from longshore.venue.dialects.kraken_futures.auth import signature, signed_message

CLIENTS = 64
ACCOUNTS = 4  # one account alone may not have as many open orders as a run places
LOAD_S = 5.0
WARM_S = 1.0
PATH = "/derivatives/api/v3/sendorder"
SYMBOL = "PF_XBTUSD"
PRICE_USD = 1_000
SIZE = "0.0001"
COMPILE_LIMIT_S = 180
ECHO = """
import sys, uvicorn
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    body = (await receive())["body"]
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
"""


@dataclass(frozen=True)
class Keys:
    """A practice account's API key."""

    key: str
    secret: str


@dataclass
class Load:
    """What the clients saw."""

    latencies_s: list[float]
    elapsed_s: float
    refused: int

    @property
    def per_s(self) -> float:
        """Answers a second, without refusals: those are cheaper."""
        return (len(self.latencies_s) - self.refused) / self.elapsed_s

    def at_ms(self, share: float) -> float:
        """The latency that a share of the answers kept under."""
        return 1_000 * sorted(self.latencies_s)[int(share * (len(self.latencies_s) - 1))]


def request(keys: Keys, nonce: int) -> bytes:
    """One signed order, far below the market, as it goes over the wire."""
    order = {"orderType": "lmt", "symbol": SYMBOL, "side": "buy", "size": SIZE,
             "limitPrice": PRICE_USD, "cliOrdId": f"bench-{nonce}"}  # fmt: skip
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


async def client(port: int, next_request: Callable[[], bytes], load: Load, until_s: float) -> None:
    """One connection that orders again as soon as it is answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until_s:
        sent_s = time.perf_counter()
        writer.write(next_request())
        body = await answer(reader)
        load.latencies_s.append(time.perf_counter() - sent_s)
        load.refused += b"placed" not in body and b"orderType" not in body
    writer.close()
    await writer.wait_closed()


async def loaded(port: int, keys: Sequence[Keys], nonces: Iterator[int], duration_s: float) -> Load:
    """All clients for a while."""
    load = Load([], 0.0, 0)
    started_s = time.perf_counter()
    until_s = started_s + duration_s

    def next_request() -> bytes:
        nonce = next(nonces)
        return request(keys[nonce % len(keys)], nonce)

    await asyncio.gather(*(client(port, next_request, load, until_s) for _ in range(CLIENTS)))
    load.elapsed_s = time.perf_counter() - started_s
    return load


def measured(port: int, keys: Sequence[Keys]) -> Load:
    """The load after a warming one."""
    nonces = count(time.time_ns() // 1_000)
    asyncio.run(loaded(port, keys, nonces, WARM_S))
    return asyncio.run(loaded(port, keys, nonces, LOAD_S))


@contextmanager
def serving(command: list[str], **extra: str) -> Iterator[subprocess.Popen[str]]:
    """A server process, ended at the end."""
    environment = os.environ | extra
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            yield server
        finally:
            server.terminate()


def echo_load() -> Load:
    """The bare echo."""
    port = free_port()
    with serving([sys.executable, "-c", ECHO, str(port)]):
        wait_for(port)
        return measured(port, [Keys("key", "c2VjcmV0")])


def venue_load() -> Load:
    """The venue, its compiled engine at work, and accounts with money."""
    longshore = [sys.executable, "-m", "longshore"]
    with tempfile.TemporaryDirectory() as data:
        serve = [*longshore, "serve", "--no-browser", "--data", data]
        with serving(serve) as venue:
            assert venue.stdout is not None
            url = venue.stdout.readline().split("/?")[0].strip()
            port = urlsplit(url).port or 8000
            wait_for_compiler(url)
            at = ["--url", url, "--data", data, "--json"]
            return measured(port, [new_keys(f"bench-{n}", longshore, at) for n in range(ACCOUNTS)])


def new_keys(name: str, longshore: list[str], at: list[str]) -> Keys:
    """The key of a new account with a million dollars of practice money."""
    said([*longshore, "account", "create", name, "--deposit", "USD=1000000", *at])
    made = said([*longshore, "keys", "create", name, *at])
    return Keys(made["key"], made["secret"])


def said(command: list[str]) -> dict[str, str]:
    """What a command of `longshore` answers with --json."""
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    answered: dict[str, str] = json.loads(done.stdout)
    return answered


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int) -> None:
    """Until something listens."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def wait_for_compiler(url: str) -> None:
    """Until the compiled engine has taken over."""
    import httpx

    deadline_s = time.monotonic() + COMPILE_LIMIT_S
    while httpx.get(f"{url}/health").json()["engine"] != "jit":
        assert time.monotonic() < deadline_s, "the compiled engine did not take over"
        time.sleep(0.5)


def measure() -> Report:
    """Orders a second and their latencies, against the echo."""
    echo, venue = echo_load(), venue_load()
    note = f"{CLIENTS} clients, {LOAD_S:.0f} s; {venue.refused} of the orders refused"
    report = Report("Orders over HTTP", note)
    for name, load in {"bare echo of the same server": echo, "durable orders": venue}.items():
        latency = f"p50 {load.at_ms(0.5):.1f} ms, p99 {load.at_ms(0.99):.1f} ms"
        report.add(name, f"{load.per_s:,.0f}/s, {latency}")
    report.add(
        "durable orders against the echo", "", value=venue.per_s / echo.per_s,
        aim=Aim(GREATER, 0.5), bound_by="one interpreter decodes, applies and answers",
    )  # fmt: skip
    return report
