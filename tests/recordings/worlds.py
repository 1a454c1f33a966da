"""Worlds on imported recordings, and what happened in them."""

from __future__ import annotations

import json

from longshore.engine.events import EventKind
from longshore.world.world import World
from tests.recordings.made import imported
from tests.recordings.test_books import T0, depth, trade

MS = 1_000_000
HEAD = """
name = "recorded"
markets = ["PF_XBTUSD"]
start = 2024-01-01T00:00:00Z
end = 2024-01-01T00:00:{end:02}Z
seed = 5
[feed]
kind = "replay"
recording = "{recording}"
[[account]]
name = "queuer"
deposit = {{ USD = "100000" }}
"""
ORDER = """
[[order]]
at = 2024-01-01T00:00:01Z
account = "queuer"
market = "PF_XBTUSD"
side = "buy"
type = "limit"
price = "50000"
size = "0.5"
"""
SNAPSHOT = {
    "lastUpdateId": 1,
    "bids": [["50000.0", "1.000"], ["49990.0", "2.000"]],
    "asks": [["50010.0", "1.000"], ["50020.0", "2.000"]],
}
FIRST = [(0, depth(1, 1, 0)), (0, SNAPSHOT)]


class Told:
    """A book that changes at times: each method is a message some milliseconds after the start."""

    def __init__(self) -> None:
        self.messages = list(FIRST)
        self._id = 1

    def bid(self, at_ms, price, qty):
        self._id += 1
        change = depth(self._id, self._id, self._id - 1, bids=[(price, qty)])
        self.messages.append((at_ms, change))
        return self

    def sold(self, at_ms, price, qty):
        self.messages.append((at_ms, trade(price, qty, True)))
        return self

    def lines(self):
        return "".join(f"{T0 + at * MS} {json.dumps(m)}\n" for at, m in self.messages)


def book_recording(folder, told):
    """The recording's folder as a scenario names it."""
    recording, _ = imported(folder, "capture.ndjson", told.lines())
    return str(folder / "out" / recording.name)


def filled(world, account="queuer"):
    """Runs the world to its end: (milliseconds, ticks, lots) of the account's fills as a maker."""
    fills = []
    start_us = world.scenario.start_us

    def on_batch(batch):
        fills.extend(
            ((e.time_us - start_us) // 1_000, int(e.price_ticks), int(e.qty_lots))
            for e in batch.events
            if e.kind == EventKind.FILLED and e.other_account_id == world.accounts[account]
        )

    world.run(world.end_us, on_batch)
    return fills


def top(view, market_id=1):
    """The best prices of the engine's book and what stands there."""
    market = view.markets[market_id]
    return [
        (int(view.levels[at].price_ticks), int(view.levels[at].qty_lots))
        for at in (market.best_bid, market.best_ask)
    ]


def made(folder, recording, *, end=5, orders=ORDER, more=""):
    """A world on a recording."""
    text = HEAD.format(recording=recording, end=end).replace("[feed]", f"[feed]{more}")
    return World.create(folder / "world", text + orders)
