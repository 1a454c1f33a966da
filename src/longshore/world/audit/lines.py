"""The three kinds of lines, and the digits that tie each to all before it."""

from __future__ import annotations

import hashlib

import msgspec

from longshore import __version__

FORMAT = 1
BEGINNING = "0" * 64

Row = dict[str, int | str]


class AuditError(ValueError):
    """A file that is no audit export, or not as it was written, and where."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A market or an asset by its number: its name, and what one of its whole units is."""

    number: int
    symbol: str
    atom: str = ""
    tick: str = ""
    lot: str = ""


class Head(msgspec.Struct, frozen=True, kw_only=True, tag="head"):
    """The first line: which world, under which rules, and what its whole numbers count."""

    format: int = FORMAT
    program: str = __version__
    world: str
    engine: str
    after_seq: int
    """Commands until this one are in an archive; 0: it begins with the first."""
    assets: list[Unit]
    markets: list[Unit]
    rulebook: str
    scenario: str


class Line(msgspec.Struct, frozen=True, kw_only=True, tag="row"):
    """A command and all that it caused."""

    seq: int
    time_us: int
    command: Row
    events: list[Row]


class Foot(msgspec.Struct, frozen=True, kw_only=True, tag="foot"):
    """The last line. `chain` is that of the journal, which a running venue tells at `/health`."""

    last_seq: int
    rows: int
    chain: str


def sealed(before: str, content: bytes) -> str:
    """The digits of a line after those of the line before it."""
    return hashlib.sha256(before.encode() + content).hexdigest()
