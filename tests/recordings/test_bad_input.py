"""What cannot be a recording is refused by file, line, column and reason; nothing is written."""

from __future__ import annotations

import re

import pytest

from longshore.world.recordings.library import opened
from longshore.world.recordings.problem import RecordingError
from tests.recordings.made import BARS, NAME, changed, import_all, imported, wrote

BAD = {
    "a time that is the line's before": (
        changed(BARS, 3, "00:01:00", "00:00:00"),
        "line 3, column 'time': its time is the time of line 2",
    ),
    "a time before the line's before": (
        changed(BARS, 4, "00:02:00", "00:00:30"),
        "line 4, column 'time': its time is before line 3",
    ),
    "a high below the low": (
        changed(BARS, 2, "101,100,", "99,100,"),
        "line 2, column 'high': high 99 is below low 100",
    ),
    "a close outside": (
        changed(BARS, 2, "100.25,1.5", "200,1.5"),
        "line 2, column 'close': close 200 lies outside",
    ),
    "a word for a number": (
        changed(BARS, 2, "100.5", "many"),
        "line 2, column 'open': 'many' is no number",
    ),
    "no number": (changed(BARS, 2, "100.25,1.5", "nan,1.5"), "column 'close': 'nan' is no number"),
    "nothing": (changed(BARS, 3, "102", ""), "line 3, column 'high': nothing stands there"),
    "a word for a time": (
        changed(BARS, 2, "2024-01-01T00:00:00Z", "monday"),
        "line 2, column 'time_utc': 'monday' is no time",
    ),
    "another unit of price": (
        changed(BARS, 4, "101.75,101.75,99.5,100,", "10175,10175,9950,10000,"),
        "line 4, column 'close': from 101.75 to 10000 in one row: another unit?",
    ),
    "a price of nothing": (
        changed(BARS, 4, "101.75,101.75,99.5,100,", "0,0,0,0,"),
        "line 4, column 'close': a price is above zero",
    ),
    "a volume below zero": (changed(BARS, 3, ",2", ",-2"), "line 3, column 'volume': a volume"),
    "a missing column": (
        "time_utc,open,high,low,volume\n",
        "line 1: bars need a column called close; there are time_utc, open, high, low, volume",
    ),
    "no time": ("open,high,low,close\n1,1,1,1\n", "line 1: no column says when"),
    "an unknown layout": ("1,2,3,4,5\n", "line 1: 5 columns without a header are no known layout"),
    "depth by distance": (
        "timestamp,percentage,depth,notional\n",
        "no book: orders cannot be told",
    ),
    "a short row": (changed(BARS, 3, ",101.75,2", ""), "line 3: 4 cells, not 6"),
    "nothing at all": ("", "is empty"),
    "a header alone": ("time_utc,open,high,low,close\n", "has a header and no rows"),
    "a unit of time that changes": (
        "1704067200,1,1,1,1,5,12\n1704067260000,1,1,1,1,5,12\n",
        "line 2, column 'time': '1704067260000' is no time between 2009 and 2100",
    ),
    "per cent": (
        "time,funding_rate\n2024-01-01T00:00:00Z,0.1\n",
        "line 2, column 'rate': 0.1 an interval is no fraction: per cent?",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_by_place_and_reason(name, tmp_path):
    text, told = BAD[name]
    with pytest.raises(RecordingError, match=re.escape(told)) as refusal:
        imported(tmp_path, NAME, text)
    assert str(refusal.value).startswith(str(tmp_path / NAME))
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_bytes_that_are_no_text_and_packings_that_are_cut(tmp_path):
    (tmp_path / NAME).write_bytes(b"time\xff\xfe,open\n")
    with pytest.raises(RecordingError, match="is no text"):
        import_all([tmp_path / NAME], tmp_path / "out")
    rows = "".join(f"2024-01-01T{i // 60:02}:{i % 60:02}:00Z,1,1,1,1,1\n" for i in range(1_000))
    whole = wrote(tmp_path, f"{NAME}.gz", f"time_utc,open,high,low,close,volume\n{rows}")
    whole.write_bytes(whole.read_bytes()[:-20])
    with pytest.raises(RecordingError, match="cannot be read"):
        import_all([whole], tmp_path / "out")


def test_overlapping_files_are_refused_by_name(tmp_path):
    first = wrote(tmp_path, NAME, BARS)
    second = wrote(tmp_path, f"{NAME}.gz", BARS.replace("00:02:00", "00:04:00"))
    with pytest.raises(RecordingError, match=rf"overlaps {re.escape(NAME)}"):
        import_all([first, second], tmp_path / "out")


def test_whose_prices_must_be_told(tmp_path):
    with pytest.raises(RecordingError, match="--venue"):
        imported(tmp_path, "BTCUSD_1m.csv", BARS)
    with pytest.raises(RecordingError, match="--symbol"):
        imported(tmp_path, "prices.csv", BARS, venue="okx")
    recording, _ = imported(tmp_path, "prices.csv", BARS, venue="okx", symbol="BTC-USDT")
    assert (recording.venue, recording.asset) == ("okx", "XBT")


def test_a_symbol_that_a_table_does_not_hold(tmp_path):
    text = BARS.replace("volume", "volume,symbol")
    rows = [f"{line},BTCUSDT" if i else line for i, line in enumerate(text.splitlines())]
    with pytest.raises(RecordingError, match="no rows of ETHUSDT"):
        imported(tmp_path, NAME, "\n".join(rows), symbol="ETHUSDT")


def test_no_file_and_no_folder(tmp_path):
    with pytest.raises(RecordingError, match="no such file"):
        import_all([tmp_path / "nothing.csv"], tmp_path / "out")
    with pytest.raises(RecordingError, match="holds no file that can be imported"):
        import_all([tmp_path], tmp_path / "out")


def test_another_recording_is_replaced_only_when_asked(tmp_path):
    imported(tmp_path, NAME, BARS)
    with pytest.raises(RecordingError, match="exists already"):
        import_all([tmp_path / NAME], tmp_path / "out")
    again = import_all([tmp_path / NAME], tmp_path / "out", replace=True)
    assert len(again.folders) == 1
    assert [p.name for p in (tmp_path / "out").iterdir()] == [again.manifests[0].name]


def test_one_bad_file_of_a_folder_and_nothing_is_written(tmp_path):
    wrote(tmp_path, NAME, BARS)
    wrote(tmp_path, "okx_BTCUSDT_1m.csv", BAD["a high below the low"][0])
    with pytest.raises(RecordingError, match="below low"):
        import_all([tmp_path], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_that_was_changed_afterwards_is_noticed(tmp_path):
    recording, _ = imported(tmp_path, NAME, BARS)
    folder = tmp_path / "out" / recording.name
    known = opened(str(folder))
    assert all(check.is_sound for check in known.checks()["bars"])
    with (folder / "bars.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(RecordingError, match="digest differs"):
        known.checks()
    (folder / "bars.parquet").unlink()
    with pytest.raises(RecordingError, match="is not there"):
        known.checks()
    (folder / "manifest.json").write_text("{}")
    with pytest.raises(RecordingError, match="no manifest"):
        opened(str(folder))
