"""What a flood may cost: the memory of a served venue before and after, and others served on.

Each flood comes in a small count and, `long`, in a large one; the bound is the same, because
what is kept of a flood must not grow with it.
"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import ClientConnection, connect

from longshore.venue.dialects.kraken_futures import auth
from tests.dialects.desk import SCENARIO, SYMBOL, Desk, Trader, started
from tests.reliability.process import Client

BOUND_MB = 40
PATIENCE_S = 60
BATCHES_MAX = 100
READERS = 5
UPGRADE = (
    b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
MASK = bytes(4)
SUBSCRIBE = {
    "/ws/v1": {"event": "subscribe", "feed": "book", "product_ids": [SYMBOL]},
    "/v2": {"method": "subscribe", "params": {"channel": "book", "symbol": ["BTC/USD"]}},
    "/": {"event": "subscribe", "pair": ["XBT/USD"], "subscription": {"name": "book"}},
}


class Flooded:
    """A served venue and what it holds in memory."""

    def __init__(self, pid: int, desk: Desk) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self.desk = desk
        parts = urlsplit(desk.origin)
        self.address, self.token = parts.netloc, ""
        self.place = (parts.hostname, parts.port)

    def memory_mb(self) -> float:
        """Resident, as the kernel counts it."""
        lines = self._status.read_text().splitlines()
        (line,) = (each for each in lines if each.startswith("VmRSS:"))
        return int(line.split()[1]) / 1_024

    def open(self, sent: bytes = b"") -> socket.socket:
        """A connection that has said something."""
        made = socket.create_connection(self.place, timeout=PATIENCE_S)
        made.sendall(sent)
        return made

    def socket(self, path: str) -> socket.socket:
        """A socket from which nothing will be read."""
        return self.open(b"GET %s HTTP/1.1\r\nHost: localhost\r\n%s" % (path.encode(), UPGRADE))

    def line(self, path: str) -> ClientConnection:
        """A socket of a client that reads."""
        return connect(f"ws://{self.address}{path}", ping_interval=None, max_queue=None)

    def serves_others(self) -> bool:
        return self.desk.public("/0/public/Time")["error"] == []


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flooded]:
    """One for the file, which has answered something of everything before it is measured."""
    process, desk = started(tmp_path_factory.mktemp("flooded"), SCENARIO, "--port", "0")
    running = Flooded(process.pid, desk)
    desk.step(2)
    for path, message in SUBSCRIBE.items():
        with running.line(path) as line:
            line.send(json.dumps(message))
            line.recv(PATIENCE_S)
    yield running
    desk.http.close()
    process.terminate()
    process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0


@pytest.fixture
def bounded(venue: Flooded) -> Iterator[Flooded]:
    """The venue, which keeps little of what the test does to it and goes on."""
    before_mb = venue.memory_mb()
    yield venue
    assert venue.serves_others()
    assert venue.memory_mb() - before_mb < BOUND_MB


def counts(few: int, many: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("count", [few, pytest.param(many, marks=pytest.mark.long)])


def is_cut_off(sending: socket.socket, piece: Callable[[int], bytes], most: int) -> bool:
    """Whether the venue ends the connection before so many pieces have been sent."""
    with sending, suppress(OSError):
        for number in range(most):
            sending.sendall(piece(number))
        return False
    return True


@counts(3, 300)
@pytest.mark.parametrize("path", ["/derivatives/api/v3/batchorder", "/0/private/AddOrder"])
def test_bodies_of_ten_megabytes(bounded, path, count):
    for _ in range(count):
        reply = bounded.desk.http.post(path, content=b"json=" + b"x" * 10_000_000)
        assert len(reply.content) < 1_000


@pytest.mark.parametrize(
    ("begun", "piece"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-More: " + b"a" * 9_990 + b"\r\n"),
        (b"GET /", b"a" * 10_000),
        (b"GET / HTTP/1.1\r\nX-More: ", b"a" * 10_000),
    ],
)
def test_heads_without_an_end_are_cut_off(bounded, begun, piece):
    assert is_cut_off(bounded.open(begun), lambda _: piece, 10_000)


@counts(100, 5_000)
def test_requests_that_never_end(bounded, count):
    begun = b"POST /0/private/AddOrder HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n"
    waiting = [bounded.open(begun + b"\r\n" * (number % 2)) for number in range(count)]
    assert bounded.serves_others()
    for each in waiting:
        each.close()


def frame(opcode: int, content: bytes, is_last: bool = True) -> bytes:
    assert len(content) < 126
    return bytes([0x80 * is_last | opcode, 0x80 | len(content)]) + MASK + content


def test_pings_of_a_client_that_does_not_read_are_cut_off(bounded):
    pings = frame(9, b"p" * 125) * 1_000
    assert is_cut_off(bounded.socket("/v2"), lambda _: pings, 1_000)


def test_a_message_of_empty_frames_without_an_end_is_cut_off(bounded):
    sending = bounded.socket("/v2")
    sending.sendall(frame(1, b"{", is_last=False))
    assert is_cut_off(sending, lambda _: frame(0, b"", is_last=False) * 1_000, 1_000)


@counts(200, 10_000)
@pytest.mark.parametrize("path", SUBSCRIBE)
def test_subscriptions(bounded, path, count):
    text = json.dumps(SUBSCRIBE[path])
    with bounded.line(path) as line:
        for _ in range(count):
            line.send(text)
            line.recv(PATIENCE_S)


@counts(200, 10_000)
@pytest.mark.parametrize("path", SUBSCRIBE)
def test_frames_that_mean_nothing(bounded, path, count):
    with bounded.line(path) as line:
        for number in range(count):
            line.send(("{", "[]", b"\x00\xff", "x" * 5_000, '{"event":7}')[number % 5])
            if number % 20 == 0:
                line.recv(PATIENCE_S)


def own_orders(line: ClientConnection, trader: Trader) -> None:
    """Ask for the feed of one's own orders."""
    line.recv(PATIENCE_S)
    line.send(json.dumps({"event": "challenge", "api_key": trader.key}))
    challenge = json.loads(line.recv(PATIENCE_S))["message"]
    signed = auth.signature(trader.secret, challenge.encode())
    names = {"original_challenge": challenge, "signed_challenge": signed, "api_key": trader.key}
    line.send(json.dumps({"event": "subscribe", "feed": "open_orders", **names}))
    assert json.loads(line.recv(PATIENCE_S))["event"] == "subscribed"
    assert json.loads(line.recv(PATIENCE_S))["feed"] == "open_orders_snapshot"


def stopped_reader(stack: ExitStack, venue: Flooded, trader: Trader) -> ClientConnection:
    """A socket on which its account's orders are told, and little of it fits on the way."""
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    small.connect(venue.place)
    address = f"ws://{venue.address}/ws/v1"
    line = stack.enter_context(connect(address, sock=small, ping_interval=None, max_queue=1))
    own_orders(line, trader)
    return line


def listening(venue: Flooded) -> int:
    """How many sockets the venue has something to tell."""
    told = venue.desk.http.get("/metrics").text
    return int(float(re.findall(r"^longshore_streams (\S+)$", told, re.MULTILINE)[0]))


def place_and_cancel(client: Client, number: int) -> None:
    """A batch of orders that are gone again."""
    order = {"order": "send", "orderType": "lmt", "symbol": SYMBOL, "side": "buy", "size": 0.01}
    tags = [f"{number}-{each}" for each in range(250)]
    placed = [order | {"limitPrice": 1_000, "order_tag": t, "cliOrdId": t} for t in tags]
    ended = [{"order": "cancel", "cliOrdId": tag} for tag in tags]
    told = client.post("batchorder", json=json.dumps({"batchOrder": [*placed, *ended]}))
    assert {each["status"] for each in told["batchStatus"]} == {"placed", "cancelled"}


@pytest.mark.long
def test_readers_that_stopped_are_closed_by_name_and_begin_again_with_a_snapshot(bounded):
    """They read nothing while their account places and cancels orders."""
    trader = bounded.desk.trader(USD="100000")
    before = listening(bounded)
    client = Client.of(bounded, trader)
    with ExitStack() as stack:
        lines = [stopped_reader(stack, bounded, trader) for _ in range(READERS)]
        assert listening(bounded) == before + READERS
        for number in range(BATCHES_MAX):
            place_and_cancel(client, number)
            if listening(bounded) == before:
                break
        assert listening(bounded) == before
        for line in lines:
            with suppress(ConnectionClosedError):
                for _ in line:
                    continue
            assert (line.close_code, line.close_reason) == (4008, "SLOW_CONSUMER")
    client.close()
    with bounded.line("/ws/v1") as line:
        own_orders(line, trader)
