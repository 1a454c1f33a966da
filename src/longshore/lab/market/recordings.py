"""Recordings of real markets as tapes: whatever of the known files a folder holds.

The files and their columns are those of `docs/market.md`; a folder may hold any part of them.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
import numpy as np

from longshore.lab.market.recorded_books import binance_tape, kraken_tape
from longshore.lab.market.tape import HOUR_S, Floats, Tape, Track, floats

BAR_LENGTH = re.compile(r"_(\d+)m[_.]")


class DataError(ValueError):
    """A folder or file that cannot be measured; the message names it."""


def tapes(folder: Path) -> list[Tape]:
    """A tape of each recording in the folder. Raises DataError: none, or a damaged one."""
    if not folder.is_dir():
        raise DataError(f"{folder} is no folder of recordings")
    found = []
    for place, pattern, read in READERS:
        for path in sorted((folder / place).glob(pattern)):
            try:
                found.append(read(path))
            except (OSError, EOFError, KeyError, ValueError, msgspec.DecodeError) as error:
                raise DataError(f"{path}: {error or type(error).__name__}") from error
    if not found:
        raise DataError(f"{folder} holds none of the recordings that can be measured")
    return _together(found)


def _together(found: list[Tape]) -> list[Tape]:
    """The perpetual that was captured as long as its venue's spot market, with that beside it."""
    by_name = {tape.name: tape for tape in found}
    spot, perp = (
        by_name.get(name) for name in ("binance_spot_btcusdt", "binance_coinm_btcusd_perp")
    )
    if spot is None or perp is None:
        return found
    both = replace(perp, tracks=perp.tracks + spot.tracks)
    return [both if tape is perp else tape for tape in found]


def rows(path: Path) -> Iterator[dict[str, str]]:
    """A compressed table's rows by column."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def seconds(text: str) -> float:
    """A time of the files as seconds since 1970."""
    return datetime.fromisoformat(text).timestamp()


def bars(path: Path) -> Track:
    """Closes of bars on an even grid; a bar that is missing is no number."""
    name = path.name.split("_")
    length = BAR_LENGTH.search(path.name)
    if length is None:
        raise DataError("its name does not tell how long its bars are")
    step_s = 60.0 * int(length[1])
    read = [(seconds(row["time_utc"]), float(row["close"])) for row in rows(path)]
    times, closes = floats([at for at, _ in read]), floats([price for _, price in read])
    if times.size <= 1 or np.any(np.diff(times) <= 0):
        raise DataError("its bars are not in order of time")
    place = np.rint((times - times[0]) / step_s).astype(np.int64)
    mid = np.full(int(place[-1]) + 1, np.nan)
    mid[place] = closes
    return Track("_".join(name[:3]), name[2][:3], "perp" in name, float(times[0]), step_s, mid)


def bars_tape(path: Path) -> Tape:
    """One market's bars; a perpetual's with the spot bars of the same venue and time as index."""
    track = bars(path)
    name = path.name.removesuffix(".csv.gz")
    about = f"{name}: closes of bars of {track.step_s / 60:.0f} min"
    beside = path.with_name(path.name.replace("_perp_", "_spot_"))
    if not track.perpetual or not beside.exists():
        return Tape(name, about, (track,))
    spot = bars(beside)
    size = min(track.mid.size, spot.mid.size)
    if spot.start_s != track.start_s:
        return Tape(name, about, (track,))
    track = replace(track, mid=track.mid[:size], index=spot.mid[:size])
    return Tape(name, f"{about}, perpetual and spot", (track, spot), (), hours(track))


def hours(track: Track) -> Floats:
    """Means over each hour of the perpetual over its index, less one."""
    per_hour = round(HOUR_S / track.step_s)
    size = track.index.size // per_hour * per_hour
    premium = track.mid[:size] / track.index[:size] - 1
    means = premium.reshape(-1, per_hour)
    return floats(means[np.isfinite(means).all(axis=1)].mean(axis=1))


def premium_tape(path: Path) -> Tape:
    """An hour's premium each, as published."""
    name = path.name.removesuffix(".csv.gz")
    premium = floats([float(row["premium"]) for row in rows(path)])
    return Tape(name, f"{name}: published premium by hour", premium_hours=premium)


def liquidation_tape(path: Path) -> Tape:
    """Times of liquidations on one venue."""
    times = floats([seconds(row["time_utc"]) for row in rows(path)])
    return Tape("drift_v1", "liquidations of Drift v1 in 2021 and 2022", liquidation_s=times)


READERS: tuple[tuple[str, str, Callable[[Path], Tape]], ...] = (
    ("l2_binance_2024-08", "*_20240808.ndjson.gz", binance_tape),
    ("kraken_ws_recordings", "kraken_spot_ws_v2_book_BTC-USD.json.gz", kraken_tape),
    ("ohlcv_crash", "binance_spot_*_1m_2021-05-*.csv.gz", bars_tape),
    ("ohlcv_crash", "binance_perp_*_1m_*.csv.gz", bars_tape),
    ("ohlcv_crash", "bitmex_perp_XBTUSD_1m_2020-03*.csv.gz", bars_tape),
    ("ohlcv_crash", "binance_perp_BTCUSDT_5m_2025*.csv.gz", bars_tape),
    ("funding_premium_hyperliquid", "*.csv.gz", premium_tape),
    ("liquidations_drift_v1", "*.csv.gz", liquidation_tape),
)
