"""Commands and events to bytes and back: msgpack of the fields each kind lists.

A command is `[kind, origin, time before the batch's, fields...]`, zeros at its end left out. The
fields by kind are themselves part of the journal's version row, so that a field added later does
not change how an old row reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from longshore.engine.commands import COMMAND_FIELDS, HEAD
from longshore.engine.events import EVENT_FIELDS
from longshore.engine.rows import Command, Event
from longshore.journal.batch import Batch
from longshore.journal.gathering import picked

CODEC = 1
INT_MIN, INT_MAX = -(2**63), 2**63 - 1

_PLACES = {name: place for place, name in enumerate(Command.FIELDS)}
_TIME = 2
_BEFORE_FIELDS = 3
"""So many numbers stand before a command's fields: kind, origin, time."""

FieldsByKind = Mapping[int, Sequence[str]]
Payload = tuple[list[list[int]], dict[int, str]]

_packer = msgspec.msgpack.Encoder()
_unpacker = msgspec.msgpack.Decoder(Payload)


def command_fields() -> dict[int, list[str]]:
    """The fields of every command kind as this program knows them."""
    return {int(kind): list(fields) for kind, fields in COMMAND_FIELDS.items()}


class Codec:
    """Encodes and decodes batches under one declaration of fields."""

    def __init__(self, fields: FieldsByKind | None = None) -> None:
        self.fields = {k: tuple(f) for k, f in (fields or command_fields()).items()}
        told = {k: ("kind", "origin", "time_us", *f) for k, f in self.fields.items()}
        self._values = {k: attrgetter(*f) for k, f in told.items()}
        self._places = {k: [_PLACES[name] for name in f] for k, f in told.items()}

    def encode(self, batch: Batch) -> bytes:
        """The payload of one row."""
        packed = _one_list(self._packed(piece, batch.time_us) for piece in batch.sent.pieces())
        texts = {seq - batch.first_seq: text for seq, text in batch.texts.items()}
        return _head(2) + packed + _packer.encode(texts)

    def _packed(self, piece: Any, time_us: int) -> list[list[int]]:
        """The commands of a piece as they are written."""
        if isinstance(piece, list):
            lines = [[*self._values[command.kind](command)] for command in piece]
        else:
            lines = picked(piece, self._places)
        for line in lines:
            line[_TIME] = time_us - line[_TIME]
            while line[-1] == 0 and len(line) > _BEFORE_FIELDS:
                line.pop()
        return lines

    def decode(
        self, payload: bytes, first_seq: int, time_us: int
    ) -> tuple[list[Command], dict[int, str]]:
        """The commands of one row with seq, time and origin, and the texts by seq."""
        packed, texts = _unpacker.decode(payload)
        commands = [
            self._unpack(values, first_seq + index, time_us) for index, values in enumerate(packed)
        ]
        return commands, {first_seq + index: text for index, text in texts.items()}

    def _unpack(self, packed: list[int], seq: int, time_us: int) -> Command:
        kind, origin, before_us, *values = packed
        command = Command(kind=kind, seq=seq, time_us=time_us - before_us, origin=origin)
        for field, value in zip(self.fields[kind], values, strict=False):
            setattr(command, field, value)
        return command


def _event_fields() -> dict[int, tuple[str, ...]]:
    head = ("kind", "seq", "index", "time_us")
    return {int(kind): (*head, *fields) for kind, (_, fields) in EVENT_FIELDS.items()}


def _one_list(pieces: Iterable[Sequence[Sequence[int]]]) -> bytes:
    """All members of some lists as one list; no piece's numbers outlive their bytes."""
    count, members = 0, []
    for piece in pieces:
        members.append(_packer.encode(piece)[len(_head(len(piece))) :])
        count += len(piece)
    return _head(count) + b"".join(members)


def _head(count: int) -> bytes:
    """What msgpack writes before so many members of a list."""
    if count < 1 << 4:
        return bytes([0x90 | count])
    short = count < 1 << 16
    return (b"\xdc" if short else b"\xdd") + count.to_bytes(2 if short else 4)


_EVENT_VALUES = {kind: attrgetter(*fields) for kind, fields in _event_fields().items()}
_EVENT_PLACES = {
    kind: [Event.FIELDS.index(field) for field in fields]
    for kind, fields in _event_fields().items()
}


def events_digest(*pieces: Any) -> bytes:
    """A digest of events by the fields their kinds list, in order.

    A piece is a list of rows, or a matrix of numbers as compiled rules leave them.
    """
    return hashlib.blake2b(_one_list(map(_told, pieces)), digest_size=16).digest()


def _told(piece: Any) -> Sequence[Sequence[int]]:
    """The numbers of a piece's events."""
    if isinstance(piece, list):
        return [_EVENT_VALUES[event.kind](event) for event in piece]
    return picked(piece, _EVENT_PLACES)


_REST = {
    int(kind): attrgetter(*(set(Command.FIELDS) - {"kind", *HEAD} - set(fields)))
    for kind, fields in COMMAND_FIELDS.items()
}
_ALL = attrgetter(*Command.FIELDS)


def check_command(command: Command) -> None:
    """Refuse a command that would not come back from the journal as it went in.

    Raises ValueError: an unknown kind, a field its kind does not list, or a number beyond 64 bits.
    """
    rest = _REST.get(command.kind)
    if rest is None:
        raise ValueError(f"no command kind {command.kind}")
    if any(rest(command)):
        raise ValueError(f"a field that command kind {command.kind} does not list is not zero")
    values = _ALL(command)
    if min(values) < INT_MIN or max(values) > INT_MAX:
        raise ValueError("a number of the command is beyond 64 bits")
