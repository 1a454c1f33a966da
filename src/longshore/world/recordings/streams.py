"""Recorded messages of venues' streams: one JSON a line, or one document of messages.

Line forms: `<nanoseconds> <message>`, and an object with the time of receipt, the direction and
the message. Times are those of receipt, so that all series of a recording share one clock; a
document without them takes the venue's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from longshore.world.recordings import binance_stream, kraken_stream
from longshore.world.recordings.collected import Collected
from longshore.world.recordings.files import lines
from longshore.world.recordings.problem import refused
from longshore.world.recordings.values import EARLIEST_US, LATEST_US, Times

Key = tuple[str, str, str]
"""Venue, kind of market, symbol."""
MICRO = 1_000_000


class Streams:
    """Reads files of messages in the order of their times; gathers markets by key."""

    def __init__(self) -> None:
        self.markets: dict[Key, Collected] = {}

    def read(self, path: Path) -> set[Key]:
        """One file; the markets it speaks of, perhaps none. RecordingError: it is damaged."""
        touched: set[Key] = set()
        before_us = 0
        for line, time_us, message in messages(path):
            if not EARLIEST_US <= time_us < LATEST_US:
                raise refused(path, f"{time_us} µs is no time between 2009 and 2100", line)
            if time_us < before_us:
                raise refused(path, "its time is before that of the line above", line, "time")
            before_us = time_us
            try:
                touched |= self._take(time_us, message)
            except (KeyError, IndexError, TypeError, ValueError) as error:
                reason = f"a message that cannot be understood: {type(error).__name__} {error}"
                raise refused(path, reason, line) from error
        return touched

    def _take(self, time_us: int, message: Any) -> set[Key]:
        for take in (binance_stream.take, kraken_stream.take):
            if found := take(time_us, message, self.markets):
                return found
        return set()


def messages(path: Path) -> Iterator[tuple[int, int, Any]]:
    """Line, time in microseconds and message of every message that was received."""
    for line, text in lines(path):
        body = text.strip()
        if not body:
            continue
        if line == 1 and body == "{":
            yield from _document(path)
            return
        try:
            found = _message(body)
        except (ValueError, KeyError) as error:
            raise refused(path, f"no recorded message: {error}", line) from error
        if found is not None:
            yield (line, *found)


def _message(body: str) -> tuple[int, Any] | None:
    """A line's time and message; None: it was sent, not received."""
    stamp, space, rest = body.partition(" ")
    if space and stamp.isdecimal():
        return int(stamp) // 1_000, _decoded(rest)
    whole = _decoded(body)
    if not isinstance(whole, dict) or "msg" not in whole:
        raise ValueError("neither '<nanoseconds> <json>' nor an object with recv_ts and msg")
    if whole.get("dir") == "send":
        return None
    seconds, _, fraction = str(whole["recv_ts"]).partition(".")
    return int(seconds) * MICRO + int(fraction[:6].ljust(6, "0")), whole["msg"]


def _decoded(text: str) -> Any:
    """JSON in which every number with a point stays the text that it was."""
    return json.loads(text, parse_float=str)


def _document(path: Path) -> Iterator[tuple[int, int, Any]]:
    """`{"init": snapshot, "updates": [...]}`, at the venue's own times."""
    text = "".join(part for _, part in lines(path))
    try:
        whole = _decoded(text)
        times = [Times().us(m["data"][0]["timestamp"]) for m in whole["updates"]]
        yield 1, times[0], whole["init"]
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise refused(path, "no document of a snapshot and its updates") from error
    for time_us, message in zip(times, whole["updates"], strict=True):
        yield 1, time_us, message
