"""Books from recorded messages: rebuilt, numbered, held against checksums and best prices."""

from __future__ import annotations

import json
import zlib

import pytest

from longshore.world.recordings.book_checks import updates
from longshore.world.recordings.problem import RecordingError
from tests.recordings.made import import_all, imported

T0 = 1_704_067_200_000_000_000  # ns


def depth(first, last, prev, bids=(), asks=()):
    data = {"e": "depthUpdate", "s": "BTCUSDT", "U": first, "u": last, "pu": prev}
    return {"stream": "btcusdt@depth@0ms", "data": data | {"b": list(bids), "a": list(asks)}}


def ticker(at, bid, bid_qty, ask, ask_qty):
    data = {"e": "bookTicker", "s": "BTCUSDT", "u": at}
    quoted = {"b": bid, "B": bid_qty, "a": ask, "A": ask_qty}
    return {"stream": "btcusdt@bookTicker", "data": data | quoted}


def trade(price, qty, maker):
    data = {"e": "trade", "s": "BTCUSDT", "p": price, "q": qty, "X": "MARKET", "m": maker}
    return {"stream": "btcusdt@trade", "data": data}


SNAPSHOT = {
    "lastUpdateId": 14,
    "bids": [["99.90", "2"], ["99.80", "1"]],
    "asks": [["100.10", "3"], ["100.20", "4"]],
}
MESSAGES = [
    depth(9, 11, 8, bids=[("50.00", "9")]),  # from before the snapshot: of no use
    depth(12, 15, 11, bids=[("99.90", "5")]),
    SNAPSHOT,
    ticker(15, "99.90", "5", "100.10", "3"),
    trade("100.10", "1.5", False),
    depth(16, 18, 15, asks=[("100.10", "1.5")]),
    depth(19, 19, 18),
    ticker(20, "99.90", "5", "100.05", "1"),
    depth(20, 21, 19, asks=[("100.05", "1")]),
]


def lines(messages):
    return "".join(f"{T0 + i * 1_000_000} {json.dumps(m)}\n" for i, m in enumerate(messages))


def counts(recording):
    return {check.name: (check.passed, check.total) for check in recording.checks}


def test_a_snapshot_goes_before_the_first_message_that_reaches_beyond_it(tmp_path):
    recording, tables = imported(tmp_path, "capture.ndjson", lines(MESSAGES))
    first, second, *_ = list(updates(tables["book"]))
    assert (first.is_snapshot, first.last_id, len(first.changes)) == (True, 14, 4)
    assert (second.is_snapshot, second.first_id, second.last_id) == (False, 12, 15)
    assert (recording.market, recording.level) == ("usdm", "book")
    assert recording.name == "binance-usdm-btcusdt-book-2024-01-01"


def test_a_snapshot_is_of_the_market_whose_ids_are_nearest(tmp_path):
    """Two markets in one capture; the later one's snapshot has an id beyond both first ones."""
    coin = {"s": "BTCUSD_PERP", "ps": "BTCUSD", "e": "depthUpdate", "a": []}
    first = coin | {"U": 2, "u": 3, "pu": 1, "b": [["50.0", "1"]]}
    beside = {"stream": "btcusd_perp@depth", "data": first}
    path = tmp_path / "capture.ndjson"
    path.write_text(lines([beside, {"lastUpdateId": 2, "bids": [], "asks": []}, *MESSAGES]))
    made = import_all([path], tmp_path / "out")
    assert {m.market for m in made.manifests} == {"coinm", "usdm"}
    usdm = next(m for m in made.manifests if m.market == "usdm")
    assert counts(usdm)["top of book as recorded"] == (2, 2)


def test_ids_follow_and_the_top_is_the_recorded_one(tmp_path):
    recording, tables = imported(tmp_path, "capture.ndjson.gz", lines(MESSAGES))
    assert counts(recording)["ids follow each other"] == (4, 4)
    assert counts(recording)["top of book as recorded"] == (2, 2)
    assert tables["trades"].columns["side"] == ["buy"]
    assert tables["trades"].text("qty", 0) == "1.5"


def test_where_no_best_prices_are_told_the_last_ones_stand(tmp_path):
    """Id 18 takes half of the best ask away; without a word about it the last told is wrong."""
    stands = "top of book stands where none was told"
    for name in ("silent", "full"):
        (tmp_path / name).mkdir()
    silent, _ = imported(tmp_path / "silent", "capture.ndjson", lines(MESSAGES))
    assert counts(silent)[stands] == (0, 2)
    told = [*MESSAGES[:6], ticker(18, "99.90", "5", "100.10", "1.5"), *MESSAGES[6:]]
    full, _ = imported(tmp_path / "full", "capture.ndjson", lines(told))
    assert counts(full)[stands] == (1, 1)
    assert counts(full)["top of book as recorded"] == (3, 3)


def test_a_message_without_levels_keeps_its_ids(tmp_path):
    _, tables = imported(tmp_path, "capture.ndjson", lines(MESSAGES))
    assert [u.last_id for u in updates(tables["book"]) if not u.changes] == [19]


def test_a_missing_message_is_noticed(tmp_path):
    recording, _ = imported(tmp_path, "capture.ndjson", lines(MESSAGES[:5] + MESSAGES[6:]))
    check = next(c for c in recording.checks if c.name == "ids follow each other")
    assert (check.passed, check.total, check.must) == (2, 3, False)
    (gap,) = recording.gaps
    assert (gap.ends, gap.missing) == ("2024-01-01T00:00:00.007001Z", 3)  # no snapshot follows


def test_a_later_snapshot_ends_a_gap(tmp_path):
    later = SNAPSHOT | {"lastUpdateId": 21}
    broken = [*MESSAGES[:5], *MESSAGES[6:], later, depth(22, 22, 21)]
    recording, tables = imported(tmp_path, "capture.ndjson", lines(broken))
    assert [u.last_id for u in updates(tables["book"]) if u.is_snapshot] == [14, 21]
    (gap,) = recording.gaps
    assert (gap.begins, gap.ends, gap.missing) == (
        "2024-01-01T00:00:00.001000Z",
        "2024-01-01T00:00:00.007000Z",
        3,
    )


def test_another_top_is_noticed(tmp_path):
    wrong = [*MESSAGES[:7], ticker(20, "99.90", "5", "100.05", "7"), MESSAGES[8]]
    recording, _ = imported(tmp_path, "capture.ndjson", lines(wrong))
    assert counts(recording)["top of book as recorded"] == (1, 2)


def test_a_crossed_book_is_noticed(tmp_path):
    crossed = [*MESSAGES, depth(22, 22, 21, bids=[("100.06", "1")])]
    recording, _ = imported(tmp_path, "capture.ndjson", lines(crossed))
    assert [c.name for c in recording.checks if not c.is_sound] == ["bid below ask"]


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        (MESSAGES[:2], "changes of the book of BTCUSDT and no snapshot"),
        ([MESSAGES[0], {"stream": "btcusdt@depth", "data": {"s": "X"}}], "cannot be understood"),
        ([SNAPSHOT], "a snapshot that belongs to no market"),
        ([{"hello": 1}], "nothing in it can be imported"),
    ],
)
def test_streams_that_are_no_recording_are_refused(messages, told, tmp_path):
    with pytest.raises(RecordingError, match=told):
        imported(tmp_path, "capture.ndjson", lines(messages))


def test_lines_that_are_damaged_or_run_backward_are_named(tmp_path):
    text = lines(MESSAGES)
    with pytest.raises(RecordingError, match=r"capture.ndjson, line 3: no recorded message"):
        imported(tmp_path, "capture.ndjson", text.replace('"lastUpdateId": 14,', "{"))
    with pytest.raises(RecordingError, match=r"line 2, column 'time': its time is before"):
        imported(tmp_path, "capture.ndjson", text.replace(f"{T0} ", f"{T0 + 10**10} "))


def kraken(checksum):
    asks = [["0.05005", "0.00000500", "1"], ["0.05010", "0.00000500", "1"]]
    bids = [["0.05000", "0.00000500", "1"], ["0.04995", "0.00000500", "1"]]
    messages = [
        [7, {"as": asks, "bs": bids}, "book-10", "XBT/USD"],
        [7, {"a": [["0.05005", "0.00000300", "2"]], "c": str(checksum)}, "book-10", "XBT/USD"],
    ]
    return "".join(
        json.dumps({"recv_ts": 1_618_678_132.5 + i, "dir": "recv", "msg": m}) + "\n"
        for i, m in enumerate(messages)
    )


def test_a_checksum_is_that_of_the_book_after_its_message(tmp_path):
    right = zlib.crc32(b"5005300501050050005004995500")
    recording, _ = imported(tmp_path, "spot.ndjson", kraken(right))
    assert counts(recording)["checksums agree"] == (1, 1)
    (tmp_path / "other").mkdir()
    recording, _ = imported(tmp_path / "other", "spot.ndjson", kraken(right + 1))
    assert counts(recording)["checksums agree"] == (0, 1)
    assert (recording.venue, recording.market) == ("kraken", "spot")


def test_levels_deeper_than_the_venue_sends_are_forgotten(tmp_path):
    snapshot = {"channel": "book", "type": "snapshot"}
    sides = {"bids": [{"price": 9.0, "qty": 1.0}], "asks": [{"price": 11.0, "qty": 1.0}]}
    moved = {"bids": [{"price": 9.5, "qty": 2.0}], "asks": []}
    stamp = "2023-07-30T15:29:58.343415Z"
    whole = {
        "init": snapshot | {"data": [sides | {"symbol": "BTC/USD"}]},
        "updates": [
            {"channel": "book", "type": "update",
             "data": [moved | {"symbol": "BTC/USD", "timestamp": stamp,
                               "checksum": zlib.crc32(b"110109520")}]}
        ],
    }  # fmt: skip
    recording, _ = imported(tmp_path, "v2.json", json.dumps(whole, indent=1))
    assert recording.series[0].depth == 1
    assert counts(recording)["checksums agree"] == (1, 1)
    assert recording.begins == stamp
