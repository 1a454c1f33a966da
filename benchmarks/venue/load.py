"""Clients that each keep one request in flight, and what they saw."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.report import Aim, Report
from benchmarks.venue.servers import Server

LOAD_S, WARM_S = 5.0, 1.0
CLIENTS = (1, 64, 256)

Ask = Callable[[], Awaitable[bool]]
"""Asks once; whether it was taken."""
Client = Callable[[int], Awaitable[tuple[Ask, Callable[[], Awaitable[None]]]]]
"""By its number: a connected client, how it asks and how it leaves."""


@dataclass
class Load:
    """What the clients saw."""

    latencies_s: list[float] = field(default_factory=list)
    elapsed_s: float = 0.0
    refused: int = 0

    @property
    def per_s(self) -> float:
        """Answers a second, without refusals: those are cheaper."""
        return (len(self.latencies_s) - self.refused) / self.elapsed_s

    def at_ms(self, share: float) -> float:
        """The latency that a share of the answers kept under."""
        return 1_000 * sorted(self.latencies_s)[int(share * (len(self.latencies_s) - 1))]

    def said(self) -> str:
        """Rate and latencies."""
        return f"{self.per_s:,.0f}/s, p50 {self.at_ms(0.5):.1f} ms, p99 {self.at_ms(0.99):.1f} ms"


async def _asking(ask: Ask, load: Load, until_s: float) -> None:
    while (sent_s := time.perf_counter()) < until_s:
        taken = await ask()
        load.latencies_s.append(time.perf_counter() - sent_s)
        load.refused += not taken


async def _loaded(client: Client, clients: int) -> Load:
    """All clients for a while, after a while that does not count."""
    ready = await asyncio.gather(*(client(number) for number in range(clients)))
    for load, duration_s in ((Load(), WARM_S), (Load(), LOAD_S)):
        started_s = time.perf_counter()
        until_s = started_s + duration_s
        await asyncio.gather(*(_asking(ask, load, until_s) for ask, _ in ready))
        load.elapsed_s = time.perf_counter() - started_s
    await asyncio.gather(*(leave() for _, leave in ready))
    return load


def loads(client_of: Callable[[Server], Client], server: Server) -> list[Load]:
    """What each number of clients sees of a server."""
    client = client_of(server)
    return [asyncio.run(_loaded(client, clients)) for clients in CLIENTS]


def told(
    report: Report, echoes: Sequence[Load], orders: Sequence[Load], aims: dict[int, Aim]
) -> None:
    """Lines of both, and their ratio, by the number of clients."""
    for clients, echo, load in zip(CLIENTS, echoes, orders, strict=True):
        report.add(f"{clients} clients: bare echo", echo.said())
        refused = f"; {load.refused} refused" if load.refused else ""
        report.add(
            f"{clients} clients: durable orders", load.said() + refused,
            value=load.per_s / echo.per_s, aim=aims.get(clients),
            bound_by="one interpreter decodes, applies and answers",
        )  # fmt: skip
