"""What a recording says of itself: `manifest.json`, beside its Parquet files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from longshore.world.recordings.problem import refused

FILE = "manifest.json"
FORMAT = 1

Kind = Literal["bars", "mark", "index", "trades", "book", "top", "funding"]
Level = Literal["book", "trades", "bars", "figures"]
LEVELS: dict[Level, str] = {
    "bars": "bars: the path inside each bar is made, from a seed",
    "trades": "trades: every price was traded; nothing is known of the book",
    "book": "book: recorded orders stand in the book, others queue behind them",
    "figures": "figures beside a market: nothing to replay",
}


class Gap(msgspec.Struct, frozen=True):
    """A stretch [begins, ends) that was not recorded; `missing` bars or ids, where countable."""

    begins: str
    ends: str
    missing: int
    reason: str


class Check(msgspec.Struct, frozen=True):
    """How many of how many places stood a check. `must`: a recording that fails it is unsound."""

    name: str
    passed: int
    total: int
    must: bool = True
    note: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing that must hold fails."""
        return self.passed == self.total or not self.must


class Series(msgspec.Struct, frozen=True):
    """One Parquet file of the recording."""

    kind: Kind
    file: str
    sha256: str
    rows: int
    begins: str
    ends: str
    """Of bars: the end of the last one."""
    interval_s: int = 0
    depth: int = 0
    """How many levels a side the venue sends, where it does not tell that a level fell out."""
    gaps: list[Gap] = []
    checks: list[Check] = []


class Origin(msgspec.Struct, frozen=True):
    """A file that was imported."""

    file: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A recording of one market of one venue."""

    format: int = FORMAT
    name: str
    venue: str
    symbol: str
    market: str = ""
    """spot, perp, …: the venue's kind of market, where it is told."""
    asset: str = ""
    """The asset whose price it is, as rulebooks call it; empty: none they know."""
    quote: str = ""
    qty_unit: Literal["base", "quote"] = "base"
    """What sizes count: the base asset, or contracts of `contract` units of the quote."""
    contract: str = "1"
    source: str = "not stated"
    licence: str = "not stated"
    imported_by: str
    origins: list[Origin] = []
    series: list[Series]

    @property
    def level(self) -> Level:
        """The level of truth at which it can be replayed."""
        kinds = {each.kind for each in self.series}
        if "book" in kinds:
            return "book"
        if "trades" in kinds:
            return "trades"
        return "bars" if kinds & {"bars", "mark", "index"} else "figures"

    @property
    def rows(self) -> int:
        """All rows of all series."""
        return sum(each.rows for each in self.series)

    @property
    def begins(self) -> str:
        """When the first series begins."""
        return min(each.begins for each in self.series)

    @property
    def ends(self) -> str:
        """When the last series ends."""
        return max(each.ends for each in self.series)

    @property
    def gaps(self) -> list[Gap]:
        """The gaps of all series."""
        return [gap for each in self.series for gap in each.gaps]

    @property
    def checks(self) -> list[Check]:
        """The checks of all series."""
        return [check for each in self.series for check in each.checks]

    def one(self, *kinds: str) -> Series | None:
        """The first series of one of these kinds, tried in this order."""
        by_kind = {each.kind: each for each in self.series}
        return next((found for kind in kinds if (found := by_kind.get(kind))), None)  # type: ignore[call-overload]


def utc(time_us: int) -> str:
    """A time as ISO 8601, without a fraction where there is none; sorts as the time does."""
    seconds, rest = divmod(time_us, 1_000_000)
    text = f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}"
    return f"{text}.{rest:06}Z" if rest else f"{text}Z"


def moment_us(text: str) -> int:
    """Such a text as a time."""
    whole = datetime.fromisoformat(text)
    past = whole - datetime(1970, 1, 1, tzinfo=UTC)
    return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds


def write(folder: Path, manifest: Manifest) -> None:
    """Into the recording's folder."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    (folder / FILE).write_bytes(text + b"\n")


def read(folder: Path) -> Manifest:
    """The manifest of a folder. RecordingError: there is none, or it cannot be read."""
    path = folder / FILE
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise refused(path, f"no recording: {error.strerror}") from error
    except msgspec.DecodeError as error:
        raise refused(path, f"no manifest: {error}") from error
    if manifest.format != FORMAT:
        raise refused(path, f"written in form {manifest.format}, this program reads {FORMAT}")
    return manifest
