"""Which column is what: the names venues and tools use, and the files without a header.

A layout is known by its columns. Nothing is guessed from one column alone: a table that fits no
kind is refused with the names that its nearest kind misses.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from longshore.world.recordings.manifest import Kind
from longshore.world.recordings.problem import refused
from longshore.world.recordings.values import is_plain

TIME = (
    "time_utc", "funding_time_utc", "time", "timestamp", "open_time", "transact_time",
    "transaction_time", "calc_time", "date", "datetime", "ts", "fundingtime",
)  # fmt: skip
SIDE = ("side", "buy/sell")
MAKER = ("is_buyer_maker", "isbuyermaker", "was_buyer_maker")

Names = dict[str, tuple[str, ...]]
BARS: Names = {
    "open": ("open",),
    "high": ("high",),
    "low": ("low",),
    "close": ("close",),
    "volume": ("volume", "vol"),
    "turnover": ("turnover", "quote_volume", "quote_asset_volume"),
    "trades": ("trades", "count", "number_of_trades"),
}
TRADES: Names = {
    "price": ("price",),
    "qty": ("qty", "quantity", "size", "amount", "volume"),
    "id": ("agg_trade_id", "trade_id", "id"),
    "side": SIDE,
    "maker": MAKER,
}
BOOK: Names = {
    "snapshot": ("is_snapshot",),
    "side": ("side",),
    "price": ("price",),
    "qty": ("amount", "qty", "size"),
}
TOP: Names = {
    "bid": ("best_bid_price", "bidprice", "bid_price", "bid"),
    "bid_qty": ("best_bid_qty", "bidsize", "bid_qty", "bid_amount"),
    "ask": ("best_ask_price", "askprice", "ask_price", "ask"),
    "ask_qty": ("best_ask_qty", "asksize", "ask_qty", "ask_amount"),
    "id": ("update_id",),
}
FUNDING: Names = {
    "rate": ("funding_rate", "last_funding_rate", "fundingrate", "interest_1h"),
    "rate_8h": ("interest_8h",),
    "price": ("price_at_funding", "mark_price", "markprice"),
    "index": ("index_price",),
}
KINDS: dict[Kind, tuple[Names, tuple[str, ...]]] = {
    "book": (BOOK, ("snapshot", "side", "price", "qty")),
    "bars": (BARS, ("open", "high", "low", "close")),
    "top": (TOP, ("bid", "bid_qty", "ask", "ask_qty")),
    "funding": (FUNDING, ("rate",)),
    "trades": (TRADES, ("price", "qty")),
}
"""Every kind with its columns and those it cannot do without, the most telling kind first."""
HEADERLESS: dict[tuple[int, bool], tuple[str, ...]] = {
    (12, False): (
        "open_time", "open", "high", "low", "close", "volume", "", "quote_volume", "count",
    ),
    (8, True): ("agg_trade_id", "price", "qty", "", "", "time", "is_buyer_maker", ""),
    (7, True): ("id", "price", "qty", "", "time", "is_buyer_maker", ""),
    (7, False): ("time", "open", "high", "low", "close", "volume", "trades"),
    (3, False): ("time", "price", "volume"),
}  # fmt: skip
"""By number of columns and whether there are words of truth in it: candles, aggregated and single
trades of one archive; candles and trades of another."""
NOT_A_BOOK = {"percentage", "depth"}


class Layout(NamedTuple):
    """What a table holds and where: column numbers by name."""

    kind: Kind
    time: int
    columns: dict[str, int]
    names: list[str]
    symbol: int | None
    venue: int | None
    is_headerless: bool


def found(path: Path, line: int, cells: Sequence[str]) -> Layout:
    """The layout of a table by its first row. RecordingError: none fits."""
    first = [cell.strip().lower() for cell in cells]
    if is_plain(first[0]) or first[0][:2] in {"19", "20"}:
        truth = any(cell in {"true", "false"} for cell in first)
        names = HEADERLESS.get((len(first), truth))
        if names is None:
            raise refused(path, f"{len(first)} columns without a header are no known layout", line)
        return _layout(path, line, names, is_headerless=True)
    return _layout(path, line, first, is_headerless=False)


def _layout(path: Path, line: int, names: Sequence[str], *, is_headerless: bool) -> Layout:
    if set(names) >= NOT_A_BOOK:
        raise refused(path, "sums of depth by distance are no book: orders cannot be told", line)
    kind = next((k for k, (known, must) in KINDS.items() if not _missing(names, known, must)), None)
    if kind is None:
        raise refused(path, _nearest(names), line)
    time = _place(names, TIME)
    if time is None:
        raise refused(path, f"no column says when; it would be called {' or '.join(TIME)}", line)
    places = {name: _place(names, called) for name, called in KINDS[kind][0].items()}
    columns = {name: place for name, place in places.items() if place is not None}
    symbol, venue = _place(names, ("symbol",)), _place(names, ("venue", "exchange"))
    return Layout(kind, time, columns, list(names), symbol, venue, is_headerless)


def _place(names: Sequence[str], called: Sequence[str]) -> int | None:
    """The column that is called so, by the first of the words that is there."""
    return next((names.index(word) for word in called if word in names), None)


def _missing(names: Sequence[str], known: Names, must: Sequence[str]) -> list[str]:
    return [name for name in must if _place(names, known[name]) is None]


def _nearest(names: Sequence[str]) -> str:
    """Which columns the kind that lacks the fewest does not find."""
    lacks = {kind: _missing(names, known, must) for kind, (known, must) in KINDS.items()}
    kind = min(lacks, key=lambda k: len(lacks[k]) / len(KINDS[k][1]))
    called = [" or ".join(KINDS[kind][0][name]) for name in lacks[kind]]
    have = ", ".join(name or "(none)" for name in names)
    return f"{kind} need a column called {'; and '.join(called)}; there are {have}"
