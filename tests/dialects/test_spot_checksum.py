"""The CRC32 of books, against every one that was recorded from the real venue."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from heapq import nlargest, nsmallest
from pathlib import Path
from zlib import crc32

import pytest

from longshore.venue.dialects.kraken_spot.checksum import checksum

RECORDINGS = Path(__file__).parents[3] / "shared/data/kraken_ws_recordings"
V2 = RECORDINGS / "kraken_spot_ws_v2_book_BTC-USD.json.gz"
V1 = RECORDINGS / "kraken_spot_ws_v1_2021-04-17_6pairs.ndjson.gz"
needs_recordings = pytest.mark.skipif(not RECORDINGS.is_dir(), reason="no recordings here")


def best_first(book):
    """The ten best of both sides as texts."""
    asks = [book["asks"][price] for price in nsmallest(10, book["asks"])]
    return asks, [book["bids"][price] for price in nlargest(10, book["bids"])]


def take(side, price, size):
    """One level of an update."""
    if float(size):
        side[float(price)] = price, size
    else:
        side.pop(float(price), None)


def test_the_digits_of_a_small_book():
    """By hand: 0.05 and 1.00 are 5 and 100, after 100.1 and before 99.9."""
    assert checksum([("100.1", "0.05")], [("99.9", "1.00")]) == crc32(b"10015999100")
    many = [(f"{each}.0", "1.0") for each in range(1, 20)]
    assert checksum(many, []) == checksum(many[:10], [])


@needs_recordings
def test_every_recorded_checksum_of_version_2():
    recorded = json.loads(gzip.decompress(V2.read_bytes()))
    book = {"asks": {}, "bids": {}}
    checked = 0
    for message in [recorded["init"], *recorded["updates"]]:
        (told,) = message["data"]
        for side, levels in book.items():
            for level in told[side]:
                take(levels, f"{level['price']:.1f}", f"{level['qty']:.8f}")
        asks, bids = best_first(book)
        book = {
            side: {float(price): (price, size) for price, size in levels}
            for side, levels in (("asks", asks), ("bids", bids))
        }
        checked += message["type"] == "update"
        assert checksum(asks, bids) == told["checksum"]
    assert checked >= 508


@needs_recordings
def test_every_recorded_checksum_of_version_1():
    books = defaultdict(lambda: {"asks": {}, "bids": {}})
    checked = 0
    for line in gzip.decompress(V1.read_bytes()).splitlines():
        if not line.strip():
            continue
        message = json.loads(line)["msg"]
        message = json.loads(message) if isinstance(message, str) else message
        if not isinstance(message, list) or not message[-2].startswith("book"):
            continue
        book = books[message[-1]]
        told = {name: value for part in message[1:-2] for name, value in part.items()}
        for short, side in (("a", "asks"), ("b", "bids")):
            for price, size, *_ in [*told.get(f"{short}s", ()), *told.get(short, ())]:
                take(book[side], price, size)
        if "c" in told:
            assert checksum(*best_first(book)) == int(told["c"])
            checked += 1
    assert checked == 3_040
