"""A venue in its own process, for clients that only know its address."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

SYMBOL = "PF_XBTUSD"
UNIFIED = "BTC/USD:USD"
SCENARIO = """
name = "dialects"
markets = ["PF_XBTUSD", "PF_ETHUSD", "XBT/USD", "ETH/USD"]
start = 2026-09-25T12:00:00Z
seed = 7
[feed]
kind = "sim"
"""
"""No agents: the book is what the tests put there, and the clock stands still between steps."""


class Trader:
    """An account of the venue with one API key."""

    def __init__(self, name: str, key: str, secret: str) -> None:
        self.name = name
        self.key = key
        self.secret = secret


class Desk:
    """The venue as the operator sees it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.socket = f"ws://{parts.netloc}/ws/v1"
        token = parts.query.removeprefix("token=")
        headers = {"Authorization": f"Bearer {token}"}
        self.http = httpx.Client(base_url=self.origin, headers=headers, timeout=60)
        self._numbers = itertools.count(1)
        self.tls = ""
        """Host and port over TLS, where they were asked for."""
        self.authority = Path()

    def post(self, path: str, body: Any) -> Any:
        reply = self.http.post(f"/api/v1{path}", json=body)
        assert reply.is_success, reply.text
        return reply.json()

    def step(self, seconds: int) -> None:
        """Let world time pass; a command is carried out when all that was due before it is."""
        for _ in range(seconds):
            self.post("/clock", {"action": "step", "step_ms": 1_000})
            self.post("/cancel-all", {})

    def trader(self, *permissions: str, **deposits: str) -> Trader:
        """A new account, with money in its multi-collateral wallet."""
        name = f"trader-{next(self._numbers)}"
        self.post("/operator/accounts", {"name": name, "deposits": deposits})
        allowed = permissions or ("read", "trade", "transfer")
        made = self.post("/operator/keys", {"account": name, "permissions": list(allowed)})
        return Trader(name, made["key"], made["secret"])

    def public(self, path: str, **parameters: Any) -> Any:
        """A public answer of the dialect."""
        return self.http.get(path, params=parameters).json()

    def index(self) -> int:
        """The index of bitcoin, in whole dollars."""
        ticker = self.public(f"/derivatives/api/v3/tickers/{SYMBOL}")["ticker"]
        return int(ticker["indexPrice"])

    def urls(self) -> dict[str, Any]:
        """What points ccxt here; nothing else is changed."""
        rest = f"{self.origin}/derivatives/api/"
        return {
            "api": {
                "public": rest,
                "private": rest,
                "charts": f"{self.origin}/api/charts/",
                "history": f"{self.origin}/api/history/",
                "ws": self.socket,
            }
        }

    def ccxt_options(self, trader: Trader) -> dict[str, Any]:
        """The constructor's options of any ccxt class for this venue."""
        return {
            "apiKey": trader.key,
            "secret": trader.secret,
            "enableRateLimit": False,
            "urls": self.urls(),
        }


def started(data: Path, text: str = SCENARIO, *more: str) -> tuple[subprocess.Popen[str], Desk]:
    """A venue on a free port; its address is the first line it prints."""
    scenario = data / "world.toml"
    scenario.write_text(text)
    command = [sys.executable, "-m", "longshore", "serve", "--no-browser"]
    command += ["--world", str(scenario), "--data", str(data / "data")]
    command += ["--clock", "manual", "--engine", "plain", *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Desk(process.stdout.readline().strip())
