"""The servers that are measured: a venue with accounts, and a bare echo to set beside it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ACCOUNTS = 4  # one account alone may not have as many open orders as a run places
COMPILE_LIMIT_S = 180
ECHO = """
import sys, uvicorn
async def app(scope, receive, send):
    if scope["type"] == "http":
        body = (await receive())["body"]
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (said := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": said["text"]})
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
"""


@dataclass(frozen=True)
class Keys:
    """A practice account's API key."""

    key: str
    secret: str


@dataclass(frozen=True)
class Server:
    """One that listens: its port, its process, and whose keys it knows."""

    port: int
    pid: int
    keys: Sequence[Keys]


@contextmanager
def serving(command: list[str], **extra: str) -> Iterator[subprocess.Popen[str]]:
    """A server process, ended at the end."""
    environment = os.environ | extra
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            yield server
        finally:
            server.terminate()


@contextmanager
def program(text: str) -> Iterator[Server]:
    """A small server written here; its key is good for nothing."""
    port = free_port()
    with serving([sys.executable, "-c", text, str(port)]) as server:
        wait_for(port)
        yield Server(port, server.pid, [Keys("key", "c2VjcmV0")])


@contextmanager
def venue(*options: str) -> Iterator[Server]:
    """The venue, its compiled engine at work, and accounts with money."""
    longshore = [sys.executable, "-m", "longshore"]
    subprocess.run([sys.executable, "-m", "longshore.venue.compile"], check=True)
    with tempfile.TemporaryDirectory() as data:
        serve = [*longshore, "serve", "--no-browser", "--data", data, *options]
        with serving(serve) as server:
            assert server.stdout is not None
            url = server.stdout.readline().split("/?")[0].strip()
            wait_for_compiler(url)
            at = ["--url", url, "--data", data, "--json"]
            keys = [new_keys(f"bench-{n}", longshore, at) for n in range(ACCOUNTS)]
            yield Server(urlsplit(url).port or 8000, server.pid, keys)


def new_keys(name: str, longshore: list[str], at: list[str]) -> Keys:
    """The key of a new account with a million dollars of practice money in each of two wallets."""
    said([*longshore, "account", "create", name, "--deposit", "USD=1000000", *at])
    said([*longshore, "account", "deposit", name, "USD=1000000", "--wallet", "cash", *at])
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


def cpu_s(pid: int) -> float:
    """Processor time of a process so far, as Linux tells it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
