"""What of the event stream is watched: a few columns of a few kinds, from rows or from matrices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from longshore.engine.events import EventKind
from longshore.engine.rows import Event

WATCHED = frozenset(
    (
        EventKind.REFUSED,
        EventKind.ORDER_PLACED,
        EventKind.ORDER_AMENDED,
        EventKind.ORDER_ENDED,
        EventKind.FILLED,
        EventKind.INDEX_PUBLISHED,
        EventKind.FUNDING_SET,
        EventKind.LIQUIDATION_STARTED,
    )
)


class Seen(NamedTuple):
    """An event, as far as detectors read it; each column means what it does in `Event`."""

    kind: int
    seq: int
    index: int  # type: ignore[assignment]
    time_us: int
    account_id: int
    other_account_id: int
    market_id: int
    asset_id: int
    order_id: int
    other_order_id: int
    side: int
    type: int
    role: int
    reason: int
    price_ticks: int
    qty_lots: int
    open_lots: int
    position_lots: int
    index_subticks: int


_VALUES = attrgetter(*Seen._fields)
_FROM = [Event.FIELDS.index(field) for field in Seen._fields]
_KIND = Event.FIELDS.index("kind")
_IS_WATCHED = np.isin(np.arange(1 + max(EventKind)), list(WATCHED))
AT = {field: at for at, field in enumerate(Seen._fields)}
"""Where a column stands in a matrix of what is watched."""
SLICE_US = 10_000_000


def slices(pieces: Iterable[Any]) -> Iterator[Any]:
    """What is watched of pieces of events (`Gathered.pieces`), a matrix for each ten seconds."""
    made = [_watched(piece) for piece in pieces]
    words = np.concatenate(made) if made else np.zeros((0, len(AT)), np.int64)
    times = words[:, AT["time_us"]] // SLICE_US
    cuts = [0, *((times[1:] != times[:-1]).nonzero()[0] + 1).tolist(), len(words)]
    for begin, end in pairwise(cuts):
        if begin < end:
            yield words[begin:end]


def _watched(piece: Any) -> Any:
    if isinstance(piece, list):
        rows = [_VALUES(event) for event in piece if event.kind in WATCHED]
        return np.array(rows, np.int64).reshape(-1, len(AT))
    return piece[_IS_WATCHED[piece[:, _KIND]]][:, _FROM]


def rows(words: Any) -> Iterator[Seen]:
    """Lines of a matrix as tuples with names."""
    return map(Seen._make, words.tolist())
