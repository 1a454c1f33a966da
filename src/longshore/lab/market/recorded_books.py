"""Recorded order books made again from a snapshot and the changes after it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from longshore.lab.market.sampler import Kind, Sampler
from longshore.lab.market.tape import Tape

STEP_S = 0.5
NS = 1_000_000_000
MS = 1_000
COINM_USD = 100.0  # of one contract

BINANCE = {
    "usdm": Kind("BTCUSDT perpetual", "BTC", perpetual=True),
    "coinm": Kind("BTCUSD perpetual", "BTC", perpetual=True, usd_per_unit=COINM_USD, inverse=True),
    "spot": Kind("BTCUSDT spot", "BTC", perpetual=False),
}


def binance_tape(path: Path) -> Tape:
    """A raw capture: one snapshot among changes, trades beside them.

    A file of the day after, where there is one, goes on from the end of this one.
    """
    kind = next(kind for word, kind in BINANCE.items() if f"_{word}_" in path.name)
    sampler = Sampler(kind, STEP_S)
    for file in (path, path.with_name(path.name.replace("0808.", "0809."))):
        if file.exists():
            _capture(file, sampler)
    name = path.name.removesuffix("_20240808.ndjson.gz")
    return Tape(name, f"{kind.symbol} on Binance, ten minutes of August 2024", (sampler.track(),))


def _capture(path: Path, sampler: Sampler) -> None:
    """Every line of a capture, in the order it was received.

    Changes before the snapshot give way to it: sizes are absolute, so those that it holds already
    may be applied once more.
    """
    for time_s, message in _lines(path):
        if "lastUpdateId" in message:
            sampler.book.bids.clear()
            sampler.book.asks.clear()
            _levels(sampler, message["bids"], message["asks"])
            continue
        data = message["data"]
        event = data.get("e")
        if event == "depthUpdate" and sampler.book.bids:
            sampler.reach(time_s)
            _levels(sampler, data["b"], data["a"])
        elif event == "trade":
            usd = sampler.kind.usd_per_unit * float(data["q"])
            usd *= 1.0 if sampler.kind.inverse else float(data["p"])
            sampler.trade(data["T"] / MS, -usd if data["m"] else usd)


def _lines(path: Path) -> Iterator[tuple[float, dict[str, Any]]]:
    with gzip.open(path, "rb") as file:
        for line in file:
            received, text = line.split(b" ", 1)
            yield int(received) / NS, msgspec.json.decode(text)


def _levels(sampler: Sampler, bids: list[list[str]], asks: list[list[str]]) -> None:
    for is_bid, side in ((True, bids), (False, asks)):
        for price, size in side:
            sampler.book.set(is_bid, float(price), float(size))


def kraken_tape(path: Path) -> Tape:
    """Ten levels of a spot book: its first state, then changes."""
    with gzip.open(path, "rb") as file:
        recorded = msgspec.json.decode(file.read())
    sampler = Sampler(Kind("BTC/USD spot", "BTC", perpetual=False), STEP_S)
    for message in (recorded["init"], *recorded["updates"]):
        for data in message["data"]:
            if "timestamp" in data:
                sampler.reach(datetime.fromisoformat(data["timestamp"]).timestamp())
            for is_bid, side in ((True, data["bids"]), (False, data["asks"])):
                for level in side:
                    sampler.book.set(is_bid, level["price"], level["qty"])
            _cut(sampler, 10)
    about = "BTC/USD spot on Kraken, ten levels, July 2023"
    return Tape("kraken_spot", about, (sampler.track(),))


def _cut(sampler: Sampler, levels: int) -> None:
    """What falls out of the ten best is not told about any more."""
    book = sampler.book
    for price in sorted(book.bids, reverse=True)[levels:]:
        del book.bids[price]
    for price in sorted(book.asks)[levels:]:
        del book.asks[price]
