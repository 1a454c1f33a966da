"""An audit export read to its end, with nothing but the file."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from longshore.world.audit.lines import BEGINNING, FORMAT, AuditError, Foot, Head, Line, sealed

LINE_BYTES_MAX = 2**26
PACKED = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
"""How an export begins: no name, no time, packed as well as it goes."""

_DECODER = msgspec.json.Decoder(Head | Line | Foot)


class Audited(msgspec.Struct, frozen=True, kw_only=True):
    """What a file that is as it was written holds."""

    world: str
    after_seq: int
    last_seq: int
    events: int
    chain: str
    seal: str
    """The digits of the last line: what somebody who was given them before compares."""


def check_audit(path: Path) -> Audited:
    """Compute every line's digits again. Raises AuditError: the first line that is not as written.

    Raises OSError where there is no such file.
    """
    checking = _Checking()
    for number, (digits, content) in enumerate(_lines(path), start=1):
        checking.take(number, digits, content)
    return checking.found()


def _lines(path: Path) -> Iterator[tuple[bytes, bytes]]:
    try:
        with path.open("rb") as packed, gzip.GzipFile(fileobj=packed) as file:
            if packed.read(len(PACKED)) not in (PACKED, b""):
                raise AuditError("it was packed by another program, or is no audit export")
            packed.seek(0)
            while line := file.readline(LINE_BYTES_MAX):
                if not line.endswith(b"\n"):
                    raise AuditError("the file is cut short, or is no audit export")
                digits, _, content = line[:-1].partition(b" ")
                yield digits, content
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise AuditError(f"it cannot be unpacked: {error}") from None


class _Checking:
    """The lines so far."""

    def __init__(self) -> None:
        self._seal = BEGINNING
        self._head: Head | None = None
        self._foot: Foot | None = None
        self._seq = self._events = self._rows = 0

    def take(self, number: int, digits: bytes, content: bytes) -> None:
        """The next line."""
        self._seal = sealed(self._seal, content)
        if digits != self._seal.encode():
            raise AuditError(f"line {number:,} is not as it was written")
        try:
            line = _DECODER.decode(content)
        except (msgspec.DecodeError, RecursionError) as error:
            raise AuditError(f"line {number:,}: {error}") from None
        if (self._head is None) != isinstance(line, Head) or self._foot is not None:
            raise AuditError(f"line {number:,} is not where it belongs")
        self._read(number, line)

    def _read(self, number: int, line: Head | Line | Foot) -> None:
        if isinstance(line, Head):
            if line.format != FORMAT:
                raise AuditError(f"it is of format {line.format}; this program knows {FORMAT}")
            self._head, self._seq = line, line.after_seq
        elif isinstance(line, Line):
            if line.seq != self._seq + 1:
                raise AuditError(f"line {number:,}: command {line.seq:,} after {self._seq:,}")
            self._seq, self._rows = line.seq, self._rows + 1
            self._events += len(line.events)
        else:
            if (line.last_seq, line.rows) != (self._seq, self._rows):
                raise AuditError("the last line tells of other commands than there are")
            self._foot = line

    def found(self) -> Audited:
        """What the file holds, once it is at its end."""
        if self._head is None or self._foot is None:
            raise AuditError("the file is cut short: its last line is missing")
        return Audited(
            world=self._head.world,
            after_seq=self._head.after_seq,
            last_seq=self._seq,
            events=self._events,
            chain=self._foot.chain,
            seal=self._seal,
        )
