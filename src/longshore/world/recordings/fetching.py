"""Fetching from a venue's own API, page by page, through a client that is handed in.

Pages go into a CSV as they come. A fetch that was broken off goes on after the last whole line of
it; once everything is there, the CSV is imported like any other file. The client (ccxt's unified
one) hands out floats: their shortest decimal is written, which is what was published as long as
that had no more than fifteen digits.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from longshore.world.recordings.importing import Imported, Terms, import_files
from longshore.world.recordings.manifest import Kind
from longshore.world.recordings.problem import RecordingError
from longshore.world.recordings.sources import Wanted

What = Literal["bars", "mark", "index", "trades", "funding"]
PAGE = 500
TRIES = 4
PAUSE_S = 1.0
FUNDING_MS = 3_600_000  # no venue pays more often
HEADERS: dict[What, str] = {
    "bars": "time,open,high,low,close,volume",
    "mark": "time,open,high,low,close",
    "index": "time,open,high,low,close",
    "trades": "time,price,qty,side",
    "funding": "time,funding_rate",
}


class Asked(NamedTuple):
    """What to fetch: [from, to) in milliseconds."""

    venue: str
    symbol: str
    from_ms: int
    to_ms: int
    what: What = "bars"
    timeframe: str = "1m"


class Client(NamedTuple):
    """A venue's client, and which of its errors pass by themselves."""

    exchange: Any
    passing: tuple[type[Exception], ...]
    pause_s: float = PAUSE_S


class Fetch:
    """One fetch, with the file it keeps its place in."""

    def __init__(self, client: Client, asked: Asked, out: Path) -> None:
        """A fetch; RecordingError where its times are none."""
        if asked.to_ms <= asked.from_ms:
            raise RecordingError("the end of what is fetched lies after its beginning")
        self.client = client
        self.asked = asked
        self.out = out
        symbol = "".join(c if c.isalnum() else "-" for c in asked.symbol)
        span = f"{asked.from_ms}-{asked.to_ms}"
        name = f"{asked.venue}_{symbol}_{asked.what}_{asked.timeframe}_{span}.csv"
        self.path = out / f".fetch-{name}"
        self.step_ms = self._step_ms()

    def _step_ms(self) -> int:
        """From one row to the next that there may be."""
        if self.asked.what == "trades":
            return 1
        if self.asked.what == "funding":
            return FUNDING_MS
        return int(self.client.exchange.parse_timeframe(self.asked.timeframe)) * 1_000

    def run(self, progress: Callable[[float], None] = lambda _: None) -> Imported:
        """Fetch what is missing and import it. RecordingError: it broke off; what came is kept."""
        self.out.mkdir(parents=True, exist_ok=True)
        at_ms = self._begun()
        span_ms = self.asked.to_ms - self.asked.from_ms
        with self.path.open("a", encoding="utf-8") as file:
            while at_ms < self.asked.to_ms:
                rows = self._page(at_ms)
                file.write("".join(",".join(map(_text, row)) + "\n" for row in rows))
                file.flush()
                at_ms = self._after(at_ms, rows)
                progress(min(1.0, (at_ms - self.asked.from_ms) / span_ms))
        return self._imported()

    def _begun(self) -> int:
        """Where a fetch that was broken off goes on; a line that was cut is taken away."""
        if not self.path.exists():
            self.path.write_text(f"{HEADERS[self.asked.what]}\n", encoding="utf-8")
        whole, newline, _ = self.path.read_text("utf-8").rpartition("\n")
        self.path.write_text(whole + newline, encoding="utf-8")
        last = whole.rpartition("\n")[2].partition(",")[0]
        return int(last) + self.step_ms if last.isdecimal() else self.asked.from_ms

    def _page(self, at_ms: int) -> list[list[Any]]:
        """The rows from a time on, in order, those of the span only."""
        for left in reversed(range(TRIES)):
            try:
                rows = self._ask(at_ms)
            except self.client.passing as error:
                if not left:
                    told = f"{self.asked.venue} did not answer: {error}. Run it again to go on"
                    raise RecordingError(told) from error
                time.sleep(self.client.pause_s)
            else:
                break
        wanted = (row for row in rows if at_ms <= row[0] < self.asked.to_ms)
        return sorted(wanted, key=lambda row: row[0])

    def _ask(self, at_ms: int) -> list[list[Any]]:
        """One page of the venue's."""
        exchange, asked = self.client.exchange, self.asked
        if asked.what == "funding":
            rates = exchange.fetch_funding_rate_history(asked.symbol, at_ms, PAGE)
            return [[each["timestamp"], each["fundingRate"]] for each in rates]
        if asked.what == "trades":
            trades = exchange.fetch_trades(asked.symbol, at_ms, PAGE, {"until": asked.to_ms})
            return [[t["timestamp"], t["price"], t["amount"], t["side"] or ""] for t in trades]
        extra = {} if asked.what == "bars" else {"price": asked.what}
        bars = exchange.fetch_ohlcv(asked.symbol, asked.timeframe, at_ms, PAGE, extra)
        return [list(bar[:6] if asked.what == "bars" else bar[:5]) for bar in bars]

    def _after(self, at_ms: int, rows: list[list[Any]]) -> int:
        """Where the next page begins; where nothing was, after what a page could have held."""
        if rows:
            return int(rows[-1][0]) + self.step_ms
        if self.asked.what in {"trades", "funding"}:
            return self.asked.to_ms
        return at_ms + PAGE * self.step_ms

    def _imported(self) -> Imported:
        """The finished file as a recording; then it is not needed any more."""
        kind: Kind = self.asked.what
        wanted = Wanted(self.asked.venue, self.asked.symbol, "", kind)
        terms = Terms(source=f"the API of {self.asked.venue}, through ccxt", replace=True)
        made = import_files([self.path], self.out, wanted, terms)
        self.path.unlink()
        return made


def _text(value: Any) -> str:
    """A number as its shortest decimal."""
    return repr(value) if isinstance(value, float) else str(value)
