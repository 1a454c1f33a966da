"""One book told to a thousand sockets, fifty times a second, beside a bare server that does it.

An update is an order that rests, sent by one more client, each at a price of its own; every socket
then gets one message of it. Clients and servers share the machine: read the ratio.
"""

from __future__ import annotations

import asyncio
import re
import time
from base64 import b64encode
from dataclasses import dataclass, field
from itertools import count

from benchmarks.report import LESS, Aim, Report
from benchmarks.venue import over_http
from benchmarks.venue.over_http import answer
from benchmarks.venue.servers import Server, cpu_s, program, venue

SOCKETS, UPDATES_PER_S, FOR_S = 1_000, 50, 8
LOOKS, LOOK_S = 200, 0.05
"""So often is it seen whether the last have come."""
AT_ONCE = 50
"""So many connect together: a listener's backlog is no part of this."""
AIM = Aim(LESS, 2.0)
PATH = "/ws/v1"
SUBSCRIBE = b'{"event":"subscribe","feed":"book","product_ids":["PF_XBTUSD"]}'
UPDATE, PRICE = b'"feed":"book"', re.compile(rb'"price":(1[0-9]{3})\b')
FIRST_USD = 1_000
TEXT, PING, PONG = 1, 9, 10
TELLER = """
import re, sys, uvicorn
sockets = []
TEXT = '{"feed":"book","product_id":"PF_XBTUSD","side":"buy","seq":4711,"price":%s.0,'
TEXT += '"qty":0.0001,"timestamp":1767600000000}'
async def app(scope, receive, send):
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        sockets.append(send)
        while (await receive())["type"] == "websocket.receive":
            continue
    elif scope["type"] == "http":
        price = re.search(b"limitPrice=([0-9]+)", (await receive())["body"])[1].decode()
        for each in sockets:
            await each({"type": "websocket.send", "text": TEXT % price})
        headers = [(b"content-length", b"6")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"placed"})
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
"""


class Listener(asyncio.Protocol):
    """One socket: when each update came. Frames are told apart and no more is made of them."""

    def __init__(self) -> None:
        """Nothing has come."""
        self.came_s: dict[bytes, float] = {}
        self.open = asyncio.get_running_loop().create_future()
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a socket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        key = b64encode(b"sixteen bytes of").decode()
        transport.write(
            f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            f"Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """What came, cut into frames."""
        self._held += data
        if not self.open.done():
            head, found, rest = self._held.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head.splitlines()[0]:
                self.open.set_exception(ConnectionRefusedError(head))
                return
            self._held = rest
            self._transport.write(_masked(SUBSCRIBE))
            self.open.set_result(None)
        self._held = self._held[self._frames(self._held) :]

    def _frames(self, held: bytes) -> int:
        """Take every whole frame; where the first that is not whole begins."""
        at = 0
        while len(held) - at >= 2:
            begins, length = at + 2, held[at + 1]
            if length >= 126:
                wide = 2 if length == 126 else 8
                begins += wide
                length = int.from_bytes(held[at + 2 : begins])
            if len(held) < begins + length:
                break
            text = held[begins : begins + length]
            if held[at] & 0xF == PING:
                self._transport.write(_masked(text, PONG))
            elif UPDATE in text and (price := PRICE.search(text)):
                self.came_s[price[1]] = time.perf_counter()
            at = begins + length
        return at

    def leave(self) -> None:
        """Close the line."""
        self._transport.close()


def _masked(text: bytes, kind: int = TEXT) -> bytes:
    """A client's frame, its mask all zero."""
    return bytes([0x80 | kind, 0x80 | len(text), 0, 0, 0, 0]) + text


@dataclass
class Told:
    """What a server's telling came to."""

    cpu_s: float = 0.0
    messages: int = 0
    lost: int = 0
    last_s: list[float] = field(default_factory=list)
    """Of each update: from when it was asked for until the last socket had it."""

    @property
    def cpu_us(self) -> float:
        """Processor time a message."""
        return self.cpu_s / self.messages * 1e6

    def said(self) -> str:
        """Cost and the slowest socket."""
        last = sorted(self.last_s)
        slowest = f"{last[len(last) // 2] * 1_000:.0f} ms, at worst {last[-1] * 1_000:.0f} ms"
        return f"{self.cpu_us:.1f} µs a message; the last socket had it after {slowest}"


async def _listening(port: int) -> list[Listener]:
    loop = asyncio.get_running_loop()
    listeners: list[Listener] = []
    for _ in range(SOCKETS // AT_ONCE):
        made = [loop.create_connection(Listener, "127.0.0.1", port) for _ in range(AT_ONCE)]
        some = [listener for _, listener in await asyncio.gather(*made)]
        await asyncio.gather(*(each.open for each in some))
        listeners += some
    await asyncio.sleep(1)  # what comes first, the whole book, is no update
    return listeners


async def _updates(server: Server) -> dict[bytes, float]:
    """Ask for updates evenly, whatever the answers take; when each was asked for, by its price."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    nonces = count(time.time_ns() // 1_000)
    asked_s: dict[bytes, float] = {}
    started_s = time.perf_counter()
    for number in range(UPDATES_PER_S * FOR_S):
        await asyncio.sleep(started_s + number / UPDATES_PER_S - time.perf_counter())
        nonce, price_usd = next(nonces), FIRST_USD + number
        asked_s[str(price_usd).encode()] = time.perf_counter()
        writer.write(over_http.request(server.keys[number % len(server.keys)], nonce, price_usd))
        assert b"placed" in await answer(reader)
    writer.close()
    return asked_s


async def _told(server: Server) -> Told:
    listeners = await _listening(server.port)
    before_s = cpu_s(server.pid)
    asked_s = await _updates(server)
    for _ in range(LOOKS):
        if min(len(each.came_s) for each in listeners) == len(asked_s):
            break
        await asyncio.sleep(LOOK_S)
    told = Told(cpu_s=cpu_s(server.pid) - before_s)
    told.messages = sum(len(each.came_s) for each in listeners)
    told.lost = len(asked_s) * SOCKETS - told.messages
    for price, asked in asked_s.items():
        came_s = [each.came_s[price] for each in listeners if price in each.came_s]
        told.last_s += [max(came_s) - asked] if came_s else []
    for each in listeners:
        each.leave()
    return told


def measure() -> Report:
    """What one message costs and when the slowest has it, against the bare server."""
    with program(TELLER) as server:
        bare = asyncio.run(_told(server))
    with venue("--clock", "manual") as server:
        ours = asyncio.run(_told(server))
    report = Report(
        "A book told to many",
        f"{SOCKETS:,} sockets, {UPDATES_PER_S} updates a second for {FOR_S} s, whoever sends them",
    )
    for name, told in {"bare server": bare, "the venue's book": ours}.items():
        lost = f"; {told.lost:,} did not come" if told.lost else ""
        report.add(name, told.said() + lost)
    report.add(
        "processor time a message against the bare server", "", value=ours.cpu_us / bare.cpu_us,
        aim=AIM, bound_by="each socket's messages are numbered, and so made, for it alone",
    )  # fmt: skip
    return report
